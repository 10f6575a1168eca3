"""Figures that add up those before them: 软件收入2000万、硬件收入2600万，合计4600万; 成本费用:材料600万、人工200万，共800万."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.rules.understand.bound import Bound
from assistant.rules.understand.choose import fits
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.lexicon import Spot
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import Period

_ADDED = re.compile(
    r"[，、](?:三年|两年|全部|这样)?(?:加)?(?:合计|总计|累计|一共|总共|共计?|总和|加总|[加合]起来|[加合](?:在)?一起)"
    r"(?:就|正好|刚好|大概|大约|约|差不多|是|有|为|:|\s)*$"
)
_HEADS = re.compile(r":|(?:分|由|包括|包含|构成|组成|其中)[^，。；\d]{0,8}$")  # between a heading and its first part


def is_added(before: str) -> bool:
    """Whether the words before a figure add it up: …，合计."""
    return _ADDED.search(before) is not None


def summed_up(message: Message, bound: list[Bound], figure: Figure) -> list[Bound] | None:
    """What is bound with the parts of one fact replaced by their sum."""
    start = message.sentence(figure.start).start
    if not bound or not is_added(message.text[start : figure.start]):
        return None
    fact = bound[-1].fact
    parts = [one for one in bound if one.fact == fact and one.figure.start >= start and not one.change]
    if len(parts) < 2 or sum(part.figure.low for part in parts) != figure.low:
        return None
    return [*(one for one in bound if one not in parts), replace(parts[-1], figure=figure, values=figure.values)]


def without_parts(message: Message, bound: list[Bound]) -> list[Bound]:
    """What is bound without parts of a fact whose whole follows them: 软件收入1200万，硬件收入900万，总营收2100万."""
    kept = list(bound)
    for whole in bound:
        told = [one for one in kept if one.fact == whole.fact and one.figure.start < whole.figure.start]
        parts = _adding_up(message, whole.figure) if told and not whole.change else []
        if all(one.figure in parts for one in told):
            kept = [one for one in kept if one not in told]
    return kept


def headed(message: Message, bound: list[Bound], figure: Figure) -> tuple[Spot, list[Figure], Period | None] | None:
    """The label that heads the parts which a figure adds up, those parts, and their year: 成本费用:材料600万、人工200万，共800万."""
    start = message.sentence(figure.start).start
    parts = _adding_up(message, figure) if is_added(message.text[start : figure.start]) else []
    if not parts:
        return None
    before = [s for s in message.labels if start <= s.start and s.end <= parts[0].start and fits(message, s, figure)]
    headings = [s for s in before if _HEADS.search(message.text, s.end, parts[0].start)]
    if not headings or sum(one.spot == headings[-1] for one in bound) > 1:
        return None
    years = [period for period in message.periods if start <= period.start < parts[0].start]
    return headings[-1], parts, years[-1] if years else None


def _adding_up(message: Message, figure: Figure) -> list[Figure]:
    """The figures right before it in its sentence that add up to it, told of one year; none where it is no sum."""
    start = message.sentence(figure.start).start
    parts: list[Figure] = []
    for part in reversed([one for one in message.figures if start <= one.start < figure.start]):
        if part.kind is not figure.kind or any(part.start < p.start < parts[0].start for p in message.periods if parts):
            return []
        parts.insert(0, part)
        if sum(one.low for one in parts) == figure.low:
            return parts if len(parts) > 1 else []
    return []
