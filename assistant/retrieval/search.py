"""Which clauses is a question about? THE PATH of a search:

    expand → look up → lexical ∪ dense → fuse → filter → hits
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.documents.model import Status
from assistant.index.snapshot import Snapshot
from assistant.index.store import StoredClause
from assistant.retrieval.fusion import Candidates, evidence, fuse
from assistant.retrieval.lookup import Catalogue
from assistant.retrieval.model import Found, Hit, Lookup, Rejected, Rejection, Scope, SearchResult

LEXICAL_DEPTH = 150  # candidates from each side; recall does not rise beyond on the statute questions
DENSE_DEPTH = 150
LONGEST_QUERY = 400  # characters of a question that are searched with; more is a pasted text


@dataclass(frozen=True)
class Search:
    """Searches one snapshot."""

    snapshot: Snapshot

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue.of(self.snapshot.store, self.snapshot.side.glossary)

    def search(
        self, question: str, k: int, as_of: date, *, scope: Scope = Scope(), context: Sequence[int] = ()  # noqa: B008
    ) -> SearchResult:
        """The k best clauses for a question on a day.

        Args:
            scope: limits on policies, levels, region.
            context: versions (numbers) named earlier in the conversation.
        """
        question = question.strip()
        glossary = self.snapshot.side.glossary
        query = glossary.expand(glossary.correct(question[:LONGEST_QUERY]))
        lookup = self.catalogue.look_up(question[:LONGEST_QUERY], as_of, context)
        candidates = self.candidates(query, lookup)
        scores = fuse(candidates)
        order = np.argsort(-scores, kind="stable")
        hits, rejected = self._select(candidates, scores, order, lookup, k, as_of, scope)
        return SearchResult(question, as_of, hits, lookup, rejected)

    def candidates(self, query: str, lookup: Lookup) -> Candidates:
        """Everything that could be a hit, with the features that decide."""
        snapshot = self.snapshot
        lexical = snapshot.lexical.scores(query)
        dense, asked = self._dense(query)
        best = np.argsort(-lexical, kind="stable")[:LEXICAL_DEPTH]
        named = [i for version in lookup.versions for i in np.flatnonzero(snapshot.version_of == version)]
        positions = np.unique(np.array([*best[lexical[best] > 0], *dense, *named, *lookup.clauses], dtype=np.int64))
        return Candidates(
            positions=positions,
            lexical=lexical[positions] if len(positions) else np.zeros(0, np.float32),
            dense=np.array([dense.get(int(p), 0.0) for p in positions], dtype=np.float32),
            asked=np.array([asked.get(int(p), 0.0) for p in positions], dtype=np.float32),
            named=np.isin(snapshot.version_of[positions], lookup.versions),
            direct=np.isin(positions, lookup.clauses),
        )

    def _dense(self, query: str) -> tuple[dict[int, float], dict[int, float]]:
        """Cosine similarity by position: over all keys, and over the stored questions only."""
        vector = self.snapshot.embedding.encode([query])[0]
        if not np.any(vector) or not self.snapshot.manifest.keys:
            return {}, {}
        depth = min(DENSE_DEPTH, self.snapshot.manifest.keys)
        found = self.snapshot.vector_store.similarity_search_by_vector_with_relevance_scores(vector.tolist(), k=depth)
        dense: dict[int, float] = {}
        asked: dict[int, float] = {}
        for document, distance in found:
            key = int(document.id or 0)
            position, similarity = int(self.snapshot.key_positions[key]), 1.0 - float(distance)
            dense[position] = max(similarity, dense.get(position, 0.0))
            if key >= self.snapshot.manifest.clauses:
                asked[position] = max(similarity, asked.get(position, 0.0))
        return dense, asked

    def _select(
        self,
        candidates: Candidates,
        scores: NDArray[np.float32],
        order: NDArray[np.int64],
        lookup: Lookup,
        k: int,
        as_of: date,
        scope: Scope,
    ) -> tuple[tuple[Hit, ...], tuple[Rejected, ...]]:
        hits: list[Hit] = []
        rejected: list[Rejected] = []
        seen: dict[str, int] = {}
        lexical_rank = _ranks(candidates.lexical)
        dense_rank = _ranks(candidates.dense)
        pool = self.snapshot.store.get([int(candidates.positions[i]) for i in order[: 3 * k + 20]])
        at = {int(p): i for i, p in enumerate(candidates.positions)}
        for stored in pool:
            i = at[stored.position]
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
                    evidence=evidence(candidates, i),
                    lexical_rank=int(lexical_rank[i]) if candidates.lexical[i] > 0 else None,
                    dense_rank=int(dense_rank[i]) if candidates.dense[i] > 0 else None,
                    how=Found.DIRECT if candidates.direct[i] else Found.SIMILAR,
                )
            )
        return tuple(hits), tuple(rejected)

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


def _ranks(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """The rank of each value, 1 for the largest."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks
