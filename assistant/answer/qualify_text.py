"""A verdict as an answer: the conclusion first, each criterion, what was understood and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer.qualify_lead import amounts, lead
from assistant.answer.qualify_line import figure_ref, found, outcome, quotient
from assistant.answer.qualify_told import Told
from assistant.answer.qualify_words import say
from assistant.documents.calendar import Window
from assistant.rules.company import show_value
from assistant.rules.facts import FactCatalogue
from assistant.rules.model import CriterionResult, Outcome, Result
from assistant.rules.schema import Remark
from assistant.rules.understand.model import Said

_ANYTHING = re.compile(r"[01]分至\d+分$")  # the points of a score of which nothing was told


def compose(told: Told) -> str:
    """The answer as Markdown, with markers."""
    blocks = [lead(told), *_basis(told)]
    blocks += [*amounts(told)] if not told.amount_first else []
    blocks.append(_criteria(told))
    blocks += _understood(told)
    blocks += [*proposals(told), *questions(told)]
    blocks += _next(told)
    blocks += _cautions(told)
    return "\n\n".join(block for block in blocks if block)


def compose_several(each: Sequence[Told]) -> str:
    """The answers on several programmes, one by one; what was understood and what is asked comes once, at the end."""
    first = each[0]
    blocks = [say("several", count=len(each)), *_basis(first)]
    for number, told in enumerate(each, start=1):
        blocks += [say("several_head", number=number, name=told.programme.name), lead(told)]
        blocks += [*amounts(told)] if not told.amount_first else []
        blocks += [_decided(told), *_next(told), *_cautions(told)]
    blocks += _understood(first)
    blocks += [*proposals(first), *questions(first)]
    return "\n\n".join(block for block in blocks if block)


def _basis(told: Told) -> list[str]:
    """On what the verdict stands where that is not what the company told, or not this day."""
    blocks = []
    if told.reading.supposed:
        blocks.append(say("supposed", facts=_facts(told, told.reading.supposed)))
    if told.judged.verdict.as_of != told.citations.day:
        blocks.append(say("moved_day", day=told.judged.verdict.as_of))
    return blocks


def _decided(told: Told) -> str:
    """The criteria of which something is decided, and the names of the others in one line; the lead tells what fails."""
    verdict = told.judged.verdict
    hidden = (Result.FAIL, Result.NOT_MODELLED) if verdict.outcome is Outcome.NOT_ELIGIBLE else (Result.NOT_MODELLED,)
    criteria = [c for c in verdict.criteria if c.result not in hidden]
    known = [c for c in criteria if _is_decided(c)]
    known.sort(key=lambda c: (Result.FAIL, Result.PASS, Result.UNKNOWN).index(c.result))
    lines = [line for criterion in known for line in _criterion(told, criterion, 0)]
    if open_ones := [c.label for c in criteria if c not in known]:
        lines.append(say("several_open", labels="、".join(open_ones)))
    return "\n".join(lines)


def _criteria(told: Told) -> str:
    verdict = told.judged.verdict
    head = say("criteria_head", day=verdict.as_of)
    if told.narrow and verdict.outcome is Outcome.UNKNOWN:  # the whole list is not what was asked
        return f"{head}\n\n{_decided(told)}" if any(map(_is_decided, verdict.criteria)) else ""
    order = {Result.FAIL: 0, Result.PASS: 1, Result.UNKNOWN: 2}
    shown = sorted((c for c in verdict.criteria if c.result in order), key=lambda c: order[c.result])
    lines = [line for criterion in shown for line in _criterion(told, criterion, 0)]
    return "\n".join([head, "", *lines])


def _criterion(told: Told, criterion: CriterionResult, depth: int) -> Iterator[str]:
    said = found(told, criterion).removeprefix(criterion.label).removeprefix("：")
    if criterion.result is Result.UNKNOWN and (not criterion.value or _ANYTHING.match(criterion.value)):
        said = _asked(told, criterion)
    colon = "" if said.startswith("[") or not said else "："
    yield f"{'  ' * depth}- **{say(f'state_{criterion.result}')}** {criterion.label}{colon}{said}"
    if trial := told.judged.trials.get(criterion.id):
        value = quotient(told, trial) or trial.value or ""
        yield f"{'  ' * depth}  - {say('trial', value=value, outcome=outcome(trial))}"
    for child in criterion.children:
        beside = criterion.alternatives and criterion.result is not Result.FAIL
        if criterion.result is Result.PASS and child.result is not Result.PASS:
            continue
        if _is_known(child) and not (beside and child.result is Result.FAIL):
            yield from _criterion(told, child, depth + 1)


def _is_decided(criterion: CriterionResult) -> bool:
    """Whether any of what a criterion is made of is met or not."""
    return any(leaf.result in (Result.PASS, Result.FAIL) for leaf in criterion.leaves())


def _is_known(criterion: CriterionResult) -> bool:
    """Whether anything is known of a criterion or of what it is made of."""
    return bool(criterion.value) or criterion.result is not Result.UNKNOWN or any(map(_is_known, criterion.children))


def _asked(told: Told, criterion: CriterionResult) -> str:
    """What is asked, of a criterion on which nothing is known; choices are spelled out in the questions."""
    ref = figure_ref(told, criterion.id)
    figure = (
        criterion.threshold if ref and told.citations.carries(criterion.threshold or "", criterion.ref, ref) else None
    )
    return (say("threshold", threshold=figure) if figure else "") + told.citations.mark(criterion.ref, ref)


def _understood(told: Told) -> list[str]:
    used = [said for said in told.reading.known() if said.fact in told.needed]
    blocks = [say("understood", facts=_facts(told, used))] if used else []
    if told.reading.changed:
        changes = [_change(told, old, new) for old, new in told.reading.changed]
        blocks.append(say("changed", changes="；".join(changes)))
    if told.rest_claimed:
        blocks.append(say("rest_claimed"))
    return blocks


def _facts(told: Told, facts: Iterable[Said]) -> str:
    return "；".join(show_said(told.catalogue, said) for said in facts)


def show_said(catalogue: FactCatalogue, said: Said) -> str:
    """A fact with its value and how it was understood."""
    shown = [show_value(catalogue[said.fact], value) for value in said.values]
    value = shown[0] if len(shown) == 1 else say("between", low=shown[0], high=shown[-1])
    note = say("fact_note", note=said.note) if said.note else ""
    return say("fact", label=catalogue[said.fact].label, value=f"：{value}") + note


def _change(told: Told, old: Said, new: Said) -> str:
    before, after = (show_value(told.catalogue[said.fact], said.values[0]) for said in (old, new))
    return say("change", label=told.catalogue[new.fact].label, old=before, new=after)


def proposals(told: Told) -> list[str]:
    """What a language model read out of the message, to be confirmed."""
    lines = [
        say("proposed_line", number=i, fact=show_said(told.catalogue, said), words=said.words)
        for i, said in enumerate(told.proposed, 1)
    ]
    return [say("proposed") + "\n\n" + "\n".join(lines)] if lines else []


def questions(told: Told) -> list[str]:
    """What is asked back, and what is missing."""
    lines = [*told.reading.doubts]
    for name in told.asked:
        fact = told.catalogue[name]
        lines.append((fact.ask or fact.label) + (say("help", help=fact.help.rstrip("。")) if fact.help else ""))
    return [say("questions") + "\n" + "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))] if lines else []


def _next(told: Told) -> list[str]:
    verdict, programme = told.judged.verdict, told.programme
    blocks = []
    by_hand = [c.label for c in verdict.criteria if c.result is Result.NOT_MODELLED]
    if verdict.outcome is Outcome.ELIGIBLE:
        if by_hand:
            blocks.append(say("by_hand", labels="；".join(by_hand)))
        steps = [_remark(told, remark) for remark in programme.next_steps]
        blocks += ["\n".join([say("next_steps"), *(f"- {step}" for step in steps)])] if steps else []
    if verdict.outcome is Outcome.ELIGIBLE and programme.documents:
        blocks.append(say("documents", documents="；".join(_remark(told, remark) for remark in programme.documents)))
    if told.windows and verdict.outcome is not Outcome.NOT_ELIGIBLE:
        windows = "；".join(_window(told, window) for window in told.windows)
        blocks.append(say("window", windows=windows))
    return blocks


def _remark(told: Told, remark: Remark) -> str:
    """The remark, cited where its figures stand in the clause."""
    if remark.ref and told.citations.carries(remark.text, remark.ref):
        return remark.text + told.citations.mark(remark.ref)
    return remark.text


def _window(told: Told, window: Window) -> str:
    day = told.judged.verdict.as_of
    if window.opens and window.closes:
        dates = say("from_until", first=window.opens, last=window.closes)
    elif window.closes:
        dates = say("until", day=window.closes)
    else:
        dates = window.recurring_note or ""
    closed = say("closed") if window.closes and window.closes < day else ""
    return say("window_dates", name=window.programme, dates=dates + closed) if dates else window.programme


def _cautions(told: Told) -> list[str]:
    verdict = told.judged.verdict
    blocks = []
    if verdict.cautions:
        blocks.append("\n".join([say("cautions"), *(f"- {caution}" for caution in verdict.cautions)]))
    if told.office:
        phone = say("phone", phone=told.office.phone) if told.office.phone else ""
        url = say("url", url=told.office.url) if told.office.url else ""
        blocks.append(say("office", office=told.office.name, phone=phone, url=url))
    return blocks
