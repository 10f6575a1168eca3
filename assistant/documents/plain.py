"""Read a document without front matter: what its own text says about title, number, issuers and dates."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from assistant.documents.clauses import split
from assistant.documents.lines import Depth, Line, read_lines, recognise
from assistant.documents.model import Document, Level, Problem, TextKind, Version
from assistant.errors import DocumentError

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\s*\d{4}\s*〕\s*\d{1,5}\s*号")
_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_EFFECTIVE = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日起?\s*(?:施行|实施|执行|生效)")
_EXPIRES = re.compile(r"有效期(?:至|到)\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NOTICE = re.compile(r"关于印发《(.+?)》的通知")
_STOPS = "。！？；：!?;:”」』）】"


def read_plain(raw: str, file: Path, shown: str) -> Document:
    """Read a Markdown or text document as an official text.

    Raises:
        DocumentError: there is no text in it.
    """
    markdown = file.suffix.lower() in {".md", ".markdown"}
    lines = read_lines(raw, markdown=markdown)
    if not markdown:
        lines = _join_wrapped(lines)
    if not lines:
        raise DocumentError(file, 1, "文件里没有文字，请确认文件内容")
    title, lines = _title(lines, file)
    result = split(lines)
    if not result.clauses:
        raise DocumentError(file, 1, "没有读到任何条款或段落，请确认文件内容")
    text = "\n".join(line.text for line in lines)
    warnings = tuple(Problem(shown, line, remark) for line, remark in result.remarks)
    return Document(_version(title, lines, text, file, shown), result.clauses, text, warnings)


def _join_wrapped(lines: list[Line]) -> list[Line]:
    """Join a line to the one before where a page break cut a sentence."""
    joined: list[Line] = []
    for line in lines:
        previous = joined[-1] if joined else None
        cut = previous and len(previous.text) > 20 and previous.text[-1] not in _STOPS and line.depth is Depth.TEXT
        if previous and cut and previous.depth is not Depth.TEXT:
            joined[-1] = recognise(previous.number, previous.text + line.text)
        else:
            joined.append(line)
    return joined


def _title(lines: list[Line], file: Path) -> tuple[str, list[Line]]:
    if lines[0].heading == 1:
        return lines[0].text, lines[1:]
    head = "".join(line.text for line in lines[:8])
    if match := _NOTICE.search(head):
        wanted = re.sub(r"\s", "", match.group(1))
        return wanted, [line for line in lines]
    if lines[0].depth is Depth.TEXT and len(lines[0].text) <= 60 and not lines[0].text.endswith("。"):
        return lines[0].text, lines[1:]
    return file.stem, lines


def _version(title: str, lines: list[Line], text: str, file: Path, shown: str) -> Version:
    head = "\n".join(line.text for line in lines[:12])
    number = _NUMBER.search(head)
    dates = [date(*map(int, found)) for found in _DATE.findall(head) if _real(found)]
    return Version(
        policy=re.sub(r"\s+", "-", file.stem),
        title=title,
        number=re.sub(r"\s", "", number.group()) if number else None,
        level=_level(title, head),
        region=_region(title, head),
        issued=max(dates) if dates else None,
        effective=_found(_EFFECTIVE, text) or (max(dates) if dates else None),
        expires=_found(_EXPIRES, text),
        text_kind=TextKind.OFFICIAL,
        file=shown,
    )


def _found(pattern: re.Pattern[str], text: str) -> date | None:
    matches = [found for found in pattern.findall(text) if _real(found)]
    return date(*map(int, matches[-1])) if matches else None


def _real(found: tuple[str, str, str]) -> bool:
    try:
        date(*map(int, found))
    except ValueError:
        return False
    return True


def _level(title: str, head: str) -> Level:
    for name, level in (("松江区", Level.DISTRICT), ("上海市", Level.MUNICIPAL), ("上海", Level.MUNICIPAL)):
        if name in title:
            return level
    return Level.NATIONAL if re.search(r"中华人民共和国|国家|国务院|全国人民代表大会", title + head) else Level.UNKNOWN


def _region(title: str, head: str) -> str | None:
    return {Level.DISTRICT: "松江区", Level.MUNICIPAL: "上海市", Level.NATIONAL: "全国"}.get(_level(title, head))
