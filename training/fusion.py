"""Fit the weights by which the signals of a search are put together, and the evidence by which it answers or refuses.

    python -m training.fusion --shared ../shared --work .trainkit

The order is fitted on questions that the embedding has not seen (statute and lay questions, held out) and on the cases of
the shipped evaluation, each asked of its own library; the evidence on those cases against statute questions, which the
shipped knowledge cannot answer. Both are plain logistic models over the signals of `assistant.retrieval.fusion`, so that
what is learned here is what is computed there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.evaluation.cases import load_suites
from assistant.evaluation.judge import covers
from assistant.index.build import ingest
from assistant.index.embedding import load_embedding
from assistant.index.snapshot import Snapshots
from assistant.retrieval.fusion import REFINED, SIGNALS, Candidates
from assistant.retrieval.rewrites import rewritten
from assistant.retrieval.search import Search
from assistant.settings import ROOT, load_settings
from training.questions import Question, lay_questions, statute_questions

STEPS, RATE = 400, 0.05
HEIGHT = 0.965  # mean score of the best candidate over the shipped cases; the thresholds of an answer are on this scale
SHARPNESS = 20.0  # cosine differences are small: scores are multiplied by this before the softmax
INTERACTION = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2)
DAY = date(2026, 11, 23)
TARGET = Path(__file__).resolve().parents[1] / "assistant" / "retrieval" / "fusion.json"


Interaction = Callable[[NDArray[np.int64]], NDArray[np.float32]]


@dataclass(frozen=True)
class Example:
    """The candidates of a question and which of them are right, shape (candidates,); `interaction` as for `refine`."""

    kind: str
    signals: NDArray[np.float32]
    right: NDArray[np.bool_]
    interaction: Interaction = lambda best: np.zeros(len(best), np.float32)


def open_search(library: Path, work: Path) -> Search:
    """Bring the index of a library in line and open it."""
    settings = load_settings(library_dir=library, data_dir=work)
    embedding = load_embedding(None)
    ingest(settings.library_dir, settings.shipped_library, Snapshots(settings), embedding)
    return Search(Snapshots(settings).open(embedding))


def ask(search: Search, question: str) -> tuple[Candidates, Interaction]:
    """The candidates as `Search.search` would have them, and their late interaction with the question."""
    query = rewritten(question, search.snapshot.side.glossary)
    candidates = search.candidates(query, search.catalogue.look_up(question, DAY))
    return candidates, partial(search.interaction, query, candidates)


def article_examples(search: Search, questions: Iterable[Question], kind: str) -> Iterator[Example]:
    """Questions on articles; a right text counts wherever it stands."""
    place: dict[tuple[str, str], list[int]] = {}
    same: dict[str, list[int]] = {}
    texts: list[str] = []
    for number, version in enumerate(search.snapshot.store.versions):
        for found in search.snapshot.store.of_version(number):
            place.setdefault((version.title, found.clause.label), []).append(found.position)
            texts.append("".join(found.clause.text.split()))
            same.setdefault(texts[-1], []).append(found.position)
    for question in questions:
        right = {p for equals in question.gold for key in equals for a in place.get(key, ()) for p in same[texts[a]]}
        candidates, interaction = ask(search, question.text)
        yield Example(kind, candidates.signals(), np.isin(candidates.positions, list(right)), interaction)


def case_examples(search: Search) -> Iterator[Example]:
    """The evaluation's single questions that name clauses of the shipped knowledge."""
    store = search.snapshot.store
    refs = [found.ref for number in range(len(store.versions)) for found in store.of_version(number)]
    for case in (case for suite in load_suites() for case in suite.cases):
        if case.cite and len(case.turns) == 1:
            candidates, interaction = ask(search, case.turns[0])
            right = [any(covers(wanted, refs[p]) for wanted in case.cite) for p in candidates.positions.tolist()]
            yield Example("cases", candidates.signals(), np.array(right), interaction)


def fit(examples: list[Example], share: dict[str, float]) -> NDArray[np.float32]:
    """Weights (signals,), none below zero, under which the right candidates come first; each kind counts by its share."""
    usable = [e for e in examples if e.right.any()]
    per_kind = {kind: sum(e.kind == kind for e in usable) for kind in share}
    most = max(len(e.signals) for e in usable)
    signals = torch.zeros(len(usable), most, len(SIGNALS))
    wrong = torch.full((len(usable), most), -torch.inf)  # added to a score: 0 for a candidate, -inf beyond the last
    right = wrong.clone()
    for i, example in enumerate(usable):
        count = len(example.signals)
        signals[i, :count] = torch.from_numpy(example.signals)
        wrong[i, :count] = 0.0
        right[i, :count][torch.from_numpy(example.right)] = 0.0
    shares = torch.tensor([share[e.kind] / per_kind[e.kind] for e in usable])
    weights = torch.full((len(SIGNALS),), 0.2, requires_grad=True)

    def loss() -> Tensor:
        scores = SHARPNESS * (signals @ weights)
        return (shares * (torch.logsumexp(scores + wrong, 1) - torch.logsumexp(scores + right, 1))).sum()

    _descend([weights], loss, least=0.0)
    return weights.detach().numpy()


def fit_interaction(examples: list[Example], weights: NDArray[np.float32]) -> float:
    """The weight of late interaction under which the right candidate ranks best among those that are refined."""
    best = [np.argsort(-(e.signals @ weights), kind="stable")[:REFINED] for e in examples]
    found = [
        (e.signals[few] @ weights, e.interaction(few), e.right[few])
        for e, few in zip(examples, best, strict=True)
        if e.right[few].any()
    ]

    def reciprocal_rank(weight: float) -> float:
        ranks = [1 + int((s + weight * m > (s + weight * m)[right].max()).sum()) for s, m, right in found]
        return float(np.mean(1 / np.array(ranks)))

    return max(INTERACTION, key=reciprocal_rank)


