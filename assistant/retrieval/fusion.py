"""Put the signals about a candidate together: one score to order by, one evidence to decide by.

The weights stand in `fusion.json`; `training.fusion` fits them on questions that the embedding has not seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIGNALS = ("dense", "asked", "lexical", "window", "title", "home", "prior")
NAMED = 0.5  # a clause of a document that the question names outranks others unless far behind
REFINED = 12  # candidates whose words are compared one by one
DIRECT = 10.0  # a clause named by its number comes first


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts, in the order of SIGNALS, for ordering and (with a bias first) for evidence; and what late
    interaction counts among the best.

    Digests have weights of their own: they are short, in plain words, with stored questions and a glossary about them. Both
    are on one scale (`training.fusion.HEIGHT`), as a library holds both.
    """

    official: NDArray[np.float32]
    digest: NDArray[np.float32]
    evidence: NDArray[np.float32]
    interaction_official: float
    interaction_digest: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of one search; every array has shape (candidates,).

    dense: best cosine over the clause and its parts; asked: best cosine over its stored questions, 0 where it has none
    near; lexical: BM25 as a share of the best clause's; window: mean cosine of the neighbouring clauses; title: cosine
    of the names of its document; home: 1 where the glossary says that its policy is about what is asked; prior: how
    likely such articles are asked about; digest: it is one, not the official text; named: its document is named in the question; direct: it is named itself.
    """

    positions: NDArray[np.int64]
    dense: NDArray[np.float32]
    asked: NDArray[np.float32]
    lexical: NDArray[np.float32]
    window: NDArray[np.float32]
    title: NDArray[np.float32]
    home: NDArray[np.float32]
    prior: NDArray[np.float32]
    digest: NDArray[np.bool_]
    named: NDArray[np.bool_]
    direct: NDArray[np.bool_]

    def signals(self) -> NDArray[np.float32]:
        """Shape (candidates, signals)."""
        return np.stack([getattr(self, name) for name in SIGNALS], axis=1)


@cache
def weights() -> Weights:
    """The shipped weights."""
    data = json.loads(Path(__file__).with_name("fusion.json").read_text(encoding="utf-8"))
    official, digest, evidence = ([data[part][name] for name in SIGNALS] for part in ("official", "digest", "evidence"))
    sure = [data["evidence"]["bias"], *evidence]
    return Weights(
        np.array(official, np.float32),
        np.array(digest, np.float32),
        np.array(sure, np.float32),
        data["interaction"]["official"],
        data["interaction"]["digest"],
    )


def fuse(candidates: Candidates) -> NDArray[np.float32]:
    """One score per candidate, shape (candidates,), higher is better."""
    signals = candidates.signals()
    score = np.where(candidates.digest, signals @ weights().digest, signals @ weights().official)
    score += NAMED * candidates.named + DIRECT * candidates.direct
    return score.astype(np.float32)


def refine(
    candidates: Candidates, scores: NDArray[np.float32], interaction: Callable[[NDArray[np.int64]], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """The scores with what the best candidates gain by late interaction; those further down keep their distance.

    Args:
        interaction: of candidates by their numbers, see `PolicyEmbeddings.interaction`; too dear to ask for all.
    """
    best = np.argsort(-scores, kind="stable")[:REFINED]
    if len(best) < 2:
        return scores
    weight = np.where(candidates.digest, weights().interaction_digest, weights().interaction_official)
    weight = weight.astype(np.float32)
    met = interaction(best)
    out: NDArray[np.float32] = scores + weight * met.min()
    out[best] += weight[best] * (met - met.min())
    return out


def evidence(candidates: Candidates) -> NDArray[np.float32]:
    """How surely each candidate is about the question, 0 to 1, shape (candidates,)."""
    bias, *rest = weights().evidence
    sure = 1 / (1 + np.exp(-(candidates.signals() @ np.array(rest, np.float32) + bias)))
    return np.where(candidates.direct, 1.0, sure).astype(np.float32)
