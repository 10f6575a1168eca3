"""Which year a figure is of: the period told before it or right after it, else the one that goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.rules.facts import FactKind
from assistant.rules.understand.bound import Bound
from assistant.rules.understand.compared import is_own
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.members import family_of
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import IN_ORDER, UNCLOSED, Period

_TOTAL = re.compile(r"合计|累计|总计")
_SEVERAL_YEARS = re.compile(r"[两二三23]年|年均|平均|复合")


def period_of(
    message: Message, figure: Figure, since: int, bound: Sequence[Bound], carried: Period | None
) -> Period | None:
    """The period that a figure is told of.

    Args:
        since: where the figure before it ends.
        bound: what was told before it.
        carried: the period of the figure before it, which goes on through its sentence.
    """
    sentence = message.sentence(figure.start)
    since = max(since, sentence.start)
    clause = message.clause(figure.start)
    before = [p for p in message.periods if since <= p.start < figure.start]
    before = [p for p in before if is_own(message, p, figure)]
    before = [p for p in before if p.names[0] not in UNCLOSED or clause.holds(p.start)]
    told = [period for period in before if not is_total(message, period)]
    if told:
        return told[-1]
    after = [p for p in message.periods if 0 < p.start - figure.end <= 1]  # 98万(2025年)
    closed = after and re.match(r"\s*年?度?\)", message.text[after[0].end :])
    if closed and message.text[figure.end] == "(":
        return after[0]
    if before and (years := _years_told(bound, sentence.start)):
        return replace(before[-1], names=years)  # 前年260万，去年300万，合计560万
    carried = carried if carried and sentence.holds(carried.start) else None
    return carried or (before[-1] if before else None)


def is_total(message: Message, period: Period) -> bool:
    """Whether it is a bare 合计, which leaves the years to the words before it."""
    return len(period.names) == 1 and _TOTAL.fullmatch(message.text[period.start : period.end]) is not None


def is_growth_of_one_year(message: Message, fact: str, figure: Figure, period: Period | None) -> bool:
    """营收增速去年20%: no growth of several years."""
    clause = message.clause(figure.start)
    one = period is not None and period.names in [(year,) for year in (*IN_ORDER, *UNCLOSED)]
    several = _SEVERAL_YEARS.search(message.words(clause)) is not None
    growth = message.catalogue[fact].type is FactKind.GROWTH
    return growth and one and period is not None and clause.holds(period.start) and not several


def _years_told(bound: Sequence[Bound], since: int) -> tuple[str, ...]:
    """The years of the last family that figures of this sentence tell, where they are several."""
    family = family_of(bound[-1].fact) if bound else {}
    facts = {one.fact for one in bound if one.figure.start >= since}
    years = tuple(year for year in IN_ORDER if family.get(year) in facts)
    return years if len(years) > 1 else ()
