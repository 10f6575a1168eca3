"""Read a policy file of the knowledge base: YAML front matter, then the clauses in Markdown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from pydantic import Field

from assistant.documents.clauses import Annotation, split
from assistant.documents.lines import read_lines
from assistant.documents.model import (
    Clause,
    ClauseKind,
    Confidence,
    Document,
    Level,
    Problem,
    TextKind,
    Version,
)
from assistant.documents.strict_yaml import Schema, read
from assistant.errors import DocumentError

KEYS = ("asks", "confidence", "source", "note")
_ANNOTATION = re.compile(r"^\s*<!--\s*(\w+)\s*:\s*(.*?)\s*-->\s*$")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.S)


class Gap(Schema):
    """What could not be established, or on which the sources disagree."""

    about: str
    known: str = ""
    ask: str | None = None
    asks: tuple[str, ...] = ()


class FrontMatter(Schema):
    """The head of a policy file; `knowledge/README.md` explains every key."""

    title: str
    number: str | None = None
    aliases: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    level: Level
    region: str
    kind: str
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    validity: str = Field("normal", pattern="^(normal|to_check)$")
    replaces: tuple[str, ...] = ()
    source: str | None = None
    source_note: str | None = None
    retrieved: date | None = None
    checked: date
    topics: tuple[str, ...] = ()
    text: TextKind
    confidence: Confidence = Confidence.VERIFIED
    caution: str | None = None
    unknown: tuple[Gap, ...] = ()
    disputed: tuple[Gap, ...] = ()


def has_front_matter(raw: str) -> bool:
    return raw.lstrip("\ufeff").startswith("---\n")


def read_digest(raw: str, file: Path, policy: str, shown: str) -> Document:
    """Read a file with front matter.

    Args:
        policy: the policy's id (its folder's name).
        shown: the file's name as messages give it.

    Raises:
        DocumentError: anything that is not as the format says, with its line.
    """
    raw = raw.lstrip("\ufeff").replace("\r\n", "\n")
    match = _FRONT.match(raw)
    if not match:
        raise DocumentError(file, 1, "文件头没有以单独一行 --- 结束，请补上")
    head = read(match.group(1), FrontMatter, file, first_line=2)
    _check_dates(head, file, raw)
    body_line = raw[: match.end()].count("\n")
    body = "\n" * body_line + raw[match.end() :]
    lines = read_lines(body, markdown=True)
    if lines and lines[0].heading == 1:
        lines = lines[1:]
    parts = split(lines, _annotations(body, file), complete=head.text is TextKind.OFFICIAL)
    version = _version(head, policy, shown)
    gaps = [_gap(g, ClauseKind.UNKNOWN, i, version) for i, g in enumerate(head.unknown, 1)]
    gaps += [_gap(g, ClauseKind.DISPUTED, i, version) for i, g in enumerate(head.disputed, 1)]
    if not parts.clauses and not gaps:
        raise DocumentError(file, body_line + 1, "正文里没有读到任何条款；条款应以“第…条”“（一）”或 ## 标题开头")
    warnings = tuple(Problem(shown, line.number, remark) for line, remark in parts.remarks)
    return Document(version, (*parts.clauses, *gaps), "\n".join(line.text for line in lines), warnings)


def _check_dates(head: FrontMatter, file: Path, raw: str) -> None:
    def line(key: str) -> int:
        return next((i for i, row in enumerate(raw.split("\n"), 1) if row.startswith(f"{key}:")), 1)

    if head.effective and head.expires and head.expires < head.effective:
        raise DocumentError(file, line("expires"), f"失效日 {head.expires} 早于施行日 {head.effective}，请核对")
    expected = head.effective.isoformat() if head.effective else "undated"
    if file.stem != expected:
        remedy = f"文件名应为 {expected}.md（与施行日一致；没有施行日的写 undated.md）"
        raise DocumentError(file, line("effective"), remedy)
    if head.text is TextKind.DIGEST and not (head.source or head.source_note):
        raise DocumentError(file, line("source"), "没有出处：请填写 source（链接）或 source_note（文字说明）")


def _annotations(body: str, file: Path) -> list[Annotation]:
    found = []
    for number, row in enumerate(body.split("\n"), start=1):
        if "<!--" not in row:
            continue
        match = _ANNOTATION.match(row)
        if not match or match.group(1) not in KEYS:
            raise DocumentError(file, number, f"注记写法应为单独一行 <!-- 键: 内容 -->，可用的键：{'、'.join(KEYS)}")
        if match.group(1) == "confidence" and match.group(2) not in set(Confidence):
            raise DocumentError(file, number, "confidence 只能是 verified 或 corroborated")
        found.append(Annotation(number, match.group(1), match.group(2)))
    return found


def _version(head: FrontMatter, policy: str, shown: str) -> Version:
    return Version(
        policy=policy,
        title=head.title,
        number=head.number,
        aliases=head.aliases,
        issuers=head.issuers,
        level=head.level,
        region=head.region,
        kind=head.kind,
        issued=head.issued,
        effective=head.effective,
        expires=head.expires,
        validity_to_check=head.validity == "to_check",
        replaces=head.replaces,
        source=head.source,
        source_note=head.source_note,
        checked=head.checked,
        topics=head.topics,
        text_kind=head.text,
        confidence=head.confidence,
        caution=head.caution,
        file=shown,
    )


def _gap(gap: Gap, kind: ClauseKind, number: int, version: Version) -> Clause:
    label = "尚未查到" if kind is ClauseKind.UNKNOWN else "说法不一"
    text = gap.about + ("：" + gap.known if gap.known else "")
    return Clause(
        id=f"{kind}-{number}",
        label=label,
        path=(label, gap.about),
        text=text,
        asks=gap.asks,
        kind=kind,
        office=gap.ask,
    )
