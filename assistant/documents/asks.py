"""How people ask for the articles of well-known laws: lay questions by which an ingested text is found, never cited.

The file has a line `## title` for a document, then per article its label and its questions, separated by `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from assistant.documents.model import Document

_YEAR = re.compile(r"[（(]\d{4}年?(?:修正|修订)[)）]|^中华人民共和国|[《》\s]")

Asks = dict[tuple[str, str], tuple[str, ...]]  # (plain title, clause label) → questions


def read_asks(text: str) -> Iterator[tuple[str, str, str]]:
    """Every (title, clause label, question) of a file."""
    title = ""
    for line in text.splitlines():
        if line.startswith("## "):
            title = line[3:].strip()
        elif line.strip():
            clause, *questions = (part.strip() for part in line.split("|"))
            yield from ((title, clause, question) for question in questions if question)


def load_asks(path: Path) -> Asks:
    """The questions of a file by document and clause; none where there is no file."""
    found: dict[tuple[str, str], list[str]] = {}
    for title, clause, question in read_asks(path.read_text(encoding="utf-8")) if path.exists() else ():
        found.setdefault((plain(title), clause), []).append(question)
    return {key: tuple(questions) for key, questions in found.items()}


def plain(title: str) -> str:
    """A title as it is compared: without 中华人民共和国 and （2018年修正）."""
    return _YEAR.sub("", title)


def with_asks(documents: Iterable[Document], asks: Asks) -> tuple[Document, ...]:
    """The documents, each clause with the questions known for it beside its own."""
    titles = {title for title, _ in asks}
    return tuple(_with_asks(d, asks) if plain(d.version.title) in titles else d for d in documents)


def _with_asks(document: Document, asks: Asks) -> Document:
    title = plain(document.version.title)
    clauses = (
        replace(clause, asks=(*clause.asks, *more)) if (more := asks.get((title, clause.label))) else clause
        for clause in document.clauses
    )
    return replace(document, clauses=tuple(clauses))
