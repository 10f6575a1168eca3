"""Which clauses is a question about? THE PATH of a search:

rewrite → look up → lexical ∪ dense → fuse → refine → rerank (where a model is set) → filter → hits
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.keys import passage
from assistant.index.snapshot import Snapshot
from assistant.retrieval.filters import EVERYTHING, limits
from assistant.retrieval.fusion import Candidates, fuse, refine
from assistant.retrieval.lookup import NO_CONTEXT, Catalogue
from assistant.retrieval.model import Context, Lookup, Rejection, Scope, SearchResult
from assistant.retrieval.rerank import Reranker, reranked
from assistant.retrieval.rewrites import rewritten
from assistant.retrieval.selection import Selection

LEXICAL_DEPTH = 600  # candidates from each side; half as many lose 0.006 of recall@100 on the statute questions
DENSE_DEPTH = 500
LONGEST_QUERY = 400  # characters of a question that are searched with; more is a pasted text
Outside = Sequence[Rejection | None] | None  # for each version why it is outside the scope; None: there is no limit


@dataclass(frozen=True)
class Search:
    """Searches one snapshot, with a reranker where one is set."""

    snapshot: Snapshot
    reranker: Reranker | None = None

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.snapshot.store, self.snapshot.side.glossary)

    def search(
        self, question: str, k: int, as_of: date, *, scope: Scope = EVERYTHING, context: Context = NO_CONTEXT
    ) -> SearchResult:
        """The k best clauses for a question on a day.

        Args:
            scope: limits on policies, levels, regions, collections.
            context: what the conversation was about; its documents are where a follow-up is answered first.

        Raises:
            LibraryError: the scope names a collection that the library does not have.
        """
        question, snapshot = question.strip(), self.snapshot
        query = rewritten(question[:LONGEST_QUERY], snapshot.side.glossary)
        lookup = self.catalogue.look_up(question[:LONGEST_QUERY], as_of, context)
        outside = limits(scope, snapshot.store.versions, snapshot.side.collections)
        candidates = self.candidates(query, lookup, context, outside)
        scores = refine(candidates, fuse(candidates), partial(self.interaction, query, candidates))
        if self.reranker:
            texts = partial(self._passages, candidates)
            scores = reranked(self.reranker, question[:LONGEST_QUERY], scores, candidates.direct, texts)
        hits, rejected = Selection(snapshot, candidates, scores, lookup, as_of, scope, outside).best(k)
        return SearchResult(question, as_of, hits, lookup, rejected)

    def candidates(
        self, query: str, lookup: Lookup, context: Context = NO_CONTEXT, outside: Outside = None
    ) -> Candidates:
        """Everything that could be a hit, with the signals that decide.

        Args:
            outside: where there is a scope, the best clauses inside are candidates too, however far behind the others.
        """
        snapshot = self.snapshot
        bm25 = snapshot.lexical.scores(query)
        vector = snapshot.embedding.encode([query], queries=True)[0]
        nearest, parts, asked = self._dense(vector, outside)
        best = self._best(bm25, outside)
        homes = [*self._homes(query), *context.versions]
        named = [np.flatnonzero(snapshot.version_of == version) for version in (*lookup.versions, *context.versions)]
        chosen: list[NDArray[Any]] = [best, nearest, *named, np.array(lookup.clauses, np.int64)]
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
            digest=snapshot.digest_versions[snapshot.version_of[positions]],
            named=np.isin(snapshot.version_of[positions], lookup.versions),
            direct=np.isin(positions, lookup.clauses),
        )

    def interaction(self, query: str, candidates: Candidates, chosen: NDArray[np.int64]) -> NDArray[np.float32]:
        """The late interaction of chosen candidates, by their numbers, with a query; see `PolicyEmbeddings`."""
        return self.snapshot.embedding.interaction(query, self._passages(candidates, chosen))

    def _homes(self, query: str) -> list[int]:
        """The versions of the policies that are about the terms of the query."""
        policies = self.catalogue.policies
        return [v for policy in self.snapshot.side.glossary.homes(query) for v in policies.get(policy, ())]

    def _passages(self, candidates: Candidates, chosen: NDArray[np.int64]) -> list[str]:
        found = self.snapshot.store.get(candidates.positions[chosen].tolist())
        return [passage(stored.version, stored.clause) for stored in found]

    def _best(self, bm25: NDArray[np.float32], outside: Outside) -> NDArray[np.int64]:
        """The positions of the best clauses by their words, and of the best inside the scope."""
        best = _largest(bm25, LEXICAL_DEPTH)
        if outside:
            inside = np.flatnonzero(_inside(outside)[self.snapshot.version_of])
            best = np.concatenate([best, inside[_largest(bm25[inside], LEXICAL_DEPTH)]])
        return best[bm25[best] > 0]

    def _nearest(self, vector: NDArray[np.float32], outside: Outside) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The nearest keys with their cosines, and the nearest of those inside the scope."""
        snapshot = self.snapshot
        keys, cosines = snapshot.nearest(vector, min(DENSE_DEPTH, snapshot.manifest.keys))
        if outside:  # compared one by one: the collection cannot tell them apart at a price that pays
            inside = np.flatnonzero(_inside(outside)[snapshot.version_of[snapshot.key_positions]])
            among = snapshot.vectors[inside] @ vector
            some = _largest(among, DENSE_DEPTH)
            keys, cosines = np.concatenate([keys, inside[some]]), np.concatenate([cosines, among[some]])
        return keys, cosines

    def _dense(
        self, vector: NDArray[np.float32], outside: Outside
    ) -> tuple[NDArray[np.int32], dict[int, float], dict[int, float]]:
        """The positions whose keys are nearest; by position the best cosine over parts, and over stored questions."""
        parts: dict[int, float] = {}
        asked: dict[int, float] = {}
        manifest = self.snapshot.manifest
        if not np.any(vector) or not manifest.keys:
            return np.zeros(0, np.int32), parts, asked
        keys, similarity = self._nearest(vector, outside)
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


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The places of the largest values, in no order."""
    return np.argpartition(-values, count)[:count] if len(values) > count else np.arange(len(values))


def _inside(outside: Sequence[Rejection | None]) -> NDArray[np.bool_]:
    """Which versions are inside the scope, shape (versions,)."""
    return np.array([reason is None for reason in outside], dtype=bool)


def _values(of: dict[int, float], positions: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.array([of.get(position, 0.0) for position in positions.tolist()], dtype=np.float32)
