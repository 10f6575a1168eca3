"""Verdicts are three-valued, never rest on what is not known, and say what to ask and how far it is."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.rules.evaluate import evaluate
from assistant.rules.model import Outcome, Result
from assistant.rules.rulebook import Rulebook, load_rulebook
from assistant.rules.values import FactsRefused
from assistant.rules.which import Fit, Match, which

DAY = date(2026, 11, 23)
HNTE: dict[str, object] = {
    "legal_form": "company",
    "registered_place": "songjiang",
    "registered_on": "2018-05-10",
    "revenue_latest": "5000万",
    "revenue_3y": "1.2亿",
    "rd_expense_3y": "600万",
    "rd_domestic_ratio": "100%",
    "staff_total": 100,
    "rd_staff": 10,
    "ip_class1": 1,
    "ip_class2": 0,
    "ip_supports_product": True,
    "hnte_status": "never",
    "hnte_field": "electronics",
    "total_income_latest": "5100万",
    "hightech_income_latest": "4000万",
    "serious_incident_1y": False,
    "hnte_score": 80,
}
FACTORY: dict[str, object] = {
    **HNTE,
    "rd_expense_3y": "590万",
    "rd_expense_latest": "300万",
    "total_assets": "6000万",
    "restricted_product": False,
    "serious_incident_2y": False,
    "research_dishonesty": False,
    "listed_abnormal": False,
}


@cache
def rulebook() -> Rulebook:
    return load_rulebook(Path(__file__).parents[2] / "knowledge" / "rules")


def fits(facts: dict[str, object], day: date = DAY) -> dict[str, Match]:
    return {match.verdict.programme.programme: match for match in which(rulebook(), facts, day)}


@pytest.mark.parametrize("forgotten", sorted(HNTE))
def test_a_fact_not_told_never_turns_a_fitting_company_into_a_failing_one(forgotten: str) -> None:
    known = {name: value for name, value in HNTE.items() if name != forgotten}
    verdict = evaluate(rulebook(), "hnte", known, DAY)
    assert verdict.outcome in (Outcome.UNKNOWN, Outcome.ELIGIBLE)
    undecided = [criterion for criterion in verdict.criteria if criterion.result is Result.UNKNOWN]
    assert (verdict.outcome is Outcome.UNKNOWN) == bool(undecided)
    assert bool(verdict.missing) == bool(undecided)


def test_eligible_says_that_the_authority_decides() -> None:
    assert "由上海市高新技术企业认定机构决定" in evaluate(rulebook(), "高企", HNTE, DAY).summary


def test_what_decides_most_is_asked_first() -> None:
    missing = evaluate(rulebook(), "hnte", {}, DAY).missing
    assert missing[:3] == ("legal_form", "registered_place", "registered_on")
    assert missing[-1] == "hnte_score"


def test_a_told_fact_is_not_asked_again() -> None:
    missing = evaluate(rulebook(), "hnte", {"rd_ratio_3y": "6%"}, DAY).missing
    assert not {"rd_expense_3y", "revenue_3y", "revenue_latest"} & set(missing)


def test_a_failing_company_is_asked_nothing_more() -> None:
    assert evaluate(rulebook(), "hnte", {"legal_form": "sole_trader"}, DAY).missing == ()


def test_clauses_to_check_by_hand_are_listed_and_do_not_decide() -> None:
    verdict = evaluate(rulebook(), "hnte", HNTE, DAY)
    assert verdict.outcome is Outcome.ELIGIBLE
    assert next(c.id for c in verdict.criteria if c.result is Result.NOT_MODELLED) == "field_detail"


def test_next_year_the_same_company_may_fit() -> None:
    young = {**HNTE, "registered_on": "2026-01-15", "revenue_3y": None, "rd_expense_3y": None, "rd_ratio_3y": "6%"}
    assert evaluate(rulebook(), "hnte", young, DAY).outcome is Outcome.NOT_ELIGIBLE
    assert evaluate(rulebook(), "hnte", young, date(2027, 1, 15)).outcome is Outcome.ELIGIBLE


def test_the_verdict_in_json_has_the_contract_s_keys() -> None:
    verdict = evaluate(rulebook(), "hnte", {**HNTE, "rd_staff": 9}, DAY).as_json()
    assert (verdict["programme"], verdict["verdict"], verdict["missing"]) == ("高新技术企业认定", "not_eligible", [])
    staff = next(criterion for criterion in verdict["criteria"] if criterion["id"] == "staff")
    assert (staff["result"], staff["value"], staff["threshold"]) == ("fail", "9%", "不低于10%")
    assert staff["ref"] == "cn-hnte-measures#art-11.item-4"


def test_programmes_are_ordered_from_fitting_to_not() -> None:
    order = [match.fit for match in which(rulebook(), FACTORY, DAY)]
    assert order == sorted(order, key=list(Fit).index)


def test_a_company_just_short_of_a_threshold_is_nearly_there() -> None:
    near = fits(FACTORY)["hnte"]
    assert near.fit is Fit.NEARLY
    assert [leaf.gap.text for leaf in near.short if leaf.gap] == [
        "近三个会计年度研发费用合计还差10万元（近三个会计年度销售收入合计不变时）"
    ]


def test_a_company_far_from_a_threshold_is_not_nearly_there() -> None:
    assert fits({**FACTORY, "rd_expense_3y": "300万", "rd_expense_latest": "100万"})["hnte"].fit is Fit.NEARLY
    assert fits({**FACTORY, "rd_expense_3y": "299万", "rd_expense_latest": "100万"})["hnte"].fit is Fit.NOT


def test_a_failing_yes_or_no_is_not_nearly_there() -> None:
    assert fits({**FACTORY, "serious_incident_2y": True, "serious_incident_1y": True})["hnte"].fit is Fit.NOT


def test_municipal_and_district_programmes_are_not_for_a_company_elsewhere() -> None:
    matches = fits({**FACTORY, "registered_place": "elsewhere"})
    local = [match for match in matches.values() if match.verdict.programme.level in ("municipal", "district")]
    assert {match.fit for match in local if match.verdict.programme.programme != "innovation-voucher"} == {Fit.NOT}
    assert matches["innovation-voucher"].fit is Fit.NOT
    failing = matches["sj-hnte-reward"].verdict.failing()[0]
    assert "注册在别处的企业请看当地政策" in (failing.note or "")


def test_high_tech_status_opens_the_way_for_small_firms_without_a_score() -> None:
    poor = {**FACTORY, "rd_staff": 0, "ip_class1": 0, "ip_class2_used": 0, "hnte_status": "valid"}
    assert fits(poor)["tech-sme"].fit is Fit.ELIGIBLE


def test_how_programmes_bear_on_each_other_is_told_with_the_verdict() -> None:
    remarks = evaluate(rulebook(), "hnte", HNTE, DAY).interplay
    assert any(remark.ref == "cn-tech-sme#art-8.li-1" for remark in remarks)


def test_impossible_facts_get_a_question_instead_of_a_verdict() -> None:
    with pytest.raises(FactsRefused, match="科技人员 101人，职工总数 100人，但科技人员不会多于职工总数"):
        evaluate(rulebook(), "hnte", {**HNTE, "rd_staff": 101}, DAY)


def test_a_told_ratio_that_does_not_follow_from_the_figures_is_asked_about() -> None:
    with pytest.raises(FactsRefused, match="您说的是 6%，按其他数字算出来是 5%，两者不一致"):
        evaluate(rulebook(), "hnte", {**HNTE, "rd_ratio_3y": "6%"}, DAY)


def test_a_told_ratio_rounded_to_a_tenth_of_a_percent_agrees_and_the_exact_one_decides() -> None:
    facts = {**HNTE, "rd_expense_3y": "599.9万", "rd_ratio_3y": "5%"}
    assert evaluate(rulebook(), "hnte", facts, DAY).outcome is Outcome.NOT_ELIGIBLE


@pytest.mark.parametrize("said", ["4800万", "4800万元", "0.48亿", "￥48,000,000", 48_000_000, 48_000_000.0])
def test_an_amount_is_the_same_however_it_is_written(said: object) -> None:
    verdict = evaluate(rulebook(), "tech-sme", {"revenue_latest": said}, DAY)
    assert next(c for c in verdict.criteria if c.id == "revenue").value == "4800万元"
