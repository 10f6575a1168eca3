"""Split a document into clauses.

The unit is the article (第…条); where a document has none, the top-level item (（七） or 一、); where it has no
numbers either, the section under a heading, or failing that a run of paragraphs. What stands below the unit
(款, 项, 目) becomes its parts. Every line goes into exactly one segment: the segments joined by newlines are the
normalised text again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from assistant.documents.lines import Depth, Line
from assistant.documents.model import Clause, Confidence, Part
from assistant.documents.numerals import chinese

_PARAGRAPH_RUN = 500  # characters to which unnumbered paragraphs are gathered, about three statute articles
_HEADING_LENGTH = 40  # 一、… longer than this is text, not a heading


@dataclass(frozen=True, slots=True)
class Annotation:
    """`<!-- asks: … -->` below a paragraph of a digest."""

    line: int
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of lines: a clause (with its id) or what stands between clauses."""

    text: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The clauses of a text, the segments that give back the text, and remarks on the numbering."""

    clauses: tuple[Clause, ...]
    segments: tuple[Segment, ...]
    remarks: tuple[tuple[int, str], ...]


@dataclass
class _Marks:
    asks: list[str] = field(default_factory=list)
    note: str | None = None
    source: str | None = None
    confidence: Confidence | None = None


@dataclass
class _Part:
    id: str
    label: str
    trail: tuple[str, ...]
    line: Line
    marks: _Marks = field(default_factory=_Marks)
    more: list[Line] = field(default_factory=list)


@dataclass
class _Unit:
    id: str
    label: str
    path: tuple[str, ...]
    lines: list[Line]
    marks: _Marks = field(default_factory=_Marks)
    parts: list[_Part] = field(default_factory=list)
    closed: bool = False


def split(lines: list[Line], annotations: list[Annotation] = [], *, complete: bool = True) -> Split:  # noqa: B006
    """Split the lines of a document into clauses.

    Args:
        lines: the body, title line excluded.
        annotations: of a digest; each belongs to the clause or part right above it.
        complete: whether the text is whole, so that a gap in the article numbers is worth a remark.
    """
    return _Splitter(lines, annotations, complete).run()


class _Splitter:
    def __init__(self, lines: list[Line], annotations: list[Annotation], complete: bool) -> None:
        self.lines = lines
        self.annotations = sorted(annotations, key=lambda a: a.line)
        self.complete = complete
        self.articles = any(line.depth is Depth.ARTICLE for line in lines)
        self.headings: dict[int, str] = {}
        self.pending: list[Line] = []  # headings whose unit has not begun
        self.blocks: list[_Unit | Line] = []
        self.unit: _Unit | None = None
        self.ids: Counter[str] = Counter()
        self.remarks: list[tuple[int, str]] = []
        self.last_article = 0

    def run(self) -> Split:
        for index, line in enumerate(self.lines):
            self.annotate(before=line.number)
            following = self.lines[index + 1] if index + 1 < len(self.lines) else None
            self.take(line, following)
        self.annotate(before=10**9)
        self.flush_pending()
        units = [block for block in self.blocks if isinstance(block, _Unit)]
        segments = [
            Segment("\n".join(x.text for x in block.lines), block.id) if isinstance(block, _Unit) else Segment(block.text)
            for block in self.blocks
        ]
        return Split(tuple(map(_freeze, units)), tuple(segments), tuple(self.remarks))

    def take(self, line: Line, following: Line | None) -> None:
        if line.depth <= Depth.SECTION:
            self.open_heading(int(line.depth), line)
        elif line.depth is Depth.ARTICLE and (not line.heading or line.rest or self.articles):
            self.begin_article(line)
        elif line.heading:
            self.open_heading(20 + line.heading, line)
        elif self.articles:
            self.extend(line)
        elif line.depth is Depth.ITEM_1 and _only_heads(line, following):
            self.open_heading(40, line)
        elif line.depth is Depth.ITEM_1 or (line.depth is Depth.ITEM_2 and not self.inside_item_1()):
            self.begin_item(line)
        else:
            self.extend(line)

    def open_heading(self, rank: int, line: Line) -> None:
        self.flush_pending()
        self.unit = None
        self.headings = {r: text for r, text in self.headings.items() if r < rank} | {rank: line.text}
        self.pending = [line]

    def flush_pending(self) -> None:
        self.blocks += self.pending
        self.pending = []

    def path(self) -> tuple[str, ...]:
        return tuple(self.headings[rank] for rank in sorted(self.headings))

    def inside_item_1(self) -> bool:
        return self.unit is not None and self.unit.lines[0].depth is Depth.ITEM_1

    def begin_article(self, line: Line) -> None:
        self.flush_pending()
        if self.last_article and not line.suffix and line.ordinal != self.last_article + 1:
            if line.ordinal <= self.last_article:
                self.remarks.append((line.number, f"{line.label}重复或倒退：前一条是第{chinese(self.last_article)}条"))
            elif self.complete:
                self.remarks.append((line.number, f"条号不连续：第{chinese(self.last_article)}条之后是{line.label}"))
        self.last_article = line.ordinal or self.last_article
        ident = f"art-{line.ordinal}" + (f"-{line.suffix}" if line.suffix else "")
        self.begin(ident, line.label, line)

    def begin_item(self, line: Line) -> None:
        self.flush_pending()
        prefix = ""
        if above := self.headings.get(40):
            prefix = f"sec-{_leading_ordinal(above)}."
        elif self.headings:
            prefix = f"{_slug(self.path()[-1])}."
        name = "sec" if line.depth is Depth.ITEM_1 else "item"
        self.begin(f"{prefix}{name}-{line.ordinal}", line.label.rstrip("、") if name == "sec" else line.label, line)

    def begin(self, ident: str, label: str, line: Line, *, path: tuple[str, ...] | None = None) -> None:
        self.ids[ident] += 1
        if self.ids[ident] > 1:
            ident = f"{ident}~{self.ids[ident]}"
        self.unit = _Unit(ident, label, (*self.path(), label) if path is None else path, [])
        self.blocks.append(self.unit)
        self.add_part(line)

    def extend(self, line: Line) -> None:
        if self.unit is None or (self.unit.id.startswith("par-") and self.run_is_full()):
            self.begin_unnumbered(line)
        else:
            self.add_part(line)

    def run_is_full(self) -> bool:
        assert self.unit is not None
        return sum(len(x.text) for x in self.unit.lines) >= _PARAGRAPH_RUN

    def begin_unnumbered(self, line: Line) -> None:
        if self.articles and not self.pending:
            self.blocks.append(line)  # what stands before the first article: enacting formula, contents
        elif self.pending:
            heading = self.pending.pop()
            self.flush_pending()
            path = self.path()
            self.begin(_slug(heading.text), heading.text, heading, path=path)
            self.add_part(line)
        else:
            number = 1 + sum(1 for b in self.blocks if isinstance(b, _Unit) and b.id.startswith("par-"))
            self.begin(f"par-{number}", f"第{number}段", line)

    def add_part(self, line: Line) -> None:
        unit = self.unit
        assert unit is not None
        unit.lines.append(line)
        first = len(unit.lines) == 1
        if not first and line.text.startswith("|") and unit.parts and unit.parts[-1].line.text.startswith("|"):
            unit.parts[-1].more.append(line)
            return
        bullet = line.text.startswith(("- ", "* "))
        if first or (line.depth is Depth.TEXT and not bullet):
            count = 1 + sum(1 for part in unit.parts if part.id.startswith("para-"))
            unit.parts.append(_Part(f"para-{count}", f"第{chinese(count)}款" if self.articles else "", (), line))
        elif bullet:
            count = 1 + sum(1 for part in unit.parts if part.id.startswith("li-"))
            unit.parts.append(_Part(f"li-{count}", "", (), line))
        else:
            unit.parts.append(self.numbered_part(unit, line))

    def numbered_part(self, unit: _Unit, line: Line) -> _Part:
        above = [p for p in unit.parts if p.line.depth < line.depth and p.line.depth > Depth.ARTICLE and p is not unit.parts[0]]
        parent = above[-1] if above and not _interrupted(unit.parts, above[-1]) else None
        paragraph = [p for p in unit.parts if p.id.startswith("para-")][-1]
        if parent:
            ident, trail = f"{parent.id}.{line.ordinal}", (*parent.trail, parent.label)
        elif paragraph is unit.parts[0]:
            ident, trail = f"item-{line.ordinal}", ()
        else:
            ident, trail = f"{paragraph.id}.item-{line.ordinal}", (paragraph.label,) if paragraph.label else ()
        taken = {part.id for part in unit.parts}
        while ident in taken:
            ident += "~"
        return _Part(ident, line.label, trail, line)

    def annotate(self, before: int) -> None:
        while self.annotations and self.annotations[0].line < before:
            note = self.annotations.pop(0)
            if self.unit is None:
                self.remarks.append((note.line, f"注记 {note.key} 上方没有条款，请移到所属条款之下"))
                continue
            on_part = len(self.unit.parts) > 1 or self.unit.lines[0].heading
            marks = self.unit.parts[-1].marks if on_part and len(self.unit.lines) > 1 else self.unit.marks
            if note.key == "asks":
                marks.asks += [ask.strip() for ask in note.value.split("|") if ask.strip()]
            elif note.key == "confidence":
                marks.confidence = Confidence(note.value)
            else:
                setattr(marks, note.key, note.value)


def _only_heads(line: Line, following: Line | None) -> bool:
    """Whether 一、… is a mere heading over （一）… items."""
    short = len(line.rest) <= _HEADING_LENGTH and not re.search(r"[。；;：:]$", line.rest)
    return short and following is not None and following.depth is Depth.ITEM_2


def _interrupted(parts: list[_Part], parent: _Part) -> bool:
    """Whether a paragraph without a number has come between, so that the parent's list has ended."""
    after = parts[parts.index(parent) + 1 :]
    return any(part.id.startswith("para-") for part in after)


def _leading_ordinal(heading: str) -> int:
    from assistant.documents.lines import recognise

    return recognise(0, heading).ordinal


def _slug(heading: str) -> str:
    return re.sub(r"[\s\W]+", "-", heading).strip("-") or "section"


def _freeze(unit: _Unit) -> Clause:
    parts = tuple(
        Part(
            id=part.id,
            label=part.label,
            path=(*unit.path, *part.trail, *((part.label,) if part.label and not part.id.startswith("para-") else ())),
            text="\n".join(line.text for line in [part.line, *part.more]),
            asks=tuple(part.marks.asks),
            note=part.marks.note,
            confidence=part.marks.confidence,
        )
        for part in unit.parts
    )
    return Clause(
        id=unit.id,
        label=unit.label,
        path=unit.path,
        text="\n".join(line.text for line in unit.lines),
        parts=parts if len(parts) > 1 else (),
        asks=tuple(unit.marks.asks) + (tuple(unit.parts[0].marks.asks) if len(parts) == 1 else ()),
        confidence=unit.marks.confidence,
        note=unit.marks.note,
        source=unit.marks.source or next((p.marks.source for p in unit.parts if p.marks.source), None),
        line=unit.lines[0].number,
    )
