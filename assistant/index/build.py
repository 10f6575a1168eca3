"""Build a snapshot from a library: embed what is new, index everything, verify, publish."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.documents.asks import load_asks, with_asks
from assistant.documents.intake import Intake
from assistant.documents.library import Library, SideFiles, read_library
from assistant.documents.model import Document, Problem
from assistant.documents.reading import ExtractCache
from assistant.errors import IndexIncompatible, LibraryError
from assistant.index.difference import Change, changes
from assistant.index.fingerprints import SIDE_FILES, fingerprints, side_path, whole_fingerprint
from assistant.index.keys import Key, KeyKind, digest, keys, lexical_rows, names
from assistant.index.lexical import LexicalIndex
from assistant.index.snapshot import FORMAT, Difference, Manifest, Snapshots
from assistant.index.store import ClauseStore, write_store
from assistant.index.vectors import COLLECTION, build_collection, client

if TYPE_CHECKING:
    from assistant.index.embedding import PolicyEmbeddings

WORTH_A_PROCESS = 5000  # clauses
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class BuildReport:
    """What an ingest did, or would do."""

    published: str | None
    difference: Difference
    versions: int
    clauses: int
    embedded: int
    problems: tuple[Problem, ...]
    changed_metadata: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    documents: tuple[Document, ...] = ()  # as read; none where nothing had changed
    blocked: bool = False  # whether what was refused kept it from being published

    @property
    def refused(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.fatal)


def ingest(
    root: Path,
    shipped: Path,
    snapshots: Snapshots,
    embedding: PolicyEmbeddings,
    *,
    intake: Intake | None = None,
    dry_run: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> BuildReport:
    """Bring the index in line with the library at `root`.

    A refused file under `policies/`, or a refused side file, stops the publication; another refused document is
    left out and named.

    Args:
        intake: what is to be changed in the library first; it is taken back where nothing could be published.

    Raises:
        LibraryError, DocumentError: the library or a side file cannot be read.
        IndexBusy: another process is publishing.
    """
    intake = intake or Intake(root)
    with snapshots.lock():
        try:
            intake.apply(snapshots.current(), rehearsed=dry_run)
            report = _ingest(root, shipped, snapshots, embedding, intake, dry_run, progress)
        except BaseException:
            intake.undo()
            raise
        if report.blocked:
            intake.undo()
        else:
            intake.settle()
        return report


def _ingest(
    root: Path,
    shipped: Path,
    snapshots: Snapshots,
    embedding: PolicyEmbeddings,
    intake: Intake,
    dry_run: bool,
    progress: Progress,
) -> BuildReport:
    prints = fingerprints(root, shipped)
    whole = whole_fingerprint(prints, embedding)
    manifest = snapshots.manifest()
    if manifest and manifest.fingerprint == whole:
        none = Difference((), (), (), manifest.clauses)
        return BuildReport(None, none, manifest.versions, manifest.clauses, 0, manifest.problems)
    SideFiles.load(root, shipped)
    cache = extract_cache(snapshots)
    library = read_library(root, lambda done, total: progress("读取", done, total), cache=cache)
    if intake.withdraw(library.problems):
        library = read_library(root, cache=cache)
        prints = fingerprints(root, shipped)
        whole = whole_fingerprint(prints, embedding)
    asks = load_asks(side_path(root, shipped, "asks.txt"))
    library = replace(library, documents=with_asks(library.documents, asks))
    report = _compare(library, snapshots)
    if not library.documents and not report.refused:
        raise LibraryError(f"知识库 {root} 里没有一份政策文件，没有发布，原索引不变；请检查 --library 指定的目录")
    blocked = not library.documents or any(p.fatal and p.file.startswith("policies") for p in library.problems)
    if dry_run or blocked:
        return replace(report, blocked=blocked)
    return _build(library, shipped, snapshots, embedding, prints, whole, report, progress)


def extract_cache(snapshots: Snapshots) -> ExtractCache:
    """What was read from files that take long, kept beside the index."""
    return ExtractCache(snapshots.root.parent / "extracts")


def _digests(documents: Iterable[Document]) -> dict[str, str]:
    return {f"{d.version.key}#{c.id}": digest(d.version, c) for d in documents for c in d.clauses}


def _compare(library: Library, snapshots: Snapshots) -> BuildReport:
    new = _digests(library.documents)
    old, versions, store = {}, {}, None
    if manifest := snapshots.manifest():
        store = ClauseStore(snapshots.root / manifest.id / "clauses.sqlite")
        old, versions = store.digests(), {v.key: v for v in store.versions}
    changed = [
        d.version.key for d in library.documents if d.version.key in versions and versions[d.version.key] != d.version
    ]
    difference = Difference.between(old, new)
    return BuildReport(
        published=None,
        difference=difference,
        versions=len(library.documents),
        clauses=len(new),
        embedded=0,
        problems=library.problems,
        changed_metadata=tuple(changed),
        changes=changes(difference, store, library.documents) if store else (),
        documents=library.documents,
    )


def _build(
    library: Library,
    shipped: Path,
    snapshots: Snapshots,
    embedding: PolicyEmbeddings,
    prints: dict[str, str],
    whole: str,
    report: BuildReport,
    progress: Progress,
) -> BuildReport:
    made = datetime.now(UTC)
    ident = made.strftime("%Y%m%dT%H%M%S%fZ")
    folder = snapshots.workplace(ident)
    try:
        digests = list(_digests(library.documents).values())
        write_store(folder / "clauses.sqlite", library.documents, digests)
        found = keys((d.version, c) for d in library.documents for c in d.clauses)
        progress("向量", 0, len(found))
        vectors, embedded = _vectors(found, snapshots, embedding)
        np.save(folder / "vectors.npy", vectors)
        np.save(folder / "keys.npy", np.array([key.position for key in found], dtype=np.int32))
        np.save(folder / "key_digests.npy", _key_digests(found))
        counts = [len(document.clauses) for document in library.documents]
        np.save(folder / "version_of.npy", np.repeat(np.arange(len(counts), dtype=np.int32), counts))
        np.save(folder / "title_vectors.npy", embedding.encode([names(d.version) for d in library.documents]))
        np.save(folder / "prior.npy", _prior(library, embedding))
        _copy_side_files(library.root, shipped, folder / "side")
        collection = COLLECTION if not snapshots.chroma_url else f"{COLLECTION}-{ident}"
        progress("索引", 0, len(found))
        refs = [f"{d.version.key}#{c.id}" for d in library.documents for c in d.clauses]
        chroma = client(folder / "chroma", snapshots.chroma_url)
        with _beside(len(digests), write_lexical, folder / "clauses.sqlite", folder / "lexical"):
            build_collection(chroma, collection, vectors, [refs[key.position] for key in found])
        manifest = Manifest(
            id=ident,
            made=made.isoformat(timespec="seconds"),
            library=library.root.name,
            fingerprint=whole,
            format=FORMAT,
            model=embedding.identity,
            dimension=embedding.dimension,
            clauses=len(digests),
            versions=len(library.documents),
            keys=len(found),
            first_ask=sum(key.kind is not KeyKind.ASK for key in found),
            collection=collection,
            files=prints,
            problems=library.problems,
        )
        manifest.write(folder)
        _verify(folder, manifest, chroma, vectors)
        snapshots.publish(folder, ident)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return replace(report, published=ident, embedded=embedded)


def write_lexical(store: Path, folder: Path) -> None:
    """Build the lexical index of the clauses in a store."""
    clauses = ClauseStore(store)
    documents = [(version, clauses.of_version(i)) for i, version in enumerate(clauses.versions)]
    rows = lexical_rows((version, stored.clause) for version, found in documents for stored in found)
    LexicalIndex.build(rows, len(clauses)).save(folder)


@contextmanager
def _beside(size: int, work: Callable[[Path, Path], None], *paths: Path) -> Iterator[None]:
    """Do some work in a process of its own meanwhile; for a small library, where starting one costs more, before."""
    if size < WORTH_A_PROCESS:
        work(*paths)
        yield
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        done = pool.submit(work, *paths)
        yield
        done.result()


def _prior(library: Library, embedding: PolicyEmbeddings) -> NDArray[np.float32]:
    """How likely each clause is to be asked about, against the library's mean, shape (clauses,)."""
    above = [names(d.version, clause) for d in library.documents for clause in d.clauses]
    known = {name: i for i, name in enumerate(dict.fromkeys(above))}
    prior: NDArray[np.float32] = embedding.prior(list(known))[[known[name] for name in above]]
    prior -= prior.mean()
    return prior


