"""Which articles people ask about at all, told from the names above them (title of the law, headings).

A question says little about which of 1,400 laws it is about, and most laws are never asked about. The prior is a weight
per feature; an article's prior is the sum over the features of its names. It is the log-linear model under which the
training questions' right articles are most likely, held back by a penalty on large weights.
"""

from __future__ import annotations

import torch
from torch import Tensor

from training.arrays import Data

STEPS = 150
RATE = 0.05
PENALTY = 1e-4  # of 1e-5, 1e-4, 1e-3 the best on the held-out statute questions, by little


def fit_prior(data: Data, source: str = "stard") -> Tensor:
    """The weight of every feature, shape (vocabulary,), in units of log-probability.

    Args:
        source: the questions to learn from; those written for this project say nothing about what is asked how often.
    """
    target = _asked(data, source)
    rows = data.at["names"] + torch.arange(data.laws, device=target.device)
    values, starts = data.bags.take(rows)
    weights = torch.zeros(len(data.kept), 1, device=target.device, requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=RATE)
    for _ in range(STEPS):
        prior = _sums(values, weights, starts)
        loss = -(target * torch.log_softmax(prior, 0)).sum() + PENALTY * (weights**2).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return weights.detach()[:, 0]


def _sums(values: Tensor, weights: Tensor, starts: Tensor) -> Tensor:
    """The sum of the weights of each bag, shape (bags,)."""
    return torch.nn.functional.embedding_bag(values, weights, starts, mode="sum")[:, 0]


def _asked(data: Data, source: str) -> Tensor:
    """The share of the training questions that each law article answers, shape (laws,); equal texts share."""
    target = torch.zeros(data.laws)
    texts = data.texts.cpu()
    same: dict[int, list[int]] = {}
    for article in range(data.laws):
        same.setdefault(int(texts[article]), []).append(article)
    for question, _, article in data.gold:
        if data.sources[question] == source and not data.held_out[question]:
            equals = same[int(texts[article])]
            target[equals] += 1 / len(equals)
    return (target / target.sum()).to(data.texts.device)
