"""The compilation as a stream of blocks, the same for every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.documents.collections import Slot
from assistant.documents.compilation.facts import facts_of
from assistant.documents.compilation.selection import Compilation, Entry
from assistant.documents.compilation.words import Words, chinese_date
from assistant.documents.model import Clause, ClauseKind, Confidence, Part
from assistant.documents.offices import Offices


class Style(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    NOTE = "note"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Heading:
    """`depth` 1: chapter, 2: policy, 3: part of a policy. Only the first two have an anchor."""

    depth: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is set in another font before the text: a clause's own number or heading."""

    text: str
    lead: str = ""
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Facts:
    """The box under a policy's title, name and value per row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Facts | Table


@dataclass(frozen=True, slots=True)
class Finder:
    """A list by which policies are found: under each word the titles, with their anchors."""

    title: str
    note: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines of the cover, and the day as of which everything holds."""

    day: date
    title: str
    subtitle: str
    lines: tuple[str, ...]
    notice: str
    running_head: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a format needs."""

    cover: Cover
    blocks: tuple[Block, ...]
    by_level: Finder
    index: Finder

    @property
    def headings(self) -> tuple[Heading, ...]:
        """What the table of contents lists."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.anchor)


def lay_out(compilation: Compilation, offices: Offices, words: Words) -> Content:
    """Turn a compilation into its blocks and finders."""
    entries = compilation.entries
    levels = dict.fromkeys(sorted((e.document.version.level for e in entries), key=list(words.levels).index))
    by_level = Finder(
        words.by_level,
        "",
        tuple((words.levels[lv], _links(e for e in entries if e.document.version.level is lv)) for lv in levels),
    )
    topics = dict.fromkeys(topic for entry in entries for topic in entry.document.version.topics)
    index = Finder(
        words.index,
        words.index_note,
        tuple((topic, _links(e for e in entries if topic in e.document.version.topics)) for topic in topics),
    )
    return Content(_cover(compilation, words), tuple(_blocks(compilation, offices, words)), by_level, index)


def _links(entries: Iterator[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple((entry.document.version.title, _anchor(entry)) for entry in entries)


def _anchor(entry: Entry) -> str:
    return f"policy-{entry.policy}"


def _cover(compilation: Compilation, words: Words) -> Cover:
    selection, day = compilation.selection, chinese_date(compilation.selection.day)
    narrowed = [selection.topic or "", words.levels[selection.level] if selection.level else ""]
    narrowed = [name for name in narrowed if name]
    clauses = sum(c.kind is ClauseKind.CLAUSE for e in compilation.entries for c in e.document.clauses)
    lines = [
        words.selected.format(selection="、".join(narrowed)) if narrowed else "",
        words.as_of.format(day=day),
        words.counts.format(policies=len(compilation.entries), clauses=clauses),
        words.publisher,
    ]
    return Cover(
        selection.day,
        words.title,
        words.subtitle.format(name=selection.collection) if selection.collection else "",
        tuple(line for line in lines if line),
        words.notice,
        words.running_head.format(title=words.title, day=day),
    )


def _blocks(compilation: Compilation, offices: Offices, words: Words) -> Iterator[Block]:
    for number, chapter in enumerate(compilation.chapters, start=1):
        yield Heading(1, chapter.title, f"chapter-{number}")
        for slot in chapter.slots:
            yield from _slot(slot, compilation, words)
        for entry in chapter.entries:
            version = entry.document.version
            yield Heading(2, version.title, _anchor(entry))
            yield Facts(facts_of(entry, compilation.titles, words))
            if version.caution:
                yield Paragraph(words.caution.format(caution=version.caution), style=Style.CAUTION)
            yield from _clauses(entry, words)
            yield from _gaps(entry, offices, words)


def _clauses(entry: Entry, words: Words) -> Iterator[Block]:
    above: tuple[str, ...] = ()
    usual = entry.document.version.confidence
    for clause in entry.document.clauses:
        if clause.kind is not ClauseKind.CLAUSE:
            continue
        headings = clause.path[:-1]
        kept = next((i for i, (a, b) in enumerate(zip(above, headings, strict=False)) if a != b), len(above))
        for heading in headings[min(kept, len(headings)) :]:
            yield Heading(3, heading)
        above = headings
        yield from _clause(clause, usual, words)


def _clause(clause: Clause, usual: Confidence, words: Words) -> Iterator[Block]:
    pieces: tuple[Part | Clause, ...] = clause.parts or (clause,)
    heading = bool(clause.parts) and clause.parts[0].text == clause.label
    for number, piece in enumerate(pieces):
        if number == 0 and heading:
            yield Paragraph("", lead=clause.label)
            continue
        sure = piece.confidence or clause.confidence
        mark = words.confidence_mark[sure] if sure and sure is not usual else ""
        yield from _piece(piece.text, clause.label if number == 0 else "", mark)
        if piece.note:
            yield Paragraph(words.note.format(note=piece.note), style=Style.NOTE)
    if clause.parts and clause.note:
        yield Paragraph(words.note.format(note=clause.note), style=Style.NOTE)


def _piece(text: str, label: str, mark: str) -> Iterator[Block]:
    lines = text.split("\n")
    if lines[0].startswith("|"):
        yield Table(tuple(_cells(line) for line in lines if set(line) - set("|-: ")))
        return
    for line in lines:
        lead = label if label and line.startswith(label) else ""
        rest = line.removeprefix(lead)
        if rest.startswith("、"):  # 四、税收优惠: the number belongs to a heading, or runs on into a sentence
            lead, rest = ("", line) if line.endswith("。") else (line, "")
        if rest.startswith(("- ", "* ")):
            rest = "——" + rest[2:]
        yield Paragraph(rest.strip() + (mark if line is lines[-1] else ""), lead=lead)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _gaps(entry: Entry, offices: Offices, words: Words) -> Iterator[Block]:
    for kind, title in ((ClauseKind.UNKNOWN, words.unknown), (ClauseKind.DISPUTED, words.disputed)):
        gaps = [clause for clause in entry.document.clauses if clause.kind is kind]
        if gaps:
            yield Heading(3, title)
        for gap in gaps:
            office = offices.get(gap.office)
            ask = words.ask_office.format(office=office.name) if office else ""
            yield Paragraph(f"——{gap.text}{'' if gap.text.endswith('。') else '。'}{ask}")


def _slot(slot: Slot, compilation: Compilation, words: Words) -> Iterator[Block]:
    yield Heading(3, slot.title)
    rows = [(words.slot_what, slot.what_it_is), (words.slot_established, slot.established)]
    if slot.presumed_policy:
        titles = {key.split("@")[0]: title for key, title in compilation.titles.items()}
        rows.append((words.slot_presumed, titles.get(slot.presumed_policy, slot.presumed_policy)))
    yield Facts((*rows, (words.slot_wanted, slot.wanted)))
