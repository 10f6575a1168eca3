"""What retrieval costs at ten times the statutes: the laws again and again under other titles.

    python -m assistant.evaluation.scale ../shared/statutes --times 10

Needs a few GB of disk for as long as it runs; see docs/benchmarks.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.evaluation.statutes import DAY, _memory
from assistant.index.build import ingest
from assistant.index.embedding import load_embedding
from assistant.index.snapshot import Snapshots
from assistant.retrieval.search import Search
from assistant.settings import Settings, load_settings

HITS = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """Sizes, seconds, milliseconds a search, and the greatest memory of the process in MB."""

    documents: int
    clauses: int
    ingest_s: float
    unchanged_s: float
    open_s: float
    p50_ms: float
    p95_ms: float
    memory_mb: float
    disk_mb: float


def repeat(laws: Path, target: Path, times: int) -> int:
    """Write the laws `times` times, each time under titles of their own; returns the number of files."""
    target.mkdir(parents=True)
    files = sorted(laws.glob("*.md"))
    for time_ in range(times):
        for file in files:
            head, _, rest = file.read_text(encoding="utf-8").partition("\n")
            title = f"{head.removeprefix('# ').strip()}（第{time_ + 1}辑）"
            (target / f"{file.stem}-{time_ + 1}.md").write_text(f"# {title}\n{rest}", encoding="utf-8")
    return times * len(files)


def cost(settings: Settings, folder: Path, times: int, most: int) -> Cost:
    """Ingest the repeated laws into a folder of their own and ask at most `most` questions.

    Args:
        folder: as for `assistant.evaluation.statutes`.
    """
    with tempfile.TemporaryDirectory() as data:
        root = Path(data)
        documents = repeat(folder / "laws", root / "laws", times)
        own = settings.model_copy(update={"library_dir": root / "laws", "data_dir": root / "data"})
        embedding = load_embedding(settings.embedding_model)
        seconds = []
        for _ in range(2):
            started = time.perf_counter()
            report = ingest(own.library_dir, own.shipped_library, Snapshots(own), embedding)
            seconds.append(time.perf_counter() - started)
        started = time.perf_counter()
        search = Search(Snapshots(own).open(embedding))
        questions = list(_questions(folder))[:most]
        search.search(questions[0], HITS, DAY)
        opened = time.perf_counter() - started
        milliseconds = []
        for question in questions:
            started = time.perf_counter()
            search.search(question, HITS, DAY)
            milliseconds.append((time.perf_counter() - started) * 1000)
        p50, p95 = (float(np.percentile(milliseconds, share)) for share in (50, 95))
        disk = sum(file.stat().st_size for file in own.data_dir.rglob("*") if file.is_file()) / 2**20
        first, again = seconds
        return Cost(documents, report.clauses, first, again, opened, p50, p95, _memory(), disk)


def _questions(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("queries*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["question"]


def main() -> None:
    """Measure and print the cost as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("statutes", type=Path, help="the folder with laws/ and queries*.jsonl")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--questions", type=int, default=300, help="how many are asked at most")
    arguments = parser.parse_args()
    print(json.dumps(asdict(cost(load_settings(), arguments.statutes, arguments.times, arguments.questions)), indent=1))


if __name__ == "__main__":
    main()
