"""Turn texts into numbers once: articles, questions and pairs as lists of features, and BM25's view of the questions.

Everything that follows (training, choice of vocabulary, evaluation) works on the arrays that this module writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedding import features
from assistant.index.tokens import lexical_tokens, words
from training.articles import Article, read_articles
from training.digests import read_digests
from training.lexicon import Rewriter, read_lexicon
from training.questions import Pair, Question, lay_questions, paired, statute_questions

PHRASES = 80_000  # phrases of the articles rewritten in lay words
LEXICAL_DEPTH = 300  # articles that BM25 finds for a question, kept for hard negatives and for fusion
COMMON = 0.05  # a word in more articles than this share says nothing about what a question is about


@dataclass
class Ragged:
    """Lists of numbers end to end, with the offsets where each begins."""

    values: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=lambda: [0])

    def append(self, row: Iterable[int]) -> None:
        self.values.extend(row)
        self.offsets.append(len(self.values))

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        return {name: np.array(self.values, np.uint32), f"{name}_offsets": np.array(self.offsets, np.int64)}


class Numbers:
    """Features → numbers, in order of appearance."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def __call__(self, text: str) -> list[int]:
        return [self._of.setdefault(feature, len(self._of)) for feature in features(text)]

    def list(self) -> list[str]:
        return list(self._of)


def prepare(shared: Path, own: Path, knowledge: Path, out: Path) -> None:
    """Write `out`/data.npz and `out`/features.json.

    Args:
        shared: the folder with statutes/, policies/ and training/.
        own: the folder of lay questions.
        knowledge: the library whose digests are learned too.
    """
    laws = read_articles(shared / "statutes" / "laws")
    official = laws + read_articles(shared / "policies")
    digests, asked = read_digests(knowledge, {article.title for article in official})
    articles = official + digests
    questions, pairs = _questions(shared, own, asked)
    number = Numbers()
    arrays = _article_arrays(articles, len(laws), number)
    arrays |= _question_arrays(articles, questions, number)
    arrays |= _pair_arrays(pairs, number)
    arrays |= _phrase_arrays(articles, Rewriter(read_lexicon(Path(__file__).with_name("lexicon.tsv"))), number)
    arrays |= lexical_arrays(articles, questions)
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "data.npz", **arrays)  # type: ignore[arg-type]
    (out / "features.json").write_text(json.dumps(number.list(), ensure_ascii=False), encoding="utf-8")


def _questions(shared: Path, own: Path, asked: list[Question]) -> tuple[list[Question], list[Pair]]:
    given = list(paired(shared / "training" / "pairs.jsonl.gz"))
    questions = [*statute_questions(shared / "statutes" / "queries.train.jsonl"), *lay_questions(own), *asked]
    questions += [item for item in given if isinstance(item, Question)]
    hidden = {question.text for question in questions if question.held_out}
    pairs = [item for item in given if isinstance(item, Pair) and item.query not in hidden]
    return questions, pairs


def _article_arrays(articles: list[Article], laws: int, number: Numbers) -> dict[str, NDArray[np.generic]]:
    sentences, names, first = Ragged(), Ragged(), [0]
    texts: dict[str, int] = {}
    for article in articles:
        names.append(number(article.names))
        for sentence in article.sentences:
            sentences.append(number(sentence))
        first.append(len(sentences.offsets) - 1)
    same = [texts.setdefault("".join(article.text.split()), len(texts)) for article in articles]
    return {
        **sentences.arrays("sentence"),
        **names.arrays("names"),
        "article_sentences": np.array(first, np.int64),
        "article_text": np.array(same, np.int32),
        "laws": np.array(laws),
    }


def _question_arrays(
    articles: list[Article], questions: list[Question], number: Numbers
) -> dict[str, NDArray[np.generic]]:
    """Features, source, fold and gold of each distinct question; gold is (question, gold number, article)."""
    place: dict[tuple[str, str], list[int]] = {}
    for i, article in enumerate(articles):
        place.setdefault((article.title, article.clause), []).append(i)
    rows, gold, sources, held = Ragged(), list[tuple[int, int, int]](), list[str](), list[bool]()
    seen: dict[tuple[str, str], int] = {}
    counts: Counter[int] = Counter()
    for question in questions:
        i = seen.setdefault((question.text, question.source), len(seen))
        if i == len(sources):
            rows.append(number(question.text))
            sources.append(question.source)
            held.append(question.held_out)
        for equals in question.gold:
            found = [a for key in equals for a in place.get(key, ())]
            gold += [(i, counts[i], a) for a in found]
            counts[i] += bool(found)
    texts = [text for text, _ in seen]
    return {
        **rows.arrays("question"),
        "question_source": np.array(sources),
        "question_held_out": np.array(held),
        "question_strange": _strange(texts, articles, gold),
        "gold": np.array(gold, np.int32).reshape(-1, 3),
    }


def _strange(texts: list[str], articles: list[Article], gold: list[tuple[int, int, int]]) -> NDArray[np.bool_]:
    """Whether a question shares no content word with any of its articles."""
    frequency = Counter(word for article in articles for word in set(words(article.text)))
    content = [{w for w in words(t) if len(w) > 1 and frequency[w] < COMMON * len(articles)} for t in texts]
    strange = np.ones(len(texts), dtype=bool)
    for question, _, article in gold:
        strange[question] &= not content[question] & set(words(f"{articles[article].names}\n{articles[article].text}"))
    return strange


def _pair_arrays(pairs: list[Pair], number: Numbers) -> dict[str, NDArray[np.generic]]:
    queries, passages = Ragged(), Ragged()
    for pair in pairs:
        queries.append(number(pair.query))
        passages.append(number(pair.passage))
    sources = np.array([pair.source for pair in pairs])
    return {**queries.arrays("pair_query"), **passages.arrays("pair_passage"), "pair_source": sources}


def _phrase_arrays(articles: list[Article], rewrite: Rewriter, number: Numbers) -> dict[str, NDArray[np.generic]]:
    phrases, owners = Ragged(), list[int]()
    for article, text in rewrite.phrases(articles, PHRASES):
        phrases.append(number(text))
        owners.append(article)
    return {**phrases.arrays("phrase"), "phrase_article": np.array(owners, np.int32)}


def lexical_arrays(articles: list[Article], questions: list[Question]) -> dict[str, NDArray[np.generic]]:
    """The best articles for each distinct question by BM25, shape (questions, LEXICAL_DEPTH), with their scores."""
    import bm25s

    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index([lexical_tokens(f"{a.names}\n{a.text}") for a in articles], show_progress=False)
    best, scores = [], []
    for text, _ in dict.fromkeys((q.text, q.source) for q in questions):
        known = [token for token in dict.fromkeys(lexical_tokens(text)) if token in index.vocab_dict]
        score = index.get_scores(known) if known else np.zeros(len(articles), np.float32)
        top = np.argpartition(-score, LEXICAL_DEPTH)[:LEXICAL_DEPTH]
        top = top[np.argsort(-score[top], kind="stable")]
        best.append(top.astype(np.int32))
        scores.append(score[top].astype(np.float32))
    return {"lexical": np.stack(best), "lexical_scores": np.stack(scores)}
