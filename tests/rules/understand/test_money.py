"""Amounts of money and their shares as a finance manager tells them: sums, years, tables, denials, what is no year's figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.values import Value

TODAY = date(2026, 11, 30)


def told(rulebook: Rulebook, text: str, programme: str) -> dict[str, Value]:
    """What the company is known to be, exactly or between two values, without what is only supposed; money in 万元."""
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    reading = read_facts(text, rulebook.facts, TODAY, wanted=wanted)
    amounts = {said.fact: said.values[0] for said in reading.facts if said.exact}
    return {fact: v / 10**4 if isinstance(v, Fraction) and v > 1000 else v for fact, v in amounts.items()}


@pytest.mark.parametrize(
    ("text", "programme", "expected"),
    [
        (
            "2023到2025年收入是500万、700万、900万，加起来2100万",
            "hnte",
            {"revenue_before": 500, "revenue_prev": 700, "revenue_latest": 900, "revenue_3y": 2100},
        ),
        ("高品收入分三块：A产品800万、B产品700万、技术服务300万，合计1800万", "hnte", {"hightech_income_latest": 1800}),
        (
            "去年全部成本费用：成本800万、管理费用150万、销售费用100万，总共1050万",
            "tech-sme",
            {"cost_expense_latest": 1050},
        ),
        ("主营成本加三项费用合计2100万，这就是成本费用支出", "tech-sme", {"cost_expense_latest": 2100}),
        ("去年的总收入和营收一样，都是3300万", "hnte", {"total_income_latest": 3300, "revenue_latest": 3300}),
        ("前年和大前年收入都是900万", "hnte", {"revenue_prev": 900, "revenue_before": 900}),
        (
            "主营产品销售收入2600万，全年营业收入2700万",
            "srdi-sme",
            {"main_revenue_latest": 2600, "revenue_latest": 2700},
        ),
        ("收入没有5000万那么多，只有3100万", "hnte", {"revenue_latest": 3100}),
        ("去年收入翻了一番，从1000万到2000万", "hnte", {"revenue_latest": 2000}),
        ("前年市占率9%，去年到了12%", "srdi-giant", {"market_share": Fraction(12, 100)}),
        (
            "前年营收1.2亿，负债率75%，市占率10%",
            "srdi-giant",
            {"revenue_prev": 12000, "debt_ratio": Fraction(75, 100), "market_share": Fraction(1, 10)},
        ),
        (
            "去年收入2860万，研发费320万，大前年2100万研发230万",
            "hnte",
            {
                "revenue_latest": 2860,
                "rd_expense_latest": 320,
                "revenue_before": 2100,
                "rd_expense_before": 230,
            },
        ),
        ("国内收入1200万，国外销售900万，总营收2100万", "hnte", {"revenue_latest": 2100}),
        ("市占率过去是8%，现在13%", "srdi-giant", {"market_share": Fraction(13, 100)}),
        ("我们没有什么负债，也就150万", "srdi-sme", {"total_debts": 150}),
        ("不能说没有高新收入，有200万", "hnte", {"hightech_income_latest": 200}),
        ("融资4500万，其中股权3000万", "st-giant-cultivation", {"equity_financing": 3000}),
        ("市场占有率：上海40%，全国9%", "srdi-giant", {"market_share": Fraction(9, 100)}),
        ("资产总额：年初4200万，年末4800万", "tech-sme", {"total_assets": 4800}),
        ("净资产2025年末2300万，比年初的1900万增加400万", "hnte", {"net_assets_latest": 2300, "net_assets_prev": 1900}),
        (
            "①营业收入4300万 ②主营占比93% ③资产负债率38%",
            "srdi-sme",
            {
                "revenue_latest": 4300,
                "main_business_ratio": Fraction(93, 100),
                "debt_ratio": Fraction(38, 100),
            },
        ),
        ("项目：高新技术产品收入；金额：2360万元", "hnte", {"hightech_income_latest": 2360}),
        (
            "销售收入\t2023\t2024\t2025\n金额（万元）\t680\t910\t1250",
            "hnte",
            {"revenue_before": 680, "revenue_prev": 910, "revenue_latest": 1250},
        ),
        (
            "销售收入（万元）：2023：820；2024：1,040；2025：1,390",
            "hnte",
            {"revenue_before": 820, "revenue_prev": 1040, "revenue_latest": 1390},
        ),
        (
            "单位万元：资产总额4520，负债总额1880，职工80",
            "srdi-sme",
            {"total_assets": 4520, "total_debts": 1880, "staff_total": Fraction(80)},
        ),
        ("问：去年营收多少？答：2300万", "hnte", {"revenue_latest": 2300}),
        ("五年前融过一笔，近两年一分没融", "srdi-sme", {"equity_financing_2y": 0, "equity_financing": 0}),
    ],
)
def test_money_is_read(rulebook: Rulebook, text: str, programme: str, expected: dict[str, Value]) -> None:
    assert told(rulebook, text, programme) == expected


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("去年Q4卖了800万", "hnte"),
        ("去年没有总收入以外的收入", "hnte"),
        ("收入每少100万，研发占比提高多少？", "hnte"),
        ("我们平均每个月开票200万左右", "hnte"),
        ("截至10月底营收2600万", "hnte"),
        ("成立至今累计收入1.2亿", "hnte"),
        ("收入合计5400万", "hnte"),
        ("去年销售费用120万，管理费用180万", "tech-sme"),
        ("我们竞争对手销售额3亿", "hnte"),
        ("营收不足1000万的企业能申请吗", "srdi-sme"),
        ("收入超过2亿是不是研发占比3%就可以？", "hnte"),
        ("担心高新收入占比不够60%", "hnte"),
        ("正在跟一家基金谈2000万的融资", "srdi-sme"),
        ("融资2000万，都是银行借的", "srdi-sme"),
        ("投资人说可以投5000万", "st-giant-cultivation"),
    ],
)
def test_what_is_no_figure_of_a_year_or_of_the_company_is_not_read(
    rulebook: Rulebook, text: str, programme: str
) -> None:
    assert told(rulebook, text, programme) == {}


def test_a_bare_total_is_asked_about(rulebook: Rulebook) -> None:
    wanted = facts_of(rulebook.programmes["hnte"], rulebook)
    reading = read_facts("收入合计5400万", rulebook.facts, TODAY, wanted=wanted)
    assert "是一年的数，还是三年的合计" in reading.doubts[0]
