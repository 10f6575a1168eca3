"""Split one zone of a document into its units: articles, items, sections or runs of paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.documents.lines import Depth, Line
from assistant.documents.model import Clause
from assistant.documents.parts import Marks, OpenPart, add_line, is_row, joined
from assistant.documents.sequence import Remark, article_remark
from assistant.documents.zones import Zone

_PARAGRAPH_RUN = 500  # characters to which unnumbered paragraphs are gathered, about three statute articles
_HEADING_LENGTH = 40  # 一、… longer than this is text, not a heading
# Ranks of headings beside the depths of 编 章 节.
_TITLE, _MARKDOWN, _ITEM_HEAD, _ITEM_SUBHEAD = 0, 20, 40, 41
_NAMES = {Depth.PART: "part", Depth.SUBPART: "subpart", Depth.CHAPTER: "ch", Depth.SECTION: "s"}


@dataclass(frozen=True, slots=True)
class Annotation:
    """`<!-- asks: … -->` below a paragraph of a digest."""

    line: int
    key: str
    value: str


@dataclass(slots=True)
class Unit:
    """A clause to which lines may still come."""

    id: str
    label: str
    path: tuple[str, ...]
    numbered_paragraphs: bool
    lines: list[Line] = field(default_factory=list)
    marks: Marks | None = None
    parts: list[OpenPart] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Take up a line, as a part or into the last one."""
        self.lines.append(line)
        add_line(self.parts, line, numbered_paragraphs=self.numbered_paragraphs)

    def mark(self, key: str, value: str) -> None:
        """Take up an annotation right below: it belongs to the last part, or to the clause of one paragraph."""
        part = len(self.lines) > 1 and (len(self.parts) > 1 or self.lines[0].heading)
        owner: Unit | OpenPart = self.parts[-1] if part else self
        owner.marks = owner.marks or Marks()
        owner.marks.set(key, value)

    def freeze(self) -> Clause:
        """The finished clause."""
        single = len(self.parts) == 1
        first = self.lines[0]
        clause = Clause(
            id=self.id,
            label=self.label,
            path=self.path,
            text=joined(self.lines),
            parts=() if single else tuple([part.freeze(self.path) for part in self.parts]),
            line=first.number,
            page=first.page,
            recognised=_least([line.confidence for line in self.lines]) if first.page or first.confidence else None,
        )
        marked = [part.marks for part in self.parts if part.marks]
        return self._marked(clause, marked) if marked or self.marks else clause

    def _marked(self, clause: Clause, parts: list[Marks]) -> Clause:
        marks = self.marks or Marks()
        return replace(
            clause,
            asks=(*marks.asks, *(ask for part in parts if not clause.parts for ask in part.asks)),
            confidence=marks.confidence,
            note=marks.note,
            source=marks.source or next((part.source for part in parts if part.source), None),
        )


def _least(confidences: list[float | None]) -> float | None:
    return min((confidence for confidence in confidences if confidence is not None), default=None)


