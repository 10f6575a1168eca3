"""Whether what a clause opens can be filed for on the day: from the calendar, never from the words of the clause."""

from __future__ import annotations

import re
from datetime import date

from assistant.answer.messages import message
from assistant.answer.model import Citation, Run, Statement
from assistant.answer.services import Services
from assistant.documents.calendar import Window, WindowState

_ASKS_WHEN = re.compile(
    r"现在|目前|今年|还能|还可以|还有(?:机会|救)|来得及|赶得上|赶不赶|截止|错过|过了|关了|关门|开始|开放|开了没|几月|几号|什么时候|啥时候|何时|哪天|时间|until|deadline|when",
    re.I,
)
_SAID = {
    WindowState.OPEN: "window_open",
    WindowState.UPCOMING: "window_upcoming",
    WindowState.CLOSED: "window_closed",
}


def windows(run: Run, citation: Citation, services: Services) -> list[Statement]:
    """One statement for the window whose last day the deciding clause tells, where the question is about time."""
    if not _ASKS_WHEN.search(run.question):
        return []
    clause, policy = citation.found.clause, citation.found.version.policy
    for window in services.snapshot.side.calendar:
        if window.policy == policy and window.closes and _day(window.closes) in clause.text:
            return [Statement(_said(window, window.closes, run.as_of), (citation.marker,))]
    return []


def _said(window: Window, closes: date, day: date) -> str:
    opens = window.opens
    return message(
        _SAID[window.state(day)],
        programme=window.programme,
        event=window.event,
        opens=f"{opens.year}年{_day(opens)}" if opens else "",
        closes=f"{closes.year}年{_day(closes)}",
        day=f"{day.year}年{_day(day)}",
    )


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
