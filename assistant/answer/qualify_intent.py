"""Does a message ask whether a company qualifies, and for what? General questions are left to the search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from assistant.answer.model import Run
from assistant.answer.qualify_names import mentions, named, named_together, turned_to
from assistant.answer.qualify_words import in_words, words
from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.model import Profile, Reading, Said
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.understand.sentences import clauses
from assistant.rules.values import Value

_ENOUGH = 3  # facts that describe a company
_PLACE = "registered_place"
_QUESTION = re.compile(r"[?？]|[吗呢么]$|怎么|如何|什么|多少|哪(?!怕)")  # 前几年, 谁负责的 ask nothing
_MANY = 6  # facts told at once that ask to be judged whatever else is asked beside them
_SHORT = 12  # characters of a clause that asks about nothing else


class Aim(StrEnum):
    """What a message is after."""

    JUDGE = "judge"
    START = "start"
    WHICH = "which"
    LIST = "list"
    CLEAR = "clear"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is asked, of which programme (id), and what the message tells; `together`: several programmes, in order."""

    aim: Aim
    reading: Reading
    profile: Profile
    programme: str | None = None
    narrow: bool = False
    together: tuple[str, ...] = ()


def intent_of(run: Run, rulebook: Rulebook) -> Intent:
    """What a message asks of the rules; what asks nothing of them is for the search."""
    text, asks = in_words(run.question), words().asks
    profile = _starting_point(run, text)
    if asks.list.search(text):
        return Intent(Aim.LIST, _read(run, rulebook, profile, ()), profile)
    if asks.clear.search(text) and run.history and len(text) <= 20:
        return Intent(Aim.CLEAR, _read(run, rulebook, Profile(), ()), Profile())
    asked = turned_to(text, rulebook) if profile.programme else named(text, rulebook, strictly=True)
    states = not named(text, rulebook, strictly=True) or not (asks.asking.search(text) or asks.judge.search(text))
    carried = profile.programme or (_named_before(run, rulebook) if states else None)
    programme = asked or carried or named(text, rulebook)
    together = named_together(text, rulebook) or (() if asked else profile.together)
    reading = _read(run, rulebook, profile, together or tuple(filter(None, (programme,))))
    if asks.which.search(text) and len(reading.known()) >= _ENOUGH:
        return Intent(Aim.WHICH, reading, profile)
    if programme == carried != asked and not _goes_on(run, reading, text):
        programme = named(text, rulebook)
    programme = programme or _by_facts(reading, rulebook)
    search = Intent(Aim.SEARCH, reading, profile)
    if programme is None or (asks.whom.search(text) and profile.programme is None):
        return search
    if asked is None and carried is None and not _applies(reading, text):
        return search
    together = together if programme in together else ()
    programme = together[0] if together else programme
    needed = _needed(together or (programme,), rulebook)
    told = [said for said in reading.told if said.fact in needed]
    continued = run.profile.programme is None and asked is None and programme == carried
    if _asks_here(run, reading, told, text, continued=continued):
        narrow = _is_narrow(text) and _tells(reading) < _MANY
        return Intent(Aim.JUDGE, reading, profile, programme, narrow, together)
    if _asks_otherwise(reading, text) or not named(text, rulebook):
        return search
    known = any(said.fact in needed for said in profile.facts)
    turns = profile.programme is not None and asks.turn.search(text)
    if known and (asks.firm.search(text) or turns) and not asks.veto.search(text):
        return Intent(Aim.JUDGE, reading, profile, programme, together=together)
    if turns or (asked and _starts(reading, text, rulebook)) or (together and asks.side_by_side.search(text)):
        return Intent(Aim.JUDGE if profile.facts else Aim.START, reading, profile, programme, together=together)
    return search


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
    """The programme that was asked about last, else the last one that was named at all."""
    said = [in_words(turn.question) for turn in reversed(run.history)]
    found = [named(text, rulebook, strictly=strictly) for strictly in (True, False) for text in said]
    return next(filter(None, found), named("，".join(reversed(said)), rulebook))  # 小巨人 — 国家级那个


def _goes_on(run: Run, reading: Reading, text: str) -> bool:
    """Whether a message without a programme continues the conversation."""
    asks = words().asks
    follows = lexicon().supposed.search(text) or _corrects(text) or asks.back.search(text)
    anew = follows or _asks_again(run, text)
    return bool(run.history) and bool(reading.told or reading.settled or reading.unclear or anew)


def _asks_again(run: Run, text: str) -> bool:
    """Whether the open verdict is asked for once more, or something is said to it of which no fact is read."""
    asks = words().asks
    if not run.profile.programme:
        return False
    if asks.next_year.search(text) or asks.back.search(text) or asks.again.search(text):
        return True
    if run.profile.asked and asks.open.search(text) and not asks.other.search(text):  # what was asked is not known yet
        return True
    said = run.profile.asked or _corrects(text) or any(one.held for one in mentions(text))
    return bool(said) and not (_QUESTION.search(text) or asks.other.search(text))


