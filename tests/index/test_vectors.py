"""The vectors in Chroma: the same neighbours as the exact ones."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answer.chain import Assistant
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshot
from assistant.index.vectors import COLLECTION, build_collection, client, open_store

QUESTIONS = ["创新券一年能领多少", "高企有效期几年", "研发费用能多扣多少", "孵化器有什么奖励", "专利被侵权怎么办"]


@pytest.fixture(scope="module")
def snapshot(shipped: Assistant) -> Snapshot:
    return shipped.services().snapshot


@pytest.mark.parametrize("question", QUESTIONS)
def test_chroma_finds_the_nearest_keys(snapshot: Snapshot, embedding: PolicyEmbeddings, question: str) -> None:
    vector = embedding.encode([question], queries=True)[0]
    keys, cosines = snapshot.nearest(vector, 20)
    exact = np.asarray(snapshot.vectors) @ vector
    assert cosines[0] == pytest.approx(exact.max(), abs=1e-4)
    assert np.allclose(cosines, exact[keys], atol=1e-4)
    assert len(set(keys.tolist()) & set(np.argsort(-exact)[:20].tolist())) >= 19
    assert np.all(np.diff(cosines) <= 1e-6)


def test_every_key_has_its_row_and_its_clause(snapshot: Snapshot) -> None:
    manifest = snapshot.manifest
    assert snapshot.vectors.shape == (manifest.keys, manifest.dimension)
    assert snapshot.key_positions.shape == (manifest.keys,)
    assert np.array_equal(snapshot.key_positions[: manifest.clauses], np.arange(manifest.clauses))
    assert int(snapshot.key_positions.max()) < manifest.clauses == len(snapshot.store)


def test_it_is_a_langchain_vector_store(snapshot: Snapshot) -> None:
    (document,) = snapshot.vector_store.similarity_search("高新技术企业认定的条件", k=1)
    assert "#" in document.page_content


def test_a_text_without_a_known_token_is_left_out(
    embedding: PolicyEmbeddings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    vectors = embedding.encode(["创新券", "😀", "孵化器"])
    chroma = client(tmp_path_factory.mktemp("chroma"))
    build_collection(chroma, COLLECTION, vectors, ["a", "b", "c"])
    store = open_store(chroma, COLLECTION, embedding)
    assert [document.page_content for document in store.similarity_search("孵化器", k=3)] == ["c", "a"]
