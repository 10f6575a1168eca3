"""The language model, where one is set: it words the answer from the clauses found, and nothing else.

Every sentence is verified before it is shown. When the model fails, says nothing that holds, or finds the clauses
wanting, the quoted answer stands and the user is told.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer.messages import message
from assistant.answer.model import Event, EventKind, Mode, Run, Statement
from assistant.answer.services import Services
from assistant.errors import LanguageModelError
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)
_MARKERS = re.compile(r"\[(\d+)\]")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n](?:\s*\[\d+\])*")
INSUFFICIENT = "条款不足以回答"
LONGEST_ANSWER = 3000  # characters after which the model is cut off


@dataclass(frozen=True)
class Writer:
    """Writes an answer sentence by sentence with a chat model."""

    model: BaseChatModel
    deadline: float  # seconds for a whole answer

    @classmethod
    def of(cls, settings: Settings) -> Writer | None:
        """The writer that the settings ask for, if any; nothing is contacted yet."""
        if not settings.llm_base_url:
            return None
        import httpx
        from langchain_openai import ChatOpenAI

        model = ChatOpenAI(
            base_url=settings.llm_base_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key,
            timeout=settings.llm_timeout,
            max_retries=settings.llm_max_retries,
            temperature=0,
            http_client=httpx.Client(trust_env=False, timeout=settings.llm_timeout),
        )
        return cls(model, deadline=3 * settings.llm_timeout)

    def sentences(self, question: str, clauses: str) -> Iterator[str]:
        """The model's sentences as they are finished.

        Raises:
            LanguageModelError: the server fails, stalls or never ends.
        """
        from langchain_core.messages import HumanMessage, SystemMessage

        prompt = Path(__file__).with_name("prompts") / "answer.txt"
        system = prompt.read_text(encoding="utf-8").replace("{clauses}", clauses)
        buffer, total, started = "", 0, time.monotonic()
        try:
            for chunk in self.model.stream([SystemMessage(system), HumanMessage(question)]):
                buffer += chunk.text
                total += len(chunk.text)
                if total > LONGEST_ANSWER or time.monotonic() - started > self.deadline:
                    raise LanguageModelError("the answer never ended")
                while (match := _SENTENCE.match(buffer)) and match.end() < len(buffer):
                    yield match.group().strip()
                    buffer = buffer[match.end() :]
        except LanguageModelError:
            raise
        except Exception as error:  # the client raises many kinds; all mean the same here
            raise LanguageModelError(f"{type(error).__name__}: {error}") from error
        if buffer.strip():
            yield buffer.strip()


def write(run: Run, services: Services) -> Run:
    """Replace the quoted statements by the model's verified sentences; keep them when it fails."""
    from assistant.answer.verify import supported

    assert services.writer is not None
    kept: list[Statement] = []
    dropped = 0
    try:
        for sentence in services.writer.sentences(run.standalone, _numbered(run)):
            statement = _statement(sentence, run)
            if INSUFFICIENT in sentence:
                return run
            if statement is None or not supported(statement, run):
                dropped += 1
                continue
            kept.append(statement)
            run.emit(Event(EventKind.TEXT, statement.text + "".join(f"[{m}]" for m in statement.markers)))
    except LanguageModelError as error:
        log.warning("language model failed: %s", error)
        run.emit(Event(EventKind.REPLACE, ""))
        return replace(run, statements=(Statement(f"（{message('llm_failed')}）"), *run.statements))
    if not kept:
        run.emit(Event(EventKind.REPLACE, ""))
        return run
    notes = (Statement(f"（{message('llm_dropped')}）"),) if dropped else ()
    return replace(run, mode=Mode.LLM, statements=(*kept, *notes))


def _numbered(run: Run) -> str:
    return "\n\n".join(
        f"[{c.marker}] 《{c.found.version.title}》{c.found.clause.label}\n{c.found.clause.text}" for c in run.citations
    )


def _statement(sentence: str, run: Run) -> Statement | None:
    """The sentence with its markers taken out; None if it cites nothing that was issued."""
    issued = {c.marker for c in run.citations}
    markers = tuple(dict.fromkeys(m for m in map(int, _MARKERS.findall(sentence)) if m in issued))
    text = _plain(_MARKERS.sub("", sentence)).strip()
    return Statement(text, markers) if text and markers else None


def _plain(text: str) -> str:
    """Without links, images and HTML, which a model has no business writing."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"<[^>]{1,200}>|https?://\S+", "", text)
