"""On which page each heading stands: read from the printed PDF, else estimated."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.documents.compilation.content import Content, Facts, Heading, Paragraph, Table
from assistant.documents.compilation.words import Typography

_POINTS_PER_MM = 72 / 25.4


def pages_of_pdf(pdf: bytes, content: Content) -> Mapping[str, int]:
    """Pages of the anchors, counted from the first chapter, by the outline of a PDF of the same content.

    Empty when the outline does not have the headings one for one.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [
            (item.get_title().strip(), target.get_index())
            for item in document.get_toc()
            if item.level < 2 and (target := item.get_dest()) is not None
        ]
    finally:
        document.close()
    headings = content.headings
    if [title for title, _ in found] != [heading.text.strip() for heading in headings]:
        return {}
    first = found[0][1]
    return {heading.anchor: page - first + 1 for heading, (_, page) in zip(headings, found, strict=True)}


def estimate_pages(content: Content, typography: Typography) -> Mapping[str, int]:
    """Pages of the anchors as they come out when every character is a full square."""
    page, sizes = typography.page, typography.sizes
    width = (page.width - page.left - page.right) * _POINTS_PER_MM
    height = (page.height - page.top - page.bottom) * _POINTS_PER_MM
    pages: dict[str, int] = {}
    number, used = 0, 0.0
    for block in content.blocks:
        match block:
            case Heading(depth=1):
                number, used, needed = number + 1, 0.0, typography.line_spacing * 3
            case Heading():
                needed = typography.line_spacing * (3 if block.depth == 2 else 1.5)
            case Paragraph():
                needed = _lines(block.lead + block.text, width / sizes["body"]) * typography.line_spacing
            case Facts(rows) | Table(rows):
                share = 1 / len(rows[0]) if isinstance(block, Table) else 0.84  # the widest column
                squares = width * share / sizes["facts"]
                needed = sum(max(_lines(cell, squares) for cell in row) for row in rows) * sizes["facts"] * 1.6
        while used + needed > height:
            number, needed, used = number + 1, max(0.0, needed - (height - used)), 0.0
        if isinstance(block, Heading) and block.anchor:
            pages[block.anchor] = number
        used += needed
    return pages


def _lines(text: str, squares: float) -> int:
    return max(1, math.ceil((len(text) + 2) / squares))
