"""The prepared arrays on a device, and bags of features taken from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


@dataclass(frozen=True)
class Bags:
    """Lists of features end to end on a device: values of shape (total,), where each begins, how long each is."""

    values: Tensor
    starts: Tensor
    lengths: Tensor

    def take(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """The features of some rows end to end, and where each row begins."""
        lengths = self.lengths[rows]
        starts = torch.cumsum(lengths, 0) - lengths
        shift = torch.repeat_interleave(self.starts[rows] - starts, lengths)
        return self.values[shift + torch.arange(len(shift), device=rows.device)], starts


@dataclass(frozen=True)
class Data:
    """Everything that training and evaluation need, features renumbered to the chosen vocabulary.

    kept: the number of each row of the model in the full list of features, shape (vocabulary,).
    bags: the features of everything, in one list: whole articles first (names and body), then the kinds that `at` names.
    at: where each other kind begins: bodies, names, sentences, questions, phrases, pair_queries, pair_passages.
    texts: a number per article, equal for equal texts, shape (articles,); `laws` of the articles come first.
    gold: rows of (question, which of its gold articles, article that stands for it).
    lexical: BM25's best articles for each question, with their scores.
    """

    kept: NDArray[np.int64]
    idf: Tensor
    bags: Bags
    at: dict[str, int]
    sentence_article: Tensor
    phrase_article: Tensor
    texts: Tensor
    laws: int
    pairs: int
    sources: NDArray[np.str_]
    held_out: NDArray[np.bool_]
    strange: NDArray[np.bool_]
    gold: NDArray[np.int32]
    lexical: NDArray[np.int32]
    lexical_scores: NDArray[np.float32]


def load(folder: Path, vocabulary: int, device: str, kinds: str = "wpc", query_weight: float = 5.0) -> Data:
    """Read the prepared arrays and choose the vocabulary.

    Args:
        vocabulary: how many features to keep, the most frequent (in questions `query_weight` times as much).
        kinds: which features: w words, p pairs of characters, c single characters; m: a pair equal to a word is that word.
    """
    raw = dict(np.load(folder / "data.npz"))
    names = json.loads((folder / "features.json").read_text(encoding="utf-8"))
    renumber, kept = _vocabulary(raw, names, vocabulary, kinds, query_weight)
    parts = {
        name: _renumbered(raw[source], raw[f"{source}_offsets"], renumber)
        for name, source in (
            ("names", "names"),
            ("sentences", "sentence"),
            ("questions", "question"),
            ("phrases", "phrase"),
            ("pair_queries", "pair_query"),
            ("pair_passages", "pair_passage"),
        )
    }
    first = raw["article_sentences"]
    parts = {"bodies": (parts["sentences"][0], parts["sentences"][1][first])} | parts
    parts = {"articles": _interleaved(parts["names"], parts["bodies"])} | parts
    bags, at = _gathered(parts, device)

    def tensor(array: NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(array).to(device)

    return Data(
        kept=kept,
        idf=tensor(_idf(*parts["articles"], len(kept))),
        bags=bags,
        at=at,
        sentence_article=tensor(np.repeat(np.arange(len(first) - 1), np.diff(first))),
        phrase_article=tensor(raw["phrase_article"].astype(np.int64)),
        texts=tensor(raw["article_text"].astype(np.int64)),
        laws=int(raw["laws"]),
        pairs=len(raw["pair_source"]),
        sources=raw["question_source"],
        held_out=raw["question_held_out"],
        strange=raw["question_strange"],
        gold=raw["gold"],
        lexical=raw["lexical"],
        lexical_scores=raw["lexical_scores"],
    )


Rows = tuple[NDArray[np.int64], NDArray[np.int64]]  # features end to end, and the offsets of the rows


def _interleaved(first: Rows, second: Rows) -> Rows:
    """Each row of the first followed by the same row of the second."""
    lengths = np.stack([np.diff(first[1]), np.diff(second[1])], axis=1)
    offsets = np.concatenate([[0], np.cumsum(lengths.sum(axis=1))])
    values = np.empty(offsets[-1], dtype=np.int64)
    is_first = np.repeat(np.tile([True, False], len(lengths)), lengths.ravel())
    values[is_first], values[~is_first] = first[0], second[0]
    return values, offsets


def _gathered(parts: dict[str, Rows], device: str) -> tuple[Bags, dict[str, int]]:
    """All parts in one list, bodies and sentences sharing their features, and the number of the first row of each part."""
    values, starts, lengths, at, rows, total = [], [], [], {}, 0, 0
    place: dict[int, int] = {}
    for name, (features, offsets) in parts.items():
        if id(features) not in place:
            place[id(features)] = total
            values.append(features)
            total += len(features)
        at[name] = rows
        rows += len(offsets) - 1
        starts.append(offsets[:-1] + place[id(features)])
        lengths.append(np.diff(offsets))
    tensors = (torch.from_numpy(np.concatenate(part)).to(device) for part in (values, starts, lengths))
    return Bags(*tensors), at


def _idf(values: NDArray[np.int64], offsets: NDArray[np.int64], vocabulary: int) -> NDArray[np.float32]:
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    seen = np.unique(owner * vocabulary + values) % vocabulary
    frequency = np.bincount(seen, minlength=vocabulary)
    return np.log(len(offsets) / (frequency + 1)).astype(np.float32)


def _vocabulary(
    raw: dict[str, NDArray[np.generic]], names: list[str], size: int, kinds: str, query_weight: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Old number → new number or -1, and the old numbers kept."""
    merged = np.arange(len(names))
    if "m" in kinds:
        at = {name: i for i, name in enumerate(names)}
        merged = np.array([at.get(name[1:], i) if name[0] == "#" else i for i, name in enumerate(names)])
    count = np.zeros(len(names))
    for part in ("sentence", "names", "pair_passage"):
        count += np.bincount(merged[raw[part].astype(np.int64)], minlength=len(names))
    held = np.repeat(raw["question_held_out"], np.diff(raw["question_offsets"]))
    asked = np.bincount(merged[raw["question"][~held].astype(np.int64)], minlength=len(names)).astype(float)
    asked += np.bincount(merged[raw["phrase"].astype(np.int64)], minlength=len(names)) / query_weight
    asked += np.bincount(merged[raw["pair_query"].astype(np.int64)], minlength=len(names))
    score = count + query_weight * asked
    kind = np.array([{"#": "p", "'": "c"}.get(name[0], "w") for name in names])
    score[~np.isin(kind, list(kinds))] = 0
    kept = np.sort(np.argsort(-score, kind="stable")[: min(size, int((score > 1).sum()))])
    renumber = np.full(len(names), -1)
    renumber[kept] = np.arange(len(kept))
    return renumber[merged], kept


def _renumbered(
    values: NDArray[np.generic], offsets: NDArray[np.generic], renumber: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    new = renumber[values.astype(np.int64)]
    known = new >= 0
    before = np.concatenate([[0], np.cumsum(known)])
    return new[known], before[offsets.astype(np.int64)]
