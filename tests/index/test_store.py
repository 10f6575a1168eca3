"""The clauses of a snapshot, as they were written."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from assistant.documents.library import read_library
from assistant.documents.model import Document
from assistant.index.store import ClauseStore, write_store
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    """The shipped knowledge: it holds everything that a clause can have."""
    return read_library(ROOT / "knowledge").documents


@pytest.fixture(scope="module")
def store(documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> ClauseStore:
    path = tmp_path_factory.mktemp("store") / "clauses.sqlite"
    total = sum(len(document.clauses) for document in documents)
    write_store(path, documents, [f"digest-{i}" for i in range(total)])
    return ClauseStore(path)


def test_everything_comes_back_as_it_went_in(store: ClauseStore, documents: tuple[Document, ...]) -> None:
    assert store.versions == tuple(document.version for document in documents)
    for number, document in enumerate(documents):
        assert [stored.clause for stored in store.of_version(number)] == list(document.clauses)


def test_positions_run_through_the_library_in_order(store: ClauseStore, documents: tuple[Document, ...]) -> None:
    total = sum(len(document.clauses) for document in documents)
    assert len(store) == total > 500
    stored = store.get(range(total))
    assert [one.position for one in stored] == list(range(total))
    assert [one.ref for one in stored] == [f"{d.version.key}#{c.id}" for d in documents for c in d.clauses]


def test_clauses_come_in_the_order_asked_for(store: ClauseStore) -> None:
    assert [one.position for one in store.get([7, 3, 5])] == [7, 3, 5]


def test_what_is_not_there_is_left_out(store: ClauseStore) -> None:
    assert store.get([10**6]) == []
    assert store.by_id(0, "art-999") is None


def test_a_clause_is_found_by_its_id(store: ClauseStore) -> None:
    wanted = store.get([40])[0]
    number = store.versions.index(wanted.version)
    assert store.by_id(number, wanted.clause.id) == wanted


def test_digests_are_kept_by_reference(store: ClauseStore) -> None:
    digests = store.digests()
    assert len(digests) == len(store)
    assert digests[store.get([3])[0].ref] == "digest-3"


def test_several_threads_may_read(store: ClauseStore) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(store.get(range(50))))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [50] * 4


def test_nobody_writes_into_a_published_store(store: ClauseStore) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection().execute("DELETE FROM clauses")


def test_the_same_clause_twice_is_refused(documents: tuple[Document, ...], tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        write_store(tmp_path / "clauses.sqlite", [documents[0], documents[0]], ["x"] * 999)
