"""What can be known of a company: the catalogue of facts that all programmes share, from `facts.yaml`."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from assistant.documents.strict_yaml import Schema, read_file
from assistant.errors import DocumentError
from assistant.rules.position import line_of
from assistant.rules.quantity import Unit

_WIDEST = {  # sane bounds where a fact states none; money in yuan, ratios as parts of one
    "money": (0, 10**12),
    "amounts": (0, 10**12),
    "ratio": (0, 1),
    "growth": (-1, 1000),
    "count": (0, 10**6),
    "years": (0, 200),
    "score": (0, 100),
}


class FactKind(StrEnum):
    """What a fact is, and so in which form it is given."""

    MONEY = "money"
    RATIO = "ratio"
    GROWTH = "growth"
    COUNT = "count"
    YEARS = "years"
    DATE = "date"
    SCORE = "score"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    AMOUNTS = "amounts"


class Option(Schema):
    """One answer of a choice."""

    id: str
    label: str
    says: tuple[str, ...] = ()


class YearsSum(Schema):
    """Figures of consecutive fiscal years, latest first; years before the year of `since` are left out."""

    years: tuple[str, ...]
    since: str


class CompoundGrowth(Schema):
    """(to/from)^(1/years) - 1."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))

    from_: str
    to: str
    years: int


class Implied(Schema):
    """A value that follows when another fact is `being`."""

    value: bool | int
    by: str
    being: bool | str


class Derivation(Schema):
    """How a fact follows from others: exactly one of these ways."""

    ratio: tuple[str, str] | None = None
    sum: tuple[str, ...] | None = None
    sum_of_given: tuple[str, ...] | None = None
    years_sum: YearsSum | None = None
    difference: tuple[str, str] | None = None
    average_growth: tuple[str, str, str] | None = None
    compound_growth: CompoundGrowth | None = None
    year_of: str | None = None
    implied: Implied | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("derivation", "derive 里须正好写一种算法")
        return self

    def inputs(self) -> tuple[str, ...]:
        """The facts from which it is computed."""
        if self.years_sum:
            return (*self.years_sum.years, self.years_sum.since)
        if self.compound_growth:
            return (self.compound_growth.from_, self.compound_growth.to)
        if self.implied:
            return (self.implied.by,)
        if self.year_of:
            return (self.year_of,)
        return self.ratio or self.sum or self.sum_of_given or self.difference or self.average_growth or ()


class Fact(Schema):
    """One thing to know of a company; see the head of `facts.yaml`."""

    id: str
    label: str
    type: FactKind
    unit: Unit | None = None
    period: str | None = None
    ask: str | None = None
    help: str | None = None
    ref: str | None = None
    says: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    options: tuple[Option, ...] = ()
    derive: Derivation | None = None

    @model_validator(mode="after")
    def _options_of_choices(self) -> Self:
        if (self.type in (FactKind.CHOICE, FactKind.CHOICES)) != bool(self.options):
            raise PydanticCustomError("options", "choice 和 choices 要有 options，其他类型不要写")
        return self

    @property
    def measure(self) -> Unit | None:
        """The unit in which its number is shown; none for dates, flags and choices."""
        units = {
            FactKind.MONEY: Unit.YUAN,
            FactKind.AMOUNTS: Unit.YUAN,
            FactKind.RATIO: Unit.PERCENT,
            FactKind.GROWTH: Unit.PERCENT,
            FactKind.SCORE: Unit.POINTS,
        }
        return self.unit or units.get(self.type)

    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest number that is taken without asking back."""
        if self.type not in _WIDEST:
            return None
        low, high = _WIDEST[self.type]
        return (
            Fraction(low if self.minimum is None else self.minimum),
            Fraction(high if self.maximum is None else self.maximum),
        )

    def option(self, ident: str) -> Option | None:
        return next((option for option in self.options if option.id == ident), None)


class Check(Schema):
    """Two facts that would contradict each other: the first may not exceed, or the second precede, the other."""

    not_more: tuple[str, str] | None = None
    not_before: tuple[str, str] | None = None
    message: str

    @model_validator(mode="after")
    def _one_relation(self) -> Self:
        if (self.not_more is None) == (self.not_before is None):
            raise PydanticCustomError("check", "not_more 和 not_before 正好写一个")
        return self

    @property
    def pair(self) -> tuple[str, str]:
        return self.not_more or self.not_before or ("", "")


class FactCatalogue(Schema):
    """All facts, and the checks between them."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    facts: tuple[Fact, ...]
    checks: tuple[Check, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    def __contains__(self, ident: object) -> bool:
        return ident in self.by_id

    def __getitem__(self, ident: str) -> Fact:
        return self.by_id[ident]


def load_facts(path: Path) -> FactCatalogue:
    """Raises DocumentError when the file is not as the format says, or names a fact that is not defined."""
    catalogue = read_file(path, FactCatalogue)
    ids = [fact.id for fact in catalogue.facts]
    for ident in ids:
        if ids.count(ident) > 1:
            raise DocumentError(path, line_of(path, ident, "id"), f"情况 {ident} 写了两次，请只保留一处")
    used = [name for fact in catalogue.facts if fact.derive for name in fact.derive.inputs()]
    for name in used + [name for check in catalogue.checks for name in check.pair]:
        if name not in ids:
            raise DocumentError(path, line_of(path, name), f"用到的情况 {name} 没有定义，请先写出来或者更正")
    return catalogue
