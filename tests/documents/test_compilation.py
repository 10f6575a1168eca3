"""The compilation: what it holds on a day, and how it comes out in each format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from assistant.documents.collections import Collection, Section, Slot
from assistant.documents.compilation import pdf
from assistant.documents.compilation.content import Content, Facts, Heading, Paragraph, Table, lay_out
from assistant.documents.compilation.page import write_page
from assistant.documents.compilation.pagination import estimate_pages, pages_of_pdf
from assistant.documents.compilation.selection import Compilation, Selection, select
from assistant.documents.compilation.word import write_word
from assistant.documents.compilation.words import load_typography, load_words
from assistant.documents.library import read_library
from assistant.documents.model import Level, Status
from assistant.documents.offices import Office, Offices, OfficesFile
from assistant.errors import LibraryError
from tests.conftest import TODAY, SmallLibrary

WORDS, TYPOGRAPHY = load_words(), load_typography()
OFFICES = Offices(OfficesFile(offices=(Office(id="sj-kewei", name="松江区科委"),)))
SLOT = Slot(title="“1”", what_it_is="总文件", established="只是推断", presumed_policy="sj-incubators", wanted="全文")
COLLECTIONS = (
    Collection(name="政策汇编", sections=(Section(title="一、创新券", policies=("sj-vouchers",)),)),
    Collection(name="1+3", policies=("sj-vouchers",), slots=(SLOT,)),
)
RICH = """\
## 第一章 资助

第一条 分两类：
（一）检测；
<!-- note: 以当年通知为准 -->
（二）研发。
<!-- confidence: corroborated -->

第二条 标准如下：

| 类别 | 上限 |
|---|---|
| 检测 | 5万元 |

<!-- asks: 能领多少 | 上限几万 | 券值多少钱 -->
"""


@dataclass(frozen=True)
class Compiler:
    """Compiles the small library."""

    library: SmallLibrary

    def select(self, day: date = TODAY, **narrowed: Any) -> Compilation:
        return select(read_library(self.library.root), COLLECTIONS, Selection(day, **narrowed), WORDS)

    def lay_out(self, **narrowed: Any) -> Content:
        return lay_out(self.select(**narrowed), OFFICES, WORDS)


@pytest.fixture
def compiler(library: SmallLibrary) -> Compiler:
    return Compiler(library)


def statuses(compilation: Compilation) -> dict[str, Status]:
    return {entry.document.version.key: entry.status for entry in compilation.entries}


def facts(content: Content, title: str) -> dict[str, str]:
    """The box under a policy's title."""
    at = next(i for i, b in enumerate(content.blocks) if isinstance(b, Heading) and b.text == title)
    box = content.blocks[at + 1]
    assert isinstance(box, Facts)
    return {name.replace("　", ""): value for name, value in box.rows}


def test_each_policy_stands_once_in_the_version_of_the_day(compiler: Compiler) -> None:
    assert statuses(compiler.select()) == {
        "sj-vouchers@2025-01-01": Status.IN_FORCE,
        "sj-incubators@2020-01-01": Status.EXPIRED,
    }
    assert statuses(compiler.select(date(2022, 6, 1))) == {
        "sj-vouchers@2023-01-01": Status.NOT_YET,
        "sj-incubators@2020-01-01": Status.IN_FORCE,
    }


def test_the_whole_leaves_out_nothing_that_has_no_chapter(compiler: Compiler) -> None:
    assert [chapter.title for chapter in compiler.select().chapters] == ["一、创新券", "未编入章节的文件（松江区）"]


def test_a_policy_issued_after_the_day_is_left_out(compiler: Compiler) -> None:
    file = compiler.library.write("sj-new", "第一条 新。\n", effective="2026-12-01")
    file.write_text(file.read_text(encoding="utf-8").replace("kind:", "issued: 2026-11-24\nkind:"), encoding="utf-8")
    assert "sj-new@2026-12-01" not in statuses(compiler.select())
    assert statuses(compiler.select(date(2026, 11, 24)))["sj-new@2026-12-01"] is Status.NOT_YET


def test_a_set_tells_its_texts_from_its_guesses(compiler: Compiler) -> None:
    texts, missing = compiler.select(collection="1+3").chapters
    assert [entry.policy for entry in texts.entries] == ["sj-vouchers"]
    assert [entry.policy for entry in missing.entries] == ["sj-incubators"]
    rows = [
        row for block in compiler.lay_out(collection="1+3").blocks if isinstance(block, Facts) for row in block.rows
    ]
    assert ("推测的文件（未证实）", "孵化器奖励办法") in rows
    assert ("需要补入", "全文") in rows


