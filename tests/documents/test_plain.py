"""An official document as it comes: title, text, page and legibility."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.documents.lines import Line, read_lines, recognise
from assistant.documents.model import Document, TextKind
from assistant.documents.plain import Source, policy_id, read_plain
from assistant.errors import DocumentError

FILE = Path("某文件.txt")


def read(text: str, title: str | None = None) -> Document:
    return read_plain(read_lines(text, markdown=True), Source(FILE, FILE.name, title))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 甲办法\n第一条 一。\n", "甲办法"),
        ("甲办法\n第一条 一。\n", "甲办法"),
        (
            "松江区测试局\n松测规〔2026〕3号\n松江区测试券\n管理办法（试行）\n第一条 一。",
            "松江区测试券管理办法（试行）",
        ),
        ("关于印发《甲办法》的通知\n各单位：\n现印发给你们。\n甲办法\n第一条 一。\n", "甲办法"),
        ("第一条 一。\n", "某文件"),
    ],
)
def test_the_title_is_found(text: str, title: str) -> None:
    assert read(text).version.title == title


def test_a_title_over_several_lines_is_no_clause() -> None:
    document = read("松江区测试券\n管理办法\n一、甲事要办。\n二、乙事要办。\n")
    assert [clause.id for clause in document.clauses] == ["sec-1", "sec-2"]


def test_a_title_that_the_file_is_sure_of_counts() -> None:
    assert read("说明\n第一条 一。\n", title="甲办法").version.title == "甲办法"


def test_it_is_official_and_undated_where_nothing_is_said() -> None:
    version = read("# 甲办法\n第一条 一。\n").version
    assert (version.text_kind, version.key, version.validity_to_check) == (TextKind.OFFICIAL, "某文件@undated", True)


def test_page_and_legibility_are_kept_and_a_doubtful_clause_is_told() -> None:
    lines = [
        recognise(1, "甲办法", 1, page=1, confidence=0.99),
        recognise(2, "第一条 一。", page=1, confidence=0.99),
        recognise(3, "第二条 二：", page=2, confidence=0.97),
        recognise(4, "（一）三。", page=3, confidence=0.71),
    ]
    document = read_plain(lines, Source(FILE, FILE.name))
    assert [(clause.page, clause.recognised) for clause in document.clauses] == [(1, 0.99), (2, 0.71)]
    assert [str(w) for w in document.warnings] == ["某文件.txt 第2页: 第二条：图片文字识别把握只有 71%，请对照原件核对"]


def test_a_gap_is_told_with_its_page() -> None:
    lines = [recognise(n, f"第{label}条 一。", page=n) for n, label in ((1, "一"), (2, "二"), (3, "四"))]
    document = read_plain(lines, Source(FILE, FILE.name))
    assert [str(w) for w in document.warnings] == ["某文件.txt 第3页: 条号不连续：第二条之后是第四条"]


@pytest.mark.parametrize("lines", [[], [Line(1, "2026年3月20日"), Line(2, "2026年3月21日")]])
def test_what_holds_no_clause_is_refused(lines: list[Line]) -> None:
    with pytest.raises(DocumentError, match="请确认文件内容"):
        read_plain(lines, Source(FILE, FILE.name))


@pytest.mark.parametrize(
    ("name", "ident"), [("甲 办法.pdf", "甲-办法"), ("a@b#c.md", "a-b-c"), ("😀 券.txt", "😀-券"), ("#.md", "document")]
)
def test_a_name_becomes_an_id_that_references_can_hold(name: str, ident: str) -> None:
    assert policy_id(Path(name)) == ident


def test_a_table_of_particulars_at_the_head_is_believed() -> None:
    rows = "| 文件编号 | 松测规〔2025〕9号 | 发文机关 | 松江区测试局 |\n| 成文日期 | 2025年11月20日 | 施行日期 | 2026年1月1日 |"
    version = read(f"# 甲办法\n{rows}\n一、甲事要办。\n二、乙事要办。").version
    assert (version.number, version.issuers, version.issued) == (
        "松测规〔2025〕9号",
        ("松江区测试局",),
        date(2025, 11, 20),
    )
    assert (version.effective, version.validity_to_check) == (date(2026, 1, 1), False)


COMPILATION = """\
松江区政策汇编
目录
甲办法……1
乙办法……2
甲办法
松测规〔2023〕1号
第一条 一。
第二条 本办法自2023年7月1日起施行，有效期至2028年6月30日。
乙办法
（松测规〔2024〕2号）
第一章 总则
第一条 二。
第二条 本办法自2024年7月1日起施行。
"""


def test_a_compilation_is_told_and_takes_neither_days_nor_number_from_one_of_its_documents() -> None:
    document = read(COMPILATION)
    version = document.version
    assert [clause.id for clause in document.clauses] == ["art-1", "art-2", "with-2.art-1", "with-2.art-2"]
    assert document.clauses[2].path == ("乙办法", "第一章 总则", "第一条")
    assert (version.number, version.effective, version.expires) == (None, None, None)
    assert version.validity_to_check
    assert [str(problem) for problem in document.warnings] == [
        "某文件.txt:9: 从这里起是另一份文件（乙办法），全文件共 2 份，文号、日期分不清；请拆成单个文件放入"
    ]


def test_articles_that_begin_anew_without_a_title_are_told_as_a_repeat() -> None:
    document = read("甲办法\n第一条 一。\n第二条 二。\n第一条 一。\n")
    assert [clause.id for clause in document.clauses] == ["art-1", "art-2", "art-1~2"]
    assert "第一条重复或倒退" in str(document.warnings[0])
