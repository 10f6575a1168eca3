"""Markdown and plain text, in every encoding that Chinese offices use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.documents.formats import extract
from assistant.errors import DocumentError

NOTICE = "关于受理创新券的通知\n各有关单位：\n一、支持对象\n在本区注册的科技型企业，每家每年不超过10万元。\n"


def texts(path: Path) -> list[str]:
    return [block.text for block in extract(path).blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_told_from_the_text(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "通知.txt"
    file.write_bytes(NOTICE.encode(encoding))
    assert texts(file) == NOTICE.splitlines()


@given(st.text(alphabet="关于企业申领创新券的通知第一二三条，。；：（）0123456789abc", min_size=12, max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_utf8_and_gb18030_give_the_same_text(tmp_path: Path, text: str) -> None:
    read = []
    for encoding in ("utf-8", "gb18030"):
        file = tmp_path / f"{encoding}.txt"
        file.write_bytes(f"本办法所称的企业，{text}".encode(encoding))
        read.append(texts(file))
    assert read[0] == read[1]


def test_a_cut_off_character_costs_that_character_and_is_said(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_bytes((NOTICE * 5).encode()[:-2])
    read = extract(file)
    assert read.blocks[0].text == "关于受理创新券的通知"
    assert "读不出来" in read.remarks[0][1]


def test_markdown_keeps_headings_and_tables_together(tmp_path: Path) -> None:
    file = tmp_path / "办法.md"
    file.write_text(
        "# 办法\n\n## 第一章 总则\n\n| 类别 | 金额 |\n| --- | --- |\n| 甲 | 1万元 |\n\n第一条 正文。\n",
        encoding="utf-8",
    )
    assert [(b.text, b.heading) for b in extract(file).blocks] == [
        ("办法", 1),
        ("第一章 总则", 2),
        ("| 类别 | 金额 |\n| 甲 | 1万元 |", 0),
        ("第一条 正文。", 0),
    ]


def test_lines_broken_at_a_width_are_joined(tmp_path: Path) -> None:
    paragraphs = [
        f"第{n}条　" + "企业申领创新券应当在平台上提交材料，经审核后按规定兑付" * 3 + "。" for n in "一二三四五六"
    ]
    wrapped = "\n".join(re.sub(r"(.{30})", r"\1\n", paragraph) for paragraph in paragraphs)
    file = tmp_path / "办法.txt"
    file.write_text(wrapped, encoding="utf-8")
    assert [re.sub(r"\s", "", t) for t in texts(file)] == [re.sub(r"\s", "", p) for p in paragraphs]


def test_blank_lines_between_paragraphs_that_were_broken_at_a_width_end_them(tmp_path: Path) -> None:
    text = (
        "本区企业购买技术服务的，可以按照不超过实际支出的比例申请补贴，每家企业每年最高不超过十万元，具体由平台受理。"
    )
    file = tmp_path / "办法.txt"
    file.write_text("\n\n".join([f"{text[:24]}\n{text[24:48]}\n{text[48:]}"] * 4), encoding="utf-8")
    assert [block.text for block in extract(file).blocks] == [text] * 4


def test_a_sentence_cut_by_the_page_is_joined_and_a_title_is_not(tmp_path: Path) -> None:
    file = tmp_path / "要点.txt"
    file.write_text(
        "关于印发《松江区创新券管理办法实施细则》的通知\n\n各科室：\n\n"
        "（一）加强服务。围绕重点企业的需求，会同有关部门细化措施，抓好落\n\n实，定期通报进展。\n",
        encoding="utf-8",
    )
    assert texts(file) == [
        "关于印发《松江区创新券管理办法实施细则》的通知",
        "各科室：",
        "（一）加强服务。围绕重点企业的需求，会同有关部门细化措施，抓好落实，定期通报进展。",
    ]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "通知.txt"
    file.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(DocumentError, match="内容却不是|不是能认出的文字编码"):
        extract(file)
