"""Yes and no: forms ticked off, lists denied at once, what was and is no more, questions, answers by their order."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.model import Profile
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.understand.replies import replies
from assistant.rules.understand.ticks import marked, numbered, ticked
from assistant.rules.values import Value

TODAY = date(2026, 11, 30)
SME, GIANT, HNTE, VOUCHER, G60 = "tech-sme", "st-giant", "hnte", "innovation-voucher", "g60-measures"
CONDUCT = ("serious_incident_2y", "listed_abnormal", "research_dishonesty", "restricted_product")


def read(rulebook: Rulebook, text: str, programme: str, asked: tuple[str, ...] = ()) -> dict[str, Value]:
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    reading = read_facts(text, rulebook.facts, TODAY, Profile(asked=asked), wanted=wanted)
    supposed = {said.fact for said in reading.supposed}
    return {said.fact: said.values[0] for said in reading.told if said.exact and said.fact not in supposed}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑已上市 □未上市", "已上市 "),
        ("是否上市：□是 ☑否", "是否上市：否 "),
        ("是否上市：是□ 否☑", "是否上市：否"),
        ("上市：（ ）是 （√）否", "上市：否 "),
        ("上市 √ 研发机构 ×", "上市 √ 研发机构 ×"),
    ],
)
def test_only_the_ticked_box_counts(text: str, expected: str) -> None:
    assert ticked(text) == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("上市 × 研发机构 √", ["上市:×", "研发机构:√"]),
        ("失信(无)异常(有)", ["失信:无", "异常:有"]),
        ("上市:否；研发机构:有；员工:60人", ["上市:否", "研发机构:有", "员工:60人"]),
        ("收入:2023年:3600万，2024年:4000万", ["收入:2023年:3600万，2024年:4000万"]),
    ],
)
def test_each_label_has_a_line_of_its_own(text: str, lines: list[str]) -> None:
    assert [line for line in marked(text).split("\n") if line] == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1.无事故 2.无失信", ["无事故", "无失信"]),
        ("1.有限公司 2.松江 3.没有 4.60人", ["有限公司", "松江", "没有", "60人"]),
        ("1.5亿收入 2.3亿资产", ["1.5亿收入 2.3亿资产"]),
        ("发明1、实用新型2、软著3", ["发明1、实用新型2、软著3"]),
    ],
)
def test_points_numbered_within_a_line_are_told_apart(text: str, lines: list[str]) -> None:
    assert [line.strip() for line in numbered(text).split("\n") if line] == lines


@pytest.mark.parametrize(
    ("text", "programme", "expected"),
    [
        ("1.无事故无环境违法 2.无科研失信 3.未列入异常 4.非淘汰类产品", SME, dict.fromkeys(CONDUCT, False)),
        ("这几样我们都没有：重大事故、科研失信、经营异常", SME, dict.fromkeys(CONDUCT[:3], False)),
        ("经营异常 ×\n淘汰类 √", SME, {"listed_abnormal": False, "restricted_product": True}),
        ("以前进过失信名单，已经修复了，现在没有列入", SME, {"listed_abnormal": False}),
        ("没有列入异常名录，说错了，上周刚被列入", SME, {"listed_abnormal": True}),
        ("正在申请移出经营异常名录", SME, {"listed_abnormal": True}),
        ("我们以前的子公司被列异常，本公司没有列入", SME, {"listed_abnormal": False}),
        ("打算明年申请市级企业技术中心，目前还没有", SME, {"provincial_rd_institute": False}),
        ("国标参与过，不是主导，排在第十", SME, {"led_standard": False}),
        ("去年作为第一完成单位获得国家科技进步二等奖", SME, {"national_award_top3": True}),
        ("我们跟医疗器械没关系", "sj-biomed-device", {"biomed_business": False}),
        ("有自己的研发中心，没上市", GIANT, {"has_rd_institute": True, "listed": False}),
        ("☑已上市 □未上市", GIANT, {"listed": True}),
        ("我们有一部分研发是委托美国公司做的，境内大概占70%", HNTE, {"rd_domestic_ratio": Fraction(7, 10)}),
        ("有20%的研发委托给了国外公司，其余都在国内", HNTE, {"rd_domestic_ratio": Fraction(4, 5)}),
        ("没出事故没环境违法研发都在境内", HNTE, {"rd_domestic_ratio": Fraction(1)}),
        ("入驻的是苏州的孵化器，不在上海", VOUCHER, {"in_incubator": False}),
        ("原来在孵化器，去年毕业搬出来了", VOUCHER, {"in_incubator": False}),
        ("核心成员原来5个，走了两个，现在3个", VOUCHER, {"core_members": Fraction(3)}),
        ("应用性基础研究：有；创新联合体：无；揭榜挂帅：无", G60, {"g60_activities": ("basic_research",)}),
    ],
)
def test_what_is_and_what_is_not(rulebook: Rulebook, text: str, programme: str, expected: dict[str, Value]) -> None:
    told = read(rulebook, text, programme)
    assert {fact: told.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "programme", "fact"),
    [
        ("之前进过经营异常", SME, "listed_abnormal"),
        ("科研失信会有什么后果", SME, "research_dishonesty"),
        ("经营异常、科研失信、限制类产品", SME, "listed_abnormal"),
        ("主导标准要排前几", SME, "led_standard"),
        ("豁免需要什么条件", "srdi-sme", "srdi_ip_exempt"),
        ("创新联合体怎么组建", G60, "g60_activities"),
        ("重点品种这个没查过", "sj-biomed-device", "device_key_variety"),
        ("我们不做器械，做药品", "sj-biomed-device", "biomed_business"),
    ],
)
def test_what_is_only_asked_or_open_is_not_told(rulebook: Rulebook, text: str, programme: str, fact: str) -> None:
    assert fact not in read(rulebook, text, programme)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 没有 2. 有 3. 不清楚", [False, True, None]),
        ("1没有2没有3否", [False, False, False]),
        ("没有、没有、不属于", [False, False, False]),
        ("第一个是的，后面都没有", [True, False, False]),
        ("前两个没有，第三个不清楚", [False, False, None]),
        ("除了第二个，其他都没有", [False, None, False]),
        ("都没有，就第二个有", [False, True, False]),
        ("以上均无", [False, False, False]),
        ("都没有的，放心", [False, False, False]),
        ("没有", [None, None, None]),
        ("没有，异常进过一次", [None, None, None]),
        ("3个发明", [None, None, None]),
    ],
)
def test_yes_and_no_go_to_the_questions_in_their_order(text: str, expected: list[bool | None]) -> None:
    told = replies(text, ("first", "second", "third"))
    assert [told.get(name) for name in ("first", "second", "third")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有，8个，没用过", {"ip_class1": 0, "ip_class2": 8, "ip_class2_used": 0}),
        ("1. 2个 2. 没有 3. 没有", {"ip_class1": 2, "ip_class2": 0, "ip_class2_used": 0}),
    ],
)
def test_counts_and_none_answer_in_their_order(rulebook: Rulebook, text: str, expected: dict[str, int]) -> None:
    told = read(rulebook, text, HNTE, ("ip_class1", "ip_class2", "ip_class2_used"))
    assert {fact: told.get(fact) for fact in expected} == expected


def test_none_of_the_options_answers_a_question_of_options(rulebook: Rulebook) -> None:
    assert read(rulebook, "这些我们都没有做", G60, ("g60_activities",)) == {"g60_activities": ("none",)}
