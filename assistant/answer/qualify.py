"""Step 3: does the company qualify? Decided by the rules from what was told; general questions pass untouched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, CriterionResult, Event, EventKind, Run, Verdict
from assistant.answer.qualify_cite import Citations, find_clause
from assistant.answer.qualify_clause import is_elsewhere
from assistant.answer.qualify_focus import focus_of, points_of, settles, weighs
from assistant.answer.qualify_intent import Aim, Intent, intent_of
from assistant.answer.qualify_judge import Judged, judge
from assistant.answer.qualify_lead import unestablished
from assistant.answer.qualify_names import mentions
from assistant.answer.qualify_propose import propose
from assistant.answer.qualify_text import compose, compose_several, show_said
from assistant.answer.qualify_told import Told
from assistant.answer.qualify_which import which
from assistant.answer.qualify_words import in_words, say, words
from assistant.answer.services import Services
from assistant.documents.calendar import Heading, Window
from assistant.rules.model import Outcome, Result
from assistant.rules.model import Verdict as Ruling
from assistant.rules.rulebook import Rulebook
from assistant.rules.schema import StandingState
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile, Reading, Said
from assistant.rules.understand.needs import deciding, facts_of
from assistant.rules.understand.plain import make_plain
from assistant.rules.understand.sentences import clauses
from assistant.rules.values import FactsRefused

MOST_QUESTIONS = 4  # asked at once
_POINTS = re.compile(r"[几打得计评满总自\d]\s*分(?!之|类|期|公司|厂|析|配)|多少分|分数|评分|得分|积分")
# Who asks, not what it has.
_WHO = frozenset({"registered_place", "legal_form", "sector", "hnte_field", "project_ip", "biomed_business"})
_A_COMPANY = {"registered_place", "legal_form"}  # told together, a company tells of itself
_AT_LENGTH = 5  # clauses of a message that is more than a question of one point
_FEW = 2  # facts that do not describe a company yet
_BY_THE_WAY = 3  # things told in a question that may be about something else
MOST_FOR_SEVERAL = 6  # asked at once where several programmes are asked about


def qualify(run: Run, services: Services) -> Run:
    """Answer from the rules where a company is described; otherwise pass the run on with what was told."""
    rulebook = services.rulebook
    if rulebook is None:
        return run
    intent, before = intent_of(run, rulebook), run.profile
    if intent.aim is Aim.SEARCH:
        return replace(run, profile=_on_the_way(run, intent))
    if intent.aim is Aim.LIST:
        return _say(run, AnswerStatus.ANSWERED, _remembered(intent.profile, rulebook))
    if intent.aim is Aim.CLEAR:
        return _say(replace(run, profile=Profile()), AnswerStatus.ANSWERED, say("cleared"))
    profile = replace(intent.profile, facts=intent.reading.facts, supposed=intent.reading.supposed, asked=())
    profile = replace(profile, unclear=tuple(dict.fromkeys((*profile.unclear, *intent.reading.unclear))))
    profile = replace(profile, together=intent.together, proposed=intent.reading.proposed)
    profile = replace(profile, unplaced=intent.reading.unplaced)
    run = replace(run, profile=replace(profile, programme=intent.programme or profile.programme))
    try:
        if intent.aim is Aim.WHICH:
            return which(run, intent.reading, services, rulebook)
        programmes = intent.together or (intent.programme or "",)
        known, day, unclear = intent.reading.known(), intent.reading.day, run.profile.unclear if run.profile else ()
        judged = [judge(rulebook, name, known, day, unclear) for name in programmes]
    except FactsRefused as refused:
        return _refuse(run, intent, refused)
    if not all(_is_cited(one.verdict, services) for one in judged):
        return replace(run, profile=replace(run.profile, proposed=()))
    if _asks_in_passing(intent, before, judged, run) and is_elsewhere(
        run, [one.verdict.programme for one in judged], services
    ):
        return replace(run, profile=replace(before, facts=intent.reading.facts, proposed=()))
    answered = _answer(run, intent, judged, services)
    undecided = all(c.result is Result.UNKNOWN for one in judged for c in one.verdict.criteria)
    little = intent.narrow or undecided or words().asks.amount.search(run.question)
    if little and not (before.programme or before.facts) and _says_little(intent, judged, answered, rulebook):
        return replace(run, profile=replace(before, facts=intent.reading.facts, proposed=()))
    return answered


def _on_the_way(run: Run, intent: Intent) -> Profile:
    """What is known after a question for the search: what a company told of itself in it; what was proposed lapses."""
    tells = words().asks.self.search(in_words(run.question)) and not intent.reading.doubts
    return replace(run.profile, facts=intent.reading.facts if tells else run.profile.facts, proposed=())


def _asks_in_passing(intent: Intent, before: Profile, judged: Sequence[Judged], run: Run) -> bool:
    """Whether a first question tells only a few things by the way, the rules decide nothing by them, and what it asks
    in the end is not the programme itself."""
    decided = any(one.verdict.outcome is not Outcome.UNKNOWN for one in judged)
    if before.programme or before.facts or decided or _seen(judged):
        return False
    text = in_words(run.question)
    parts = [text[clause.start : clause.end] for clause in clauses(text)]
    asking = [part for part in parts if words().asks.asking.search(part)]
    if not asking or len(parts) > _AT_LENGTH or len(_things(intent.reading.told)) > _BY_THE_WAY:
        return False
    return not any(mention.programme == intent.programme for mention in mentions(asking[-1]))


def _things(told: Iterable[Said]) -> set[str]:
    """What is told, in the words of the message; words within other words tell no thing of their own."""
    words = {said.words for said in told}
    return {one for one in words if not any(one != other and one in other for other in words)}


def _says_little(intent: Intent, judged: Sequence[Judged], answered: Run, rulebook: Rulebook) -> bool:
    """Whether a question of one point tells too little for the rules to say more than the clause does."""
    answer = answered.answer
    if answer is None or any(verdict.verdict != Outcome.UNKNOWN for verdict in answer.verdicts):
        return False
    if any(benefit.text for one in judged for benefit in one.benefits):
        return False
    if not words().asks.asking.search(answer.question) or len(clauses(answer.question)) > _AT_LENGTH:
        return False
    told = {said.fact for said in intent.reading.told if said.values != ("none",)}
    if told >= _A_COMPANY:
        return False
    if any(settles(one.verdict, intent.reading, rulebook.facts, answer.question) for one in judged):
        return False
    telling = (told - _WHO) & facts_of(rulebook.programmes[intent.programme or ""], rulebook)
    how_much = answer.status is AnswerStatus.NEEDS_FACTS and words().asks.amount.search(answer.question)
    if not how_much and any(weighs(one.verdict, telling, rulebook.facts) for one in judged):
        return False
    things = _things(said for said in intent.reading.told if said.fact in told - _WHO)
    return (len(telling) <= 1 or (bool(how_much) and not _seen(judged))) and len(things) <= _FEW


def _seen(judged: Sequence[Judged]) -> bool:
    """Whether a value was told for which the rules know no answer: a year of which no standard was found."""
    return any(
        leaf.result is Result.UNKNOWN and leaf.id in unestablished(one.verdict) and leaf.value
        for one in judged
        for criterion in one.verdict.criteria
        for leaf in criterion.leaves()
    )


def _refuse(run: Run, intent: Intent, refused: FactsRefused) -> Run:
    """Nonsense is asked about, and not remembered."""
    wrong = {problem.fact for problem in refused.problems}
    kept = tuple(said for said in run.profile.facts if said.fact not in wrong or said in intent.profile.facts)
    problems = [problem.message for problem in refused.problems] + list(intent.reading.doubts)
    lines = "\n".join(f"- {problem}" for problem in problems)
    run = replace(run, profile=replace(run.profile, facts=kept, supposed=()))
    return _say(run, AnswerStatus.NEEDS_FACTS, f"{say('refused_lead')}{say('refused')}\n{lines}")


def _answer(run: Run, intent: Intent, judged: Sequence[Judged], services: Services) -> Run:
    """The verdict, or the verdicts one by one; what is missing is asked once for all."""
    assert services.rulebook
    judged = [_undecided_in_doubt(one, intent.reading, services.rulebook) for one in judged]
    scored = _POINTS.search(run.question) is not None
    focus = [
        focus_of(one.verdict.programme, intent.reading, one.company.catalogue, one.trials, scored=scored)
        or settles(one.verdict, intent.reading, one.company.catalogue, run.question)
        for one in judged
    ]
    asked = next_questions([one.verdict for one in judged], focus, run.profile.unclear)
    proposed = (*intent.reading.proposed, *_proposed(run, intent, judged, services))
    citations = Citations(services, run.as_of)
    each = [
        Told(
            judged=one,
            reading=intent.reading,
            focus=about,
            points=points_of(one.verdict, intent.reading, one.company.catalogue) if scored else (),
            narrow=intent.narrow and bool(about) and len(judged) == 1,
            citations=citations,
            windows=_windows(run, one.verdict, services),
            office=services.offices.get(one.verdict.programme.office),
            rest_claimed=lexicon().rest_is_fine.search(make_plain(run.question)) is not None,
            asked=asked,
            proposed=proposed,
            amount_first=words().asks.amount.search(run.question) is not None and any(b.text for b in one.benefits),
            needed=_needed(judged, services),
        )
        for one, about in zip(judged, focus, strict=True)
    ]
    text = compose(each[0]) if len(each) == 1 else compose_several(each)
    followups = (say("followup_next"), say("followup_which"), say("followup_list"))
    run = replace(
        run,
        citations=tuple(citations.made),
        verdicts=tuple(as_contract(one.verdict) for one in judged),
        handoff=next((told.office for told in each if told.office), None),
        followups=(say("followup_confirm"), *followups[:2]) if proposed else followups,
        profile=replace(run.profile, asked=asked, proposed=proposed),
    )
    return _say(run, _together([_status(told) for told in each]), text)


def _undecided_in_doubt(judged: Judged, reading: Reading, rulebook: Rulebook) -> Judged:
    """No company is eligible while a question about its facts is open on which the verdict can depend."""
    kinds = {rulebook.facts[name].type for name in deciding(judged.verdict.programme, rulebook)}
    doubts = [one for one in reading.doubts if one not in reading.loose or kinds & set(reading.loose[one])]
    if doubts and judged.verdict.outcome is Outcome.ELIGIBLE:
        return replace(judged, verdict=replace(judged.verdict, outcome=Outcome.UNKNOWN))
    return judged


def _proposed(run: Run, intent: Intent, judged: Sequence[Judged], services: Services) -> tuple[Said, ...]:
    """What the language model proposes of the facts that are open, those first that are missed most."""
    open_ones = [one for one in judged if one.verdict.outcome is Outcome.UNKNOWN]
    if not open_ones:
        return ()
    missing = [name for one in open_ones for name in one.verdict.missing]
    wanted = dict.fromkeys((*missing, *sorted(_needed(open_ones, services))))
    return propose(run, services, intent.reading, open_ones[0].company, tuple(wanted))


def _needed(judged: Sequence[Judged], services: Services) -> frozenset[str]:
    assert services.rulebook
    return frozenset[str]().union(*(facts_of(one.verdict.programme, services.rulebook) for one in judged))


def _windows(run: Run, verdict: Ruling, services: Services) -> tuple[Window, ...]:
    listed = [w for w in services.snapshot.side.calendar if w.programme in verdict.programme.windows]
    return tuple(window for window in listed if window.heading(run.as_of) is not Heading.PAST)


def next_questions(
    verdicts: Sequence[Ruling], focus: Sequence[tuple[str, ...]], unclear: tuple[str, ...]
) -> tuple[str, ...]:
    """What to ask next: what the criteria in question wait for, then what decides most; of several programmes by turns."""
    orders = [_in_order(verdict, about) for verdict, about in zip(verdicts, focus, strict=True)]
    names = dict.fromkeys(name for turn in zip_longest(*orders) for name in turn if name)
    most = MOST_QUESTIONS if len(verdicts) == 1 else MOST_FOR_SEVERAL
    return tuple(name for name in names if name not in unclear)[:most]


def _in_order(verdict: Ruling, focus: tuple[str, ...]) -> tuple[str, ...]:
    leaves = [leaf for criterion in verdict.criteria for leaf in criterion.leaves() if leaf.id in focus]
    first = [name for leaf in leaves for name in leaf.missing if name in verdict.missing]
    return tuple(dict.fromkeys((*first, *verdict.missing)))


def _status(told: Told) -> AnswerStatus:
    verdict = told.judged.verdict
    if told.amount_first or verdict.outcome is not Outcome.UNKNOWN:
        return AnswerStatus.ANSWERED
    if verdict.standing is not StandingState.IN_FORCE:
        return AnswerStatus.PARTIAL if verdict.failing() else AnswerStatus.UNKNOWN_FACT
    if _seen([told.judged]):
        return AnswerStatus.UNKNOWN_FACT
    leaves = [leaf for criterion in verdict.criteria for leaf in criterion.leaves()]
    focus = told.focus if told.narrow else ()
    if any(leaf.id in focus and (leaf.threshold or leaf.result is not Result.UNKNOWN) for leaf in leaves):
        return AnswerStatus.ANSWERED
    return AnswerStatus.NEEDS_FACTS if verdict.missing else AnswerStatus.UNKNOWN_FACT


def _together(found: Sequence[AnswerStatus]) -> AnswerStatus:
    """One status of several: where only some are answered, the answer is partial."""
    if len(set(found)) == 1:
        return found[0]
    return AnswerStatus.PARTIAL if AnswerStatus.ANSWERED in found else AnswerStatus.NEEDS_FACTS


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
