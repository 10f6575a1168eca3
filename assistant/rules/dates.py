"""Days and years as the law counts them."""

from __future__ import annotations

import calendar
from datetime import date


def years_later(day: date, years: int) -> date:
    """The day on which a number of years is full; where the month has no such day, its last one."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
