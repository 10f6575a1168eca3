"""Which figures a question takes for granted: those that it says of the rule, never those of the company."""

from __future__ import annotations

import pytest

from assistant.answer.premise import asserted


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("高企证书有效期是五年吧？", "五年"),
        ("听说科小职工人数上限是300人，是吗？", "300人"),
        ("不是说研发费用占比要6%吗？", "6%"),
        ("加计扣除能追溯5年，没错吧？", "5年"),
        ("研发占比必须三年每一年都达标，对吗？", "三年"),
    ],
)
def test_what_is_said_of_the_rule(question: str, figures: str) -> None:
    assert asserted(question) == figures


@pytest.mark.parametrize(
    "question",
    [
        "高企证书管几年？",
        "我们公司成立八年，23年、24年研发占比都是5%，是不是可以报高企？",
        "我们研发占比4.5%，去年收入3000万，没问题吧",
        "科技人员占12%，能报高企吗",
    ],
)
def test_the_figures_of_a_company_are_no_premise(question: str) -> None:
    assert asserted(question) == ""
