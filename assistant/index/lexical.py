"""BM25 over words and character bigrams, saved and memory-mapped (bm25s, Lucene's variant)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.keys import LexicalRow
from assistant.index.tokens import lexical_tokens

NAMES_WEIGHT = 1  # times the title and headings count, measured on the shipped evaluation


class LexicalIndex:
    """Scores every clause for a query: the clause as a whole or, where it is long, its best part."""

    def __init__(self, bm25: Any, parts: NDArray[np.int32], size: int) -> None:
        self._bm25 = bm25
        self._parts = parts  # the position of the clause of each row after the first `size`
        self._size = size

    @classmethod
    def build(cls, rows: Sequence[LexicalRow], size: int) -> LexicalIndex:
        """Build from rows, of which the first `size` are the clauses in the order of their positions."""
        import bm25s

        corpus = [lexical_tokens(row.names) * NAMES_WEIGHT + lexical_tokens(row.body) for row in rows]
        bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        bm25.index(corpus or [["空"]], show_progress=False)
        return cls(bm25, np.array([row.position for row in rows[size:]], dtype=np.int32), size)

    def save(self, folder: Path) -> None:
        self._bm25.save(str(folder), corpus=None, show_progress=False)
        np.save(folder / "parts.npy", self._parts)

    @classmethod
    def open(cls, folder: Path, size: int) -> LexicalIndex:
        """Open without reading the arrays; they are mapped."""
        import bm25s

        bm25 = bm25s.BM25.load(str(folder), mmap=True, load_corpus=False)
        return cls(bm25, np.load(folder / "parts.npy", mmap_mode="r"), size)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every clause, shape (clauses,); zeros where no token is known."""
        known = [token for token in dict.fromkeys(lexical_tokens(query)) if token in self._bm25.vocab_dict]
        if not known or not self._size:
            return np.zeros(self._size, dtype=np.float32)
        rows: NDArray[np.float32] = self._bm25.get_scores(known)
        scores = rows[: self._size].copy()
        np.maximum.at(scores, self._parts, rows[self._size :][: len(self._parts)])
        return scores