class UnitSplitter:
    """Walks over the lines of a zone; `run` gives its units and the lines that belong to none, in order."""

    def __init__(self, lines: list[Line], zone: Zone, annotations: Sequence[Annotation], complete: bool) -> None:
        self.articles = _has_articles(lines, complete)
        self.lines = lines if self.articles else [_without_article(line) for line in lines]
        self.sectioned = self.articles and _is_sectioned(lines)
        self.prefix = f"{zone.prefix}." if zone.prefix else ""
        self.silent = zone.silent
        self.annotations = list(annotations)
        self.complete = complete
        self.headings: dict[int, Line] = {_TITLE: Line(0, zone.title)} if zone.title else {}
        self.path: tuple[str, ...] = (zone.title,) if zone.title else ()
        self.pending: list[Line] = []  # headings whose unit has not begun
        self.blocks: list[Unit | Line] = []
        self.unit: Unit | None = None
        self.ids: Counter[str] = Counter()
        self.runs = 0
        self.remarks: list[Remark] = []
        self.last_article = 0

    def run(self) -> list[Unit | Line]:
        """The units of the zone, and the lines that belong to none, in order."""
        for position, line in enumerate(self.lines):
            if self.annotations:
                self.annotate(before=line.number)
            following = self.lines[position + 1] if position + 1 < len(self.lines) else None
            if position in self.silent:
                self.flush_pending()
                self.unit = None
                self.blocks.append(line)
            else:
                self.take(line, following)
        self.annotate()
        self.flush_pending()
        return self.blocks

    def take(self, line: Line, following: Line | None) -> None:
        """Decide what a line is."""
        heads = line.depth is Depth.ITEM_1 and _is_short(line) and following is not None
        if self.articles and line.depth is Depth.TEXT and not line.heading:
            self.extend(line)
        elif line.depth <= Depth.SECTION:
            self.open_heading(int(line.depth), line)
        elif line.depth is Depth.ARTICLE:
            self.begin_article(line)
        elif line.heading:
            self.open_heading(_MARKDOWN + line.heading, line)
        elif self.sectioned and heads and following and following.depth is Depth.ARTICLE:
            self.open_heading(_ITEM_HEAD, line)
        elif self.is_subheading(line, following):
            self.open_heading(_ITEM_SUBHEAD, line)
        elif self.articles:
            self.extend(line)
        elif heads and following and following.depth is Depth.ITEM_2:
            self.open_heading(_ITEM_HEAD, line)
        elif line.depth is Depth.ITEM_1 or (line.depth is Depth.ITEM_2 and not self.inside_item_1()):
            self.begin_item(line)
        else:
            self.extend(line)

    def is_subheading(self, line: Line, following: Line | None) -> bool:
        """Whether （二）… stands over articles: right above one, short, and no member of the list before it."""
        if not self.articles or line.depth is not Depth.ITEM_2 or following is None:
            return False
        member = self.unit is not None and self.unit.parts[-1].depth is Depth.ITEM_2
        return following.depth is Depth.ARTICLE and _is_short(line) and not member

    def open_heading(self, rank: int, line: Line) -> None:
        self.flush_pending()
        self.unit = None
        self.close_headings(rank)
        self.headings[rank] = line
        self.path = (*self.path, line.text)
        self.pending = [line]

    def close_headings(self, rank: int) -> None:
        self.headings = {r: above for r, above in self.headings.items() if r < rank}
        self.path = tuple(self.headings[r].text for r in sorted(self.headings))

    def flush_pending(self) -> None:
        self.blocks += self.pending
        self.pending = []

    def inside_item_1(self) -> bool:
        return self.unit is not None and self.unit.lines[0].depth is Depth.ITEM_1

    def begin_article(self, line: Line) -> None:
        self.flush_pending()
        if remark := article_remark(line, self.last_article, complete=self.complete):
            self.remarks.append((line, remark))
        self.last_article = line.ordinal or self.last_article
        self.begin(f"art-{line.ordinal}" + (f"-{line.suffix}" if line.suffix else ""), line.label, line)

    def begin_item(self, line: Line) -> None:
        self.flush_pending()
        if line.depth is Depth.ITEM_1:  # the next 一、 stands beside the one before, whether that was a heading or not
            self.close_headings(_ITEM_HEAD)
        name = "sec" if line.depth is Depth.ITEM_1 else "item"
        label = line.label.rstrip("、．.") if name == "sec" else line.label
        self.begin(f"{self.place()}{name}-{line.ordinal}", label, line)

    def place(self) -> str:
        """What an item's id begins with: the headings above it, by their numbers where they have some."""
        numbered = [f"{_NAMES[Depth(r)]}-{self.headings[r].ordinal}." for r in sorted(self.headings) if r in _NAMES]
        if above := self.headings.get(_ITEM_HEAD):
            return "".join(numbered) + f"sec-{above.ordinal}."
        deepest = max(self.headings, default=_TITLE)
        return f"{_slug(self.headings[deepest].text)}." if deepest > _MARKDOWN else "".join(numbered)

    def begin(self, ident: str, label: str, line: Line, *, path: tuple[str, ...] | None = None) -> None:
        self.ids[ident] += 1
        unique = ident if self.ids[ident] == 1 else f"{ident}~{self.ids[ident]}"
        whole = (*self.path, label) if path is None else path
        self.unit = Unit(self.prefix + unique, label, whole, numbered_paragraphs=self.articles)
        self.blocks.append(self.unit)
        self.unit.add(line)

    def extend(self, line: Line) -> None:
        if self.unit is None or (self.runs and self.unit.label == self.run_label() and self.is_full(line)):
            self.begin_unnumbered(line)
        else:
            self.unit.add(line)

    def run_label(self) -> str:
        return f"第{self.runs}段"

    def is_full(self, line: Line) -> bool:
        """Whether the run of paragraphs is long enough; a table is not cut."""
        assert self.unit is not None
        return not is_row(line) and sum(len(x.text) for x in self.unit.lines) >= _PARAGRAPH_RUN

    def begin_unnumbered(self, line: Line) -> None:
        if self.pending:
            heading = self.pending.pop()
            self.flush_pending()
            ident = self.place().rstrip(".") if heading.depth <= Depth.SECTION else _slug(heading.text)
            self.begin(ident, heading.text, heading, path=self.path)
            assert self.unit is not None
            self.unit.add(line)
        elif self.articles:
            self.blocks.append(line)  # what stands before the first article: enacting formula, preamble
        else:
            self.runs += 1
            self.begin(f"par-{self.runs}", self.run_label(), line)

    def annotate(self, before: int | None = None) -> None:
        while self.annotations and (before is None or self.annotations[0].line < before):
            note = self.annotations.pop(0)
            if self.unit is None:
                remark = f"注记 {note.key} 上方没有条款，请移到所属条款之下"
                self.remarks.append((Line(note.line, ""), remark))
            else:
                self.unit.mark(note.key, note.value)


def _has_articles(lines: Sequence[Line], complete: bool) -> bool:
    """Whether the articles are the units: not where a text by items holds one that is not its own."""
    first = next((i for i, line in enumerate(lines) if line.depth is Depth.ARTICLE), None)
    if first is None:
        return False
    items = (Depth.ITEM_1, Depth.ITEM_2)
    return not complete or lines[first].ordinal == 1 or not any(line.depth in items for line in lines[:first])


def _without_article(line: Line) -> Line:
    return replace(line, depth=Depth.TEXT, rest=line.text) if line.depth is Depth.ARTICLE else line


def _is_sectioned(lines: Sequence[Line]) -> bool:
    """Whether 一、… are headings over articles: the first stands right above the first article."""
    first = next(i for i, line in enumerate(lines) if line.depth is Depth.ARTICLE)
    return first > 0 and lines[first - 1].depth is Depth.ITEM_1 and _is_short(lines[first - 1])


def _is_short(line: Line) -> bool:
    """Whether 一、… is short enough for a heading, and does not end like a sentence."""
    return len(line.rest) <= _HEADING_LENGTH and not re.search(r"[。；;：:]$", line.rest)


def _slug(heading: str) -> str:
    return re.sub(r"[\s\W]+", "-", heading).strip("-") or "section"
