"""Which year a figure is of: the period told before it or right after it, else the one that goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.rules.facts import FactKind
from assistant.rules.understand.bound import Bound
from assistant.rules.understand.compared import is_own
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.members import family_of
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import IN_ORDER, UNCLOSED, Period
from assistant.rules.understand.sums import is_added

_TOTAL = re.compile(r"合计|累计|总计")
_ALL_ARE = re.compile(r"(?:以上|这些|上面)?(?:数|数字|金额)?(?:都|均|全)(?:是|为|按|指)?")
_YEARS_TOLD = re.compile(r"年(?!末|底|限|龄|会)")
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
    added = before or is_added(message.text[sentence.start : figure.start])
    if added and (years := _years_told(bound, sentence.start)):
        return Period(figure.start, figure.start, years)  # 前年260万，去年300万，合计560万
    carried = carried if carried and sentence.holds(carried.start) and not _aside(message, carried, figure) else None
    return carried or (before[-1] if before else None) or _of_all(message, figure)


def _of_all(message: Message, figure: Figure) -> Period | None:
    """The period of all the figures before it: 研发费900万，境外300万，都是三年合计."""
    sentence = message.sentence(figure.start)
    for period in message.periods:
        clause = message.clause(period.start)
        if figure.end <= clause.start < sentence.end and _ALL_ARE.fullmatch(message.text, clause.start, period.start):
            return period
    return None


def _aside(message: Message, period: Period, figure: Figure) -> bool:
    """Whether a period stands in a bracket that is closed before the figure: 资产5600万(年初5100万)，收入4900万."""
    between = message.text[period.end : figure.start]
    if re.fullmatch(r"\(\d{4}年?度?\)", message.text[period.start - 1 : period.end + between.find(")") + 1]):
        return False  # 成立当年(2024年)销售收入240万元，研发费用61万元
    return between.count(")") > between.count("(")


def is_total(message: Message, period: Period) -> bool:
    """Whether it is a bare 合计, which leaves the years to the words before it."""
    return len(period.names) == 1 and _TOTAL.fullmatch(message.text[period.start : period.end]) is not None


def is_bare_total(message: Message, period: Period) -> bool:
    """Whether it is a 合计 of which nobody said whether it adds up years or the parts of one."""
    return is_total(message, period) and not _YEARS_TOLD.search(message.text)


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
