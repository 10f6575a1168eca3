"""Figures in Chinese text, normalised so that 500万元, 五百万元 and 5,000,000元 are the same.

`unsupported` tells which figures of a sentence do not stand, with a compatible bound, in the evidence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant.documents.numerals import ordinal


class Kind(StrEnum):
    """What a figure counts."""

    MONEY = "money"  # yuan
    PERCENT = "percent"
    DATE = "date"  # YYYYMMDD, YYYYMM or YYYY
    DURATION = "duration"  # value and unit
    PEOPLE = "people"
    DOCUMENT = "document"  # 〔2016〕32号
    COUNT = "count"


class Bound(StrEnum):
    """Which way a figure limits."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its kind, its value as a canonical string, and its bound if the words give one."""

    kind: Kind
    value: str
    bound: Bound | None = None
    text: str = ""

    @property
    def key(self) -> tuple[Kind, str]:
        return self.kind, self.value


_N = r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二三四五六七八九十百千两]+(?:点[零〇一二三四五六七八九]+)?)"
_UNITS = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 1000, "百": 100}
_SCALE = r"(?:万亿|千万|百万|十万|亿|万)"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.DOCUMENT, re.compile(r"[〔\[（(](\d{4})[〕\]）)]\s*第?(\d+)\s*号")),
    (Kind.DOCUMENT, re.compile(r"(\d{4})年第(\d+)号")),
    (Kind.DATE, re.compile(r"(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})日?(?!\d)")),
    (Kind.DATE, re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月")),
    (Kind.DATE, re.compile(r"(?<![\d.])((?:19|20)\d{2})\s*年(?!\s*期)")),
    (Kind.PERCENT, re.compile(rf"百分之({_N})|({_N})\s*(%|‰|个百分点)")),
    (Kind.MONEY, re.compile(rf"(?:￥|¥|人民币)\s*({_N})\s*({_SCALE}?)元?|({_N})\s*({_SCALE}?)\s*元|({_N})\s*({_SCALE})(?![家户人名项件个天年月平公亩千吨台套])")),
    (Kind.PEOPLE, re.compile(rf"({_N})\s*(?:{_SCALE})?\s*(?:人|名|位)(?![次民员材事])")),
    (Kind.DURATION, re.compile(rf"({_N})\s*(个?工作日|个?自然日|个?日历天|周年|年|个月|日|天|小时)")),
    (Kind.COUNT, re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*({_SCALE})?")),
)
_NOT_FIGURES = re.compile(
    r"第\s*[零〇一二三四五六七八九十百千\d]+\s*(?:条|章|节|款|项|目|届|批|次|编|类|段|档|步|季度)(?:之[一二三四五六七八九十]+)?"
    r"|[（(][一二三四五六七八九十]+[）)]|\[\d+\]|^\s*\d+[.、]\s|[一二三四五六七八九十]、|\d+号文"
    r"|(?<=[A-Za-z])\d+|\d+(?=[A-Za-z])|一次性|一般|一定|统一|一并|一律|一网|一致|其一|唯一|任一|之一|同一|另一|进一步|第三方|十四五|十五五|三方|双方|一体|一种",
    re.M,
)
_BEFORE = (
    (Bound.AT_LEAST, re.compile(r"(不低于|不少于|不小于|至少|不得低于|不得少于|≥|最低|满|达到|达)\s*$")),
    (Bound.AT_MOST, re.compile(r"(不超过|不高于|不大于|不多于|不得超过|至多|最多|最高|最长|上限为?|≤|封顶|以内)\s*(?:为|可达|可|的)?\s*$")),
    (Bound.MORE_THAN, re.compile(r"(?<!不)(?<!不得)(超过|大于|高于|多于|>|超出)\s*$")),
    (Bound.LESS_THAN, re.compile(r"(?<!不)(?<!不得)(低于|少于|小于|不足|不满|未满|未达到?|<)\s*$")),
)
_AFTER = (
    (Bound.AT_LEAST, re.compile(r"\s*(?:（含）|\(含\))?\s*(以上|及以上|起)")),
    (Bound.AT_MOST, re.compile(r"\s*(?:（含）|\(含\))?\s*(以下|及以下|以内|之内|封顶|为限)")),
)


def figures(text: str) -> list[Figure]:
    """Every figure of a text, in no particular order. Clause numbers, list numbers and set phrases are none."""
    text = _NOT_FIGURES.sub(lambda m: "\0" * len(m.group()), _normalise(text))
    found: list[Figure] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = _value(kind, match)
            if value is not None:
                found.append(Figure(kind, value, _bound(text, match.start(), match.end()), match.group().strip()))
        text = pattern.sub(lambda m: "\1" * len(m.group()), text)
    return found


def unsupported(sentence: str, evidence: str) -> list[Figure]:
    """The figures of a sentence that the evidence does not hold, or holds with an opposite bound only."""
    known: dict[tuple[Kind, str], set[Bound | None]] = {}
    for figure in figures(evidence):
        known.setdefault(figure.key, set()).add(figure.bound)
        if figure.kind is Kind.DATE:
            for shorter in (figure.value[:4], figure.value[:6]):
                known.setdefault((Kind.DATE, shorter), set()).add(None)
    return [figure for figure in figures(sentence) if not _stands(figure, known)]


def _stands(figure: Figure, known: dict[tuple[Kind, str], set[Bound | None]]) -> bool:
    if figure.key not in known:
        return False
    bounds = known[figure.key]
    return figure.bound is None or None in bounds or figure.bound in bounds


def _normalise(text: str) -> str:
    # NFKC would turn （ into ( and ： into :, which is harmless here; 〔 stays.
    return unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）")


def _value(kind: Kind, match: re.Match[str]) -> str | None:
    groups = [group for group in match.groups() if group is not None]
    if kind is Kind.DOCUMENT:
        return f"{groups[0]}-{int(groups[1])}"
    if kind is Kind.DATE:
        return groups[0] + "".join(f"{int(group):02d}" for group in groups[1:])
    number = _number(groups[0])
    if number is None:
        return None
    unit = groups[1] if len(groups) > 1 else ""
    if kind is Kind.PERCENT:
        return _plain(number / 10 if unit == "‰" else number)
    if kind is Kind.DURATION:
        return f"{_plain(number)}{_DURATION.get(unit.lstrip('个'), unit.lstrip('个'))}"
    return _plain(number * _UNITS.get(unit, 1))


_DURATION = {"周年": "年", "自然日": "日", "天": "日", "日历天": "日"}


def _number(text: str) -> Decimal | None:
    text = text.replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return Decimal(text)
    whole, _, fraction = text.partition("点")
    value = ordinal(whole)
    if value is None:
        return None
    digits = "".join(str("零一二三四五六七八九".find(c)) for c in fraction.replace("〇", "零"))
    return Decimal(f"{value}.{digits}") if digits else Decimal(value)


def _plain(number: Decimal) -> str:
    text = f"{number.normalize():f}"
    return text


def _bound(text: str, start: int, end: int) -> Bound | None:
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return bound
    for bound, pattern in _AFTER:
        if pattern.match(after):
            return bound
    return None
