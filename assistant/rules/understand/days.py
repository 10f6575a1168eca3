"""Days as people tell them: 2025年3月, 去年底, 成立两年多, 3年前; told roughly, the first and last possible."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.documents.numerals import ordinal
from assistant.rules.dates import years_later


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it stands; `first` equals `last` where it is exact. `year_only`: no month was told."""

    start: int
    end: int
    text: str
    first: date
    last: date
    year_only: bool = False

    @property
    def values(self) -> tuple[date, ...]:
        return (self.first,) if self.first == self.last else (self.first, self.last)


_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?P<year>(?:19|20)\d{2})|(?P<said>今年|去年|前年|大前年|明年)"
_FULL = re.compile(
    rf"(?:{_YEAR})\s*[年\-/.]?\s*(?P<month>{_N})\s*[月\-/.]\s*(?P<day>{_N})\s*[日号]?(?![\d%]|\s*[个多来余几]*\s*[万亿千百wk]|\s*月)"
)
_MONTH = re.compile(rf"(?:{_YEAR})\s*年?\s*(?P<month>{_N})\s*月(?:份)?(?P<part>初|中旬|中|底|末)?")
_DOTTED = re.compile(
    r"(?P<year>(?:19|20)\d{2})[./-](?P<month>0?[1-9]|1[0-2])(?=\s*(?:成立|注册|创[办立]|设立|开业|登记|组建|认定|发证|取得|拿证|[，。；]|$))"
)
_PART = re.compile(rf"(?:{_YEAR})\s*年?\s*(?P<part>年初|年底|年末|初|底|末|上半年|下半年)")
_BARE = re.compile(rf"(?:{_YEAR})\s*年?")
_SINCE = re.compile(
    r"(?:成立|注册|创办|开业|创立|设立|创业|建厂|开张|(?:公司|企业|厂子?)(?:已经?|也|都)?(?:开|办|做|干|经营)(?=了)|公司)(?:已经?|整整?|也|都|了|有|才|刚刚?|快|将近|不到|超过|满|到现在|至今|也就|只有)*\s*"
    r"(?<!\d)(?P<years>\d{1,2}(?:\.\d)?|\d{1,3}(?=天)|[一二两三四五六七八九十]+)?\s*(?P<half>半)?\s*(?P<unit>周年|年|个月|天)(?P<more>多|半)?(?!度|前|底|初|月)"
)
_AGO = re.compile(
    r"(?<!\d)(?P<years>\d{1,2}|[一二两三四五六七八九十]+)\s*(?P<unit>年|个月|天)(?P<more>多|半)?(?:以)?前"
)
_IN_BUSINESS = re.compile(
    r"(?:^|(?<=[，。；]))(?:我们|公司|企业)?(?:已经?|也|都|一共)*(?:做|开|干|经营)了?(?:整整?|快|满|不到)?"
    r"(?P<years>\d{1,2}|[一二两三四五六七八九十]+)(?P<half>半)?(?P<unit>年)(?P<more>多|半)?了?(?=$|[，。；])"
)
_OFFSETS = {"今年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1}
_NEAR_DAYS = 31  # how long ago 刚满一年 may have been


def find_days(text: str, as_of: date) -> list[Day]:
    """Every day of a text, in order; days that do not exist are left out."""
    found: list[Day] = []
    for pattern in (_FULL, _MONTH, _DOTTED, _PART):
        for match in pattern.finditer(text):
            span = _span(match, as_of)
            if span and not _overlaps(found, match):
                found.append(Day(match.start(), match.end(), match.group(), *span))
    found += [day for day in _ages(text, as_of) if not any(d.start < day.end and day.start < d.end for d in found)]
    return sorted(found, key=lambda day: day.start)


def find_years(text: str, as_of: date) -> list[Day]:
    """Years told without a month: 2018年, 去年."""
    years = []
    for match in _BARE.finditer(text):
        year = _year(match, as_of)
        years.append(
            Day(match.start(), match.end(), match.group(), date(year, 1, 1), date(year, 12, 31), year_only=True)
        )
    return years


def in_business(text: str, as_of: date) -> Iterator[Day]:
    """How long it has been at it, in a clause that says nothing else: 做了八年."""
    for match in _IN_BUSINESS.finditer(text):
        if span := _age(match, as_of):
            yield Day(match.start(), match.end(), match.group(), *span)


def _overlaps(found: list[Day], match: re.Match[str]) -> bool:
    return any(day.start < match.end() and match.start() < day.end for day in found)


def _year(match: re.Match[str], as_of: date) -> int:
    return int(match["year"]) if match["year"] else as_of.year + _OFFSETS[match["said"]]


def _span(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    year, parts = _year(match, as_of), match.groupdict()
    month = ordinal(parts["month"]) if parts.get("month") else None
    if parts.get("day"):
        try:
            day = date(year, month or 0, ordinal(parts["day"]) or 0)
        except ValueError:
            return None
        return day, day
    if month is not None:
        if not 1 <= month <= 12:
            return None
        last = calendar.monthrange(year, month)[1]
        first, end = {"初": (1, 10), "中": (11, 20), "中旬": (11, 20), "底": (21, last), "末": (21, last)}.get(
            parts.get("part") or "", (1, last)
        )
        return date(year, month, first), date(year, month, end)
    part = parts["part"].removeprefix("年")
    months = {"初": (1, 2), "底": (11, 12), "末": (11, 12), "上半年": (1, 6), "下半年": (7, 12)}[part]
    return date(year, months[0], 1), date(year, months[1], calendar.monthrange(year, months[1])[1])


def _ages(text: str, as_of: date) -> Iterator[Day]:
    for match in (*_SINCE.finditer(text), *_AGO.finditer(text)):
        span = _age(match, as_of)
        if span:
            yield Day(match.start(), match.end(), match.group(), *span)


def _age(match: re.Match[str], as_of: date) -> tuple[date, date] | None:
    said, parts = match.group(), match.groupdict()
    if not parts.get("years") and not parts.get("half"):
        return None
    months = _months(parts)
    if months is None:
        return None
    full = _back(as_of, months) if parts["unit"] != "天" else as_of - timedelta(days=months)
    if re.search(r"不到|快|将近", said):
        return full + timedelta(days=1), min(as_of, full + timedelta(days=183))
    if re.search(r"刚刚?(?:好)?满", said):
        return full - timedelta(days=_NEAR_DAYS), full
    if parts["unit"] == "天":
        return full, full
    unit = 12 if parts["unit"] in ("年", "周年") else 1
    if parts.get("half") or parts.get("more") == "半":
        unit = 3
    if match.re is _AGO:
        return _back(full, unit // 2 or 1), _back(as_of, max(months - unit // 2, 0))
    return _back(full, unit) + timedelta(days=1), full


def _months(parts: dict[str, str | None]) -> int | None:
    said = parts.get("years") or "0"
    number = float(said) if re.fullmatch(r"\d+(?:\.\d)?", said) else ordinal(said) if said != "0" else 0
    if number is None:
        return None
    if parts["unit"] == "天":
        return int(number)
    half = 0.5 if parts.get("half") or parts.get("more") == "半" else 0
    return round((number + half) * (12 if parts["unit"] in ("年", "周年") else 1))


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return years_later(date(year, month + 1, 1), 0).replace(day=min(day.day, calendar.monthrange(year, month + 1)[1]))
