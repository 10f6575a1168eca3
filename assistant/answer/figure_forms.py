"""The forms in which Chinese texts write figures, and the value that each stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from assistant.documents.numerals import ordinal


class Kind(StrEnum):
    """What a figure counts, and how its value is written."""

    MONEY = "money"  # yuan: 5000000; other currencies with their name: 5000000美元
    PERCENT = "percent"  # 5, 0.5; a third is 1/3; 5pp are percentage points
    DATE = "date"  # YYYYMMDD, YYYYMM, YYYY; without a year --MMDD or --MM
    DURATION = "duration"  # 3年, 3个月, 10工作日, 30日
    PEOPLE = "people"  # 500
    DOCUMENT = "document"  # 2016-32
    ORDINAL = "ordinal"  # 11条, 2年
    COUNT = "count"  # 3项, 71分, or a bare number


_PUNCTUATION = "，；：！？（）。、"
_TO_CHINESE = str.maketrans("();!?−", "（）；！？-")
_HAN = r"[零〇一二三四五六七八九十百千两]+"
_N = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{_HAN}(?:点[零〇一二三四五六七八九]+)?)"
_DAY, _MONTH = r"(\d{1,2}|三十一?|二?十?[一二三四五六七八九]|二?十)", r"(\d{1,2}|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?<![\d.])((?:19|20)\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2})"
_UNITS = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3}
_SCALE = r"(?:万亿|千万|百万|十万|亿|万|千)"
_CURRENCY = r"(?:美元|港元|港币|欧元|日元|英镑|元)"
_NOT_MONEY = r"(?![家户人名项件个天年月平公亩吨台套字次美港欧日英])"
_SPAN = r"(个?工作日|个?自然日|个?日历日|个?日历天|周年|个?会计年度|个?自然年度?|个?纳税年度|个年度|年(?!度|级|龄)|个半?月|周|日|天|小时|分钟)"
_COUNTED = r"(人次|项|件|家|次|分(?![之别为类成期年批级档三两])|倍|篇|套|台|亩|平方米|户|款|个)"
_PARTS_OF_HUNDRED = {"‰": "0.1", "千分之": "0.1", "万分之": "0.01"}
_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SAME_SPAN = {"天": "日", "自然日": "日", "日历日": "日", "日历天": "日"} | dict.fromkeys(
    ("周年", "会计年度", "自然年", "自然年度", "纳税年度", "年度"), "年"
)


def normalise(text: str) -> str:
    """Digits, letters and signs in half width, punctuation as in Chinese; figures give their places in this text."""
    half = "".join(char if char in _PUNCTUATION else unicodedata.normalize("NFKC", char) for char in text)
    half = re.sub(r"(?<!\d),|,(?!\d)", "，", half)
    return half.translate(_TO_CHINESE)


def _document(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2])}"


def _date(match: re.Match[str]) -> str | None:
    return _dated(*match.groups())


def _dated(year: str, month: str, day: str | None) -> str | None:
    rest = _in_year(month, day)
    return rest and f"{_whole(year)}{rest}"


def _month_day(match: re.Match[str]) -> str | None:
    rest = _in_year(match[1], match[2])
    return rest and f"--{rest}"


def _month(match: re.Match[str]) -> str | None:
    rest = _in_year(match[1], None)
    return rest and f"--{rest}"


def _in_year(month_text: str, day_text: str | None) -> str | None:
    """MMDD or MM; the end of a month is its last day; None if there is no such day."""
    month = _whole(month_text)
    if month is None or not 1 <= month <= 12:
        return None
    if day_text is None:
        return f"{month:02d}"
    day = _LAST_DAY[month - 1] if day_text in ("底", "末") else _whole(day_text)
    return f"{month:02d}{day:02d}" if day and day <= 31 else None


def _percent(match: re.Match[str]) -> str | None:
    number = _number(match["a"] or match["b"] or match["c"])
    if number is None:
        return None
    words = match.group()
    scale = next((scale for mark, scale in _PARTS_OF_HUNDRED.items() if mark in words), 10 if match["c"] else 1)
    return _plain(number * Decimal(scale)) + ("pp" if match["unit"] == "个百分点" else "")


def _part(of: str | None, parts: str | None) -> str | None:
    """三分之二 and 2/3; 减半 names no number."""
    if of is None:
        return "50"
    below, above = _whole(of), _whole(parts)
    if not below or above is None:
        return None
    share = Decimal(100 * above) / below
    return _plain(share) if share == share.quantize(Decimal("0.01")) else f"{above}/{below}"


def _money(match: re.Match[str]) -> str | None:
    number = _number(match["a"])
    if number is None:
        return None
    total = number * _UNITS.get(match["scale"] or "", 1)
    if match["b"] and (more := _number(match["b"])) is not None:
        total += more * 10**4
    currency = match["currency"] or "元"
    return _plain(total) + ("" if currency == "元" else currency)


def _span(match: re.Match[str]) -> str | None:
    number, unit = _number(match[1]), match[2]
    unit = unit if unit == "个月" else unit.removeprefix("个")
    return None if number is None else f"{_plain(number)}{_SAME_SPAN.get(unit, unit)}"


def _people(match: re.Match[str]) -> str | None:
    number = _number(match[1])
    return None if number is None else _plain(number * _UNITS.get(match[2] or "", 1))


def _nth(match: re.Match[str]) -> str | None:
    number = _whole(match[1])
    return None if number is None else f"{number}{match[2]}"


def _count(match: re.Match[str]) -> str | None:
    """Chinese numerals count only with words that a form would print; 一项, 两个 are ways of speaking."""
    number, unit = _number(match[1]), match[3] or ""
    if number is None or (not match[1][0].isdigit() and (unit in ("", "个", "款") or number == 1)):
        return None
    return _plain(number * _UNITS.get(match[2] or "", 1)) + unit


_Value = Callable[[re.Match[str]], str | None]
FORMS: tuple[tuple[Kind, re.Pattern[str], _Value], ...] = (
    (Kind.DOCUMENT, re.compile(r"[〔\[（【](\d{4})[〕\]）】]\s*第?\s*(\d+)\s*号"), _document),
    (Kind.DOCUMENT, re.compile(r"(\d{4})\s*年\s*第\s*(\d+)\s*号"), _document),
    (Kind.DATE, re.compile(rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}[日号]?(?!\d)"), _date),
    (Kind.DATE, re.compile(rf"{_YEAR}([\-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)"), lambda m: _dated(m[1], m[3], m[4])),
    (Kind.DATE, re.compile(rf"{_YEAR}\s*年\s*{_MONTH}\s*月([底末])?"), _date),
    (
        Kind.DATE,
        re.compile(rf"{_YEAR}(?=\s*[、和及与至到\-—–~]{{1,2}}\s*(?:19|20)\d\d\s*年)|{_YEAR}\s*年度?(?!期)"),
        lambda m: f"{_whole(m[1] or m[2])}",
    ),
    (Kind.DATE, re.compile(rf"(?<![\d个]){_MONTH}\s*月(?:份)?\s*(底|末|{_DAY[1:-1]})[日号]?(?!\d)"), _month_day),
    (Kind.DATE, re.compile(r"年[底末](?=前|之前|以前|$|[，。；])"), lambda m: "--1231"),
    (Kind.DATE, re.compile(rf"(?<![\d个]){_MONTH}\s*月(?:份)?"), _month),
    (Kind.ORDINAL, re.compile(rf"第\s*({_HAN}|\d+)\s*(条|款|项|章|年|批|次|届|季度|档|名)"), _nth),
    (
        Kind.PERCENT,
        re.compile(
            rf"[百千万]分之(?P<a>{_N})|(?P<b>{_N})\s*(?P<unit>%|‰|个百分点)|(?P<c>[一二两三四五六七八九]|\d)成(?![果立本员为功交长年效绩熟套人就因分组型])"
        ),
        _percent,
    ),
    (Kind.PERCENT, re.compile(rf"({_HAN})分之({_HAN})|减半|一半|半数"), lambda m: _part(m[1], m[2])),
    (Kind.PERCENT, re.compile(r"(?<![\d/])([1-9])/([1-9]\d?)(?![\d/])"), lambda m: _part(m[2], m[1])),
    (
        Kind.MONEY,
        re.compile(
            rf"(?:(?:￥|¥)\s*)?(?P<a>{_N})\s*(?P<scale>{_SCALE})?\s*(?:(?<=亿)(?P<b>{_N})\s*万)?\s*(?P<currency>{_CURRENCY})"
        ),
        _money,
    ),
    (Kind.PEOPLE, re.compile(rf"({_N})\s*({_SCALE})?\s*(?:多|余)?个?(?:人|名|位)(?![次民员材事称])"), _people),
    (Kind.DURATION, re.compile(rf"({_N})\s*{_SPAN}"), _span),
    (Kind.COUNT, re.compile(rf"({_N})\s*({_SCALE})?\s*{_COUNTED}"), _count),
    (Kind.COUNT, re.compile(rf"(?<=[共分])({_N})()(类|种|步|档|级|条|批)"), _count),
    (
        Kind.MONEY,
        re.compile(rf"(?P<a>{_N})\s*(?P<scale>{_SCALE})(?P<b>(?!)x)?(?P<currency>(?!)x)?{_NOT_MONEY}"),
        _money,
    ),
    (Kind.COUNT, re.compile(r"(\d[\d,]*(?:\.\d+)?)()()"), _count),
)


def _whole(text: str | None) -> int | None:
    return ordinal(text) if text else None


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
    return f"{number.normalize():f}"
