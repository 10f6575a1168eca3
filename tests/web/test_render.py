"""Markdown for the conversation: markers become links, and nothing that was typed or quoted becomes markup."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from assistant.web.render import answer_markdown, harmless_markdown, stopped_markdown, user_markdown, working_markdown
from assistant.web.texts import texts
from tests.web.stand_in import TEXT, answer, citation


def test_a_marker_opens_its_clause_and_tells_which_passage_to_mark() -> None:
    shown = answer_markdown(answer("每年不超过20万元。[1]", citation()), number=0)
    target = unquote(shown.split("#cite-")[1].split(")")[0])
    marker, start, end, ref = target.split(":", 3)
    assert (marker, ref) == ("1", "sj-vouchers@2025-01-01#art-2")
    assert TEXT[int(start) : int(end)] == "每年不超过20万元"


def test_a_marker_without_a_citation_stays_text() -> None:
    assert answer_markdown(answer("见[7]"), number=0) == "见[7]"


def test_an_answer_with_clauses_can_be_copied_by_its_number() -> None:
    assert "<button class='copy copy-3'>" in answer_markdown(answer("有。[1]", citation()), number=3)
    assert "<button" not in answer_markdown(answer("没有找到。"), number=3)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=http://evil.example/x onerror=alert(1)>",
        "![x](http://evil.example/x.png)",
        "[请点这里](http://evil.example)",
        "[1]: http://evil.example",
        "[x](javascript:alert(1))",
    ],
)
def test_what_a_document_or_a_model_says_cannot_become_html_an_image_or_a_disguised_link(hostile: str) -> None:
    safe = harmless_markdown(hostile)
    assert "<" not in safe
    assert not [part for part in safe.split("](")[1:] if not part.startswith("http://evil.example")]
    assert "[请点这里](" not in safe and "![x](" not in safe and "[1]:" not in safe


def test_a_bare_address_ends_before_the_chinese_full_stop() -> None:
    assert harmless_markdown("网址：https://www.example.gov.cn/a?b=1。") == (
        "网址：[https://www.example.gov.cn/a?b=1](https://www.example.gov.cn/a?b=1)。"
    )


def test_tables_and_lists_stay_markdown() -> None:
    table = "| 条件 | 结果 |\n|---|---|\n| 注册满一年 | ✓ |\n\n- **要点**"
    assert harmless_markdown(table) == table


def test_a_question_is_shown_as_typed() -> None:
    typed = "<b>*高企*</b>\n# [a](http://b.c) x@y.z"
    assert user_markdown(typed) == r"&lt;b&gt;\*高企\*&lt;/b&gt;<br>\# \[a\]\(http\://b\.c\) x\@y\.z"


def test_a_stopped_answer_says_that_it_is_not_whole() -> None:
    assert stopped_markdown("前半句").startswith("前半句\n\n")
    assert texts().stopped in stopped_markdown("前半句")


def test_an_answer_stopped_before_its_first_word_leaves_no_step_behind() -> None:
    assert "查找条款" not in stopped_markdown(working_markdown("查找条款"))
