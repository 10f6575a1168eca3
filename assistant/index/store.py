"""The clauses of a snapshot, in SQLite: the source of truth beside the vector and the lexical index.

Clauses are numbered from 0 in the order of the library; the clauses of one version are neighbours. The file is
written once and then only read, so that any number of processes may share it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import local
from typing import Any

from assistant.documents.model import (
    Clause,
    ClauseKind,
    Confidence,
    Document,
    Level,
    Part,
    TextKind,
    Version,
)

_SCHEMA = """
CREATE TABLE versions (number INTEGER PRIMARY KEY, key TEXT UNIQUE, policy TEXT, title TEXT, body TEXT);
CREATE TABLE clauses (position INTEGER PRIMARY KEY, version INTEGER, id TEXT, digest TEXT, body TEXT);
CREATE UNIQUE INDEX clause_by_ref ON clauses (version, id);
"""


@dataclass(frozen=True, slots=True)
class StoredClause:
    """A clause with its version and its position in the snapshot."""

    position: int
    version: Version
    clause: Clause

    @property
    def ref(self) -> str:
        """`policy@2016-01-01#art-11`"""
        return f"{self.version.key}#{self.clause.id}"


def write_store(path: Path, documents: Iterable[Document], digests: Sequence[str]) -> None:
    """Write every clause of the documents; `digests[position]` identifies the clause's content."""
    with sqlite3.connect(path) as connection:
        connection.executescript(_SCHEMA)
        position = 0
        for number, document in enumerate(documents):
            version = document.version
            row = (number, version.key, version.policy, version.title, _dump(version))
            connection.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?)", row)
            rows = [
                (position + i, number, clause.id, digests[position + i], _dump(clause))
                for i, clause in enumerate(document.clauses)
            ]
            connection.executemany("INSERT INTO clauses VALUES (?, ?, ?, ?, ?)", rows)
            position += len(document.clauses)
    connection.close()


class ClauseStore:
    """Reads the clauses of a snapshot; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = local()
        rows = self._connection().execute("SELECT body FROM versions ORDER BY number").fetchall()
        self.versions: tuple[Version, ...] = tuple(_load_version(body) for (body,) in rows)

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)
        connection: sqlite3.Connection = self._local.connection
        return connection

    def __len__(self) -> int:
        (count,) = self._connection().execute("SELECT count(*) FROM clauses").fetchone()
        return int(count)

    def get(self, positions: Sequence[int]) -> list[StoredClause]:
        """The clauses at the given positions, in the order asked for."""
        found: dict[int, StoredClause] = {}
        for start in range(0, len(positions), 500):
            some = [int(p) for p in positions[start : start + 500]]
            marks = ",".join("?" * len(some))
            query = f"SELECT position, version, body FROM clauses WHERE position IN ({marks})"
            for position, version, body in self._connection().execute(query, some):
                found[position] = StoredClause(position, self.versions[version], _load_clause(body))
        return [found[int(p)] for p in positions if int(p) in found]

    def by_id(self, version: int, ident: str) -> StoredClause | None:
        """The clause of a version (by number) with the given id, e.g. `art-11`."""
        query = "SELECT position, body FROM clauses WHERE version = ? AND id = ?"
        row = self._connection().execute(query, (version, ident)).fetchone()
        return StoredClause(row[0], self.versions[version], _load_clause(row[1])) if row else None

    def of_version(self, version: int) -> list[StoredClause]:
        """Every clause of a version, in order."""
        query = "SELECT position, body FROM clauses WHERE version = ? ORDER BY position"
        rows = self._connection().execute(query, (version,)).fetchall()
        return [StoredClause(position, self.versions[version], _load_clause(body)) for position, body in rows]

    def digests(self) -> dict[str, str]:
        """Clause reference → digest, for comparing snapshots."""
        query = "SELECT v.key, c.id, c.digest FROM clauses c JOIN versions v ON c.version = v.number"
        return {f"{key}#{ident}": digest for key, ident, digest in self._connection().execute(query)}


def _dump(value: Version | Clause) -> str:
    return json.dumps(_shallow(value), ensure_ascii=False, default=_plain, separators=(",", ":"))


def _shallow(value: Version | Clause | Part) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _plain(value: object) -> Any:
    return _shallow(value) if isinstance(value, Part) else str(value)  # a date


def _load_version(body: str) -> Version:
    data: dict[str, Any] = json.loads(body)
    for key in ("issued", "effective", "expires", "checked", "replaced_on"):
        data[key] = date.fromisoformat(data[key]) if data[key] else None
    for key in ("aliases", "issuers", "replaces", "topics"):
        data[key] = tuple(data[key])
    enums = {
        "level": Level(data["level"]),
        "text_kind": TextKind(data["text_kind"]),
        "confidence": Confidence(data["confidence"]),
    }
    return Version(**(data | enums))


def _load_clause(body: str) -> Clause:
    data: dict[str, Any] = json.loads(body)
    data["parts"] = tuple(_load_part(part) for part in data["parts"])
    data["path"], data["asks"] = tuple(data["path"]), tuple(data["asks"])
    data["kind"] = ClauseKind(data["kind"])
    data["confidence"] = Confidence(data["confidence"]) if data["confidence"] else None
    return Clause(**data)


def _load_part(data: dict[str, Any]) -> Part:
    data["path"], data["asks"] = tuple(data["path"]), tuple(data["asks"])
    data["confidence"] = Confidence(data["confidence"]) if data["confidence"] else None
    return Part(**data)
