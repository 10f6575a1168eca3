"""Who and where a company is, its people and its certificate: what is read, and what is left unread."""

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
    """The first value of every fact told as one's own; what is only asked about or supposed is left out."""
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    reading = read_facts(text, rulebook.facts, TODAY, wanted=wanted)
    supposed = {said.fact for said in reading.supposed}
    return {said.fact: said.values[0] for said in reading.told if said.fact not in supposed}


@pytest.mark.parametrize(
    ("text", "programme", "expected"),
    [
        ("注册是2019年，哦不对，是2020年4月", "hnte", {"registered_on": date(2020, 4, 1)}),
        ("公司九八年创办，快三十年了", "hnte", {"registered_on": date(1998, 1, 1)}),
        ("打算明年把注册地从闵行迁到松江", "hnte", {"registered_place": "shanghai_other"}),
        ("产品是医疗影像软件，技术领域应该是生物与新医药", "hnte", {"hnte_field": "biomedicine"}),
        ("以前做光伏，现在做机器人", "hnte", {"hnte_field": "manufacturing"}),
        ("由个体工商户转为有限公司，转企是2022年5月", "hnte", {"legal_form": "company"}),
        ("既做硬件生产，也做软件，行业代码是制造业", "st-giant", {"sector": "manufacturing"}),
        ("明年打算去北交所上市，目前还没有", "st-giant", {"listed": False}),
        ("子公司上市了，我们自己没上", "st-giant", {"listed": False}),
        ("我们有批发业务，但只占收入的20%，主要还是制造", "rd-deduction", {"excluded_industry_share": Fraction(1, 5)}),
        ("前年员工100人，去年涨到了130人", "hnte", {"staff_total": 130}),
        ("我们有20名工程师，员工总计130", "hnte", {"rd_staff": 20, "staff_total": 130}),
        ("研发人员新增了4个，变成16个", "hnte", {"rd_staff": 16}),
        ("算上3个兼职一共43人", "hnte", {"staff_total": 43}),
        ("职工总数2025年末130人，年初110人，平均120人", "hnte", {"staff_total": 120}),
        ("研发人员三年分别是8人、10人、13人", "hnte", {"rd_staff": 13}),
        ("员工数|科技人员数|占比\n100|16|16%", "hnte", {"staff_total": 100, "rd_staff": 16}),
        (
            "我是代理机构，客户2020年9月注册于松江，员工38人",
            "hnte",
            {"registered_place": "songjiang", "registered_on": date(2020, 9, 1), "staff_total": 38},
        ),
        ("我们老板另一家公司是高企，本公司还没申请过", "hnte", {"hnte_status": "never"}),
        ("隔壁厂评上高企了，我们一次都没报过", "hnte", {"hnte_status": "never"}),
        ("我不是没有高企，是证书过期了", "hnte", {"hnte_status": "expired"}),
        ("高企证书年底到期，要重新认定", "hnte", {"hnte_status": "valid"}),
        ("高企证书有效期到2027年11月", "st-giant", {"hnte_certified_on": date(2024, 11, 1), "hnte_status": "valid"}),
        ("没有哪年漏报过火炬统计", "sj-hnte-reward", {"torch_statistics": True}),
    ],
)
def test_who_a_company_is_is_read_of_the_company_as_it_stands(
    rulebook: Rulebook, text: str, programme: str, expected: dict[str, Value]
) -> None:
    told = read(rulebook, text, programme)
    assert {fact: told.get(fact) for fact in expected} == expected


@pytest.mark.parametrize(
    ("text", "programme", "fact"),
    [
        ("个体户能报高企吗？", "hnte", "legal_form"),
        ("外地企业可以在上海申请高企吗", "hnte", "registered_place"),
        ("外区迁入的高企有没有奖励", "sj-hnte-reward", "hnte_recognition"),
        ("如果公司是分公司怎么办", "hnte", "legal_form"),
        ("注册地松江还是闵行我记不清了", "hnte", "registered_place"),
        ("离成立满一年还差两个月", "hnte", "registered_on"),
        ("科技人员占比30%以上能得几分", "tech-sme", "rd_staff_ratio"),
        ("火炬统计不太清楚报没报", "sj-hnte-reward", "torch_statistics"),
        ("我们有3名博士", "hnte", "staff_total"),
    ],
)
def test_what_is_only_asked_supposed_or_open_is_not_read(
    rulebook: Rulebook, text: str, programme: str, fact: str
) -> None:
    assert fact not in read(rulebook, text, programme)
