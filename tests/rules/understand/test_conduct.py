"""Conduct, distinctions, the market, deductions and transfers, out of messages on the shipped catalogue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.ellipsis import filled
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.values import Value

TODAY = date(2026, 11, 23)
WAN = Fraction(10**4)
SME, GIANT, SRDI, DEDUCTION, TRANSFER = "tech-sme", "srdi-giant", "srdi-sme", "rd-deduction", "tech-transfer"


def read(rulebook: Rulebook, text: str, programme: str) -> dict[str, Value]:
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    told = read_facts(text, rulebook.facts, TODAY, wanted=wanted).told
    return {said.fact: said.values[0] for said in told if said.exact}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国家奖、研发机构、标准，这几样我们都没有", "没有国家奖，没有研发机构，没有标准"),
        ("做软件的，国家奖，省级机构，这两样一样都没有", "做软件的，没有国家奖，没有省级机构"),
        ("有3个软著、国家奖、标准都没有", "有3个软著，没有国家奖，没有标准"),
        ("我们公司专利、软著都没有", "我们公司没有专利，没有软著"),
        ("母公司有研发中心，我们没有", "没有研发中心"),
        ("去年收入3000万，软著都没有", "去年收入3000万，软著都没有"),
        ("专利、软著都没用过", "专利、软著都没用过"),
    ],
)
def test_a_summing_up_denies_every_item(text: str, expected: str) -> None:
    assert filled(text) == expected


@pytest.mark.parametrize(
    ("text", "programme", "fact", "value"),
    [
        ("一年来生产平稳，没有事故", "hnte", "serious_incident_1y", False),
        ("近一年零重大安全事故、零环境违法", "hnte", "serious_incident_1y", False),
        ("去年和今年没出过事故", "hnte", "serious_incident_2y", False),
        ("重大事故的企业不能报", "hnte", "serious_incident_2y", None),
        ("我们做重大事故预警系统", "hnte", "serious_incident_2y", None),
        ("没有事故，没有失信", SME, "research_dishonesty", False),
        ("科研诚信良好", SME, "research_dishonesty", False),
        ("没年报进了经营异常名录，现在还没出来", SME, "listed_abnormal", True),
        ("老板另一家公司被列入异常名录", SME, "listed_abnormal", None),
        ("产品属于鼓励类", SME, "restricted_product", False),
        ("把淘汰的旧设备卖了", SME, "restricted_product", None),
        ("国家科技进步二等奖，我们排第五", SME, "national_award_top3", False),
        ("去年获国家技术发明二等奖，第二完成单位", SME, "national_award_top3", True),
        ("2012年获国家科技进步奖，排名第一", SME, "national_award_top3", None),
        ("拿过国家科技进步奖", SME, "national_award_top3", None),
        ("只有市里的奖，国家级的没有", GIANT, "national_award_3y", False),
        ("我们有上海市企业技术中心", SME, "provincial_rd_institute", True),
        ("只有区级技术中心，省部级的没有", SME, "provincial_rd_institute", False),
        ("合作的大学有国家重点实验室", SME, "provincial_rd_institute", None),
        ("在国家级孵化器里有个研发中心", SME, "provincial_rd_institute", None),
        ("参与起草国标，排第八", SME, "led_standard", False),
        ("作为第一起草单位制定了行业标准", SME, "led_standard", True),
        ("主导制定团体标准两项", SME, "led_standard", None),
        ("没参与过国标行标制定", SME, "led_standard", False),
        ("技术合同办过认定登记", TRANSFER, "contract_registered", True),
        ("合同还没登记", TRANSFER, "contract_registered", False),
        ("租赁合同登记了", TRANSFER, "contract_registered", None),
        ("集成电路、工业母机都不沾", DEDUCTION, "deduction_kind", "general"),
        ("客户都是集成电路企业", DEDUCTION, "deduction_kind", None),
    ],
)
def test_what_a_company_did_and_is(
    rulebook: Rulebook, text: str, programme: str, fact: str, value: Value | None
) -> None:
    assert read(rulebook, text, programme).get(fact) == value


@pytest.mark.parametrize(
    ("text", "programme", "expected"),
    [
        ("聚焦激光雷达零部件7年，一直没换赛道", SRDI, {"market_years": Fraction(7)}),
        ("总经理在行业里干了25年", SRDI, {}),
        ("份额从去年的10%涨到了现在的14%", GIANT, {"market_share": Fraction(14, 100)}),
        ("全球市占率3%，国内占12%，行业老大", GIANT, {"market_share": Fraction(12, 100), "domestic_rank": Fraction(1)}),
        ("对手市占率40%，排第一", GIANT, {}),
        ("国内第一家做这种阀门的", GIANT, {}),
        (
            "人员人工300万，直接投入120万，折旧30万，其他相关费用35万",
            DEDUCTION,
            {"deduct_five_costs": 450 * WAN, "deduct_other_costs": 35 * WAN},
        ),
        ("人员人工300万", DEDUCTION, {}),
        ("委托外国专家个人研发付了15万元", DEDUCTION, {"commissioned_overseas_person": 15 * WAN}),
        ("境外委托：0", DEDUCTION, {"commissioned_overseas": Fraction(0)}),
        ("残次品和试制品收入合计12万元", DEDUCTION, {"deduct_special_income": 12 * WAN}),
        ("财政拨款按不征税处理，形成研发费用100万", DEDUCTION, {"deduct_untaxed_funds": 100 * WAN}),
        ("资本化形成无形资产600万", DEDUCTION, {"deduct_intangible_cost": 600 * WAN}),
        (
            "转让收入1200万，成本300万，税费50万",
            TRANSFER,
            {"transfer_revenue": 1200 * WAN, "transfer_costs": 350 * WAN},
        ),
        (
            "专利卖了800万，成本和税费加一起120万",
            TRANSFER,
            {"transfer_revenue": 800 * WAN, "transfer_costs": 120 * WAN},
        ),
        ("股权转让收入2000万", TRANSFER, {}),
    ],
)
def test_figures_of_the_market_deductions_and_transfers(
    rulebook: Rulebook, text: str, programme: str, expected: dict[str, Value]
) -> None:
    assert read(rulebook, text, programme) == expected
