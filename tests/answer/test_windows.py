"""Whether one can still file is told from the calendar, before anything else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

AFTER, WITHIN, BEFORE = date(2026, 11, 23), date(2026, 7, 1), date(2026, 5, 20)


@pytest.mark.parametrize("question", ["现在还能报科技型中小企业吗", "科小今年还来得及申报吗？", "现在填科小赶得上吗"])
def test_a_closed_window_is_said_first_and_cited(shipped: Assistant, question: str) -> None:
    answer = shipped.ask(question, as_of=AFTER)
    assert answer.text.startswith("现在已经过了申报时间")
    assert "2026年8月31日" in answer.text.partition("\n")[0]
    assert answer.citations[0].found.version.policy == "cn-tech-sme-2026"


def test_an_open_window_is_said_first(shipped: Assistant) -> None:
    assert shipped.ask("现在还能报科小吗", as_of=WITHIN).text.startswith("现在可以申报")


def test_a_window_of_another_year_says_nothing_of_now(shipped: Assistant) -> None:
    answer = shipped.ask("2024年上海高企认定第六批截止是几号？", as_of=AFTER)
    assert "现在已经过了" not in answer.text
    assert "10月10日" in answer.text


@pytest.mark.parametrize("question", ["科小每年什么时候更新信息？", "科小的评价条件是什么？"])
def test_a_question_about_something_else_gets_no_window(shipped: Assistant, question: str) -> None:
    assert "现在已经过了" not in shipped.ask(question, as_of=AFTER).text


def test_the_nearest_of_several_windows_is_told(shipped: Assistant) -> None:
    first = shipped.ask("上海市专精特新中小企业2026年第一批现在还能申报吗", as_of=AFTER).text.partition("\n")[0]
    assert "3月6日" in first
