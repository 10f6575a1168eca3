"""Does a message ask whether a company qualifies, and for what? General questions are left to the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from assistant.answer.model import Run
from assistant.answer.qualify_names import named, named_together
from assistant.answer.qualify_words import words
from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile, Reading, Said
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.understand.sentences import clauses, make_plain
from assistant.rules.values import Value

_ENOUGH_FOR_ALL = 3  # facts that describe a company: all programmes are looked at


class Aim(StrEnum):
    """What a message is after."""

    JUDGE = "judge"
    START = "start"
    WHICH = "which"
    LIST = "list"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is asked, of which programme (id), and what the message tells; `together`: several programmes, in order."""

    aim: Aim
    reading: Reading
    profile: Profile
    programme: str | None = None
    narrow: bool = False
    together: tuple[str, ...] = ()


def intent_of(run: Run, rulebook: Rulebook) -> Intent | None:
    """What a message asks of the rules; None: it is for the search."""
    text, asks = make_plain(run.question), words().asks
    profile = _starting_point(run, text)
    if asks.list.search(text):
        return Intent(Aim.LIST, _read(run, rulebook, profile, ()), profile)
    if asks.clear.search(text) and run.history and len(text) <= 20:
        return Intent(Aim.CLEAR, _read(run, rulebook, Profile(), ()), Profile())
    programme = named(text, rulebook)
    carried = profile.programme or _named_before(run, rulebook)
    together = named_together(text, rulebook) or (() if programme else profile.together)
    reading = _read(run, rulebook, profile, together or tuple(filter(None, (programme or carried,))))
    if asks.which.search(text) and len(reading.known()) >= _ENOUGH_FOR_ALL:
        return Intent(Aim.WHICH, reading, profile)
    programme = programme or (carried if _goes_on(run, reading, text) else None) or _by_facts(reading, rulebook)
    if programme is None:
        return None
    if together and (programme in together or programme is None):
        programme = together[0]
    else:
        together = ()
    needed = _needed(together or (programme,), rulebook)
    told = [said for said in reading.told if said.fact in needed]
    if _asks_here(run, reading, told, text):
        return Intent(Aim.JUDGE, reading, profile, programme, _is_narrow(text), together)
    known = any(said.fact in needed for said in profile.facts)
    if asks.other.search(text) or not named(text, rulebook):
        return None
    turns = profile.programme is not None and asks.turn.search(text)
    if known and (asks.firm.search(text) or turns) and not asks.veto.search(text):
        return Intent(Aim.JUDGE, reading, profile, programme, together=together)
    wants = asks.wants.search(text) and asks.self.search(text) and asks.judge.search(text)
    if asks.ours.search(text) or turns or wants or (together and asks.side_by_side.search(text)):
        return Intent(Aim.JUDGE if profile.facts else Aim.START, reading, profile, programme, together=together)
    return None


def _starting_point(run: Run, text: str) -> Profile:
    """What the conversation knows; 第一种情况 goes back to where its facts were first told."""
    if words().asks.back.search(text):
        first = next((turn.profile for turn in run.history if turn.profile and turn.profile.facts), None)
        if first:
            return replace(first, asked=())
    return run.profile


def _needed(programmes: tuple[str, ...], rulebook: Rulebook) -> frozenset[str]:
    return frozenset[str]().union(*(facts_of(rulebook.programmes[programme], rulebook) for programme in programmes))


def _read(run: Run, rulebook: Rulebook, profile: Profile, programmes: tuple[str, ...]) -> Reading:
    wanted = _needed(programmes, rulebook)
    context = run.history[-1].question if run.history else ""
    return read_facts(run.question, rulebook.facts, run.as_of, profile, wanted=wanted, context=context)


def _named_before(run: Run, rulebook: Rulebook) -> str | None:
    return named(make_plain(run.history[-1].standalone), rulebook) if run.history else None


def _goes_on(run: Run, reading: Reading, text: str) -> bool:
    """Whether a message without a programme continues the conversation."""
    asks = words().asks
    follows = lexicon().supposed.search(text) or lexicon().corrects.search(text) or asks.back.search(text)
    return bool(run.history) and bool(
        reading.told
        or reading.settled
        or reading.unclear
        or follows
        or (run.profile.programme and asks.next_year.search(text))
    )


def _by_facts(reading: Reading, rulebook: Rulebook) -> str | None:
    """The only programme that uses all that was told, if there is one."""
    told = {said.fact for said in reading.told}
    if not any(_is_figure(value) for said in reading.told for value in said.values):
        return None
    fitting = [p.programme for p in rulebook.programmes.values() if told and told <= facts_of(p, rulebook)]
    return fitting[0] if len(fitting) == 1 else None


def _asks_here(run: Run, reading: Reading, told: list[Said], text: str) -> bool:
    asks, profile = words().asks, run.profile
    if (
        profile.programme
        and (told or reading.settled or (profile.asked and reading.unclear))
        and not asks.other.search(text)
    ):
        return True
    if profile.programme and profile.facts and (asks.next_year.search(text) or asks.back.search(text)):
        return True
    if not told or (asks.veto.search(text) and len(told) < _ENOUGH_FOR_ALL):
        return False
    figures = any(_is_figure(value) for said in told for value in said.values)
    asked = asks.judge.search(text) or asks.amount.search(text) or lexicon().corrects.search(text)
    if asks.other.search(text) and not asks.judge.search(text):
        return False
    if not asked and not (figures and asks.loose.search(text)):
        return False
    if asks.general.search(text) and not asks.self.search(text):
        return False
    described = asks.self.search(text) or len(clauses(text)) > 1
    return figures or bool(described and asks.firm.search(text))


def _is_figure(value: Value) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(part, Fraction | date) for part in parts)


def _is_narrow(text: str) -> bool:
    """Whether only a criterion is asked about, not the whole programme."""
    return words().asks.whole.search(text) is None
