"""Read an official document: its clauses, and what its own text says about title, number, issuers and dates."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.documents.clauses import Split, split
from assistant.documents.formats.portal import portal
from assistant.documents.furniture import NUMBER_ALONE, OFFICE, TITLE_ENDS, cells, is_date, squeeze
from assistant.documents.lines import Depth, Line
from assistant.documents.metadata import Facts, read_facts
from assistant.documents.model import Clause, Document, Problem, TextKind, Version
from assistant.documents.sidecar import Overrides
from assistant.documents.zones import ZoneKind, brought
from assistant.errors import DocumentError

_LEGIBLE = 0.9  # below this, one character in ten or more of a recognised line was doubtful
_TITLE_LINES = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Where the lines of a document come from, and what is known beside them.

    Attributes:
        shown: the file's name as messages give it.
        title: what the file says its title is, where that can be relied on.
        details: what the page around the text states, as label and value.
        overrides: what staff wrote in a side file or front matter; it beats the text.
        problems: what the reader of the format remarked.
    """

    file: Path
    shown: str
    title: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    overrides: Overrides = dataclasses.field(default_factory=Overrides)
    problems: tuple[Problem, ...] = ()


def read_plain(lines: Sequence[Line], source: Source) -> Document:
    """Read the lines of a document as an official text.

    Raises:
        DocumentError: there is no text in it.
    """
    if not lines:
        raise DocumentError(source.file, 1, "文件里没有文字，请确认文件内容")
    title, body = _title(list(lines), source)
    found = split(body, title=title)
    if not found.clauses:
        raise DocumentError(source.file, 1, "没有读到任何条款或段落，请确认文件内容")
    if len(found.zones) > 1 and found.zones[0].kind is ZoneKind.NOTICE and not source.overrides.title:
        title = next(iter(brought(title, body)), title)
    facts = read_facts(title, found.zones, (*source.details, *_particulars(body)))
    others = [zone for zone in found.zones if zone.prefix.startswith("with-")]
    if others and found.zones[0].kind is not ZoneKind.NOTICE:
        facts = facts.of_a_compilation()
        said = f"从这里起是另一份文件（{others[0].title}），全文件共 {len(others) + 1} 份，文号、日期分不清；请拆成单个文件放入"
        line = others[0].lines[0]
        source = dataclasses.replace(
            source, problems=(*source.problems, Problem(source.shown, line.number, said, page=line.page))
        )
    version, readings = source.overrides.apply(_version(title, facts, source), facts.readings)
    problems = (*source.problems, *_problems(found, source.shown))
    text = "\n".join(line.text for line in body)
    return Document(version, found.clauses, text, problems, readings, facts.validity.repeals)


def _particulars(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """What a table at the head states about the document, as label and value."""
    rows = itertools.takewhile(lambda line: line.text[0] == "|", lines)
    stated = portal().particulars(cell for row in rows for cell in cells(row.text))
    return tuple(stated) if len(stated) > 1 else ()


def policy_id(file: Path) -> str:
    """The id of a policy that is known by its file alone: its name, without what has a meaning in references."""
    return re.sub(r"[\s@#/\\]+", "-", file.stem).strip("-") or "document"


def _title(lines: list[Line], source: Source) -> tuple[str, list[Line]]:
    """The title, and the lines without it where it is the first of them."""
    if stated := source.overrides.title:
        return stated, lines[1:] if squeeze(lines[0].text) == squeeze(stated) and len(lines) > 1 else lines
    first = lines[0]
    if first.heading == 1 and len(lines) > 1:
        return first.text, lines[1:]
    if source.title:
        return source.title, lines[1:] if squeeze(first.text) == squeeze(source.title) and len(lines) > 1 else lines
    printed = "".join(line.text for line in _printed_title(lines))
    if not printed:
        return source.file.stem, lines
    return printed, lines[1:] if printed == first.text and len(lines) > 1 else lines


def _printed_title(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the title as printed: below letterhead and number, until one ends as titles end."""
    head = []
    for line in lines[: 2 * _TITLE_LINES]:
        furniture = OFFICE.fullmatch(line.text) or NUMBER_ALONE.fullmatch(line.text) or is_date(line.text)
        if line.depth is not Depth.TEXT or len(line.text) > 60 or line.text[-1] in "。；：:，":
            break
        if not furniture:
            head.append(line)
    ends = next((i for i, line in enumerate(head[:_TITLE_LINES]) if TITLE_ENDS.search(line.text)), None)
    yield from head[: 1 if ends is None else ends + 1]


def _version(title: str, facts: Facts, source: Source) -> Version:
    return Version(
        policy=policy_id(source.file),
        title=title,
        number=facts.number,
        issuers=facts.issuers,
        level=facts.level,
        region=facts.region,
        issued=facts.issued,
        effective=facts.validity.effective,
        expires=facts.validity.expires,
        validity_to_check=not facts.validity.stated,
        text_kind=TextKind.OFFICIAL,
        file=source.shown,
    )


def _problems(found: Split, shown: str) -> Iterator[Problem]:
    for line, remark in found.remarks:
        yield Problem(shown, line.number, remark, page=line.page)
    for clause in found.clauses:
        if clause.recognised is not None and clause.recognised < _LEGIBLE:
            yield _illegible(clause, shown)


def _illegible(clause: Clause, shown: str) -> Problem:
    percent = round(100 * (clause.recognised or 0))
    message = f"{clause.label}：图片文字识别把握只有 {percent}%，请对照原件核对"
    return Problem(shown, clause.line, message, page=clause.page)
