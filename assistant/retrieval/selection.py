"""From candidates with scores to hits: what speaks against one, and what is shown once because it says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from assistant.documents.model import Status, Version
from assistant.index.snapshot import Snapshot
from assistant.index.store import StoredClause
from assistant.retrieval.filters import ENDED, Shown, by_day
from assistant.retrieval.fusion import Candidates, evidence
from assistant.retrieval.model import Found, Hit, Lookup, Rejected, Rejection, Scope


@dataclass(frozen=True)
class Selection:
    """Chooses among the candidates of one search; `scores` has shape (candidates,), higher is better.

    outside: for each version why it is outside the scope; None where there is no limit.
    """

    snapshot: Snapshot
    candidates: Candidates
    scores: NDArray[np.float32]
    lookup: Lookup
    as_of: date
    scope: Scope
    outside: Sequence[Rejection | None] | None = None

    def best(self, k: int) -> tuple[tuple[Hit, ...], tuple[Rejected, ...]]:
        """The k best candidates that nothing speaks against, and those passed over, with the reason."""
        hits: list[Hit] = []
        rejected: list[Rejected] = []
        replaced: list[StoredClause] = []
        shown = Shown(k, self.snapshot.manifest.dimension)
        hit_of = self._hits()
        for i, stored in self._in_order(k):
            status = stored.version.status(self.as_of)
            reason = self._against(i, stored.version, status)
            like = shown.like(stored, self._vector(stored)) if reason is None else None
            if like is not None and not self.candidates.direct[i]:
                hits[like] = _together(hits[like], hit_of(i, stored, status))
                reason = Rejection.DUPLICATE
            if reason is not None:
                rejected.append(Rejected(stored.ref, reason))
                replaced += [stored] if reason is Rejection.OTHER_VERSION else []
                continue
            if len(hits) == k:
                break
            shown.add(stored, self._vector(stored))
            hits.append(replace(hit_of(i, stored, status), rank=len(hits) + 1))
        for stored in replaced:
            like = shown.like(stored, self._vector(stored))
            if like is not None:
                hits[like] = replace(hits[like], also=(*hits[like].also, stored.ref))
        return tuple(hits), tuple(rejected)

    def _in_order(self, k: int) -> Iterator[tuple[int, StoredClause]]:
        """Candidates with their clauses, best first, read from the store as they are needed."""
        order = np.argsort(-self.scores, kind="stable")
        for start in range(0, len(order), k + 2):
            some = order[start : start + k + 2]
            yield from zip(
                some.tolist(), self.snapshot.store.get(self.candidates.positions[some].tolist()), strict=True
            )

    def _against(self, candidate: int, version: Version, status: Status) -> Rejection | None:
        """What speaks against a candidate."""
        outside = self.outside[self._version_of(candidate)] if self.outside else None
        named = any(self.snapshot.store.versions[v].key == version.key for v in self.lookup.versions)
        return outside or by_day(version, status, self.scope, named)

    def _version_of(self, candidate: int) -> int:
        return int(self.snapshot.version_of[self.candidates.positions[candidate]])

    def _vector(self, stored: StoredClause) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.snapshot.vectors[stored.position]
        return vector

    def _hits(self) -> _HitOf:
        candidates = self.candidates
        return _HitOf(self, evidence(candidates), _ranks(candidates.lexical), _ranks(candidates.dense))


@dataclass(frozen=True)
class _HitOf:
    """Makes the hit of a candidate; the arrays have shape (candidates,)."""

    selection: Selection
    evidence: NDArray[np.float32]
    lexical_rank: NDArray[np.int64]
    dense_rank: NDArray[np.int64]

    def __call__(self, i: int, stored: StoredClause, status: Status) -> Hit:
        candidates = self.selection.candidates
        direct = bool(candidates.direct[i])
        return Hit(
            rank=0,
            found=stored,
            status=status,
            score=float(self.selection.scores[i]),
            evidence=float(self.evidence[i]),
            lexical_rank=int(self.lexical_rank[i]) if candidates.lexical[i] > 0 else None,
            dense_rank=int(self.dense_rank[i]) if candidates.dense[i] > 0 else None,
            how=Found.DIRECT if direct else Found.SIMILAR,
            part=dict(self.selection.lookup.parts).get(stored.position),
        )


def _together(shown: Hit, further: Hit) -> Hit:
    """One hit for two that say the same: the better one, unless only the other is in force."""
    if shown.status in ENDED and further.status not in ENDED and shown.how is not Found.DIRECT:
        kept = replace(further, rank=shown.rank, score=shown.score, evidence=max(shown.evidence, further.evidence))
        return replace(kept, also=(*shown.also, shown.ref))
    return replace(shown, also=(*shown.also, further.ref))


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """The rank of each value, 1 for the largest."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks
