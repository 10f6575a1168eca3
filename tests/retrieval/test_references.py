"""How people name documents and clauses."""

from __future__ import annotations

import pytest

from assistant.documents.model import Clause, Part
from assistant.index.tokens import normalise
from assistant.retrieval.references import beside, clauses, numbers, part_of, points_back


@pytest.mark.parametrize(
    ("text", "agency", "year", "number"),
    [
        ("国科发火〔2016〕32号", "国科发火", 2016, 32),
        ("国科发火[2016]32号", "国科发火", 2016, 32),
        ("国科发火（２０１６）３２号", "国科发火", 2016, 32),
        ("国科发火【2016】第32号", "国科发火", 2016, 32),
        ("國科發火〔2016〕32號", "国科发火", 2016, 32),
        ("国科发火 2016年32号", "国科发火", 2016, 32),
        ("[2016]32号", None, 2016, 32),
        ("请问〔2016〕32号", None, 2016, 32),
        ("根据国科发火〔2016〕32号", "国科发火", 2016, 32),
        ("32号文", None, None, 32),
        ("三十二号文", None, None, 32),
        ("公告2023年第7号", None, 2023, 7),
        ("2023年第7号公告", None, 2023, 7),
        ("7号公告", None, None, 7),
        ("国务院令第802号", "国务院", None, 802),
        ("财政部 税务总局公告2023年第7号", "财政部税务总局", 2023, 7),
    ],
)
def test_a_document_number_is_read_in_every_form(text: str, agency: str | None, year: int | None, number: int) -> None:
    (name,) = numbers(normalise(text))
    assert (name.agency, name.year, name.number) == (agency, year, number)


def test_several_numbers_are_read_one_by_one() -> None:
    found = list(numbers(normalise("财税〔2015〕119号和财税〔2018〕64号，还有7号公告")))
    assert [(name.year, name.number) for name in found] == [(2015, 119), (2018, 64), (None, 7)]


@pytest.mark.parametrize(
    ("text", "article", "paragraph", "item"),
    [
        ("第十一条", (11, None), None, None),
        ("第11条", (11, None), None, None),
        ("第十一条之二", (11, 2), None, None),
        ("第十一条第五项", (11, None), None, 5),
        ("第十一条（五）", (11, None), None, 5),
        ("第十一条的第(五)项", (11, None), None, 5),
        ("第１１条第２款第３项", (11, None), 2, 3),
        ("第九条第二款", (9, None), 2, None),
        ("第五项", None, None, 5),
        ("（七）", None, None, 7),
    ],
)
def test_a_clause_is_read_in_every_form(
    text: str, article: tuple[int, int | None] | None, paragraph: int | None, item: int | None
) -> None:
    (name,) = clauses(normalise(text))
    assert (name.article, name.paragraph, name.item) == (article, paragraph, item)


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第三条和第五条", [3, 5]),
        ("第三、五条", [3, 5]),
        ("第三条至第六条", [3, 4, 5, 6]),
        ("第一条到第99条", [*range(1, 12)]),
    ],
)
def test_several_articles_are_taken_one_by_one(text: str, articles: list[int]) -> None:
    assert [name.article[0] for name in clauses(text) if name.article] == articles


@pytest.mark.parametrize("text", ["没有条款", "一条龙服务", "条件", "第三方", "2016年"])
def test_what_names_no_clause_gives_none(text: str) -> None:
    assert [name for name in clauses(text) if not name.bare] == []


@pytest.mark.parametrize("text", ["上面那条怎么说", "刚才那条", "这条是什么意思", "你说的那一条", "那条呢"])
def test_a_text_may_point_back(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize("text", ["那条生产线能补吗", "这条件太严了", "条款在哪", "下一条"])
def test_other_words_do_not_point_back(text: str) -> None:
    assert not points_back(text)


def test_the_next_and_the_one_before() -> None:
    assert [beside(text) for text in ("下一条", "上一条是什么", "那条")] == [1, -1, 0]


CLAUSE = Clause(
    "art-1",
    "第一条",
    ("第一条",),
    "",
    parts=tuple(Part(i, i, (), "") for i in ("para-1", "item-1", "item-2", "para-2", "para-2.item-2", "para-2.item-3")),
)


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("第一条第二项", "item-2"),
        ("第一条第一款第二项", "item-2"),
        ("第一条第二款第二项", "para-2.item-2"),
        ("第一条第三项", "para-2.item-3"),
        ("第一条第二款", "para-2"),
        ("第一条第九项", None),
        ("第一条第三款", None),
    ],
)
def test_a_part_is_found_under_its_paragraph(text: str, ident: str | None) -> None:
    (name,) = clauses(text)
    part = part_of(CLAUSE, name)
    assert (part.id if part else None) == ident
