"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.documents.model import Part, Status
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
    OTHER_POLICY = "other_policy"
    OTHER_LEVEL = "other_level"
    OTHER_REGION = "other_region"
    OTHER_COLLECTION = "other_collection"


class Lack(StrEnum):
    """What of a name is not in the library."""

    DOCUMENT = "document"
    CLAUSE = "clause"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits on what may be found; None means no limit.

    regions are those of the documents as written (上海市); collections are the names in `collections.yaml`; in_force
    leaves out what does not hold on the day.
    """

    policies: frozenset[str] | None = None
    levels: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    collections: frozenset[str] | None = None
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation was about, latest first: versions (numbers in the snapshot) and clauses (positions)."""

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
    part: Part | None = None  # the paragraph or item that was named
    also: tuple[str, ...] = ()  # references with the same or nearly the same text

    @property
    def ref(self) -> str:
        return self.found.ref

    @property
    def path(self) -> tuple[str, ...]:
        """From the outermost heading down to the clause, or to the part of it that was named."""
        return self.part.path if self.part else self.found.clause.path


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that was left out, and why."""

    ref: str
    reason: Rejection


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a question names and the library does not hold.

    said: as the question has it; within: the document (and clause) in which it was looked for; last: the label of the
    last article or item there is.
    """

    said: str
    lack: Lack
    within: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a question names outright: versions (their numbers in the snapshot) and clauses (positions).

    `parts` are the named paragraphs and items, each with the position of its clause; `explained` has a line
    "as written → what it is" for each name.
    """

    versions: tuple[int, ...] = ()
    clauses: tuple[int, ...] = ()
    parts: tuple[tuple[int, Part], ...] = ()
    explained: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in order, what was named outright, and what was left out."""

    query: str
    as_of: date
    hits: tuple[Hit, ...]
    lookup: Lookup
    rejected: tuple[Rejected, ...] = ()
