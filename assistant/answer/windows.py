"""Whether what a clause opens can be filed for on the day: from the calendar, never from the words of the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Citation, Run, Statement
from assistant.answer.services import Services
from assistant.documents.calendar import Window, WindowState
from assistant.documents.model import ClauseKind
from assistant.index.store import StoredClause

_ASKS_WHEN = re.compile(
    r"现在|目前|今年|还能|还可以|还有(?:机会|救)|来得及|赶得上|赶不赶|截止|错过|过了|关了|关门|开始|开放|开了没|几月|几号|什么时候|啥时候|何时|哪天|时间|until|deadline|when",
    re.I,
)
_ASKS_NOW = re.compile(
    r"来得及|来不及|赶得上|赶得及|赶不赶|(?:错过|截止|关门|关闭|过)了"
    r"|(?:现在|目前|眼下|今年|还)(?:还)?(?:能|可以|能不能|可不可以|有机会|有得|在).{0,8}(?:报|填|申请|申领|评|受理)",
)
_SAID = {
    WindowState.OPEN: "window_open",
    WindowState.UPCOMING: "window_upcoming",
    WindowState.CLOSED: "window_closed",
}
_SETTLED = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.UNKNOWN_FACT)


def with_window(run: Run, services: Services) -> Run:
    """The run with the clause first that tells the window, where the question is whether one can file now."""
    if run.status not in _SETTLED or "validity" in run.notes or not _ASKS_NOW.search(run.question):
        return run
    assert run.result is not None
    about = [window for window in _of_this_year(run, services) if _is_about(window, run)]
    near = (*run.grounds, *run.result.hits)
    tells = next((hit for hit in near if any(_tells(hit.found, window) for window in about)), None)
    if tells is None:
        return run
    rules = [h for h in run.grounds if h.found.clause.kind is ClauseKind.CLAUSE and h.ref != tells.ref]
    gaps = [h for h in run.grounds if h.found.clause.kind is not ClauseKind.CLAUSE]
    gaps = [gap for gap in gaps if gap.found.version.policy == tells.found.version.policy]
    status = AnswerStatus.PARTIAL if gaps else AnswerStatus.ANSWERED
    return replace(run, grounds=(tells, *rules[:1], *gaps[:1]), status=status)


def windows(run: Run, citation: Citation, services: Services) -> list[Statement]:
    """One statement for the window whose last day the deciding clause tells, where the question is about time."""
    if not _ASKS_WHEN.search(run.question):
        return []
    for window in _of_this_year(run, services):
        if _tells(citation.found, window):
            return [Statement(_said(window, run.as_of), (citation.marker,))]
    return []


def _of_this_year(run: Run, services: Services) -> Iterator[Window]:
    """The windows of the year of the day that have a last day; those of other years say nothing of now."""
    return (w for w in services.snapshot.side.calendar if w.closes and w.closes.year == run.as_of.year)


def _is_about(window: Window, run: Run) -> bool:
    policies = {hit.found.version.policy for hit in run.grounds}
    return window.policy in policies or any(term in window.programme for term in run.terms)


def _tells(found: StoredClause, window: Window) -> bool:
    clause = found.clause
    ours = found.version.policy == window.policy and clause.kind is ClauseKind.CLAUSE
    return ours and window.closes is not None and _day(window.closes) in clause.text


def _said(window: Window, day: date) -> str:
    opens, closes = window.opens, window.closes
    assert closes is not None
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
