"""A company that qualifies, told again with one thing changed so that it does not: never called eligible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

HNTE = (
    "我们是有限公司，松江洞泾，2018年5月设立。2025年收入1.2亿，三年合计3亿，研发三年合计1250万全在境内。"
    "职工150人，科技人员30人。发明专利3件，都支撑主要产品。属于新材料领域。去年总收入1.2亿，高新产品收入8000万。"
    "自评78分。近一年没有安全质量环保事故。从没申请过高企。能报高企吗？"
)
SME = (
    "松江有限公司，68人，其中研发24人，去年收入3600万，资产2900万，研发费用230万，发明2项，产品不在禁止限制淘汰目录，"
    "去年今年无重大安全质量事故和严重环境违法，没有科研失信，没进经营异常和失信名单。科小评得上吗？"
)
TEAM = "三个创业伙伴，没有营业执照，已进驻复旦科技园，能不能领创新券？"
REWARD = "松江企业，2024年度复审通过高企，火炬统计已完成，区里高企奖励能拿几万？"
DEDUCTION = "松江有限公司做传感器，查账征收，不属于那六个行业，新产品研发前五项270万、其他费用30万，加计扣除能扣多少？"
CHANGED = {
    HNTE: [
        ("有限公司", "分公司"),
        ("有限公司", "还没注册的团队"),
        ("松江洞泾", "香港注册"),
        ("2018年5月", "2026年3月"),
        ("1250万", "1150万"),
        ("全在境内", "一半委托美国做"),
        ("全在境内", "境内只占55%"),
        ("30人", "14人"),
        ("30人", "不到15人"),
        ("3件", "3件都还没授权"),
        ("3件", "3件都是许可用的"),
        ("都支撑主要产品", "都跟主要产品没关系"),
        ("都支撑主要产品", "都没用在主要产品上"),
        ("属于新材料领域", "不属于八大领域"),
        ("8000万", "7100万"),
        ("自评78分", "自评没到70分"),
        ("自评78分", "自评也就65分"),
        ("近一年没有安全质量环保事故", "今年9月出过重大安全事故"),
        ("近一年没有安全质量环保事故", "近一年没有安全事故，但有过严重环境违法"),
        ("从没申请过高企", "今年被取消了高企资格"),
    ],
    SME: [
        ("68人", "568人"),
        ("3600万", "2.6亿"),
        ("2900万", "2.1亿"),
        ("产品不在", "产品在"),
        ("去年今年无", "去年有过"),
        ("没有科研失信", "有科研失信行为"),
        ("没进经营异常", "进了经营异常"),
        ("没进经营异常和失信名单", "没出经营异常名录"),
        ("有限公司", "个体户"),
        ("研发24人", "研发1人"),
    ],
    TEAM: [
        ("三个", "两个"),
        ("没有营业执照", "有营业执照"),
        ("已进驻", "没进驻"),
        ("已进驻", "打算进驻"),
        ("已进驻复旦科技园", "在家办公没进孵化器"),
        ("已进驻复旦科技园", "还没谈好孵化器"),
    ],
    REWARD: [
        ("松江企业", "金山企业"),
        ("2024年度", "2023年度"),
        ("已完成", "没完成"),
        ("已完成", "忘了做"),
        ("通过高企", "没通过高企"),
    ],
    DEDUCTION: [
        ("查账征收", "核定征收"),
        ("查账征收", "不是查账征收"),
        ("不属于那六个行业", "属于那六个行业"),
        ("不属于那六个行业", "主营批发"),
        ("新产品研发", "产品常规升级"),
        ("松江有限公司", "松江个体户"),
    ],
}
CASES = [(base, old, new) for base, pairs in CHANGED.items() for old, new in pairs]


@pytest.mark.parametrize("base", CHANGED, ids=["hnte", "tech-sme", "team", "reward", "deduction"])
def test_the_company_qualifies_as_it_is(shipped: Assistant, base: str) -> None:
    answer = shipped.ask(base)
    assert [verdict.verdict for verdict in answer.verdicts] == ["eligible"], answer.text


@pytest.mark.parametrize(("base", "old", "new"), CASES, ids=[new for _, _, new in CASES])
def test_with_one_thing_changed_it_is_not_called_eligible(shipped: Assistant, base: str, old: str, new: str) -> None:
    assert old in base
    answer = shipped.ask(base.replace(old, new))
    assert "eligible" not in [verdict.verdict for verdict in answer.verdicts], answer.text
