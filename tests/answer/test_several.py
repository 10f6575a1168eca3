"""Several questions in one message: which are told apart, and which stay one."""

from __future__ import annotations

import pytest

from assistant.answer.several import split

SUBJECTS = ("高企", "科小", "创新券", "加计")


def parts(message: str) -> tuple[str, ...]:
    return split(message, lambda sentence: any(subject in sentence for subject in SUBJECTS))


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("高企证书管几年？科小呢？", ("高企证书管几年？", "科小呢？")),
        ("高企公示几天？公示之后谁来发证", ("高企公示几天？", "公示之后谁来发证")),
        ("今年建几个站？建成给钱吗", ("今年建几个站？", "建成给钱吗")),
        ("请问两件事：一是高企管几年，二是科小上限多少人？", ("高企管几年？", "科小上限多少人？")),
    ],
)
def test_each_question_is_told_apart(message: str, questions: tuple[str, ...]) -> None:
    assert parts(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "高企证书管几年？",
        "创新券怎么领？谢谢",
        "加计比例是100%？对吧？",
        "创新券能抵一半？可以吗？",
        "高企要什么材料？我们在松江。",
        "做大做强一是靠研发二是靠市场，有什么政策？",
    ],
)
def test_what_asks_nothing_of_its_own_stays_with_the_question(message: str) -> None:
    assert parts(message) == (message,)