def fit_evidence(answerable: NDArray[np.float32], not_answerable: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bias and weights (1 + signals,) of a logistic model that tells the two apart; both sides count the same."""
    signals = torch.from_numpy(np.concatenate([answerable, not_answerable]))
    truth = torch.tensor([1.0] * len(answerable) + [0.0] * len(not_answerable))
    balance = torch.where(truth > 0, 0.5 / len(answerable), 0.5 / len(not_answerable))
    weights = torch.zeros(1 + len(SIGNALS), requires_grad=True)

    def loss() -> Tensor:
        logits = signals @ weights[1:] + weights[0]
        fault = torch.nn.functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
        return (fault * balance).sum() + 1e-4 * (weights**2).sum()

    _descend([weights], loss, steps=3000)
    return weights.detach().numpy()


def _descend(
    parameters: list[Tensor], loss: Callable[[], Tensor], steps: int = STEPS, least: float | None = None
) -> None:
    optimiser = torch.optim.Adam(parameters, lr=RATE)
    for _ in range(steps):
        optimiser.zero_grad(set_to_none=True)
        loss().backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if least is not None:
            with torch.no_grad():
                for parameter in parameters:
                    parameter.clamp_(min=least)


def tops(examples: Iterable[Example], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The signals of the best candidate of each question, shape (questions, signals)."""
    return np.stack([e.signals[int(np.argmax(e.signals @ weights))] for e in examples if len(e.signals)])


def recall(examples: list[Example], weights: NDArray[np.float32]) -> dict[str, float]:
    """How often a right candidate is among the first k."""
    out: dict[str, float] = {}
    for kind in dict.fromkeys(e.kind for e in examples):
        ranks = []
        for example in (e for e in examples if e.kind == kind):
            scores = example.signals @ weights
            best = scores[example.right].max() if example.right.any() else -np.inf
            ranks.append(int((scores > best).sum()) if example.right.any() else 10**6)
        out |= {f"{kind}@{k}": round(float(np.mean([r < k for r in ranks])), 3) for k in (1, 5, 10, 100)}
    return out


def main() -> None:
    """Fit and write `assistant/retrieval/fusion.json`; prints how often a right clause is among the first k."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path(".trainkit"))
    arguments = parser.parse_args()
    held = [q for q in statute_questions(arguments.shared / "statutes" / "queries.train.jsonl") if q.held_out]
    titles = {file.stem for file in (arguments.shared / "policies").glob("*.md")}
    lay = [q for q in lay_questions(Path(__file__).parent / "questions") if q.held_out and q.gold[0][0][0] in titles]
    knowledge = open_search(ROOT / "knowledge", arguments.work / "knowledge")
    examples = list(case_examples(knowledge))
    strangers = [Example("none", ask(knowledge, q.text)[0].signals(), np.zeros(0, bool)) for q in held]
    statutes = open_search(arguments.shared / "statutes" / "laws", arguments.work / "statutes")
    examples += article_examples(statutes, held, "statutes")
    policies = open_search(arguments.shared / "policies", arguments.work / "policies")
    examples += article_examples(policies, lay, "lay")
    cases = [e for e in examples if e.kind == "cases"]
    official = fit(examples, {"cases": 0.0, "statutes": 1.0, "lay": 1.0})
    digest = fit(examples, {"cases": 8.0, "statutes": 1.0, "lay": 1.0})  # not cases alone: they are ours and few
    others = [e for e in examples if e.kind != "cases"]
    of_officials, of_digests = fit_interaction(others, official), fit_interaction(cases, digest)
    official, of_officials = _scaled(cases, official, of_officials)
    digest, of_digests = _scaled(cases, digest, of_digests)
    sure = fit_evidence(tops(cases, digest), tops(strangers, digest))
    data = {
        "official": dict(zip(SIGNALS, map(_rounded, official), strict=True)),
        "digest": dict(zip(SIGNALS, map(_rounded, digest), strict=True)),
        "evidence": dict(zip(("bias", *SIGNALS), map(_rounded, sure), strict=True)),
        "interaction": {"official": _rounded(of_officials), "digest": _rounded(of_digests)},
    }
    TARGET.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"weights": data, **recall(cases, digest), **recall(others, official)}, indent=1))


def _scaled(
    examples: list[Example], weights: NDArray[np.float32], interaction: float
) -> tuple[NDArray[np.float32], float]:
    """The weights and that of late interaction, so that the best candidates score `HEIGHT` on average.

    Official texts and digests are put on one scale by the same questions: a library holds both, and `answer.assess` has
    thresholds. The height of each over questions of its own kind is none: those on laws are harder, their best is lower.
    """
    factor = HEIGHT / height(examples, weights, interaction)
    return weights * factor, interaction * factor


def height(examples: list[Example], weights: NDArray[np.float32], interaction: float) -> float:
    """The mean score of the best candidate."""
    scores = []
    for example in examples:
        scored = example.signals @ weights
        best = np.argsort(-scored, kind="stable")[:REFINED]
        scores.append((scored[best] + interaction * example.interaction(best)).max())
    return float(np.mean(scores))


def _rounded(value: float) -> float:
    return round(float(value), 4)


if __name__ == "__main__":
    main()
