"""Figures that take the place of those before them: 400万，不对，应该是440万; 超过六成，具体是62.3%; a sum of parts."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from fractions import Fraction

from assistant.rules.understand.bound import Bound
from assistant.rules.understand.choose import fits
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.members import in_year
from assistant.rules.understand.message import Message

_CLOSER = re.compile(r"(?:具体|准确|精确|确切|实际|其实|数字?|一?点|地|的话|说|算(?:下|出)来|是|为|到|有|了|[，\s])*")
_ADDED = re.compile(r"[，、](?:合计|一共|总共|共计?|加起来)(?:是|有|为|:)?$")
_SLIP = 5  # how many times a wrong figure may be the right one
_SLACK = Fraction(1, 20)  # by how much a closer figure may leave the rough one


def corrected(message: Message, bound: list[Bound], figure: Figure, absorbed: Container[int]) -> list[Bound] | None:
    """What is bound with the last figure replaced by this one, where it corrects it or tells it more closely.

    `absorbed`: where figures stand that tell nothing.
    """
    last = bound[-1] if bound else None
    if last is None or last.figure.kind is not figure.kind or last.change:
        return None
    since = last.figure.end
    others = [other for other in message.figures if since <= other.start < figure.start]
    if any(other.start not in absorbed for other in others):
        return None
    named = any(since <= s.start < figure.start and fits(message, s, figure) for s in message.labels)
    years = [period for period in message.periods if since <= period.start < figure.start]
    between = message.text[max([since, *(other.end for other in others)]) : figure.start]
    years = [year for year in years if year.start >= figure.start - len(between)]
    since = figure.start - len(between)
    for year in reversed(years):
        between = between[: year.start - since] + between[year.end - since :].removeprefix("年").removeprefix("度")
    exact = len(figure.values) == 1 < len(last.values)
    if not (last.figure.low < figure.low * _SLIP and figure.low < last.figure.high * _SLIP):
        return None
    closer = exact and _is_near(figure, last.figure) and _CLOSER.fullmatch(between)
    fact = in_year(last.fact, years[-1]) if years else last.fact
    if named or fact != last.fact or not (closer or lexicon().amends.search(between)):
        return None
    return [
        replace(one, figure=figure, values=figure.values, note=None) if one.figure is last.figure else one
        for one in bound
    ]


def summed_up(message: Message, bound: list[Bound], figure: Figure) -> list[Bound] | None:
    """What is bound with the parts of one fact replaced by their sum: 软件收入2000万、硬件收入2600万，合计4600万."""
    start = message.sentence(figure.start).start
    if not bound or not is_added(message.text[start : figure.start]):
        return None
    fact = bound[-1].fact
    parts = [one for one in bound if one.fact == fact and one.figure.start >= start and not one.change]
    if len(parts) < 2 or sum(part.figure.low for part in parts) != figure.low:
        return None
    return [*(one for one in bound if one not in parts), replace(parts[-1], figure=figure, values=figure.values)]


def is_added(before: str) -> bool:
    """Whether the words before a figure add it up: …，合计."""
    return _ADDED.search(before) is not None


def _is_near(figure: Figure, rough: Figure) -> bool:
    return rough.low * (1 - _SLACK) <= figure.low <= rough.high * (1 + _SLACK)
