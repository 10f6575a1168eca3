"""The forms in which official texts write a figure, so that a cited clause can be searched for it."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from assistant.documents.numerals import chinese
from assistant.rules.quantity import Quantity, Unit

_COUNTED = {
    Unit.YEARS: ("年",),
    Unit.DAYS: ("天", "日", "个日历天"),
    Unit.POINTS: ("分",),
    Unit.PEOPLE: ("人", "名", "个人"),
    Unit.ITEMS: ("项", "个", "件"),
    Unit.RANK: ("名",),
}


def stands_in(quantity: Quantity, text: str) -> bool:
    """Whether one of the forms of the figure stands in the text as a number of its own."""
    return any(_whole(form, text) for form in forms(quantity)) or _begins_range(quantity, text)


def range_stands_in(low: int, high: int, text: str) -> bool:
    """Whether points such as 7至8分 stand in the text."""
    if low == high:
        return stands_in(Quantity(Fraction(low), Unit.POINTS), text)
    return any(f"{low}{link}{high}分" in text for link in ("至", "-", "～", "—"))


def forms(quantity: Quantity) -> tuple[str, ...]:
    """5000万元 → 5000万元, 5,000万元, 五千万元, 50000000元, …"""
    number, unit = quantity.number, quantity.unit
    if unit is Unit.YUAN:
        return tuple(f"{digits}{name}" for scale, name in _MONEY for digits in _digits(number / scale))
    if unit is Unit.PERCENT:
        percent = number * 100
        return tuple(form for digits in _digits(percent) for form in (f"{digits}%", f"{digits}％", f"百分之{digits}"))
    if unit is Unit.PART:
        halves = ("减半", "一半") if number == Fraction(1, 2) else ()
        return (str(number), f"{chinese(number.denominator)}分之{chinese(number.numerator)}", *halves)
    counted = tuple(f"{digits}{name}" for digits in _digits(number) for name in _COUNTED[unit])
    return (*counted, f"前{chinese(int(number))}") if unit is Unit.RANK else counted


_MONEY = ((10**8, "亿元"), (10**4, "万元"), (1, "元"))


def _digits(number: Fraction) -> tuple[str, ...]:
    if (number * 10**4).denominator != 1:
        return ()
    plain = format((Decimal(number.numerator) / Decimal(number.denominator)).normalize(), "f")
    grouped = f"{int(number):,}" if number.denominator == 1 else plain
    words = (chinese(int(number)),) if number.denominator == 1 and 0 < number < 10000 else ()
    return tuple(dict.fromkeys((plain, grouped, *words)))


def _begins_range(quantity: Quantity, text: str) -> bool:
    """3项 begins 3至4项."""
    names = _COUNTED.get(quantity.unit, ())
    return any(re.search(rf"(?<![\d.]){quantity.number}至\d+{name}", text) for name in names)


def _whole(form: str, text: str) -> bool:
    return re.search(rf"(?<![\d.,一二三四五六七八九十百千零]){re.escape(form)}", text) is not None
