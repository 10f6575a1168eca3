"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.documents.model import Status
from assistant.index.store import StoredClause


class Found(StrEnum):
    """How a clause came to be a hit."""

    DIRECT = "direct"  # named in the question
    SIMILAR = "similar"


class Rejection(StrEnum):
    """Why a candidate was left out."""

    OUT_OF_FORCE = "out_of_force"
    OTHER_VERSION = "other_version"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits on what may be found; None means no limit."""

    policies: frozenset[str] | None = None
    levels: frozenset[str] | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation was about: versions (their numbers in the snapshot) and clauses (positions), latest first."""

    versions: tuple[int, ...] = ()
    clauses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found. `evidence` (0 to 1) says how surely it is about the question."""

    rank: int
    found: StoredClause
    status: Status
    score: float
    evidence: float
    lexical_rank: int | None = None
    dense_rank: int | None = None
    how: Found = Found.SIMILAR
    ask: str | None = None  # the stored question that led here, if one did
    also: tuple[str, ...] = ()  # references with the same text

    @property
    def ref(self) -> str:
        return self.found.ref


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that was left out, and why."""

    ref: str
    reason: Rejection


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a question names outright: versions (their numbers in the snapshot) and clauses (positions)."""

    versions: tuple[int, ...] = ()
    clauses: tuple[int, ...] = ()
    explained: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # named, but not in the library


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in order, what was named outright, and what was left out."""

    query: str
    as_of: date
    hits: tuple[Hit, ...]
    lookup: Lookup
    rejected: tuple[Rejected, ...] = ()
