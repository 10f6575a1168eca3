"""Numbers and scores against the figures of a policy, exactly and in three values."""

from __future__ import annotations

from fractions import Fraction

from assistant.rules.case import Case, Span, agreed
from assistant.rules.criterion_schema import Bound, Criterion
from assistant.rules.found import Found
from assistant.rules.gaps import gap_in_numbers
from assistant.rules.messages import message
from assistant.rules.model import Result
from assistant.rules.quantity import show


def compared(criterion: Criterion, bound: Bound, case: Case) -> Found:
    """A number against the figure of the day; against every bracket where the bracket is not known."""
    thresholds = case.thresholds(bound.parameter)
    span = case.span(bound.fact)
    if not thresholds:
        return Found(Result.UNKNOWN, note=message("figure_not_known"))
    kinds = [_against(criterion, span, threshold.number) for threshold in thresholds]
    result = agreed(kinds)
    known = thresholds[0] if len(thresholds) == 1 else None
    asked = message(_test(criterion), figure="、".join(dict.fromkeys(map(str, thresholds))))
    if result is Result.FAIL and bound.otherwise_unknown:
        return Found(Result.UNKNOWN, _shown(span, bound, case, None), asked)
    value = _shown(span, bound, case, known.number if known else None)
    gap = gap_in_numbers(criterion, bound, span, thresholds[-1], case) if result is Result.FAIL and span else None
    missing = case.missing(bound.fact) + case.picked_by(bound.parameter) if result is Result.UNKNOWN else ()
    note = message("zero_denominator") if span is None and not _can_be_asked(missing, case) else None
    return Found(result, value, asked, gap, missing, note)


def _can_be_asked(missing: tuple[str, ...], case: Case) -> bool:
    return any(case.company.value(name) is None for name in missing)


def _test(criterion: Criterion) -> str:
    names = ("at_least", "at_most", "more_than", "less_than", "equals")
    return next(name for name in names if getattr(criterion, name))


def _against(criterion: Criterion, span: Span | None, threshold: Fraction) -> Result:
    if span is None:
        return Result.UNKNOWN
    low, high = (_holds(criterion, number, threshold) for number in (span.low, span.high))
    if criterion.equals and not span.exact:
        return Result.UNKNOWN
    return (Result.PASS if low else Result.FAIL) if low == high else Result.UNKNOWN


def _holds(criterion: Criterion, number: Fraction, threshold: Fraction) -> bool:
    if criterion.at_least:
        return number >= threshold
    if criterion.at_most:
        return number <= threshold
    if criterion.more_than:
        return number > threshold
    if criterion.less_than:
        return number < threshold
    return number == threshold


def _shown(span: Span | None, bound: Bound, case: Case, beside: Fraction | None) -> str | None:
    if span is None:
        return None
    unit = case.measure(bound.fact)
    low, high = (show(number, unit, beside) for number in (span.low, span.high))
    return low if span.exact else message("between", low=low, high=high)