def test_a_level_and_a_topic_narrow_the_whole(compiler: Compiler) -> None:
    assert len(compiler.select(level=Level.DISTRICT, topic="创新券").entries) == 2
    with pytest.raises(LibraryError, match="放宽"):
        compiler.select(level=Level.NATIONAL)
    with pytest.raises(LibraryError, match="没有主题“高企”；可用的有：创新券"):
        compiler.select(topic="高企")
    with pytest.raises(LibraryError, match=r"没有名为“2\+3”的汇编；可用的有：政策汇编、1\+3"):
        compiler.select(collection="2+3")


def test_a_refused_file_stops_the_compilation_with_its_name(compiler: Compiler) -> None:
    compiler.library.write("sj-broken", "第一条 甲。\n", effective="2025-01-01", expires="2024-01-01")
    with pytest.raises(LibraryError, match=r"sj-broken/2025-01-01\.md:8"):
        compiler.select()


def test_the_box_says_what_must_be_known_before_relying_on_a_clause(compiler: Compiler) -> None:
    box = facts(compiler.lay_out(), "孵化器奖励办法")
    assert box["文号"] == "松科委规〔2020〕1号"
    assert box["日期"] == "2020年1月1日起施行；有效期至2022年12月31日"
    assert box["当日状态"] == "已到期"
    assert box["出处"] == "https://www.example.gov.cn/policy"
    assert box["最近核对"] == "2026年11月23日"
    assert box["把握程度"] == "见到出处"
    assert box["内容形式"] == "要点（非原文）"


def test_the_box_names_what_replaced_a_policy(compiler: Compiler) -> None:
    compiler.library.write("sj-next", "第一条 新。\n", title="新办法", effective="2026-01-01", replaces="sj-vouchers")
    content = compiler.lay_out()
    assert facts(content, "创新券管理办法")["当日状态"] == "已被替代（由《新办法》替代）"
    assert facts(content, "新办法")["替代"] == "《创新券管理办法》"


def test_clauses_come_with_headings_notes_tables_and_doubts_but_never_the_lay_questions(compiler: Compiler) -> None:
    compiler.library.write("sj-rich", RICH, title="资助办法")
    blocks = compiler.lay_out().blocks
    assert Heading(3, "第一章 资助") in blocks
    assert Paragraph("分两类：", lead="第一条") in blocks
    assert Paragraph("（二）研发。〔二手材料〕") in blocks
    assert any(isinstance(block, Paragraph) and block.text == "注：以当年通知为准" for block in blocks)
    assert Table((("类别", "上限"), ("检测", "5万元"))) in blocks
    assert not any(isinstance(block, Paragraph) and "几万" in block.text for block in blocks)


def test_a_gap_says_whom_to_ask(compiler: Compiler) -> None:
    file = compiler.library.write("sj-gap", "第一条 甲。\n", title="待查办法")
    gap = "unknown:\n  - about: 金额\n    known: 没有公布。\n    ask: sj-kewei\n"
    file.write_text(file.read_text(encoding="utf-8").replace("topics:", f"{gap}topics:"), encoding="utf-8")
    assert Paragraph("——金额：没有公布。（请向松江区科委核实）") in compiler.lay_out().blocks


def test_a_policy_is_found_by_level_and_by_programme(compiler: Compiler) -> None:
    content = compiler.lay_out()
    links = (("创新券管理办法", "policy-sj-vouchers"), ("孵化器奖励办法", "policy-sj-incubators"))
    assert content.by_level.groups == (("松江区", links),)
    assert content.index.groups == (("创新券", links),)


def test_the_cover_says_that_it_is_no_official_text_and_as_of_when(compiler: Compiler) -> None:
    cover = compiler.lay_out(collection="1+3").cover
    assert "不是政策原文" in cover.notice
    assert "人工智能" in cover.notice
    assert "截至2026年11月23日" in cover.lines
    assert cover.subtitle == "“1+3”"


def test_the_page_needs_nothing_else_and_every_link_leads_somewhere(compiler: Compiler) -> None:
    page = write_page(compiler.lay_out(), WORDS, TYPOGRAPHY)
    assert not re.search(r"<(script|link|img)|url\(|@import|\$\{?[a-z]", page)
    targets = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) == targets
    assert len(targets) == 4


