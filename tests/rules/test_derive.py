"""Facts that follow from others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from assistant.rules.company import Company, read_company
from assistant.rules.dates import years_later
from assistant.rules.facts import FactCatalogue, load_facts

DAY = date(2026, 11, 23)


@cache
def catalogue() -> FactCatalogue:
    return load_facts(Path(__file__).parents[2] / "knowledge" / "rules" / "facts.yaml")


def company(**facts: object) -> Company:
    return read_company(facts, catalogue(), DAY)


def test_a_ratio_of_nothing_is_not_known() -> None:
    known = company(rd_expense_3y=10, revenue_3y=0)
    assert known.value("rd_ratio_3y") is None
    assert known.missing("rd_ratio_3y") == ("rd_expense_3y", "revenue_3y")


def test_years_before_the_company_existed_are_left_out_of_a_sum() -> None:
    known = company(registered_on="2024-06-01", revenue_latest=10, revenue_prev=5)
    assert known.value("revenue_3y") == 15


def test_without_a_day_of_registration_all_three_years_are_needed() -> None:
    assert company(revenue_latest=10, revenue_prev=5).value("revenue_3y") is None
    assert company(revenue_latest=10, revenue_prev=5, revenue_before=1).value("revenue_3y") == 16


def test_kinds_of_rights_are_counted_into_their_class() -> None:
    known = company(patents_invention=2, layout_designs=1, patents_utility=3, software_copyrights=4)
    assert (known.value("ip_class1"), known.value("ip_class2")) == (3, 7)


def test_an_own_count_of_a_class_may_exceed_the_kinds_that_were_named() -> None:
    assert company(ip_class1=5, patents_invention=2).value("ip_class1") == 5


def test_a_first_application_has_used_no_rights() -> None:
    known = company(hnte_status="never", software_copyrights=3)
    assert known.value("ip_class2_usable") == 3


@pytest.mark.parametrize(
    ("years", "growth"),
    [
        ((100, 120, 150), Fraction(225, 1000)),
        ((0, 100, 120), Fraction(1, 5)),
        ((100, 0, 120), Fraction(0)),
        ((100, 100, 100), Fraction(0)),
        ((200, 100, 50), Fraction(-1, 2)),
    ],
)
def test_growth_follows_the_guide_s_formula(years: tuple[int, int, int], growth: Fraction) -> None:
    first, second, third = years
    known = company(net_assets_before=first, net_assets_prev=second, net_assets_latest=third)
    assert known.value("net_assets_growth") == growth


def test_compound_growth_is_exact_where_the_root_is() -> None:
    assert company(revenue_before=10000, revenue_latest=11025).value("revenue_growth_2y") == Fraction(1, 20)


def test_compound_growth_from_nothing_is_not_known() -> None:
    assert company(revenue_before=0, revenue_latest=11025).value("revenue_growth_2y") is None


def test_the_year_of_recognition_follows_from_the_certificate() -> None:
    assert company(hnte_certified_on="2024-12-04").value("hnte_recognised_year") == 2024


@pytest.mark.parametrize(
    ("day", "years", "full"),
    [
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2023, 11, 23), 3, date(2026, 11, 23)),
    ],
)
def test_years_are_full_on_the_same_day_or_the_last_of_its_month(day: date, years: int, full: date) -> None:
    assert years_later(day, years) == full
