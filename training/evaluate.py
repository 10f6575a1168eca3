"""Figures on the held-out questions: MRR@10 and recall, dense alone and fused with BM25 in the simplest way."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.arrays import Data
from training.model import Encoder, encode_articles, encode_questions

CUTS = (1, 5, 10, 100)


class Held:
    """The held-out questions by kind, with the articles that answer them.

    A gold text counts wherever it stands; statute questions are asked of the laws only, the others of everything.
    """

    def __init__(self, data: Data) -> None:
        self.kinds: dict[str, NDArray[np.int64]] = {}
        lay = np.char.startswith(data.sources, "lay")
        self.kinds["stard"] = np.flatnonzero(data.held_out & (data.sources == "stard"))
        self.kinds["llama"] = np.flatnonzero(data.held_out & (data.sources == "lawyer_llama_law"))
        self.kinds["digest"] = np.flatnonzero(data.held_out & (data.sources == "digest"))
        self.kinds["lay"] = np.flatnonzero(data.held_out & lay)
        self.kinds["strange"] = np.flatnonzero(data.held_out & lay & data.strange)
        texts = data.texts.cpu().numpy()
        where: dict[int, list[int]] = {}
        for article, text in enumerate(texts):
            where.setdefault(int(text), []).append(article)
        self.gold: dict[int, list[set[int]]] = {}
        for question, number, article in data.gold:
            groups = self.gold.setdefault(int(question), [])
            while len(groups) <= number:
                groups.append(set())
            groups[number].update(where[int(texts[article])])
        asked = np.array(sorted(self.gold), np.int64)  # questions on documents that are not here have no gold
        self.kinds = {kind: np.intersect1d(questions, asked) for kind, questions in self.kinds.items()}


def ranks(scores: Tensor, questions: NDArray[np.int64], held: Held) -> list[list[int]]:
    """For each question the rank, from 1, of each of its gold articles; scores has shape (questions, articles)."""
    out = []
    values = scores.cpu().numpy()
    for row, question in zip(values, questions, strict=True):
        groups = ([a for a in group if a < len(row)] for group in held.gold[int(question)])
        best = [float(row[group].max()) for group in groups if group]
        out.append([1 + int((row > value).sum()) for value in best])
    return out


def figures(found: list[list[int]]) -> dict[str, float]:
    """MRR@10 on the best gold article, recall@k as the mean share of gold articles found."""
    if not found:
        return {}
    best = np.array([min(r) for r in found])
    out = {"mrr": float(np.where(best <= 10, 1 / best, 0).mean())}
    return out | {f"r{k}": float(np.mean([np.mean([x <= k for x in r]) for r in found])) for k in CUTS}


def lexical_scores(data: Data, questions: NDArray[np.int64], device: torch.device) -> Tensor:
    """BM25 as a share of the question's best score, shape (questions, articles); 0 beyond the depth kept."""
    scores = torch.zeros(len(questions), len(data.texts), device=device)
    best = torch.from_numpy(data.lexical[questions].astype(np.int64)).to(device)
    value = torch.from_numpy(data.lexical_scores[questions]).to(device)
    return scores.scatter_(1, best, value / value[:, :1].clamp(min=1e-6))


def evaluate(model: Encoder, data: Data, held: Held) -> dict[str, float]:
    """All figures, keyed kind.figure and kind.fused.figure."""
    articles = encode_articles(model, data)
    out: dict[str, float] = {}
    for kind, questions in held.kinds.items():
        if not len(questions):
            continue
        limit = data.laws if kind in ("stard", "llama") else len(articles)
        vectors = encode_questions(model, data, torch.from_numpy(questions).to(articles.device))
        dense = (vectors @ articles.T)[:, :limit]
        lexical = lexical_scores(data, questions, dense.device)[:, :limit]
        for name, scores in (("", dense), ("fused.", dense + 0.3 * lexical), ("bm25.", lexical)):
            out |= {f"{kind}.{name}{key}": round(v, 3) for key, v in figures(ranks(scores, questions, held)).items()}
    return out
