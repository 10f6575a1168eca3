"""Paragraphs and tables of an HTML element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.documents.formats.model import Block
from assistant.documents.formats.paragraphs import squeeze
from assistant.documents.formats.tables import Cell, table

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "p", "div", "table", "ul", "ol", "li", "dl", "dt", "dd", "section", "article", "main", "blockquote", "center",
    "pre", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "figure", "hr", "body", "address", "fieldset",
    *_HEADINGS,
}  # fmt: skip
_CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
# A line break in the source between two Chinese characters is no space in the text.
_SOURCE_BREAK = re.compile(rf"(?<={_CHINESE})[ \t]*[\r\n]\s*(?={_CHINESE})")
_DEEPEST = 200  # nested elements; libxml2 itself stops at 256


def plain(element: Any) -> str:
    """The text of an element on one line."""
    return _tidy("".join(element.itertext()))


def _tidy(text: str) -> str:
    return squeeze(_SOURCE_BREAK.sub("", text))


def blocks_of(element: Any) -> list[Block]:
    """The paragraphs and tables inside an element, in order."""
    collected = _Paragraphs()
    collected.walk(element, 0)
    collected.end()
    return collected.blocks


class _Paragraphs:
    """Gathers inline text until a block begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.text = ""
        self.heading = 0

    def end(self) -> None:
        if text := _tidy(self.text):
            self.blocks.append(Block(text, heading=self.heading))
        self.text = ""

    def walk(self, element: Any, depth: int) -> None:
        if element.tag == "table" and self.take_table(element):
            return
        self.text += element.text or ""
        ordered = int(element.get("start") or 1) if element.tag == "ol" and _is_number(element.get("start")) else 0
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "li" and ordered:
                    self.end()
                    self.text = f"{ordered}. "
                    ordered += 1
                self.enter(child, depth)
            self.text += child.tail or ""

    def enter(self, child: Any, depth: int) -> None:
        if child.tag in {"br", "hr"}:
            self.end()
        elif child.tag not in _BLOCKS or depth >= _DEEPEST:
            self.text += "" if depth < _DEEPEST else "".join(child.itertext())
            if depth < _DEEPEST:
                self.walk(child, depth + 1)
        else:
            if child.tag != "li":
                self.end()
            outer, self.heading = self.heading, _HEADINGS.get(child.tag, self.heading)
            self.walk(child, depth + 1)
            self.end()
            self.heading = outer

    def take_table(self, element: Any) -> bool:
        """Keep a table of data; False for one that only lays out the page."""
        if element.find(".//table") is not None:
            return False
        rows = [[_cell(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
        if max(map(len, rows), default=0) < 2:
            return False
        self.end()
        self.blocks += [Block(text) for caption in element.iter("caption") if (text := plain(caption))]
        made = table(rows)
        self.blocks += [Block(caption) for caption in made.captions]
        if made.rows:
            self.blocks.append(Block(made.markdown()))
        return True


def _cell(element: Any) -> Cell:
    return Cell(" ".join(_lines(element)), _span(element, "colspan"), _span(element, "rowspan"))


def _lines(element: Any) -> Iterator[str]:
    inner = _Paragraphs()
    inner.walk(element, 0)
    inner.end()
    return (block.text for block in inner.blocks)


def _is_number(text: str | None) -> bool:
    return text is None or text.strip().isdigit()


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(int(value), 1) if value.isdigit() and len(value) < 5 else 1
