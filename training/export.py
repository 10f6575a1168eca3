"""Write a trained table as a sentence-transformers folder: int8 rows, a weight per row, a tokeniser of features."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedding import UNKNOWN

_SCORE = -10.0  # the same for every piece: a feature in the vocabulary is then always one piece

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"},
]
_CONFIG = {
    "model_type": "SentenceTransformer",
    "similarity_fn_name": "cosine",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
}


def export(folder: Path, table: NDArray[np.float32], prior: NDArray[np.float32], features: list[str]) -> None:
    """Write the folder.

    Args:
        table: one row per feature, shape (features, dimension).
        prior: one weight per feature, shape (features,); see `training.prior`.
    """
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer, models, pre_tokenizers

    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    rows, weights = quantise(np.vstack([np.zeros((1, table.shape[1]), np.float32), table]))
    priors = np.concatenate([np.zeros(1, np.float32), prior]).astype(np.float32)
    save_file({"embeddings": rows, "weights": weights, "prior": priors}, folder / "model.safetensors")
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, 0.0), *((feature, _SCORE) for feature in features)], unk_id=0))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in (
        ("modules.json", _MODULES),
        ("config_sentence_transformers.json", _CONFIG),
        ("1_Normalize/config.json", {}),
    ):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def quantise(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows and the weight by which each is multiplied to give back the table."""
    weights = np.abs(table).max(axis=1) / 127
    rows = np.rint(table / np.where(weights > 0, weights, 1)[:, None]).astype(np.int8)
    return rows, weights.astype(np.float32)
