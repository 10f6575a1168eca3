"""The examples of a step: questions, the laws' own sentences and headings, lay phrases, pairs; and what is wrong for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.arrays import Bags, Data
from training.model import Encoder, encode_articles, encode_questions
from training.recipe import Mix, Recipe


@dataclass(frozen=True)
class Examples:
    """Queries and candidates by row of `Data.texts_of`; the first candidate of the i-th query is candidate i.

    text: what each candidate says, so that equal texts are not taken for wrong ones, shape (candidates,).
    right: the texts that are right for each query, -1 where there are fewer, shape (queries, most).
    asked: the questions, which are the first queries, by number.
    bank: articles whose kept vectors serve as further candidates for the questions.
    within: the queries from..to are sentences of their own candidate, to be taken out of it.
    """

    queries: Tensor
    candidates: Tensor
    text: Tensor
    right: Tensor
    asked: Tensor
    bank: Tensor
    within: slice


class Batches:
    """Draws the examples of a step."""

    def __init__(self, data: Data, recipe: Recipe) -> None:
        self.data, self.recipe = data, recipe
        self.device = data.texts.device
        learn = ~data.held_out
        gold = data.gold[learn[data.gold[:, 0]]]
        per_question = np.bincount(gold[:, 0], minlength=len(learn))
        weights = np.zeros(len(gold))
        for source, weight in recipe.source_weight:
            weights[np.char.startswith(data.sources[gold[:, 0]], source)] = weight
        self.gold = torch.from_numpy(gold.astype(np.int64)).to(self.device)
        self.gold_weights = torch.from_numpy(weights / per_question[gold[:, 0]]).to(self.device)
        self.right = self._right(gold, len(learn), int(per_question.max()))
        self.hard = torch.from_numpy(data.lexical[:, :100].astype(np.int64)).to(self.device)
        self.articles = len(data.texts)
        self.bank = torch.empty(0)
        self.gold_articles = self._gold_articles(gold, len(learn))

    def _gold_articles(self, gold: NDArray[np.int32], questions: int) -> Bags:
        """For each question all articles that say what one of its gold articles says."""
        texts = self.data.texts.cpu().numpy()
        where: dict[int, list[int]] = {}
        for article, text in enumerate(texts):
            where.setdefault(int(text), []).append(article)
        found: list[set[int]] = [set() for _ in range(questions)]
        for question, _, article in gold:
            found[question].update(where[int(texts[article])])
        lengths = torch.tensor([len(f) for f in found])
        values = torch.tensor([article for f in found for article in sorted(f)])
        return Bags(*(t.to(self.device) for t in (values, torch.cumsum(lengths, 0) - lengths, lengths)))

    def _right(self, gold: NDArray[np.int32], questions: int, most: int) -> Tensor:
        texts = self.data.texts.cpu().numpy()
        table = np.full((questions, most), -1, dtype=np.int64)
        place = np.zeros(questions, dtype=np.int64)
        for question, _, article in gold:
            table[question, place[question]] = texts[article]
            place[question] += 1
        return torch.from_numpy(table).to(self.device)

    def _some(self, high: int, n: int) -> Tensor:
        return torch.randint(high, (n,), device=self.device)

    def draw(self, mix: Mix) -> Examples:
        data, at = self.data, self.data.at
        asked = (
            self.gold[torch.multinomial(self.gold_weights, mix.questions, replacement=True)]
            if mix.questions
            else self.gold[:0]
        )
        sentence = self._some(len(data.sentence_article), mix.sentences)
        named, pair = self._some(self.articles, mix.names), self._some(data.pairs, mix.pairs)
        phrase = self._some(len(data.phrase_article), mix.phrases)
        around, told = data.sentence_article[sentence], data.phrase_article[phrase]
        extra = self._some(self.articles, mix.random)
        if mix.hard and mix.questions:
            column = self._some(self.hard.shape[1], mix.questions * mix.hard).view(mix.questions, -1)
            extra = torch.cat([extra, self.hard[asked[:, 0]].gather(1, column).flatten()])
        own = torch.cat([data.texts[asked[:, 2]], data.texts[around], data.texts[named], data.texts[told], -2 - pair])
        right = torch.full((len(own), self.right.shape[1]), -1, device=self.device)
        right[:, 0] = own
        right[: len(asked)] = self.right[asked[:, 0]]
        queries = [at["questions"] + asked[:, 0], at["sentences"] + sentence, at["names"] + named]
        queries += [at["phrases"] + phrase, at["pair_queries"] + pair]
        passages = [asked[:, 2], around, at["bodies"] + named, told, at["pair_passages"] + pair, extra]
        return Examples(
            queries=torch.cat(queries),
            candidates=torch.cat(passages),
            text=torch.cat([own, data.texts[extra]]),
            right=right,
            asked=asked[:, 0],
            bank=torch.randperm(self.articles, device=self.device)[: mix.bank],
            within=slice(len(asked), len(asked) + len(sentence)),
        )

    def right_in(self, examples: Examples) -> Tensor:
        """Which articles of the bank are right for which question, shape (questions, bank)."""
        column = torch.full((self.articles,), -1, device=self.device)
        column[examples.bank] = torch.arange(len(examples.bank), device=self.device)
        right, _ = self.gold_articles.take(examples.asked)
        row = torch.repeat_interleave(
            torch.arange(len(examples.asked), device=self.device), self.gold_articles.lengths[examples.asked]
        )
        mask = torch.zeros(len(examples.asked), len(examples.bank), dtype=torch.bool, device=self.device)
        known = column[right] >= 0
        mask[row[known], column[right][known]] = True
        return mask


@torch.no_grad()
def mine(model: Encoder, data: Data, batches: Batches, depth: int = 100) -> None:
    """Make the model's own best articles, with BM25's, the hard negatives (right ones among them are masked)."""
    articles = encode_articles(model, data)
    vectors = encode_questions(model, data, torch.arange(len(data.sources), device=articles.device))
    batches.bank = articles
    best = torch.cat([(part @ articles.T).topk(depth).indices for part in torch.split(vectors, 1024)])
    lexical = torch.from_numpy(data.lexical[:, : depth // 4].astype(np.int64)).to(best.device)
    batches.hard = torch.cat([best, lexical], dim=1)
