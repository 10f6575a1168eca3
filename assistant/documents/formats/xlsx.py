"""Excel: every sheet as its title lines and a table, rows led by their headings."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

from assistant.documents.formats.container import open_container
from assistant.documents.formats.model import Block, Extract, Remark
from assistant.documents.formats.paragraphs import squeeze
from assistant.documents.formats.shown import shown
from assistant.documents.formats.tables import Cell, Table, markdown_row, table
from assistant.documents.furniture import TITLE_ENDS
from assistant.errors import DocumentError

_TABLE_WORDS = re.compile(r"(?:一览)?表?(?:[（(][^（）()]*[）)])?$")
_ROWS = 20_000  # a list of enterprises has some thousands
_COLUMNS = 100
_RUN = 40  # rows to a block, the headings repeated, so that a clause made of it can be read


def read_xlsx(path: Path) -> Extract:
    """Read the visible sheets; hidden ones are named in a remark."""
    import openpyxl

    with open_container(path) as container:
        container.refuse_entities()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # extensions that openpyxl does not keep when it writes
        book = openpyxl.load_workbook(path, data_only=True)
    blocks: list[Block] = []
    remarks: list[Remark] = []
    title: str | None = None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    for sheet in sheets:
        inner, noted = _sheet(sheet, path)
        title = title or _title(inner)
        if inner and len(sheets) > 1:
            blocks.append(Block(sheet.title, heading=2))
        blocks += inner
        remarks += noted
    if hidden:
        remarks.append((None, f"隐藏的工作表没有读入：{'、'.join(hidden)}"))
    return Extract(tuple(blocks), tuple(remarks), title)


def _title(blocks: list[Block]) -> str | None:
    """What stands above the table of a sheet, where it reads like the title of a document."""
    first = blocks[0].text if blocks else "|"
    return first if first[0] != "|" and TITLE_ENDS.search(_TABLE_WORDS.sub("", first)) else None


def _sheet(sheet: Any, path: Path) -> tuple[list[Block], list[Remark]]:
    if sheet.max_row > _ROWS:
        advice = "请删去多余的空行，或拆成几个文件"
        raise DocumentError(path, 1, f"工作表“{sheet.title}”有 {sheet.max_row} 行，超过 {_ROWS} 行；{advice}")
    made = table(_cells(sheet))
    captions, rows = _captions(made)
    blocks = [Block(caption) for caption in captions]
    notes: list[Block] = []
    while len(rows) > 1 and _alone(rows[-1]):
        notes.insert(0, Block(_alone(rows[-1])))
        rows = rows[:-1]
    blocks += [Block(text) for text in _runs(rows)]
    return blocks + notes, list(_noted(sheet))


def _cells(sheet: Any) -> list[list[Cell]]:
    """The cells of a sheet as a table has them: a merged one once, with its extent."""
    width = min(sheet.max_column, _COLUMNS)
    extents = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, _ROWS) + 1)
        for column in range(area.min_col, min(area.max_col, width) + 1)
    } - extents.keys()
    grid = []
    for number, row in enumerate(sheet.iter_rows(max_col=width), start=1):
        if sheet.row_dimensions[number].hidden:
            covered -= {(number, column) for column in range(1, width + 1)}
        cells = []
        for column, cell in enumerate(row, start=1):
            if (number, column) in covered:
                continue
            area = extents.get((number, column))
            spans = (area.max_col - column + 1, area.max_row - number + 1) if area else (1, 1)
            cells.append(Cell(squeeze(shown(cell.value, cell.number_format)), *spans))
        grid.append(cells)
    return grid


def _captions(made: Table) -> tuple[list[str], list[tuple[str, ...]]]:
    """Title lines above the table: merged across, or a single cell in a row."""
    captions, rows = list(made.captions), list(made.rows)
    while len(rows) > 1 and (text := _alone(rows[0])):
        captions.append(text)
        rows = rows[1:]
    return captions, rows


def _alone(row: tuple[str, ...]) -> str:
    """The text of a row in which a single cell is filled, the first one, and there could be more."""
    filled = [cell for cell in row if cell]
    return filled[0] if len(filled) == 1 and row[0] and (len(row) > 1 or len(filled[0]) > 12) else ""


def _runs(rows: list[tuple[str, ...]]) -> list[str]:
    """The table in runs, each led by the row of headings."""
    if not rows:
        return []
    heading, body = markdown_row(rows[0]), [markdown_row(row) for row in rows[1:]]
    starts = range(0, max(len(body), 1), _RUN)
    return ["\n".join((heading, *body[start : start + _RUN])) for start in starts]


def _noted(sheet: Any) -> list[Remark]:
    remarks: list[Remark] = []
    if sheet.max_column > _COLUMNS:
        remarks.append((None, f"工作表“{sheet.title}”第 {_COLUMNS} 列以后没有读入；请核对"))
    if any(dimension.hidden for dimension in sheet.row_dimensions.values()):
        remarks.append((None, f"工作表“{sheet.title}”有隐藏的行，也已读入；请核对"))
    if getattr(sheet, "_images", None):
        remarks.append((None, f"工作表“{sheet.title}”里的图片没有读入；请核对"))
    return remarks
