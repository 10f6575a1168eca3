"""Score tables for one company: points as far as the facts decide them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.rules.company import Company
from assistant.rules.model import IndicatorResult, ScoreResult
from assistant.rules.schema import Score
from assistant.rules.score_schema import Indicator, Table


@dataclass(frozen=True, slots=True)
class _Points:
    low: Fraction
    high: Fraction
    missing: tuple[str, ...] = ()
    parts: tuple[IndicatorResult, ...] = ()


def score(table: Score, company: Company) -> ScoreResult:
    """The total, as told by the company itself where it did, else summed from the indicators."""
    indicators = tuple(_shown(indicator, company) for indicator in table.indicators)
    told = company.number(table.told_by) if table.told_by else None
    missing = (table.told_by,) if table.told_by else tuple(name for found in indicators for name in found.missing)
    return ScoreResult(
        id=table.id,
        label=table.label,
        low=sum((found.low for found in indicators), Fraction(0)) if told is None else told,
        high=sum((found.high for found in indicators), Fraction(0)) if told is None else told,
        ref=table.ref,
        told=told is not None,
        indicators=indicators,
        missing=() if told is not None else tuple(dict.fromkeys(missing)),
        caution=table.caution,
    )


def indicator_scores(table: Score, company: Company) -> dict[str, ScoreResult]:
    """The score and each of its indicators by id, so that criteria can ask for either."""
    total = score(table, company)
    found = {table.id: total}
    for indicator, points in zip(table.indicators, total.indicators, strict=True):
        found[indicator.id] = ScoreResult(
            indicator.id, indicator.label, points.low, points.high, indicator.ref, missing=points.missing
        )
    return found


def _shown(indicator: Indicator, company: Company) -> IndicatorResult:
    points = _points(indicator, company)
    top = indicator.maximum.number
    low, high = min(points.low, top), min(points.high, top)
    missing = points.missing if low < high else ()
    return IndicatorResult(indicator.label, low, high, top, indicator.ref, missing, _looks_at(indicator), points.parts)


def _looks_at(indicator: Indicator) -> tuple[str, ...]:
    flagged = (indicator.flagged.fact,) if indicator.flagged else ()
    assessed = (indicator.self_assessed,) if indicator.self_assessed else ()
    return (*(table.fact for table in indicator.best_of), *flagged, *assessed)


def _points(indicator: Indicator, company: Company) -> _Points:
    if indicator.best_of:
        return _best(indicator, company)
    if indicator.parts:
        parts = tuple(_shown(part, company) for part in indicator.parts)
        missing = tuple(name for part in parts for name in part.missing)
        low, high = (sum(ends, Fraction(0)) for ends in zip(*((part.low, part.high) for part in parts), strict=True))
        return _Points(low, high, missing, parts)
    if indicator.flagged:
        flagged = indicator.flagged
        said = company.value(flagged.fact)
        least, most = _either(flagged.yes, flagged.no) if said is None else flagged.yes if said else flagged.no
        return _Points(Fraction(least), Fraction(most), company.missing(flagged.fact))
    name = indicator.self_assessed or ""
    told = company.number(name)
    if told is None:
        return _Points(Fraction(0), indicator.maximum.number, company.missing(name))
    return _Points(told, told)


def _either(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return min(*one, *other), max(*one, *other)


def _best(indicator: Indicator, company: Company) -> _Points:
    """The best of the tables; while none can be read, only what the first needs is asked for."""
    spans = [_looked_up(table, company) for table in indicator.best_of]
    low = max(span[0] for span in spans if span) if any(spans) else 0
    unread = [table for table, span in zip(indicator.best_of, spans, strict=True) if span is None]
    high = max([span[1] for span in spans if span] + [max(step.points[1] for step in table.steps) for table in unread])
    asked = unread if any(spans) else unread[:1]
    missing = tuple(name for table in asked for name in company.missing(table.fact))
    return _Points(Fraction(low), Fraction(high), missing)


def _looked_up(table: Table, company: Company) -> tuple[int, int] | None:
    number = company.number(table.fact)
    if number is None:
        return None
    for step in table.steps:
        start = step.start
        if start and (number > start.number or (step.at_least and number == start.number)):
            return step.points
    return table.steps[-1].points
