"""Numbers as people write them, with their scale: 4,800.5, 四千八百, 0.48亿, 4.8kw, 3千多万, 2亿零5万."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from assistant.documents.numerals import ordinal

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
HAN = r"[零〇一二三四五六七八九十百千两]+(?:点[零〇一二三四五六七八九]+)?"
NUMBER = re.compile(rf"(?P<sign>[-−]|负)?(?P<number>{ARABIC}|{HAN})")
TENS = {"十": 10, "百": 100, "千": 1000, "": 1}
SCALES = {
    "万亿": 10**12,
    "亿": 10**8,
    "万": 10**4,
    "千": 1000,
    "kw": 10**7,
    "w": 10**4,
    "billion": 10**9,
    "million": 10**6,
}
SCALE = re.compile(
    r"\s*(?P<tens>[十百千](?=[多余几来]?\s*[万亿]))?(?:个(?=[多余几来]))?(?P<more>[多余几来])?\s*个?\s*"
    r"(?P<scale>万亿|亿|万|千(?=元)|kw|w(?![a-z])|billion|million)",
    re.I,
)
YUAN = re.compile(r"\s*(?:元|块钱|(?<![一二两三四五六七八九])块|RMB|yuan)", re.I)  # 分三块 counts parts
_SHORT_REST = re.compile(
    r"(?:([一二三四五六七八九])(?![一二三四五六七八九十百千万亿年月天个项件名位人家次类种\d.])|(?<=万)([1-9])(?=[，。；、?左吧了的]|$))"
)
_ENDS = re.compile(r"(?=[，。；、?左吧了的]|$)")


def number_of(text: str) -> Fraction | None:
    """The number of 4,800.5 or 四千八百 or 四点八; None: it is none."""
    text = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Fraction(Decimal(text))
    whole, _, rest = text.partition("点")
    value = ordinal(whole)
    if value is None:
        return None
    digits = "".join(str("零一二三四五六七八九".find(c)) for c in rest.replace("〇", "零"))
    return Fraction(Decimal(f"{value}.{digits}")) if digits else Fraction(value)


def last_place(number: Fraction) -> int:
    """The place of the last digit that was told: 1000 for 5000, 10 for 30."""
    place = 1
    while number and number % (place * 10) == 0:
        place *= 10
    return place


def with_rest(text: str, end: int, low: Fraction, high: Fraction, factor: int) -> tuple[Fraction, Fraction, int]:
    """The lower part of 2亿零5万, 1亿2千万 and 2亿零1元, added."""
    if factor >= 10**4 and (short := _SHORT_REST.match(text, end)):  # 一亿五, 两万五
        more = Fraction(ordinal(short[1] or short[2]) or 0) * factor / 10
        return low + more, high + more, short.end()
    match = re.compile(rf"零?(?P<number>{ARABIC}|{HAN})").match(text, end) if factor >= 10**4 else None
    thousands = match and "千" in match["number"] and _ENDS.match(text, match.end())  # 一百三十六万五千
    if match and (yuan := YUAN.match(text, match.end()) or thousands):
        more = number_of(match["number"].lstrip("零")) or Fraction(0)
        return low + more, high + more, yuan.end()
    if factor < 10**8:
        return low, high, end
    scale = SCALE.match(text, match.end()) if match else None
    if match is None or scale is None or "亿" in scale["scale"]:
        return low, high, end
    more = (number_of(match["number"].lstrip("零")) or Fraction(0)) * TENS[scale["tens"] or ""] * SCALES[scale["scale"]]
    unit = YUAN.match(text, scale.end())
    return low + more, high + more, unit.end() if unit else scale.end()
