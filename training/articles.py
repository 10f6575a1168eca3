"""The articles of the statutes and of the policies, read as simply as training needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ARTICLE = re.compile(r"^(第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?)[\s　]*")
_HEADING = re.compile(r"^(#+)\s*(.*)$")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: where it stands and what it says, its label left out of the text."""

    title: str
    clause: str
    path: tuple[str, ...]
    text: str

    @property
    def names(self) -> str:
        return " ".join((self.title, *self.path))

    @property
    def sentences(self) -> list[str]:
        return [sentence for sentence in _SENTENCE.findall(self.text) if sentence.strip()]


def read_articles(*folders: Path) -> list[Article]:
    """Every article of every Markdown file in the folders, in order of file name."""
    return [article for folder in folders for file in sorted(folder.glob("*.md")) for article in _articles(file)]


def _articles(file: Path) -> Iterator[Article]:
    text = file.read_text(encoding="utf-8")
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), file.stem)
    path, clause, lines = dict[int, str](), "", list[str]()
    for line in text.splitlines()[1:]:
        heading, article = _HEADING.match(line), _ARTICLE.match(line)
        if (heading or article) and clause:
            yield Article(title, clause, tuple(path.values()), "\n".join(lines))
            clause, lines = "", []
        if heading:
            depth = len(heading[1])
            path = {d: name for d, name in path.items() if d < depth} | {depth: heading[2].strip()}
        elif article:
            clause, lines = article[1], [line[article.end() :].strip()]
        elif clause and line.strip():
            lines.append(line.strip())
    if clause:
        yield Article(title, clause, tuple(path.values()), "\n".join(lines))
