"""Lines in reading order → paragraphs, across columns and pages."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from statistics import median

from assistant.documents.formats.layout import Page, TextLine
from assistant.documents.formats.model import Block
from assistant.documents.formats.paragraphs import NOT_FIRST, STOPS, join, squeeze
from assistant.documents.furniture import is_date
from assistant.documents.lines import Depth, recognise

# All in character sizes.
_INDENT = 1.2  # a first line stands two in
_FULL = 2.2  # a line that ends this near to the right edge was broken by it: kinsoku moves up to two characters
_NEARLY_FULL = 7.0  # a long figure or Latin word moved to the next line as a whole
_LIKE = 0.14  # two lines of a paragraph differ by less in size (share)
_LIKE_OCR = 0.4  # the boxes of OCR vary with the characters on the line
_LARGER = 1.35  # than most lines: letterheads and titles, which may be wider than the text
_SLACK = 0.3
_FIRST_LINE = 2.6  # further in than a first line
_EXTRA = 0.6  # more white than usual between two lines
_SALUTATION = re.compile(r"[^，。；]{0,20}[各委局部门][^。；]{0,80}[：:]")


def paragraphs(pages: list[Page]) -> list[Block]:
    """Join the lines of the pages into paragraphs and tables; a block bears the page on which it begins."""
    lines = [line for page in _bounded(pages) for line in page.lines]
    leading = _leading(lines)
    indented = _is_indented(lines)
    blocks: list[Block] = []
    last: TextLine | None = None
    for line in lines:
        if last and line.table and last.table and _runs_on(last, line):
            blocks[-1] = replace(blocks[-1], text=_joined_tables(blocks[-1].text, line.text))
        elif last and not line.table and not last.table and _continues(last, line, blocks[-1].text, leading, indented):
            known = [c for c in (blocks[-1].confidence, line.confidence) if c is not None]
            blocks[-1] = replace(blocks[-1], text=join(blocks[-1].text, line.text), confidence=min(known, default=None))
        else:
            blocks.append(Block(line.text, line.page, confidence=line.confidence))
        last = line
    return [block if "\n" in block.text else replace(block, text=squeeze(block.text)) for block in blocks]


def _bounded(pages: list[Page]) -> list[Page]:
    """Give every line the bounds of its column, taken over all pages of the same width."""
    edges: dict[tuple[int, int], list[TextLine]] = {}
    for page in pages:
        for line in page.lines:
            if not line.table:
                edges.setdefault((round(page.width / 20), line.column), []).append(line)
    bounds = {key: _bounds(lines) for key, lines in edges.items()}
    for width, column in list(bounds):
        if column == 2 and (width, 1) in bounds:  # what crosses both columns is bounded by both
            bounds[width, 0] = bounds[width, 1][0], bounds[width, 2][1]
    return [_placed(page, bounds) for page in pages]


def _placed(page: Page, bounds: dict[tuple[int, int], tuple[float, float]]) -> Page:
    width = round(page.width / 20)
    first = bounds.get((width, 1))
    lines = [line for line in page.lines if not line.table]
    # The last page of a text in columns may have lines in the first one only.
    alone = first and lines and all(line.column == 0 and line.x1 <= first[1] + line.size for line in lines)

    def placed(line: TextLine) -> TextLine:
        column = 1 if alone else line.column
        left, right = bounds.get((width, column), (line.x0, line.x1))
        return replace(line, left=left, right=right, column=column)

    return replace(page, lines=tuple(map(placed, page.lines)))


def _bounds(lines: list[TextLine]) -> tuple[float, float]:
    """The edges of running text; a stray line beyond them does not count, nor does what is set larger."""
    usual = median(line.size for line in lines)
    lines = [line for line in lines if line.size <= _LARGER * usual]
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    stray = len(lines) // 25
    return lefts[stray], rights[-1 - stray]


def _leading(lines: list[TextLine]) -> float:
    """The usual distance between the tops of two lines, in character sizes; 0 if there is none."""
    steps = [
        (below.y0 - above.y0) / above.size
        for above, below in itertools.pairwise(lines)
        if above.page == below.page and above.column == below.column and above.size and below.y0 - above.y0 > 0
    ]
    near = [step for step in steps if step < 4]
    return median(near) if near else 0.0


def _is_indented(lines: list[TextLine]) -> bool:
    """Whether paragraphs begin two characters in, as official documents do."""
    numbered = [line for line in lines if not line.table and recognise(1, line.text).depth is not Depth.TEXT]
    into = sum(line.x0 - line.left > _INDENT * line.size for line in numbered)
    return into > 0.5 * len(numbered) if numbered else True


def _continues(above: TextLine, line: TextLine, text: str, leading: float, indented: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above it. `text` is that paragraph so far."""
    size = max(above.size, line.size)
    like = _LIKE_OCR if line.confidence is not None else _LIKE
    if abs(above.size - line.size) > like * size:
        return False
    stopped = text[-1] in STOPS
    numbered = recognise(1, line.text).depth is not Depth.TEXT
    if _centred(above) and _centred(line):
        return not stopped and not numbered and _goes_on(above, line, leading) and _is_title(above, line, size)
    if is_date(line.text) or (_centred(above) and _SALUTATION.fullmatch(line.text)):
        return False
    room = above.right - above.x1
    full = room < (_FULL * size if not stopped else _needed(line.text) * size)
    if line.x0 - line.left > _INDENT * size:
        return full and not stopped and not numbered and not _centred(line) and _hangs(above, line, size)
    if numbered and not indented:
        return full and not stopped
    if full:
        return indented or not stopped or _goes_on(above, line, leading)
    return room < _NEARLY_FULL * size and not stopped and not numbered


