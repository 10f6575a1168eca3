"""Which clauses is a question about? THE PATH of a search:

    expand → look up → lexical ∪ dense → fuse → filter → hits
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.documents.model import Status
from assistant.index.snapshot import Snapshot
from assistant.index.store import StoredClause
from assistant.retrieval.fusion import Candidates, evidence, fuse
from assistant.retrieval.lookup import NO_CONTEXT, Catalogue
from assistant.retrieval.model import Context, Found, Hit, Lookup, Rejected, Rejection, Scope, SearchResult

LEXICAL_DEPTH = 300  # candidates from each side; on the statute questions recall@100 gains 0.004 from 500 / 300 to 1000 / 500
DENSE_DEPTH = 500
EVERYTHING = Scope()
LONGEST_QUERY = 400  # characters of a question that are searched with; more is a pasted text


@dataclass(frozen=True)
class Search:
    """Searches one snapshot."""

    snapshot: Snapshot

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue.of(self.snapshot.store, self.snapshot.side.glossary)

    def search(
        self, question: str, k: int, as_of: date, *, scope: Scope = EVERYTHING, context: Context = NO_CONTEXT
    ) -> SearchResult:
        """The k best clauses for a question on a day.

        Args:
            scope: limits on policies, levels, region.
            context: what the conversation was about; its documents are where a follow-up is answered first.
        """
        question = question.strip()
        glossary = self.snapshot.side.glossary
        query = glossary.expand(glossary.correct(question[:LONGEST_QUERY]))
        lookup = self.catalogue.look_up(question[:LONGEST_QUERY], as_of, context)
        candidates = self.candidates(query, lookup, context)
        hits, rejected = self._select(candidates, lookup, k, as_of, scope)
        return SearchResult(question, as_of, hits, lookup, rejected)

    def candidates(self, query: str, lookup: Lookup, context: Context = NO_CONTEXT) -> Candidates:
        """Everything that could be a hit, with the signals that decide."""
        snapshot = self.snapshot
        bm25 = snapshot.lexical.scores(query)
        vector = snapshot.embedding.encode([query], queries=True)[0]
        nearest, parts, asked = self._dense(vector)
        best = _largest(bm25, LEXICAL_DEPTH)
        homes = [*self._homes(query), *context.versions]
        named = [np.flatnonzero(snapshot.version_of == version) for version in (*lookup.versions, *context.versions)]
        chosen: list[NDArray[Any]] = [best[bm25[best] > 0], nearest, *named, np.array(lookup.clauses, np.int64)]
        positions = np.unique(np.concatenate(chosen)).astype(np.int64)
        whole = snapshot.vectors[positions] @ vector
        return Candidates(
            positions=positions,
            dense=np.maximum(whole, _values(parts, positions)),
            asked=_values(asked, positions),
            lexical=bm25[positions] / max(float(bm25.max(initial=0.0)), 1e-6),
            window=self._window(positions, vector),
            title=(snapshot.title_vectors @ vector)[snapshot.version_of[positions]],
            home=np.isin(snapshot.version_of[positions], homes).astype(np.float32),
            prior=snapshot.prior[positions],
            bm25=bm25[positions],
            named=np.isin(snapshot.version_of[positions], lookup.versions),
            direct=np.isin(positions, lookup.clauses),
        )

    def _homes(self, query: str) -> list[int]:
        """The versions of the policies that are about the terms of the query."""
        policies = self.catalogue.policies
        return [v for policy in self.snapshot.side.glossary.homes(query) for v in policies.get(policy, ())]

    def _dense(self, vector: NDArray[np.float32]) -> tuple[NDArray[np.int32], dict[int, float], dict[int, float]]:
        """The positions whose keys are nearest, and by position the best cosine over parts and over stored questions."""
        parts: dict[int, float] = {}
        asked: dict[int, float] = {}
        manifest = self.snapshot.manifest
        if not np.any(vector) or not manifest.keys:
            return np.zeros(0, np.int32), parts, asked
        keys, similarity = self.snapshot.nearest(vector, min(DENSE_DEPTH, manifest.keys))
        positions = self.snapshot.key_positions[keys]
        for key, position, cosine in zip(keys.tolist(), positions.tolist(), similarity.tolist(), strict=True):
            if key >= manifest.clauses:
                of = asked if key >= manifest.first_ask else parts
                of[position] = max(cosine, of.get(position, 0.0))
        return positions, parts, asked

    def _window(self, positions: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The mean cosine of the clauses before and after, within the same document."""
        snapshot = self.snapshot
        total = np.zeros(len(positions), np.float32)
        count = np.zeros(len(positions), np.float32)
        for step in (-1, 1):
            near = np.clip(positions + step, 0, snapshot.manifest.clauses - 1)
            same = (near != positions) & (snapshot.version_of[near] == snapshot.version_of[positions])
            total[same] += snapshot.vectors[near[same]] @ vector
            count += same
        total /= np.maximum(count, 1)
        return total

    def _select(
        self, candidates: Candidates, lookup: Lookup, k: int, as_of: date, scope: Scope
    ) -> tuple[tuple[Hit, ...], tuple[Rejected, ...]]:
        """The k best candidates that nothing speaks against, and those passed over, with the reason."""
        hits: list[Hit] = []
        rejected: list[Rejected] = []
        seen: dict[str, int] = {}
        scores, sure = fuse(candidates), evidence(candidates)
        lexical_rank, dense_rank = _ranks(candidates.lexical), _ranks(candidates.dense)
        for i, stored in self._in_order(candidates, scores, k):
            status = stored.version.status(as_of)
            reason = self._reject(stored, status, lookup, scope)
            text = stored.clause.text
            if reason is None and text in seen:
                hits[seen[text]] = replace(hits[seen[text]], also=(*hits[seen[text]].also, stored.ref))
                reason = Rejection.DUPLICATE
            if reason is not None:
                rejected.append(Rejected(stored.ref, reason))
                continue
            if len(hits) == k:
                break
            seen[text] = len(hits)
            hits.append(
                Hit(
                    rank=len(hits) + 1,
                    found=stored,
                    status=status,
                    score=float(scores[i]),
                    evidence=float(sure[i]),
                    lexical_rank=int(lexical_rank[i]) if candidates.lexical[i] > 0 else None,
                    dense_rank=int(dense_rank[i]) if candidates.dense[i] > 0 else None,
                    how=Found.DIRECT if candidates.direct[i] else Found.SIMILAR,
                )
            )
        return tuple(hits), tuple(rejected)

    def _in_order(
        self, candidates: Candidates, scores: NDArray[np.float32], k: int
    ) -> Iterator[tuple[int, StoredClause]]:
        """Candidates with their clauses, best first, read from the store as they are needed."""
        order = np.argsort(-scores, kind="stable")
        for start in range(0, len(order), k + 2):
            some = order[start : start + k + 2]
            yield from zip(some.tolist(), self.snapshot.store.get(candidates.positions[some].tolist()), strict=True)

    def _reject(self, stored: StoredClause, status: Status, lookup: Lookup, scope: Scope) -> Rejection | None:
        version = stored.version
        if scope.policies is not None and version.policy not in scope.policies:
            return Rejection.OUT_OF_SCOPE
        if scope.levels is not None and version.level not in scope.levels:
            return Rejection.OUT_OF_SCOPE
        if status is Status.REPLACED and version.replaced_by and not self._named(version.key, lookup):
            replaced_by = version.replaced_by.split("@")[0]
            if replaced_by == version.policy:
                return Rejection.OTHER_VERSION
        return None

    def _named(self, key: str, lookup: Lookup) -> bool:
        return any(self.snapshot.store.versions[v].key == key for v in lookup.versions)


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The places of the largest values, in no order."""
    return np.argpartition(-values, count)[:count] if len(values) > count else np.arange(len(values))


def _values(of: dict[int, float], positions: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.array([of.get(position, 0.0) for position in positions.tolist()], dtype=np.float32)


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """The rank of each value, 1 for the largest."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks
