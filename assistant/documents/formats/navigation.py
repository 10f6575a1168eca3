"""A PDF printed from a portal page: its text layer holds the site, its pictures hold the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.documents.formats.layout import Page, TextLine
from assistant.documents.formats.portal import portal

_SENTENCE = re.compile(r"[\u4e00-\u9fff]{4,}[^。；]*[，、；][^。；]*[。；]|[\u4e00-\u9fff]{12,}[。；]")
_TITLE = re.compile(
    r"(?:关于|松江|上海).{4,}(?:通知|办法|意见|措施|规定|细则|方案|政策|公告|要点|规划|计划|批复|指南)$"
)


def prose(pages: Iterable[Page]) -> int:
    """Characters that stand in sentences; navigation, print marks and particulars have none."""
    total = 0
    for page in pages:
        text = "".join(line.text for line in page.lines if not portal().is_furniture(line.text))
        total += sum(len(match.group()) for match in _SENTENCE.finditer(text))
    return total


def title_in(pages: list[Page]) -> str | None:
    """The title that the site prints above the pictures: the largest line that reads like one."""
    lines = [line for page in pages[:1] for line in page.lines if _TITLE.search(re.sub(r"\s", "", line.text))]
    return max(lines, key=lambda line: line.size).text if lines else None


def particulars_in(pages: list[Page]) -> tuple[tuple[str, str], ...]:
    """What the site states about the document: 发文字号, 发布日期, …"""
    texts = [text for page in pages for line in page.lines for text in re.split(r"\s{1,}(?=\S+：)", line.text)]
    return tuple(dict.fromkeys(portal().particulars(texts)))


def apart_from(lines: Iterable[TextLine], text_layer: Iterable[TextLine]) -> list[TextLine]:
    """Recognised lines that do not repeat what the text layer has in the same place."""
    layer = list(text_layer)
    return [line for line in lines if not any(_overlap(line, other) > 0.5 for other in layer)]


def _overlap(line: TextLine, other: TextLine) -> float:
    """How much of the first lies inside the second, 0 to 1."""
    wide = min(line.x1, other.x1) - max(line.x0, other.x0)
    high = min(line.y1, other.y1) - max(line.y0, other.y0)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / max((line.x1 - line.x0) * (line.y1 - line.y0), 1e-6)
