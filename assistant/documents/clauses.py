"""Split a document into clauses.

The unit is the article (第…条); where a zone has none, the top-level item (（七） or 一、); where it has no
numbers either, the section under a heading, or failing that a run of paragraphs. What stands below the unit
(款, 项, 目) becomes its parts. Every line goes into exactly one segment: the segments joined by newlines are the
normalised text again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.lines import Depth, Line
from assistant.documents.model import Clause
from assistant.documents.sequence import Remark, heading_remarks, item_remarks, settle
from assistant.documents.units import Annotation, Unit, UnitSplitter
from assistant.documents.zones import Zone, ZoneKind, zones

__all__ = ["Annotation", "Segment", "Split", "split"]

_NOTICE_LABEL = "印发通知"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of lines: a clause (with its id) or what stands between clauses."""

    text: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """What a text consists of.

    Attributes:
        pieces: its clauses, and the lines that belong to none, in order.
        remarks: on the numbering.
    """

    pieces: tuple[Clause | Line, ...]
    clauses: tuple[Clause, ...]
    remarks: tuple[Remark, ...]
    zones: tuple[Zone, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What gives back the text when it is joined by newlines."""
        return tuple(Segment(p.text, p.id if isinstance(p, Clause) else None) for p in self.pieces)


def split(
    lines: Sequence[Line], annotations: Sequence[Annotation] = (), *, complete: bool = True, title: str = ""
) -> Split:
    """Split the lines of a document into clauses.

    Args:
        lines: the body, title line excluded.
        annotations: of a digest; each belongs to the clause or part right above it.
        complete: whether the text is whole, so that it may have a covering notice and annexes, and a gap in its
            numbers is worth a remark.
        title: of the document.
    """
    found = zones(lines, title) if complete else [Zone(ZoneKind.BODY, tuple(lines))]
    left = sorted(annotations, key=lambda a: a.line)
    blocks: list[Unit | Line] = []
    remarks: list[Remark] = []
    for zone, following in zip(found, [*found[1:], None], strict=True):
        end = following.lines[0].number if following else None
        own = [note for note in left if end is None or note.line < end]
        left = left[len(own) :]
        some, more = _split_zone(zone, own, complete)
        blocks += some
        remarks += more
    pieces = tuple(block.freeze() if isinstance(block, Unit) else block for block in blocks)
    clauses = tuple(piece for piece in pieces if isinstance(piece, Clause))
    ordered = tuple(sorted(remarks, key=lambda remark: remark[0].number))
    return Split(pieces, clauses, ordered, tuple(found))


def _split_zone(
    zone: Zone, annotations: Sequence[Annotation], complete: bool
) -> tuple[list[Unit | Line], list[Remark]]:
    lines = settle(zone.lines)
    if zone.kind is ZoneKind.NOTICE and sum(line.depth in (Depth.ARTICLE, Depth.ITEM_1) for line in lines) < 2:
        return _notice(lines, zone.silent), []
    splitter = UnitSplitter(lines, zone, annotations, complete)
    blocks = splitter.run()
    return blocks, [*splitter.remarks, *(_numbering(lines, zone.silent, blocks) if complete else ())]


def _notice(lines: Sequence[Line], silent: frozenset[int]) -> list[Unit | Line]:
    """A covering notice is one clause, without its letterhead and signature."""
    unit = Unit("notice", _NOTICE_LABEL, (_NOTICE_LABEL,), numbered_paragraphs=False)
    blocks: list[Unit | Line] = []
    for position, line in enumerate(lines):
        if position in silent:
            blocks.append(line)
            continue
        if not unit.lines:
            blocks.append(unit)
        unit.add(line)
    return blocks


def _numbering(lines: Sequence[Line], silent: frozenset[int], blocks: Sequence[Unit | Line]) -> Iterator[Remark]:
    """Gaps and repeats among chapters, among the units, and among the items inside each unit."""
    yield from heading_remarks(line for i, line in enumerate(lines) if i not in silent)
    firsts = [block.lines[0] if isinstance(block, Unit) else block for block in blocks]
    inside = [block.lines[1:] for block in blocks if isinstance(block, Unit) and len(block.lines) > 2]
    for level in (firsts, *inside):
        for depth in (Depth.ITEM_1, Depth.ITEM_2):
            yield from item_remarks(line for line in level if line.depth is depth)
