"""The texts under which a clause is found: the clause with its title and path, and the questions it answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.documents.model import Clause, Document, Version


@dataclass(frozen=True, slots=True)
class Key:
    """A text to embed; it leads to the clause at `position`."""

    position: int
    text: str
    ask: bool = False


def passage(version: Version, clause: Clause) -> str:
    """The clause as it is embedded: title, headings, text."""
    return f"{version.title} {' '.join(clause.path[:-1])}\n{clause.text}"


def asks(clause: Clause) -> tuple[str, ...]:
    """Every question by which a clause is found, those of its parts included."""
    return tuple(dict.fromkeys((*clause.asks, *(ask for part in clause.parts for ask in part.asks))))


def keys(documents: Iterable[Document]) -> list[Key]:
    """The keys of a library: first every clause in order, then the questions."""
    clauses = [(d.version, clause) for d in documents for clause in d.clauses]
    texts = [Key(i, passage(version, clause)) for i, (version, clause) in enumerate(clauses)]
    return texts + [Key(i, ask, ask=True) for i, (_, clause) in enumerate(clauses) for ask in asks(clause)]


def lexical_text(version: Version, clause: Clause) -> tuple[str, str]:
    """What the lexical index reads: (names: title, aliases and headings; body: the clause and its questions)."""
    names = " ".join((version.title, *version.aliases, *clause.path[:-1]))
    return names, "\n".join((clause.text, *asks(clause)))


def digest(version: Version, clause: Clause) -> str:
    """Identifies what is stored and found of a clause; equal digests need no new vectors."""
    content = json.dumps([version.title, clause.path, clause.text, asks(clause), clause.note], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
