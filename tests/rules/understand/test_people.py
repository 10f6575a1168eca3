"""Staff, the status of a high-tech enterprise and its scores, out of sentences as people write them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.values import Value

TODAY = date(2026, 11, 30)


def read(rulebook: Rulebook, text: str, programme: str) -> dict[str, Value]:
    """The first value of every fact told; of a month its first day."""
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    return {said.fact: said.values[0] for said in read_facts(text, rulebook.facts, TODAY, wanted=wanted).told}


@pytest.mark.parametrize(
    ("text", "staff", "research"),
    [
        ("从业人员46人，科研人员12人", 46, 12),
        ("职工 130  科技人员 21", 130, 21),
        ("全公司54人：生产30、销售9、研发11、行政4", 54, 11),
        ("花名册上71个人，研发条线十六个", 71, 16),
        ("我们公司大概是四十五个人吧，研发的话有十一个", 45, 11),
        ("月平均职工人数150.5人，科技人员月平均22人", Fraction(301, 2), 22),
        ("员工1千2百人，技术中心有160人", 1200, 160),
        ("职工前年80人，去年104人", 104, None),
        ("2023年职工总数70人，科技人员9人", None, None),
        ("技术人员16人，非技术人员24人", None, 16),
        ("105人（研发16人）", 105, 16),
        ("新招员工15人，离职5人", None, None),
        ("员工中博士3人", None, None),
        ("控股股东有员工2000人，研发人员300人", None, None),
    ],
)
def test_people_are_counted_by_the_words_around(
    rulebook: Rulebook, text: str, staff: Fraction | int | None, research: int | None
) -> None:
    told = read(rulebook, text, "hnte")
    assert (told.get("staff_total"), told.get("rd_staff")) == (staff, research)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("研发人员18人，占职工总数15%", Fraction(15, 100)),
        ("平均五个人里有一个搞研发的", Fraction(1, 5)),
        ("52%的员工都是研发人员", Fraction(52, 100)),
        ("科技人员占比0.145", Fraction(145, 1000)),
        ("一共11人，全部是研发人员", 1),
        ("硕士占研发人员的40%", None),
        ("研发人员工资占研发费用的60%", None),
    ],
)
def test_the_share_of_research_staff_is_told_in_many_ways(
    rulebook: Rulebook, text: str, share: Fraction | int | None
) -> None:
    assert read(rulebook, text, "hnte").get("rd_staff_ratio") == share


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("去年申报过高企，没通过", "applied"),
        ("高企证书2027年12月到期", "valid"),
        ("手里有高新证书，明年才到期", "valid"),
        ("高企证书有效期：2024.12-2027.12", "valid"),
        ("原来有高企资质，三年到了没续上", "expired"),
        ("高企三年有效期已满", "expired"),
        ("今年高企证被吊销", "revoked_this_year"),
        ("高新技术企业：否，未申请过", "never"),
        ("合作方是国家高新技术企业", None),
    ],
)
def test_the_status_of_a_certificate(rulebook: Rulebook, text: str, status: str | None) -> None:
    assert read(rulebook, text, "tech-sme").get("hnte_status") == status


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年12月通过高企认定", date(2024, 12, 1)),
        ("高新证书是2023年11月批的", date(2023, 11, 1)),
        ("想报科小，高企证书是2024年12月4日发的", date(2024, 12, 4)),
        ("专精特新证书2024年5月发的", None),
        ("实用新型证书2025年3月发的", None),
    ],
)
def test_a_certificate_is_dated_by_its_own_day(rulebook: Rulebook, text: str, day: date | None) -> None:
    assert read(rulebook, text, "st-giant").get("hnte_certified_on") == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年度高企，属于首次认定", {"hnte_recognised_year": 2025, "hnte_recognition": "first"}),
        ("公司2024年获得高企认定，不是重新认定，是首次", {"hnte_recognised_year": 2024, "hnte_recognition": "first"}),
        ("高企到期后去年续上了", {"hnte_recognised_year": 2025, "hnte_recognition": "renewal"}),
        ("火炬统计没有漏过", {"torch_statistics": True}),
        ("火炬统计今年忘了报", {"torch_statistics": False}),
    ],
)
def test_the_recognition_and_its_statistics(rulebook: Rulebook, text: str, expected: dict[str, Value]) -> None:
    told = read(rulebook, text, "sj-hnte-reward")
    facts = ("hnte_recognised_year", "hnte_recognition", "torch_statistics")
    assert {fact: told[fact] for fact in facts if fact in told} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先进程度自评6分，核心支持作用7分", {"hnte_ip_advance": 6, "hnte_ip_support": 7}),
        ("制度5分、研发机构4分、激励3分", {"hnte_org_system": 5, "hnte_org_facility": 4, "hnte_org_incentive": 3}),
        ("先进程度满分8分，我们自评6分", {"hnte_ip_advance": 6}),
        ("知识产权24分、转化25分，合计77分", {"hnte_score": 77}),
        ("成果转化：2023年4项、2024年5项、2025年6项", {"conversions_per_year": 5}),
        ("近三年科技成果转化12项", {"conversions_per_year": 4}),
        ("去年转化了6项", {}),
    ],
)
def test_a_score_is_told_apart_from_its_parts(rulebook: Rulebook, text: str, expected: dict[str, Value]) -> None:
    told = read(rulebook, text, "hnte")
    assert {fact: value for fact, value in told.items() if fact.startswith(("hnte_", "conversions"))} == expected
