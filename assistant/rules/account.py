"""A verdict told to people, as Markdown: what was found, criterion by criterion, with the clause of each."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.rules.citations import Labels
from assistant.rules.facts import FactCatalogue
from assistant.rules.messages import message
from assistant.rules.model import BenefitResult, CriterionResult, Result, ScoreResult, Verdict
from assistant.rules.quantity import Unit, show


def account(verdict: Verdict, catalogue: FactCatalogue, labels: Labels) -> str:
    """The whole verdict as Markdown."""
    lines = [f"## {verdict.programme.name}", "", verdict.summary, "", message("account_day", day=verdict.as_of), ""]
    for criterion in verdict.criteria:
        if criterion.result is not Result.NOT_MODELLED:
            lines += _criterion(criterion, labels, 0)
    lines += _section("account_scores", [_score(score) for score in verdict.scores])
    for benefit in verdict.benefits:
        lines += _benefit(benefit, catalogue, labels)
    lines += _section("account_missing", [catalogue[name].ask or catalogue[name].label for name in verdict.missing])
    by_hand = [c for c in verdict.criteria if c.result is Result.NOT_MODELLED]
    lines += _section("account_by_hand", [f"{c.label}{_cited(c.ref, labels)}" for c in by_hand])
    lines += _section("account_cautions", list(verdict.cautions))
    lines.append(message("account_authority", authority=verdict.programme.authority))
    return "\n".join(lines)


def state_of(criterion: CriterionResult) -> str:
    """达到, 未达到, 还不知道 or 需人工核对."""
    return message(f"state_{criterion.result}")


def found(criterion: CriterionResult) -> str:
    """What the company has, what is asked, and how far it is."""
    said: list[str | None] = []
    if criterion.value in (message("yes"), message("no")):
        said.append(message("account_told", value=criterion.value))
    else:
        said.append(criterion.value and message("account_value", value=criterion.value))
        said.append(criterion.threshold and message("account_threshold", threshold=criterion.threshold))
    said += [criterion.gap.text if criterion.gap else None, criterion.note]
    return "；".join(part for part in said if part)


def _criterion(criterion: CriterionResult, labels: Labels, depth: int) -> Iterator[str]:
    said = found(criterion)
    text = f"{'  ' * depth}- **{state_of(criterion)}** {criterion.label}"
    yield text + (f"：{said}" if said else "") + _cited(criterion.ref, labels)
    for child in criterion.children:
        yield from _criterion(child, labels, depth + 1)


def _cited(ref: str | None, labels: Labels) -> str:
    return f"（{labels[ref]}）" if ref is not None and ref in labels else ""


def _score(score: ScoreResult) -> str:
    low, high = show(score.low, Unit.POINTS), show(score.high, Unit.POINTS)
    points = low if low == high else message("between", low=low, high=high)
    return f"{score.label}：{points}" + (f"。{score.caution}" if score.caution else "")


def _benefit(benefit: BenefitResult, catalogue: FactCatalogue, labels: Labels) -> Iterator[str]:
    if benefit.text is None:
        wanted = "、".join(catalogue[name].label for name in benefit.missing)
        yield message("account_benefit_missing", label=benefit.label, missing=wanted or benefit.note or "")
        return
    yield message("account_benefit", label=benefit.label, result=benefit.text)
    for step in benefit.steps:
        yield f"  - {step.label}：{step.working}{_cited(step.ref, labels)}"
    if benefit.note:
        yield f"  - {benefit.note}"


def _section(name: str, items: list[str]) -> list[str]:
    return ["", message(name), *(f"- {item}" for item in items), ""] if items else []
