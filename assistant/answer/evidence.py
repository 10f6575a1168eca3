"""What a sentence may rest on: the words of the clauses that it cites, and what is known about their documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.answer.figures import Figure, figures, normalise
from assistant.answer.pairing import Items, laid_out
from assistant.answer.placing import Unit, units
from assistant.answer.polarity import Phrase, phrases
from assistant.documents.model import Clause, Version


@dataclass(frozen=True)
class Evidence:
    """The clauses and, apart from them, titles, numbers, headings, dates and issuers; `policies` are document ids."""

    clauses: str
    about: str = ""
    policies: tuple[str, ...] = ()

    @classmethod
    def of(cls, cited: Iterable[tuple[Version, Clause]], paths: Iterable[str] = ()) -> Evidence:
        """What the cited clauses carry; `paths` are the steps under which their quotations stand."""
        cited = tuple(cited)
        about = [fact for version, clause in cited for fact in _about(version, clause)]
        texts = dict.fromkeys(clause.text for _, clause in cited)
        return cls("\n".join(texts), "\n".join([*about, *paths]), tuple(version.policy for version, _ in cited))

    @cached_property
    def text(self) -> str:
        """All of it, normalised."""
        return normalise(f"{self.clauses}\n{self.about}")

    @cached_property
    def squeezed(self) -> str:
        return squeezed(self.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figures(self.text))

    @cached_property
    def labels(self) -> tuple[Figure, ...]:
        """The figures that are not in the clauses: numbers of articles and documents, dates."""
        return tuple(figures(self.about))

    @cached_property
    def items(self) -> tuple[Items, ...]:
        return laid_out(self.clauses)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return units(self.clauses)

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        return phrases(self.clauses)

    @cached_property
    def pairs(self) -> frozenset[str]:
        return pairs(self.text)


def _about(version: Version, clause: Clause) -> tuple[str, ...]:
    facts = (
        version.title,
        *version.aliases,
        version.number,
        version.region,
        *version.issuers,
        clause.label,
        *clause.path,
    )
    days = (
        f"{version.issued}印发" if version.issued else "",
        f"自{version.effective}起" if version.effective else "",
        f"{version.expires}到期" if version.expires else "",
        f"{version.replaced_on}替代" if version.replaced_on else "",
    )
    return tuple(filter(None, (*facts, *days)))


def squeezed(text: str) -> str:
    """A text without white space, emphasis and its closing mark, to find it to the letter."""
    return re.sub(r"[\s*_]+|[。！？；，、：]+$", "", text)


def pairs(text: str) -> frozenset[str]:
    """Its pairs of neighbouring characters, without punctuation."""
    return frozenset(a + b for a, b in pairwise(re.sub(r"[^\w]+", "", text)))
