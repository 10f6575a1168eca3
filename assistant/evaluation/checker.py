"""The benchmark of the verification: sentences on real clauses, right and wrong, and how many of each are told apart.

Wrong sentences are right ones with a few words exchanged (三年→五年), so that nothing but the error gives them away.
Sentences that cite another policy's clause, or nothing, are made from the right ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from assistant.answer.claims import Fault, FaultKind, fault
from assistant.answer.evidence import Evidence
from assistant.answer.figures import figures
from assistant.documents.glossary import Glossary
from assistant.documents.library import read_library
from assistant.documents.strict_yaml import Schema, read_file
from assistant.errors import DocumentError

FOLDER = Path(__file__).with_name("checker")
RIGHT, OTHER, UNCITED = "right", "other_policy", "uncited"
WRONG = ("figure", "bound", "year", "negated")
KINDS = (*WRONG, OTHER, UNCITED)
_TOLD_AS: dict[str, tuple[FaultKind, ...]] = {
    "figure": (FaultKind.FIGURE, FaultKind.PAIRING),
    "bound": (FaultKind.BOUND,),
    "year": (FaultKind.FIGURE, FaultKind.PAIRING),
    "negated": (FaultKind.NEGATION,),
    OTHER: (FaultKind.NAME, FaultKind.UNRELATED, FaultKind.QUOTATION, FaultKind.FIGURE),
    UNCITED: (FaultKind.UNCITED,),
}


class Entry(Schema):
    """A clause with sentences on it; each exchange `old→new` is made in the first right sentence that holds `old`."""

    clause: str
    right: tuple[str, ...] = Field(min_length=1)
    figure: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()


class CheckerFile(Schema):
    about: str
    clauses: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and the clause that it cites, and whether it is right."""

    kind: str
    sentence: str
    clause: str
    evidence: Evidence | None

    def judged(self, glossary: Glossary) -> Fault | None:
        """What the verification has against it."""
        if self.evidence is None:
            return Fault(FaultKind.UNCITED, self.sentence)
        return fault(self.sentence, self.evidence, glossary)


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what the verification said of it."""

    pair: Pair
    fault: Fault | None

    @property
    def is_wrong(self) -> bool:
        """Whether the verification was mistaken."""
        return (self.fault is None) != (self.pair.kind == RIGHT)


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind of error is found. `precision` counts the right sentences that were taken for this kind."""

    kind: str
    total: int
    caught: int
    false_alarms: int

    @property
    def recall(self) -> float:
        return self.caught / self.total if self.total else 1.0

    @property
    def precision(self) -> float:
        return self.caught / (self.caught + self.false_alarms) if self.caught else 0.0


def load_pairs(library: Path, folder: Path = FOLDER) -> tuple[Pair, ...]:
    """Every pair of the benchmark on the clauses of a library.

    Raises:
        DocumentError: a file is not as its schema says, names a clause that is not there, or exchanges words that no
            right sentence holds.
    """
    known = _clauses(library)
    entries: list[tuple[Entry, Evidence]] = []
    pairs: list[Pair] = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in read_file(path, CheckerFile).clauses:
            if entry.clause not in known:
                raise DocumentError(path, 1, f"知识库里没有条款 {entry.clause}；请改为现有的条款")
            entries.append((entry, known[entry.clause]))
            pairs += _written(entry, known[entry.clause], path)
    for (entry, _), (_, evidence) in zip(entries, [*entries[1:], entries[0]], strict=True):
        pairs += _made(entry, evidence)
    return tuple(pairs)


def _clauses(library: Path) -> dict[str, Evidence]:
    documents = read_library(library).documents
    return {
        f"{document.version.policy}#{clause.id}": Evidence.of([(document.version, clause)])
        for document in documents
        for clause in document.clauses
    }


def _written(entry: Entry, evidence: Evidence, path: Path) -> Iterator[Pair]:
    for sentence in entry.right:
        yield Pair(RIGHT, sentence, entry.clause, evidence)
    for kind in WRONG:
        for exchange in getattr(entry, kind):
            old, _, new = exchange.partition("→")
            base = next((sentence for sentence in entry.right if old in sentence), None)
            if base is None or not new:
                raise DocumentError(path, 1, f"{entry.clause}：没有一句含有“{old}”，无法改写；请对照 right 里的句子")
            yield Pair(kind, base.replace(old, new, 1), entry.clause, evidence)


def _made(entry: Entry, other: Evidence) -> Iterator[Pair]:
    """A sentence with a figure under the next clause of the file, and one that cites nothing."""
    with_figure = [sentence for sentence in entry.right if figures(sentence)]
    if with_figure and entry.clause.partition("#")[0] not in other.policies:
        yield Pair(OTHER, with_figure[0], entry.clause, other)
    yield Pair(UNCITED, entry.right[-1], entry.clause, None)


def run(library: Path) -> tuple[Judged, ...]:
    """Judge every pair."""
    glossary = Glossary.load(library / "glossary.yaml")
    return tuple(Judged(pair, pair.judged(glossary)) for pair in load_pairs(library))


def scores(judged: Sequence[Judged]) -> tuple[Score, ...]:
    """Recall and precision of each kind of error."""
    alarms = [one.fault.kind for one in judged if one.pair.kind == RIGHT and one.fault]
    out = []
    for kind in KINDS:
        ours = [one for one in judged if one.pair.kind == kind]
        caught = sum(one.fault is not None for one in ours)
        out.append(Score(kind, len(ours), caught, sum(alarm in _TOLD_AS[kind] for alarm in alarms)))
    return tuple(out)


def false_alarms(judged: Sequence[Judged]) -> tuple[int, int]:
    """How many right sentences were found fault with, and of how many."""
    right = [one for one in judged if one.pair.kind == RIGHT]
    return sum(one.fault is not None for one in right), len(right)


def in_words(judged: Sequence[Judged]) -> str:
    """The mistakes, then the table."""
    lines = [
        f"✗ {one.pair.kind} {one.pair.clause}「{one.pair.sentence}」{one.fault or ''}" for one in judged if one.is_wrong
    ]
    lines += ["", "| kind | pairs | caught | recall % | precision % |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {s.kind} | {s.total} | {s.caught} | {100 * s.recall:.1f} | {100 * s.precision:.1f} |"
        for s in scores(judged)
    ]
    alarms, right = false_alarms(judged)
    return "\n".join([*lines, f"| right | {right} | {alarms} | false alarms {100 * alarms / right:.1f} % | |"])


def as_json(judged: Sequence[Judged]) -> dict[str, Any]:
    """The table and the mistakes."""
    alarms, right = false_alarms(judged)
    return {
        "pairs": len(judged),
        "right": right,
        "false_alarms": alarms,
        "kinds": [
            {"kind": s.kind, "pairs": s.total, "recall": s.recall, "precision": s.precision} for s in scores(judged)
        ],
        "mistakes": [
            {
                "kind": one.pair.kind,
                "clause": one.pair.clause,
                "sentence": one.pair.sentence,
                "fault": one.fault and str(one.fault.kind),
            }
            for one in judged
            if one.is_wrong
        ],
    }
