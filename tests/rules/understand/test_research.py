"""Research costs, rights, results and transfers as strangers tell of them: parts of wholes, corrections, denials, others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts

DAY = date(2026, 11, 30)
WAN = 10_000


def told(rulebook: Rulebook, text: str, programme: str, about: str) -> dict[str, object]:
    """The first value of the facts that are told and not only supposed, of those whose name begins so."""
    reading = read_facts(text, rulebook.facts, DAY, wanted=facts_of(rulebook.programmes[programme], rulebook))
    supposed = {said.fact for said in reading.supposed}
    said = [said for said in reading.facts if said.fact not in supposed and said.fact.startswith(tuple(about.split()))]
    return {one.fact: one.values[0] for one in said}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("发明5件，其中2件在老板个人名下", {"patents_invention": 3}),
        ("发明专利7件，4件已授权，有3件在审", {"patents_invention": 4}),
        ("实用新型12件，有3件没缴年费失效了", {"patents_utility": 9}),
        ("发明专利都还在审，没有授权的", {"patents_invention": 0}),
        ("去年申请的3个软著还没下来，之前有4个", {"software_copyrights": 4}),
        ("实用新型去年转让出去2件，手上还有7件", {"patents_utility": 7}),
        ("不是没有软著，有五个呢", {"software_copyrights": 5}),
        ("我们一个发明都拿不出来", {"patents_invention": 0}),
        ("没有哪个软著是买的", {}),
        ("同行那家有8个发明，我们才1个", {"patents_invention": 1}),
        ("计划明年再申10个软著，现在有4个", {"software_copyrights": 4}),
        ("商标3个，作品著作权2个", {}),
        ("多少个实用新型能抵一个发明？", {}),
    ],
)
def test_only_rights_that_count_are_counted(rulebook: Rulebook, text: str, counts: dict[str, int]) -> None:
    assert told(rulebook, text, "hnte", "patents software") == counts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("三年研发一千二百万，不不，一千五百万", {"rd_expense_3y": 1500}),
        ("去年研发大概一百五六十万", {"rd_expense_latest": 150}),
        ("今年预计研发投入900万，去年是640万", {"rd_expense_latest": 640}),
        ("去年研发440万，前年少70万", {"rd_expense_latest": 440, "rd_expense_prev": 370}),
        ("研发费 2023:120 2024:150（万）", {"rd_expense_before": 120, "rd_expense_prev": 150}),
        ("研发投入\n- 2025：410万\n- 2024：350万", {"rd_expense_latest": 410, "rd_expense_prev": 350}),
        ("研发费900万，境外委托300万，都是三年合计", {"rd_expense_3y": 900}),
        ("研发费用里有30万差旅费", {}),
    ],
)
def test_research_costs_of_the_year_that_is_meant(rulebook: Rulebook, text: str, amounts: dict[str, int]) -> None:
    assert told(rulebook, text, "hnte", "rd_expense") == {fact: n * WAN for fact, n in amounts.items()}


@pytest.mark.parametrize(
    ("text", "programme", "facts"),
    [
        ("以前核定，去年开始改成查账了", "rd-deduction", {"tax_collection": "audited"}),
        ("不是核定征收", "rd-deduction", {"tax_collection": "audited"}),
        ("如果改成查账征收是不是就能享受了？", "rd-deduction", {}),
        ("标准？没参与过", "hnte", {"standards_led": False}),
        ("我们没有一件专利不是自研的", "hnte", {"ip_own_development": True}),
        ("专利最好是自主研发的对吧", "hnte", {}),
        ("检测报告明年出", "gaozhuan", {}),
        ("三年转化了二十个项目，不过有两个是重复的，只能算18个", "hnte", {"conversions_per_year": 6}),
        ("境外研发的比例是20%", "hnte", {"rd_domestic_ratio": Fraction(4, 5)}),
        ("技术转让亏损15万", "tech-transfer", {"transfer_income": -15 * WAN}),
        ("技术转让所得500万以内免税对吗", "tech-transfer", {}),
    ],
)
def test_what_is_so_is_told_from_what_was_or_may_be(
    rulebook: Rulebook, text: str, programme: str, facts: dict[str, object]
) -> None:
    about = "tax_ standards_ ip_own project_test conversions rd_ transfer"
    assert told(rulebook, text, programme, about) == facts
