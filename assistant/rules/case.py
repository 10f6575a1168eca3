"""A programme, a company and a day, put together: numbers and thresholds by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from assistant.rules.company import Company
from assistant.rules.model import Result, ScoreResult, Verdict
from assistant.rules.quantity import Quantity, Unit
from assistant.rules.schema import DatedValue, Programme


@dataclass(frozen=True, slots=True)
class Span:
    """A number as far as it is known: between `low` and `high`, both included."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Case:
    """What is evaluated. `meets` gives the verdict of another programme for the same company."""

    programme: Programme
    company: Company
    meets: Callable[[str], Verdict]
    scores: Mapping[str, ScoreResult] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        return self.company.as_of

    def span(self, name: str) -> Span | None:
        """A score or a number of the company; None where nothing is known of it."""
        if name in self.scores:
            return Span(self.scores[name].low, self.scores[name].high)
        if self.is_score(name):
            return None
        number = self.company.number(name)
        return None if number is None else Span(number, number)

    def is_score(self, name: str) -> bool:
        """Whether the name is a score's, be its table in force on the day or not."""
        return name not in self.company.catalogue

    def missing(self, name: str) -> tuple[str, ...]:
        if self.is_score(name):
            return self.scores[name].missing if name in self.scores else ()
        return self.company.missing(name)

    def measure(self, name: str) -> Unit:
        return Unit.POINTS if self.is_score(name) else self.company.catalogue[name].measure or Unit.ITEMS

    def dated(self, parameter: str) -> DatedValue | None:
        """The parameter as it stands on the day; None before it began."""
        values = next(found.values for found in self.programme.parameters if found.id == parameter)
        begun = [value for value in values if value.from_ <= self.as_of]
        return begun[-1] if begun else None

    def thresholds(self, parameter: str) -> tuple[Quantity, ...]:
        """The figure on the day; several where the amount that picks the bracket is not known; none: it has ended."""
        dated = self.dated(parameter)
        if dated is None or (dated.value is None and not dated.brackets):
            return ()
        if dated.value is not None:
            return (dated.value,)
        amount = self.company.number(dated.by or "")
        if amount is None:
            return tuple(bracket.value for bracket in dated.brackets)
        for bracket in dated.brackets:
            end = bracket.up_to
            if end is None or amount < end.number or (bracket.inclusive and amount == end.number):
                return (bracket.value,)
        return ()

    def figure(self, parameter: str) -> Quantity | None:
        """The one figure on the day, if there is one."""
        found = self.thresholds(parameter)
        return found[0] if len(found) == 1 else None

    def picked_by(self, parameter: str) -> tuple[str, ...]:
        """The facts still needed to pick the bracket."""
        dated = self.dated(parameter)
        return self.company.missing(dated.by) if dated and dated.by else ()


def all_of(results: list[Result]) -> Result:
    """Fail where one fails, pass where all pass, else unknown."""
    if Result.FAIL in results:
        return Result.FAIL
    return Result.PASS if all(result is Result.PASS for result in results) else Result.UNKNOWN


def any_of(results: list[Result]) -> Result:
    """Pass where one passes, fail where all fail, else unknown."""
    if Result.PASS in results:
        return Result.PASS
    return Result.FAIL if all(result is Result.FAIL for result in results) else Result.UNKNOWN


def agreed(results: list[Result]) -> Result:
    """The common result, else unknown."""
    return results[0] if results and len(set(results)) == 1 else Result.UNKNOWN
