"""What goes in, what comes out, and the state that the steps of the chain enrich."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.answer.kinds import Kind
from assistant.documents.model import Status
from assistant.documents.offices import Office
from assistant.index.store import StoredClause
from assistant.retrieval.model import Hit, SearchResult
from assistant.rules.understand.model import Profile


class AnswerStatus(StrEnum):
    """How a run ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NEEDS_FACTS = "needs_facts"
    UNKNOWN_FACT = "unknown_fact"
    REFUSED_NO_EVIDENCE = "refused_no_evidence"
    REFUSED_OUT_OF_SCOPE = "refused_out_of_scope"
    REFUSED_EXPIRED_ONLY = "refused_expired_only"
    REFUSED_OTHER_REGION = "refused_other_region"
    REFUSED_UNSAFE = "refused_unsafe"
    ERROR_NO_INDEX = "error_no_index"
    ERROR_INTERNAL = "error_internal"


class Mode(StrEnum):
    """Whether the wording is the clauses' own or a language model's."""

    EXTRACTIVE = "extractive"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause that the answer rests on. `quote` stands in the clause to the letter."""

    marker: int
    found: StoredClause
    path: tuple[str, ...]
    quote: str
    status: Status

    def as_json(self) -> dict[str, Any]:
        version, clause = self.found.version, self.found.clause
        return {
            "marker": self.marker,
            "ref": self.found.ref,
            "title": version.title,
            "number": version.number,
            "clause": clause.label,
            "path": list(self.path),
            "quote": self.quote,
            "text_kind": str(version.text_kind),
            "status": str(self.status),
            "effective": version.effective.isoformat() if version.effective else None,
            "expires": version.expires.isoformat() if version.expires else None,
            "source": version.source,
        }


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion of a programme, decided by its rule."""

    id: str
    label: str
    result: str
    value: str | None = None
    threshold: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a company qualifies for a programme, as far as its facts tell."""

    programme: str
    verdict: str
    criteria: tuple[CriterionResult, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or paragraph of the answer with the markers of the citations that carry it."""

    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier turn of the conversation, as later turns need it."""

    question: str
    standalone: str
    terms: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    profile: Profile | None = None  # what the conversation knows of the company, after this turn


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; `as_json` is the contract."""

    question: str
    as_of: date
    status: AnswerStatus
    text: str
    mode: Mode = Mode.EXTRACTIVE
    citations: tuple[Citation, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    followups: tuple[str, ...] = ()
    handoff: Office | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    exchange: Exchange | None = None

    def as_json(self) -> dict[str, Any]:
        office = self.handoff
        return {
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "status": str(self.status),
            "mode": str(self.mode),
            "text": self.text,
            "citations": [citation.as_json() for citation in self.citations],
            "verdicts": [
                {**asdict(v), "criteria": [asdict(c) for c in v.criteria], "missing": list(v.missing)}
                for v in self.verdicts
            ],
            "followups": list(self.followups),
            "handoff": {"office": office.name, "phone": office.phone, "url": office.url} if office else None,
            "timings_ms": {step: round(ms, 1) for step, ms in self.timings_ms.items()},
        }


class EventKind(StrEnum):
    """What a stream tells, in the order in which it can be told."""

    STATUS = "status"  # which step is at work
    TEXT = "text"  # a verified piece of the answer
    REPLACE = "replace"  # the text so far is void; this is the text
    ANSWER = "answer"  # the whole answer, last


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream."""

    kind: EventKind
    text: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The state of one question on its way through the chain. A step returns it enriched; `answer` ends the run."""

    question: str
    as_of: date
    history: tuple[Exchange, ...] = ()
    emit: Callable[[Event], None] = lambda event: None
    stopped: Callable[[], bool] = lambda: False  # whether nobody waits for the answer any more
    standalone: str = ""
    terms: tuple[str, ...] = ()
    kind: Kind | None = None
    profile: Profile = field(default_factory=Profile)
    follows: bool = False  # whether the question continues the conversation
    beside: bool = False  # whether it stands in one message with the question before it
    result: SearchResult | None = None
    grounds: tuple[Hit, ...] = ()  # the hits that carry the answer, the deciding one first
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    status: AnswerStatus = AnswerStatus.ANSWERED
    mode: Mode = Mode.EXTRACTIVE
    notes: tuple[str, ...] = ()
    followups: tuple[str, ...] = ()
    handoff: Office | None = None
    answer: Answer | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
