"""Figures with their unit, read from the forms that policies use and written back in them.

A quantity is exact (`Fraction`): 4.999% is never 5%, and 10%/(1-10%) is one ninth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

_SCALE = {"": 1, "万": 10**4, "亿": 10**8}
_FORM = re.compile(r"(-?\d+(?:\.\d+)?)(万|亿)?(元|%|年|天|分|人|项|名)")
_PART = re.compile(r"(\d+)/(\d+)")
_MOST_DECIMALS = 12
_HAIR = Fraction(2, 10**13)  # relative; two numbers this near are told alike but beside a threshold


class Unit(StrEnum):
    """What a figure counts."""

    YUAN = "元"
    PERCENT = "%"
    YEARS = "年"
    DAYS = "天"
    POINTS = "分"
    PEOPLE = "人"
    ITEMS = "项"
    RANK = "名"
    PART = "份"  # 2/3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit; money in yuan, percentages as parts of one."""

    number: Fraction
    unit: Unit

    @classmethod
    def read(cls, text: str) -> Quantity:
        """5000万元, 10%, 3年, 365天, 70分, 500人, 1项, 2/3.

        Raises:
            ValueError: it is none of these forms.
        """
        if match := _PART.fullmatch(text):
            return cls(Fraction(int(match[1]), int(match[2])), Unit.PART)
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}”不是合格的数值")
        number = Fraction(Decimal(match[1])) * _SCALE[match[2] or ""]
        unit = Unit(match[3])
        return cls(number / 100 if unit is Unit.PERCENT else number, unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def validate(value: object) -> Quantity:
            try:
                return cls.read(str(value))
            except ValueError as error:
                message = "“{value}”要带单位写明，如 5000万元、10%、3年、365天、70分、500人、1项、2/3"
                raise PydanticCustomError("quantity", message.format(value=value)) from error

        return core_schema.no_info_plain_validator_function(validate)

    def __str__(self) -> str:
        return show(self.number, self.unit)


def show(number: Fraction, unit: Unit, beside: Fraction | None = None) -> str:
    """The number as people read it: 5000.01万元, 4.79%, 365天.

    Args:
        beside: a threshold; a number that differs from it is given with enough decimals to look different.
    """
    if unit is Unit.PART:
        return f"{number.numerator}/{number.denominator}"
    if (told := _without_hair(number)) != beside:
        number = told
    scale, name = _scale(number, unit)
    return _decimals(number / scale, None if beside is None else beside / scale) + name


def _without_hair(number: Fraction) -> Fraction:
    """5.000005, by which "more than five" is reckoned, as 5."""
    near = Fraction(_rounded(number, 2 if abs(number) > 1 else 3))
    return near if abs(near - number) <= abs(number) * _HAIR else number


def _scale(number: Fraction, unit: Unit) -> tuple[Fraction, str]:
    if unit is Unit.PERCENT:
        return Fraction(1, 100), "%"
    if unit is Unit.YUAN:
        if abs(number) >= 10**8:
            return Fraction(10**8), "亿元"
        if abs(number) >= 10**4:
            return Fraction(10**4), "万元"
    return Fraction(1), str(unit)


def _decimals(number: Fraction, beside: Fraction | None) -> str:
    places = 2
    while places < _MOST_DECIMALS and (_lossy_money(number, places) or _hides(number, beside, places)):
        places += 1
    return format(_rounded(number, places).normalize(), "f")


def _rounded(number: Fraction, places: int) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def _lossy_money(number: Fraction, places: int) -> bool:
    """Whether a number with few decimals would lose some of them."""
    return (number * 10**6).denominator == 1 and Fraction(_rounded(number, places)) != number


def _hides(number: Fraction, beside: Fraction | None, places: int) -> bool:
    return beside is not None and number != beside and Fraction(_rounded(number, places)) == beside
