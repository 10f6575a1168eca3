"""What only the lines around can tell of a line's number: an article or a reference to one, a quotation, a gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.documents.lines import Depth, Line
from assistant.documents.numerals import chinese

Remark = tuple[Line, str]  # where, and what in Chinese

_LONGEST_QUOTATION = 40  # lines; a quotation mark that is not closed by then was forgotten
_STOPS = "。！？；：:;”』」》）)】|"
_STRUCTURE = (Depth.ARTICLE, Depth.ITEM_1)  # the next of these is one, even where a quotation mark seems open
_NAMES = {Depth.PART: "编", Depth.SUBPART: "分编", Depth.CHAPTER: "章", Depth.SECTION: "节"}
_CUT = re.compile(r"(?:依照|按照|根据|违反|符合|适用|本办法|本条例|本规定|本法|本细则|和|及|与|或|、|，|至)$")


def settle(lines: Sequence[Line]) -> list[Line]:
    """The lines with every number settled.

    第五条中小企业… is an article where the fifth is due and the line before has ended; 第三条 规定… below 依照 is
    none; and what is quoted (将第八条修改为：“第八条 …) is not the structure of this document.
    """
    quoted = _quoted(lines)
    settled: list[Line] = []
    last = dict.fromkeys(_STRUCTURE, 0)
    for index, line in enumerate(lines):
        if not line.label:
            settled.append(line)
            continue
        before = settled[-1] if settled else None
        due = line.ordinal == last.get(Depth.ARTICLE if line.doubtful else line.depth, -1) + 1
        if line.doubtful:
            begins = due and (before is None or _has_ended(before))
            line = replace(line, depth=Depth.ARTICLE) if begins else _as_text(line)
        else:
            reference = line.depth is Depth.ARTICLE and not due and before and _CUT.search(before.text)
            quotation = index in quoted and not (due and last[line.depth])
            line = _as_text(line) if reference or quotation else line
        if line.depth in last:
            last[line.depth] = line.ordinal
        settled.append(line)
    return settled


def _as_text(line: Line) -> Line:
    return replace(line, depth=Depth.TEXT, label="", ordinal=0, suffix=0, rest=line.text)


def _has_ended(line: Line) -> bool:
    return line.depth <= Depth.SECTION or bool(line.heading) or line.text[-1] in _STOPS


def _quoted(lines: Sequence[Line]) -> set[int]:
    """The lines that stand inside a quotation which began on a line before and is closed soon."""
    inside: set[int] = set()
    opened: int | None = None
    depth = 0
    for index, line in enumerate(lines):
        if opened is not None and index - opened > _LONGEST_QUOTATION:
            opened, depth = None, 0
        began = depth
        if "“" in line.text or "”" in line.text:
            depth = max(0, depth + line.text.count("“") - line.text.count("”"))
        if began and depth == 0 and opened is not None:
            inside |= set(range(opened + 1, index + 1))
        if depth and not began:
            opened = index
        elif not depth:
            opened = None
    return inside


def heading_remarks(lines: Iterable[Line]) -> Iterator[Remark]:
    """Gaps and repeats in the numbers of parts, chapters and sections; sections begin anew in each chapter."""
    last: dict[Depth, int] = {}
    for line in lines:
        if line.depth > Depth.SECTION or not line.ordinal:
            continue
        label = re.split(r"[\s　:：]", line.text)[0]
        yield from _break(line, label, last.get(line.depth), _NAMES[line.depth])
        last[line.depth] = line.ordinal
        if line.depth < Depth.SECTION:
            last.pop(Depth.SECTION, None)


def article_remark(line: Line, last: int, *, complete: bool) -> str | None:
    """What is wrong with an article that follows the one numbered `last` (0: none), if anything."""
    if not last or line.suffix or line.ordinal == last + 1:
        return None
    if line.ordinal <= last:
        return f"{line.label}重复或倒退：前一条是第{_shown(last)}条"
    return f"条号不连续：第{_shown(last)}条之后是{line.label}" if complete else None


def item_remarks(lines: Iterable[Line]) -> Iterator[Remark]:
    """Gaps and repeats among the items of one level; a list may begin anew with the first."""
    last: Line | None = None
    for line in lines:
        if last is not None and line.ordinal > last.ordinal + 1:
            yield line, f"编号不连续：{last.label}之后是{line.label}"
        elif last is not None and line.ordinal <= last.ordinal and line.ordinal != 1:
            yield line, f"编号重复或倒退：{last.label}之后又是{line.label}"
        last = line


def _break(line: Line, label: str, last: int | None, unit: str) -> Iterator[Remark]:
    if last and line.ordinal > last + 1:
        yield line, f"{unit}号不连续：第{_shown(last)}{unit}之后是{label}"
    elif last and line.ordinal <= last and line.ordinal != 1:
        yield line, f"{unit}号重复或倒退：第{_shown(last)}{unit}之后又是{label}"


def _shown(number: int) -> str:
    return chinese(number) if 0 < number < 10_000 else str(number)
