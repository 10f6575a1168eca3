"""What an evaluation says: a verdict, its criteria, scores and benefits, with the clause of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from assistant.documents.model import Confidence
from assistant.rules.quantity import Unit
from assistant.rules.schema import Programme, Remark, StandingState


class Result(StrEnum):
    """How a criterion came out."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_MODELLED = "not_modelled"


class Outcome(StrEnum):
    """How a programme came out. `eligible` means that every modelled criterion passes; the authority decides."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gap:
    """How far it is to the line, in the company's own units; `share` is its size beside the line itself."""

    amount: Fraction
    unit: Unit
    text: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion, what the company has, what is asked, and the clause. `missing` are fact ids to ask for."""

    id: str
    label: str
    result: Result
    ref: str
    value: str | None = None
    threshold: str | None = None
    gap: Gap | None = None
    missing: tuple[str, ...] = ()
    note: str | None = None
    confidence: Confidence | None = None
    children: tuple[CriterionResult, ...] = ()
    always: bool = False
    alternatives: bool = False  # one of the children is enough

    def leaves(self) -> tuple[CriterionResult, ...]:
        """The criterion itself, or those it is made of."""
        return tuple(leaf for child in self.children for leaf in child.leaves()) if self.children else (self,)

    def as_json(self) -> dict[str, Any]:
        plain = {"id": self.id, "label": self.label, "result": str(self.result), "value": self.value}
        gap = self.gap.text if self.gap else None
        more = {"threshold": self.threshold, "ref": self.ref, "gap": gap, "note": self.note}
        children = {"children": [child.as_json() for child in self.children]} if self.children else {}
        return {**plain, **more, **children}


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """Points of a part of a score, from `low` to `high` as far as the facts decide; `facts`: what its own tables look at."""

    label: str
    low: Fraction
    high: Fraction
    maximum: Fraction
    ref: str
    missing: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    parts: tuple[IndicatorResult, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """A computed score; `low` equals `high` where the facts decide it."""

    id: str
    label: str
    low: Fraction
    high: Fraction
    ref: str
    told: bool = False
    indicators: tuple[IndicatorResult, ...] = ()
    missing: tuple[str, ...] = ()
    caution: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A line of arithmetic: what, how, and the clause where it rests on one."""

    label: str
    working: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class BenefitResult:
    """What is paid or saved, with each step; `amount` is None where facts or figures are missing."""

    id: str
    label: str
    amount: Fraction | None
    text: str | None
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        steps = [{"label": step.label, "working": step.working, "ref": step.ref} for step in self.steps]
        return {"id": self.id, "label": self.label, "result": self.text, "steps": steps, "missing": list(self.missing)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A programme for a company on a day."""

    programme: Programme
    as_of: date
    outcome: Outcome
    summary: str
    standing: StandingState
    criteria: tuple[CriterionResult, ...]
    scores: tuple[ScoreResult, ...] = ()
    benefits: tuple[BenefitResult, ...] = ()
    missing: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    interplay: tuple[Remark, ...] = ()

    def failing(self) -> tuple[CriterionResult, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.result is Result.FAIL)

    def as_json(self) -> dict[str, Any]:
        """As the contract has it, with the summary, gaps and benefits beside."""
        return {
            "programme": self.programme.name,
            "verdict": str(self.outcome),
            "as_of": self.as_of.isoformat(),
            "summary": self.summary,
            "criteria": [criterion.as_json() for criterion in self.criteria],
            "missing": list(self.missing),
            "benefits": [benefit.as_json() for benefit in self.benefits],
            "cautions": list(self.cautions),
        }
