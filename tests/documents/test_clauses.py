"""A document becomes clauses: by its own structure, none of it lost, under ids that stay."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.documents.clauses import Split, split
from assistant.documents.lines import Line, read_lines
from assistant.documents.numerals import chinese
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"
PRINTED_ARTICLE = re.compile(r"^第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?[\s　]", re.M)


def lines(text: str) -> list[Line]:
    return read_lines(text, markdown=True)


def of(text: str, title: str = "") -> Split:
    return split(lines(text), title=title)


def ids(found: Split) -> list[str]:
    return [clause.id for clause in found.clauses]


def remarks(found: Split) -> list[str]:
    return [f"{line.number}: {remark}" for line, remark in found.remarks]


MEASURE = """\
第一章 总则
第一条 为了支持企业，制定本办法。
第二条 本办法适用于下列企业：
（一）高新企业；
1．成立满一年；
2．有研发人员；
（二）小企业。
前款所称小企业，由区里认定。
第二章 附则
第三条 本办法自2026年1月1日起施行。
"""


def test_articles_stand_under_their_chapters_with_their_items_as_parts() -> None:
    found = of(MEASURE)
    assert ids(found) == ["art-1", "art-2", "art-3"]
    second = found.clauses[1]
    assert second.path == ("第一章 总则", "第二条")
    assert [part.id for part in second.parts] == ["para-1", "item-1", "item-1.1", "item-1.2", "item-2", "para-2"]
    assert second.parts[2].path == ("第一章 总则", "第二条", "（一）", "1．")
    assert second.parts[-1].label == "第二款"


def test_items_below_a_later_paragraph_are_named_by_it() -> None:
    (clause,) = of("第一条 一句。\n两句：\n（一）甲；\n（二）乙。\n").clauses
    assert [part.id for part in clause.parts] == ["para-1", "para-2", "para-2.item-1", "para-2.item-2"]


def test_a_notice_is_cut_at_its_items_under_their_headings() -> None:
    found = of("一、总体安排\n（一）甲事。要办。\n（二）乙事。要办。\n二、保障措施\n（三）丙事。要办。\n")
    assert ids(found) == ["sec-1.item-1", "sec-1.item-2", "sec-2.item-3"]
    assert found.clauses[2].path == ("二、保障措施", "（三）")


def test_an_item_of_its_own_does_not_stand_under_the_heading_before_it() -> None:
    found = of("一、支持对象\n（一）甲。\n（二）乙。\n二、申请材料\n丙，应当提交。\n三、附则\n丁。\n")
    assert ids(found) == ["sec-1.item-1", "sec-1.item-2", "sec-2", "sec-3"]
    assert found.clauses[2].path == ("二",)


def test_headings_by_items_may_stand_over_articles() -> None:
    found = of("一、总则\n第一条 甲。\n第二条 乙：\n（一）丙；\n（二）丁。\n二、附则\n第三条 戊。\n")
    assert [(clause.id, clause.path) for clause in found.clauses] == [
        ("art-1", ("一、总则", "第一条")),
        ("art-2", ("一、总则", "第二条")),
        ("art-3", ("二、附则", "第三条")),
    ]


def test_subheadings_by_items_stand_over_articles_too() -> None:
    found = of("# 三、担保\n（一）甲\n第一条 乙：\n（一）丙；\n（二）丁。\n戊。\n（二）己\n第二条 庚。\n")
    assert [(clause.id, clause.path) for clause in found.clauses] == [
        ("art-1", ("三、担保", "（一）甲", "第一条")),
        ("art-2", ("三、担保", "（二）己", "第二条")),
    ]
    assert found.remarks == ()


def test_items_under_chapters_are_told_apart_by_them() -> None:
    found = of("第一章 甲\n第一节 乙\n一、丙事要办。\n第二章 丁\n第一节 乙\n一、戊事要办。\n")
    assert ids(found) == ["ch-1.s-1.sec-1", "ch-2.s-1.sec-1"]


def test_unnumbered_paragraphs_are_gathered() -> None:
    found = of("甲" * 300 + "。\n" + "乙" * 300 + "。\n" + "丙" * 300 + "。\n")
    assert [(clause.id, clause.label) for clause in found.clauses] == [("par-1", "第1段"), ("par-2", "第2段")]


NOTICE = """\
松江区测试局文件
松测规〔2026〕3号
关于印发《松江区测试券管理办法（试行）》的通知
各有关单位：
现将办法印发给你们，请照办。
附件：1.松江区测试券管理办法（试行）
附件2：申请表
松江区测试局
2026年3月20日
附件1
松江区测试券管理办法
（试行）
第一条 为了测试，制定本办法。
第二条 本办法自2026年4月1日起施行。
附件2
申请表
第一条 如实填写。
| 项目 | 内容 |
| --- | --- |
| 名称 |  |
抄送：区测试办。
松江区测试局办公室 2026年3月20日印发
"""


def test_a_covering_notice_the_measure_and_its_annex_have_numbers_of_their_own() -> None:
    found = of(NOTICE)
    assert ids(found) == ["notice", "art-1", "art-2", "annex-2.art-1"]
    assert found.clauses[3].path == ("附件2 申请表", "第一条")


def test_letterhead_signature_and_distribution_are_in_the_text_and_in_no_clause() -> None:
    found = of(NOTICE)
    outside = [segment.text for segment in found.segments if segment.clause is None]
    assert outside == [
        "松江区测试局文件",
        "松测规〔2026〕3号",
        "松江区测试局",
        "2026年3月20日",
        "附件1",
        "松江区测试券管理办法",
        "（试行）",
        "附件2",
        "申请表",
        "抄送：区测试办。",
        "松江区测试局办公室 2026年3月20日印发",
    ]


def test_a_list_of_annexes_that_are_not_there_begins_none() -> None:
    found = of("一、请申报材料。\n二、请按时。\n附件：申请表\n松江区测试局\n2026年3月20日\n")
    assert ids(found) == ["sec-1", "sec-2"]
    assert found.clauses[1].text == "二、请按时。\n附件：申请表"


def test_a_table_of_contents_makes_no_clause() -> None:
    contents = "目 录\n第一章 总则……1\n第二章 附则……2\n"
    found = of(contents + MEASURE)
    assert ids(found) == ["art-1", "art-2", "art-3"]
    assert [segment.clause for segment in found.segments[:3]] == [None, None, None]


def test_a_table_stays_one_part() -> None:
    rows = "| 档次 | 金额 |\n| --- | --- |\n| 一 | 10万元 |\n"
    (clause,) = of(f"第一条 标准如下：\n{rows}").clauses
    assert [part.text for part in clause.parts] == ["第一条 标准如下：", rows.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "第一条 甲。\n第二条 符合前款和\n第一条 规定的企业可以申请。\n第三条 乙。\n",
        "第一条 甲。\n第二条 乙。\n第二条规定的企业可以申请。\n第三条 丙。\n",
        "第一条 甲。\n第二条 乙。\n第一条中的企业可以申请。\n第三条 丙。\n",
    ],
)
def test_a_reference_never_starts_a_clause(text: str) -> None:
    assert ids(of(text)) == ["art-1", "art-2", "art-3"]


def test_an_article_without_a_space_is_one_where_it_is_due() -> None:
    assert ids(of("第一条 甲。\n第二条中小企业可以申请。\n第三条 乙。\n")) == ["art-1", "art-2", "art-3"]


def test_quoted_articles_are_not_the_structure_of_an_amendment() -> None:
    found = of("一、将第八条修改为：“企业可以申请。\n第九条 企业应当登记。”\n二、删去第十条。\n")
    assert ids(found) == ["sec-1", "sec-2"]


def test_gaps_and_repeats_are_told_with_their_place() -> None:
    found = of("第一章 甲\n第一条 甲。\n第二条 乙。\n第四条 丙。\n第三章 乙\n第四条 丁。\n")
    assert remarks(found) == [
        "4: 条号不连续：第二条之后是第四条",
        "5: 章号不连续：第一章之后是第三章",
        "6: 第四条重复或倒退：前一条是第四条",
    ]
    assert ids(found) == ["art-1", "art-2", "art-4", "art-4~2"]


def test_a_gap_among_items_is_told() -> None:
    assert remarks(of("第一条 下列企业：\n（一）甲；\n（三）丙。\n")) == ["3: 编号不连续：（一）之后是（三）"]


def test_a_digest_may_leave_articles_out() -> None:
    assert split(lines("第二条 甲。\n第九条 乙。\n"), complete=False).remarks == ()


# Texts of every shape that the splitter tells apart, and of shapes that nobody foresaw.
NUMBERS = st.integers(1, 30)
CHARACTERS = "甲乙丙企业可以申请，、：；。（）《》“”|附件目录123 "
BODY = st.text(CHARACTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
FURNITURE = ["附件1", "附件2 表", "目录", "抄送：甲。", "2026年3月20日", "测试局", "# 标题", "关于印发《甲》的通知"]
LINES = st.one_of(
    st.builds(lambda n, text: f"第{chinese(n)}条 {text}", NUMBERS, BODY),
    st.builds(lambda n, text: f"第{chinese(n)}章 {text}", NUMBERS, BODY),
    st.builds(lambda n, text: f"{chinese(n)}、{text}", NUMBERS, BODY),
    st.builds(lambda n, text: f"（{chinese(n)}）{text}", NUMBERS, BODY),
    st.builds(lambda n, text: f"{n}.{text}", NUMBERS, BODY),
    st.sampled_from(FURNITURE),
    BODY,
)
TEXTS = st.lists(LINES, min_size=1, max_size=25).map("\n".join)


@given(TEXTS)
def test_the_segments_joined_are_the_text(text: str) -> None:
    read = lines(text)
    found = split(read)
    assert "\n".join(segment.text for segment in found.segments) == "\n".join(line.text for line in read)


@given(TEXTS)
def test_every_clause_is_one_segment_and_its_parts_are_its_lines(text: str) -> None:
    found = of(text)
    texts = {segment.clause: segment.text for segment in found.segments if segment.clause}
    assert {clause.id: clause.text for clause in found.clauses} == texts
    for clause in found.clauses:
        assert not clause.parts or "\n".join(part.text for part in clause.parts) == clause.text


@given(TEXTS)
def test_ids_are_unique(text: str) -> None:
    found = of(text)
    assert len(set(ids(found))) == len(found.clauses)
    for clause in found.clauses:
        assert len({part.id for part in clause.parts}) == len(clause.parts)


@given(st.lists(BODY.filter(lambda text: "“" not in text), min_size=3, max_size=12), st.data())
def test_an_edit_elsewhere_leaves_the_ids_of_numbered_clauses(bodies: list[str], data: st.DataObject) -> None:
    def document(texts: list[str]) -> str:
        return "\n".join(f"第{chinese(i)}条 {text}。" for i, text in enumerate(texts, start=1))

    edited = list(bodies)
    place = data.draw(st.integers(0, len(bodies) - 1))
    edited[place] = data.draw(BODY.filter(lambda text: "“" not in text))
    before, after = of(document(bodies)), of(document([*edited, "新增"]))
    assert ids(after) == [*ids(before), f"art-{len(bodies) + 1}"]
    unchanged = [i for i in range(len(bodies)) if i != place]
    assert [after.clauses[i] for i in unchanged] == [before.clauses[i] for i in unchanged]


@given(st.lists(st.booleans(), min_size=2, max_size=30))
@settings(max_examples=50)
def test_every_missing_article_is_told_once(present: list[bool]) -> None:
    numbers = [i for i, there in enumerate(present, start=1) if there]
    found = of("\n".join(f"第{chinese(i)}条 甲。" for i in numbers))
    gaps = sum(b != a + 1 for a, b in itertools.pairwise(numbers))
    assert len(found.remarks) == gaps


@pytest.mark.skipif(not SHARED.is_dir(), reason="the official texts are not here")
@pytest.mark.parametrize("folder", ["policies", "statutes/laws"])
def test_of_real_texts_not_one_article_is_lost(folder: str) -> None:
    files = sorted((SHARED / folder).glob("*.md"))
    step = max(1, len(files) // 200)
    for file in files[::step]:
        text = file.read_text(encoding="utf-8")
        found = split(lines(text)[1:], title=file.stem)
        _nothing_is_lost(file, text, found)


def _nothing_is_lost(file: Path, text: str, found: Split) -> None:
    printed = len(PRINTED_ARTICLE.findall(text))
    articles = sum(re.search(r"(?:^|\.)art-[^.]*$", clause.id) is not None for clause in found.clauses)
    assert articles >= printed, file.name
    assert len(set(ids(found))) == len(found.clauses), file.name
    joined = "\n".join(segment.text for segment in found.segments)
    assert joined == "\n".join(line.text for line in lines(text)[1:]), file.name
