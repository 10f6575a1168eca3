"""The retrieval benchmark: lay questions on real laws, ingested as staff would, beside the baselines in the same run.

The folder holds `laws/` (one document a file) and `queries*.jsonl`, a line `{"id", "question", "gold"}` each, where gold
lists for every right article its equals as [title, clause]. Of the questions that the embedding learned from, only the
fifth that it never saw is asked (`held_out`).
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np

from assistant.errors import LibraryError
from assistant.index.build import ingest
from assistant.index.embedding import load_embedding
from assistant.index.snapshot import Snapshot, Snapshots
from assistant.retrieval.search import Search
from assistant.settings import Settings

DEPTH = 100
CUTS = (1, 5, 10, 100)
DAY = date(2026, 11, 23)

Ranker = Callable[[str], Sequence[int]]  # question → positions, best first


@dataclass(frozen=True, slots=True)
class Query:
    """A question; each group of positions is one right article with its equals."""

    text: str
    gold: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one way to search. Latencies in milliseconds, memory in MB at the end, seconds to ingest."""

    name: str
    mrr10: float
    recall1: float
    recall5: float
    recall10: float
    recall100: float
    p50_ms: float
    p95_ms: float
    ingest_s: float
    memory_mb: float


def held_out(ident: object) -> bool:
    """Whether a training question of the statutes is one that the embedding never saw."""
    return int.from_bytes(hashlib.sha256(str(ident).strip().encode()).digest()[:8]) % 5 == 0


def run(settings: Settings, folder: Path, as_json: bool, stock: bool = True) -> int:
    """Ingest the laws into a folder of its own, ask the questions, print the table; returns the exit status.

    Args:
        stock: also measure the stock LangChain pipeline, where its packages are installed.

    Raises:
        LibraryError: the folder is not as described above.
    """
    if not (folder / "laws").is_dir() or not list(folder.glob("queries*.jsonl")):
        raise LibraryError(f"{folder} 里没有 laws/ 目录和 queries*.jsonl 文件，不能做法规检索评测")
    with tempfile.TemporaryDirectory() as data:
        ours = settings.model_copy(update={"library_dir": folder / "laws", "data_dir": Path(data)})
        embedding = load_embedding(settings.embedding_model)
        started = time.perf_counter()
        ingest(ours.library_dir, ours.shipped_library, Snapshots(ours), embedding)
        seconds = time.perf_counter() - started
        snapshot = Snapshots(ours).open(embedding)
        queries = list(read_queries(folder, snapshot))
        rows = [measure(name, rank, queries, seconds) for name, rank in rankers(snapshot).items()]
        if stock and (row := _stock(folder, snapshot, queries)):
            rows.append(row)
    print(json.dumps([asdict(row) for row in rows], indent=1) if as_json else in_words(rows, len(queries)))
    return 0


def read_queries(folder: Path, snapshot: Snapshot) -> Iterator[Query]:
    """The questions with the positions of their right articles; the same text counts wherever it stands."""
    place: dict[tuple[str, str], list[int]] = {}
    text_of: dict[int, str] = {}
    same: dict[str, set[int]] = {}
    for number, version in enumerate(snapshot.store.versions):
        for found in snapshot.store.of_version(number):
            text = "".join(found.clause.text.split())
            place.setdefault((version.title, found.clause.label), []).append(found.position)
            text_of[found.position] = text
            same.setdefault(text, set()).add(found.position)
    for file in sorted(folder.glob("queries*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if ".train." in file.name and not held_out(row["id"]):
                continue
            groups = ((p for title, clause in equals for p in place.get((title, clause), ())) for equals in row["gold"])
            gold = (frozenset(q for p in group for q in same[text_of[p]]) for group in groups)
            yield Query(row["question"], tuple(group or frozenset([-1]) for group in gold))


def rankers(snapshot: Snapshot) -> dict[str, Ranker]:
    """The whole search, and each of its sides alone."""
    search = Search(snapshot)

    def whole(question: str) -> list[int]:
        return [hit.found.position for hit in search.search(question, DEPTH, DAY).hits]

    def lexical(question: str) -> list[int]:
        scores = snapshot.lexical.scores(question)
        return [int(i) for i in np.argsort(-scores, kind="stable")[:DEPTH]]

    def dense(question: str) -> list[int]:
        vector = snapshot.embedding.encode([question], queries=True)[0]
        keys, _ = snapshot.nearest(vector, min(3 * DEPTH, snapshot.manifest.keys))
        return list(dict.fromkeys(int(p) for p in snapshot.key_positions[keys]))[:DEPTH]

    return {"ours": whole, "bm25": lexical, "dense": dense}


def measure(name: str, rank: Ranker, queries: Sequence[Query], ingest_s: float) -> Row:
    """Ask every question; the first is asked once before, so that opening the index is not counted."""
    rank(queries[0].text)
    ranks, milliseconds = [], []
    for query in queries:
        started = time.perf_counter()
        found = rank(query.text)
        milliseconds.append((time.perf_counter() - started) * 1000)
        at = {position: i for i, position in reversed(list(enumerate(found, start=1)))}
        ranks.append([min((at[p] for p in group if p in at), default=DEPTH + 1) for group in query.gold])
    best = np.array([min(r) for r in ranks])
    recalls = {k: float(np.mean([np.mean([x <= k for x in r]) for r in ranks])) for k in CUTS}
    return Row(
        name=name,
        mrr10=float(np.where(best <= 10, 1 / best, 0).mean()),
        recall1=recalls[1],
        recall5=recalls[5],
        recall10=recalls[10],
        recall100=recalls[100],
        p50_ms=float(np.percentile(milliseconds, 50)),
        p95_ms=float(np.percentile(milliseconds, 95)),
        ingest_s=ingest_s,
        memory_mb=_memory(),
    )


def _memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _stock(folder: Path, snapshot: Snapshot, queries: Sequence[Query]) -> Row | None:
    """The stock LangChain pipeline, in a process of its own so that memory and imports are its own."""
    from multiprocessing import get_context

    from assistant.evaluation.stock import available, measure_stock

    if not available():
        return None
    texts = {
        position: "".join(found.clause.text.split())
        for number in range(len(snapshot.store.versions))
        for found in snapshot.store.of_version(number)
        for position in [found.position]
    }
    wanted = [(query.text, [[texts[p] for p in group if p in texts][:1] for group in query.gold]) for query in queries]
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measure_stock, (folder, wanted))


def in_words(rows: Sequence[Row], questions: int) -> str:
    """The table as Markdown."""
    lines = [f"{questions} questions the embedding never saw", ""]
    lines += ["| | MRR@10 | R@1 | R@5 | R@10 | R@100 | p50 ms | p95 ms | ingest s | memory MB |", "|---" * 10 + "|"]
    for r in rows:
        quality = " | ".join(f"{x:.3f}" for x in (r.mrr10, r.recall1, r.recall5, r.recall10, r.recall100))
        lines.append(
            f"| {r.name} | {quality} | {r.p50_ms:.1f} | {r.p95_ms:.1f} | {r.ingest_s:.0f} | {r.memory_mb:.0f} |"
        )
    return "\n".join(lines)
