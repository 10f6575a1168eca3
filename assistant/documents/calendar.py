"""Application windows as data, so that "now" and "already closed" are answered from dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from assistant.documents.model import Confidence
from assistant.documents.strict_yaml import Schema, read_file


class WindowState(StrEnum):
    """Where a window stands on a day."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    ROLLING = "rolling"
    UNKNOWN = "unknown"


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


class CalendarFile(Schema):
    windows: tuple[Window, ...] = ()


def load_calendar(path: Path) -> tuple[Window, ...]:
    """Raises DocumentError when the file is not as the format says."""
    return read_file(path, CalendarFile).windows if path.exists() else ()
