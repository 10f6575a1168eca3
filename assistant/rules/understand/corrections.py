"""Figures that take the place of those before them: 400万，不对，应该是440万; 超过六成，具体是62.3%."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from fractions import Fraction

from assistant.rules.understand.around import words_about
from assistant.rules.understand.bound import Bound, bind_value
from assistant.rules.understand.choose import fits
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.members import in_year
from assistant.rules.understand.message import Message
from assistant.rules.understand.rights import is_not_counted

_CLOSER = re.compile(
    r"(?:[只才仅]|也就|左右|上下|具体|准确|精确|确切|实际|其实|数字?|一?点|地|的话|说|算(?:下|出)来|是|为|到|有|了|[，\s])*"
)
_CAME_TO = re.compile(
    r"(?:[^，。；\d]{0,10}(?=，))?(?:员工|职工|人员|研发|科技)*[，](?:(?:现在|目前)?(?:变成|变为|达到|总共|一共|共|为|还剩|还有)|现在|目前)(?:了|有|是)*"
)
_PEOPLE = ("staff_total", "rd_staff")
_SLIP = 5  # how many times a wrong figure may be the right one
_SLACK = Fraction(1, 20)  # by how much a closer figure may leave the rough one


def corrected(message: Message, bound: list[Bound], figure: Figure, absorbed: Container[int]) -> list[Bound] | None:
    """What is bound with the last figure replaced by this one, where it corrects it or tells it more closely.

    `absorbed`: where figures stand that tell nothing.
    """
    last = bound[-1] if bound else None
    if last and last.change:
        return _came_to(message, bound, last, figure)
    if last is None or last.figure.kind is not figure.kind:
        return None
    since = last.figure.end
    others = [other for other in message.figures if since <= other.start < figure.start]
    left = _is_left(last.figure, others, figure) and not is_not_counted(words_about(message, figure))
    if not left and any(other.start not in absorbed for other in others):
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
    if named or fact != last.fact or not (left or closer or lexicon().amends.search(between)):
        return None
    return [_again(message, one, figure) if one.figure is last.figure else one for one in bound]


def _came_to(message: Message, bound: list[Bound], last: Bound, figure: Figure) -> list[Bound] | None:
    """What is bound with a change replaced by what came of it: 研发新增了4个，变成16个."""
    same = last.figure.kind is figure.kind or last.fact in _PEOPLE
    if not same or not _CAME_TO.fullmatch(message.text, last.figure.end, figure.start):
        return None
    whole = replace(last, figure=figure, values=figure.values, note=None, change=0)
    return [whole if one is last else one for one in bound]


def _again(message: Message, told: Bound, figure: Figure) -> Bound:
    """What was bound, with the figure that takes its place."""
    if told.spot is None:
        return replace(told, figure=figure, values=figure.values, note=None)
    return bind_value(message, told.fact, figure, told.spot, None)


def _is_left(whole: Figure, parts: list[Figure], figure: Figure) -> bool:
    """Whether it is what a whole leaves without the parts between: 转化了20项，有2项重复，只能算18项."""
    same = all(part.kind is whole.kind for part in parts)
    return bool(parts) and same and whole.low - sum(part.low for part in parts) == figure.low == figure.high


def _is_near(figure: Figure, rough: Figure) -> bool:
    return rough.low * (1 - _SLACK) <= figure.low <= rough.high * (1 + _SLACK)
