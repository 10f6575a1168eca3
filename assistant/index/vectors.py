"""The vectors of a snapshot: an array that is mapped, and the Chroma collection that searches it.

The array is what a later build takes unchanged vectors from, and what candidates found by other ways are scored
with; Chroma answers "which keys are nearest". Ids in the collection are positions in the array.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

COLLECTION = "clauses"
BATCH = 5000  # Chroma refuses more than 5,461 at once


def client(folder: Path | None, url: str | None = None) -> Any:
    """A Chroma client: on a folder, or of a server when `url` is given. Telemetry is off."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url:
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        return chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or 8000,
            ssl=parts.scheme == "https",
            settings=settings,
        )
    return chromadb.PersistentClient(str(folder), settings=settings)


def build_collection(chroma: Any, name: str, vectors: NDArray[np.float32], refs: Sequence[str]) -> None:
    """Create a collection and fill it; rows without any known token (all zero) are left out."""
    collection = chroma.create_collection(name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None)
    rows = np.flatnonzero(np.any(vectors, axis=1))
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        collection.add(ids=[str(i) for i in some], embeddings=vectors[some], documents=[refs[i] for i in some])


def open_store(chroma: Any, name: str, embedding: Embeddings) -> Chroma:
    """The collection as LangChain's vector store."""
    from langchain_chroma import Chroma

    return Chroma(
        client=chroma, collection_name=name, embedding_function=embedding, create_collection_if_not_exists=False
    )
