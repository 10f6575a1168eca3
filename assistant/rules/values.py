"""What was said of a company, read into exact values; nonsense is asked about, never reckoned with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from assistant.errors import AssistantError
from assistant.rules.facts import Fact, FactCatalogue, FactKind
from assistant.rules.messages import message
from assistant.rules.quantity import Unit, show

Value = Fraction | bool | date | str | tuple[str, ...] | tuple[Fraction, ...]
_NUMBER = re.compile(r"[￥¥]?(-?\d+(?:,\d{3})*(?:\.\d+)?)\s*(万|亿)?\s*(元|%|％|人|项|名|年|分)?")
_SCALE = {None: 1, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class FactProblem:
    """A fact that cannot be as it was said, and what to ask back."""

    fact: str
    message: str


@dataclass
class FactsRefused(AssistantError):
    """What was said of the company is impossible or contradicts itself; no verdict is given on it."""

    problems: tuple[FactProblem, ...]

    def __str__(self) -> str:
        return "；".join(problem.message for problem in self.problems)


def read_values(raw: Mapping[str, object], catalogue: FactCatalogue, as_of: date) -> dict[str, Value]:
    """Values by fact id, from numbers, texts such as 4800万元 and 4.8%, ISO dates, true and false, option ids.

    A fact given as null is one that the company does not know; it is left out.

    Raises:
        FactsRefused: with every fact that is not defined, not readable or outside its bounds.
    """
    values: dict[str, Value] = {}
    problems: list[FactProblem] = []
    for name, said in raw.items():
        if name not in catalogue:
            problems.append(FactProblem(name, message("fact_not_defined", fact=name)))
        elif said is not None:
            try:
                values[name] = _checked(catalogue[name], _read(catalogue[name], said), as_of)
            except ValueError as error:
                problems.append(FactProblem(name, str(error)))
    if problems:
        raise FactsRefused(tuple(problems))
    return values


def _read(fact: Fact, said: object) -> Value:
    if fact.type is FactKind.FLAG:
        if isinstance(said, bool):
            return said
        raise ValueError(message("fact_not_flag", label=fact.label, said=said))
    if fact.type is FactKind.DATE:
        return _date(fact, said)
    if fact.type is FactKind.CHOICE:
        return _option(fact, said)
    if fact.type is FactKind.CHOICES:
        return tuple(_option(fact, one) for one in (said if isinstance(said, list | tuple) else [said]))
    if fact.type is FactKind.AMOUNTS:
        return tuple(_number(fact, one) for one in (said if isinstance(said, list | tuple) else [said]))
    return _number(fact, said)


def _date(fact: Fact, said: object) -> date:
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError as error:
        raise ValueError(message("fact_not_date", label=fact.label, said=said)) from error


def _option(fact: Fact, said: object) -> str:
    for option in fact.options:
        if said in (option.id, option.label, *option.says):
            return option.id
    raise ValueError(
        message("fact_not_option", label=fact.label, said=said, options="、".join(o.label for o in fact.options))
    )


def _number(fact: Fact, said: object) -> Fraction:
    if isinstance(said, int | Fraction | Decimal) and not isinstance(said, bool):
        return Fraction(said)
    if isinstance(said, float):
        said = repr(said)
    match = _NUMBER.fullmatch(str(said).strip())
    if match is None or not _fits(fact, match[3]):
        raise ValueError(message("fact_not_number", label=fact.label, said=said))
    try:
        number = Fraction(Decimal(match[1].replace(",", ""))) * _SCALE[match[2]]
    except InvalidOperation as error:
        raise ValueError(message("fact_not_number", label=fact.label, said=said)) from error
    return number / 100 if match[3] in ("%", "％") else number


def _fits(fact: Fact, unit: str | None) -> bool:
    return unit is None or fact.measure == ("%" if unit == "％" else unit)


def _checked(fact: Fact, value: Value, as_of: date) -> Value:
    """The value itself.

    Raises:
        ValueError: it lies in the future or outside the bounds, or counts half a person.
    """
    if isinstance(value, date) and value > as_of:
        raise ValueError(message("fact_in_future", label=fact.label, value=value, as_of=as_of))
    numbers = [number for number in (value if isinstance(value, tuple) else (value,)) if isinstance(number, Fraction)]
    for number in numbers:
        _within_bounds(fact, number)
    return value


def _within_bounds(fact: Fact, number: Fraction) -> None:
    bounds = fact.bounds()
    unit = fact.measure or Unit.ITEMS
    if bounds and not bounds[0] <= number <= bounds[1]:
        low, high = (show(bound, unit) for bound in bounds)
        name = "fact_negative" if number < 0 and bounds[0] == 0 else "fact_out_of_bounds"
        raise ValueError(message(name, label=fact.label, value=show(number, unit), low=low, high=high))
    if fact.type is FactKind.COUNT and unit is not Unit.PEOPLE and number.denominator != 1:
        raise ValueError(message("fact_not_whole", label=fact.label, value=show(number, unit)))
