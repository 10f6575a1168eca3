"""Figures are exact, and are recognised in every form in which a policy writes them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.rules.figures import range_stands_in, stands_in
from assistant.rules.quantity import Quantity, Unit, show


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("5000万元", Fraction(50_000_000), Unit.YUAN),
        ("2.5万元", Fraction(25_000), Unit.YUAN),
        ("2亿元", Fraction(200_000_000), Unit.YUAN),
        ("10%", Fraction(1, 10), Unit.PERCENT),
        ("2/3", Fraction(2, 3), Unit.PART),
        ("365天", Fraction(365), Unit.DAYS),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, number: Fraction, unit: Unit) -> None:
    assert Quantity.read(text) == Quantity(number, unit)


@pytest.mark.parametrize("text", ["5000", "万元", "10％％", "1/2元", "五千万元", ""])
def test_a_figure_without_a_proper_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是合格的数值"):
        Quantity.read(text)


@pytest.mark.parametrize(
    ("figure", "clause"),
    [
        ("5000万元", "不超过5,000万元的"),
        ("5000万元", "不超过五千万元的"),
        ("5000万元", "不超过50000000元的"),
        ("2亿元", "不超过20000万元的"),
        ("5%", "不低于百分之五"),
        ("5%", "不低于5％"),
        ("3年", "注册满三年"),
        ("365天", "满365个日历天数"),
        ("500人", "不超过五百人"),
        ("2/3", "不超过三分之二"),
        ("1/2", "超过的部分减半征收"),
        ("3名", "排名前三"),
        ("3项", "3至4项"),
    ],
)
def test_a_figure_is_found_in_the_forms_of_the_law(figure: str, clause: str) -> None:
    assert stands_in(Quantity.read(figure), clause)


@pytest.mark.parametrize(
    ("figure", "clause"),
    [("5%", "不低于15%"), ("5%", "不低于0.5%"), ("5000万元", "15000万元"), ("3年", "十三年"), ("3项", "3分")],
)
def test_a_figure_inside_another_is_not_found(figure: str, clause: str) -> None:
    assert not stands_in(Quantity.read(figure), clause)


def test_a_range_of_points_is_found_as_a_range() -> None:
    assert range_stands_in(7, 8, "1项及以上7至8分")
    assert not range_stands_in(6, 8, "1项及以上7至8分")


@pytest.mark.parametrize(
    ("number", "unit", "beside", "shown"),
    [
        (Fraction(50_000_100), Unit.YUAN, None, "5000.01万元"),
        (Fraction(49_999_999), Unit.YUAN, None, "4999.9999万元"),
        (Fraction(230, 4800), Unit.PERCENT, None, "4.79%"),
        (Fraction("0.0499999"), Unit.PERCENT, Fraction(5, 100), "4.99999%"),
        (Fraction(5, 100), Unit.PERCENT, Fraction(5, 100), "5%"),
        (Fraction(999), Unit.YUAN, None, "999元"),
    ],
)
def test_a_number_never_looks_like_a_threshold_that_it_misses(
    number: Fraction, unit: Unit, beside: Fraction | None, shown: str
) -> None:
    assert show(number, unit, beside) == shown
