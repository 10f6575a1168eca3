"""Whether a figure of a clause carries a figure of a sentence: the same value, limiting the same way."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer.bounds import ANY, Bound
from assistant.answer.figures import Figure, Kind, bare, figures

_COUNTED = "人次项件家分倍篇套台亩平方米户款个类种步档级条批"
_WITHIN = frozenset({Bound.EXACTLY, Bound.AT_LEAST, Bound.AT_MOST, Bound.PLAIN})


def unsupported(sentence: str, evidence: str) -> list[Figure]:
    """The figures of a sentence whose value the evidence does not hold; how they limit is not compared."""
    known = figures(evidence)
    return [figure for figure in figures(sentence) if not any(same_value(figure, other) for other in known)]


def carries(figure: Figure, other: Figure) -> bool:
    """Whether the clause's figure (`other`) has the value of the sentence's and limits alike."""
    return same_value(figure, other) and limits_alike(figure, other)


def same_value(figure: Figure, other: Figure) -> bool:
    """Whether the values agree; a date carries its year, its month and its day without the year."""
    if figure.kind is not other.kind:
        return False
    if figure.kind is Kind.DATE:
        return other.value.startswith(figure.value) or _without_year(other.value).startswith(figure.value)
    return figure.value == other.value or (bare(figure) and other.value.rstrip(_COUNTED) == figure.value)


def _without_year(date: str) -> str:
    return date if date.startswith("--") else f"--{date[4:]}"


def composed(figure: Figure, known: Iterable[Figure]) -> bool:
    """Whether a whole date is made of a year and of a day that the clause gives without one."""
    if figure.kind is not Kind.DATE or figure.value.startswith("--") or len(figure.value) < 6:
        return False
    values = {other.value for other in known if other.kind is Kind.DATE}
    return any(value[:4] == figure.value[:4] for value in values) and f"--{figure.value[4:]}" in values


def limits_alike(figure: Figure, other: Figure) -> bool:
    """Whether the two can be understood as limiting the same way."""
    if figure.kind is Kind.DATE and len(figure.value) < len(other.value):
        return figure.bounds == ANY or bool(figure.bounds & other.bounds)
    if Bound.EXACTLY in figure.bounds:  # 正好10%也可以, where 10% is within the bound
        return bool(other.bounds & _WITHIN)
    return bool(figure.bounds & other.bounds)
