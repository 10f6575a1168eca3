"""The format of a programme's rules, `knowledge/rules/<programme>.yaml`. There is no expression language.

Every figure is a dated parameter with the clause in which it stands. A criterion is one test from a closed list, or a
group of criteria; scores are tables; what is paid or saved is one of a few kinds of benefit.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from assistant.documents.model import Confidence, Level
from assistant.documents.strict_yaml import Schema
from assistant.rules.benefit_schema import Benefit
from assistant.rules.criterion_schema import Criterion
from assistant.rules.quantity import Quantity
from assistant.rules.score_schema import Indicator


class StandingState(StrEnum):
    """Whether a programme's rules hold in a period."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Dated(Schema):
    """Something that holds from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    from_: date = Field(alias="from")


class Standing(Dated):
    """The state of the rules from a day on, and the reason to give where they are not in force."""

    state: StandingState
    reason: str | None = None
    ref: str | None = None

    @model_validator(mode="after")
    def _reason_given(self) -> Self:
        if self.state is not StandingState.IN_FORCE and not self.reason:
            raise PydanticCustomError("reason", "state 不是 in_force 时，要写 reason（为什么不能判断）")
        return self


class Bracket(Schema):
    """The value for amounts over `over` up to `up_to`, that end included where `inclusive`."""

    over: Quantity | None = None
    up_to: Quantity | None = None
    inclusive: bool = True
    value: Quantity


class DatedValue(Dated):
    """A parameter's value from a day on: one figure, brackets by another fact, or null: ended."""

    value: Quantity | None = None
    by: str | None = None
    brackets: tuple[Bracket, ...] = ()
    ref: str

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if ("value" in self.model_fields_set) == bool(self.brackets):
            raise PydanticCustomError("value", "value 和 brackets 正好写一个；停止执行的写 value: null")
        if bool(self.by) != bool(self.brackets):
            raise PydanticCustomError("brackets", "分档的值要同时写 by（按哪个数分档）和 brackets")
        for lower, upper in zip(self.brackets, self.brackets[1:], strict=False):
            if lower.up_to is None or upper.over != lower.up_to:
                raise PydanticCustomError("gap", "两档之间有空档或者重叠：下一档的 over 须等于上一档的 up_to")
        if self.brackets and (self.brackets[0].over or self.brackets[-1].up_to):
            raise PydanticCustomError("open_end", "第一档不写 over，最后一档不写 up_to，使每个数都落在某一档")
        return self


class Parameter(Schema):
    """A figure of the policy through time."""

    id: str
    values: tuple[DatedValue, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        starts = [value.from_ for value in self.values]
        if not starts or starts != sorted(set(starts)):
            raise PydanticCustomError("order", "values 至少一个，按 from 从早到晚，不重复")
        return self


class Score(Dated):
    """A score table in force from a day on; `told_by` is the fact by which a company tells its total itself."""

    id: str
    label: str
    ref: str
    told_by: str | None = None
    indicators: tuple[Indicator, ...]
    caution: str | None = None


class NotModelled(Schema):
    """A clause to check by hand."""

    id: str
    label: str
    ref: str


class Remark(Schema):
    """A sentence with the clause on which it rests."""

    text: str
    ref: str | None = None


class Programme(Schema):
    """The rules of one programme."""

    programme: str
    name: str
    aliases: tuple[str, ...] = ()
    level: Level
    authority: str
    office: str
    policies: tuple[str, ...]
    windows: tuple[str, ...] = ()
    confidence: Confidence
    use: int = 50  # how much it is usually worth to a company; the higher, the earlier it is named
    caution: str | None = None
    incomplete: Remark | None = None
    standing: tuple[Standing, ...]
    parameters: tuple[Parameter, ...] = ()
    scores: tuple[Score, ...] = ()
    criteria: tuple[Criterion, ...]
    ask_first: tuple[str, ...] = ()
    not_modelled: tuple[NotModelled, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    next_steps: tuple[Remark, ...] = ()
    documents: tuple[Remark, ...] = ()
    interplay: tuple[Remark, ...] = ()

    @model_validator(mode="after")
    def _standing_in_order(self) -> Self:
        starts = [standing.from_ for standing in self.standing]
        if not starts or starts != sorted(set(starts)):
            raise PydanticCustomError("order", "standing 至少一段，按 from 从早到晚，不重复")
        return self
