"""Word documents as Word shows them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.documents.formats import Extract, extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERS = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
STYLES = f"""<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="tiao"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
</w:style></w:styles>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>指上一年度。</w:t></w:r></w:p></w:footnote></w:footnotes>"""
ARTICLE = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
ITEM = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'


def paragraph(inner: str, properties: str = "") -> str:
    inner = inner if inner.startswith("<") or not inner else f"<w:r><w:t>{inner}</w:t></w:r>"
    return f"<w:p>{properties}{inner}</w:p>"


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Extract]:
    def reader(body: str) -> Extract:
        file = tmp_path / "办法.docx"
        relations = "".join(
            f'<Relationship Id="r{n}" Type="http://x/{kind}" Target="{kind}.xml"/>'
            for n, kind in enumerate(("styles", "numbering", "footnotes"))
        )
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
            archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
            archive.writestr("word/styles.xml", STYLES)
            archive.writestr("word/numbering.xml", NUMBERS)
            archive.writestr("word/footnotes.xml", NOTES)
        return extract(file)

    return reader


def texts(result: Extract) -> list[str]:
    return [block.text for block in result.blocks]


def test_generated_numbers_are_part_of_the_text(read: Callable[[str], Extract]) -> None:
    body = paragraph("企业可以申领。", ARTICLE) + paragraph("注册满一年；", ITEM) + paragraph("信用良好。", ITEM)
    body += paragraph("每年受理一次。", '<w:pPr><w:pStyle w:val="tiao"/></w:pPr>')
    assert texts(read(body)) == [
        "第一条 企业可以申领。",
        "（一）注册满一年；",
        "（二）信用良好。",
        "第二条 每年受理一次。",
    ]


def test_headings_are_marked_and_the_generated_contents_left_out(read: Callable[[str], Extract]) -> None:
    contents = paragraph("第一章 总则 1", '<w:pPr><w:pStyle w:val="11"/></w:pPr>')
    result = read(contents + paragraph("第一章 总则", '<w:pPr><w:pStyle w:val="1"/></w:pPr>') + paragraph("正文。"))
    assert [(b.text, b.heading) for b in result.blocks] == [("第一章 总则", 1), ("正文。", 0)]
    assert "目录" in result.remarks[0][1]


def test_insertions_count_and_deletions_do_not(read: Callable[[str], Extract]) -> None:
    changed = "<w:r><w:t>不超过</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
    changed += "<w:ins><w:r><w:t>20</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r>"
    result = read(paragraph(changed))
    assert texts(result) == ["不超过20万元"]
    assert "修订" in result.remarks[0][1]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read: Callable[[str], Extract]) -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert texts(read(paragraph("给予一次性", mark) + paragraph("奖励。"))) == ["给予一次性奖励。"]


def test_a_deleted_numbered_paragraph_takes_no_number(read: Callable[[str], Extract]) -> None:
    gone = ARTICLE.replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    body = paragraph("甲。", ARTICLE) + paragraph("<w:del><w:r><w:delText>乙。</w:delText></w:r></w:del>", gone)
    assert texts(read(body + paragraph("丙。", ARTICLE))) == ["第一条 甲。", "第二条 丙。"]


def test_a_table_stays_in_its_place_with_merged_cells_filled(read: Callable[[str], Extract]) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        cell("类别") + cell("标准", '<w:gridSpan w:val="2"/>'),
        cell("企业", '<w:vMerge w:val="restart"/>') + cell("首次") + cell("5万元"),
        cell("", "<w:vMerge/>") + cell("再次") + cell("3万元"),
    ]
    body = paragraph("前。") + "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert texts(read(body + paragraph("后。"))) == [
        "前。",
        "| 类别 | 标准 | 标准 |\n| 企业 | 首次 | 5万元 |\n| 企业 | 再次 | 3万元 |",
        "后。",
    ]


def test_footnotes_follow_the_text_with_their_mark(read: Callable[[str], Extract]) -> None:
    result = read(paragraph('<w:r><w:t>销售收入</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'))
    assert texts(result) == ["销售收入[注1]", "[注1] 指上一年度。"]


def test_a_text_box_is_read_once(read: Callable[[str], Extract]) -> None:
    box = f"<w:txbxContent>{paragraph('松科规〔2025〕2号')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read(paragraph(f"<w:r><w:t>通知</w:t></w:r><w:r>{twice}</w:r>"))) == ["通知", "松科规〔2025〕2号"]


def test_field_codes_and_hidden_text_are_left_out(read: Callable[[str], Extract]) -> None:
    field = "<w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r><w:r><w:t>正文</w:t></w:r>"
    assert texts(read(paragraph(field + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"))) == ["正文"]


def test_a_document_of_python_docx_is_read(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("创新券管理办法", level=1)
    document.add_paragraph("第一条 为了支持企业。")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    file = tmp_path / "办法 🚀.docx"
    document.save(str(file))
    assert [(b.text, b.heading) for b in extract(file).blocks] == [("创新券管理办法", 1), ("第一条 为了支持企业。", 0)]


def test_pictures_that_were_not_read_are_said(read: Callable[[str], Extract]) -> None:
    result = read(paragraph("正文。") + paragraph('<w:r><w:drawing><a:blip xmlns:a="http://a"/></w:drawing></w:r>'))
    assert re.search("1 张图片", result.remarks[0][1])
