"""BM25 over words and character bigrams, saved and memory-mapped (bm25s, Lucene's variant)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.index.tokens import lexical_tokens

NAMES_WEIGHT = 1  # times the title and headings count, measured on the shipped evaluation


class LexicalIndex:
    """Scores every clause for a query."""

    def __init__(self, bm25: Any, size: int) -> None:
        self._bm25 = bm25
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str]]) -> LexicalIndex:
        """Build from (names, body) per clause, in the order of their positions."""
        import bm25s

        corpus = [lexical_tokens(names) * NAMES_WEIGHT + lexical_tokens(body) for names, body in texts]
        bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        bm25.index(corpus or [["空"]], show_progress=False)
        return cls(bm25, len(corpus))

    def save(self, folder: Path) -> None:
        self._bm25.save(str(folder), corpus=None, show_progress=False)

    @classmethod
    def open(cls, folder: Path, size: int) -> LexicalIndex:
        """Open without reading the arrays; they are mapped."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), mmap=True, load_corpus=False), size)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every clause, shape (clauses,); zeros where no token is known."""
        known = [token for token in dict.fromkeys(lexical_tokens(query)) if token in self._bm25.vocab_dict]
        if not known or not self._size:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores[: self._size]
