"""What is copied or exported stands on its own: question, answer, clauses, day, and who wrote it."""

from __future__ import annotations

from assistant.web.record import record
from assistant.web.texts import texts
from tests.web.stand_in import DAY, answer, citation


def test_a_record_names_each_clause_with_its_status_on_the_day() -> None:
    text = record(answer("每年不超过20万元。[1]", citation()))
    assert "券能领多少？" in text and "每年不超过20万元。[1]" in text
    assert "- [1] 《创新券管理办法》（松科委规〔2025〕1号）第一章 总则 第二条：现行有效" in text
    assert texts().clause_digest in text and "https://www.example.gov.cn/policy" in text
    assert str(DAY) in text


def test_a_record_always_says_the_day_and_that_it_was_generated_once() -> None:
    closing = f"截至{DAY}的库内资料。本回答由人工智能自动生成。"
    assert texts().footnote in record(answer("没有找到。"))
    assert record(answer(f"没有找到。\n\n*{closing}*")).count(str(DAY)) == 1
