"""The numbers that Word generates."""

from __future__ import annotations

import pytest
from lxml import etree

from assistant.documents.formats.numbering import Numbering, read_numbering, written

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def numbering(levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> Numbering:
    xml = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}</w:numbering>'
    return read_numbering(etree.fromstring(xml), {})


def level(depth: int, form: str, text: str, more: str = "") -> str:
    start = '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (21, "chineseCountingThousand", "二十一"),
        (103, "chineseCounting", "一百零三"),
        (10, "japaneseCounting", "十"),
        (20, "ideographDigital", "二〇"),
        (12, "chineseLegalSimplified", "拾贰"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (12, "decimalFullWidth", "１２"),
        (4, "lowerRoman", "iv"),
        (27, "upperLetter", "AA"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
        (7, "a form of another country", "7"),
    ],
)
def test_a_number_is_written_in_its_form(count: int, form: str, text: str) -> None:
    assert written(count, form) == text


def test_articles_run_on_across_chapters_when_they_are_told_not_to_restart() -> None:
    lists = numbering(
        level(0, "chineseCountingThousand", "第%1章")
        + level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
    )
    labels = [lists.label("1", depth) for depth in (0, 1, 1, 0, 1)]
    assert labels == ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "]


def test_items_start_again_below_the_next_heading() -> None:
    lists = numbering(
        level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
    )
    labels = [lists.label("1", depth) for depth in (0, 1, 1, 2, 0, 1)]
    assert labels == ["一、", "（一）", "（二）", "1. ", "二、", "（一）"]


def test_a_legal_level_writes_all_its_numbers_in_digits() -> None:
    lists = numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", '<w:isLgl w:val="1"/>'))
    assert [lists.label("1", depth) for depth in (0, 0, 1)] == ["一、", "二、", "2.1 "]


def test_a_second_list_with_a_start_of_its_own_starts_again_and_one_without_counts_on() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = numbering(
        level(0, "decimal", "%1."),
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{restart}</w:num>',
    )
    assert [lists.label(number, 0) for number in "11233"] == ["1. ", "2. ", "3. ", "1. ", "2. "]


def test_a_list_that_is_not_there_gives_no_number() -> None:
    assert numbering("").label("7", 0) == ""
