"""`Assistant.assess`: the rules, asked directly."""

from datetime import date

from assistant.answer.chain import Assistant


def test_a_company_below_the_line_is_told_so(shipped: Assistant) -> None:
    facts = {"revenue_latest": 48_000_000, "rd_expense_3y": 2_300_000, "revenue_3y": 48_000_000}
    verdict = shipped.assess("高企", facts, date(2026, 11, 23))
    failed = [criterion.id for criterion in verdict.criteria if criterion.result == "fail"]
    assert verdict.outcome == "not_eligible" and failed
