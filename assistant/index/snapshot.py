"""An immutable, published index, and the pointer that says which one is in use.

    data/index/CURRENT            the id of the snapshot in use, replaced atomically
    data/index/<id>/manifest.json clauses.sqlite vectors.npy keys.npy lexical/ chroma/ side/

A snapshot is built in a directory of its own, verified, renamed, and only then pointed to; a kill at any moment
leaves the old one in use. Nobody ever writes into a published snapshot.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.documents.library import SideFiles
from assistant.documents.model import Problem, TextKind
from assistant.errors import IndexBusy, IndexIncompatible, IndexMissing
from assistant.index.lexical import LexicalIndex
from assistant.index.store import ClauseStore
from assistant.index.vectors import COLLECTION, client, open_store, reaching
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_chroma import Chroma

    from assistant.index.embedding import PolicyEmbeddings

REBUILD = "已发布的索引是用另一个向量模型或旧版程序建立的，不能使用。请运行：python ingest.py（会重新建立索引）"
MOVED = "索引建立之后改过 ASSISTANT_CHROMA_URL，向量不在现在指定的地方。请运行：python ingest.py（会重新建立索引）"
FORMAT = 4  # raised whenever the files of a snapshot change their meaning


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds and what it was made with."""

    id: str
    made: str
    library: str
    fingerprint: str
    format: int
    model: str
    dimension: int
    clauses: int
    versions: int
    keys: int
    first_ask: int
    collection: str = COLLECTION
    files: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def on_server(self) -> bool:
        """Whether the vectors are in a Chroma server rather than in files beside the manifest."""
        return self.collection != COLLECTION

    def write(self, folder: Path) -> None:
        (folder / "manifest.json").write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read the manifest of a snapshot.

        Raises:
            IndexIncompatible: it was made by a version of this program whose snapshots are laid out otherwise.
        """
        data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if data.get("format") != FORMAT:
            raise IndexIncompatible(REBUILD)
        data["problems"] = tuple(Problem(**problem) for problem in data.get("problems", ()))
        return cls(**data)


class Snapshot:
    """A published index, open for reading. Its parts are opened when first used."""

    def __init__(self, folder: Path, embedding: PolicyEmbeddings, chroma_url: str | None = None) -> None:
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self.embedding = embedding
        if self.manifest.model != embedding.identity:
            raise IndexIncompatible(REBUILD)
        if self.manifest.on_server != bool(chroma_url):
            raise IndexIncompatible(MOVED)
        self.store = ClauseStore(folder / "clauses.sqlite")
        self.lexical = LexicalIndex.open(folder / "lexical", self.manifest.clauses)
        self.vectors: NDArray[np.float32] = np.load(folder / "vectors.npy", mmap_mode="r")
        self.key_positions: NDArray[np.int32] = np.load(folder / "keys.npy", mmap_mode="r")
        self.version_of: NDArray[np.int32] = np.load(folder / "version_of.npy", mmap_mode="r")
        self.title_vectors: NDArray[np.float32] = np.load(folder / "title_vectors.npy", mmap_mode="r")
        self.prior: NDArray[np.float32] = np.load(folder / "prior.npy", mmap_mode="r")
        self.digest_versions: NDArray[np.bool_] = np.array(
            [v.text_kind is TextKind.DIGEST for v in self.store.versions], bool
        )
        self.side = SideFiles.load(folder / "side", folder / "side")
        self._chroma_url = chroma_url
        self._vector_store: Chroma | None = None
        self._lock = Lock()

    def nearest(self, vector: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The keys nearest to a vector with their cosines, nearest first; both of shape (count,).

        Asks the collection itself: LangChain's wrapper also fetches every text, which takes three times as long.
        """
        collection = self.vector_store._collection
        with reaching(self._chroma_url):
            found = collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return np.array(found["ids"][0], dtype=np.int64), 1 - np.array(distances, dtype=np.float32)

    @property
    def vector_store(self) -> Chroma:
        """The Chroma collection, opened at its first use."""
        with self._lock:
            if self._vector_store is None:
                chroma = client(self.folder / "chroma", self._chroma_url)
                with reaching(self._chroma_url):
                    self._vector_store = open_store(chroma, self.manifest.collection, self.embedding)
            return self._vector_store


