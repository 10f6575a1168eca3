"""Put the signals about a candidate together: one score to order by, one evidence to decide by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RANK_OFFSET = 20.0  # reciprocal rank fusion; smaller than the usual 60 since the candidate lists are short
NAMED = 0.06  # a clause of a document that the question names outranks others unless far behind
DIRECT = 10.0  # a clause named by its number comes first
ASKED = 0.05


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of one search; every array has shape (candidates,).

    lexical: BM25 score; dense: best cosine over the clause's keys; asked: best cosine over its stored questions;
    named: its document is named in the question; direct: it is named itself.
    """

    positions: NDArray[np.int64]
    lexical: NDArray[np.float32]
    dense: NDArray[np.float32]
    asked: NDArray[np.float32]
    named: NDArray[np.bool_]
    direct: NDArray[np.bool_]


def fuse(c: Candidates) -> NDArray[np.float32]:
    """One score per candidate, shape (candidates,), higher is better."""
    score = _reciprocal(c.lexical) + _reciprocal(c.dense)
    score += ASKED * np.maximum(c.asked - 0.5, 0.0)
    score += NAMED * c.named + DIRECT * c.direct
    return score.astype(np.float32)


def evidence(c: Candidates, i: int) -> float:
    """How surely candidate i is about the question, 0 to 1."""
    if c.direct[i]:
        return 1.0
    return float(np.clip(max(c.dense[i], c.asked[i]), 0.0, 1.0))


def _reciprocal(values: NDArray[np.float32]) -> NDArray[np.float64]:
    ranks = np.empty(len(values))
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return np.where(values > 0, 1.0 / (RANK_OFFSET + ranks), 0.0)
