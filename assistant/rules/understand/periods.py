"""Which fiscal year a figure belongs to: the words for periods in a message, and the members of a family of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.rules.understand.lexicon import lexicon

_YEARS = re.compile(r"(?:20\d\d\s*年?度?\s*(?:[、，,和及到至~-]+\s*)){1,3}20\d\d\s*年?度?")
_GUIDE = r"\s*年度?(?:的)?(?:申报)?(?:指南|标准|口径|通知|办法)"  # the year of a guide is no period of figures
_YEAR = re.compile(rf"20\d\d(?!{_GUIDE})(?=\s*年|[、，,和及~-])|20\d\d(?=\s*(?:收入|营收|研发|销售))")
_BY_AGE = {0: "this", 1: "latest", 2: "prev", 3: "before"}
IN_ORDER = ("before", "prev", "latest")  # how three figures of three years are told


@dataclass(frozen=True, slots=True)
class Period:
    """A word for a period; `names` are several where the years are listed."""

    start: int
    end: int
    names: tuple[str, ...]


def find_periods(text: str, as_of: date) -> list[Period]:
    """The periods of a text, in order."""
    found = [Period(m.start(), m.end(), _years(m.group(), as_of)) for m in _YEARS.finditer(text)]
    taken = [(period.start, period.end) for period in found]
    for match in _YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            found.append(Period(match.start(), match.end(), (_name(int(match.group()), as_of),)))
    for name, pattern in lexicon().periods.items():
        found += [Period(match.start(), match.end(), (name,)) for match in pattern.finditer(text)]
    return sorted(found, key=lambda period: period.start)


def _years(words: str, as_of: date) -> tuple[str, ...]:
    """2023年、2025年 as they are listed; 2023至2025年 with the years between."""
    years = [int(year) for year in re.findall(r"20\d\d", words)]
    if len(years) == 2 and re.search(r"[到及至~-]", words):
        years = list(range(years[0], years[1] + 1))
    return tuple(_name(year, as_of) for year in years)


def _name(year: int, as_of: date) -> str:
    return _BY_AGE.get(as_of.year - year, "other")


def spread(count: int, period: Period | None) -> tuple[str, ...]:
    """The years of a list of so many figures: as listed, else in the order of time."""
    if period and len(period.names) == count:
        return period.names
    return IN_ORDER[-count:] if count <= len(IN_ORDER) else ()
