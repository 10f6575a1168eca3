"""The texts under which a clause is found: with title and path, part by part where it is long, and its questions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from assistant.documents.model import Clause, Part, Version

LONG = 400  # characters of a clause above which its parts are keys too: digests gain, statutes neither gain nor lose
SHORTEST_PART = 12


class KeyKind(IntEnum):
    """What a key is, in the order in which keys are numbered."""

    CLAUSE = 0
    PART = 1
    ASK = 2


@dataclass(frozen=True, slots=True)
class Key:
    """A text to embed; it leads to the clause at `position`."""

    position: int
    text: str
    kind: KeyKind = KeyKind.CLAUSE


def names(version: Version, clause: Clause | None = None) -> str:
    """What stands above a clause: title and headings; of a version alone, title and aliases."""
    return " ".join((version.title, *(clause.path[:-1] if clause else version.aliases)))


def passage(version: Version, clause: Clause) -> str:
    """The clause as it is embedded: title, headings, text."""
    return f"{names(version, clause)}\n{clause.text}"


def asks(clause: Clause) -> tuple[str, ...]:
    """Every question by which a clause is found, those of its parts included."""
    return tuple(dict.fromkeys((*clause.asks, *(ask for part in clause.parts for ask in part.asks))))


Clauses = Iterable[tuple[Version, Clause]]  # of a library, in order


def keys(library: Clauses) -> list[Key]:
    """The keys of a library: every clause in order, then the parts of long ones, then the questions."""
    clauses = list(library)
    found = [Key(i, passage(version, clause)) for i, (version, clause) in enumerate(clauses)]
    for i, (version, clause) in enumerate(clauses):
        found += [Key(i, f"{names(version, clause)}\n{part.text}", KeyKind.PART) for part in long_parts(clause)]
    return found + [Key(i, ask, KeyKind.ASK) for i, (_, clause) in enumerate(clauses) for ask in asks(clause)]


def long_parts(clause: Clause) -> list[Part]:
    """The parts that are found on their own: those of a long clause."""
    return [part for part in clause.parts if len(part.text) >= SHORTEST_PART] if len(clause.text) > LONG else []


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """What the lexical index reads as one text: names (title, aliases and headings) and body with its questions."""

    position: int
    names: str
    body: str


def lexical_rows(library: Clauses) -> list[LexicalRow]:
    """Every clause in order, then the parts of long ones."""
    clauses = list(library)
    above = [" ".join((version.title, *version.aliases, *clause.path[:-1])) for version, clause in clauses]
    rows = [LexicalRow(i, above[i], "\n".join((clause.text, *asks(clause)))) for i, (_, clause) in enumerate(clauses)]
    for i, (_, clause) in enumerate(clauses):
        rows += [LexicalRow(i, above[i], "\n".join((part.text, *part.asks))) for part in long_parts(clause)]
    return rows


def digest(version: Version, clause: Clause) -> str:
    """Identifies what is stored and found of a clause; equal digests need no new vectors."""
    content = json.dumps([version.title, clause.path, clause.text, asks(clause), clause.note], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
