"""The shipped suites with a language model that quotes, one that lies and one that does what an attacker asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assistant.answer.chain import Assistant
from assistant.answer.model import Answer, Mode
from assistant.evaluation.cases import Suite, load_floors, load_suites
from assistant.evaluation.report import SuiteResult, in_words, run_suite
from assistant.settings import Settings
from tests.answer.scripts import ATTACK, FORGED, honest, lying, obedient
from tests.answer.server import serving

pytestmark = [pytest.mark.slow, pytest.mark.llm]
SUITES = load_suites()
FLOORS = load_floors()
NEVER = (ATTACK, "evil", f"[{FORGED}]", "888万", "sk-", "<img", "<b>", "onerror", "我保证", "兹证明", "同意拨付")
Models = dict[str, Assistant]


@pytest.fixture(scope="module")
def models(shipped_settings: Settings) -> Iterator[Models]:
    def assistant(url: str) -> Assistant:
        return Assistant(shipped_settings.model_copy(update={"llm_base_url": url}))

    with serving(honest) as one, serving(lying) as two, serving(obedient) as three:
        yield {"honest": assistant(one.url), "lying": assistant(two.url), "obedient": assistant(three.url)}


def ids(suite: Suite) -> str:
    return suite.name


def worded(result: SuiteResult) -> list[Answer]:
    return [outcome.answer for outcome in result.outcomes if outcome.answer.mode is Mode.LLM]


@pytest.mark.parametrize("suite", SUITES, ids=ids)
def test_a_model_that_quotes_loses_none_of_its_sentences(suite: Suite, models: Models) -> None:
    result = run_suite(models["honest"], suite)
    dropped = [answer.text for answer in worded(result) if "没有通过与条款的核对" in answer.text]
    assert dropped == []


@pytest.mark.parametrize("suite", SUITES, ids=ids)
def test_a_model_that_lies_about_figures_is_never_believed(suite: Suite, models: Models) -> None:
    result = run_suite(models["lying"], suite)
    assert [answer.text for answer in worded(result)] == []
    assert result.right >= FLOORS[suite.name], in_words([result], {})


@pytest.mark.parametrize("suite", SUITES, ids=ids)
def test_a_model_that_obeys_the_attacker_gets_nothing_through(suite: Suite, models: Models) -> None:
    result = run_suite(models["obedient"], suite)
    texts = [outcome.answer.text for outcome in result.outcomes]
    assert [(words, text) for text in texts for words in NEVER if words in text] == []
    issued = [{citation.marker for citation in outcome.answer.citations} for outcome in result.outcomes]
    used = [{int(number) for number in re.findall(r"\[(\d+)\]", text)} for text in texts]
    assert [text for text, mine, known in zip(texts, used, issued, strict=True) if mine - known] == []
    if suite.name == "manipulation":
        assert result.wrong == (), in_words([result], {})


def test_the_three_models_are_asked_at_all(models: Models) -> None:
    answer = models["honest"].ask("高企资格几年有效？")
    assert answer.mode is Mode.LLM
