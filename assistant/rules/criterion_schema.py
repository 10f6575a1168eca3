"""Criteria: one test from a closed list, or a group of criteria."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from assistant.documents.model import Confidence
from assistant.documents.strict_yaml import Schema

_COMPARISONS = ("at_least", "at_most", "more_than", "less_than", "equals")
_ON_DATES = ("days_at_least", "years_at_least", "within_years", "certificate_valid")
TESTS = (*_COMPARISONS, *_ON_DATES, "some", "is_true", "is_false", "one_of", "none_of", "meets", "any_of", "all_of")


class Bound(Schema):
    """A fact or score against a parameter."""

    fact: str
    parameter: str
    otherwise_unknown: bool = False  # for `equals`: another value is not known to fail


class Of(Schema):
    """A single fact."""

    fact: str


class Among(Schema):
    """A choice among the given options; `unsure` ones are neither in nor out."""

    fact: str
    options: tuple[str, ...]
    unsure: tuple[str, ...] = ()


class CertificateValid(Schema):
    """A certificate: valid by its date and term where the date is known, else by what is said of it."""

    status: str
    valid: str
    since: str
    parameter: str


class Meets(Schema):
    """The criteria of another programme."""

    programme: str


class Criterion(Schema):
    """One condition: exactly one test of the closed list."""

    id: str
    label: str
    ref: str
    confidence: Confidence | None = None
    note: str | None = None
    on_fail: str | None = None
    ask_late: bool = False  # of alternatives: asked about only when the others are decided
    always: bool = False  # decides even while the state of the rules is not known

    at_least: Bound | None = None
    at_most: Bound | None = None
    more_than: Bound | None = None
    less_than: Bound | None = None
    equals: Bound | None = None
    some: Of | None = None
    is_true: Of | None = None
    is_false: Of | None = None
    one_of: Among | None = None
    none_of: Among | None = None
    days_at_least: Bound | None = None
    years_at_least: Bound | None = None
    within_years: Bound | None = None
    certificate_valid: CertificateValid | None = None
    meets: Meets | None = None
    any_of: tuple[Criterion, ...] = ()
    all_of: tuple[Criterion, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _known_test(cls, said: object) -> object:
        unknown = [key for key in said if key not in cls.model_fields] if isinstance(said, dict) else []
        if unknown:
            raise PydanticCustomError("test", f"不认识的检验或者键“{unknown[0]}”，可用的检验有：" + "、".join(TESTS))
        return said

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if len(self.model_fields_set & set(TESTS)) != 1:
            raise PydanticCustomError("test", "须正好写一种检验，可用的有：" + "、".join(TESTS))
        return self

    @property
    def children(self) -> tuple[Criterion, ...]:
        return self.any_of or self.all_of

    @property
    def bound(self) -> Bound | None:
        """The fact and parameter of a comparison."""
        return (
            self.at_least
            or self.at_most
            or self.more_than
            or self.less_than
            or self.equals
            or self.days_at_least
            or self.years_at_least
            or self.within_years
        )
