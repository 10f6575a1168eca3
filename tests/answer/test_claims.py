"""What a sentence may say on the strength of its clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer.claims import Fault, FaultKind, fault
from assistant.answer.evidence import Evidence
from assistant.documents.glossary import Glossary, GlossaryFile

GRADES = Evidence(
    "第十一条 科技人员占职工总数的比例不低于10%，正好10%也可以。研发费用占比按销售收入分档：不超过5000万元（含）的，不低于5%；"
    "5000万元至2亿元（含）的，不低于4%；超过2亿元的，不低于3%。",
    "高新技术企业认定管理办法\n国科发火〔2016〕32号\n全国\n第十一条",
    ("cn-hnte-measures",),
)
YEARS = Evidence("2024年度首次认定的松江企业，奖励合计20万元，分三年拨付：2025年5万元、2026年5万元、2027年10万元。")
TERMS = Evidence("保护期自申请日起算：发明20年，实用新型10年，外观设计15年。")
REPORT = Evidence("企业更名，须在3个月内报告。漏报一年不会因此取消资格。为批量生产做的常规性工装准备不得计入。")


EVERY_CLAIM = Glossary(GlossaryFile())


def kind(sentence: str, evidence: Evidence) -> FaultKind | None:
    found = fault(sentence, evidence, EVERY_CLAIM)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        (GRADES, "科技人员占比至少10%，正好10%也可以。"),
        (GRADES, "销售收入不超过5000万元的，研发费用占比须在百分之五以上；超过2亿元的，不低于3%。"),
        (GRADES, "销售收入超过2亿元的，研发费用占比不低于3%。"),
        (GRADES, "依据《高新技术企业认定管理办法》第十一条，科技人员占比不低于10%。"),
        (YEARS, "奖励合计20万元，2025年5万元、2026年5万元、2027年10万元。"),
        (TERMS, "外观设计的保护期是十五年。"),
        (TERMS, "发明、实用新型、外观设计的保护期分别为20年、10年、15年。"),
        (REPORT, "企业更名后应在三个月内报告。"),
        (REPORT, "漏报一年不会取消资格。"),
    ],
)
def test_the_same_in_other_words_is_right(evidence: Evidence, sentence: str) -> None:
    assert fault(sentence, evidence, EVERY_CLAIM) is None


@pytest.mark.parametrize(
    ("evidence", "sentence", "expected"),
    [
        (GRADES, "科技人员占比不低于8%。", FaultKind.FIGURE),
        (GRADES, "科技人员占比不超过10%。", FaultKind.BOUND),
        (GRADES, "科技人员占比为10%即可。", FaultKind.BOUND),
        (GRADES, "销售收入超过2亿元的，研发费用占比不低于5%。", FaultKind.PAIRING),
        (YEARS, "2027年拨付5万元。", FaultKind.PAIRING),
        (YEARS, "2026年度首次认定的奖励20万元。", FaultKind.PAIRING),
        (TERMS, "外观设计的保护期是20年。", FaultKind.PAIRING),
        (REPORT, "漏报一年会取消资格。", FaultKind.NEGATION),
        (REPORT, "常规性工装准备可以计入。", FaultKind.NEGATION),
        (REPORT, "企业更名，无须在3个月内报告。", FaultKind.NEGATION),
        (GRADES, "《松江区奖励办法》规定科技人员占比不低于10%。", FaultKind.NAME),
        (GRADES, "依据第十二条，科技人员占比不低于10%。", FaultKind.FIGURE),
        (GRADES, "松江的科技人员占比不低于10%。", FaultKind.NAME),
        (GRADES, "条款写的是“科技人员不少于一成”。", FaultKind.QUOTATION),
        (REPORT, "条款写的是“企业更名要尽快报告”。", FaultKind.QUOTATION),
        (GRADES, "我保证贵公司科技人员占比达标。", FaultKind.PROMISE),
        (REPORT, "企业更名请登录https://evil.example报告。", FaultKind.LINK),
        (REPORT, "企业更名须在<b>3个月</b>内报告。", FaultKind.LINK),
        (REPORT, "欢迎参观本区的湿地公园，门票优惠。", FaultKind.UNRELATED),
    ],
)
def test_a_claim_that_the_clause_does_not_make_is_told(evidence: Evidence, sentence: str, expected: FaultKind) -> None:
    assert kind(sentence, evidence) is expected


def test_another_programme_than_the_clause_is_about_is_told(root: Path) -> None:
    glossary = Glossary.load(root / "knowledge" / "glossary.yaml")
    found = fault("科技型中小企业的科技人员占比不低于10%。", GRADES, glossary)
    assert found == Fault(FaultKind.NAME, "科技型中小企业")


def test_the_words_of_the_clause_need_no_check_but_only_as_whole_phrases() -> None:
    evidence = Evidence("年销售额没有超过500万元的，是小规模纳税人。")
    assert fault("年销售额没有超过500万元的，是小规模纳税人。", evidence, EVERY_CLAIM) is None
    assert kind("超过500万元的，是小规模纳税人。", evidence) is FaultKind.BOUND
