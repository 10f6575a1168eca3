"""Markdown and plain text."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.documents.formats.decoding import decode_file
from assistant.documents.formats.model import Block, Extract
from assistant.documents.formats.paragraphs import STOPS, join
from assistant.documents.lines import Depth, Line, read_lines, recognise

_TABLE_RULE = re.compile(r"\|?[\s:|-]*-{3}[\s:|-]*\|?")
_PROSE = re.compile(r"[，。；]")
_CUT = 20  # a shorter line was not cut by the page, it is a title or a signature
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]")


def read_markdown(path: Path) -> Extract:
    """Each line that is not empty is a paragraph; lines of a table belong together."""
    raw, remarks = decode_file(path)
    return Extract(tuple(_gather(read_lines(raw, markdown=True))), remarks)


def read_text(path: Path) -> Extract:
    """Paragraphs of a text file; lines that were broken by a width or by a page are joined again."""
    raw, remarks = decode_file(path)
    raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if width := _wrap_width(raw):
        raw = "\n".join(_unwrap(raw.split("\n"), width))
    return Extract(tuple(_gather(_join_cut(read_lines(raw, markdown=False)))), remarks)


def _gather(lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if _TABLE_RULE.fullmatch(line.text) and "|" in line.text:
            continue
        if line.text.startswith("|") and blocks and blocks[-1].text.startswith("|"):
            blocks[-1] = Block(f"{blocks[-1].text}\n{line.text}")
        else:
            blocks.append(Block(line.text, heading=line.heading))
    return blocks


def _columns(text: str) -> int:
    """The width of a line in half-width columns."""
    return len(text) + len(_WIDE.findall(text))


def _wrap_width(raw: str) -> int:
    """The width at which an editor or converter broke the lines; 0 when every line is a paragraph."""
    widths = [_columns(line.rstrip()) for line in raw.split("\n") if line.strip()]
    if len(widths) < 6 or not 40 <= max(widths) <= 120:
        return 0
    full = sum(width >= max(widths) - 6 for width in widths)
    return max(widths) if full >= len(widths) * 0.4 else 0


def _unwrap(lines: list[str], width: int) -> list[str]:
    joined: list[str] = []
    full = False
    for line in lines:
        numbered = bool(line.strip()) and recognise(1, line.strip()).depth is not Depth.TEXT
        if full and line.strip() and not line.startswith((" ", "\t", "　")) and not numbered:
            joined[-1] = join(joined[-1], line)
        else:
            joined.append(line)
        full = _columns(line.rstrip()) >= width - 6
    return joined


def _join_cut(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and line.depth is Depth.TEXT and _is_cut(before.text) and not line.text.startswith("|"):
            joined[-1] = recognise(before.number, join(before.text, line.text))
        else:
            joined.append(line)
    return joined


def _is_cut(text: str) -> bool:
    """Whether the text is a sentence that stops in the middle."""
    return len(text) > _CUT and text[-1] not in STOPS and bool(_PROSE.search(text)) and not text.startswith("|")
