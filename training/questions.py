"""The questions with the articles that answer them, and which of them are held out.

Nothing held out is ever trained on: a fifth of the statute questions (for decisions), a tenth of the lay questions (the
test set), a twentieth of the questions of lawyer_llama_law (a second opinion on decisions).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.documents.asks import read_asks

_CITED = re.compile(
    r"^《(?:中华人民共和国)?([^》]+)》(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)："
)
_PARENTHESIS = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the articles that answer it, each by (title, clause) with its equals."""

    text: str
    source: str
    gold: tuple[tuple[tuple[str, str], ...], ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text that answers it but is not an article."""

    query: str
    passage: str
    source: str


def bucket(text: str, buckets: int) -> int:
    """A fixed number from 0 to `buckets` - 1 for a text."""
    return int.from_bytes(hashlib.sha256(text.strip().encode()).digest()[:8]) % buckets


def statute_questions(file: Path) -> Iterator[Question]:
    """STARD's training questions; a fifth is held out."""
    for row in _rows(file.read_text(encoding="utf-8").splitlines()):
        gold = tuple(tuple((t, c) for t, c in equal) for equal in row["gold"])
        yield Question(row["question"], "stard", gold, bucket(str(row["id"]), 5) == 0)


def lay_questions(folder: Path) -> Iterator[Question]:
    """The questions written for this project (see `assistant.documents.asks`); a tenth is held out."""
    for file in sorted(folder.glob("*.txt")):
        for title, clause, text in read_asks(file.read_text(encoding="utf-8")):
            yield Question(text, f"lay/{file.stem}", (((title, clause),),), bucket(text, 10) == 0)


def paired(file: Path) -> Iterator[Question | Pair]:
    """The pairs: those of lawyer_llama_law as questions on articles, the rest as pairs; STARD's are left out here."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in _rows(lines):
            source, query, passage = row["source"], row["query"], row["passage"]
            cited = _CITED.match(passage) if source == "lawyer_llama_law" else None
            if cited:
                title = _PARENTHESIS.sub("", cited[1])
                yield Question(query, source, (((title, cited[2]),),), bucket(query, 20) == 0)
            elif source != "stard":
                yield Pair(query, passage, source)


def _rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            yield json.loads(line)
