"""One turn of a conversation, as a sequence of views for the page to show."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.answer.messages import message
from assistant.answer.model import Answer, EventKind, Exchange
from assistant.web.record import record
from assistant.web.render import (
    answer_markdown,
    harmless_markdown,
    stopped_markdown,
    user_markdown,
    working_markdown,
)
from assistant.web.texts import texts

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

log = logging.getLogger(__name__)
Messages = list[dict[str, Any]]  # as gradio's Chatbot takes them

LONGEST = 20_000  # characters of a message; a pasted notice fits, a pasted book does not
PACE = 0.1  # seconds between two views of the same answer: every view sends the conversation again


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a session remembers: the turns as the chain needs them, and as the user may take them away."""

    exchanges: tuple[Exchange, ...] = ()
    records: tuple[str, ...] = ()

    def after(self, answer: Answer) -> Conversation:
        """With one more turn."""
        exchanges = (*self.exchanges, answer.exchange) if answer.exchange else self.exchanges
        return Conversation(exchanges, (*self.records, record(answer)))


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows at one moment of a turn; `answer` is set when the turn is over."""

    messages: Messages
    conversation: Conversation
    busy: bool = True
    answer: Answer | None = None


def respond(assistant: Assistant, question: str, messages: Messages, conversation: Conversation) -> Iterator[View]:
    """Answer a question; whatever goes wrong is logged and told in a fixed sentence."""
    asked = [{"role": "user", "content": user_markdown(question[:LONGEST])}] if question.strip() else []
    turn = [*messages, *asked]
    if len(question) > LONGEST:
        yield View(_with(turn, texts().too_long.format(most=LONGEST)), conversation, busy=False)
        return
    yield View(_with(turn, working_markdown(texts().working)), conversation)
    try:
        yield from _narrate(assistant, question, turn, conversation)
    except Exception:  # the door: logged whole, the user reads a fixed sentence
        log.exception("a question could not be shown")
        yield View(_with(turn, message("error_internal")), conversation, busy=False)


def _narrate(assistant: Assistant, question: str, turn: Messages, conversation: Conversation) -> Iterator[View]:
    text, step, shown_at = "", "", 0.0
    for event in assistant.stream(question, conversation.exchanges):
        if event.kind is EventKind.STATUS:
            step = event.text
        elif event.kind is EventKind.TEXT:
            text += event.text
        elif event.kind is EventKind.REPLACE:
            text = event.text
        elif event.answer is not None:
            content = answer_markdown(event.answer, number=len(conversation.records))
            yield View(_with(turn, content), conversation.after(event.answer), busy=False, answer=event.answer)
            return
        if time.monotonic() - shown_at >= PACE:
            content = harmless_markdown(text) if text else working_markdown(step)
            yield View(_with(turn, content), conversation)
            shown_at = time.monotonic()


def stopped(messages: Messages) -> Messages:
    """The conversation after the user stopped the answer that was being made."""
    if not messages or messages[-1]["role"] != "assistant":
        return messages
    return _with(messages[:-1], stopped_markdown(_text(messages[-1]["content"])))


def _with(turn: Sequence[dict[str, Any]], content: str) -> Messages:
    return [*turn, {"role": "assistant", "content": content}]


def _text(content: str | list[dict[str, str]]) -> str:
    """A message's text, also in the parts into which gradio takes it apart."""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
