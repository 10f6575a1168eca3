"""Windows for filing, from dates."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.documents.calendar import Heading, Window, WindowState, agenda
from assistant.documents.model import Confidence

OPENS, CLOSES = date(2026, 6, 1), date(2026, 8, 31)


def window(
    opens: date | None = None, closes: date | None = None, recurring: str = "none", year: int | None = None
) -> Window:
    return Window(
        programme="科技型中小企业评价",
        policy="cn-tech-sme",
        event="申报",
        opens=opens,
        closes=closes,
        recurring=recurring,
        year=year,
        confidence=Confidence.VERIFIED,
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 5, 31), WindowState.UPCOMING),
        (date(2026, 6, 1), WindowState.OPEN),
        (date(2026, 8, 31), WindowState.OPEN),
        (date(2026, 9, 1), WindowState.CLOSED),
    ],
)
def test_a_window_is_open_from_the_first_day_to_the_last(day: date, state: WindowState) -> None:
    assert window(OPENS, CLOSES).state(day) is state


def test_without_dates_nobody_knows() -> None:
    assert window().state(OPENS) is WindowState.UNKNOWN
    assert window(recurring="yearly").state(OPENS) is WindowState.UNKNOWN


def test_a_rolling_window_never_closes() -> None:
    assert window(recurring="rolling").state(OPENS) is WindowState.ROLLING


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        (date(2025, 12, 31), Heading.UPCOMING),
        (date(2026, 6, 1), Heading.OPEN),
        (date(2026, 7, 1), Heading.OPEN),
        (date(2026, 7, 2), Heading.CLOSING),
        (date(2026, 8, 31), Heading.CLOSING),
        (date(2026, 9, 1), Heading.CLOSED),
        (date(2027, 1, 1), Heading.PAST),
    ],
)
def test_the_agenda_counts_sixty_days_to_the_end_and_leaves_past_years_behind(day: date, heading: Heading) -> None:
    assert window(OPENS, CLOSES, year=2026).heading(day) is heading


def test_a_yearly_window_is_never_dated() -> None:
    assert window(recurring="yearly").heading(OPENS) is Heading.YEARLY


def test_what_was_always_open_in_a_past_year_says_nothing_of_this_one() -> None:
    assert window(recurring="rolling", year=2026).heading(date(2026, 3, 1)) is Heading.ROLLING
    assert window(recurring="rolling", year=2026).heading(date(2027, 3, 1)) is Heading.PAST


def test_the_agenda_lists_the_next_date_first_and_no_empty_heading() -> None:
    late, soon = window(OPENS, date(2026, 12, 31)), window(OPENS, date(2026, 11, 30))
    assert agenda((late, soon), date(2026, 6, 1)) == {Heading.OPEN: (soon, late)}
