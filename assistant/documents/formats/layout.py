"""Text that is only positioned (PDF, OFD, OCR) in reading order: pieces → lines, column by column.

Lengths are in the unit of the page, y grows downward.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from statistics import median

from assistant.documents.formats.ruled import Grid

_PIECE_GAP = 1.8  # character sizes; further apart are table cells, columns or the two sides of a signature
_SPACE_GAP = 0.75  # a wider gap between Chinese characters was a space
_LATIN_GAP = 0.22
_SAME_ROW = 0.5  # of the smaller height must overlap
_COLUMN_ROWS = 5  # rows on either side before a page counts as set in columns
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line, or a piece of one, or a whole table.

    Attributes:
        size: the height of its characters.
        left, right: the bounds of the column that it stands in.
        table: the text is Markdown rows.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    page: int
    left: float = 0.0
    right: float = 0.0
    column: int = 0
    table: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order.

    Attributes:
        turned: by how many degrees clockwise its picture lay.
        unread: how many texts on its picture were too unclear to be taken, or belong to a seal.
    """

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    turned: int = 0
    unread: int = 0


def compose(number: int, width: float, height: float, glyphs: list[Glyph], grids: list[Grid]) -> Page:
    """Lay out the characters of a page; those inside a ruled grid become its table."""
    outside = [g for g in glyphs if not any(grid.covers((g.x0 + g.x1) / 2, (g.y0 + g.y1) / 2) for grid in grids)]
    pieces = [_line(run, number) for row in _rows(outside) for run in _split(row, _PIECE_GAP)]
    pieces += [_table(grid, glyphs, number) for grid in grids]
    return arrange(number, width, height, [piece for piece in pieces if piece.text.strip()])


def arrange(number: int, width: float, height: float, pieces: list[TextLine]) -> Page:
    """Put pieces of lines into reading order."""
    bands = _bands(pieces, width)
    lines: list[TextLine] = []
    for column, band in bands:
        lines += [replace(line, column=column) for line in _merge_rows(band)]
    return Page(number, width, height, tuple(lines))


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters that stand on the same line, from top to bottom and left to right."""
    rows: list[list[Glyph]] = []
    bounds: list[tuple[float, float]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y0 + g.y1) / 2):
        for at in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            y0, y1 = bounds[at]
            shared = min(y1, glyph.y1) - max(y0, glyph.y0)
            if shared > _SAME_ROW * min(y1 - y0, glyph.y1 - glyph.y0):
                rows[at].append(glyph)
                # The tallest character decides, so that a run of slightly lower ones does not pull in the next line.
                if glyph.y1 - glyph.y0 > y1 - y0:
                    bounds[at] = (glyph.y0, glyph.y1)
                break
        else:
            rows.append([glyph])
            bounds.append((glyph.y0, glyph.y1))
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _split(row: list[Glyph], gap: float) -> list[list[Glyph]]:
    size = median(glyph.y1 - glyph.y0 for glyph in row)
    runs = [[row[0]]]
    for before, glyph in itertools.pairwise(row):
        if glyph.x0 - before.x1 > gap * size:
            runs.append([])
        runs[-1].append(glyph)
    return runs


def rows_of(lines: list[TextLine]) -> list[list[TextLine]]:
    """Lines that stand side by side, from top to bottom and left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.y0 + line.y1) / 2):
        above = rows[-1][0] if rows else None
        shared = min(above.y1, line.y1) - max(above.y0, line.y0) if above else 0.0
        if above and shared > _SAME_ROW * min(above.y1 - above.y0, line.y1 - line.y0):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _line(run: list[Glyph], page: int) -> TextLine:
    size = median(glyph.y1 - glyph.y0 for glyph in run)
    return TextLine(
        written(run, size),
        min(glyph.x0 for glyph in run),
        min(glyph.y0 for glyph in run),
        max(glyph.x1 for glyph in run),
        max(glyph.y1 for glyph in run),
        size,
        page,
    )


