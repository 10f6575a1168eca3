"""Which words of a clause answer the question: the whole clause, or one of its items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.answer.services import Services
from assistant.documents.model import Part
from assistant.documents.offices import Office
from assistant.index.keys import asks
from assistant.retrieval.model import Hit

WHOLE = 160  # characters; a clause this short is quoted whole
LONGEST = 700  # a quotation longer than this is cut at an item
MARGIN = 0.03  # items within this of the best item are quoted with it
MOST = 4  # items quoted of one clause


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive or chosen words of a clause, each piece to the letter."""

    hit: Hit
    pieces: tuple[str, ...]
    path: tuple[str, ...]

    @property
    def quote(self) -> str:
        return "\n".join(self.pieces)


def passage(query: str, hit: Hit, services: Services) -> Passage:
    """The passage of a hit that is nearest to the question."""
    clause = hit.found.clause
    if len(clause.text) <= WHOLE or not clause.parts:
        return Passage(hit, (_shorten(clause.text),), clause.path)
    parts = list(clause.parts)
    texts = [query, clause.text, *clause.asks, *(text for part in parts for text in (part.text, *part.asks))]
    vectors = services.snapshot.embedding.encode(texts)
    scores = vectors[1:] @ vectors[0]
    whole = float(np.max(scores[: 1 + len(clause.asks)]))
    of_part, start = [], 1 + len(clause.asks)
    for part in parts:
        of_part.append(float(np.max(scores[start : start + 1 + len(part.asks)])))
        start += 1 + len(part.asks)
    best = max(of_part)
    if whole > best or best <= 0:
        return Passage(hit, (_shorten(clause.text),), clause.path)
    chosen = [i for i, score in enumerate(of_part) if score >= best - MARGIN][:MOST]
    return Passage(hit, tuple(_with_children(parts, i) for i in chosen), parts[of_part.index(best)].path)


def _with_children(parts: list[Part], i: int) -> str:
    """A part with what stands below it (1. under （一）), and a lead-in with its list."""
    own = [parts[i].text]
    leads = parts[i].text.endswith(("：", ":"))
    for part in parts[i + 1 :]:
        if not (part.id.startswith(parts[i].id + ".") or (leads and not part.id.startswith("para-"))):
            break
        own.append(part.text)
    return _shorten("\n".join(own))


def _shorten(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = max(text.rfind(mark, 0, LONGEST) for mark in ("\n", "。", "；"))
    return text[: cut + 1].rstrip() if cut > 0 else text[:LONGEST]


def office_of(hit: Hit, services: Services) -> Office | None:
    """Who to ask about a hit."""
    return services.offices.get(hit.found.clause.office) or services.offices.for_topics(hit.found.version.topics)


def questions_near(hit: Hit) -> tuple[str, ...]:
    """The stored questions of a hit, for suggestions."""
    return asks(hit.found.clause)
