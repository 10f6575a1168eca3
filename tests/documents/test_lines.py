"""What the beginning of a line says: a number, in any of the forms in which it is printed or recognised, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.lines import Depth, read_lines, recognise
from assistant.documents.numerals import chinese


@pytest.mark.parametrize(
    ("text", "label", "number"),
    [
        ("第十一条 企业可以申请", "第十一条", 11),
        ("第十一条　企业可以申请", "第十一条", 11),
        ("第十一条企业可以申请", "第十一条", 11),
        ("第11条 企业可以申请", "第11条", 11),
        ("第１１条 企业可以申请", "第１１条", 11),
        ("第十一條 企业可以申请", "第十一条", 11),
        ("第 十 一 条 企业可以申请", "第十一条", 11),
        ("第十—条 企业可以申请", "第十一条", 11),
        ("笫三条 企业可以申请", "第三条", 3),
        ("第二+条 企业可以申请", "第二十条", 20),
        ("第一百零三条", "第一百零三条", 103),
        ("第三条（适用范围）企业可以申请", "第三条", 3),
        ("第三条【适用范围】企业可以申请", "第三条", 3),
    ],
)
def test_an_article_is_known_in_any_form(text: str, label: str, number: int) -> None:
    line = recognise(1, text)
    assert (line.depth, line.label, line.ordinal) == (Depth.ARTICLE, label, number)


def test_an_inserted_article_has_its_own_number() -> None:
    line = recognise(1, "第十条之一 企业可以申请")
    assert (line.depth, line.label, line.ordinal, line.suffix) == (Depth.ARTICLE, "第十条之一", 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "第三条规定的企业",
        "第三条第二款所列情形",
        "第三条、第五条的企业",
        "第三条所称企业",
        "第三条（二）项",
        "第三章规定的程序",
        "一、二等奖获得者",
        "2026.5",
        "2026年3月20日",
        "依照第三条规定",
    ],
)
def test_a_reference_a_figure_or_an_enumeration_is_no_number(text: str) -> None:
    line = recognise(1, text)
    assert (line.depth, line.label) == (Depth.TEXT, "")


def test_what_may_be_either_is_left_to_the_lines_around() -> None:
    assert recognise(1, "第五条中小企业可以申请").doubtful
    assert not recognise(1, "第五条 中小企业可以申请").doubtful


@pytest.mark.parametrize(
    ("text", "depth", "label", "number"),
    [
        ("第一编 总则", Depth.PART, "第一编 总则", 1),
        ("第二章 条件", Depth.CHAPTER, "第二章 条件", 2),
        ("第二章条件", Depth.CHAPTER, "第二章条件", 2),
        ("第三节　程序", Depth.SECTION, "第三节　程序", 3),
        ("附 则", Depth.CHAPTER, "附 则", 0),
        ("一、支持对象", Depth.ITEM_1, "一、", 1),
        ("（十二）支持对象", Depth.ITEM_2, "（十二）", 12),
        ("(二)支持对象", Depth.ITEM_2, "（二）", 2),
        ("㈢支持对象", Depth.ITEM_2, "㈢", 3),
        ("1．支持对象", Depth.ITEM_3, "1．", 1),
        ("１.支持对象", Depth.ITEM_3, "１.", 1),
        ("（3）支持对象", Depth.ITEM_4, "（3）", 3),
        ("3)支持对象", Depth.ITEM_4, "3）", 3),
        ("⑷支持对象", Depth.ITEM_4, "⑷", 4),
        ("⑤支持对象", Depth.ITEM_5, "⑤", 5),
    ],
)
def test_every_family_of_numbers_is_known(text: str, depth: Depth, label: str, number: int) -> None:
    line = recognise(1, text)
    assert (line.depth, line.label, line.ordinal) == (depth, label, number)


def test_markdown_headings_and_comments_are_not_text() -> None:
    lines = read_lines("# 标题\n<!-- 一句\n两行 -->\n\n第一条 企业。\n", markdown=True)
    assert [(line.number, line.heading, line.text) for line in lines] == [(1, 1, "标题"), (5, 0, "第一条 企业。")]


def test_a_plain_text_keeps_its_hash_signs() -> None:
    assert read_lines("# 标题", markdown=False)[0].text == "# 标题"


@given(st.integers(1, 9999), st.sampled_from([" ", "　", "："]))
def test_every_article_number_is_read_back(number: int, space: str) -> None:
    assert recognise(1, f"第{chinese(number)}条{space}企业").ordinal == number
    assert recognise(1, f"第{number}条{space}企业").ordinal == number


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_any_text_at_all_is_a_line(text: str) -> None:
    line = recognise(1, text)
    assert line.text == text
    assert line.depth is not Depth.TEXT or line.doubtful or line.rest == text
