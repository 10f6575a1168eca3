"""What people say, what the texts say, and which words need a question back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.documents.strict_yaml import Schema, read_file


class Term(Schema):
    """A formal term with the words that people use for it."""

    term: str
    says: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    home: tuple[str, ...] = ()  # the policies that are about it, by which a question on it is answered first
    note: str | None = None

    model_config = Schema.model_config | {"populate_by_name": True, "alias_generator": lambda name: name.rstrip("_")}


class Option(Schema):
    """One reading of an ambiguous word, and the question that it turns into."""

    label: str
    query: str


class Ambiguity(Schema):
    """A word that means different things, unless the question settles it."""

    word: str
    unless: tuple[str, ...] = ()
    ask: str
    options: tuple[Option, ...]


class DocumentName(Schema):
    """Short names of a document: 32号文."""

    says: tuple[str, ...]
    policy: str


class GlossaryFile(Schema):
    terms: tuple[Term, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    documents: tuple[DocumentName, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """The glossary, ready to use on a question."""

    file: GlossaryFile

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """Raises DocumentError when the file is not as the format says."""
        return cls(read_file(path, GlossaryFile) if path.exists() else GlossaryFile())

    @cached_property
    def _says(self) -> dict[str, str]:
        pairs = [(word.lower(), term.term) for term in self.file.terms for word in (*term.says, *term.typos)]
        return dict(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Latin words match whole words only (IP, not in "shIPping"); a formal term is matched so that it shields
        # the short words inside it.
        words = {*self._says, *(term.term.lower() for term in self.file.terms)}
        parts = [
            rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w)
            for w in sorted(words, key=len, reverse=True)
        ]
        return re.compile("|".join(parts) or r"(?!)")

    def terms_in(self, text: str) -> tuple[str, ...]:
        """The formal terms that a text speaks of, in its own words or formally, in order."""
        found = [self._says.get(m.group(), m.group()) for m in self._pattern.finditer(text.lower())]
        return tuple(dict.fromkeys(found))

    def about(self, text: str, term: str) -> str:
        """The text with the programmes that it speaks of (terms with a home) replaced by another."""
        home = {entry.term.lower() for entry in self.file.terms if entry.home}

        def swap(match: re.Match[str]) -> str:
            return term if self._says.get(match.group(), match.group()).lower() in home else match.group()

        return self._pattern.sub(swap, text.lower())

    def homes(self, text: str) -> tuple[str, ...]:
        """The policies that are about the terms of a text."""
        spoken = set(self.terms_in(text))
        return tuple(dict.fromkeys(policy for term in self.file.terms if term.term in spoken for policy in term.home))

    def expand(self, text: str) -> str:
        """The text with the formal terms added that it does not already hold."""
        extra = [term for term in self.terms_in(text) if term.lower() not in text.lower()]
        return f"{text} {' '.join(extra)}" if extra else text

    def correct(self, text: str) -> str:
        """The text with known typing errors mended."""
        for term in self.file.terms:
            for typo in term.typos:
                if typo in text and typo not in term.term:
                    text = text.replace(typo, term.term)
        return text

    def ambiguity(self, text: str) -> Ambiguity | None:
        """The first word of the text that needs a question back."""
        for case in self.file.ambiguous:
            if case.word in text and not any(word in text for word in case.unless):
                return case
        return None
