"""One line of a document, and what its beginning says about the structure.

Chinese official documents number their parts in two families, often both in one text:
编 章 节 条 款 项 (statutes) and 一、（一）1.（1）① (notices). This module only looks at single lines;
`sequence` settles what only the lines around can tell, `clauses` puts them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from assistant.documents.numerals import ordinal


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
    """A non-empty line.

    Attributes:
        number: where it stood: the line of a text file, else the running number of its paragraph.
        heading: its Markdown heading level, 0 if it is none.
        depth, label, ordinal, suffix: its number, if it bears one; a line that may be an article or a mere
            reference to one (第五条中…) has the depth TEXT and yet a label.
        rest: what follows the number.
        page: of a paged document, counted from 1.
        confidence: 0 to 1, where the line was recognised from a picture.
    """

    number: int
    text: str
    heading: int = 0
    depth: Depth = Depth.TEXT
    label: str = ""
    ordinal: int = 0
    suffix: int = 0  # 第十一条之一
    rest: str = ""
    page: int | None = None
    confidence: float | None = None

    @property
    def doubtful(self) -> bool:
        """Whether only the lines around can tell that this is an article."""
        return self.depth is Depth.TEXT and bool(self.label)


_SLIPS = {"—": "一", "–": "一", "－": "一", "-": "一", "ー": "一", "+": "十", "＋": "十"}  # as recognised from pictures
_NUMERAL = r"零〇○一二两三四五六七八九十百千\d"
_LOOSE = rf"[{_NUMERAL}](?:[{_NUMERAL}\s—–－ー+＋-]*[{_NUMERAL}—–－ー+＋-])?|[—–－ー+＋]"
_HEADINGS = {"编": Depth.PART, "分编": Depth.SUBPART, "章": Depth.CHAPTER, "节": Depth.SECTION}
_HEADING = re.compile(
    rf"[第笫]\s*({_LOOSE})\s*(编|分编|章|节)(?:(?=[\s　:：]|$)\s*(.{{0,40}})|([^，。；、：]{{1,20}}))$"
)
_UNNUMBERED_CHAPTER = re.compile(r"[总分附]\s*则")
_ARTICLE = re.compile(rf"[第笫]\s*({_LOOSE})\s*[条條](?:\s*之\s*([{_NUMERAL}]+))?")
_REFERENCE = re.compile(r"之?规定|之规定|所[列称述]|确定的|第|、|至第|[（(]?[一二三四五六七八九十]+[）)]?项|以[上下]")
_PERHAPS = re.compile(r"和|至|或|的|以及|及|中|情形|与|适用|要求")
_SPACE = " \t　【:："
_ODD = re.compile(rf"[\s條笫{re.escape(''.join(_SLIPS))}]")
_COUNTS = re.compile(r"[一二三四五六七八九十]+(?:[、，,等级类期次个项批者]|季度)")  # 一、二等奖
_ITEMS = (
    (Depth.ITEM_1, re.compile(r"([一二三四五六七八九十百]+)[、．.]\s*")),
    (Depth.ITEM_2, re.compile(r"[（(]\s*([一二三四五六七八九十百]+)\s*[)）]、?\s*")),
    (Depth.ITEM_3, re.compile(r"(\d{1,3})\s*[.．、](?!\d)\s*")),
    (Depth.ITEM_4, re.compile(r"[（(]?\s*(\d{1,3})\s*[)）]\s*")),
)
_ENCLOSED = (  # the first character of a run, how many there are, what it stands for
    (ord("㈠"), 10, Depth.ITEM_2),
    (ord("⑴"), 20, Depth.ITEM_4),
    (ord("①"), 20, Depth.ITEM_5),
)
_BEGINS_ITEM = re.compile(r"[一二三四五六七八九十百\d（(㈠-㈩⑴-⒇①-⑳]")
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
        if markdown and text.startswith("#") and (match := _MARKDOWN_HEADING.fullmatch(text)):
            heading, text = len(match.group(1)), match.group(2).strip()
        if text:
            lines.append(recognise(number, text, heading))
    return lines


def recognise(
    number: int, text: str, heading: int = 0, page: int | None = None, confidence: float | None = None
) -> Line:
    """Tell what number, if any, a line begins with. A reference (第三条规定的…) is not a number."""
    depth, label, value, suffix, rest = _number(text)
    return Line(number, text, heading, depth, label, value, suffix, rest, page, confidence)


_Number = tuple[Depth, str, int, int, str]  # depth, label, ordinal, suffix, rest


def _number(text: str) -> _Number:
    if text[0] in "第笫" and (found := _article(text) or _heading(text)):
        return found
    if text[0] in "总分附" and _UNNUMBERED_CHAPTER.fullmatch(text):
        return Depth.CHAPTER, text, 0, 0, text
    if _BEGINS_ITEM.match(text) and (found := _item(text)):
        return found
    return Depth.TEXT, "", 0, 0, text


def _heading(text: str) -> _Number | None:
    match = _HEADING.match(text)
    if not match:
        return None
    joined = match[4]  # 第一章总则
    if joined and (_REFERENCE.match(joined) or _PERHAPS.match(joined)):
        return None
    return _HEADINGS[match[2]], text, _value(match[1]), 0, joined or match[3]


def _article(text: str) -> _Number | None:
    match = _ARTICLE.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    spaced = not rest or rest[0] in _SPACE or (rest[0] in "（(" and not _REFERENCE.match(rest))
    if not spaced and _REFERENCE.match(rest):
        return None
    label = _label(match)
    suffix = _value(match[2]) if match[2] else 0
    depth = Depth.ARTICLE if spaced or not _PERHAPS.match(rest) else Depth.TEXT
    return depth, label, _value(match[1]), suffix, rest.strip()


def _label(match: re.Match[str]) -> str:
    whole = match.group()
    if not _ODD.search(whole):
        return whole
    middle = "".join(_SLIPS.get(c, c) for c in match[1])
    return re.sub(r"\s", "", f"第{middle}{whole[match.end(1) - match.start() :]}").replace("條", "条")


@lru_cache(4096)
def _item_label(printed: str) -> str:
    return re.sub(r"\s", "", printed).replace("(", "（").replace(")", "）")


@lru_cache(4096)
def _value(text: str) -> int:
    return ordinal("".join(_SLIPS.get(c, c) for c in text)) or 0


def _item(text: str) -> _Number | None:
    for first, count, depth in _ENCLOSED:
        if first <= ord(text[0]) < first + count:
            return depth, text[0], ord(text[0]) - first + 1, 0, text[1:].lstrip()
    for depth, pattern in _ITEMS:
        if match := pattern.match(text):
            rest = text[match.end() :]
            if depth is Depth.ITEM_1 and _COUNTS.match(rest):
                return None
            return depth, _item_label(match.group()), _value(match[1]), 0, rest
    return None
