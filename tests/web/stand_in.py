"""An assistant that says what a test lays in its mouth, the clauses that it cites, and the application around it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer.model import Answer, AnswerStatus, Citation, Event, EventKind, Exchange
from assistant.answer.services import Services
from assistant.documents.model import Clause, Status, TextKind, Version
from assistant.errors import IndexMissing
from assistant.index.store import StoredClause
from assistant.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.answer.chain import Assistant

DAY = date(2026, 11, 23)
TEXT = "第二条 每家企业每年不超过20万元。\n团队每年不超过10万元。"


def citation(marker: int = 1, *, text: str = TEXT, quote: str = "每年不超过20万元", **version: object) -> Citation:
    """A cited clause; `version` changes what the policy says about itself."""
    known: dict[str, object] = {
        "policy": "sj-vouchers",
        "title": "创新券管理办法",
        "number": "松科委规〔2025〕1号",
        "issuers": ("松江区科委",),
        "effective": date(2025, 1, 1),
        "source": "https://www.example.gov.cn/policy",
        "text_kind": TextKind.DIGEST,
    }
    clause = Clause(id="art-2", label="第二条", path=("第一章 总则", "第二条"), text=text)
    found = StoredClause(0, Version(**known | version), clause)  # type: ignore[arg-type]
    return Citation(marker, found, clause.path, quote, Status.IN_FORCE)


def answer(text: str, *citations: Citation, question: str = "券能领多少？", followups: Sequence[str] = ()) -> Answer:
    """An answer with its exchange, as the chain would give it."""
    exchange = Exchange(question=question, standalone=question)
    return Answer(
        question=question,
        as_of=DAY,
        status=AnswerStatus.ANSWERED,
        text=text,
        citations=citations,
        followups=tuple(followups),
        exchange=exchange,
    )


@dataclass
class StandIn:
    """Takes the assistant's place before the page."""

    said: Answer
    pieces: Sequence[str] = ()
    pause: float = 0.0  # seconds before each piece
    rest: float = 0.0  # seconds that it takes to end, after the whole
    fault: Exception | None = None
    working: Services | None = None  # what clauses are opened from
    heard: list[tuple[str, tuple[Exchange, ...]]] = field(default_factory=list)
    settings: Settings = field(default_factory=lambda: Settings(_env_file=None, today=DAY))

    def stream(self, question: str, history: Sequence[Exchange] = ()) -> Iterator[Event]:
        """A step, the pieces, then the whole."""
        self.heard.append((question, tuple(history)))
        yield Event(EventKind.STATUS, "查找条款")
        if self.fault:
            raise self.fault
        for piece in self.pieces:
            time.sleep(self.pause)
            yield Event(EventKind.TEXT, piece)
        exchange = Exchange(question=question, standalone=question)
        try:
            yield Event(EventKind.ANSWER, answer=replace(self.said, question=question, exchange=exchange))
        finally:
            time.sleep(self.rest)

    def services(self) -> Services:
        """Raises IndexMissing unless the test gave some."""
        if self.working is None:
            raise IndexMissing("no index in this test")
        return self.working


def application(assistant: Assistant | StandIn) -> FastAPI:
    """The application, built inside an event loop: gradio would open one of its own and never close it."""
    from assistant.web.server import build_app

    async def build() -> FastAPI:
        return build_app(assistant)  # type: ignore[arg-type]

    return asyncio.run(build())
