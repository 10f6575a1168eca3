"""The digests of the knowledge base as articles, and the questions that stand beside their clauses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.documents.asks import plain
from assistant.documents.library import read_library
from assistant.documents.model import TextKind
from assistant.index.keys import asks
from training.articles import Article
from training.questions import Question, bucket


def read_digests(knowledge: Path, official: Iterable[str]) -> tuple[list[Article], list[Question]]:
    """The clauses of the digests with their questions, a tenth of these held out.

    Args:
        official: titles read as official texts; a digest of one of them would be taken for a wrong answer beside it.
    """
    known = {plain(title) for title in official}
    articles, questions = list[Article](), list[Question]()
    for document in read_library(knowledge).documents:
        version = document.version
        if version.text_kind is not TextKind.DIGEST or plain(version.title) in known:
            continue
        for clause in document.clauses:
            ref = f"{version.key}#{clause.id}"
            text = clause.text.removeprefix(clause.label).strip()
            articles.append(Article(version.title, ref, clause.path[:-1], text))
            gold = (((version.title, ref),),)
            questions += [Question(ask, "digest", gold, bucket(ask, 10) == 0) for ask in asks(clause)]
    return articles, questions
