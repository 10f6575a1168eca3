"""The rules on what was understood: over every end of what was told roughly, with presumptions and trials marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import product

from assistant.answer.qualify_words import words
from assistant.rules.company import Company, read_company
from assistant.rules.evaluate import judge_company
from assistant.rules.facts import FactKind
from assistant.rules.model import BenefitResult, CriterionResult, Outcome, Result, Verdict
from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.model import Said
from assistant.rules.understand.needs import facts_of
from assistant.rules.values import FactProblem, FactsRefused, Value

_MOST_ROUGH = 4  # facts of which both ends are tried


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with how it came about.

    Attributes:
        presumed: facts taken as absent although nothing was said of them; only ever lead to `not_eligible`.
        trials: criteria not decided, with the figures of the latest year in place of those of three years.
        rough: facts told roughly on which the outcome of a criterion depends.
        zeroed: facts of a benefit taken as 0 although nothing was said of them.
    """

    verdict: Verdict
    company: Company
    presumed: tuple[str, ...] = ()
    trials: Mapping[str, CriterionResult] = field(default_factory=dict)
    rough: tuple[str, ...] = ()
    benefits: tuple[BenefitResult, ...] = ()
    zeroed: tuple[str, ...] = ()


def judge(rulebook: Rulebook, programme: str, known: Sequence[Said], day: date, unclear: Sequence[str] = ()) -> Judged:
    """The verdict on a programme for what is known; nothing is presumed of what the company left unclear.

    Raises:
        FactsRefused: the facts are impossible or contradict each other, at whichever end.
    """
    rules = rulebook.programmes[programme]
    needed = facts_of(rules, rulebook)
    verdict, company, rough = _over_ends(rulebook, programme, known, day, needed)
    presumed: tuple[str, ...] = ()
    if verdict.outcome is Outcome.UNKNOWN and (taken := _presumed(programme, known, unclear)):
        more = [*known, *taken]
        other, other_company, other_rough = _over_ends(rulebook, programme, more, day, needed)
        if other.outcome is Outcome.NOT_ELIGIBLE:
            verdict, company, rough = other, other_company, other_rough
            presumed = tuple(said.fact for said in taken)
    benefits, zeroed = _with_zeros(rulebook, verdict, company)
    return Judged(verdict, company, presumed, _trials(rulebook, verdict, company), rough, benefits, zeroed)


def _over_ends(
    rulebook: Rulebook, programme: str, known: Sequence[Said], day: date, needed: frozenset[str]
) -> tuple[Verdict, Company, tuple[str, ...]]:
    rough = [said for said in known if not said.exact and said.fact in needed][:_MOST_ROUGH]
    fixed = {said.fact: said.values[0] for said in known if said.exact}
    found: list[tuple[Verdict, Company]] = []
    problems: tuple[FactProblem, ...] = ()
    for ends in product(*(said.values for said in rough)):
        facts: dict[str, Value] = fixed | dict(zip((said.fact for said in rough), ends, strict=True))
        try:
            company = read_company(facts, rulebook.facts, day)
        except FactsRefused as refused:
            problems = problems or refused.problems
            continue
        found.append((judge_company(rulebook, rulebook.programmes[programme], company), company))
    if not found:
        raise FactsRefused(problems)
    verdict = _merged([verdict for verdict, _ in found], tuple(said.fact for said in rough))
    open_ends = verdict.outcome is Outcome.UNKNOWN and len({v.outcome for v, _ in found}) > 1
    return verdict, found[0][1], tuple(said.fact for said in rough) if open_ends else ()


def _merged(verdicts: list[Verdict], rough: tuple[str, ...]) -> Verdict:
    """One verdict of several: what they do not agree on is not known."""
    first = verdicts[0]
    if len(verdicts) == 1:
        return first
    criteria = tuple(_agreed([v.criteria[i] for v in verdicts], rough) for i in range(len(first.criteria)))
    if len({verdict.outcome for verdict in verdicts}) == 1:
        return replace(first, criteria=criteria)
    missing = tuple(dict.fromkeys((*rough, *(name for verdict in verdicts for name in verdict.missing))))
    return replace(first, criteria=criteria, outcome=Outcome.UNKNOWN, missing=missing, benefits=())


def _agreed(results: list[CriterionResult], rough: tuple[str, ...]) -> CriterionResult:
    first = results[0]
    if len({result.result for result in results}) == 1:
        return first
    return replace(first, result=Result.UNKNOWN, value=None, gap=None, missing=rough, children=())


def _presumed(programme: str, known: Sequence[Said], unclear: Sequence[str]) -> list[Said]:
    told = {*unclear, *(said.fact for said in known)}
    presume = words().presume.get(programme, {})
    return [Said(name, (value,), "") for name, value in presume.items() if name not in told]


def _trials(rulebook: Rulebook, verdict: Verdict, company: Company) -> dict[str, CriterionResult]:
    """What the open criteria would be with the figures of the latest year."""
    taken = {
        name: value
        for name, by in words().stand_in.items()
        if name in rulebook.facts and company.value(name) is None and (value := company.value(by)) is not None
    }
    if not taken:
        return {}
    try:
        trial = read_company({**company.given, **taken}, rulebook.facts, company.as_of)
    except FactsRefused:
        return {}
    tried = judge_company(rulebook, verdict.programme, trial)
    pairs = zip(verdict.criteria, tried.criteria, strict=True)
    decided = (Result.PASS, Result.FAIL)
    return {now.id: then for now, then in pairs if now.result is Result.UNKNOWN and then.result in decided}


def _with_zeros(
    rulebook: Rulebook, verdict: Verdict, company: Company
) -> tuple[tuple[BenefitResult, ...], tuple[str, ...]]:
    """The benefits, those not told in full reckoned with 0 for what was not told."""
    names = {name for benefit in verdict.benefits if benefit.amount is None for name in benefit.missing}
    money = sorted(name for name in names if rulebook.facts[name].type is FactKind.MONEY)
    if not money or not _tells_some(verdict, company, rulebook):
        return verdict.benefits, ()
    filled = replace_given(company, {name: Fraction(0) for name in money}, rulebook)
    reckoned = judge_company(rulebook, verdict.programme, filled).benefits
    if not any(benefit.amount for benefit in reckoned):  # nothing comes of it: what is missing decides
        return verdict.benefits, ()
    return reckoned, tuple(money)


def replace_given(company: Company, more: Mapping[str, Value], rulebook: Rulebook) -> Company:
    """The company with further facts."""
    return Company(rulebook.facts, company.as_of, {**company.given, **more})


def _tells_some(verdict: Verdict, company: Company, rulebook: Rulebook) -> bool:
    """Whether any amount of a benefit was told."""
    names = {str(name) for benefit in verdict.programme.benefits for name in benefit.model_dump().values()}
    return any(name in names and isinstance(company.value(name), Fraction) for name in company.given)
