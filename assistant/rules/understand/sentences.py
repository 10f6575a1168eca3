"""A message cut into sentences and clauses, with positions kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_CLAUSE = re.compile(r"(?:[^，,()]|(?<=\d),(?=\d{3}))+[，,()]?")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the message, `end` excluded."""

    start: int
    end: int

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


def sentences(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _SENTENCE.finditer(text)]


def clauses(text: str) -> list[Span]:
    """The clauses of all sentences, cut at commas and brackets."""
    found = []
    for sentence in sentences(text):
        for match in _CLAUSE.finditer(text, sentence.start, sentence.end):
            found.append(Span(match.start(), match.end()))
    return found


def at(spans: list[Span], position: int) -> Span:
    """The span that holds a position, else an empty one there."""
    return next((span for span in spans if span.holds(position)), Span(position, position))
