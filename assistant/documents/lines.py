"""One line of a document, and what its beginning says about the structure.

Chinese official documents number their parts in two families, often both in one text:
编 章 节 条 款 项 (statutes) and 一、（一）1.（1）① (notices). This module only looks at single lines;
`clauses` puts them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from assistant.documents.numerals import ORDINAL, ordinal


class Depth(IntEnum):
    """How deep a numbered line stands; a larger value is deeper."""

    PART = 1  # 编
    SUBPART = 2  # 分编
    CHAPTER = 3  # 章
    SECTION = 4  # 节
    ARTICLE = 5  # 条
    ITEM_1 = 6  # 一、
    ITEM_2 = 7  # （一）
    ITEM_3 = 8  # 1.
    ITEM_4 = 9  # （1）
    ITEM_5 = 10  # ①
    TEXT = 11  # no number


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line: where it stood, its Markdown heading level (0: none), and its number if it bears one."""

    number: int
    text: str
    heading: int = 0
    depth: Depth = Depth.TEXT
    label: str = ""
    ordinal: int = 0
    suffix: int = 0  # 第十一条之一
    rest: str = ""


_HEADINGS = {"编": Depth.PART, "分编": Depth.SUBPART, "章": Depth.CHAPTER, "节": Depth.SECTION}
_HEADING = re.compile(rf"第\s*({ORDINAL})\s*(编|分编|章|节)(?=[\s　:：]|$)\s*(.{{0,40}})$")
_ARTICLE = re.compile(rf"第\s*({ORDINAL})\s*[条條](?:\s*之\s*({ORDINAL}))?")
_REFERENCE = re.compile(r"(规定|所列|所称|第|、|和|至|或|的|以及|及|中|情形|之规定|（[一二三四五六七八九十]+）项)")
_ITEMS = (
    (Depth.ITEM_1, re.compile(r"([一二三四五六七八九十百]+)、\s*")),
    (Depth.ITEM_2, re.compile(r"[（(]\s*([一二三四五六七八九十百]+)\s*[)）]\s*")),
    (Depth.ITEM_3, re.compile(r"(\d{1,3})\s*[.．、](?!\d)\s*")),
    (Depth.ITEM_4, re.compile(r"[（(]\s*(\d{1,3})\s*[)）]\s*")),
    (Depth.ITEM_5, re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])\s*")),
)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*)")


def read_lines(raw: str, *, markdown: bool) -> list[Line]:
    """The non-empty lines of a text, spaces at both ends and comments removed, numbers recognised."""
    raw = raw.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if markdown:
        raw = _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), raw)
    lines = []
    for number, text in enumerate(raw.split("\n"), start=1):
        text, heading = text.strip(), 0
        if markdown and (match := _MARKDOWN_HEADING.fullmatch(text)):
            heading, text = len(match.group(1)), match.group(2).strip()
        if text:
            lines.append(recognise(number, text, heading))
    return lines


def recognise(number: int, text: str, heading: int = 0) -> Line:
    """Tell what number, if any, a line begins with. A reference (第三条规定的…) is not a number."""
    if match := _HEADING.match(text):
        return Line(number, text, heading, _HEADINGS[match[2]], text, ordinal(match[1]) or 0, 0, match[3])
    if match := _ARTICLE.match(text):
        rest = text[match.end() :]
        spaced = not rest or rest[0] in " \t　【:：" or (rest[0] in "（(" and not _REFERENCE.match(rest))
        if spaced or not _REFERENCE.match(rest):
            label = re.sub(r"\s", "", match.group()).replace("條", "条")
            return Line(
                number,
                text,
                heading,
                Depth.ARTICLE,
                label,
                ordinal(match[1]) or 0,
                ordinal(match[2]) or 0 if match[2] else 0,
                rest.strip(),
            )
    for depth, pattern in _ITEMS:
        if match := pattern.match(text):
            value = ordinal(match[1]) if depth is not Depth.ITEM_5 else ord(match[1]) - ord("①") + 1
            label = re.sub(r"\s", "", match.group()).replace("(", "（").replace(")", "）")
            return Line(number, text, heading, depth, label, value or 0, 0, text[match.end() :])
    return Line(number, text, heading, rest=text)
