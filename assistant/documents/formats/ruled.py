"""Tables drawn with lines: the rulings of a page → a grid of cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.documents.formats.tables import Cell, table

_NEAR = 3.0  # points; the two edges of a thin filled border, or rulings that do not quite meet
_SHORTEST = 6.0  # points; shorter strokes belong to characters and icons
_MOST = 4000  # rulings on a page; more is a drawing


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: at `at` (y when level, x when upright), from `start` to `end`."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of one table: where its columns and rows begin and end, and which edges are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rulings: tuple[Ruling, ...]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def covers(self, x: float, y: float) -> bool:
        """Whether a point lies inside the table."""
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]

    def markdown(self, text: Callable[[float, float, float, float], str]) -> str:
        """The table as Markdown rows; `text` gives what stands inside left, top, right, bottom."""
        taken: set[tuple[int, int]] = set()
        rows: list[list[Cell]] = []
        for row in range(len(self.ys) - 1):
            cells = []
            for column in range(len(self.xs) - 1):
                if (row, column) in taken:
                    continue
                right, below = self._extent(row, column)
                taken |= {(r, c) for r in range(row, below) for c in range(column, right)}
                box = (self.xs[column], self.ys[row], self.xs[right], self.ys[below])
                cells.append(Cell(text(*box), right - column, below - row))
            rows.append(cells)
        made = table(rows)
        return "\n".join((*made.captions, made.markdown()))

    def _extent(self, row: int, column: int) -> tuple[int, int]:
        """How far the cell that begins here reaches: to the next drawn edge."""
        right, below = column + 1, row + 1
        while right < len(self.xs) - 1 and not self._drawn(False, right, row):
            right += 1
        while below < len(self.ys) - 1 and not self._drawn(True, below, column):
            below += 1
        return right, below

    def _drawn(self, level: bool, index: int, beside: int) -> bool:
        at = self.ys[index] if level else self.xs[index]
        across = self.xs if level else self.ys
        middle = (across[beside] + across[beside + 1]) / 2
        return any(
            r.level == level and abs(r.at - at) <= _NEAR and r.start - _NEAR <= middle <= r.end + _NEAR
            for r in self.rulings
        )


def grids(rulings: list[Ruling]) -> list[Grid]:
    """The tables of a page: groups of rulings that touch and enclose at least two columns and two cells."""
    rulings = [r for r in rulings if r.end - r.start >= _SHORTEST]
    if len(rulings) > _MOST:
        return []
    found = []
    for group in _touching(_merged(rulings)):
        xs = _clustered([r.at for r in group if not r.level])
        ys = _clustered([r.at for r in group if r.level])
        if len(xs) >= 3 and len(ys) >= 2:
            found.append(Grid(tuple(xs), tuple(ys), tuple(group)))
    return found


def _merged(rulings: list[Ruling]) -> list[Ruling]:
    """Borders drawn cell by cell as one ruling each."""
    merged: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: (r.level, round(r.at / _NEAR), r.start)):
        last = merged[-1] if merged else None
        same = last and last.level == ruling.level and abs(last.at - ruling.at) <= _NEAR
        if last and same and ruling.start <= last.end + _NEAR:
            merged[-1] = Ruling(last.level, last.at, last.start, max(last.end, ruling.end))
        else:
            merged.append(ruling)
    return merged


def _touching(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Group rulings that cross or meet."""
    group = list(range(len(rulings)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    levels = [i for i, r in enumerate(rulings) if r.level]
    uprights = [i for i, r in enumerate(rulings) if not r.level]
    for i in levels:
        for j in uprights:
            level, upright = rulings[i], rulings[j]
            crosses = level.start - _NEAR <= upright.at <= level.end + _NEAR
            if crosses and upright.start - _NEAR <= level.at <= upright.end + _NEAR:
                group[root(i)] = root(j)
    groups: dict[int, list[Ruling]] = {}
    for i, ruling in enumerate(rulings):
        groups.setdefault(root(i), []).append(ruling)
    return list(groups.values())


def _clustered(values: list[float]) -> list[float]:
    """Positions that differ by the thickness of a border are one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out
