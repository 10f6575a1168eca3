"""Excel sheets as tables with their headings."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant.documents.formats import extract
from assistant.documents.formats.shown import shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (200000, '0"万元"', "200000万元"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (2.5, "0.##", "2.5"),
        (2.0, "0.##", "2"),
        (-5, '0;"负"0', "负5"),
        (date(2026, 3, 1), 'yyyy"年"m"月"d"日"', "2026年3月1日"),
        (datetime(2026, 3, 1), "yyyy-mm-dd", "2026-03-01"),
        (datetime(2026, 3, 1), "mm-dd-yy", "2026-03-01"),
        (datetime(2026, 3, 1, 9, 5), "yyyy/m/d h:mm", "2026/3/1 9:05"),
        (time(9, 30), "h:mm", "9:30"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        ("松科规〔2025〕2号", "@", "松科规〔2025〕2号"),
    ],
)
def test_a_cell_reads_as_excel_shows_it(value: Any, form: str, text: str) -> None:
    assert shown(value, form) == text


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "标准"
    sheet["A1"] = "松江区扶持标准一览表"
    sheet.merge_cells("A1:C1")
    sheet.append(["类别", "对象", "金额"])
    sheet.append(["企业", "首次认定", 200000])
    sheet.append([None, "重新认定", 100000])
    sheet.merge_cells("A3:A4")
    sheet["C3"].number_format = sheet["C4"].number_format = "#,##0"
    sheet.append(["注：以当年通知为准。"])
    other = made.create_sheet("附表")
    other.append(["年度", "比例"])
    for year in range(50):
        other.append([2000 + year, 0.3])
        other.cell(year + 2, 2).number_format = "0%"
    made.create_sheet("草稿").sheet_state = "hidden"
    file = tmp_path / "标准.xlsx"
    made.save(file)
    return file


def test_titles_headings_rows_and_notes_come_out_in_order(book: Path) -> None:
    blocks = extract(book).blocks
    assert [(b.text, b.heading) for b in blocks[:4]] == [
        ("标准", 2),
        ("松江区扶持标准一览表", 0),
        ("| 类别 | 对象 | 金额 |\n| 企业 | 首次认定 | 200,000 |\n| 企业 | 重新认定 | 100,000 |", 0),
        ("注：以当年通知为准。", 0),
    ]


def test_a_long_table_repeats_its_headings(book: Path) -> None:
    runs = [block.text for block in extract(book).blocks if block.text.startswith("| 年度")]
    assert len(runs) == 2
    assert runs[1].splitlines()[:2] == ["| 年度 | 比例 |", "| 2040 | 30% |"]


def test_hidden_sheets_are_named_and_not_read(book: Path) -> None:
    assert any("草稿" in text for _, text in extract(book).remarks)


def test_what_stands_above_the_first_table_is_the_title(book: Path) -> None:
    assert extract(book).title == "松江区扶持标准一览表"
