"""Which fiscal year a figure belongs to: the words for periods in a message, and the members of a family of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.rules.understand.lexicon import lexicon

_YEARS = re.compile(r"(?:20\d\d\s*年?度?\s*(?:[、，,和及到至~-]+\s*)){1,3}20\d\d\s*年?度?")
_GUIDE = r"\s*年度?(?:的)?(?:申报)?(?:指南|标准|口径|通知|办法)"  # the year of a guide is no period of figures
_YEAR = re.compile(
    rf"20\d\d(?!{_GUIDE})(?=\s*年|[、，,和及~-])|20\d\d(?=\s*(?:收入|营收|研发|销售)|\s+\d[\d,.]*\s*[万亿])"
    r"|(?<=\()20\d\d(?=\)(?!\s*第?\d+号))"
)
_BY_AGE = {0: "this", 1: "latest", 2: "prev", 3: "before"}
_OLDER = {"latest": "prev", "prev": "before"}
_YEAR_END = re.compile(r"(?<![上去前今\d])(?:年|本期)末[^。；!?年]*[，、]$")
_NEXT = re.compile(r"次年|转年")
_RELATIVE = re.compile(r"上一年|(?:再|更)?往?前一年|上年(?:同期)?(?:的|是|为)?\s*(?=\d)")
_AND = re.compile(r"年?度?\s*(?:[、/+和跟及与]|加上?)\s*")
IN_ORDER = ("before", "prev", "latest")  # how three figures of three years are told
UNCLOSED = ("this", "other")  # years that no figure of a programme is of


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
    found += [Period(m.start(), m.end(), ("next",)) for m in _NEXT.finditer(text)]
    return _listed(text, _relative(text, sorted(found, key=lambda period: period.start)))


def _relative(text: str, periods: list[Period]) -> list[Period]:
    """2025年388万，上一年342万: the year before the one that was told."""
    found: list[Period] = []
    for period in periods:
        last = found[-1] if found else None
        after = last is not None and last.names[0] in _OLDER and len(last.names) == 1
        same = last is not None and not re.search(r"[。；!?]", text[last.end : period.start])
        if period.names == ("next",):
            newer = next((year for year, older in _OLDER.items() if last and last.names == (older,)), None)
            found += [replace(period, names=(newer,))] if newer else []
            continue
        lone = last is None and text[period.start :].startswith("上年") and _YEAR_END.search(text, 0, period.start)
        if lone:
            period = replace(period, names=("prev",))  # 年末2300万，上年末2000万
        elif last and after and same and _RELATIVE.match(text, period.start):
            period = replace(period, names=(_OLDER[last.names[0]],))
        found.append(period)
    return found


def _listed(text: str, periods: list[Period]) -> list[Period]:
    """去年、前年: several years told together are one period."""
    found: list[Period] = []
    for period in periods:
        last = found[-1] if found else None
        single = last is not None and {*last.names, *period.names} <= {*IN_ORDER} and len(period.names) == 1
        if last and single and _AND.fullmatch(text, last.end, period.start) and period.names[0] not in last.names:
            found[-1] = Period(last.start, period.end, (*last.names, *period.names))
        else:
            found.append(period)
    return found


def _years(words: str, as_of: date) -> tuple[str, ...]:
    """2023年、2025年 as they are listed; 2023至2025年 with the years between."""
    years = [int(year) for year in re.findall(r"20\d\d", words)]
    if len(years) == 2 and re.search(r"[到及至~-]", words):
        years = list(range(years[0], years[1] + 1))
    return tuple(_name(year, as_of) for year in years)


def _name(year: int, as_of: date) -> str:
    return _BY_AGE.get(as_of.year - year, "other")


def together(names: tuple[str, ...]) -> str | None:
    """The member of a family that one figure for these years tells."""
    if len(names) <= 1:
        return names[0] if names else None
    return {IN_ORDER[1:]: "two", IN_ORDER: "sum"}.get(tuple(year for year in IN_ORDER if year in names), "other")


def spread(count: int, period: Period | None) -> tuple[str, ...]:
    """The years of a list of so many figures: as listed, else in the order of time."""
    if period and len(period.names) == count:
        return period.names
    return IN_ORDER[-count:] if count <= len(IN_ORDER) else ()
