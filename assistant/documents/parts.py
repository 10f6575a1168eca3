"""款, 项 and 目: the parts inside a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache

from assistant.documents.lines import Depth, Line
from assistant.documents.model import Confidence, Part
from assistant.documents.numerals import chinese


@dataclass
class Marks:
    """What the annotations of a digest say of a clause or part."""

    asks: list[str] = field(default_factory=list)
    note: str | None = None
    source: str | None = None
    confidence: Confidence | None = None

    def set(self, key: str, value: str) -> None:
        """Take up `<!-- key: value -->`."""
        if key == "asks":
            self.asks += [ask.strip() for ask in value.split("|") if ask.strip()]
        elif key == "confidence":
            self.confidence = Confidence(value)
        else:
            setattr(self, key, value)


class PartKind(Enum):
    """What a part is."""

    PARAGRAPH = auto()  # 款
    ITEM = auto()  # 项, 目
    BULLET = auto()


@dataclass(slots=True)
class OpenPart:
    """A part to which lines may still come."""

    id: str
    label: str
    trail: tuple[str, ...]
    lines: list[Line]
    kind: PartKind
    marks: Marks | None = None

    @property
    def depth(self) -> Depth:
        return self.lines[0].depth

    def freeze(self, path: tuple[str, ...]) -> Part:
        """The finished part; `path` is that of its clause."""
        if self.kind is PartKind.ITEM:
            path = (*path, *self.trail, self.label)
        text = joined(self.lines)
        if self.marks is None:
            return Part(self.id, self.label, path, text)
        marks = self.marks
        return Part(self.id, self.label, path, text, tuple(marks.asks), marks.note, marks.confidence)


def joined(lines: Sequence[Line]) -> str:
    """The text of some lines, one a line."""
    return lines[0].text if len(lines) == 1 else "\n".join([line.text for line in lines])


def is_row(line: Line) -> bool:
    """Whether the line is a row of a table."""
    return line.text[0] == "|"


def add_line(parts: list[OpenPart], line: Line, *, numbered_paragraphs: bool) -> None:
    """Put a line of a clause where it belongs: into a part of its own, or a table row to the row above it.

    Args:
        numbered_paragraphs: whether a paragraph is a 款, which people cite by its number.
    """
    if not parts:
        label = _label(1) if numbered_paragraphs else ""
        parts.append(OpenPart("para-1", label, (), [line], PartKind.PARAGRAPH))
    elif is_row(line) and is_row(parts[-1].lines[-1]):
        parts[-1].lines.append(line)
    elif line.text.startswith(("- ", "* ")):
        parts.append(OpenPart(f"li-{_count(parts, PartKind.BULLET)}", "", (), [line], PartKind.BULLET))
    elif line.depth is Depth.TEXT:
        count = _count(parts, PartKind.PARAGRAPH)
        label = _label(count) if numbered_paragraphs else ""
        parts.append(OpenPart(f"para-{count}", label, (), [line], PartKind.PARAGRAPH))
    else:
        parts.append(_numbered(parts, line))


@cache
def _label(count: int) -> str:
    return f"第{chinese(count) if count < 10_000 else count}款"


def _count(parts: Sequence[OpenPart], kind: PartKind) -> int:
    return 1 + len([part for part in parts if part.kind is kind])


def _numbered(parts: Sequence[OpenPart], line: Line) -> OpenPart:
    parent = _parent(parts, line)
    paragraph = next(part for part in reversed(parts) if part.kind is PartKind.PARAGRAPH)
    if parent:
        ident, trail = f"{parent.id}.{line.ordinal}", (*parent.trail, parent.label)
    elif paragraph is parts[0]:
        ident, trail = f"item-{line.ordinal}", ()
    else:
        ident, trail = f"{paragraph.id}.item-{line.ordinal}", (paragraph.label,) if paragraph.label else ()
    while any(part.id == ident for part in parts):
        ident += "~"
    return OpenPart(ident, line.label, trail, [line], PartKind.ITEM)


def _parent(parts: Sequence[OpenPart], line: Line) -> OpenPart | None:
    """The item under which a deeper one stands, unless a paragraph without a number has ended its list."""
    for part in reversed(parts):
        if part.kind is PartKind.PARAGRAPH:
            return None
        if Depth.ARTICLE < part.depth < line.depth:
            return part
    return None
