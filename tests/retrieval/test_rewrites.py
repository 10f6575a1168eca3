"""Chinese as people write it finds the same clause."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.retrieval.rewrites import other_forms, plain
from assistant.retrieval.search import Search

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("rewrites.yaml").read_text(encoding="utf-8"))
DEPTH = 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("高 新 技术 企业", "高新技术企业"),
        ("高新技術企業　認定", "高新技术企业认定"),
        ("Ｒ＆Ｄ 费用 ５０％", "r&d 费用 50%"),
        ("G60 科创走廊", "g60 科创走廊"),
    ],
)
def test_a_question_in_plain_writing(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("五千万元", ["5000万元"]),
        ("5000万元以上", ["五千万元"]),
        ("两千万", ["2000万"]),
        ("百分之五还是0.5%", ["5%", "百分之零点五"]),
        ("百分之百", ["100%"]),
        ("百分之一点五", ["1.5%"]),
        ("百分之20", ["20%"]),
        ("三年内", ["3年"]),
        ("500人", ["五百人"]),
        ("2016年第三条", []),
        ("第三年", []),
        ("万分之五", []),
        ("没有数", []),
    ],
)
def test_a_number_has_another_form(text: str, forms: list[str]) -> None:
    assert other_forms(text) == forms


def finds(search: Search, question: str, clauses: list[str], day: date) -> bool:
    """Whether one of the clauses, or a clause that says the same, is among the first."""
    hits = search.search(question, DEPTH, day).hits
    refs = {ref.split("@")[0] + "#" + ref.split("#")[1] for hit in hits for ref in (hit.ref, *hit.also)}
    return bool(refs & set(clauses))


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 40
    assert sum(len(case["rewrites"]) for case in CASES) >= 120


def test_every_clause_of_the_set_is_there(knowledge: Search) -> None:
    store = knowledge.snapshot.store
    known = {
        f"{version.policy}#{stored.clause.id}"
        for number, version in enumerate(store.versions)
        for stored in store.of_version(number)
    }
    assert {clause for case in CASES for clause in case["clauses"]} <= known


def test_the_questions_as_they_should_be_written_find_their_clauses(knowledge: Search, today: date) -> None:
    missed = [case["question"] for case in CASES if not finds(knowledge, case["question"], case["clauses"], today)]
    assert len(missed) <= 0.05 * len(CASES), missed


@pytest.mark.parametrize("kind", ["traditional", "full_width", "numerals", "typos", "mixed", "spaces"])
def test_questions_as_people_write_them_find_the_same_clauses(knowledge: Search, today: date, kind: str) -> None:
    cases = [(case["rewrites"][kind], case["clauses"]) for case in CASES if kind in case["rewrites"]]
    missed = [question for question, clauses in cases if not finds(knowledge, question, clauses, today)]
    assert len(missed) <= 0.1 * len(cases), missed
