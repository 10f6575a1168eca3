"""Running heads and page numbers: recognised by their place and by being the same on many pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from statistics import median

from assistant.documents.formats.layout import Page, TextLine
from assistant.documents.formats.model import Remark

_MARGIN = 0.13  # of the height of the page, at the top and at the bottom
_PAGES = 3  # a line must come back on as many pages, and on a third of them
_SMALLER = 0.92
_NUMBER = re.compile(
    r"[-—–－─―~·.\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十百]{1,4}(?=\s*页))\s*(?:页)?"
    r"(?:\s*[/／,，共]*\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－─―~·.\s]*",
    re.I,
)


def without_running_heads(pages: list[Page]) -> tuple[list[Page], tuple[Remark, ...]]:
    """Take out what the page adds to the text; the remark names the running heads, not the page numbers."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(
            {_shape(line) for line in page.lines if _in_margin(line, page) and _sets_apart(line, page, pages)}
        )
    least = max(min(_PAGES, len(pages)), 2, len(pages) / 3)
    repeated = {shape for shape, count in counts.items() if count >= least and not _NUMBER.fullmatch(shape)}
    kept, shown = [], []
    for page in pages:
        lines = []
        for line in page.lines:
            if _in_margin(line, page) and _shape(line) in repeated:
                shown.append(line.text)
            elif not _is_page_number(line, page):
                lines.append(line)
        kept.append(replace(page, lines=tuple(lines)))
    return kept, ((None, "略去了每页重复的页眉页脚：" + "；".join(_once(shown))),) if shown else ()


def _sets_apart(line: TextLine, page: Page, pages: list[Page]) -> bool:
    """On two pages a line that comes back proves little: it must be set smaller than the text too."""
    if len(pages) >= _PAGES:
        return True
    sizes = [other.size for other in page.lines if not other.table]
    return line.size < _SMALLER * median(sizes)


def _in_margin(line: TextLine, page: Page) -> bool:
    middle = (line.y0 + line.y1) / 2
    return not line.table and (middle < _MARGIN * page.height or middle > (1 - _MARGIN) * page.height)


def _is_page_number(line: TextLine, page: Page) -> bool:
    """A number alone at the very top or bottom, nothing beyond it."""
    if not _in_margin(line, page) or not _NUMBER.fullmatch(line.text.strip()):
        return False
    others = [other for other in page.lines if other is not line and not _NUMBER.fullmatch(other.text.strip())]
    above = all(line.y1 <= other.y0 + 1 for other in others)
    below = all(line.y0 >= other.y1 - 1 for other in others)
    return above or below or bool(re.search(r"[-—–－页/]", line.text))


def _shape(line: TextLine) -> str:
    """The text with its figures made alike: page numbers and print times change from page to page."""
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line.text))


def _once(texts: list[str]) -> list[str]:
    by_shape = {re.sub(r"\d+", "0", re.sub(r"\s", "", text)): text for text in reversed(texts)}
    return [text[:60] for text in reversed(by_shape.values())][:4]
