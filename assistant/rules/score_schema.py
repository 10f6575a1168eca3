"""Score tables: indicators, and the steps by which a fact earns points."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from assistant.documents.strict_yaml import Schema
from assistant.rules.quantity import Quantity, Unit

# Points of a step: 20, or [7, 8] where the assessors have a margin.
Points = Annotated[tuple[int, int], BeforeValidator(lambda said: (said, said) if isinstance(said, int) else said)]


class Step(Schema):
    """Points from a bound on; the last step has none and takes the rest."""

    at_least: Quantity | None = None
    more_than: Quantity | None = None
    points: Points
    disputed: bool = False  # sources disagree on this step: its points span both readings

    @property
    def start(self) -> Quantity | None:
        return self.at_least or self.more_than


class Table(Schema):
    """Points by the size of a fact, from the highest step down."""

    fact: str
    steps: tuple[Step, ...]
    ref: str | None = None  # where the table stands in another clause than its indicator

    @model_validator(mode="after")
    def _falling(self) -> Self:
        for step in self.steps:
            if step.at_least and step.more_than:
                raise PydanticCustomError("step", "at_least 和 more_than 只写一个")
        if not self.steps or self.steps[-1].start or any(step.start is None for step in self.steps[:-1]):
            raise PydanticCustomError("open_end", "只有最后一级不写 at_least 和 more_than，使每个数都有分")
        starts = [(step.start.number, step.more_than is not None) for step in self.steps[:-1] if step.start]
        if starts != sorted(set(starts), reverse=True):
            raise PydanticCustomError("order", "分级须从高到低，不重复")
        return self


class Flagged(Schema):
    """Points by a yes or no."""

    fact: str
    yes: Points
    no: Points


class Indicator(Schema):
    """A part of a score: the best of its tables, a self-assessed fact, a flag, or its parts summed."""

    id: str
    label: str
    maximum: Quantity
    ref: str
    best_of: tuple[Table, ...] = ()
    self_assessed: str | None = None
    flagged: Flagged | None = None
    parts: tuple[Indicator, ...] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len(self.model_fields_set & {"best_of", "self_assessed", "flagged", "parts"}) != 1:
            raise PydanticCustomError("indicator", "best_of、self_assessed、flagged、parts 正好写一个")
        if self.maximum.unit is not Unit.POINTS:
            raise PydanticCustomError("indicator", "maximum 的单位是分，如 20分")
        return self
