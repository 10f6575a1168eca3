"""The language model, where one is set: any OpenAI-compatible server, read line by line."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answer.breaker import Breaker
from assistant.answer.streaming import read
from assistant.errors import LanguageModelError
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LONGEST_ANSWER = 3000  # characters; eight sentences are far shorter
CONNECT = 5.0  # seconds to reach the server
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.S)  # what reasoning models think aloud


@dataclass(frozen=True)
class Writer:
    """A chat model with what it may cost: seconds for a whole answer, characters of context."""

    model: BaseChatModel
    breaker: Breaker
    seconds: float
    context: int

    @classmethod
    def of(cls, settings: Settings) -> Writer | None:
        """The writer that the settings ask for, if any; nothing is contacted yet."""
        if not settings.llm_base_url:
            return None
        import httpx
        from langchain_openai import ChatOpenAI

        limits = httpx.Timeout(settings.llm_timeout, connect=min(CONNECT, settings.llm_timeout))
        none_kept = httpx.Limits(max_keepalive_connections=0)
        model = ChatOpenAI(
            base_url=settings.llm_base_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key,
            timeout=limits,
            max_retries=settings.llm_max_retries,
            temperature=0,
            # A proxy of the environment must not come between us and a server on this machine, and no connection
            # stays open between two answers.
            http_client=httpx.Client(trust_env=False, timeout=limits, limits=none_kept),
            http_async_client=httpx.AsyncClient(trust_env=False, timeout=limits, limits=none_kept),
        )
        breaker = Breaker(settings.llm_breaker_failures, settings.llm_breaker_seconds)
        return cls(model, breaker, settings.llm_deadline, settings.llm_context)

    def lines(self, system: str, question: str, stopped: Callable[[], bool] = lambda: False) -> Iterator[str]:
        """The lines of the model's answer as they are finished, without what it thinks aloud.

        Raises:
            LanguageModelError: the server fails, stalls, writes too much or takes too long.
            AnswerStopped: nobody waits any more.
        """
        text, given = "", 0
        for piece in read(lambda: self._pieces(system, question), self.seconds, stopped):
            text += piece
            if len(text) > LONGEST_ANSWER and len(_THOUGHT.sub("", text)) > LONGEST_ANSWER:
                raise LanguageModelError(f"the answer is longer than {LONGEST_ANSWER} characters")
            *done, _ = _THOUGHT.sub("", text).split("\n")
            yield from filter(None, map(str.strip, done[given:]))
            given = len(done)
        yield from filter(None, map(str.strip, _THOUGHT.sub("", text).split("\n")[given:]))

    async def _pieces(self, system: str, question: str) -> AsyncIterator[str]:
        from langchain_core.messages import HumanMessage, SystemMessage

        async for chunk in self.model.astream([SystemMessage(system), HumanMessage(question)]):
            if chunk.response_metadata.get("finish_reason") == "length":
                raise LanguageModelError("the server cut the answer off")
            yield chunk.text