class Snapshots:
    """The folder of snapshots: which is in use, publishing, rollback."""

    def __init__(self, settings: Settings) -> None:
        self.root = settings.data_dir / "index"
        self.keep = settings.keep_snapshots
        self.chroma_url = settings.chroma_url

    def ids(self) -> list[str]:
        """Published snapshots, oldest first."""
        if not self.root.is_dir():
            return []
        return sorted(
            p.name for p in self.root.iterdir() if (p / "manifest.json").exists() and not p.name.startswith(".")
        )

    def current(self) -> str | None:
        """The id of the snapshot in use."""
        try:
            return (self.root / "CURRENT").read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def manifest(self) -> Manifest | None:
        """The manifest of the snapshot in use, if this version of the program can read it under the settings."""
        ident = self.current()
        try:
            manifest = Manifest.read(self.root / ident) if ident else None
        except (IndexIncompatible, FileNotFoundError):
            return None
        return manifest if manifest and manifest.on_server == bool(self.chroma_url) else None

    def open(self, embedding: PolicyEmbeddings) -> Snapshot:
        """Open the snapshot in use.

        Raises:
            IndexMissing: nothing has been published.
            IndexIncompatible: it was built with another model or format.
        """
        ident = self.current()
        if ident is None or not (self.root / ident / "manifest.json").exists():
            raise IndexMissing("还没有建立索引。请运行：python ingest.py")
        return Snapshot(self.root / ident, embedding, self.chroma_url)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to publish.

        Raises:
            IndexBusy: another process holds it.
        """
        from filelock import FileLock, Timeout

        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / ".lock", timeout=0.1)
        try:
            with lock:
                yield
        except Timeout as error:
            raise IndexBusy("另一个更新正在进行，请等它结束后再运行。") from error

    def workplace(self, ident: str) -> Path:
        """An empty folder in which to build; what killed builds left behind is removed. Needs the lock."""
        for left in self.root.glob(".building-*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = self.root / f".building-{ident}"
        folder.mkdir(parents=True)
        return folder

    def publish(self, folder: Path, ident: str) -> None:
        """Make a finished build the one in use. Needs the lock.

        What was published after the one in use so far goes: it was rolled back, or a kill kept it from use.
        """
        before = self.current()
        os.rename(folder, self.root / ident)
        self._point_to(ident)
        self._prune(before)

    def rollback(self) -> str:
        """Go back to the snapshot published before the one in use; returns its id. Needs the lock.

        Raises:
            IndexMissing: there is none.
        """
        current = self.current()
        earlier = [ident for ident in self.ids() if current and ident < current and self._readable(ident)]
        if not earlier:
            raise IndexMissing("没有更早的版本可以恢复。")
        self._point_to(earlier[-1])
        return earlier[-1]

    def _readable(self, ident: str) -> bool:
        try:
            return bool(Manifest.read(self.root / ident))
        except IndexIncompatible:
            return False

    def _point_to(self, ident: str) -> None:
        fresh = self.root / "CURRENT.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(ident)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.root / "CURRENT")

    def _prune(self, before: str | None) -> None:
        current = self.current()
        others = [ident for ident in self.ids() if ident != current]
        withdrawn = [ident for ident in others if before and ident > before]
        old = [ident for ident in others if ident not in withdrawn][: -(self.keep - 1) or None]
        for ident in (*withdrawn, *old):
            self._drop_collection(ident)
            shutil.rmtree(self.root / ident, ignore_errors=True)

    def _drop_collection(self, ident: str) -> None:
        if not self.chroma_url:
            return
        chroma = client(None, self.chroma_url)
        name = f"{COLLECTION}-{ident}"
        if name in {collection.name for collection in chroma.list_collections()}:
            chroma.delete_collection(name)


class LiveSnapshot:
    """The snapshot in use, followed as it changes: a running app moves over with its next question."""

    def __init__(self, snapshots: Snapshots, embedding: PolicyEmbeddings) -> None:
        self._snapshots = snapshots
        self._embedding = embedding
        self._open: Snapshot | None = None
        self._lock = Lock()

    def get(self) -> Snapshot:
        """The snapshot in use now; see `Snapshots.open` for the errors."""
        ident = self._snapshots.current()
        with self._lock:
            if self._open is None or self._open.manifest.id != ident:
                self._open = self._snapshots.open(self._embedding)
            return self._open


@dataclass(frozen=True)
class Difference:
    """What changes between two sets of clauses: references."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    @classmethod
    def between(cls, old: dict[str, str], new: dict[str, str]) -> Difference:
        """Compare two maps of clause reference → digest."""
        return cls(
            added=tuple(ref for ref in new if ref not in old),
            changed=tuple(ref for ref in new if ref in old and old[ref] != new[ref]),
            removed=tuple(ref for ref in old if ref not in new),
            unchanged=sum(1 for ref in new if old.get(ref) == new[ref]),
        )

    def by_version(self, refs: Sequence[str]) -> dict[str, int]:
        """How many of the given clause references belong to each version."""
        return dict(Counter(ref.split("#")[0] for ref in refs))
