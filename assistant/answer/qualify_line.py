"""A criterion in one line: what the company has, what is asked, how far it is, and the clause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from assistant.answer.qualify_told import Told
from assistant.answer.qualify_words import say, words
from assistant.rules.company import show_value
from assistant.rules.criterion_schema import Criterion
from assistant.rules.facts import FactKind
from assistant.rules.model import CriterionResult, Result

_MOST_PLACES = 10  # decimals of a share
_YES_NO = ("是", "否")
_LEAST = re.compile(r"不低于([\d.]+)%")
_RISING = ("不低于", "超过")  # how a threshold that has to be reached begins


def found(told: Told, criterion: CriterionResult, *, noted: bool = False) -> str:
    """Label, value, threshold, gap and clause in one line."""
    parts = [quotient(told, criterion) or _value(criterion)]
    ref = figure_ref(told, criterion.id)
    if (
        criterion.threshold
        and re.search(r"\d", criterion.threshold)
        and told.citations.carries(criterion.threshold, criterion.ref, ref)
    ):
        short = criterion.result is Result.FAIL and criterion.gap and criterion.threshold.startswith(_RISING)
        parts.append(say("short_of" if short else "threshold", threshold=criterion.threshold))
    parts += [
        needed(told, criterion),
        criterion.gap.text if criterion.gap else "",
        _note(told, criterion, noted=noted),
    ]
    said = "，".join(part for part in parts if part)
    return criterion.label + (f"：{said}" if said else "") + told.citations.mark(criterion.ref, ref)


def _value(criterion: CriterionResult) -> str:
    """What the company has; a yes that is asked for is told by the label alone."""
    if criterion.value is None or (criterion.value in _YES_NO and criterion.result is Result.PASS):
        return ""
    return say("flag_fail" if criterion.value in _YES_NO else "value", value=criterion.value)


def _note(told: Told, criterion: CriterionResult, *, noted: bool) -> str:
    if criterion.result is not Result.FAIL:
        return (criterion.note or "") if noted else ""
    return "；".join(part for part in (criterion.note, told.citations.name(criterion.ref)) if part)


def quotient(told: Told, criterion: CriterionResult) -> str:
    """585万元÷1.3亿元＝4.5%, where the value is a ratio of two known figures."""
    rule = _rule(told.programme.criteria, criterion.id)
    bound = rule.bound if rule else None
    fact = told.catalogue.by_id.get(bound.fact) if bound else None
    ratio = fact.derive.ratio if fact and fact.derive else None
    if not ratio or criterion.value is None:
        return ""
    part, whole = (_shown(told, name) for name in ratio)
    if not (part and whole and fact):
        return ""
    number = told.judged.company.number(fact.id)
    value = rounded(number, criterion.threshold or "") if number is not None else f"＝{criterion.value}"
    return say("quotient", part=part, whole=whole, value=value)


def needed(told: Told, criterion: CriterionResult) -> str:
    """按职工总数80人算，至少8人: what a share of a known figure comes to, where only that figure was told."""
    rule, least = _rule(told.programme.criteria, criterion.id), _LEAST.fullmatch(criterion.threshold or "")
    fact = told.catalogue.by_id.get(rule.at_least.fact) if rule and rule.at_least else None
    if not (fact and fact.derive and fact.derive.ratio and least) or criterion.value is not None:
        return ""
    part, whole = (told.catalogue[name] for name in fact.derive.ratio)
    number = told.judged.company.number(whole.id)
    if number is None:
        return ""
    amount = number * Fraction(least[1]) / 100
    amount = Fraction(ceil(amount)) if part.type is FactKind.COUNT else amount
    shown = f"{whole.label}{told.judged.company.shown(whole.id)}"
    return say("needed", whole=shown, part=part.label, amount=show_value(part, amount))


def rounded(share: Fraction, beside: str) -> str:
    """A share to two decimals, or to as many as keep it apart from the figures beside it: ≈4.31%, ＝4.5%, ≈4.999%."""
    limits = [Fraction(figure) for figure in re.findall(r"([\d.]+)%", beside)]
    number = share * 100
    for places in range(2, _MOST_PLACES):
        near = Fraction(round(number, places))
        if near == number or near not in limits:
            break
    text = f"{float(near):.{places}f}".rstrip("0").rstrip(".")
    return ("＝" if near == number else "≈") + f"{text}%"


def _shown(told: Told, name: str) -> str | None:
    company = told.judged.company
    return company.shown(name) or company.shown(words().stand_in.get(name, name))


def _rule(criteria: Iterable[Criterion], ident: str) -> Criterion | None:
    for criterion in criteria:
        if criterion.id == ident:
            return criterion
        if inner := _rule(criterion.children, ident):
            return inner
    return None


def figure_ref(told: Told, ident: str) -> str | None:
    """The clause in which the figure of a criterion stands."""
    rule = _rule(told.programme.criteria, ident)
    bound = rule.bound if rule else None
    parameter = next((p for p in told.programme.parameters if bound and p.id == bound.parameter), None)
    begun = [dated for dated in parameter.values if dated.from_ <= told.judged.verdict.as_of] if parameter else []
    return begun[-1].ref if begun else None


def outcome(trial: CriterionResult) -> str:
    """达到, or 未达到 and how far it is."""
    return (
        say("trial_pass") if trial.result is Result.PASS else say("trial_fail", gap=trial.gap.text if trial.gap else "")
    )
