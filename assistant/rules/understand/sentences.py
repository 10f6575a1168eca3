"""A message cut into sentences and clauses, with positions kept, and made plain first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_CLAUSE = re.compile(r"(?:[^，,()]|(?<=\d),(?=\d{3}))+[，,()]?")
_ASKED_FIRST = re.compile(r"(?<=[吗么呢伐没]):")  # 能报高企吗:有限公司 — the facts stand after the question
_SHORT_YEAR = re.compile(
    r"(?<![\d.])([012]\d)(?=年度?(?:\d{1,2}月|[初底末]|上半年|下半年|(?:才|就|刚|新|被)?"
    r"(?:首次|第一次|重新|认定|评上|通过|注册|成立|创办|设立|拿证|发证|的?(?:营收|收入|销售|研发|利润))))"
)
_ROW = r"\d+(?:\.\d+)?(?:\s*[/、,，]\s*\d+(?:\.\d+)?)+"
_UNIT = r"\(?\s*(?:单位[:是为]?)?(?P<unit>[万亿]元?)\s*\)?"
_UNIT_AFTER = re.compile(rf"(?<![\d./])(?P<row>{_ROW})\s*{_UNIT}")
_UNIT_BEFORE = re.compile(
    rf"\(\s*(?:单位[:是为]?)?(?P<unit>[万亿]元?)\s*\)\s*[:：]?\s*(?P<row>{_ROW}|\d+(?:\.\d+)?)(?![\d.]|\s*[万亿%])"
)
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")  # a space in place of a comma
_LIST_MARK = re.compile(r"(?m)^\s*(?:\d{1,2}[.、)]|[（(]\d{1,2}[)）])(?!\d)\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the message, `end` excluded."""

    start: int
    end: int

    def holds(self, position: int) -> bool:
        return self.start <= position < self.end


def make_plain(text: str) -> str:
    """Half width digits and signs, lower case, Chinese commas, whole years, every figure its unit, without list marks."""
    text = unicodedata.normalize("NFKC", text.replace("㎡", "平")).lower()
    text = re.sub(r"(?<!\d),|,(?!\d{3}(?!\d))", "，", text).replace("、", "、")
    text = _GAP.sub("，", text)
    text = _UNIT_BEFORE.sub(_with_units, _UNIT_AFTER.sub(_with_units, text))
    text = _ASKED_FIRST.sub("?", _SHORT_YEAR.sub(r"20\1", text))
    return _LIST_MARK.sub("", text)


def _with_units(match: re.Match[str]) -> str:
    """2800/3500/4200(万) and (万元):2800/3500/4200 as 2800万、3500万、4200万."""
    return "、".join(f"{number}{match['unit']}" for number in re.findall(r"\d+(?:\.\d+)?", match["row"]))


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
