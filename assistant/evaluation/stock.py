"""The stock LangChain pipeline as a baseline: recursive splitter 500/50, Chroma, BM25 over jieba words, equal fusion.

Its chunks hold about three articles each; a chunk counts as right when the right article stands in it, so that its
figures are those of finding the neighbourhood, not the article. The embedding is the shipped one. Needs the packages of
requirements-dev.txt.
"""

from __future__ import annotations

import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from assistant.evaluation.statutes import Row

BATCH = 5000
DEPTH = 100
Wanted = list[tuple[str, list[list[str]]]]  # question, and the text of each right article


def available() -> bool:
    """Whether the packages of the stock pipeline are installed."""
    return all(
        find_spec(name)
        for name in ("langchain_classic", "langchain_community", "rank_bm25", "langchain_text_splitters")
    )


def measure_stock(folder: Path, wanted: Wanted) -> Row:
    """Build the pipeline over the laws, ask the questions, and give its figures."""
    from assistant.evaluation.statutes import Row, _memory

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as data:
        retriever = _build(folder, Path(data))
        ingest_s = time.perf_counter() - started
        ranks, milliseconds = [], []
        retriever.invoke(wanted[0][0])
        for question, gold in wanted:
            started = time.perf_counter()
            chunks = retriever.invoke(question)
            milliseconds.append((time.perf_counter() - started) * 1000)
            squeezed = ["".join(chunk.page_content.split()) for chunk in chunks]
            ranks.append([_rank(texts, squeezed) for texts in gold])
    best = np.array([min(r) for r in ranks])
    recall = {k: float(np.mean([np.mean([x <= k for x in r]) for r in ranks])) for k in (1, 5, 10, 100)}
    p50, p95 = (float(np.percentile(milliseconds, q)) for q in (50, 95))
    mrr = float(np.where(best <= 10, 1 / best, 0).mean())
    return Row("stock", mrr, recall[1], recall[5], recall[10], recall[100], p50, p95, ingest_s, _memory())


def _rank(texts: list[str], chunks: list[str]) -> int:
    """The rank of the first chunk that holds the first 60 characters of the article, DEPTH + 1 if there is none."""
    starts = [text[:60] for text in texts]
    found = (i for i, chunk in enumerate(chunks, start=1) if any(start in chunk for start in starts))
    return next(found, DEPTH + 1)


def _build(folder: Path, data: Path) -> Any:
    import jieba
    from langchain_chroma import Chroma
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from assistant.index.embedding import load_embedding
    from assistant.index.vectors import client

    documents = [Document(file.read_text(encoding="utf-8")) for file in sorted((folder / "laws").glob("*.md"))]
    chunks = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50).split_documents(documents)
    store = Chroma("stock", client=client(data), embedding_function=load_embedding(None))
    for start in range(0, len(chunks), BATCH):
        store.add_documents(chunks[start : start + BATCH])
    lexical = BM25Retriever.from_documents(chunks, preprocess_func=jieba.lcut, k=DEPTH)
    dense = store.as_retriever(search_kwargs={"k": DEPTH})
    return EnsembleRetriever(retrievers=[lexical, dense], weights=[0.5, 0.5])
