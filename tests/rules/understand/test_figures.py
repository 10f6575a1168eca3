"""Figures as people write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.rules.understand.figures import FigureKind, find_figures

_WAN = 10**4
MONEY = {
    "4800万": 4800 * _WAN,
    "四千八百万": 4800 * _WAN,
    "0.48亿": 4800 * _WAN,
    "4.8kw": 4800 * _WAN,
    "500w": 500 * _WAN,
    "两个亿": 20000 * _WAN,
    "￥1200000": 120 * _WAN,
    "1,200,000元": 120 * _WAN,
    "60 million RMB": 6000 * _WAN,
    "2亿零5万元": 20005 * _WAN,
    "1亿2千万": 12000 * _WAN,
    "5000.01万": 50000100,
    "-200万": -200 * _WAN,
}


@pytest.mark.parametrize(("text", "yuan"), MONEY.items())
def test_an_amount_is_read_exactly(text: str, yuan: int) -> None:
    (figure,) = find_figures(text)
    assert figure.kind is FigureKind.MONEY
    assert figure.values == (Fraction(yuan),)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("3千多万", 3000, 4000), ("5000多万", 5000, 6000), ("3000到4000万", 3000, 4000), ("三四千万", 3000, 4000)],
)
def test_an_amount_told_roughly_lies_between_two_ends(text: str, low: int, high: int) -> None:
    (figure,) = find_figures(text)
    assert low * _WAN <= figure.low < figure.high <= high * _WAN


@pytest.mark.parametrize(
    ("text", "share"), [("4.8%", "0.048"), ("百分之四点八", "0.048"), ("八成", "0.8"), ("一半", "0.5")]
)
def test_a_share_is_a_part_of_one(text: str, share: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.kind, figure.low) == (FigureKind.PERCENT, Fraction(share))


def test_more_and_less_than_leave_out_the_figure_itself() -> None:
    (more,), (less,) = find_figures("超过8%"), find_figures("不到5%")
    assert more.low > Fraction("0.08")
    assert less.high < Fraction("0.05")


@pytest.mark.parametrize("text", ["第十一条", "二类器械", "195号", "最近一家公司", "几千万"])
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert [figure for figure in find_figures(text) if figure.kind is not FigureKind.BARE] == []


def test_people_and_items_are_told_apart() -> None:
    kinds = [figure.kind for figure in find_figures("60人里8个搞研发，5项发明")]
    assert kinds == [FigureKind.PEOPLE, FigureKind.ITEMS, FigureKind.ITEMS]
