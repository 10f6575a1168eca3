"""A turn of the conversation, seen as the page sees it."""

from __future__ import annotations

import logging

import pytest

from assistant.answer.messages import message
from assistant.web.talk import LONGEST, Conversation, respond, stopped
from assistant.web.texts import texts
from tests.web.stand_in import StandIn, answer, citation

SAID = answer("每年不超过20万元。[1]", citation(), followups=("怎么申领？",))


def last(messages: list[dict[str, str]]) -> str:
    return messages[-1]["content"]


def test_something_is_shown_before_the_assistant_is_asked() -> None:
    stand_in = StandIn(SAID)
    first = next(respond(stand_in, "券能领多少？", [], Conversation()))  # type: ignore[arg-type]
    assert first.messages[0] == {"role": "user", "content": "券能领多少？"}
    assert texts().working in last(first.messages) and first.busy
    assert stand_in.heard == []


def test_the_answer_grows_and_ends_with_its_links() -> None:
    stand_in = StandIn(SAID, pieces=("每年", "不超过20万元。"), pause=0.11)
    views = list(respond(stand_in, "券能领多少？", [], Conversation()))  # type: ignore[arg-type]
    texts_shown = [last(view.messages) for view in views]
    assert "每年" in texts_shown and "每年不超过20万元。" in texts_shown
    assert "#cite-" in texts_shown[-1]
    assert [view.busy for view in views] == [True] * (len(views) - 1) + [False]


def test_pieces_that_come_fast_are_shown_together() -> None:
    views = list(respond(StandIn(SAID, pieces=("字",) * 500), "券？", [], Conversation()))  # type: ignore[arg-type]
    assert len(views) < 10


def test_html_in_a_piece_is_harmless_before_the_answer_is_whole() -> None:
    stand_in = StandIn(SAID, pieces=("<img src=x>", "。"), pause=0.11)
    shown = [last(view.messages) for view in respond(stand_in, "券？", [], Conversation())]  # type: ignore[arg-type]
    assert not [text for text in shown if "<img" in text]


def test_the_next_turn_knows_the_one_before() -> None:
    stand_in = StandIn(SAID)
    *_, done = respond(stand_in, "券能领多少？", [], Conversation())  # type: ignore[arg-type]
    *_, again = respond(stand_in, "那团队呢？", done.messages, done.conversation)  # type: ignore[arg-type]
    assert [exchange.question for exchange in stand_in.heard[1][1]] == ["券能领多少？"]
    assert len(again.messages) == 4 and len(again.conversation.records) == 2


def test_a_fault_is_logged_and_told_in_the_fixed_sentence(caplog: pytest.LogCaptureFixture) -> None:
    stand_in = StandIn(SAID, fault=RuntimeError("secret path"))
    with caplog.at_level(logging.ERROR):
        *_, done = respond(stand_in, "券？", [], Conversation())  # type: ignore[arg-type]
    assert last(done.messages) == message("error_internal") and not done.busy
    assert "secret path" in caplog.text


def test_a_message_that_is_too_long_is_refused_without_asking() -> None:
    stand_in = StandIn(SAID)
    (view,) = respond(stand_in, "长" * (LONGEST + 1), [], Conversation())  # type: ignore[arg-type]
    assert str(LONGEST) in last(view.messages) and stand_in.heard == []


def test_an_empty_message_leaves_no_bubble() -> None:
    *_, done = respond(StandIn(SAID), "  \n", [], Conversation())  # type: ignore[arg-type]
    assert [entry["role"] for entry in done.messages] == ["assistant"]


def test_stopping_marks_the_answer_that_was_being_made_also_in_gradios_form() -> None:
    parts = [{"type": "text", "text": "前半句"}]
    halted = stopped([{"role": "user", "content": "问"}, {"role": "assistant", "content": parts}])
    assert last(halted).startswith("前半句") and texts().stopped in last(halted)
    assert stopped([]) == []
