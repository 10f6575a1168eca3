"""How far a company is from a threshold, said in its own units: yuan, people, days, points."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from assistant.rules.case import Case, Span
from assistant.rules.criterion_schema import Bound, Criterion
from assistant.rules.facts import Fact, FactKind
from assistant.rules.messages import message
from assistant.rules.model import Gap
from assistant.rules.quantity import Quantity, Unit, show


def gap_in_days(days: int, since: date, as_of: date) -> Gap:
    """So many days more, counted from `since`, and on which day it is reached."""
    text = message("gap_days", days=days, day=as_of + timedelta(days=days))
    return Gap(Fraction(days), Unit.DAYS, text, Fraction(days, days + (as_of - since).days))


def gap_in_numbers(criterion: Criterion, bound: Bound, span: Span, threshold: Quantity, case: Case) -> Gap | None:
    """How much is short or too much.

    For a ratio of two known figures it is said in units of the upper one, the lower one staying as it is.
    """
    if criterion.equals:
        return None
    rising = bool(criterion.at_least or criterion.more_than)
    number = span.high if rising else span.low
    fact = None if case.is_score(bound.fact) else case.company.catalogue[bound.fact]
    if fact and fact.derive and fact.derive.ratio:
        gap = _ratio_gap(fact, threshold.number, rising=rising, case=case)
        if gap:
            return gap
    amount = abs(threshold.number - number)
    share = amount / threshold.number if threshold.number else Fraction(1)
    unit = case.measure(bound.fact)
    if unit is Unit.PERCENT:
        said = message("points_of_percent", number=_percent(amount))
        return Gap(amount, unit, message(_name(rising), amount=said), share)
    if criterion.more_than and amount == 0:
        return Gap(amount, unit, message("gap_above", figure=threshold), share)
    return Gap(amount, unit, message(_name(rising), amount=show(amount, unit)), share)


def _percent(amount: Fraction) -> str:
    return show(amount, Unit.PERCENT, Fraction(0)).rstrip("%")


def _name(rising: bool) -> str:
    return "gap_short" if rising else "gap_over"


def _ratio_gap(fact: Fact, share: Fraction, *, rising: bool, case: Case) -> Gap | None:
    assert fact.derive
    upper, lower = (case.company.catalogue[name] for name in fact.derive.ratio or ())
    part, whole = case.company.number(upper.id), case.company.number(lower.id)
    if part is None or whole is None or (upper.derive and upper.derive.difference):
        return None
    amount = abs(share * whole - part)
    unit = upper.measure or Unit.ITEMS
    if upper.type is FactKind.COUNT:
        amount = Fraction(ceil(amount))
    text = message(f"{_name(rising)}_of", part=upper.label, amount=show(amount, unit), whole=lower.label)
    return Gap(amount, unit, text, amount / (share * whole) if share * whole else Fraction(1))
