"""Application windows as data, so that "now" and "already closed" are answered from dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from assistant.documents.model import Confidence
from assistant.documents.strict_yaml import Schema, read_file

SOON_DAYS = 60


class WindowState(StrEnum):
    """Where a window stands on a day."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    ROLLING = "rolling"
    UNKNOWN = "unknown"


class Heading(StrEnum):
    """Under which heading of the agenda a window stands, in the order of the agenda."""

    CLOSING = "closing"
    OPEN = "open"
    ROLLING = "rolling"
    UPCOMING = "upcoming"
    YEARLY = "yearly"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    PAST = "past"


class Window(Schema):
    """When something can be filed."""

    programme: str
    policy: str
    event: str
    opens: date | None = None
    closes: date | None = None
    year: int | None = None
    recurring: str = "none"
    recurring_note: str | None = None
    confidence: Confidence
    source: str | None = None
    note: str | None = None

    def state(self, day: date) -> WindowState:
        """Whether the window is open on `day`."""
        if self.recurring == "rolling":
            return WindowState.ROLLING
        if self.closes and self.closes < day:
            return WindowState.CLOSED
        if self.opens and day < self.opens:
            return WindowState.UPCOMING
        if self.opens or self.closes:
            return WindowState.OPEN
        return WindowState.UNKNOWN

    def heading(self, day: date) -> Heading:
        """Where the window belongs in the agenda of `day`.

        The arrangements of a past year are PAST, closed or not: nothing follows from them for this year.
        """
        if self.year is not None and self.year < day.year:
            return Heading.PAST
        if self.recurring == "yearly":
            return Heading.YEARLY
        state = self.state(day)
        if state is WindowState.OPEN and self.closes and self.closes - day <= timedelta(days=SOON_DAYS):
            return Heading.CLOSING
        if self.year is not None and self.year > day.year:
            return Heading.UPCOMING
        return Heading(state.value)


class CalendarFile(Schema):
    windows: tuple[Window, ...] = ()


def load_calendar(path: Path) -> tuple[Window, ...]:
    """Raises DocumentError when the file is not as the format says."""
    return read_file(path, CalendarFile).windows if path.exists() else ()


def agenda(windows: Iterable[Window], day: date) -> dict[Heading, tuple[Window, ...]]:
    """The windows under their headings, the next date first; empty headings are left out."""
    placed = sorted(windows, key=lambda window: (window.closes or date.max, window.opens or date.max))
    found = {heading: tuple(w for w in placed if w.heading(day) is heading) for heading in Heading}
    return {heading: under for heading, under in found.items() if under}
