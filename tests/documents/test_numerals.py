"""Ordinals of clauses, in Chinese and in Arabic figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.numerals import chinese, ordinal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("一百零三", 103),
        ("一百一十", 110),
        ("一千二百六十", 1260),
        ("一〇三", 103),
        ("二〇", 20),
        ("两", 2),
        ("21", 21),
        ("２１", 21),
        ("二 十 一", 21),
    ],
)
def test_an_ordinal_is_understood(text: str, number: int) -> None:
    assert ordinal(text) == number


@pytest.mark.parametrize("text", ["", "条", "二十一条", "a", "一万"])
def test_what_is_none_is_none(text: str) -> None:
    assert ordinal(text) is None


@given(st.integers(1, 9999))
def test_writing_and_reading_agree(number: int) -> None:
    assert ordinal(chinese(number)) == number


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_only_ordinals_of_documents_are_written(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese(number)
