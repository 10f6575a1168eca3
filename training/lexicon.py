"""The law's own sentences in the words of people: formal terms replaced by what one says instead (lexicon.tsv)."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from training.articles import Article

_PART = re.compile(r"[^，。；：、\n]+")
_SHORTEST, _LONGEST = 5, 40  # characters of a phrase worth rewriting


def read_lexicon(file: Path) -> dict[str, list[str]]:
    """Formal term → what people say."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line)
    return {formal: lay.split("|") for formal, lay in rows}


class Rewriter:
    """Replaces every formal term, the longest first, by a random one of its lay words."""

    def __init__(self, lexicon: dict[str, list[str]], seed: int = 1) -> None:
        self._lexicon = lexicon
        self._terms = re.compile("|".join(sorted(map(re.escape, lexicon), key=len, reverse=True)))
        self._random = random.Random(seed)

    def __call__(self, text: str) -> str | None:
        """The text in lay words, or None where it has no formal term."""
        new, count = self._terms.subn(lambda match: self._random.choice(self._lexicon[match[0]]), text)
        return new if count else None

    def phrases(self, articles: list[Article], most: int) -> Iterator[tuple[int, str]]:
        """Up to `most` rewritten phrases with the number of the article that each comes from."""
        found = [(i, part) for i, article in enumerate(articles) for part in _PART.findall(article.text)]
        self._random.shuffle(found)
        for i, part in found:
            if most and _SHORTEST <= len(part) <= _LONGEST and (new := self(part)):
                most -= 1
                yield i, new
