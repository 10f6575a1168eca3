"""Days as people tell them, asked on 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.rules.understand.days import find_days

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019年3月12日成立", date(2019, 3, 12), date(2019, 3, 12)),
        ("2025-03-01", date(2025, 3, 1), date(2025, 3, 1)),
        ("2025年3月注册", date(2025, 3, 1), date(2025, 3, 31)),
        ("去年底注册", date(2025, 11, 1), date(2025, 12, 31)),
        ("今年8月", date(2026, 8, 1), date(2026, 8, 31)),
        ("成立两年多", date(2023, 11, 24), date(2024, 11, 23)),
        ("成立了8个月", date(2026, 2, 24), date(2026, 3, 23)),
        ("公司成立不到一年", date(2025, 11, 24), date(2026, 5, 25)),
    ],
)
def test_a_day_is_read_with_its_first_and_last_possible_day(text: str, first: date, last: date) -> None:
    (day,) = find_days(text, TODAY)
    assert (day.first, day.last) == (first, last)


@pytest.mark.parametrize("text", ["2025年2月30日", "2025年13月1日"])
def test_a_day_that_does_not_exist_is_not_taken_for_an_exact_one(text: str) -> None:
    assert all(day.first != day.last for day in find_days(text, TODAY))


def test_a_year_number_is_not_an_age() -> None:
    assert find_days("公司2018年注册", TODAY) == []