def test_the_page_escapes_what_a_document_says(compiler: Compiler) -> None:
    compiler.library.write("sj-hostile", "第一条 <script>alert(1)</script>。\n", title="甲<b>")
    page = write_page(compiler.lay_out(), WORDS, TYPOGRAPHY)
    assert "<script" not in page
    assert "甲&lt;b&gt;" in page


def word(content: Content, pages: dict[str, int], *, contents_field: bool = True) -> Any:
    from docx import Document

    return Document(BytesIO(write_word(content, WORDS, TYPOGRAPHY, pages, contents_field=contents_field)))


def test_the_word_file_has_live_contents_with_pages_shown_already(compiler: Compiler) -> None:
    content = compiler.lay_out()
    pages = {heading.anchor: 10 + number for number, heading in enumerate(content.headings)}
    document = word(content, pages)
    xml = document.element.xml
    assert 'TOC \\o "1-2"' in xml
    line = next(p for p in document.paragraphs if p.style.name == "contents 2" and "孵化器" in p._p.xml)
    shown = "".join(node.text for node in line._p.iter() if node.tag.endswith("}t"))
    assert shown == "孵化器奖励办法13"
    assert set(re.findall(r"PAGEREF (\S+)", xml)) == set(re.findall(r'bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert xml.count('fldCharType="begin"') == xml.count('fldCharType="end"')
    assert "updateFields" in document.settings.element.xml


def test_a_bookmark_has_a_name_that_word_allows(compiler: Compiler) -> None:
    compiler.library.write("沪松府规〔2025〕150号" + "长" * 40, "第一条 甲。\n", title="原文")
    names = re.findall(r'bookmarkStart [^>]*w:name="([^"]+)"', word(compiler.lay_out(), {}).element.xml)
    assert len(set(names)) == len(names) == 5
    assert all(re.fullmatch(r"_[0-9a-f]{1,39}", name) for name in names)


def test_for_printing_each_line_of_the_contents_computes_its_own_page(compiler: Compiler) -> None:
    assert "TOC \\o" not in word(compiler.lay_out(), {}, contents_field=False).element.xml


def test_the_word_file_is_set_like_an_official_document(compiler: Compiler) -> None:
    document = word(compiler.lay_out(), {})
    section = document.sections[-1]
    assert (round(section.page_width.mm), round(section.top_margin.mm), round(section.left_margin.mm)) == (210, 37, 28)
    body = document.styles["body"]
    assert body.paragraph_format.first_line_indent.pt == 2 * body.font.size.pt
    assert 'w:eastAsia="仿宋_GB2312"' in body.element.xml
    assert "截至2026年11月23日" in section.header.paragraphs[0].text
    assert "PAGE" in section.footer._element.xml
    assert document.sections[0].header.paragraphs[0].text == ""


def test_the_parts_of_a_section_stand_in_the_order_that_word_demands(compiler: Compiler) -> None:
    order = ["headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"]
    for section in word(compiler.lay_out(), {}).sections:
        tags = [order.index(child.tag.split("}")[1].replace("footerR", "headerR")) for child in section._sectPr]
        assert tags == sorted(tags)


def test_estimated_pages_grow_with_the_text(compiler: Compiler) -> None:
    before = estimate_pages(compiler.lay_out(), TYPOGRAPHY)
    assert list(before.values()) == sorted(before.values())
    compiler.library.write("sj-vouchers", "第一条 甲。\n" + "乙" * 4000 + "\n", effective="2026-01-01")
    after = estimate_pages(compiler.lay_out(), TYPOGRAPHY)
    assert after["policy-sj-incubators"] >= before["policy-sj-incubators"] + 4


needs_printer = pytest.mark.skipif(pdf.printer() is None, reason="LibreOffice is not installed")


@needs_printer
@pytest.mark.slow
def test_the_printed_pages_are_those_of_the_contents(compiler: Compiler) -> None:
    import pypdfium2

    compiler.library.write("sj-vouchers", "第一条 甲。\n" + "乙" * 4000 + "\n", effective="2026-01-01")
    content = compiler.lay_out()
    program = pdf.printer()
    assert program
    written = write_word(content, WORDS, TYPOGRAPHY, {}, contents_field=False)
    printed = pdf.print_pdf(written, program, TYPOGRAPHY.fonts)
    pages = pages_of_pdf(printed, content)
    assert pages["chapter-1"] == 1
    document = pypdfium2.PdfDocument(printed)
    try:
        contents = document[1].get_textpage().get_text_range()
    finally:
        document.close()
    assert re.search(rf"孵化器奖励办法[.\s]*{pages['policy-sj-incubators']}\b", contents)
