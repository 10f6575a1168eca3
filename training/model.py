"""The model in training: a vector per feature; a text is the sum of its features' vectors, scaled to length one."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from training.arrays import Data
from training.recipe import Recipe


class Encoder(nn.Module):
    """Sums of feature vectors."""

    def __init__(self, recipe: Recipe, idf: Tensor) -> None:
        super().__init__()
        start = torch.randn(len(idf), recipe.dimension, device=idf.device) / math.sqrt(recipe.dimension)
        weight = idf.clamp(min=0.1) ** recipe.idf_power
        self.table = nn.Parameter(start * (weight / weight.mean() * recipe.initial_scale)[:, None])
        self.temperature = nn.Parameter(torch.tensor(math.log(recipe.temperature), device=idf.device))

    def forward(self, values: Tensor, starts: Tensor, keep: Tensor | None = None) -> Tensor:
        """Sums, shape (bags, dimension), of bags given end to end with the place where each begins."""
        return nn.functional.embedding_bag(values, self.table, starts, mode="sum", per_sample_weights=keep)


@torch.no_grad()
def encode(model: Encoder, data: Data, rows: Tensor, step: int = 8192) -> Tensor:
    """Unit vectors of rows of `Data.bags`, shape (rows, dimension)."""
    parts = [model(*data.bags.take(some)) for some in torch.split(rows, step)]
    return nn.functional.normalize(torch.cat(parts), dim=-1)


def encode_articles(model: Encoder, data: Data) -> Tensor:
    return encode(model, data, torch.arange(len(data.texts), device=data.texts.device))


def encode_questions(model: Encoder, data: Data, questions: Tensor) -> Tensor:
    return encode(model, data, data.at["questions"] + questions)
