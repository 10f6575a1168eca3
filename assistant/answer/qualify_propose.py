"""Facts that a language model finds in a message where the rules found none: checked, then shown to be confirmed.

It never decides and never replaces what the rules read: a proposed fact counts only once the company has confirmed it.
A model that fails, lies or is slow proposes nothing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from assistant.answer.language_model import Writer
from assistant.answer.model import Run
from assistant.answer.services import Services
from assistant.answer.streaming import AnswerStopped
from assistant.errors import LanguageModelError
from assistant.rules.company import Company, read_company
from assistant.rules.facts import Fact, FactCatalogue, FactKind
from assistant.rules.understand.answers import takes
from assistant.rules.understand.days import find_days, find_years
from assistant.rules.understand.figures import find_figures
from assistant.rules.understand.model import Reading, Said
from assistant.rules.understand.plain import make_plain
from assistant.rules.values import FactsRefused, Value, read_values

log = logging.getLogger(__name__)
MOST = 5  # facts proposed at once
SECONDS = 10.0  # for a whole proposal; the verdict waits for it
SHORTEST = 6  # characters of a message in which something can be found
_QUOTE = range(2, 41)  # characters of the words that carry a fact
_LINE = re.compile(r"^([a-z0-9_]+)\s*[|｜]\s*([^|｜]+?)\s*[|｜]\s*([^|｜]+)$")
_LAST = "结束"
_UNSAFE = re.compile(r"[<>\[\]{}`*_#\\]|https?:")  # what has no place in words that are shown again
_FLAGS: dict[str, object] = {"是": True, "否": False}


@cache
def _template() -> str:
    return Path(__file__).with_name("prompts").joinpath("facts.txt").read_text(encoding="utf-8")


def propose(
    run: Run, services: Services, reading: Reading, company: Company, wanted: Sequence[str]
) -> tuple[Said, ...]:
    """The facts among `wanted` that the model finds in the message and that the checks let pass."""
    writer = services.writer
    offered = _offered(company, reading, wanted)
    if writer is None or not offered or len(run.question.strip()) < SHORTEST or not writer.breaker.admits():
        return ()
    text = make_plain(run.question)
    kept: list[Said] = []
    for line in _lines(writer, run, list(offered.values())):
        said = _checked(line, offered, text, reading, company.as_of)
        if said and said.fact not in {one.fact for one in kept} and _fits(said, kept, company):
            kept.append(said)
    return tuple(kept[:MOST])


def _offered(company: Company, reading: Reading, wanted: Sequence[str]) -> dict[str, Fact]:
    held = {said.fact for said in (*reading.known(), *reading.proposed)}
    open_facts = (company.catalogue[name] for name in wanted if name not in held and company.value(name) is None)
    return {fact.id: fact for fact in open_facts}


def _lines(writer: Writer, run: Run, offered: list[Fact]) -> list[str]:
    """The lines of the model's answer; none where it fails, is cut off or takes too long."""
    room = writer.context - len(_template()) - len(run.question)
    listed: list[str] = []
    for fact in offered:
        line = _described(fact)
        room -= len(line) + 1
        if room < 0:
            break
        listed.append(line)
    system = _template().replace("{day}", run.as_of.isoformat()).replace("{facts}", "\n".join(listed))
    hurried = replace(writer, seconds=min(writer.seconds, SECONDS))
    try:
        lines = list(hurried.lines(system, f"企业的话：{run.question}", run.stopped))
    except LanguageModelError as error:
        if not isinstance(error, AnswerStopped):
            writer.breaker.failed()
            log.warning("language model failed to propose facts: %s", error)
        return []
    writer.breaker.succeeded()
    return lines[:-1] if lines and lines[-1] == _LAST else []


def _described(fact: Fact) -> str:
    if fact.options:
        ways = "、".join(f"{option.id}={option.label}" for option in fact.options)
    else:
        ways = {FactKind.FLAG: "是或者否", FactKind.DATE: "日期"}.get(fact.type, fact.measure or "数")
    return f"{fact.id}：{fact.label}，{ways}"


def _checked(line: str, offered: dict[str, Fact], text: str, reading: Reading, day: date) -> Said | None:
    """The fact of a line if it is one that was asked for, can be, and stands in the words of the message."""
    match = _LINE.match(line.strip())
    fact = offered.get(match[1]) if match else None
    if match is None or fact is None:
        return None
    quote = make_plain(match[3]).strip("，。；:“”\"' ")
    if len(quote) not in _QUOTE or quote not in text or _UNSAFE.search(quote):
        return None
    try:
        value = _value(fact, match[2], day)
    except (FactsRefused, ValueError):
        return None
    values = next(_borne_out(fact, value, quote, day), None)
    taken = [said.words for said in reading.told if said.words and re.search(r"\d", said.words)]
    if values is None or (not isinstance(value, bool | str) and any(words in quote for words in taken)):
        return None
    return Said(fact.id, values, quote)


def _value(fact: Fact, said: str, day: date) -> Value:
    raw: object = _FLAGS.get(said, said) if fact.type is FactKind.FLAG else said
    return read_values({fact.id: raw}, FactCatalogue(facts=(fact,)), day)[fact.id]


def _borne_out(fact: Fact, value: Value, quote: str, day: date) -> Iterator[tuple[Value, ...]]:
    """The values as the quoted words tell them; nothing where they do not tell this figure or this day."""
    if isinstance(value, date):
        for found in (*find_days(quote, day), *find_years(quote, day)):
            if found.first <= value <= found.last:
                yield found.values
    elif isinstance(value, Fraction):
        for figure in find_figures(quote):
            if takes(fact, figure) and figure.low <= value <= figure.high:
                yield figure.values
    elif isinstance(value, tuple) and value and isinstance(value[0], Fraction):
        figures = [figure for figure in find_figures(quote) if takes(fact, figure)]
        if len(value) == 1 and [figure.low for figure in figures if figure.low == figure.high] == list(value):
            yield (value,)
    else:
        yield (value,)


def _fits(said: Said, kept: list[Said], company: Company) -> bool:
    """Whether the company could be as it was told with the fact, and with those proposed before it."""
    more = {one.fact: one.values[0] for one in (*kept, said)}
    try:
        read_company({**company.given, **more}, company.catalogue, company.as_of)
    except FactsRefused:
        return False
    return True
