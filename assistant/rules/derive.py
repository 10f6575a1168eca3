"""Facts that follow from others: ratios, sums, growth. Each way returns None where it cannot be computed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from assistant.rules.facts import CompoundGrowth, Derivation, Implied, YearsSum
from assistant.rules.values import Value

Lookup = Callable[[str], Value | None]
_ROOT = Context(prec=50)  # digits of a root, so that exact ones (1.05 squared) come out exact


def derive(way: Derivation, look: Lookup, as_of: date) -> Value | None:
    """The value that follows, or None while something is missing or a denominator is zero."""
    if way.ratio:
        return _ratio(*_numbers(way.ratio, look))
    if way.difference:
        first, second = _numbers(way.difference, look)
        return None if first is None or second is None else first - second
    if way.sum:
        return _total(_numbers(way.sum, look))
    if way.sum_of_given:
        known = [number for number in _numbers(way.sum_of_given, look) if number is not None]
        return sum(known, Fraction(0)) if known else None
    if way.years_sum:
        return _total(_numbers(counted_years(way.years_sum, look, as_of), look))
    if way.average_growth:
        return _average_growth(*_numbers(way.average_growth, look))
    if way.compound_growth:
        return _compound_growth(way.compound_growth, look)
    if way.implied:
        return _implied(way.implied, look)
    day = look(way.year_of or "")
    return Fraction(day.year) if isinstance(day, date) else None


def counted_years(way: YearsSum, look: Lookup, as_of: date) -> tuple[str, ...]:
    """The figures of the fiscal years before `as_of` in which the company existed, latest first."""
    since = look(way.since)
    if not isinstance(since, date):
        return way.years
    return way.years[: max(0, as_of.year - since.year)]


def _numbers(names: tuple[str, ...], look: Lookup) -> list[Fraction | None]:
    values = [look(name) for name in names]
    return [value if isinstance(value, Fraction) else None for value in values]


def _total(numbers: list[Fraction | None]) -> Fraction | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(numbers) else None


def _ratio(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or not whole else part / whole


def _average_growth(first: Fraction | None, second: Fraction | None, third: Fraction | None) -> Fraction | None:
    """½(second/first + third/second) - 1; over the last two years where the first is zero; 0 where the second is.

    The formula says nothing of negative net assets, so that nothing follows from them.
    """
    if second == 0:
        return Fraction(0)
    if first is None or second is None or third is None or min(first, second) < 0:
        return None
    if first == 0:
        return third / second - 1
    return (second / first + third / second) / 2 - 1


def _compound_growth(way: CompoundGrowth, look: Lookup) -> Fraction | None:
    start, end = _numbers((way.from_, way.to), look)
    if end is None or not start or start < 0 or end < 0:
        return None
    factor = end / start
    root = _ROOT.power(_ROOT.divide(Decimal(factor.numerator), Decimal(factor.denominator)), Decimal(1) / way.years)
    nearest = Fraction(root).limit_denominator(10**12)
    return (nearest if nearest**way.years == factor else Fraction(root)) - 1


def _implied(way: Implied, look: Lookup) -> Value | None:
    if look(way.by) != way.being:
        return None
    return way.value if isinstance(way.value, bool) else Fraction(way.value)
