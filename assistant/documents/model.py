"""What the library consists of: policies, their versions, and the clauses of a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Whether a version holds on a given day. Computed, never stored."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REPLACED = "replaced"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


class TextKind(StrEnum):
    """A digest in our own words, or the document itself as staff ingested it."""

    DIGEST = "digest"
    OFFICIAL = "official"


class Level(StrEnum):
    """Who issued a policy."""

    NATIONAL = "national"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    TOWN = "town"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How a digest's statement was established: seen in the source, or only in secondary material."""

    VERIFIED = "verified"
    CORROBORATED = "corroborated"


class ClauseKind(StrEnum):
    """A clause of the text, or a recorded gap in what is known."""

    CLAUSE = "clause"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Part:
    """A 款, 项 or 目 inside a clause. `text` is the part of the clause's text that belongs to it alone."""

    id: str
    label: str
    path: tuple[str, ...]
    text: str
    asks: tuple[str, ...] = ()
    note: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """The unit that is found, cited and checked: an article, or a top-level item where there are no articles.

    `path` runs from the outermost heading to the clause's own label; `text` is the clause as printed, label
    included, one line per paragraph; `asks` are lay questions by which it is found and which are never cited;
    `page` is that of a paged original, and `recognised` how surely its least legible line was read from a picture,
    0 to 1.
    """

    id: str
    label: str
    path: tuple[str, ...]
    text: str
    parts: tuple[Part, ...] = ()
    asks: tuple[str, ...] = ()
    kind: ClauseKind = ClauseKind.CLAUSE
    confidence: Confidence | None = None
    note: str | None = None
    source: str | None = None
    office: str | None = None
    line: int = 0
    page: int | None = None
    recognised: float | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One dated version of a policy, without its clauses."""

    policy: str
    title: str
    number: str | None = None
    aliases: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    level: Level = Level.UNKNOWN
    region: str | None = None
    kind: str | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    validity_to_check: bool = False
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    replaced_on: date | None = None
    source: str | None = None
    source_note: str | None = None
    checked: date | None = None
    topics: tuple[str, ...] = ()
    text_kind: TextKind = TextKind.OFFICIAL
    confidence: Confidence = Confidence.VERIFIED
    caution: str | None = None
    file: str = ""

    @property
    def key(self) -> str:
        """`policy@2016-01-01`, or `policy@undated`."""
        return f"{self.policy}@{self.effective.isoformat() if self.effective else 'undated'}"

    def status(self, day: date) -> Status:
        """Whether this version holds on `day`.

        A version that never said when it starts is UNKNOWN, unless it is known to have ended; so is one whose
        present validity was marked as not established.
        """
        if self.replaced_on and self.replaced_on <= day:
            return Status.REPLACED
        if self.expires and self.expires < day:
            return Status.EXPIRED
        if self.effective is None:
            return Status.NOT_YET if self.issued and day < self.issued else Status.UNKNOWN
        if day < self.effective:
            return Status.NOT_YET
        return Status.UNKNOWN if self.validity_to_check else Status.IN_FORCE


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that staff should look at: the file, the line or page, what and how to mend it."""

    file: str
    line: int
    message: str
    fatal: bool = False
    page: int | None = None

    def __str__(self) -> str:
        place = f"{self.file} 第{self.page}页" if self.page else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that was read from a text: its name, what it says, where that stands, whether staff should confirm it."""

    name: str
    value: str
    line: int | None = None
    page: int | None = None
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Repeal:
    """A document that another says it puts an end to, as it is named there."""

    title: str
    number: str | None = None

    def __str__(self) -> str:
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")


@dataclass(frozen=True, slots=True)
class Document:
    """A version with its clauses, as read from one file.

    `readings` and `repeals` are what the text of an official document says of itself.
    """

    version: Version
    clauses: tuple[Clause, ...]
    text: str
    warnings: tuple[Problem, ...] = ()
    readings: tuple[Reading, ...] = ()
    repeals: tuple[Repeal, ...] = ()
