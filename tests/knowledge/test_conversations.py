"""Whole conversations on the shipped knowledge: the last answer judges the company as a careful reader would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import Field

from assistant.documents.strict_yaml import Schema, read_file
from assistant.rules.company import show_value
from assistant.rules.rulebook import load_rulebook

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

FOLDER = Path(__file__).with_name("conversations")


class Conversation(Schema):
    """Turns, and what the answer to the last one holds."""

    name: str
    turns: tuple[str, ...] = Field(min_length=1)
    programme: str | None = None
    verdict: str | None = None
    status: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)
    judged: bool = True


class ConversationFile(Schema):
    """A file of conversations, all on one day."""

    about: str
    as_of: date
    conversations: tuple[Conversation, ...]


FILES = [(path, read_file(path, ConversationFile)) for path in sorted(FOLDER.glob("*.yaml"))]
CASES = [(file.as_of, one) for _, file in FILES for one in file.conversations]


@pytest.mark.parametrize(("day", "talk"), CASES, ids=[f"{one.name}" for _, one in CASES])
def test_a_conversation_ends_in_the_right_answer(shipped: Assistant, day: date, talk: Conversation) -> None:
    answer = shipped.converse(talk.turns, as_of=day)
    if talk.status:
        assert answer.status in talk.status, answer.text
    for words in talk.says:
        assert words in answer.text
    if not talk.judged:
        assert not answer.verdicts
    if talk.programme:
        rulebook = load_rulebook(shipped.settings.library_dir / "rules")
        name = rulebook.programmes[talk.programme].name
        found = {verdict.programme: verdict for verdict in answer.verdicts}
        if talk.verdict or talk.fails or talk.passes or talk.unknowns:
            assert name in found, answer.text
            verdict = found[name]
            assert talk.verdict in (None, verdict.verdict), answer.text
            results = {criterion.id: criterion.result for criterion in verdict.criteria}
            assert {i: results.get(i) for i in talk.fails} == dict.fromkeys(talk.fails, "fail")
            assert {i: results.get(i) for i in talk.passes} == dict.fromkeys(talk.passes, "pass")
            assert {i: results.get(i) for i in talk.unknowns} == dict.fromkeys(talk.unknowns, "unknown")
        profile = answer.exchange.profile if answer.exchange else None
        known = {said.fact: said for said in profile.known()} if profile else {}
        for fact, value in talk.facts.items():
            assert show_value(rulebook.facts[fact], known[fact].values[0]).startswith(value)


def test_there_are_at_least_eighty_conversations() -> None:
    assert len(CASES) >= 80
