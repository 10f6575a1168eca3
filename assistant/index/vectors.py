"""The vectors of a snapshot: an array that is mapped, and the Chroma collection that searches it.

The array is what a later build takes unchanged vectors from, and what candidates found by other ways are scored
with; Chroma answers "which keys are nearest". Ids in the collection are positions in the array.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexIncompatible, SettingError

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

COLLECTION = "clauses"
BATCH = 5000  # Chroma refuses more than 5,461 at once


def client(folder: Path | None, url: str | None = None) -> Any:
    """A Chroma client: on a folder, or of a server when `url` is given. Telemetry is off.

    Raises:
        SettingError: there is no server at `url`.
    """
    if url:
        return server(url)
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


@cache
def server(url: str) -> Any:
    """The client of a Chroma server, one for the process: each holds connections of its own.

    Raises:
        SettingError: there is no server at `url`.
    """
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(f"ASSISTANT_CHROMA_URL={url}：应是完整的网址，如 http://127.0.0.1:8000")
    with reaching(url):
        return chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or 8000,
            ssl=parts.scheme == "https",
            settings=Settings(anonymized_telemetry=False),
        )


@contextmanager
def reaching(url: str | None) -> Iterator[None]:
    """Tell in our own words that the server at `url` does not answer or lacks the collection; for files do nothing.

    Raises:
        SettingError: nothing answers there.
        IndexIncompatible: the server does not hold the collection.
    """
    if not url:
        yield
        return
    from chromadb.errors import NotFoundError

    try:
        yield
    except NotFoundError as error:
        raise IndexIncompatible(
            f"ASSISTANT_CHROMA_URL={url} 的 Chroma 服务里没有这个索引的向量。"
            "请改回建立索引时所用的服务，或删除 data/index/CURRENT 后运行：python ingest.py"
        ) from error
    except Exception as error:  # Chroma hands on whatever its HTTP client raises
        raise SettingError(
            f"ASSISTANT_CHROMA_URL={url}：Chroma 服务没有答复（{type(error).__name__}：{error}）。"
            "请先启动服务（chroma run --path 目录），或去掉该设置以使用文件。"
        ) from error


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
