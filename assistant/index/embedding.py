"""Texts as vectors. By default with the embedding in models/, made for statutes and policies (see training/).

The shipped folder is an ordinary sentence-transformers one (StaticEmbedding, then Normalize), so that any tool can load
it. Here it is read directly, which is ready in a fraction of the time; a test proves the vectors equal. Its tokeniser
expects the features of a text, separated by blanks: words, #pairs of neighbouring characters, 'single characters.
"""

from __future__ import annotations

import hashlib
import json
import re
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index.tokens import dictionary_digest, lexical_tokens, normalise

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED = Path(__file__).resolve().parents[2] / "models" / "policy-embedding-zh"
UNKNOWN = "[UNK]"

_NUMBERED = re.compile(r"第[零〇一二三四五六七八九十百千0-9]+[编篇部分章节条款项目]+(?:之[一二三四五六七八九十]+)?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BATCH = 64
_SAMPLE = 1 << 20  # bytes read from each end of a large file to tell models apart


class PolicyEmbeddings(Embeddings):
    """An embedding whose vectors can be told apart from those of any other."""

    identity: str
    dimension: int

    @abstractmethod
    def encode(self, texts: Sequence[str], *, queries: bool = False) -> NDArray[np.float32]:
        """Vectors of length one, shape (texts, dimension); a text of which nothing is known gets zeros.

        Args:
            queries: the texts are questions; matters only to models that treat questions and passages differently.
        """

    def prior(self, names: Sequence[str]) -> NDArray[np.float32]:
        """How likely articles under such names (title and headings) are asked about: log-probability up to a constant.

        Shape (names,); zeros for a model that knows nothing of it.
        """
        return np.zeros(len(names), dtype=np.float32)

    def interaction(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Late interaction: how near the words of a question come, each at its best, to the words of a text.

        Shape (texts,), -1 to 1; zeros for a model that has no vectors of single words.
        """
        return np.zeros(len(texts), dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in vector] for vector in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.encode([text], queries=True)[0]]


def load_embedding(settings_value: str | None) -> PolicyEmbeddings:
    """The shipped embedding, or the model that ASSISTANT_EMBEDDING_MODEL names.

    Raises:
        ModelError: it is missing or damaged; the message says what to do.
    """
    if settings_value is None or Path(settings_value).resolve() == SHIPPED:
        return StaticEmbeddings(SHIPPED)
    return TransformerEmbeddings(settings_value)


def features(text: str) -> list[str]:
    """What the shipped embedding sees of a text: words, pairs, single characters, without the numbers of articles."""
    text = normalise(_NUMBERED.sub(" ", text))
    return lexical_tokens(text) + ["'" + character for character in _HAN.findall(text)]


class StaticEmbeddings(PolicyEmbeddings):
    """Sums of feature vectors, read from a static sentence-transformers folder with int8 rows.

    The folder's model.safetensors holds `embeddings`, int8 of shape (features, dimension); `weights`, float32 of shape
    (features,), by which each row is multiplied; and `prior`, float32 of shape (features,), see
    `PolicyEmbeddings.prior`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for file in ("model.safetensors", "tokenizer.json"):
            if not (folder / file).is_file():
                raise self._damaged(file, "没有这个文件")
        self._rows, self._weights, self._prior = self._read_tensors()
        self.dimension = int(self._rows.shape[1])
        names = [dictionary_digest()] + [_digest(folder / name) for name in ("model.safetensors", "tokenizer.json")]
        self.identity = f"{folder.name}:{hashlib.sha256(''.join(names).encode()).hexdigest()[:16]}"

    def encode(self, texts: Sequence[str], *, queries: bool = False) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for i, text in enumerate(texts):
            known = self._known(features(text))
            if known:
                vectors[i] = self._weights[known] @ self._rows[known].astype(np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(norms > 0, norms, 1)
        return vectors

    def prior(self, names: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._prior[self._known(features(name))].sum() for name in names], dtype=np.float32)

    def interaction(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        asked = self._known(features(query))
        told = [self._known(features(text)) for text in texts]
        out = np.zeros(len(texts), dtype=np.float32)
        full = [i for i, found in enumerate(told) if found]
        if not asked or not full:
            return out
        rows, place = np.unique(np.concatenate([told[i] for i in full]), return_inverse=True)
        weight = np.linalg.norm(self._rows[asked].astype(np.float32), axis=1) * np.abs(self._weights[asked])
        cosines = self._units(asked) @ self._units(rows).T
        starts = np.cumsum([0, *(len(told[i]) for i in full[:-1])])
        out[full] = weight @ np.maximum.reduceat(cosines[:, place], starts, axis=1) / weight.sum()
        return out

    def _units(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        vectors = self._rows[rows].astype(np.float32)
        scaled: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0)
        return scaled

    def known_features(self, text: str) -> str:
        """The features of a text that the folder's tokeniser knows, with blanks between, for sentence-transformers."""
        return " ".join(feature for feature in features(text) if feature in self._vocabulary)

    def _known(self, found: Iterable[str]) -> list[int]:
        number = self._vocabulary.get
        return [n for feature in found if (n := number(feature)) is not None]

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        try:
            pieces = json.loads((self._folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
            vocabulary = {piece: i for i, (piece, _) in enumerate(pieces) if piece != UNKNOWN}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._damaged("tokenizer.json", error) from error
        if len(pieces) != len(self._rows):
            raise self._damaged("tokenizer.json", f"{len(pieces)} 个词元，{len(self._rows)} 行向量")
        return vocabulary

    def _read_tensors(self) -> tuple[NDArray[np.int8], NDArray[np.float32], NDArray[np.float32]]:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            tensors = load_file(self._folder / "model.safetensors")
            rows, weights, prior = tensors["embeddings"], tensors["weights"], tensors["prior"]
        except (OSError, KeyError, SafetensorError) as error:
            raise self._damaged("model.safetensors", error) from error
        if rows.ndim != 2 or rows.dtype != np.int8 or not weights.shape == prior.shape == rows.shape[:1]:
            raise self._damaged("model.safetensors", f"{rows.dtype} {rows.shape}, {weights.shape}, {prior.shape}")
        return rows, weights, prior

    def _damaged(self, file: str, reason: object) -> ModelError:
        return ModelError(
            f"向量模型读不出来：{self._folder / file}（{reason}）。\n"
            "请从代码仓库恢复 models/ 目录（git checkout -- models），"
            "或用 ASSISTANT_EMBEDDING_MODEL 指定另一个模型的本地目录。"
        )


class TransformerEmbeddings(PolicyEmbeddings):
    """Any other sentence-transformers model: a local folder, or a name that is already in the local cache."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._model = self._load()
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise ModelError(f"向量模型 {name} 没有说明向量维数，不能使用。请换一个 sentence-transformers 模型。")
        self.dimension = dimension
        self.identity = f"{Path(name).name}:{self._fingerprint()}"

    def encode(self, texts: Sequence[str], *, queries: bool = False) -> NDArray[np.float32]:
        encode = self._model.encode_query if queries else self._model.encode_document
        vectors = encode(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def _load(self) -> SentenceTransformer:
        folder = Path(self._name)
        if not folder.exists() and (folder.is_absolute() or self._name.startswith(".")):
            raise ModelError(
                f"ASSISTANT_EMBEDDING_MODEL 指定的目录不存在：{self._name}。"
                "请改成已有的目录，或去掉该设置以使用自带模型。"
            )
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._name, local_files_only=True, device="cpu")
        except Exception as error:  # the libraries below raise many kinds for one fact: it cannot be loaded
            raise ModelError(
                f"向量模型 {self._name} 不能加载（{type(error).__name__}）。本机不会下载模型：\n"
                "请把 ASSISTANT_EMBEDDING_MODEL 设为完整的 sentence-transformers 目录，或去掉该设置以使用自带模型。"
            ) from error

    def _fingerprint(self) -> str:
        folder = Path(self._name)
        files = sorted(f for f in folder.rglob("*") if f.is_file()) if folder.is_dir() else []
        parts = [f"{f.relative_to(folder)}={_digest(f)}" for f in files] or [self._name]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _digest(file: Path) -> str:
    """Identifies a file by its size and its content; of a large one both ends are read."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        content = opened.read(_SAMPLE if size > 64 * _SAMPLE else size)
        if size > len(content):
            opened.seek(-_SAMPLE, 2)
            content += opened.read()
    return hashlib.sha256(content + str(size).encode()).hexdigest()