def _by_facts(reading: Reading, rulebook: Rulebook) -> str | None:
    """The only programme that uses all that was told, if there is one."""
    told = {said.fact for said in reading.told}
    if not _figures(reading.told):
        return None
    fitting = [p.programme for p in rulebook.programmes.values() if told and told <= facts_of(p, rulebook)]
    return fitting[0] if len(fitting) == 1 else None


def _applies(reading: Reading, text: str) -> bool:
    """Whether a company that only says what it is already (我们是高企) may ask to be judged for that."""
    figures = _figures(reading.told)
    return figures > 1 or words().asks.apply.search(text) is not None or not mentions(text)


def _asks_here(run: Run, reading: Reading, told: list[Said], text: str, *, continued: bool) -> bool:
    """Whether a message is to be judged; `continued`: its programme was named before, and not judged yet."""
    asks, profile = words().asks, run.profile
    aside = reading.told and not asks.asking.search(text)  # a fact of no use to the programme continues the talk too
    answered = _tells_facts(told, text) or aside or reading.settled or (profile.asked and reading.unclear)
    if profile.programme and answered and not _asks_otherwise(reading, text):
        return True
    if profile.facts and _asks_again(run, text):
        return True
    if _describes(reading, told, text, continued=continued) and not _asks_otherwise(reading, text):
        return True
    if not told or asks.veto.search(text):
        return False
    figures = _figures(told) > 0
    asked = asks.judge.search(text) or asks.amount.search(text) or _corrects(text)
    if asks.other.search(text) and not asks.judge.search(text):
        return False
    if not asked and not (figures and asks.loose.search(text)):
        return False
    if asks.general.search(text) and not asks.self.search(text):
        return False
    described = asks.self.search(text) or len(clauses(text)) > 1
    return figures or bool(described and asks.firm.search(text))


def _tells_facts(told: list[Said], text: str) -> bool:
    """Whether any fact was told or supposed; the place of a question (松江有高企奖励吗) is none."""
    if not told or lexicon().supposed.search(text) or any(said.fact != _PLACE for said in told):
        return bool(told)
    return words().asks.self.search(text) is not None or not words().asks.asking.search(text)


def _describes(reading: Reading, told: list[Said], text: str, *, continued: bool) -> bool:
    """Whether a company tells so much of itself that it asks to be judged, in whatever words."""
    tells = _tells(reading)
    ourselves = words().asks.self.search(text) is not None
    if continued and reading.told:
        return tells > 1 or ourselves
    figures = _figures(told)
    if figures > 1 and not words().asks.veto.search(text) and (ourselves or not words().asks.asking.search(text)):
        return True
    return tells >= _ENOUGH and (ourselves or len(clauses(text)) > _ENOUGH)


def _tells(reading: Reading) -> int:
    """How many things a message tells, those among them that were not understood."""
    return len({said.words for said in reading.told}) + len(reading.doubts)


def _corrects(text: str) -> bool:
    return lexicon().corrects.search(text) is not None or words().asks.corrects.search(text) is not None


def _asks_otherwise(reading: Reading, text: str) -> bool:
    """Whether how, when or where is asked; beside facts only in a clause that asks (截止去年底 asks nothing)."""
    asks = words().asks
    if not reading.told:
        return asks.other.search(text) is not None
    if _tells(reading) >= _MANY:
        return False
    parts = [text[clause.start : clause.end] for clause in clauses(text)]
    return any(asks.other.search(part) and asks.asking.search(part) for part in parts)


def _starts(reading: Reading, text: str, rulebook: Rulebook) -> bool:
    """Whether a company asks about itself and a programme as a whole, with nothing told yet."""
    asks = words().asks
    if asks.veto.search(text) or (asks.amount.search(text) and not asks.judge.search(text)):
        return False
    if asks.ours.search(text):
        return True
    wants = asks.wants.search(text) and asks.self.search(text)
    if wants and (asks.judge.search(text) or asks.help.search(text) or reading.told or not asks.asking.search(text)):
        return True
    parts = [text[clause.start : clause.end] for clause in clauses(text)]
    return any(asks.start.search(part) and (len(part) <= _SHORT or named(part, rulebook)) for part in parts)


def _figures(told: Iterable[Said]) -> int:
    """How many facts with a figure or a day are told."""
    return sum(any(map(_is_figure, said.values)) for said in told)


def _is_figure(value: Value) -> bool:
    parts = value if isinstance(value, tuple) else (value,)
    return any(isinstance(part, Fraction | date) for part in parts)


def _is_narrow(text: str) -> bool:
    """Whether only a criterion is asked about, not the whole programme."""
    return words().asks.whole.search(text) is None
