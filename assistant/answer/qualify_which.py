"""Which programmes could fit: all of them for one description, the fitting ones first."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, CriterionResult, Run, Verdict
from assistant.answer.qualify_cite import Citations
from assistant.answer.qualify_text import show_said
from assistant.answer.qualify_words import say
from assistant.answer.services import Services
from assistant.rules.company import read_company
from assistant.rules.facts import FactCatalogue
from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.model import Reading
from assistant.rules.which import Fit, Match, which_for

_MOST_MISSING = 4


def which(run: Run, reading: Reading, services: Services, rulebook: Rulebook) -> Run:
    """All programmes under four headings, with what is short and what is still to be told.

    Raises:
        FactsRefused: the facts are impossible or contradict each other.
    """
    facts = {said.fact: said.values[0] for said in reading.known() if said.exact}
    matches = which_for(rulebook, read_company(facts, rulebook.facts, run.as_of))
    citations = Citations(services, run.as_of)
    blocks = [say("which_lead", count=len(matches))]
    for fit in Fit:
        lines = [f"- {_line(match, rulebook.facts, citations)}" for match in matches if match.fit is fit]
        blocks += ["\n".join([say(f"which_{fit}"), *lines])] if lines else []
    blocks += _interplay(matches, citations)
    known = "；".join(show_said(rulebook.facts, said) for said in reading.known())
    blocks.append(say("understood", facts=known))
    blocks.append(f"*{message('as_of', day=run.as_of, digest='')}*")
    run = replace(run, citations=tuple(citations.made), verdicts=tuple(_contract(match) for match in matches))
    return finish(run, AnswerStatus.ANSWERED, "\n\n".join(blocks))


def _line(match: Match, catalogue: FactCatalogue, citations: Citations) -> str:
    verdict = match.verdict
    if match.fit is Fit.ELIGIBLE:
        text = say("which_ready") + citations.mark(verdict.criteria[0].ref)
    elif match.fit is Fit.UNKNOWN:
        missing = "、".join(catalogue[name].label for name in verdict.missing[:_MOST_MISSING])
        text = say("which_missing", missing=missing) if missing else verdict.summary
    else:
        short = match.short or verdict.failing()
        text = "；".join(f"{c.label}{'，' + c.gap.text if c.gap else ''}{citations.mark(c.ref)}" for c in short)
        text = text or verdict.summary
    return say("which_line", name=verdict.programme.name, text=text)


def _interplay(matches: tuple[Match, ...], citations: Citations) -> list[str]:
    open_ones = [match for match in matches if match.fit in (Fit.ELIGIBLE, Fit.NEARLY)]
    remarks = {remark.text: remark.ref for match in open_ones for remark in match.verdict.interplay}
    lines = [f"- {text}{citations.mark(ref)}" for text, ref in remarks.items()]
    return ["\n".join([say("interplay"), *lines])] if lines else []


def _contract(match: Match) -> Verdict:
    verdict = match.verdict
    criteria = tuple(
        CriterionResult(c.id, c.label, str(c.result), c.value, c.threshold, c.ref) for c in verdict.criteria
    )
    return Verdict(verdict.programme.name, str(verdict.outcome), criteria, verdict.missing)
