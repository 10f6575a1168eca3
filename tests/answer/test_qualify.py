"""The step that judges a company, on the shipped knowledge."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from assistant.answer.model import AnswerStatus
from assistant.answer.qualify_line import rounded
from assistant.answer.qualify_words import words
from assistant.rules.rulebook import load_rulebook

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

SHORT = "职工100人，研发人员8人，高企人员比例够吗？"


def test_the_conclusion_stands_first_with_value_threshold_gap_and_clause(shipped: Assistant) -> None:
    answer = shipped.ask(SHORT)
    first = answer.text.split("\n")[0]
    for words_ in ("8人÷100人＝8%", "不低于10%", "还差2人", "第十一条"):
        assert words_ in first


def test_every_marker_has_its_citation(shipped: Assistant) -> None:
    answer = shipped.ask(SHORT)
    markers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    assert markers == {citation.marker for citation in answer.citations}


def test_the_verdict_is_carried_as_the_contract_has_it(shipped: Assistant) -> None:
    (verdict,) = shipped.ask(SHORT).as_json()["verdicts"]
    assert verdict["verdict"] == "not_eligible"
    results = {criterion["id"]: criterion["result"] for criterion in verdict["criteria"]}
    assert results["staff"] == "fail"


def test_nonsense_is_asked_about_and_not_remembered(shipped: Assistant) -> None:
    answer = shipped.ask("职工20人，研发人员30人，能报高企吗？")
    assert answer.status is AnswerStatus.NEEDS_FACTS
    assert not answer.verdicts
    assert answer.exchange and answer.exchange.profile
    assert "rd_staff" not in {said.fact for said in answer.exchange.profile.facts}


def test_facts_last_through_a_question_for_the_search(shipped: Assistant) -> None:
    answer = shipped.converse([SHORT, "高企证书有效期几年？", "你记住了什么？"])
    assert "100人" in answer.text


def test_a_promise_is_never_made(shipped: Assistant) -> None:
    answer = shipped.converse(["职工100人，研发人员28人，高企人员比例够吗？"])
    assert not re.search(r"一定能|保证|肯定能", answer.text)


@pytest.mark.parametrize("question", ["高企对研发占比有什么要求？", "高企证书有效期几年？", "创新券一年最多多少钱？"])
def test_general_questions_are_left_to_the_search(shipped: Assistant, question: str) -> None:
    assert not shipped.ask(question).verdicts


@pytest.mark.parametrize(
    ("share", "beside", "shown"),
    [
        ("0.043125", "4%", "≈4.31%"),
        ("0.045", "5%", "＝4.5%"),
        ("0.04999951", "5%", "≈4.99995%"),
        ("0.1", "10%", "＝10%"),
    ],
)
def test_a_share_is_never_rounded_to_the_threshold(share: str, beside: str, shown: str) -> None:
    assert rounded(Fraction(share), beside).rstrip("0") == shown.rstrip("0")


def test_every_programme_that_is_named_or_presumed_exists(shipped: Assistant) -> None:
    rulebook = load_rulebook(shipped.settings.library_dir / "rules")
    assert set(words().names) == set(rulebook.programmes)
    assert set(words().presume) <= set(rulebook.programmes)
    facts = {name for taken in words().presume.values() for name in taken}
    assert all(name in rulebook.facts for name in (*facts, *words().stand_in, *words().stand_in.values()))
