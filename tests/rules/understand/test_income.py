"""Revenue, main revenue, high-tech income and their growth, however they are told."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.values import Value

TODAY = date(2026, 11, 30)
WAN = Fraction(10**4)
_REVENUE = ("revenue_before", "revenue_prev", "revenue_latest", "revenue_3y")
_MAIN = ("main_revenue_before", "main_revenue_prev", "main_revenue_latest", "main_revenue_3y")


def told(rulebook: Rulebook, text: str, programme: str = "hnte") -> dict[str, Value]:
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    reading = read_facts(text, rulebook.facts, TODAY, wanted=wanted)
    return {said.fact: said.values[0] for said in reading.told if said.exact}


def amounts(rulebook: Rulebook, text: str, facts: tuple[str, ...], programme: str = "hnte") -> tuple[object, ...]:
    """The amounts of these facts in 万元, None where none is told."""
    found = told(rulebook, text, programme)
    values = [found.get(fact) for fact in facts]
    return tuple(value / WAN if isinstance(value, Fraction) else None for value in values)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("去年5600万，前年4800万，大前年3900万，这是我们的销售收入", (3900, 4800, 5600, None)),
        ("23年900w，24年1300w，25年1800w的营收", (900, 1300, 1800, None)),
        ("去年做了五千两百万，前年四千三，大前年三千六", (3600, 4300, 5200, None)),
        ("收入从23年的2100涨到25年的3400万", (2100, None, 3400, None)),
        ("营业收入分年：2300万（2023）、2900万（2024）、3600万（2025）", (2300, 2900, 3600, None)),
        ("营收/研发费用：2023年2000万/120万，2024年2400万/150万，2025年3000万/200万", (2000, 2400, 3000, None)),
        ("年份｜营收\n2023｜2100万\n2024｜2600万\n2025｜3400万", (2100, 2600, 3400, None)),
        ("2023年没有收入，2024年260万，2025年980万", (0, 260, 980, None)),
        ("去年收入3700万，前一年3100万，再前一年3500万", (3500, 3100, 3700, None)),
        ("2025、2024年营收都在4000万", (None, 4000, 4000, None)),
        ("前年收入7500万，去年涨了20%", (None, 7500, 9000, None)),
        ("去年收入4500万，比前年少了500万", (None, 5000, 4500, None)),
        ("去年收入3800万，跟前年持平", (None, 3800, 3800, None)),
        ("2025年收入3500万比上年4000万下降了12.5%", (None, 4000, 3500, None)),
        ("2025年营收5200万说错了，应该是5400万", (None, None, 5400, None)),
        ("收入不到五百万，468万", (None, None, 468, None)),
        ("软件收入2000万、硬件收入2600万，合计4600万", (None, None, 4600, None)),
        ("去年收入为人民币叁佰贰拾万元整", (None, None, 320, None)),
        ("三年营收总共1.8亿，平均每年6000万", (None, None, None, 18000)),
        ("母公司去年营收15亿，我们才2600万", (None, None, 2600, None)),
    ],
)
def test_revenue_of_several_years(rulebook: Rulebook, text: str, years: tuple[int | None, ...]) -> None:
    assert amounts(rulebook, text, _REVENUE) == years


@pytest.mark.parametrize(
    ("text", "programme", "years"),
    [
        ("2025年、2024年、2023年主营收入依次为1.6亿、1.25亿、0.98亿", "st-giant", (9800, 12500, 16000, None)),
        ("主营三年合计4.05亿，去年1.6亿", "st-giant", (None, None, 16000, 40500)),
        ("去年主营1.5亿，同比涨25%", "st-giant", (None, 12000, 15000, None)),
        ("主营去年3.2个亿，大前年2.1个亿", "st-giant", (21000, None, 32000, None)),
        ("去年收入1800万，只有40万不是主营", "srdi-sme", (None, None, 1760, None)),
    ],
)
def test_main_revenue_of_several_years(
    rulebook: Rulebook, text: str, programme: str, years: tuple[int | None, ...]
) -> None:
    assert amounts(rulebook, text, _MAIN, programme) == years


def test_revenue_is_main_and_other_revenue_together(rulebook: Rulebook) -> None:
    text = "4950万只是主营，漏了170万的其他业务收入，2025年应该是5120万，三年合计相应是1.2亿"
    assert amounts(rulebook, text, ("main_revenue_latest", *_REVENUE[2:])) == (4950, 5120, 12000)
    text = "主营业务收入9200万元，其他业务收入300万元"
    assert amounts(rulebook, text, ("revenue_latest",), "srdi-giant") == (9500,)


@pytest.mark.parametrize(
    ("text", "programme", "fact", "percent"),
    [
        ("营收2350万，其中主营2290万，占97.4%", "srdi-sme", "main_business_ratio", "97.4"),
        ("高新技术产品收入2900万元，总收入4700万元，占比 61.7%", "hnte", "hightech_ratio", "61.7"),
        ("高新收入超过六成，具体是62.3%", "hnte", "hightech_ratio", "62.3"),
        ("我们的收入九成来自高新产品", "hnte", "hightech_ratio", "90"),
        ("主营复合增长率23%", "st-giant", "main_revenue_growth", "23"),
        ("营收两年复合增长12个点", "srdi-giant", "revenue_growth_2y", "12"),
        ("收入年均下滑3%", "hnte", "sales_growth", "-3"),
        ("去年销售增长了三成", "hnte", "sales_growth", None),
        ("净利润增长率22%", "hnte", "sales_growth", None),
        ("高新产品收入占总收入不低于60%这条是怎么算的？", "hnte", "hightech_ratio", None),
    ],
)
def test_shares_and_growth(rulebook: Rulebook, text: str, programme: str, fact: str, percent: str | None) -> None:
    value = told(rulebook, text, programme).get(fact)
    assert value == (None if percent is None else Fraction(percent) / 100)


@pytest.mark.parametrize(
    "text",
    [
        "2026年1-10月营收5200万",
        "三年平均营收5000万",
        "销售收入小于5000万的企业比例不低于5%",
        "收入在5000万元至2亿元的，比例不低于4%",
        "主营要求连续三年合计1亿元以上",
        "希望三年内做到1个亿",
        "我们客户年营收100亿",
        "去年出口收入900万",
        "获得软件产品销售的退税45万",
        "年份：2023/2024/2025",
    ],
)
def test_figures_of_others_of_rules_and_of_parts_are_no_revenue(rulebook: Rulebook, text: str) -> None:
    reading = read_facts(text, rulebook.facts, TODAY, wanted=facts_of(rulebook.programmes["hnte"], rulebook))
    assert not {said.fact for said in reading.told} & {*_REVENUE, *_MAIN}