def _needed(text: str) -> float:
    """The room, in character sizes, that the beginning of a line would have taken on the line before.

    A Latin word or a figure moves as a whole, and a sign that may not begin a line takes its neighbour along.
    """
    word = re.match(r"[A-Za-z0-9.%〔〕-]+", text)
    if word:
        return max(len(word.group()) * 0.5, 1.0) + _SLACK
    return (2.0 if text[1:2] in NOT_FIRST else 1.0) + _SLACK


def _hangs(above: TextLine, line: TextLine, size: float) -> bool:
    """Whether a line further in than usual goes on with the one above: a block set in, or a hanging indent."""
    inside = above.x0 - above.left > _INDENT * size and line.x0 - above.x0 > -0.5 * size
    return above.page == line.page and (inside or line.x0 - line.left > _FIRST_LINE * size)


def _goes_on(above: TextLine, line: TextLine, leading: float) -> bool:
    """Whether the distance is the usual one; on another page or in another column it says nothing."""
    if above.page != line.page or above.column != line.column or not above.size or not leading:
        return True
    return (line.y0 - above.y0) / above.size < leading + _EXTRA


def _centred(line: TextLine) -> bool:
    before, after = line.x0 - line.left, line.right - line.x1
    return before > _INDENT * line.size and abs(before - after) < 1.2 * line.size


def _is_title(above: TextLine, line: TextLine, size: float) -> bool:
    """A title on two lines is one paragraph; two centred lines that are both short are two."""
    return above.x1 - above.x0 > 0.5 * (above.right - above.left) and line.y0 - above.y1 < 1.5 * size


def _runs_on(above: TextLine, line: TextLine) -> bool:
    """Whether a table continues one that the page before broke off."""
    columns = above.text.split("\n")[-1].count(" | "), line.text.split("\n")[0].count(" | ")
    return line.page == above.page + 1 and columns[0] == columns[1] and abs(above.x0 - line.x0) < 6


def _joined_tables(above: str, below: str) -> str:
    """Two halves of a table; a header that the second repeats is said once."""
    rows = below.split("\n")
    return "\n".join((above, *(rows[1:] if rows[0] == above.split("\n")[0] else rows)))
