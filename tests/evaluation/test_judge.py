"""What makes an answer right or wrong."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer.model import AnswerStatus, Verdict
from assistant.evaluation.cases import Case
from assistant.evaluation.judge import FaultKind, covers, holds, judge, plain
from tests.evaluation.answers import answer


def case(**fields: Any) -> Case:
    return Case.model_validate({"id": "a-case", "turns": ["问题"], "status": ["answered"], **fields})


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("奖励 **20 万元**[1]，分三年", "20万元，分三年"),
        ("不低于５％", "5%"),
        ("资助最高1,000,000元", "1000000元"),
        ("自2026-01-05起", "2026年1月5日"),
        ("截止2026年08月31日", "8月31日"),
        ("HNTE 证书", "hnte证书"),
    ],
)
def test_the_way_a_text_is_written_does_not_matter(text: str, wording: str) -> None:
    assert holds(plain(text), wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("税率15%", "5%"),
        ("奖励120万", "20万"),
        ("共1100人", "100人"),
        ("2.5万元", "5万"),
        ("占4.8", "4"),
        ("2026年", "202"),
    ],
)
def test_a_figure_is_found_only_as_a_whole(text: str, wording: str) -> None:
    assert not holds(plain(text), wording)


@pytest.mark.parametrize(
    ("wanted", "ref", "right"),
    [
        ("cn-hnte-measures#art-11", "cn-hnte-measures@2016-01-01#art-11", True),
        ("cn-hnte-measures#art-11", "cn-hnte-measures@2016-01-01#art-11.item-5", True),
        ("cn-hnte-measures#art-1", "cn-hnte-measures@2016-01-01#art-11", False),
        ("cn-hnte-measures", "cn-hnte-measures@undated#art-9", True),
        ("cn-hnte", "cn-hnte-measures@2016-01-01#art-9", False),
    ],
)
def test_a_clause_is_cited_in_any_version_and_at_any_depth(wanted: str, ref: str, right: bool) -> None:
    assert covers(wanted, ref) is right


def test_an_answer_that_holds_everything_is_right() -> None:
    wanted = case(must=["5%", ["3年", "三年"]], must_not=["8%"], cite=["p#art-1", "p#art-2"])
    assert judge(wanted, answer("不低于5%，三年有效[1]", refs=("p#art-2",))) == ()


def test_one_missing_wording_makes_the_answer_wrong() -> None:
    faults = judge(case(must=["5%", "三年"]), answer("不低于5%"))
    assert [fault.kind for fault in faults] == [FaultKind.MISSING]
    assert "三年" in str(faults[0])


def test_what_belongs_at_the_beginning_is_not_to_be_searched_for() -> None:
    wanted = case(lead=["4%"])
    assert not judge(wanted, answer("不低于4%。" + "其他规定。" * 100))
    (fault,) = judge(wanted, answer("其他规定。" * 100 + "不低于4%。"))
    assert fault.kind is FaultKind.BURIED


def test_a_forbidden_wording_makes_the_answer_wrong() -> None:
    (fault,) = judge(case(must_not=["100万"]), answer("奖励100万元"))
    assert fault.kind is FaultKind.FORBIDDEN


def test_a_status_that_is_not_allowed_makes_the_answer_wrong() -> None:
    (fault,) = judge(case(status=["unknown_fact", "partial"]), answer("20万元"))
    assert fault.kind is FaultKind.STATUS
    assert "unknown_fact" in fault.detail and "answered" in fault.detail


def test_any_one_of_the_acceptable_clauses_is_enough_but_one_is_needed() -> None:
    wanted = case(cite=["p#art-1", "q"])
    assert not judge(wanted, answer("是", refs=("q#art-7",)))
    (fault,) = judge(wanted, answer("是", refs=("p#art-12",)))
    assert fault.kind is FaultKind.CITATION


def test_a_marker_without_a_citation_makes_the_answer_wrong() -> None:
    (fault,) = judge(case(), answer("三年有效[1][7]", refs=("p#art-1",)))
    assert (fault.kind, fault.detail) == (FaultKind.MARKER, "[7]")


@pytest.mark.parametrize(("decided", "right"), [("eligible", True), ("not_eligible", False), ("unknown", False)])
def test_a_verdict_is_compared_with_what_the_rules_should_decide(decided: str, right: bool) -> None:
    wanted = case(verdict={"programme": ["hnte", "高新技术企业认定"], "verdict": "eligible"})
    given = answer("如下", AnswerStatus.ANSWERED, verdicts=(Verdict("高新技术企业认定", decided),))
    assert (judge(wanted, given) == ()) is right


def test_a_verdict_on_another_programme_does_not_count() -> None:
    wanted = case(verdict={"programme": "hnte", "verdict": "eligible"})
    (fault,) = judge(wanted, answer("如下", verdicts=(Verdict("sj-hnte-reward", "eligible"),)))
    assert fault.kind is FaultKind.VERDICT
