"""A grid of cells as Markdown rows, and what stands beside the grid."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.documents.formats.paragraphs import squeeze

_WIDEST = 200  # columns; a wider span is a mistake in the file
_LONGEST = 5000  # rows


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the columns and rows that it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Lines above the grid that span it whole (a caption), and the grid, merged cells filled in every place."""

    captions: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The grid, one row a line: `| a | b |`."""
        return "\n".join(markdown_row(row) for row in self.rows)


def markdown_row(row: Sequence[str]) -> str:
    """One row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def spread(rows: Iterable[Iterable[Cell]]) -> list[list[str]]:
    """Repeat the text of a merged cell in every place that it covers; cells are given as HTML gives them."""
    covered: dict[tuple[int, int], str] = {}
    grid: list[list[str]] = []
    for row, cells in enumerate(itertools.islice(rows, _LONGEST)):
        column = 0
        for cell in cells:
            while column < _WIDEST and (row, column) in covered:
                column += 1
            for right in range(column, min(column + cell.columns, _WIDEST)):
                for below in range(row, min(row + cell.rows, _LONGEST)):
                    covered[below, right] = cell.text
            column = min(column + cell.columns, _WIDEST)
        grid.append([covered.pop((row, right), "") for right in range(_WIDEST)])
    return grid


def table(rows: Iterable[Iterable[Cell]]) -> Table:
    """Build a table; empty rows and columns go, a row that is one merged cell at the top becomes a caption."""
    grid = [[squeeze(text) for text in row] for row in spread(rows)]
    width = max((len(row) for row in grid), default=0)
    grid = [row + [""] * (width - len(row)) for row in grid if any(row)]
    kept = [column for column in range(width) if any(row[column] for row in grid)]
    grid = [[row[column] for column in kept] for row in grid]
    captions: list[str] = []
    while len(grid) > 1 and len(kept) > 1 and len(set(grid[0])) == 1:
        captions.append(grid.pop(0)[0])
    return Table(tuple(captions), tuple(tuple(_once(row)) for row in grid))


def _once(row: list[str]) -> list[str]:
    """A row that is one merged cell (a subtitle or a note inside the table) is said once."""
    return [row[0]] if len(row) > 1 and len(set(row)) == 1 and len(row[0]) > 1 else row
