"""PDF with text: lines joined, furniture gone, columns and tables in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.documents.formats import extract
from tests.documents.formats.typeset import HEIGHT, WIDTH, Mark, Sheet, jpeg, typeset, write_ofd, write_pdf

TITLE = "松江区关于促进科学仪器产业高质量发展的若干政策措施实施细则"
PARAGRAPHS = [
    "第一条　为了支持本区企业开展研究开发活动，提高科技资源使用效率，制定本细则。",
    *(
        f"第{n}条　本区企业购买技术服务的，可以按照不超过实际支出{percent}%的比例申请补贴，每家企业每年最高不超过"
        f"{amount}万元；同一项目已经获得其他财政资金支持的，按照就高不重复的原则处理，具体由区科委会同有关部门核定。"
        for n, percent, amount in (("二", 30, 20), ("三", 50, 100), ("四", 10, 2000), ("五", 25, 35), ("六", 40, 50))
    ),
    "（一）在本区注册、经营满一年，并且依法纳税、信用良好的科技型企业；",
    "（二）上一年度研究开发费用占同期销售收入的比例不低于5%，或者研究开发人员占职工总数的比例不低于20%的企业。",
    "依照第三条规定提出的申请，应当自通知发布之日起30日内提交；逾期不提交的，视为放弃，当年度不再受理同一事项。",
]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("write", [write_pdf, write_ofd])
@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_come_back_whole_across_lines_columns_and_pages(tmp_path: Path, columns: int, write: object) -> None:
    assert callable(write)
    sheets = typeset(PARAGRAPHS, title=TITLE, columns=columns, size=16 if columns == 1 else 10.5)
    read = extract(write(tmp_path / "细则.bin", sheets))
    assert [bare(block.text) for block in read.blocks] == [bare(text) for text in (TITLE, *PARAGRAPHS)]


def test_a_paragraph_bears_the_page_on_which_it_begins(tmp_path: Path) -> None:
    pages = [block.page for block in extract(write_pdf(tmp_path / "a.pdf", typeset(PARAGRAPHS * 2))).blocks]
    assert pages[0] == 1
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert pages[-1] == 3


def test_running_heads_go_and_are_named_and_page_numbers_go(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", typeset(PARAGRAPHS * 3, head="松江区人民政府公报 2026 年第 1 期"))
    read = extract(file)
    assert [bare(b.text) for b in read.blocks] == [bare(text) for text in PARAGRAPHS * 3]
    assert any("松江区人民政府公报" in text for _, text in read.remarks)


def test_paragraphs_without_indent_are_told_by_their_numbers_and_short_lines(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", typeset(PARAGRAPHS[:-1], indent=0))
    assert [bare(b.text) for b in extract(file).blocks] == [bare(text) for text in PARAGRAPHS[:-1]]


def test_a_line_that_begins_with_a_reference_does_not_begin_a_paragraph(tmp_path: Path) -> None:
    text = "企业有下列情形之一的，由区科委责令限期改正，逾期不改正的，不予兑付，并且依照本细则第三条、第四条规定处理。"
    lines = typeset(["第一条　" + text] * 3)
    assert len(extract(write_pdf(tmp_path / "a.pdf", lines)).blocks) == 3


def test_a_ruled_table_is_kept_as_a_table_in_its_place(tmp_path: Path) -> None:
    xs, ys = (80, 200, 320, 480), (200, 230, 260, 290)
    sheet = Sheet([Mark("扶持标准如下：", 112, 150, 16)])
    sheet.strokes = [(xs[0], y, xs[-1], y) for y in (ys[0], ys[1], ys[3])] + [(xs[1], ys[2], xs[3], ys[2])]
    sheet.strokes += [(x, ys[0], x, ys[-1]) for x in xs]
    cells = [("类别", 0, 0), ("对象", 1, 0), ("金额", 2, 0), ("企业", 0, 1), ("首次", 1, 1), ("20万元", 2, 1)]
    cells += [("再次", 1, 2), ("10万元", 2, 2)]
    sheet.marks += [Mark(text, xs[column] + 8, ys[row] + 8, 12) for text, column, row in cells]
    sheet.marks.append(Mark("第二条　本细则自发布之日起施行。", 112, 320, 16))
    for write in (write_pdf, write_ofd):
        blocks = extract(write(tmp_path / "表.bin", [sheet])).blocks
        assert [block.text for block in blocks] == [
            "扶持标准如下：",
            "| 类别 | 对象 | 金额 |\n| 企业 | 首次 | 20万元 |\n| 企业 | 再次 | 10万元 |",
            "第二条 本细则自发布之日起施行。",
        ]


def test_the_title_of_the_file_counts_only_if_the_text_begins_with_it(tmp_path: Path) -> None:
    sheets = typeset(PARAGRAPHS, title=TITLE)
    assert extract(write_pdf(tmp_path / "a.pdf", sheets, title=TITLE)).title == TITLE
    assert extract(write_pdf(tmp_path / "b.pdf", sheets, title="上一份通知的标题")).title is None


def test_a_text_layer_under_a_scan_is_read_and_said(tmp_path: Path) -> None:
    from PIL import Image

    sheets = typeset(PARAGRAPHS)
    for sheet in sheets:
        sheet.pictures = [(jpeg(Image.new("RGB", (400, 560), "white")), 0, 0, WIDTH, HEIGHT)]
    read = extract(write_pdf(tmp_path / "a.pdf", sheets, invisible=True))
    assert bare(read.blocks[0].text) == bare(PARAGRAPHS[0])
    assert any("扫描" in text for _, text in read.remarks)


def test_a_watermark_across_the_page_is_not_read(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "a.pdf", typeset(PARAGRAPHS[:1]))
    mark = "内部资料".encode("utf-16-be").hex()
    data = file.read_bytes().replace(
        b"BT /F", f"BT /F 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{mark}> Tj ET BT /F".encode(), 1
    )
    length = int(re.search(rb"/Length (\d+)", data)[1])  # type: ignore[index]
    grown = len(data) - len(file.read_bytes())
    file.write_bytes(data.replace(b"/Length %d" % length, b"/Length %d" % (length + grown), 1))
    assert "内部资料" not in "".join(block.text for block in extract(file).blocks)


@given(
    st.lists(
        st.text(alphabet="企业研究开发费用补贴申请，。；12345%（）〔〕AB", min_size=4, max_size=120),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_layout_loses_no_character(tmp_path: Path, paragraphs: list[str]) -> None:
    wanted = "".join(f"第一条{bare(text)}" for text in paragraphs)
    sheets = typeset([f"第一条　{text}" for text in paragraphs], numbers=False)
    read = "".join(bare(block.text) for block in extract(write_pdf(tmp_path / "a.pdf", sheets)).blocks)
    assert read == wanted


def test_a_wide_letterhead_does_not_spoil_the_edges_of_the_text(tmp_path: Path) -> None:
    (sheet, *_) = typeset(PARAGRAPHS[:4], numbers=False)
    sheet.marks.insert(0, Mark("上海市松江区测试委员会文件", 40, 30, 40))
    read = extract(write_pdf(tmp_path / "a.pdf", [sheet])).blocks
    assert [bare(block.text) for block in read[1:]] == [bare(text) for text in PARAGRAPHS[:4]]


def test_title_salutation_signature_and_day_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    lines = ["关于印发《上海市样例工程管理办法》的通知文本", "各区样例主管部门、财政局，各有关单位：", PARAGRAPHS[1]]
    (sheet, *_) = typeset(lines, numbers=False)
    signed = ["上海市松江区样例委员会", "2026年4月29日"]
    sheet.marks += [Mark(text, 515 - 16 * len(text), 400 + 28 * n, 16) for n, text in enumerate(signed)]
    read = extract(write_pdf(tmp_path / "a.pdf", [sheet])).blocks
    assert [bare(block.text) for block in read] == [bare(text) for text in (*lines, *signed)]
