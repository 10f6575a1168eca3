"""Scans and pictures, recognised offline."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from assistant.documents.formats import extract
from assistant.documents.formats import ocr as recognition
from assistant.documents.formats.layout import Page, TextLine
from assistant.documents.formats.model import Block
from assistant.documents.formats.navigation import prose, title_in
from assistant.documents.formats.progress import told_to
from assistant.documents.formats.ruled import Ruling, grids
from assistant.documents.formats.scanned import _aligned, _ruled
from assistant.documents.formats.seals import without_seals
from assistant.errors import DocumentError
from tests.documents.formats.typeset import (
    HEIGHT,
    WIDTH,
    Mark,
    Sheet,
    draw,
    jpeg,
    scanned,
    typeset,
    write_ofd,
    write_pdf,
)

if TYPE_CHECKING:
    from PIL.Image import Image

TITLE = "松江区创新券管理办法"
PARAGRAPHS = [
    "第一条　为了支持企业开展研究开发活动，提高科技资源使用效率，制定本办法。",
    "第十一条　企业每年申领额度不超过20万元，兑付比例为30%；逾期没有提交材料的，当年度不再受理同一事项。",
    "第二十三条　本办法自2026年1月1日起施行，有效期至2030年12月31日。",
]
NAVIGATION = [
    "首页 政务公开 互动交流",
    "当前位置：首页 > 政务公开 > 规范性文件",
    "分享到",
    "主办单位：上海市松江区人民政府",
]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def alike(read: str, wanted: str) -> float:
    matched = difflib.SequenceMatcher(None, bare(read), bare(wanted), autojunk=False).get_matching_blocks()
    return sum(block.size for block in matched) / max(len(bare(wanted)), 1)


@pytest.mark.slow
def test_a_turned_scan_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "扫描.pdf", scanned(typeset(PARAGRAPHS, title=TITLE), turned=0.8))
    read = extract(file)
    assert len(read.blocks) == 4
    assert alike("".join(b.text for b in read.blocks), TITLE + "".join(PARAGRAPHS)) >= 0.97
    assert [bare(b.text)[:5] for b in read.blocks[1:]] == ["第一条为了", "第十一条企", "第二十三条"]
    assert all(block.confidence and block.confidence > 0.8 for block in read.blocks)
    assert "识别而来" in read.remarks[0][1]


@pytest.mark.slow
def test_a_print_of_a_portal_page_gives_the_pictures_and_not_the_site(tmp_path: Path) -> None:
    body = draw(typeset(PARAGRAPHS, numbers=False)[0]).crop((120, 150, 1120, 700))
    sheet = Sheet(pictures=[(jpeg(body), 60, 260, 475, 261)])
    sheet.marks = [Mark(text, 60, 60 + 24 * n, 12) for n, text in enumerate(NAVIGATION)]
    sheet.marks += [Mark(f"关于印发《{TITLE}》的通知", 120, 190, 18), Mark("发布日期：2026-01-05", 200, 225, 10)]
    read = extract(write_pdf(tmp_path / "打印.pdf", [sheet]))
    text = bare("".join(block.text for block in read.blocks))
    assert alike(text, "".join(PARAGRAPHS)) >= 0.97
    assert not any(word in text for word in ("政务公开", "分享到", "主办单位"))
    assert read.title == f"关于印发《{TITLE}》的通知"
    assert ("发布日期", "2026-01-05") in read.details
    assert "网站导航" in read.remarks[0][1]


@pytest.mark.slow
def test_the_pictures_of_an_ofd_are_read(tmp_path: Path) -> None:
    read = extract(write_ofd(tmp_path / "扫描.ofd", scanned(typeset(PARAGRAPHS))))
    assert alike("".join(block.text for block in read.blocks), "".join(PARAGRAPHS)) >= 0.97


@pytest.mark.slow
def test_a_picture_without_text_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    file = tmp_path / "猫.png"
    Image.radial_gradient("L").resize((600, 400)).convert("RGB").save(file)
    with pytest.raises(DocumentError, match="没有认出中文文字"):
        extract(file)


def test_without_the_packages_the_refusal_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    file = tmp_path / "扫描.png"
    Image.new("RGB", (300, 300), "white").save(file)
    with pytest.raises(DocumentError, match="pip install"):
        extract(file)


def test_a_picture_among_text_is_said_when_it_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    picture = jpeg(Image.new("RGB", (300, 300), "white"))
    sheets = [*typeset(PARAGRAPHS * 2), Sheet(pictures=[(picture, 0, 0, WIDTH, HEIGHT)])]
    read = extract(write_pdf(tmp_path / "办法.pdf", sheets))
    assert [page for page, text in read.remarks if "没有读入" in text] == [2]


def test_doubtful_paragraphs_are_named_by_page() -> None:
    blocks = [Block("第一条 企业", 1, confidence=0.99), Block("第二条 模糊的一段", 2, confidence=0.7), Block("文字")]
    [(page, text)] = recognition.doubts(blocks)
    assert page == 2
    assert "第二条 模糊的一段" in text


def page(*texts: str) -> Page:
    lines = [TextLine(text, 60, 40 * n, 300, 40 * n + 12, 12 + n, 1) for n, text in enumerate(texts)]
    return Page(1, WIDTH, HEIGHT, tuple(lines))


def test_navigation_has_no_prose_and_a_policy_has() -> None:
    assert prose([page(*NAVIGATION, "发布日期：2026-01-05")]) == 0
    assert prose([page(*PARAGRAPHS)]) > 50


def test_the_title_of_a_portal_page_is_its_largest_line_that_reads_like_one() -> None:
    assert title_in([page(*NAVIGATION, f"关于印发《{TITLE}》的通知")]) == f"关于印发《{TITLE}》的通知"
    assert title_in([page(*NAVIGATION)]) is None


@pytest.mark.slow
@pytest.mark.parametrize(("degrees", "lay"), [(90, "横放"), (180, "倒放"), (270, "横放")])
@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_a_page_that_lay_turned_is_read_upright_and_said(tmp_path: Path, degrees: int, lay: str, suffix: str) -> None:
    picture = draw(typeset(PARAGRAPHS, title=TITLE)[0], turned=0.6).rotate(degrees, expand=True)
    file = tmp_path / f"放反{suffix}"
    picture.save(file, resolution=150)
    read = extract(file)
    assert [bare(b.text)[:5] for b in read.blocks] == ["松江区创新", "第一条为了", "第十一条企", "第二十三条"]
    assert (1, f"这一页是{lay}的，已转正后识别；请核对") in read.remarks


ROWS = [["支持方向", "支持比例", "最高金额"], ["检验检测", "30%", "5万元"], ["技术开发", "50%", "20万元"]]


def table_sheet(ruled: bool) -> Sheet:
    sheet = Sheet([Mark("附件1：支持标准一览表如下，请各单位遵照执行", 80, 100, 16)])
    for number, row in enumerate(ROWS):
        sheet.marks += [Mark(text, 90 + 150 * column, 150 + 36 * number, 14) for column, text in enumerate(row)]
    if ruled:
        sheet.strokes = [(80, 142 + 36 * n, 530, 142 + 36 * n) for n in range(4)]
        sheet.strokes += [(80 + 150 * n, 142, 80 + 150 * n, 250) for n in range(4)]
    sheet.marks.append(Mark("本表由松江区科学技术委员会负责解释，自公布之日起执行。", 80, 290, 16))
    return sheet


@pytest.mark.slow
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("turned", [0.0, 0.8])
def test_a_table_in_a_scan_comes_back_as_rows_unsure_where_no_lines_are_drawn(
    tmp_path: Path, ruled: bool, turned: float
) -> None:
    read = extract(write_pdf(tmp_path / "表.pdf", scanned([table_sheet(ruled)], turned=turned)))
    assert len(read.blocks) == 3
    assert read.blocks[1].text == "\n".join("| " + " | ".join(row) + " |" for row in ROWS)
    sure = read.blocks[1].confidence
    assert sure is not None
    assert (sure > recognition.DOUBTFUL) == ruled
    assert any("识别把握不大" in text for _, text in read.remarks) != ruled


def test_a_line_over_two_cells_makes_the_table_unsure() -> None:
    strokes = [Ruling(True, y, 0, 300) for y in (0, 30, 60)] + [Ruling(False, x, 0, 60) for x in (0, 100, 300)]
    (grid,) = grids(strokes)
    cells = [TextLine(t, x, y, x + 60, y + 12, 12, 1, confidence=0.99) for t, x, y in [("甲", 10, 9), ("乙", 150, 9)]]
    assert _ruled(grid, [*cells, TextLine("丙", 10, 39, 60, 51, 12, 1, confidence=0.98)], 1.0).confidence == 0.98
    assert _ruled(grid, [*cells, TextLine("丙丁", 60, 39, 250, 51, 12, 1, confidence=0.98)], 1.0).confidence == 0.5


def test_offices_that_sign_side_by_side_are_no_table() -> None:
    rows = [("甲局", "乙局", "丙局"), ("2026年1月1日", "", "")]
    lines = [
        TextLine(text, 60 + 160 * x, 40 * y, 120 + 160 * x, 40 * y + 12, 12, 1)
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
        if text
    ]
    assert _aligned(lines) == lines


@pytest.mark.parametrize("suffix", [".pdf", ".ofd", ".tif"])
def test_every_page_that_is_recognised_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    from PIL import Image

    monkeypatch.setattr(recognition, "is_installed", lambda: True)
    line = TextLine("第一条 企业可以申领创新券。", 60, 140, 300, 152, 12, 1, confidence=0.9)
    monkeypatch.setattr(recognition, "read_picture", lambda picture, number, path: Page(number, 300, 300, (line,)))
    blank = jpeg(Image.new("RGB", (300, 300), "white"))
    file = tmp_path / f"扫描{suffix}"
    if suffix == ".tif":
        Image.new("RGB", (300, 300)).save(file, save_all=True, append_images=[Image.new("RGB", (300, 300))] * 2)
    else:
        write = write_pdf if suffix == ".pdf" else write_ofd
        write(file, [Sheet(pictures=[(blank, 0, 0, WIDTH, HEIGHT)])] * 3)
    told: list[tuple[str, int, int]] = []
    with told_to(lambda path, number, total: told.append((path.name, number, total))):
        extract(file)
    assert told == [(file.name, number, 3) for number in (1, 2, 3)]


def stamped(colour: bool) -> Image:
    """A signed page with a seal over its last lines."""
    from PIL import Image, ImageDraw

    sheet = typeset([*PARAGRAPHS, "联系电话：021-37735020，请在工作日拨打。"], numbers=False)[0]
    last = max(mark.y for mark in sheet.marks)
    sheet.marks += [Mark("松江区科学技术委员会", 340, last + 40, 16), Mark("2026年4月29日", 370, last + 68, 16)]
    page = draw(sheet)
    seal = Image.new("RGBA", (280, 280))
    pen = ImageDraw.Draw(seal)
    pen.ellipse((5, 5, 275, 275), outline=(220, 30, 30, 170), width=8)
    pen.regular_polygon((140, 140, 40), 5, fill=(220, 30, 30, 170))
    page.paste(seal, (760, round((last - 10) * 150 / 72)), seal)
    return page if colour else page.convert("L").convert("RGB")


@pytest.mark.slow
def test_what_a_red_seal_covers_is_read(tmp_path: Path) -> None:
    file = tmp_path / "盖章.png"
    stamped(colour=True).save(file)
    read = [bare(block.text) for block in extract(file).blocks]
    assert read[-3:] == ["联系电话：021-37735020，请在工作日拨打。", "松江区科学技术委员会", "2026年4月29日"]


@pytest.mark.parametrize("box", [(100, 150, 1140, 230), (400, 400, 700, 700)])
def test_a_letterhead_or_a_sign_in_red_is_left_as_it_is(box: tuple[int, int, int, int]) -> None:
    import numpy
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(picture).rectangle(box, fill=(210, 20, 20))
    pixels = numpy.asarray(picture)
    assert without_seals(pixels) is pixels


@pytest.mark.parametrize(
    ("recognised", "text"),
    [
        ("沪科〔2026]33号", "沪科〔2026〕33号"),
        ("(一）企业", "（一）企业"),
        ("企业（二)", "企业（二）"),
        ("（沪科规〔2026]", "（沪科规〔2026〕"),
        ("f(x)与(2026)", "f(x)与(2026)"),
    ],
)
def test_brackets_that_were_mistaken_are_paired(recognised: str, text: str) -> None:
    assert recognition.written(recognised) == text


def test_text_that_is_too_unclear_or_aslant_is_left_out_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy

    def box(x: float, y: float, dx: float, dy: float) -> list[tuple[float, float]]:
        return [(x, y), (x + dx, y + dy), (x + dx - dy / 9, y + dy + dx / 9), (x - dy / 9, y + dx / 9)]

    result = SimpleNamespace(
        boxes=[box(60, 60, 300, 0), box(60, 100, 300, 0), box(400, 200, 90, -90)],
        txts=["第一条 企业可以申领。", "第二条 模糊", "松江区"],
        scores=[0.99, 0.4, 0.99],
    )
    monkeypatch.setattr(recognition, "is_installed", lambda: True)
    monkeypatch.setattr(recognition, "_recognised", lambda picture: result)
    page = recognition.read_picture(numpy.full((600, 600, 3), 255, numpy.uint8), 3, tmp_path)
    assert [line.text for line in page.lines] == ["第一条 企业可以申领。"]
    [(number, told)] = recognition.remarks([page])
    assert (number, "2 处文字认不清" in told) == (3, True)
