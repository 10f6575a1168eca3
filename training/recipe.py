"""Everything that decides what the model becomes."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Mix:
    """How many examples of each kind are in a step."""

    questions: int = 512
    pairs: int = 256
    sentences: int = 512
    names: int = 128
    phrases: int = 128
    random: int = 512  # articles that nobody asked for, as further negatives
    bank: int = 0  # articles by their vectors of a few steps ago, as negatives for the questions
    hard: int = 0  # per question


@dataclass(frozen=True)
class Phase:
    """A run of steps with one mix."""

    steps: int
    mix: Mix
    rate: float = 3e-3
    warm: int = 50

    def rate_at(self, step: int) -> float:
        """The learning rate: up in `warm` steps, then down along a cosine."""
        return (
            self.rate * min(1.0, (step + 1) / self.warm) * (0.02 + 0.49 * (1 + math.cos(math.pi * step / self.steps)))
        )


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what the model becomes."""

    vocabulary: int = 80_000
    kinds: str = "wpc"  # words, pairs of characters, single characters
    dimension: int = 256
    temperature: float = 0.05
    drop: float = 0.1  # share of features left out of a text in training
    source_weight: tuple[tuple[str, float], ...] = (
        ("stard", 7.0),
        ("lay", 0.5),
        ("digest", 0.5),
        ("lawyer_llama_law", 1.0),
    )
    pretrain: Phase = Phase(800, Mix(questions=0, pairs=256, sentences=768, names=256, phrases=256, random=0))
    train: Phase = Phase(
        900,
        Mix(questions=512, pairs=192, sentences=192, names=64, phrases=192, random=256, hard=1, bank=16_384),
        rate=2e-3,
    )
    refresh: int = 100  # steps after which hard negatives and the bank are made anew
    seed: int = 1
    initial_scale: float = 1.0
    idf_power: float = 1.0
