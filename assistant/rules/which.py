"""Which programmes could fit a company: all of them at once, the fitting ones first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from assistant.rules.company import Company, read_company
from assistant.rules.evaluate import judge_company
from assistant.rules.model import CriterionResult, Outcome, Result, Verdict
from assistant.rules.rulebook import Rulebook

NEAR = Fraction(1, 2)  # a company that is more than half the line away is not near it


class Fit(StrEnum):
    """How a programme fits, best first."""

    ELIGIBLE = "eligible"
    NEARLY = "nearly"
    UNKNOWN = "unknown"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Match:
    """A programme, how it fits, and for `nearly` what is short."""

    verdict: Verdict
    fit: Fit
    short: tuple[CriterionResult, ...] = ()


def which(rulebook: Rulebook, facts: Mapping[str, object], as_of: date) -> tuple[Match, ...]:
    """All programmes, ordered by fit and then by their usual worth to a company.

    Raises:
        FactsRefused: the facts are impossible or contradict each other.
    """
    return which_for(rulebook, read_company(facts, rulebook.facts, as_of))


def which_for(rulebook: Rulebook, company: Company) -> tuple[Match, ...]:
    """The same for a company whose facts have been read."""
    matches = [_match(judge_company(rulebook, programme, company)) for programme in rulebook.programmes.values()]
    order = list(Fit)
    return tuple(sorted(matches, key=lambda match: (order.index(match.fit), -match.verdict.programme.use)))


def _match(verdict: Verdict) -> Match:
    if verdict.outcome is Outcome.ELIGIBLE:
        return Match(verdict, Fit.ELIGIBLE)
    if verdict.outcome is Outcome.UNKNOWN:
        return Match(verdict, Fit.UNKNOWN)
    failing = verdict.failing()
    if failing and all(_near(criterion) for criterion in failing):
        short = tuple(leaf for criterion in failing for leaf in criterion.leaves() if leaf.gap)
        return Match(verdict, Fit.NEARLY, short)
    return Match(verdict, Fit.NOT)


def _near(criterion: CriterionResult) -> bool:
    """Whether what fails is a matter of amount, and not of a large one."""
    failing = [child for child in criterion.children if child.result is Result.FAIL]
    if failing:
        return (any if criterion.alternatives else all)(_near(child) for child in failing)
    return criterion.gap is not None and criterion.gap.share <= NEAR
