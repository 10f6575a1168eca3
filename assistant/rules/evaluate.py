"""A verdict: the rules of a programme, the facts of a company, and the day. Nothing unknown is called eligible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial

from assistant.rules.benefits import benefit_of
from assistant.rules.case import Case
from assistant.rules.company import Company, read_company
from assistant.rules.criteria import judge
from assistant.rules.messages import message
from assistant.rules.model import CriterionResult, Outcome, Result, ScoreResult, Verdict
from assistant.rules.rulebook import Rulebook
from assistant.rules.schema import Programme, Standing, StandingState
from assistant.rules.scores import indicator_scores


def evaluate(rulebook: Rulebook, programme: str, facts: Mapping[str, object], as_of: date) -> Verdict:
    """The verdict on a programme, named by its id, name or alias.

    Raises:
        UnknownProgramme: there is no such programme.
        FactsRefused: the facts are impossible or contradict each other.
    """
    return judge_company(rulebook, rulebook.find(programme), read_company(facts, rulebook.facts, as_of))


def judge_company(rulebook: Rulebook, programme: Programme, company: Company) -> Verdict:
    """The verdict on a programme for a company whose facts have been read."""
    meets = partial(_meets, rulebook, company)
    scores: dict[str, ScoreResult] = {}
    for table in programme.scores:
        if table.from_ <= company.as_of:
            scores |= indicator_scores(table, company)
    case = Case(programme, company, meets, scores)
    criteria = tuple(judge(criterion, case) for criterion in programme.criteria)
    standing = _standing(programme, company.as_of)
    state = standing.state if standing else StandingState.UNKNOWN
    outcome = _outcome(programme, state, criteria)
    missing = _in_asking_order(programme, criteria) if outcome is Outcome.UNKNOWN and _held(state) else ()
    benefits = tuple(found for benefit in programme.benefits if (found := benefit_of(benefit, case)))
    return Verdict(
        programme=programme,
        as_of=company.as_of,
        outcome=outcome,
        summary=_summary(programme, outcome, standing, criteria, missing, company),
        standing=state,
        criteria=(*criteria, *_by_hand(programme)),
        scores=tuple(scores[table.id] for table in programme.scores if table.id in scores),
        benefits=benefits if outcome is not Outcome.NOT_ELIGIBLE and _held(state) else (),
        missing=missing,
        cautions=tuple(text for text in (programme.caution, standing.reason if standing else None) if text),
        interplay=programme.interplay,
    )


def _meets(rulebook: Rulebook, company: Company, programme: str) -> Verdict:
    return judge_company(rulebook, rulebook.programmes[programme], company)


def _held(state: StandingState) -> bool:
    return state is StandingState.IN_FORCE


def _standing(programme: Programme, day: date) -> Standing | None:
    begun = [standing for standing in programme.standing if standing.from_ <= day]
    return begun[-1] if begun else None


def _outcome(programme: Programme, state: StandingState, criteria: tuple[CriterionResult, ...]) -> Outcome:
    failing = [criterion for criterion in criteria if criterion.result is Result.FAIL]
    if any(criterion.always for criterion in failing) or state in (StandingState.ENDED, StandingState.NOT_YET):
        return Outcome.NOT_ELIGIBLE
    if not _held(state):
        return Outcome.UNKNOWN
    if failing:
        return Outcome.NOT_ELIGIBLE
    if programme.incomplete or any(criterion.result is not Result.PASS for criterion in criteria):
        return Outcome.UNKNOWN
    return Outcome.ELIGIBLE


def _in_asking_order(programme: Programme, criteria: tuple[CriterionResult, ...]) -> tuple[str, ...]:
    """What to ask: first what the rules say decides most, then what most criteria wait for."""
    waiting = Counter(name for criterion in criteria for name in criterion.missing)
    first = {name: place for place, name in enumerate(programme.ask_first)}
    return tuple(sorted(waiting, key=lambda name: (first.get(name, len(first)), -waiting[name])))


def _by_hand(programme: Programme) -> tuple[CriterionResult, ...]:
    return tuple(
        CriterionResult(clause.id, clause.label, Result.NOT_MODELLED, clause.ref) for clause in programme.not_modelled
    )


def _summary(
    programme: Programme,
    outcome: Outcome,
    standing: Standing | None,
    criteria: tuple[CriterionResult, ...],
    missing: tuple[str, ...],
    company: Company,
) -> str:
    name = programme.name
    failing = "、".join(criterion.label for criterion in criteria if criterion.result is Result.FAIL)
    if standing is None or not _held(standing.state):
        if outcome is Outcome.NOT_ELIGIBLE and (standing is None or standing.state is StandingState.UNKNOWN):
            return message("verdict_not_eligible", name=name, failing=failing)
        reason = standing.reason if standing else message("before_rules")
        ended = standing is not None and standing.state is not StandingState.UNKNOWN
        return message("verdict_ended" if ended else "verdict_standing", name=name, reason=reason)
    if outcome is Outcome.ELIGIBLE:
        return message("verdict_eligible", name=name, authority=programme.authority)
    if outcome is Outcome.NOT_ELIGIBLE:
        return message("verdict_not_eligible", name=name, failing=failing)
    if missing:
        labels = "、".join(company.catalogue[fact].label for fact in missing)
        return message("verdict_unknown", name=name, missing=labels)
    if undecided := [criterion.label for criterion in criteria if criterion.result is Result.UNKNOWN]:
        return message("verdict_to_check", name=name, authority=programme.authority, labels="、".join(undecided))
    assert programme.incomplete
    return message("verdict_incomplete", name=name, reason=programme.incomplete.text)
