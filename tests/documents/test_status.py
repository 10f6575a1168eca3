"""Whether a version holds is computed for the day asked, never stored."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.documents.model import Status, Version

START, LAST = date(2025, 1, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 12, 31), Status.NOT_YET),
        (date(2025, 1, 1), Status.IN_FORCE),
        (date(2027, 12, 31), Status.IN_FORCE),
        (date(2028, 1, 1), Status.EXPIRED),
    ],
)
def test_it_holds_from_the_first_day_to_the_last(day: date, status: Status) -> None:
    assert Version("p", "办法", effective=START, expires=LAST).status(day) is status


def test_without_an_end_it_holds_on() -> None:
    assert Version("p", "办法", effective=START).status(date(2099, 1, 1)) is Status.IN_FORCE


def test_without_a_beginning_nobody_knows() -> None:
    assert Version("p", "办法").status(START) is Status.UNKNOWN


def test_without_a_beginning_the_end_is_known_all_the_same() -> None:
    version = Version("p", "办法", expires=LAST)
    assert version.status(LAST) is Status.UNKNOWN
    assert version.status(date(2028, 1, 1)) is Status.EXPIRED


def test_where_validity_is_to_be_checked_nobody_knows() -> None:
    version = Version("p", "办法", effective=START, validity_to_check=True)
    assert version.status(date(2024, 1, 1)) is Status.NOT_YET
    assert version.status(date(2026, 1, 1)) is Status.UNKNOWN


def test_a_replaced_version_holds_until_the_day_before() -> None:
    version = Version("p", "办法", effective=START, expires=LAST, replaced_on=date(2026, 7, 1))
    assert version.status(date(2026, 6, 30)) is Status.IN_FORCE
    assert version.status(date(2026, 7, 1)) is Status.REPLACED
    assert version.status(date(2030, 1, 1)) is Status.REPLACED


@pytest.mark.parametrize(("effective", "key"), [(START, "p@2025-01-01"), (None, "p@undated")])
def test_a_version_is_named_by_policy_and_first_day(effective: date | None, key: str) -> None:
    assert Version("p", "办法", effective=effective).key == key
