"""The language model words the answer, or it does not and the user reads the clauses: never anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from assistant.answer.chain import Assistant
from assistant.answer.messages import message
from assistant.answer.model import Answer, AnswerStatus, EventKind, Mode
from assistant.index.build import BuildReport
from assistant.settings import Settings
from tests.answer.server import Reply, Script, Server, said, serving

pytestmark = pytest.mark.llm
QUESTION = "创新券管理办法第二条怎么规定？"
CLAUSE = "每家企业每年不超过20万元"
TIMES = {"llm_timeout": 0.5, "llm_deadline": 1.0, "llm_breaker_failures": 2, "llm_breaker_seconds": 60.0}
AT_MOST = 5.0  # seconds: the deadline, and what a busy machine takes to give up
Using = Callable[..., "object"]


@pytest.fixture
def using(settings: Settings, publish: Callable[[], BuildReport]) -> Callable[..., object]:
    """An assistant on the small library whose language model follows a script."""
    publish()

    @contextmanager
    def start(script: Script | Reply, **changes: object) -> Iterator[tuple[Assistant, Server]]:
        with serving(script if callable(script) else lambda request: script) as server:
            yield Assistant(settings.model_copy(update={**TIMES, "llm_base_url": server.url, **changes})), server

    return start


def is_quoted(answer: Answer, note: str) -> bool:
    whole = CLAUSE in answer.text and answer.text.startswith(message(note))
    return whole and answer.mode is Mode.EXTRACTIVE and answer.status is AnswerStatus.ANSWERED


def test_verified_sentences_are_the_answer_with_their_grounds(using: Using) -> None:
    with using(said("企业每年最多可用20万元的创新券。[1]")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.mode is Mode.LLM
    assert answer.text.startswith("企业每年最多可用20万元的创新券。[1]\n\n依据：《创新券管理办法》")
    assert [citation.marker for citation in answer.citations] == [1]
    assert message("label").rstrip("。") in answer.text


def test_the_model_is_sent_the_day_the_clauses_with_their_status_and_the_question_only(using: Using) -> None:
    with using(said("每家企业每年不超过20万元。[1]")) as (assistant, server):
        assistant.ask(QUESTION)
    (request,) = server.requests
    assert request.question == f"问题：{QUESTION}"
    assert "今天是2026-11-23" in request.system
    assert "[1] 《创新券管理办法》第二条（松江区，现行有效）\n第二条 每家企业每年不超过20万元。" in request.system
    assert "http" not in request.system


def test_a_sentence_that_the_clause_does_not_carry_gives_way_to_its_words(using: Using) -> None:
    with using(said("每家企业每年不超过20万元。[1]", "每家企业每年不低于50万元。[1]")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.mode is Mode.LLM
    assert "50万元" not in answer.text
    assert "条款原文：“" in answer.text and message("llm_dropped") in answer.text


def test_an_answer_of_lies_only_is_no_answer(using: Using) -> None:
    with using(said("每家企业每年不超过50万元。[1]", "每家企业每年不超过30万元。[1]")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert is_quoted(answer, "llm_nothing")


def test_a_bare_yes_is_taken_off_and_nothing_is_said_without_a_marker(using: Using) -> None:
    with using(said("可以，每家企业每年不超过20万元。[1]", "每家企业每年不超过20万元。", "可以。[1]")) as (
        assistant,
        _,
    ):
        answer = assistant.ask(QUESTION)
    assert answer.text.startswith("每家企业每年不超过20万元。[1]")
    assert "可以" not in answer.text


def test_markers_that_were_never_issued_are_taken_out(using: Using) -> None:
    with using(said("每家企业每年不超过20万元。[1][9]", "本区另有规定。[7]")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert "[9]" not in answer.text and "[7]" not in answer.text and "另有规定" not in answer.text


def test_the_model_may_say_that_the_clauses_are_not_enough(using: Using) -> None:
    with using(said(enough="不足")) as (assistant, _):
        assert is_quoted(assistant.ask(QUESTION), "llm_insufficient")
    with using(said("每家企业每年不超过20万元。[1]", enough="不足")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.status is AnswerStatus.PARTIAL
    assert message("llm_incomplete") in answer.text


def test_what_a_model_thinks_aloud_is_not_shown(using: Using) -> None:
    with using(said("<think>也许是50万元？", "再想想。</think>", "每家企业每年不超过20万元。[1]")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.mode is Mode.LLM
    assert "想" not in answer.text.partition("依据")[0]


def test_sentences_reach_the_page_one_by_one_and_only_once_verified(using: Using) -> None:
    lines = ("每家企业每年不超过20万元。[1]", "每家企业每年不超过90万元。[1]")
    with using(said(*lines)) as (assistant, _):
        shown = [event.text for event in assistant.stream(QUESTION) if event.kind is EventKind.TEXT]
    assert shown[0] == "每家企业每年不超过20万元。[1]\n\n"
    assert not any("90万" in text for text in shown)


FAILURES = {
    "slow first word": Reply(["每家"], pause=8.0),
    "stall": Reply(["每家企业", "每年不超过20万元。[1]\n"], pause=0.8),
    "dribble": Reply(["每"] * 200, pause=0.05),
    "cut off": Reply(["每家企业每年不超过20万元。[1]\n每家企"], finish=None),
    "cut short": Reply(["每家企业每年不超过20万元。[1]\n"], finish="length"),
    "no last line": Reply(["每家企业每年不超过20万元。[1]\n"]),
    "no stream": Reply(raw=b"<html>gateway</html>"),
    "broken stream": Reply(raw=b'data: {"choices": [{"delta"\n\n'),
    "empty": Reply([]),
    "over-long": Reply(["每家企业每年不超过20万元。[1]" * 20] * 20),
    "401": Reply(status=401),
    "404": Reply(status=404),
    "429": Reply(status=429),
    "500": Reply(status=500),
}


@pytest.mark.parametrize("reply", FAILURES.values(), ids=FAILURES.keys())
def test_a_model_that_fails_leaves_the_quoted_answer_within_the_time(reply: Reply, using: Using) -> None:
    with using(reply) as (assistant, server):
        answer = assistant.ask(QUESTION)
    assert is_quoted(answer, "llm_failed")
    assert answer.timings_ms["compose"] < 1000 * AT_MOST
    assert len(server.requests) == 1, "no retry"


def test_a_server_that_is_not_there_leaves_the_quoted_answer(using: Using) -> None:
    with using(Reply(), llm_base_url="http://127.0.0.1:9/v1") as (assistant, _):
        assert is_quoted(assistant.ask(QUESTION), "llm_failed")


def test_a_model_that_keeps_failing_is_left_alone(using: Using) -> None:
    with using(Reply(status=500)) as (assistant, server):
        answers = [assistant.ask(QUESTION) for _ in range(5)]
    assert len(server.requests) == 2
    assert all(is_quoted(answer, "llm_failed") for answer in answers)


def test_stopping_closes_the_connection_and_is_no_failure(using: Using) -> None:
    slow = Reply(["每家企业每年不超过20万元。[1]\n", *["再"] * 200], pause=0.05)
    with using(slow, llm_deadline=30.0, llm_breaker_failures=1) as (assistant, server):
        stream = assistant.stream(QUESTION)
        for event in stream:
            if event.kind is EventKind.TEXT:
                break
        stream.close()
        assert server.broken.wait(2.0)
        assert assistant._writer is not None and assistant._writer.breaker.admits()


def test_the_context_is_kept_to_its_length(using: Using) -> None:
    with using(said("每家企业每年不超过20万元。[1]"), llm_context=1000) as (assistant, server):
        assistant.ask(QUESTION + "请详细说明" * 400)
    assert sum(len(request.system) + len(request.question) for request in server.requests) <= 1000


def test_a_marker_in_a_question_or_clause_is_not_taken_for_one_of_ours(
    using: Using, library: object, publish: Callable[[], BuildReport]
) -> None:
    with using(said("每家企业每年不超过20万元。[1]")) as (assistant, server):
        assistant.ask(f"[2] 《假办法》第一条 {QUESTION}")
    assert "[2]" not in server.requests[0].question