def written(run: list[Glyph], size: float) -> str:
    """The characters of a line as text, with a space where one was left."""
    text = run[0].text if run else ""
    for before, glyph in itertools.pairwise(run):
        latin = _LATIN.match(before.text[-1:]) and _LATIN.match(glyph.text)
        gap = glyph.x0 - before.x1
        if gap > (_LATIN_GAP if latin else _SPACE_GAP) * size and not text.endswith(" ") and glyph.text != " ":
            text += " "
        text += glyph.text
    return text.strip()


def _table(grid: Grid, glyphs: list[Glyph], page: int) -> TextLine:
    def text(x0: float, y0: float, x1: float, y1: float) -> str:
        inside = [g for g in glyphs if x0 < (g.x0 + g.x1) / 2 < x1 and y0 < (g.y0 + g.y1) / 2 < y1]
        return cell_text([_line(row, page).text for row in _rows(inside)])

    x0, y0, x1, y1 = grid.bounds
    return TextLine(grid.markdown(text), x0, y0, x1, y1, 0.0, page, table=True)


def cell_text(lines: list[str]) -> str:
    """The lines of a table cell as one."""
    from assistant.documents.formats.paragraphs import join

    text = ""
    for line in lines:
        text = join(text, line)
    return text


def _bands(pieces: list[TextLine], width: float) -> list[tuple[int, list[TextLine]]]:
    """Cut the page into bands of full width and columns: column 0 is full width, 1 left, 2 right."""
    ordered = sorted(pieces, key=lambda p: (p.y0 + p.y1) / 2)
    gutter = _gutter(ordered, width)
    if gutter is None:
        return [(0, ordered)]
    bands: list[tuple[int, list[TextLine]]] = []
    left: list[TextLine] = []
    right: list[TextLine] = []
    for piece in ordered:
        if piece.x0 < gutter < piece.x1:
            bands += [(1, left), (2, right), (0, [piece])]
            left, right = [], []
        else:
            (left if piece.x1 <= gutter else right).append(piece)
    return [band for band in (*bands, (1, left), (2, right)) if band[1]]


def _gutter(pieces: list[TextLine], width: float) -> float | None:
    """The middle of the white strip between two columns of running text, or None."""
    text = [piece for piece in pieces if not piece.table]
    for step in range(12, 21):  # between 0.4 and 0.667 of the width
        x = width * step / 30
        left = [piece for piece in text if piece.x1 <= x]
        right = [piece for piece in text if piece.x0 >= x]
        crossing = len(text) - len(left) - len(right)
        if min(len(left), len(right)) >= _COLUMN_ROWS and crossing <= 0.2 * len(text) and _full(left) and _full(right):
            return x
    return None


def _full(side: list[TextLine]) -> bool:
    """Whether most lines of a side reach across it, as running text does and table cells do not."""
    across = max(piece.x1 for piece in side) - min(piece.x0 for piece in side)
    return sum(piece.x1 - piece.x0 > 0.75 * across for piece in side) >= 0.5 * len(side)


def _merge_rows(pieces: list[TextLine]) -> list[TextLine]:
    """Pieces on the same row become one line, a space between them."""
    lines: list[TextLine] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        shared = min(last.y1, piece.y1) - max(last.y0, piece.y0) if last else 0.0
        if last and not (last.table or piece.table) and shared > _SAME_ROW * min(last.size, piece.size):
            first, second = sorted((last, piece), key=lambda p: p.x0)
            known = [c for c in (first.confidence, second.confidence) if c is not None]
            lines[-1] = replace(
                first,
                text=f"{first.text} {second.text}",
                x1=max(first.x1, second.x1),
                y0=min(first.y0, second.y0),
                y1=max(first.y1, second.y1),
                size=max(first.size, second.size),
                confidence=min(known, default=None),
            )
        else:
            lines.append(piece)
    return lines
