"""The conclusion of a verdict, in the first lines of the answer; never a promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answer.qualify_line import found, needed, outcome
from assistant.answer.qualify_told import Told
from assistant.answer.qualify_words import say
from assistant.rules.model import BenefitResult, CriterionResult, IndicatorResult, Outcome, Result, Verdict
from assistant.rules.quantity import Unit, show
from assistant.rules.schema import StandingState

_FEW_OPEN = 4  # criteria that are named where all others are met
_SEEN = 3  # criteria named in the conclusion of a verdict that is still open


def lead(told: Told) -> str:
    """The conclusion: the amount, or the criterion asked about, or the whole verdict."""
    if told.amount_first:
        return "\n\n".join(amounts(told))
    leading = _focused(told) if told.narrow else ""
    if leading:
        return f"{leading}\n\n{_overall(told, brief=True)}"
    return _overall(told, brief=False)


def _focused(told: Told) -> str:
    """What was asked about a criterion: its value, what is asked and how far it is."""
    points = [_points(told, part) for part in told.points]
    failing, lines, spared = list[str](), list[str](), list[str]()
    for criterion in told.judged.verdict.criteria:
        failed = _failed_alternative(told, criterion)
        if failed and criterion.result is Result.PASS:
            spared.append(say("focus_spared", found=found(told, failed, noted=True)))
        for leaf in _open_leaves(criterion):
            if failed and leaf.threshold and leaf.result is Result.UNKNOWN:
                lines.append(say("focus_other", failed=found(told, failed), found=found(told, leaf, noted=True)))
                continue
            if leaf.id not in told.focus and criterion.id not in told.focus:
                continue
            trial = told.judged.trials.get(leaf.id)
            if leaf.result is Result.FAIL:
                failing.append(say("focus_fail", found=found(told, leaf, noted=True)))
            elif leaf.result is Result.PASS:
                lines.append(say("focus_pass", found=found(told, leaf, noted=True)))
            elif trial:
                lines.append(say("focus_trial", found=found(told, trial) + "，" + outcome(trial)))
            elif leaf.threshold:
                lines.append(say("focus_threshold", found=found(told, leaf, noted=True)))
    return "\n".join([*points, *failing, *lines, *spared])


def _failed_alternative(told: Told, criterion: CriterionResult) -> CriterionResult | None:
    """The alternative in question that is ruled out, where another one decides: 开酒店, unless it is less than half."""
    if not criterion.alternatives or criterion.result is Result.FAIL:
        return None
    ruled_out = (c for c in criterion.children if c.id in told.focus and c.result is Result.FAIL and c.value)
    return next(ruled_out, None)


def _points(told: Told, part: IndicatorResult) -> str:
    """科技人员：得12分（满分20分）。"""
    least, most = show(part.low, Unit.POINTS), show(part.high, Unit.POINTS)
    points = least if part.low == part.high else say("points_between", least=least, most=most)
    line = say("points", label=part.label, points=points, maximum=show(part.maximum, Unit.POINTS))
    missing = "、".join(told.catalogue[name].label for name in part.missing)
    return line + told.citations.mark(part.ref) + (say("points_missing", missing=missing) if missing else "")


def _open_leaves(criterion: CriterionResult) -> Iterator[CriterionResult]:
    """The leaves that still matter: of alternatives, one that fails does not while another may pass."""
    if not criterion.children:
        yield criterion
    for child in _nearest(criterion):
        yield from _open_leaves(child)


def _nearest(criterion: CriterionResult) -> tuple[CriterionResult, ...]:
    """The parts of a criterion; of alternatives those that do not fail, or else those that come nearest."""
    if not criterion.alternatives:
        return criterion.children
    if criterion.result is not Result.FAIL:
        return tuple(child for child in criterion.children if child.result is not Result.FAIL)
    nearest = max(map(_passing, criterion.children), default=0)
    return tuple(child for child in criterion.children if _passing(child) == nearest)


def _passing(criterion: CriterionResult) -> int:
    """How many leaves of a criterion are met."""
    return sum(leaf.result is Result.PASS for leaf in criterion.leaves())


def _overall(told: Told, *, brief: bool) -> str:
    """What holds of the whole programme; brief where a criterion was answered before."""
    verdict, name = told.judged.verdict, told.programme.name
    failing = "；".join(found(told, leaf) for leaf in _failing(verdict.criteria))
    if verdict.outcome is Outcome.NOT_ELIGIBLE:
        return _not_eligible(told, failing, brief=brief)
    if verdict.outcome is Outcome.ELIGIBLE:
        return say("eligible", name=name, authority=told.programme.authority)
    if verdict.standing is not StandingState.IN_FORCE and failing:
        if brief and all(leaf.id in told.focus for leaf in _failing(verdict.criteria)):
            return say("standing_seen", name=name, reason=_reason(verdict))
        return say("standing_decided", name=name, reason=_reason(verdict), failing=failing)
    if verdict.standing is not StandingState.IN_FORCE or (told.programme.incomplete and not verdict.missing):
        return say("undecided_known", name=name, reason=verdict.summary)
    return say("only_one", name=name, count=len(told.programme.criteria)) if brief else _undecided(told)


def _reason(verdict: Verdict) -> str:
    """Why the standing of the rules does not let the programme be judged."""
    return verdict.summary.partition("：")[2].rstrip("。") or verdict.summary


def _not_eligible(told: Told, failing: str, *, brief: bool) -> str:
    verdict, name = told.judged.verdict, told.programme.name
    if verdict.standing in (StandingState.ENDED, StandingState.NOT_YET):
        return verdict.summary
    if brief and all(leaf.id in told.focus for leaf in _failing(verdict.criteria)):
        return say("overall_same", name=name)
    presumed = "、".join(told.catalogue[fact].label for fact in told.judged.presumed)
    said = say("overall_not" if brief else "not_eligible", name=name, failing=failing)
    return said + (say("not_eligible_presumed", presumed=presumed) if presumed else "")


def _undecided(told: Told) -> str:
    """What can be seen already, and what no figure was found for."""
    verdict, name = told.judged.verdict, told.programme.name
    if not told.reading.known():
        return say("start", name=name)
    open_ones = [c for c in verdict.criteria if c.id in unestablished(verdict) and c.result is Result.UNKNOWN]
    if gaps := [found(told, criterion, noted=True) for criterion in open_ones if criterion.value]:
        return say("undecided_known", name=name, reason="；".join(gaps))
    waiting = [c for c in verdict.criteria if c.result is Result.UNKNOWN]
    passed = [c for c in verdict.criteria if c.result is Result.PASS]
    if not waiting and told.reading.doubts:
        return say("doubtful", name=name)
    if len(waiting) <= _FEW_OPEN < len(passed) and not told.judged.trials and not told.judged.rough:
        labels, count = "、".join(c.label for c in waiting), len(waiting) + len(passed)
        return say("nearly", name=name, count=count, passed=len(passed), open=len(waiting), labels=labels)
    met = [leaf for c in passed for leaf in (c, *c.leaves()) if leaf.result is Result.PASS]
    seen = [found(told, leaf) for leaf in dict.fromkeys(met) if leaf.threshold and leaf.value]
    seen += [found(told, leaf) for c in waiting for leaf in c.leaves() if needed(told, leaf)]
    seen += [f"{found(told, trial)}（{outcome(trial)}）" for trial in told.judged.trials.values()]
    said = say("undecided", name=name) + (say("seen", seen="；".join(seen[:_SEEN])) if seen else "")
    rough = "、".join(told.catalogue[fact].label for fact in told.judged.rough)
    return said + (say("rough", facts=rough) if rough else "")


def unestablished(verdict: Verdict) -> frozenset[str]:
    """The criteria whose figure is known for one case only, so that another value is not known to fail."""
    return frozenset(c.id for c in verdict.programme.criteria if c.bound and c.bound.otherwise_unknown)


def _failing(criteria: Iterable[CriterionResult]) -> list[CriterionResult]:
    """What fails at the bottom of the groups; of alternatives only those of which something is known."""
    bottom: list[CriterionResult] = []
    for criterion in criteria:
        if criterion.result is not Result.FAIL:
            continue
        inner = _failing(_nearest(criterion))
        told = [leaf for leaf in inner if leaf.value or leaf.gap]
        bottom += (told or inner) if inner else [criterion]
    return bottom


def amounts(told: Told) -> Iterator[str]:
    """What is paid or saved, step by step."""
    for benefit in told.judged.benefits:
        yield from _amount(told, benefit)


def _amount(told: Told, benefit: BenefitResult) -> Iterator[str]:
    if benefit.text is None:
        return
    zeroed = "、".join(told.catalogue[name].label for name in told.judged.zeroed)
    lines = [say("amount", label=benefit.label, result=benefit.text.rstrip("。"))]
    lines += [say("amount_steps", label=s.label, working=s.working) + told.citations.mark(s.ref) for s in benefit.steps]
    notes = [benefit.note or "", say("amount_zero", names=zeroed) if zeroed else ""]
    yield "\n".join([*lines, *(f"  - {note}" for note in notes if note)])
