"""Step 3: does the company qualify? Decided by the rules from what was told; general questions pass untouched."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, CriterionResult, Event, EventKind, Run, Verdict
from assistant.answer.qualify_cite import Citations, find_clause
from assistant.answer.qualify_focus import focus_of
from assistant.answer.qualify_intent import Aim, Intent, intent_of
from assistant.answer.qualify_judge import Judged, judge
from assistant.answer.qualify_lead import unestablished
from assistant.answer.qualify_text import compose, show_said
from assistant.answer.qualify_told import Told
from assistant.answer.qualify_which import which
from assistant.answer.qualify_words import say, words
from assistant.answer.services import Services
from assistant.documents.calendar import Heading
from assistant.rules.model import Outcome, Result
from assistant.rules.model import Verdict as Ruling
from assistant.rules.rulebook import Rulebook
from assistant.rules.schema import StandingState
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.sentences import make_plain
from assistant.rules.values import FactsRefused

MOST_QUESTIONS = 4  # asked at once


def qualify(run: Run, services: Services) -> Run:
    """Answer from the rules where a company is described; otherwise pass the run on with what was told."""
    rulebook = services.rulebook
    if rulebook is None:
        return run
    intent = intent_of(run, rulebook)
    if intent is None:
        return run
    if intent.aim is Aim.LIST:
        return _say(run, AnswerStatus.ANSWERED, _remembered(intent.profile, rulebook))
    if intent.aim is Aim.CLEAR:
        return _say(replace(run, profile=Profile()), AnswerStatus.ANSWERED, say("cleared"))
    profile = replace(intent.profile, facts=intent.reading.facts, supposed=intent.reading.supposed, asked=())
    profile = replace(profile, unclear=tuple(dict.fromkeys((*profile.unclear, *intent.reading.unclear))))
    run = replace(run, profile=replace(profile, programme=intent.programme or profile.programme))
    try:
        if intent.aim is Aim.WHICH:
            return which(run, intent.reading, services, rulebook)
        assert intent.programme
        judged = judge(rulebook, intent.programme, intent.reading.known(), intent.reading.day)
    except FactsRefused as refused:
        return _refuse(run, intent, refused)
    if not _is_cited(judged.verdict, services):
        return run
    return _answer(run, intent, judged, services)


def _refuse(run: Run, intent: Intent, refused: FactsRefused) -> Run:
    """Nonsense is asked about, and not remembered."""
    wrong = {problem.fact for problem in refused.problems}
    kept = tuple(said for said in run.profile.facts if said.fact not in wrong or said in intent.profile.facts)
    problems = [problem.message for problem in refused.problems] + list(intent.reading.doubts)
    lines = "\n".join(f"- {problem}" for problem in problems)
    run = replace(run, profile=replace(run.profile, facts=kept, supposed=()))
    return _say(run, AnswerStatus.NEEDS_FACTS, f"{say('refused_lead')}{say('refused')}\n{lines}")


def _answer(run: Run, intent: Intent, judged: Judged, services: Services) -> Run:
    verdict = judged.verdict
    if intent.reading.doubts and verdict.outcome is Outcome.ELIGIBLE:
        verdict = replace(verdict, outcome=Outcome.UNKNOWN)
        judged = replace(judged, verdict=verdict)
    focus = focus_of(
        verdict.programme, intent.reading, judged.company.catalogue, judged.trials, scored="分" in run.question
    )
    narrow = intent.narrow and bool(focus)
    asked = _next_questions(verdict, focus, run.profile.unclear)
    citations = Citations(services, run.as_of)
    amount = words().asks.amount.search(run.question) is not None and any(b.text for b in judged.benefits)
    windows = tuple(
        w
        for w in services.snapshot.side.calendar
        if w.programme in verdict.programme.windows and w.heading(run.as_of) is not Heading.PAST
    )
    told = Told(
        judged=judged,
        reading=intent.reading,
        focus=focus,
        narrow=narrow,
        citations=citations,
        windows=windows,
        office=services.offices.get(verdict.programme.office),
        rest_claimed=lexicon().rest_is_fine.search(make_plain(run.question)) is not None,
        asked=asked,
        amount_first=amount,
        needed=facts_of(verdict.programme, services.rulebook) if services.rulebook else frozenset(),
    )
    text = compose(told)
    run = replace(
        run,
        citations=tuple(citations.made),
        verdicts=(as_contract(verdict),),
        handoff=told.office,
        followups=(say("followup_next"), say("followup_which"), say("followup_list")),
        profile=replace(run.profile, asked=asked),
    )
    return _say(run, _status(judged, focus if narrow else (), amount), text)


def _next_questions(verdict: Ruling, focus: tuple[str, ...], unclear: tuple[str, ...]) -> tuple[str, ...]:
    """What to ask next: what the criteria in question wait for, then what decides most."""
    leaves = [leaf for criterion in verdict.criteria for leaf in criterion.leaves() if leaf.id in focus]
    first = [name for leaf in leaves for name in leaf.missing if name in verdict.missing]
    names = dict.fromkeys((*first, *verdict.missing))
    return tuple(name for name in names if name not in unclear)[:MOST_QUESTIONS]


def _status(judged: Judged, focus: tuple[str, ...], amount: bool) -> AnswerStatus:
    verdict = judged.verdict
    if amount:
        return AnswerStatus.ANSWERED
    if verdict.outcome is not Outcome.UNKNOWN:
        return AnswerStatus.ANSWERED
    if verdict.standing is not StandingState.IN_FORCE:
        return AnswerStatus.PARTIAL if verdict.failing() else AnswerStatus.UNKNOWN_FACT
    leaves = [leaf for criterion in verdict.criteria for leaf in criterion.leaves()]
    if any(leaf.result is Result.UNKNOWN and leaf.id in unestablished(verdict) and leaf.value for leaf in leaves):
        return AnswerStatus.UNKNOWN_FACT
    if any(leaf.id in focus and (leaf.threshold or leaf.result is not Result.UNKNOWN) for leaf in leaves):
        return AnswerStatus.ANSWERED
    return AnswerStatus.NEEDS_FACTS if verdict.missing else AnswerStatus.UNKNOWN_FACT


def _is_cited(verdict: Ruling, services: Services) -> bool:
    """Whether the library holds the clauses of the rules; without them nothing is decided."""
    return any(find_clause(services, criterion.ref, verdict.as_of) for criterion in verdict.criteria)


def _remembered(profile: Profile, rulebook: Rulebook) -> str:
    if not profile.facts:
        return say("remembered_none")
    lines = "\n".join(f"- {show_said(rulebook.facts, said)}" for said in profile.facts)
    return f"{say('remembered')}\n{lines}\n\n{say('remembered_how')}"


def as_contract(verdict: Ruling) -> Verdict:
    """The verdict as the answer carries it."""
    criteria = tuple(
        CriterionResult(c.id, c.label, str(c.result), c.value, c.threshold, c.ref) for c in verdict.criteria
    )
    return Verdict(verdict.programme.name, str(verdict.outcome), criteria, verdict.missing)


def _say(run: Run, status: AnswerStatus, text: str) -> Run:
    text = f"{text}\n\n*{message('as_of', day=run.as_of, digest='')}*"
    run.emit(Event(EventKind.TEXT, text))
    return finish(run, status, text)
