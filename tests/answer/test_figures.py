"""Figures however they are written, and the way in which they limit."""

from __future__ import annotations

import pytest

from assistant.answer.bounds import Bound
from assistant.answer.carried import carries, unsupported
from assistant.answer.figures import Kind, figures


def only(text: str) -> tuple[Kind, str]:
    (figure,) = figures(text)
    return figure.key


def limits(text: str) -> set[Bound]:
    return set(figures(text)[0].bounds)


@pytest.mark.parametrize(
    ("kind", "value", "writings"),
    [
        (Kind.MONEY, "5000000", "500万元 五百万元 5000000元 5,000,000元 ５００万元 500万 ￥500万元"),
        (Kind.MONEY, "50000000", "0.5亿 五千万元 5千万元 5000万元"),
        (Kind.MONEY, "120000000", "1亿2000万元 1.2亿元"),
        (Kind.MONEY, "3000000美元", "300万美元"),
        (Kind.PERCENT, "5", "百分之五 5% ５％ 50‰"),
        (Kind.PERCENT, "0.5", "千分之五 5‰ 0.5%"),
        (Kind.PERCENT, "0.05", "万分之五 0.05%"),
        (Kind.PERCENT, "60", "六成 60% 百分之六十"),
        (Kind.PERCENT, "50", "一半 减半 50% 二分之一"),
        (Kind.PERCENT, "2/3", "三分之二 2/3"),
        (Kind.PERCENT, "5pp", "5个百分点"),
        (Kind.DATE, "20260131", "2026年1月31日 2026-01-31 2026/1/31 二〇二六年一月三十一日 2026年1月底"),
        (Kind.DATE, "--0531", "5月31日 五月三十一日 5月底"),
        (Kind.DATE, "2024", "2024年 2024年度 二〇二四年"),
        (Kind.DURATION, "3年", "3年 三年 三周年 三个会计年度"),
        (Kind.DURATION, "10工作日", "10个工作日 十个工作日"),
        (Kind.DURATION, "30日", "30日 30天 三十日 30个自然日"),
        (Kind.DURATION, "36个月", "36个月"),
        (Kind.PEOPLE, "500", "500人 五百名 500个人"),
        (Kind.DOCUMENT, "2016-32", "国科发火〔2016〕32号 国科发火[2016]32号 国科发火（2016）32号"),
        (Kind.DOCUMENT, "2023-7", "公告2023年第7号"),
        (Kind.ORDINAL, "11条", "第十一条 第11条"),
        (Kind.COUNT, "20家", "20家 二十家"),
    ],
)
def test_a_figure_has_one_value_however_it_is_written(kind: Kind, value: str, writings: str) -> None:
    assert {only(writing) for writing in writings.split()} == {(kind, value)}


@pytest.mark.parametrize(
    "text", ["一次性给予", "一般", "第三方", "G60科创走廊", "（一）条件", "[1]", "二、程序", "十五五"]
)
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("bound", "wordings"),
    [
        (
            Bound.AT_LEAST,
            "不低于10% 不少于10% 至少10% 10%以上 10%及以上 10%（含）以上 不得低于10% 最低10% 达到10% 不能低于10%",
        ),
        (
            Bound.AT_MOST,
            "不超过10% 不高于10% 最多10% 最高10% 10%以下 10%以内 10%封顶 上限为10% 不得超过10% 没有超过10%",
        ),
        (Bound.MORE_THAN, "超过10% 高于10% 10%（不含）以上 大于10%"),
        (Bound.LESS_THAN, "不足10% 低于10% 不到10% 10%（不含）以下 未达10%"),
        (Bound.EXACTLY, "正好10% 恰好10% 含10%"),
        (Bound.PLAIN, "按10% 10%"),
    ],
)
def test_words_before_and_after_a_figure_limit_it(bound: Bound, wordings: str) -> None:
    assert {wording: limits(wording) for wording in wordings.split()} == {w: {bound} for w in wordings.split()}


def test_the_ends_of_a_range_are_limits_and_share_its_unit() -> None:
    low, high = figures("3至5年")
    assert (low.value, high.value) == ("3年", "5年")
    assert low.bounds == {Bound.AT_LEAST, Bound.MORE_THAN}
    assert high.bounds == {Bound.AT_MOST}
    assert [figure.value for figure in figures("5%–10%")] == ["5", "10"]


@pytest.mark.parametrize(
    ("said", "clause", "right"),
    [
        ("至少10%", "不低于10%", True),
        ("60%以上", "不低于60%", True),
        ("正好10%也可以", "不低于10%", True),
        ("正好10%也可以", "超过10%", False),
        ("超过10%", "不低于10%", False),
        ("最高20万元", "20万元", False),
        ("三年内", "3年", True),
        ("36个月", "3年", False),
        ("12月31日", "12月31日前", True),
        ("12月31日后", "12月31日前", False),
        ("20元", "20万元", False),
        ("20人", "20万元", False),
        ("超过2亿元、不超过5亿元", "2亿元至5亿元", True),
    ],
)
def test_a_clause_carries_a_figure_with_its_value_and_its_bound(said: str, clause: str, right: bool) -> None:
    known = figures(clause)
    assert all(any(carries(figure, other) for other in known) for figure in figures(said)) is right


def test_a_figure_that_only_has_to_be_there_needs_no_bound() -> None:
    assert unsupported("听说是10%", "不低于10%") == []
    assert [figure.text for figure in unsupported("听说是8%", "不低于10%")] == ["8%"]
