"""Direct look-up on the shipped knowledge: exact, first, explained; and said where there is nothing."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.retrieval.model import Context, Found, Lack
from assistant.retrieval.search import Search
from tests.conftest import SmallLibrary
from tests.retrieval.conftest import Opened

MEASURES = "cn-hnte-measures@2016-01-01"


def named(search: Search, question: str, day: date, context: Context = Context()) -> tuple[list[str], list[str]]:  # noqa: B008
    """The versions and clauses that a question names."""
    lookup = search.catalogue.look_up(question, day, context)
    store = search.snapshot.store
    refs = [stored.ref.split("@")[0] + "#" + stored.clause.id for stored in store.get(lookup.clauses)]
    return [store.versions[v].policy for v in lookup.versions], refs


@pytest.mark.parametrize(
    ("question", "policies"),
    [
        ("国科发火〔2016〕32号说了什么", ["cn-hnte-measures"]),
        ("请问[2016]32号", ["cn-hnte-measures"]),
        ("2016年32号文", ["cn-hnte-measures"]),
        ("32號文", ["cn-hnte-measures"]),
        ("《高新技术企业认定管理办法》", ["cn-hnte-measures"]),
        ("高企认定办法", ["cn-hnte-measures"]),
        ("公告2023年第7号", ["cn-rd-deduction-2023-7"]),
        ("7号公告", ["cn-rd-deduction-2023-7"]),
        ("财政部 税务总局公告2023年第7号", ["cn-rd-deduction-2023-7"]),
        ("税务总局公告2021年第28号", ["cn-rd-deduction-2021-28"]),
        ("国务院令第802号", ["cn-sme-payment-regulation"]),
        ("802号令", ["cn-sme-payment-regulation"]),
        ("财税119号和财税〔2018〕64号", ["cn-rd-deduction-119", "cn-rd-deduction-overseas"]),
        ("企业所得税法", ["cn-cit-law"]),
        ("2025年3号楼能注册吗", []),
        ("132号文", []),
    ],
)
def test_a_document_is_named_in_every_form(knowledge: Search, today: date, question: str, policies: list[str]) -> None:
    assert named(knowledge, question, today)[0] == policies


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("32号文第十一条", ["cn-hnte-measures#art-11"]),
        ("高企认定办法第11条", ["cn-hnte-measures#art-11"]),
        ("高企认定办法11条", ["cn-hnte-measures#art-11"]),
        ("高企 认定 办法 第 十 一 条", ["cn-hnte-measures#art-11"]),
        ("第十一条，《高新技术企业认定管理办法》的", ["cn-hnte-measures#art-11"]),
        ("32号文第九条和第十条", ["cn-hnte-measures#art-9", "cn-hnte-measures#art-10"]),
        ("32号文第九条和企业所得税法第四条", ["cn-hnte-measures#art-9", "cn-cit-law#art-4"]),
        ("高企第十一条", []),
    ],
)
def test_a_clause_belongs_to_the_document_before_it(
    knowledge: Search, today: date, question: str, clauses: list[str]
) -> None:
    assert named(knowledge, question, today)[1] == clauses


def test_an_item_brings_its_article_first_and_explained(knowledge: Search, today: date) -> None:
    result = knowledge.search("32号文第十一条第五项", 5, today)
    first = result.hits[0]
    assert (first.ref, first.how, first.evidence) == (f"{MEASURES}#art-11", Found.DIRECT, 1.0)
    assert first.part
    assert (first.found.clause.label, first.path[-2:]) == ("第十一条", ("第十一条", "（五）"))
    assert first.found.clause.text.startswith("第十一条")
    assert result.lookup.explained == (
        "32号文 → 《高新技术企业认定管理办法》",
        "第十一条第五项 → 《高新技术企业认定管理办法》第十一条（五）",
    )


def test_several_clauses_come_first_in_one_search(knowledge: Search, today: date) -> None:
    hits = knowledge.search("32号文第九条和企业所得税法第四条", 5, today).hits
    assert {hit.ref for hit in hits[:2]} == {f"{MEASURES}#art-9", "cn-cit-law@2008-01-01#art-4"}
    assert [hit.how for hit in hits[:3]] == [Found.DIRECT, Found.DIRECT, Found.SIMILAR]


def test_an_article_that_is_not_there_is_said_and_no_neighbour_named(knowledge: Search, today: date) -> None:
    result = knowledge.search("高企认定办法第九十九条", 5, today)
    (missing,) = result.lookup.missing
    assert (missing.said, missing.lack) == ("第九十九条", Lack.CLAUSE)
    assert (missing.within, missing.last) == ("《高新技术企业认定管理办法》", "第十九条")
    assert result.lookup.clauses == ()
    assert all(hit.how is Found.SIMILAR for hit in result.hits)


def test_an_item_that_is_not_there_is_said_beside_its_article(knowledge: Search, today: date) -> None:
    lookup = knowledge.search("32号文第十一条第十二项", 5, today).lookup
    assert [(missing.lack, missing.last) for missing in lookup.missing] == [(Lack.PART, "（八）")]
    assert len(lookup.clauses) == 1 and lookup.parts == ()


@pytest.mark.parametrize(
    "question",
    ["国科发火〔2018〕32号", "财税〔2016〕32号", "99号文", "《高新技术企业认定管理办法实施细则》", "四号公告"],
)
def test_a_document_that_is_not_there_is_said_and_no_other_named(knowledge: Search, today: date, question: str) -> None:
    lookup = knowledge.catalogue.look_up(question, today)
    assert [missing.lack for missing in lookup.missing] == [Lack.DOCUMENT]
    assert lookup.versions == ()


def context(search: Search, ref: str) -> Context:
    """What a conversation is about after a clause was cited."""
    key, _, ident = ref.partition("#")
    version = [v.key for v in search.snapshot.store.versions].index(key)
    stored = search.snapshot.store.by_id(version, ident)
    assert stored
    return Context((version,), (stored.position,))


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("上面那条是什么意思", "art-11"),
        ("下一条呢", "art-12"),
        ("上一条呢", "art-10"),
        ("第十六条呢", "art-16"),
        ("第五项呢", "art-11"),
    ],
)
def test_a_follow_up_is_read_with_what_was_cited(knowledge: Search, today: date, question: str, clause: str) -> None:
    about = context(knowledge, f"{MEASURES}#art-11")
    assert named(knowledge, question, today, about)[1] == [f"cn-hnte-measures#{clause}"]
    assert named(knowledge, question, today)[1] == []


def test_of_two_versions_the_one_for_the_day_is_named(small: Opened, today: date) -> None:
    search = small()
    for day, key in ((today, "sj-vouchers@2025-01-01"), (date(2024, 1, 1), "sj-vouchers@2023-01-01")):
        hit = search.search("《创新券管理办法》第二条", 3, day).hits[0]
        assert hit.ref == f"{key}#art-2"


def test_a_name_that_fits_two_documents_by_number_alone_names_none(
    small: Opened, library: SmallLibrary, today: date
) -> None:
    library.write(
        "sj-other", "第一条 另一份文件。\n", title="另一份办法", number="松府规〔2021〕1号", effective="2021-01-01"
    )
    lookup = small().catalogue.look_up("1号文", today)
    assert lookup.versions == ()
    assert len(small().catalogue.look_up("松府规〔2021〕1号", today).versions) == 1


def test_a_document_without_articles_is_read_by_its_items(small: Opened, library: SmallLibrary, today: date) -> None:
    library.write("sj-points", "一、加强服务。\n\n二、减免房租三个月。\n", title="若干工作要点")
    search = small()
    for question in ("《若干工作要点》第二条", "《若干工作要点》（二）"):
        (clause,) = search.catalogue.look_up(question, today).clauses
        assert "房租" in search.snapshot.store.get([clause])[0].clause.text
