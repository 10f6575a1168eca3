"""Publishing: what is in use, rolling back, keeping, following."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.errors import IndexBusy, IndexIncompatible, IndexMissing
from assistant.index.build import BuildReport, ingest
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Difference, LiveSnapshot, Snapshots
from assistant.settings import Settings
from tests.conftest import SmallLibrary

Publish = Callable[[], BuildReport]


class OtherEmbeddings(PolicyEmbeddings):
    """An embedding that hashes characters, so that near texts are near."""

    identity = "other:1"
    dimension = 32

    def encode(self, texts: Sequence[str], *, queries: bool = False) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for i, text in enumerate(texts):
            for character in text:
                vectors[i, ord(character) % self.dimension] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)


@pytest.fixture
def snapshots(settings: Settings) -> Snapshots:
    return Snapshots(settings)


def published(publish: Publish) -> str:
    ident = publish().published
    assert ident
    return ident


def change(library: SmallLibrary, text: str) -> None:
    library.write("sj-changing", f"第一条 {text}。\n", effective="2024-01-01")


def test_before_the_first_ingest_the_command_is_named(snapshots: Snapshots, embedding: PolicyEmbeddings) -> None:
    with pytest.raises(IndexMissing, match=r"python ingest\.py"):
        snapshots.open(embedding)


def test_what_was_published_is_in_use(publish: Publish, snapshots: Snapshots, embedding: PolicyEmbeddings) -> None:
    ident = published(publish)
    snapshot = snapshots.open(embedding)
    assert snapshots.current() == snapshot.manifest.id == ident
    assert (snapshot.manifest.versions, snapshot.manifest.clauses) == (3, 6)
    assert snapshot.manifest.made.startswith(f"{ident[:4]}-{ident[4:6]}-{ident[6:8]}")


def test_an_index_of_another_model_is_refused_with_the_command_that_mends_it(
    publish: Publish, snapshots: Snapshots, settings: Settings
) -> None:
    publish()
    other = OtherEmbeddings()
    with pytest.raises(IndexIncompatible, match=r"python ingest\.py"):
        snapshots.open(other)
    report = ingest(settings.library_dir, settings.shipped_library, snapshots, other)
    assert report.published
    assert report.embedded == snapshots.open(other).manifest.keys


def test_an_index_of_another_format_is_refused_and_rebuilt(
    publish: Publish, snapshots: Snapshots, embedding: PolicyEmbeddings
) -> None:
    file = snapshots.root / published(publish) / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"format": 0}), encoding="utf-8")
    with pytest.raises(IndexIncompatible, match=r"python ingest\.py"):
        snapshots.open(embedding)
    assert publish().published
    assert snapshots.open(embedding).manifest.clauses == 6


def test_a_mistake_is_undone(publish: Publish, snapshots: Snapshots, library: SmallLibrary) -> None:
    first = published(publish)
    change(library, "错了")
    second = published(publish)
    assert snapshots.rollback() == first == snapshots.current()
    assert publish().published not in (None, first, second)


def test_what_was_rolled_back_does_not_come_back(publish: Publish, snapshots: Snapshots, library: SmallLibrary) -> None:
    first = published(publish)
    change(library, "错了")
    mistake = published(publish)
    snapshots.rollback()
    change(library, "对了")
    published(publish)
    assert mistake not in snapshots.ids()
    assert snapshots.rollback() == first


def test_without_an_earlier_one_there_is_nothing_to_go_back_to(publish: Publish, snapshots: Snapshots) -> None:
    ident = published(publish)
    with pytest.raises(IndexMissing, match="没有更早的版本"):
        snapshots.rollback()
    assert snapshots.current() == ident


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_only_the_last_few_are_kept(
    keep: int, settings: Settings, library: SmallLibrary, embedding: PolicyEmbeddings
) -> None:
    snapshots = Snapshots(settings.model_copy(update={"keep_snapshots": keep}))
    made = []
    for i in range(4):
        change(library, f"第{i}次")
        made.append(ingest(library.root, settings.shipped_library, snapshots, embedding).published)
    assert snapshots.ids() == made[-keep:]
    assert snapshots.current() == made[-1]


def test_nothing_stays_behind_but_snapshots(publish: Publish, snapshots: Snapshots) -> None:
    ident = published(publish)
    assert {path.name for path in snapshots.root.iterdir()} == {ident, "CURRENT", ".lock"}


def test_only_one_may_publish_at_a_time(publish: Publish, snapshots: Snapshots) -> None:
    with snapshots.lock(), pytest.raises(IndexBusy, match="另一个更新正在进行"):
        publish()
    assert publish().published


def test_a_running_app_moves_over_while_it_is_asked(
    publish: Publish, snapshots: Snapshots, library: SmallLibrary, embedding: PolicyEmbeddings
) -> None:
    publish()
    live = LiveSnapshot(snapshots, embedding)
    vector = embedding.encode(["创新券每年多少"], queries=True)[0]
    faults: list[BaseException] = []
    seen: set[str] = set()
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                snapshot = live.get()
                keys, _ = snapshot.nearest(vector, 3)
                positions = snapshot.key_positions[keys].tolist()
                assert len(snapshot.store.get(positions)) == 3
                assert snapshot.lexical.scores("创新券").shape == (snapshot.manifest.clauses,)
                seen.add(snapshot.manifest.id)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    made = []
    for i in range(3):
        change(library, f"第{i}次")
        made.append(publish().published)
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults
    assert live.get().manifest.id == made[-1]
    assert len(seen) > 1


def test_a_difference_tells_added_changed_and_removed_apart() -> None:
    difference = Difference.between(
        {"p@1#a": "1", "p@1#b": "1", "p@1#c": "1"}, {"p@1#b": "2", "p@1#c": "1", "q@1#d": "1"}
    )
    assert (difference.added, difference.changed, difference.removed) == (("q@1#d",), ("p@1#b",), ("p@1#a",))
    assert difference.unchanged == 1
    assert difference.by_version(("p@1#a", "p@1#b", "q@1#d")) == {"p@1": 2, "q@1": 1}


def test_a_pointer_to_nothing_is_an_index_that_is_missing(
    snapshots: Snapshots, embedding: PolicyEmbeddings, tmp_path: Path
) -> None:
    snapshots.root.mkdir(parents=True)
    (snapshots.root / "CURRENT").write_text("20260101T000000000000Z", encoding="ascii")
    with pytest.raises(IndexMissing):
        snapshots.open(embedding)
