"""The path of a search: signals from the window, the title and the glossary, and input of every kind."""

from __future__ import annotations

import threading
from datetime import date

import numpy as np
import pytest

from assistant.retrieval.fusion import Candidates
from assistant.retrieval.model import Context, Lookup
from assistant.retrieval.search import DENSE_DEPTH, LEXICAL_DEPTH, Search
from tests.conftest import SmallLibrary
from tests.retrieval.conftest import Opened


def found(search: Search, question: str) -> Candidates:
    return search.candidates(question, Lookup())


def test_hits_are_ranked_by_score(knowledge: Search, today: date) -> None:
    hits = knowledge.search("研发费用加计扣除比例", 10, today).hits
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("高企证书几年有效", "cn-hnte-measures@2016-01-01#art-9"),
        ("砸在搞新产品上的钱，交税时能多抵一点不", "cn-cit-law@2008-01-01#art-30"),
        ("公家拖着货款不给，多少天算违规", "cn-sme-payment-regulation@2025-06-01#art-9"),
    ],
)
def test_a_lay_question_finds_its_clause(knowledge: Search, today: date, question: str, clause: str) -> None:
    assert clause in [hit.ref for hit in knowledge.search(question, 5, today).hits]


def test_the_ranks_on_each_side_are_told(knowledge: Search, today: date) -> None:
    hits = knowledge.search("高新技术企业认定条件", 10, today).hits
    assert all(hit.dense_rank and hit.dense_rank >= 1 for hit in hits)
    assert any(hit.lexical_rank == 1 for hit in hits)


def test_signals_have_one_value_for_each_candidate(knowledge: Search) -> None:
    candidates = found(knowledge, "创新券一年能用多少")
    count = len(candidates.positions)
    assert 0 < count <= LEXICAL_DEPTH + DENSE_DEPTH
    assert candidates.signals().shape == (count, 7)
    assert np.all(np.isfinite(candidates.signals()))
    assert np.array_equal(candidates.positions, np.unique(candidates.positions))
    assert candidates.lexical.max() == pytest.approx(1.0)


def test_the_window_is_the_mean_of_the_neighbours_in_the_same_document(small: Opened, library: SmallLibrary) -> None:
    library.write("sj-three", "第一条 专利补贴。\n\n第二条 房租减免。\n\n第三条 专利奖励。\n", title="三条办法")
    search = small()
    snapshot = search.snapshot
    vector = snapshot.embedding.encode(["专利补贴"], queries=True)[0]
    version = [v.policy for v in snapshot.store.versions].index("sj-three")
    first, second, third = (stored.position for stored in snapshot.store.of_version(version))
    window = search._window(np.array([first, second, third]), vector)
    cosine = snapshot.vectors @ vector
    assert window == pytest.approx([cosine[second], (cosine[first] + cosine[third]) / 2, cosine[second]], abs=1e-5)


def test_the_title_speaks_for_every_clause_of_its_document(knowledge: Search) -> None:
    candidates = found(knowledge, "高新技术企业认定管理办法")
    versions = knowledge.snapshot.version_of[candidates.positions]
    for version in np.unique(versions):
        assert len(np.unique(candidates.title[versions == version])) == 1
    best = int(versions[np.argmax(candidates.title)])
    assert "高新技术企业认定管理" in knowledge.snapshot.store.versions[best].title


def test_the_glossary_says_which_policies_are_about_a_term(knowledge: Search) -> None:
    homes = knowledge.snapshot.side.glossary.homes("高新技术企业")
    assert homes
    candidates = found(knowledge, "高新技术企业")
    versions = knowledge.snapshot.version_of[candidates.positions]
    policies = [knowledge.snapshot.store.versions[v].policy for v in versions]
    assert {p for p, home in zip(policies, candidates.home, strict=True) if home} == set(homes) & set(policies)


def test_what_the_conversation_was_about_counts_as_home(small: Opened) -> None:
    search = small()
    version = [v.key for v in search.snapshot.store.versions].index("sj-incubators@2020-01-01")
    candidates = search.candidates("奖励多少", Lookup(), Context((version,)))
    inside = search.snapshot.version_of[candidates.positions] == version
    assert inside.sum() == 2
    assert np.array_equal(candidates.home > 0, inside)


def test_a_stored_question_leads_to_its_clause_and_is_not_shown(small: Opened, today: date) -> None:
    hit = small().search("券能领多少", 3, today).hits[0]
    assert hit.ref == "sj-vouchers@2025-01-01#art-2"
    assert "券能领多少" not in hit.found.clause.text


def test_a_question_that_the_library_answers_is_surer_than_one_it_does_not(knowledge: Search, today: date) -> None:
    answered = knowledge.search("高新技术企业认定有什么条件", 1, today).hits[0]
    strange = knowledge.search("离婚后孩子的抚养费怎么算", 1, today).hits[0]
    assert answered.evidence > 0.9
    assert strange.evidence < 0.5


BAD = [
    "",
    " ",
    "券",
    "的",
    "的了吗呢",
    "？！…",
    "12345",
    "2026",
    "😀🎉",
    "a",
    "《》",
    "第条",
    "第零条",
    "号",
    "\0",
    "《" * 80,
]


@pytest.mark.parametrize(
    "question", [*BAD, "高企" * 2500, "第一条" * 2000, "〔2016〕" * 700, "《" + "企业" * 2500 + "》"]
)
def test_any_input_gives_a_result(knowledge: Search, today: date, question: str) -> None:
    result = knowledge.search(question, 5, today)
    assert len(result.hits) <= 5
    assert all(np.isfinite(hit.score) and 0 <= hit.evidence <= 1 for hit in result.hits)


@pytest.mark.parametrize("question", ["的了吗呢", "？！…", "😀🎉", "12345"])
def test_input_that_says_nothing_is_no_evidence(knowledge: Search, today: date, question: str) -> None:
    assert all(hit.evidence < 0.5 for hit in knowledge.search(question, 5, today).hits)


def test_fewer_clauses_than_asked_for_are_no_error(small: Opened, today: date) -> None:
    assert 0 < len(small().search("创新券", 1000, today).hits) <= 6


def test_threads_share_a_search(knowledge: Search, today: date) -> None:
    expected = [hit.ref for hit in knowledge.search("创新券怎么申领", 5, today).hits]
    seen: list[list[str]] = []

    def ask() -> None:
        seen.append([hit.ref for hit in knowledge.search("创新券怎么申领", 5, today).hits])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 8
