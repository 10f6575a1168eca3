"""A line break is taken out without losing a character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.formats.paragraphs import join, squeeze

_TEXT = st.text(alphabet="第一条企业可以申领 AI 2026,.%〔〕（）。，", max_size=30)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("before", "after", "together"),
    [
        ("给予一次性", "奖励。", "给予一次性奖励。"),
        ("不超过20", "万元", "不超过20万元"),
        ("an open", "innovation", "an open innovation"),
        ("共计20", "26年", "共计2026年"),
        ("沪科规", "〔2025〕3号", "沪科规〔2025〕3号"),
        ("", "第一条", "第一条"),
    ],
)
def test_a_space_is_put_between_latin_words_only(before: str, after: str, together: str) -> None:
    assert join(before, after) == together


@given(_TEXT, _TEXT)
def test_joining_loses_no_character(before: str, after: str) -> None:
    assert bare(join(before, after)) == bare(before + after)


@given(_TEXT)
def test_squeezing_loses_no_character_and_is_done_once(text: str) -> None:
    assert bare(squeeze(text)) == bare(text)
    assert squeeze(squeeze(text)) == squeeze(text)
