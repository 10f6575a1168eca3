"""The shipped calendar: dates from the facts, and no promise about a year that was not announced."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.figures import Kind
from assistant.documents.calendar import Heading, agenda
from tests.knowledge.shipped import needs_facts, sides
from tests.knowledge.test_policies import known_figures


def programmes(day: date, heading: Heading) -> list[str]:
    return [window.programme for window in agenda(sides().calendar, day).get(heading, ())]


@pytest.mark.parametrize(
    ("day", "heading", "programme"),
    [
        (date(2026, 5, 31), Heading.UPCOMING, "科技型中小企业评价（2026年）"),
        (date(2026, 6, 1), Heading.OPEN, "科技型中小企业评价（2026年）"),
        (date(2026, 7, 2), Heading.CLOSING, "科技型中小企业评价（2026年）"),
        (date(2026, 11, 23), Heading.CLOSED, "科技型中小企业评价（2026年）"),
        (date(2027, 1, 1), Heading.PAST, "科技型中小企业评价（2026年）"),
        (date(2026, 11, 23), Heading.YEARLY, "高新技术企业年度发展情况报表"),
        (date(2026, 11, 23), Heading.PAST, "高新技术企业认定（上海，2024年第六批）"),
        (date(2026, 11, 23), Heading.UNKNOWN, "高新技术企业认定（上海，2026年）"),
        (date(2026, 11, 23), Heading.ROLLING, "高新技术成果转化项目认定（松江受理）"),
    ],
)
def test_a_window_stands_under_the_heading_of_the_day(day: date, heading: Heading, programme: str) -> None:
    assert programme in programmes(day, heading)


def test_what_comes_every_year_bears_no_date_of_a_year() -> None:
    for window in sides().calendar:
        if window.recurring == "yearly":
            assert window.recurring_note, window.programme
            assert (window.opens, window.closes, window.year) == (None, None, None), window.programme


def test_a_dated_window_belongs_to_the_year_of_its_dates() -> None:
    for window in sides().calendar:
        assert {day.year for day in (window.opens, window.closes) if day} <= {window.year}, window.programme


def test_a_note_is_true_on_any_day() -> None:
    assert [w.programme for w in sides().calendar if w.note and ("已过" in w.note or "现在" in w.note)] == []


@needs_facts
def test_every_date_stands_in_the_facts_by_its_month_and_day() -> None:
    known, _ = known_figures()
    from tests.knowledge.shipped import FACTS

    facts = FACTS.read_text(encoding="utf-8").replace(" ", "")
    for window in sides().calendar:
        for day in filter(None, (window.opens, window.closes)):
            spelt = (f"{day.month}月{day.day}日", f"{day.month}-{day.day}", f"{day:%m-%d}")
            assert (Kind.DATE, f"{day:%Y%m%d}") in known or any(form in facts for form in spelt), window.programme
