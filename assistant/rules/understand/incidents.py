"""Accidents and offences: a claim of one counts by its gravity and by when it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.rules.understand.days import find_years
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.sentences import Span

INCIDENTS = ("serious_incident_2y", "serious_incident_1y")
_GRAVE = re.compile(r"重大|严重")
_GRAVITY_OPEN = re.compile(r"没[写说讲定]|没有认定|不知道|是不是|算不算|严重不严重|重不重|什么等级")
_RECENT = re.compile(
    r"[近这](?:一|1)年|(?:一|1)年(?:之?内|来|以来|多来)|365天|(?:12|十二)个月|(?:过去|申请前|申报前)(?:的)?一年"
)
_TWO_YEARS = re.compile(r"去年|今年|上一年|当年|两年|20\d\d年")
_YEAR_DAYS = 365


def incident(message: Message, span: Span, *, happened: bool) -> Iterator[Said]:
    """Accidents and offences count by their gravity and by when they happened."""
    clause = message.words(message.clause(span.start))
    if not happened:
        before = message.text[message.sentence(span.start).start : span.end]
        recent = _RECENT.search(clause) or (_RECENT.search(before) and not _TWO_YEARS.search(before))
        yield Said(INCIDENTS[1 if recent else 0], (False,), clause.strip("，。；"))
        return
    if not _GRAVE.search(clause) or _GRAVITY_OPEN.search(clause):
        return
    for fact, times in zip(INCIDENTS, _when(message, span), strict=True):
        yield Said(fact, times, clause.strip("，。；"))


def _when(message: Message, span: Span) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Whether it happened in this or the last year, and whether within 365 days; both values where that is open."""
    sentence = message.sentence(span.start)
    years = find_years(message.text[sentence.start : span.end], message.as_of)
    days = [day for day in message.days if sentence.holds(day.start)] or years
    if not days:
        return ((True,), (True,)) if _RECENT.search(message.words(sentence)) else ((True, False), (True, False))
    first, last = days[-1].first, min(days[-1].last, message.as_of)
    since = date(message.as_of.year - 1, 1, 1)
    edge = message.as_of - timedelta(days=_YEAR_DAYS)
    two_years = {first >= since, last >= since}
    one_year = {first >= edge, last >= edge}
    return tuple(two_years), tuple(one_year)
