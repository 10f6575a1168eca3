"""Awards and standards: a claim of one counts by the company's place among its authors, and by its year."""

from __future__ import annotations

import re

from assistant.rules.understand.days import find_years
from assistant.rules.understand.figures import FigureKind
from assistant.rules.understand.message import Message
from assistant.rules.values import Value

AWARDS = ("national_award_top3", "national_award_3y", "led_standard")
# How far down a place counts, in how many years, and whether the place has to be told.
_PLACES = dict(zip(AWARDS, ((3, 5, True), (3, 3, True), (5, 5, False)), strict=True))
_LEADS = re.compile(r"主导|牵头|主持|领衔|主笔")
_AUTHOR = re.compile(r"(?:完成|获奖|起草|编制)单位")  # 作为第一完成单位获得国家科技进步奖


def placed(message: Message, match: re.Match[str], fact: str) -> tuple[Value, ...] | None:
    """Whether the place counts; None where it is not told, or the award is of too long ago."""
    worst, years, needed = _PLACES[fact]
    needed = needed or not _LEADS.search(match.group())
    sentence = message.sentence(match.start())
    told = message.text[sentence.start : match.end()]
    ranks = [f for f in message.figures if f.kind is FigureKind.RANK and sentence.holds(f.start)]
    places = [f.low for f in ranks if f.start >= match.start() or _AUTHOR.match(message.text, f.end)]
    dates = [day.last for day in (*message.days, *find_years(told, message.as_of)) if sentence.holds(day.start)]
    if (dates and dates[-1].year < message.as_of.year - years) or (needed and not places):
        return None
    return (not places or places[0] <= worst,)
