"""A small trained tagger: which statements a text makes, and where, whatever their words (docs/adr/0011-a-tagger-beside-the-patterns.md).

Convolutions over the characters give every place of a text a score for each statement; the best place counts. The model is
made by `python -m training.tagger` and read here with NumPy alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

SHIPPED = Path(__file__).resolve().parents[3] / "models" / "claim-tagger-zh"
PAIRS = 1 << 15  # buckets of pairs of neighbouring characters
OPEN = "?"  # the label of what is spoken of but left open
_NUMBER = re.compile(r"\d[\d.,]*")
_UNKNOWN = 1  # the row of characters that the model does not know; row 0 is padding


@dataclass(frozen=True, slots=True)
class Tag:
    """A statement on a topic: how sure it is (0 to 1), how near any other on the topic comes, and the place that shows it best."""

    topic: str
    label: str
    probability: float
    rival: float
    place: int


@dataclass(frozen=True)
class ClaimTagger:
    """The weights as they were trained; `labels` are topic.label."""

    labels: tuple[str, ...]
    characters: dict[str, int]
    weights: dict[str, NDArray[np.float32]]
    layers: tuple[tuple[str, int], ...]  # name and dilation, in order; all but the first add to what they are given

    def tags(self, text: str) -> list[Tag]:
        """The likeliest statement on each topic."""
        plain, places = masked(text)
        if not plain:
            return []
        scores = self._scores(plain)
        best = scores.argmax(axis=0)
        chances = 1 / (1 + np.exp(-scores.max(axis=0)))
        found: list[Tag] = []
        for topic in dict.fromkeys(label.partition(".")[0] for label in self.labels):
            of_topic = [i for i, label in enumerate(self.labels) if label.startswith(f"{topic}.")]
            first, *others = sorted(of_topic, key=lambda i: -chances[i])
            rival = max((float(chances[i]) for i in others), default=0.0)
            label = self.labels[first].partition(".")[2]
            found.append(Tag(topic, label, float(chances[first]), rival, places[int(best[first])]))
        return found

    def _scores(self, text: str) -> NDArray[np.float32]:
        """A score for every place and label, shape (characters, labels)."""
        single = [self.characters.get(character, _UNKNOWN) for character in text]
        x = self.weights["characters"][single] + self.weights["pairs"][pairs(text)]
        for name, dilation in self.layers:
            out = _gelu(_convolve(x, self.weights[name], self.weights[f"{name}.bias"], dilation))
            x = out if name == self.layers[0][0] else x + out
        scores: NDArray[np.float32] = np.asarray(x @ self.weights["out"].T + self.weights["out.bias"], np.float32)
        return scores


@cache
def load_tagger(folder: Path = SHIPPED) -> ClaimTagger:
    """The tagger of a folder: `model.safetensors` and `config.json`."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {name: table.astype(np.float32) for name, table in load_file(folder / "model.safetensors").items()}
    characters = {character: row for row, character in enumerate(config["characters"], start=_UNKNOWN + 1)}
    layers = tuple((name, dilation) for name, dilation in config["layers"])
    return ClaimTagger(tuple(config["labels"]), characters, weights, layers)


def masked(text: str) -> tuple[str, list[int]]:
    """The text with every number as 0, and for each of its characters the place that it had."""
    plain, places, start = "", list[int](), 0
    for match in _NUMBER.finditer(text):
        plain += f"{text[start : match.start()]}0"
        places += [*range(start, match.start()), match.start()]
        start = match.end()
    return plain + text[start:], [*places, *range(start, len(text))]


def pairs(text: str) -> list[int]:
    """The bucket of each character with the one before it."""
    return [((ord(a) * 1_000_003) ^ (ord(b) * 7_919)) % PAIRS for a, b in zip(f"^{text}", text, strict=False)]


def _convolve(
    x: NDArray[np.float32], weights: NDArray[np.float32], bias: NDArray[np.float32], dilation: int
) -> NDArray[np.float32]:
    """A convolution that keeps the length; x has shape (places, in), weights (out, in, width) with an odd width."""
    width = weights.shape[2]
    margin = dilation * (width // 2)
    wide = np.pad(x, ((margin, margin), (0, 0)))
    steps: Sequence[NDArray[np.float32]] = [wide[i * dilation : i * dilation + len(x)] for i in range(width)]
    flat = weights.transpose(2, 1, 0).reshape(-1, len(weights))
    return np.asarray(np.concatenate(steps, axis=1) @ flat + bias, np.float32)


def _gelu(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))), np.float32)