def _key_digests(found: list[Key]) -> NDArray[np.uint64]:
    hashes = [hashlib.blake2b(key.text.encode(), digest_size=8).digest() for key in found]
    return np.frombuffer(b"".join(hashes), dtype=np.uint64) if hashes else np.zeros(0, dtype=np.uint64)


def _vectors(found: list[Key], snapshots: Snapshots, embedding: PolicyEmbeddings) -> tuple[NDArray[np.float32], int]:
    """The vectors of all keys, shape (keys, dimension), and how many had to be computed."""
    vectors = np.zeros((len(found), embedding.dimension), dtype=np.float32)
    missing = np.arange(len(found))
    manifest = snapshots.manifest()
    if manifest and manifest.model == embedding.identity:
        folder = snapshots.root / manifest.id
        known = np.load(folder / "key_digests.npy")
        old = np.load(folder / "vectors.npy", mmap_mode="r")
        if len(known):
            order = np.argsort(known, kind="stable")
            wanted = _key_digests(found)
            at = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
            hit = known[order[at]] == wanted
            vectors[hit] = old[order[at[hit]]]
            missing = np.flatnonzero(~hit)
    if len(missing):
        vectors[missing] = embedding.encode([found[i].text for i in missing])
    return vectors, len(missing)


def _copy_side_files(root: Path, shipped: Path, target: Path) -> None:
    target.mkdir()
    for name in SIDE_FILES:
        path = side_path(root, shipped, name)
        if path.exists():
            shutil.copyfile(path, target / name)


def _verify(folder: Path, manifest: Manifest, chroma: object, vectors: NDArray[np.float32]) -> None:
    """Read the finished build back before anybody relies on it."""
    store = ClauseStore(folder / "clauses.sqlite")
    count = chroma.get_collection(manifest.collection).count()  # type: ignore[attr-defined]
    filled = int(np.any(vectors, axis=1).sum())
    if len(store) != manifest.clauses or count != filled:
        raise IndexIncompatible(
            f"新索引校验不一致（条款 {len(store)}/{manifest.clauses}，向量 {count}/{filled}），没有发布，原索引不变。"
        )
