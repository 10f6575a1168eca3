"""A company as far as it is known: what was said, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from assistant.rules.derive import counted_years, derive
from assistant.rules.facts import Check, Fact, FactCatalogue, FactKind
from assistant.rules.messages import message
from assistant.rules.quantity import Unit, show
from assistant.rules.values import FactProblem, FactsRefused, Value, read_values

_ROUNDING = Fraction(5, 10000)  # a ratio is told to a tenth of a percent
_ROUNDED_SUM = Fraction(5, 1000)  # a total is told in round numbers


@dataclass(frozen=True)
class Company:
    """What is known of one company on one day."""

    catalogue: FactCatalogue
    as_of: date
    given: Mapping[str, Value]
    _found: dict[str, Value | None] = field(default_factory=dict, compare=False, repr=False)

    def value(self, name: str) -> Value | None:
        """The fact as computed from others where that is possible, else as given; None: not known."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Value | None:
        fact, given = self.catalogue[name], self.given.get(name)
        follows = derive(fact.derive, self.value, self.as_of) if fact.derive else None
        partial = fact.derive is not None and fact.derive.sum_of_given is not None
        return given if follows is None or (partial and given is not None) else follows

    def number(self, name: str) -> Fraction | None:
        value = self.value(name)
        return value if isinstance(value, Fraction) else None

    def shown(self, name: str, beside: Fraction | None = None) -> str | None:
        """The fact as people read it."""
        value = self.value(name)
        return None if value is None else show_value(self.catalogue[name], value, beside)

    def missing(self, name: str) -> tuple[str, ...]:
        """The facts to ask for: this one where it can be asked, else those from which it follows."""
        if self.value(name) is not None:
            return ()
        fact = self.catalogue[name]
        if fact.ask or fact.derive is None:
            return (name,)
        names: tuple[str, ...] = fact.derive.inputs()
        if fact.derive.years_sum:
            names = counted_years(fact.derive.years_sum, self.value, self.as_of)
        unknown = [ask for other in names for ask in self.missing(other)]
        return tuple(dict.fromkeys(unknown)) or names  # all known and yet no value: a denominator is zero


def read_company(raw: Mapping[str, object], catalogue: FactCatalogue, as_of: date) -> Company:
    """The company of whom this was said.

    Raises:
        FactsRefused: with every fact that is impossible, or that contradicts another.
    """
    company = Company(catalogue, as_of, read_values(raw, catalogue, as_of))
    problems = [*_broken_checks(company), *_contradictions(company)]
    if problems:
        raise FactsRefused(tuple(problems))
    return company


def show_value(fact: Fact, value: Value, beside: Fraction | None = None) -> str:
    """A value as people read it, with its unit."""
    if isinstance(value, bool):
        return message("yes") if value else message("no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        option = fact.option(value)
        return option.label if option else value
    if isinstance(value, tuple):
        return "、".join(show_value(fact, one) for one in value) or message("none")
    return show(value, fact.measure or Unit.ITEMS, beside)


def _broken_checks(company: Company) -> list[FactProblem]:
    broken = [check for check in company.catalogue.checks if _broken(company, check)]
    return [FactProblem(check.pair[0], _said(company, check)) for check in broken]


def _broken(company: Company, check: Check) -> bool:
    first, second = (company.value(name) for name in check.pair)
    if check.not_more:
        return isinstance(first, Fraction) and isinstance(second, Fraction) and first > second
    return isinstance(first, date) and isinstance(second, date) and second < first


def _said(company: Company, check: Check) -> str:
    facts = [company.catalogue[name] for name in check.pair]
    said = "，".join(f"{fact.label} {company.shown(fact.id)}" for fact in facts)
    return message("facts_contradict", said=said, rule=check.message)


def _contradictions(company: Company) -> list[FactProblem]:
    problems = []
    for name, given in company.given.items():
        fact = company.catalogue[name]
        follows = derive(fact.derive, company.value, company.as_of) if fact.derive else None
        if follows is not None and not _agree(fact, given, follows):
            shown = {"given": show_value(fact, given), "follows": show_value(fact, follows)}
            problems.append(FactProblem(name, message("fact_contradicted", label=fact.label, **shown)))
    return problems


def _agree(fact: Fact, given: Value, follows: Value) -> bool:
    if not isinstance(given, Fraction) or not isinstance(follows, Fraction):
        return given == follows
    if fact.derive and fact.derive.sum_of_given:
        return given >= follows
    if fact.type in (FactKind.RATIO, FactKind.GROWTH):
        return abs(given - follows) <= _ROUNDING
    if fact.type is FactKind.MONEY:
        return abs(given - follows) <= _ROUNDED_SUM * max(abs(given), abs(follows))
    return given == follows
