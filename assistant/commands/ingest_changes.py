"""What changes clause by clause, for staff: the words of a changed clause marked, in colour on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.index.difference import Change

SHOWN = 200  # changes told one by one before the rest is counted
_NAMES = {"added": "新增", "changed": "修改", "removed": "删除", "moved": "移动"}
_LONGEST = 6000  # characters of a clause whose words are compared; a longer one takes seconds
_ALIKE = 0.5  # below this one text has taken the place of the other, and single words tell nothing
_EQUAL = 24  # characters of what stayed that are shown on each side of a change
_BEGINNING = 60  # characters shown of a clause that is new or gone
_RED, _GREEN, _PLAIN = "\033[31m", "\033[32m", "\033[0m"

Piece = tuple[str, str]  # "equal", "delete" or "insert", and the words


def pieces(before: str, after: str) -> list[Piece]:
    """What stayed, went and came between two texts, by characters."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) > _LONGEST or len(after) > _LONGEST or matcher.ratio() < _ALIKE:
        return [("delete", before), ("insert", after)]
    found: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("equal", before[a:b]))
            continue
        found += [("delete", before[a:b])] if b > a else []
        found += [("insert", after[c:d])] if d > c else []
    return found


def as_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Every change, as `--json` prints it."""
    return [
        {
            "kind": str(change.kind),
            "ref": change.ref,
            "was": change.was,
            "title": change.title,
            "clause": change.label,
            "before": change.before,
            "after": change.after,
            "words": [{"op": op, "text": text} for op, text in pieces(change.before, change.after)]
            if change.kind == "changed" and change.before is not None and change.after is not None
            else [],
        }
        for change in changes
    ]


def in_words(changes: Sequence[Change], *, colour: bool) -> Iterator[str]:
    """The changes, document by document."""
    for title, some in groupby(changes[:SHOWN], key=lambda change: change.title):
        yield f"《{title}》"
        for change in some:
            yield f"  {_NAMES[change.kind]} {change.label}（{change.ref}）{_told(change, colour)}"
    if len(changes) > SHOWN:
        yield f"另有 {len(changes) - SHOWN} 条没有列出；全部内容用 --json 查看。"


def in_colour() -> bool:
    """Whether what is printed is seen on a terminal that shows colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _told(change: Change, colour: bool) -> str:
    if change.kind == "moved":
        return f"：文字未变，原为 {change.was}"
    if change.before is not None and change.after is not None:
        if change.before == change.after:
            return "：文字未变，所在章节、文件标题或常见问法有变"
        return f"：{_marked(pieces(change.before, change.after), colour)}"
    text = (change.after or change.before or "").replace("\n", " ")
    return f"：{text[:_BEGINNING]}{'…' if len(text) > _BEGINNING else ''}"


def _marked(found: Sequence[Piece], colour: bool) -> str:
    return "".join(_piece(op, text.replace("\n", " "), colour) for op, text in found)


def _piece(op: str, text: str, colour: bool) -> str:
    if op == "equal":
        return text if len(text) <= 2 * _EQUAL else f"{text[:_EQUAL]}…{text[-_EQUAL:]}"
    if colour:
        return f"{_RED if op == 'delete' else _GREEN}{text}{_PLAIN}"
    return f"【删：{text}】" if op == "delete" else f"【增：{text}】"
