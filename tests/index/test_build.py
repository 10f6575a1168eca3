"""Ingest: only what changed is embedded, what is refused is named, and nothing is ever half published."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import DocumentError, LibraryError
from assistant.index import build
from assistant.index.build import BuildReport
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshot, Snapshots
from assistant.settings import Settings
from tests.conftest import ROOT, SmallLibrary

Publish = Callable[[], BuildReport]
VOUCHERS = Path("policies/sj-vouchers/2025-01-01.md")


@pytest.fixture
def snapshots(settings: Settings) -> Snapshots:
    return Snapshots(settings)


@pytest.fixture
def in_use(snapshots: Snapshots, embedding: PolicyEmbeddings) -> Callable[[], Snapshot]:
    return lambda: snapshots.open(embedding)


def replace(library: SmallLibrary, old: str, new: str) -> None:
    file = library.root / VOUCHERS
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_ingest_embeds_and_adds_everything(publish: Publish, in_use: Callable[[], Snapshot]) -> None:
    report = publish()
    snapshot = in_use()
    assert (report.versions, report.clauses, len(report.difference.added)) == (3, 6, 6)
    assert report.embedded == snapshot.manifest.keys == len(snapshot.vectors)


def test_nothing_changed_embeds_and_publishes_nothing(publish: Publish, snapshots: Snapshots) -> None:
    first = publish().published
    report = publish()
    assert (report.published, report.embedded, report.difference.unchanged) == (None, 0, 6)
    assert snapshots.current() == first


def test_one_changed_clause_is_the_only_one_embedded(
    publish: Publish, library: SmallLibrary, in_use: Callable[[], Snapshot], embedding: PolicyEmbeddings
) -> None:
    publish()
    replace(library, "不超过20万元", "不超过25万元")
    report = publish()
    assert report.embedded == 1
    assert report.difference.changed == ("sj-vouchers@2025-01-01#art-2",)
    assert report.difference.unchanged == 5
    snapshot = in_use()
    (changed,) = [c for c in snapshot.store.get(range(6)) if c.ref == "sj-vouchers@2025-01-01#art-2"]
    assert "25万元" in changed.clause.text


def test_vectors_taken_over_equal_vectors_computed_anew(
    publish: Publish, library: SmallLibrary, in_use: Callable[[], Snapshot], embedding: PolicyEmbeddings
) -> None:
    publish()
    library.write("aa-first", "第一条 排在最前面，其余的都往后移。\n")
    publish()
    snapshot = in_use()
    texts = [key.text for key in build.keys((c.version, c.clause) for c in snapshot.store.get(range(7)))]
    assert np.allclose(snapshot.vectors, embedding.encode(texts), atol=1e-6)


def test_a_new_date_alone_is_published_without_embedding(
    publish: Publish, library: SmallLibrary, in_use: Callable[[], Snapshot]
) -> None:
    publish()
    replace(library, "expires: null", "expires: 2026-12-31")
    report = publish()
    assert report.published
    assert report.embedded == 0
    assert report.changed_metadata == ("sj-vouchers@2025-01-01",)
    assert {str(version.expires) for version in in_use().store.versions} == {"None", "2022-12-31", "2026-12-31"}


def test_a_removed_file_is_gone_from_both_indexes(
    publish: Publish, library: SmallLibrary, in_use: Callable[[], Snapshot]
) -> None:
    publish()
    assert in_use().lexical.scores("孵化器").any()
    (library.root / "policies/sj-incubators/2020-01-01.md").unlink()
    report = publish()
    snapshot = in_use()
    assert report.difference.removed == ("sj-incubators@2020-01-01#art-1", "sj-incubators@2020-01-01#art-2")
    assert not snapshot.lexical.scores("孵化器").any()
    assert len(snapshot.store) == 4
    held = snapshot.vector_store.get(include=["documents"])
    assert len(held["ids"]) == snapshot.manifest.keys
    assert not any("incubators" in reference for reference in held["documents"])


def test_a_changed_glossary_is_published(
    publish: Publish, library: SmallLibrary, in_use: Callable[[], Snapshot]
) -> None:
    publish()
    (library.root / "glossary.yaml").write_text("terms:\n  - term: 创新券\n    says: [券券]\n", encoding="utf-8")
    assert publish().published
    assert in_use().side.glossary.terms_in("券券") == ("创新券",)


def test_a_broken_policy_stops_the_publication(publish: Publish, library: SmallLibrary, snapshots: Snapshots) -> None:
    first = publish().published
    replace(library, "level: district", "level: county")
    report = publish()
    assert report.published is None
    (problem,) = report.refused
    assert str(problem).startswith(f"{VOUCHERS}:4: level：")
    assert snapshots.current() == first


def test_a_broken_side_file_stops_the_publication(
    publish: Publish, library: SmallLibrary, snapshots: Snapshots
) -> None:
    first = publish().published
    (library.root / "offices.yaml").write_text("office: []\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"offices\.yaml:1"):
        publish()
    assert snapshots.current() == first


def test_a_broken_original_is_left_out_and_named_every_time(publish: Publish, library: SmallLibrary) -> None:
    (library.root / "originals").mkdir()
    (library.root / "originals" / "scan.txt").write_bytes(b"")
    first, second = publish(), publish()
    assert first.published and not second.published
    assert [str(p) for p in first.refused] == [str(p) for p in second.refused]
    assert str(first.refused[0]).startswith("originals/scan.txt:1: ")


def test_an_empty_library_is_refused(publish: Publish, library: SmallLibrary, snapshots: Snapshots) -> None:
    first = publish().published
    for file in library.root.rglob("*.md"):
        file.unlink()
    with pytest.raises(LibraryError, match="没有一份政策文件"):
        publish()
    assert snapshots.current() == first


def test_a_dry_run_changes_nothing(
    library: SmallLibrary, settings: Settings, snapshots: Snapshots, embedding: PolicyEmbeddings
) -> None:
    report = build.ingest(library.root, settings.shipped_library, snapshots, embedding, dry_run=True)
    assert (report.published, len(report.difference.added)) == (None, 6)
    assert snapshots.current() is None
    assert snapshots.ids() == []


def test_a_full_disk_leaves_the_old_index_in_use(
    publish: Publish, library: SmallLibrary, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish().published

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    replace(library, "20万元", "30万元")
    with monkeypatch.context() as patched:
        patched.setattr(build, "build_collection", full)
        with pytest.raises(OSError, match="No space left"):
            publish()
    assert snapshots.current() == first
    assert not list(snapshots.root.glob(".building-*"))
    assert publish().published


STAGES = {
    "before anything is written": "assistant.index.build.write_store",
    "before the vectors are written": "assistant.index.build._vectors",
    "before Chroma is written": "assistant.index.build.build_collection",
    "before it is verified": "assistant.index.build._verify",
    "before it is renamed": "assistant.index.snapshot.os.rename",
    "before the pointer is replaced": "assistant.index.snapshot.os.replace",
    "before old ones are removed": "assistant.index.snapshot.Snapshots._prune",
}
KILLED = """
import os, signal, sys
from unittest.mock import patch
from assistant.commands.ingest import main
with patch(sys.argv[1], lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)):
    main([])
"""


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES.keys())
def test_a_kill_leaves_an_index_in_use_and_the_next_run_works(
    stage: str, publish: Publish, library: SmallLibrary, settings: Settings, in_use: Callable[[], Snapshot]
) -> None:
    publish()
    replace(library, "20万元", "30万元")
    own = {"ASSISTANT_DATA_DIR": str(settings.data_dir), "ASSISTANT_LIBRARY_DIR": str(library.root)}
    done = subprocess.run([sys.executable, "-c", KILLED, stage], cwd=ROOT, env=os.environ | own, timeout=120)
    assert done.returncode == -signal.SIGKILL
    survivor = in_use()
    held = len(survivor.vector_store.get(include=[])["ids"])
    assert (len(survivor.store), held) == (6, survivor.manifest.keys)
    publish()
    newest = in_use()
    assert any("30万元" in stored.clause.text for stored in newest.store.get(range(6)))
    assert not list(newest.folder.parent.glob(".building-*"))
