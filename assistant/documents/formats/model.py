"""What a reader returns, whatever the format."""

from __future__ import annotations

import re
from dataclasses import dataclass

Remark = tuple[int | None, str]
"""A page (None: the file as a whole) and a Chinese sentence: what was left out, or what staff should check."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or one table, in reading order.

    Attributes:
        text: the paragraph on one line, generated numbers included; of a table, one Markdown row a line.
        page: counted from 1; None where the format has no pages.
        heading: 1 to 6 where the format marks a heading, else 0.
        confidence: the lowest of its lines, 0 to 1, where the text was recognised from a picture.
    """

    text: str
    page: int | None = None
    heading: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file.

    Attributes:
        blocks: the body, furniture of the page or site left out.
        remarks: for the report.
        title: what the file itself says its title is, where that can be relied on.
        details: what a page states about the document beside its text, as label and value
            (发文字号, 发布日期, 发布机构, …).
    """

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    title: str | None = None
    details: tuple[tuple[str, str], ...] = ()


def trusted_title(claimed: str | None, blocks: list[Block]) -> str | None:
    """A title from the file's properties, if the document begins with it; editors often leave a stale one."""
    bare = re.sub(r"\s", "", claimed or "")
    if len(re.findall(r"[\u4e00-\u9fff]", bare)) < 4:
        return None
    head = re.sub(r"\s", "", "".join(block.text for block in blocks[:12]))
    return bare if bare in head else None
