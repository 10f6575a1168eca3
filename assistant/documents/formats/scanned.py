"""Tables on a recognised page: drawn with lines, or told only by how their cells stand below one another."""

from __future__ import annotations

from statistics import median
from typing import Any

from assistant.documents.formats.layout import TextLine, cell_text, rows_of
from assistant.documents.formats.ruled import Grid, Ruling, grids
from assistant.documents.formats.tables import markdown_row

UNSURE = 0.5  # the confidence of a table whose cells were told by their places alone
_POINTS = 842.0  # of the longer side of a page; `ruled` counts in points
_STROKE = (3.0, 1.5)  # character sizes: shorter strokes, level and upright, belong to characters
_CROSSES = 0.7  # character sizes by which a line may reach over the edge of its cell
_COLUMNS = _ROWS = 3  # fewer side by side, or below one another, are a signature or a coincidence
_APART = 3.0  # character sizes between two rows of one table


def with_tables(lines: list[TextLine], picture: Any, angle: float) -> list[TextLine]:
    """The lines of a page, those that are cells put together as tables.

    Args:
        lines: straightened, in pixels.
        picture: the page, height × width × 3, as scanned.
        angle: by which it was turned to straighten the lines, in radians.
    """
    if not lines:
        return lines
    unit = max(picture.shape[:2]) / _POINTS
    found: list[TextLine] = []
    for grid in grids(_rulings(picture, angle, median(line.size for line in lines), unit)):
        inside = [line for line in lines if grid.covers(*_middle(line, unit))]
        if len(inside) >= _ROWS:
            found.append(_ruled(grid, inside, unit))
            lines = [line for line in lines if line not in inside]
    return [*found, *_aligned(lines)]


def _rulings(picture: Any, angle: float, size: float, unit: float) -> list[Ruling]:
    """The drawn lines of a page, in points."""
    import cv2
    import numpy

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    if angle:
        cos, sin = numpy.cos(-angle), numpy.sin(-angle)
        turn = numpy.array([[cos, -sin, 0.0], [sin, cos, 0.0]])
        grey = cv2.warpAffine(grey, turn, grey.shape[::-1], borderValue=255)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    rulings = []
    for level, length in zip((True, False), _STROKE, strict=True):
        long = max(int(length * size), 10)
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, numpy.ones((1, long) if level else (long, 1), numpy.uint8))
        for x, y, wide, high, _ in cv2.connectedComponentsWithStats(strokes)[2][1:].tolist():
            if (high if level else wide) > size:
                continue  # a black area
            at, start, end = (y + high / 2, x, x + wide) if level else (x + wide / 2, y, y + high)
            rulings.append(Ruling(level, at / unit, start / unit, end / unit))
    return rulings


def _middle(line: TextLine, unit: float) -> tuple[float, float]:
    return (line.x0 + line.x1) / 2 / unit, (line.y0 + line.y1) / 2 / unit


def _ruled(grid: Grid, inside: list[TextLine], unit: float) -> TextLine:
    """The table of a grid; unsure where a line reaches over two cells."""
    crossing = False

    def text(x0: float, y0: float, x1: float, y1: float) -> str:
        nonlocal crossing
        cell = [line for line in inside if x0 < _middle(line, unit)[0] < x1 and y0 < _middle(line, unit)[1] < y1]
        over = (max(x0 * unit - line.x0, line.x1 - x1 * unit) > _CROSSES * line.size for line in cell)
        crossing = any(over) or crossing
        rows = (sorted(row, key=lambda line: line.x0) for row in rows_of(cell))
        return cell_text([" ".join(line.text for line in row) for row in rows])

    x0, y0, x1, y1 = (bound * unit for bound in grid.bounds)
    written = grid.markdown(text)
    sure = min(line.confidence or 0.0 for line in inside)
    known = min(sure, UNSURE) if crossing else sure
    return TextLine(written, x0, y0, x1, y1, 0.0, inside[0].page, table=True, confidence=known)


def _aligned(lines: list[TextLine]) -> list[TextLine]:
    """The lines, runs of rows whose pieces stand below one another put together as tables."""
    kept: list[TextLine] = []
    run: list[list[TextLine]] = []
    for row in [*rows_of(lines), []]:
        apart = bool(run and row) and row[0].y0 - run[-1][0].y1 > _APART * row[0].size
        if run and (len(row) < _COLUMNS or apart):
            kept += _table(run)
            run = []
        if len(row) >= _COLUMNS:
            run.append(row)
        else:
            kept += row
    return kept


def _table(rows: list[list[TextLine]]) -> list[TextLine]:
    """The rows as one table, unsure as it is; as they were, where they have no columns."""
    pieces = [line for row in rows for line in row]
    edges: list[float] = []  # where a column ends that begins after the one before has ended
    for line in sorted(pieces, key=lambda line: line.x0):
        if not edges or line.x0 > edges[-1]:
            edges.append(line.x1)
        edges[-1] = max(edges[-1], line.x1)
    grid = [[next(i for i, edge in enumerate(edges) if line.x0 < edge) for line in row] for row in rows]
    if len(rows) < _ROWS or len(edges) < _COLUMNS or any(len(set(places)) < len(places) for places in grid):
        return pieces
    texts = []
    for row, places in zip(rows, grid, strict=True):
        by_place = dict(zip(places, (line.text for line in row), strict=True))
        texts.append(markdown_row([by_place.get(place, "") for place in range(len(edges))]))
    (x0, y0), (x1, y1) = (min(p.x0 for p in pieces), min(p.y0 for p in pieces)), (edges[-1], max(p.y1 for p in pieces))
    sure = min(UNSURE, *(piece.confidence or 0.0 for piece in pieces))
    return [TextLine("\n".join(texts), x0, y0, x1, y1, 0.0, pieces[0].page, table=True, confidence=sure)]
