"""The shipped embedding, and any other."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.index.embedding import SHIPPED, StaticEmbeddings, TransformerEmbeddings, load_embedding

TEXTS = [
    "高新技术企业认定需要什么条件？",
    "上海市科学技术进步条例 第三章 企业科技进步\n第二十条 企业开展研究开发活动，按照国家有关规定享受税前加计扣除。",
    "R&D 费用 ５００ 万元",
    "砸在搞新产品上的钱，交税时能多抵一点不",
]


@pytest.fixture(scope="module")
def shipped() -> StaticEmbeddings:
    embedding = load_embedding(None)
    assert isinstance(embedding, StaticEmbeddings)
    return embedding


def test_vectors_have_length_one(shipped: StaticEmbeddings) -> None:
    vectors = shipped.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), shipped.dimension) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_nothing_known_gives_zeros(shipped: StaticEmbeddings) -> None:
    assert not np.any(shipped.encode(["", " ", "😀😀", "？！"]))
    assert shipped.encode([]).shape == (0, shipped.dimension)


def test_the_folder_is_a_sentence_transformers_model_with_the_same_vectors(shipped: StaticEmbeddings) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(SHIPPED), local_files_only=True, device="cpu")
    theirs = model.encode([shipped.known_features(text) for text in TEXTS])
    assert np.allclose(shipped.encode(TEXTS), theirs, atol=1e-5)


def test_a_question_is_near_its_clause(shipped: StaticEmbeddings) -> None:
    question, near, far = shipped.encode(
        [
            "公司搞研发花的钱交税时能多扣吗",
            "企业开发新技术、新产品、新工艺发生的研究开发费用，可以在计算应纳税所得额时加计扣除。",
            "船舶进出港口应当向海事管理机构报告。",
        ]
    )
    assert question @ near > question @ far + 0.2


def test_words_are_compared_one_by_one(shipped: StaticEmbeddings) -> None:
    question = "研发费用加计扣除"
    met = shipped.interaction(question, ["企业的研发费用可以加计扣除。", "研发人员的宿舍。", "？", "船舶进出港口。"])
    assert met.shape == (4,) and met.dtype == np.float32
    assert met[0] > met[1] > met[3] and met[2] == 0
    assert shipped.interaction(question, [question])[0] == pytest.approx(1, abs=1e-3)
    assert not np.any(shipped.interaction("😀", TEXTS)) and shipped.interaction(question, []).shape == (0,)


def test_it_is_a_langchain_embedding(shipped: StaticEmbeddings) -> None:
    assert np.allclose(shipped.embed_query(TEXTS[0]), shipped.embed_documents(TEXTS)[0])


def test_it_fits_the_repository() -> None:
    assert sum(f.stat().st_size for f in SHIPPED.rglob("*") if f.is_file()) <= 25e6


def test_it_starts_without_torch() -> None:
    code = (
        "import sys; from assistant.index.embedding import load_embedding; load_embedding(None).encode(['创新券']);"
        "print({'torch', 'sentence_transformers', 'jieba'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_a_damaged_folder_is_named_with_the_remedy(broken: Path, file: str, damage: str) -> None:
    path = broken / file
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")
    with pytest.raises(ModelError, match=file):
        StaticEmbeddings(broken).encode(TEXTS)


def test_rows_and_vocabulary_must_fit(broken: Path) -> None:
    tokenizer = json.loads((broken / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"].pop()
    (broken / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(ModelError, match="行向量"):
        StaticEmbeddings(broken).encode(TEXTS)


def test_other_models_have_another_identity(broken: Path, shipped: StaticEmbeddings) -> None:
    other = TransformerEmbeddings(str(broken))
    assert other.identity != shipped.identity and other.dimension == shipped.dimension
    assert other.encode(["创新券"], queries=True).shape == (1, other.dimension)


@pytest.mark.parametrize("name", ["./no-such-folder", "/no/such/folder", "BAAI/no-such-model"])
def test_a_model_that_is_not_here_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="ASSISTANT_EMBEDDING_MODEL"):
        load_embedding(name)
