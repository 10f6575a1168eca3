"""The page as an enterprise uses it, on a desktop and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.web.texts import texts
from tests.browser.visitor import CITATION, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
QUESTION = "高企认定要满足哪些条件？"
BOTH = pytest.mark.parametrize("width", ["desktop", "phone"])


@BOTH
def test_an_example_is_answered_and_a_follow_up_continues(visit: Visit, address: str, width: str) -> None:
    visitor = visit(address, width)
    visitor.page.click("#chat .example >> nth=1")
    visitor.page.wait_for_selector("#chat button.copy")
    visitor.page.click("#followups button >> nth=0")
    visitor.page.wait_for_function("document.querySelectorAll('#chat [data-testid=\"user\"]').length === 2")
    assert visitor.read()


@BOTH
def test_the_page_fits_its_window_and_fingers(visit: Visit, address: str, width: str) -> None:
    visitor = visit(address, width)
    assert not visitor.scrolls_sideways() and visitor.small_targets() == []
    visitor.ask(QUESTION)
    assert not visitor.scrolls_sideways() and visitor.small_targets() == []
    assert visitor.page.locator("#foot").inner_text() == texts().footnote
    assert visitor.page.locator("#foot").bounding_box()["y"] < visitor.page.viewport_size["height"]  # type: ignore[index]


@BOTH
def test_a_citation_opens_its_clause_with_everything_that_staff_check(visit: Visit, address: str, width: str) -> None:
    visitor = visit(address, width)
    visitor.ask(QUESTION)
    visitor.page.click(f"{CITATION} >> nth=0")
    visitor.page.wait_for_selector("#panel .back")
    shown = visitor.page.inner_text("#panel")
    for part in ("[1]", "《高新技术企业认定管理办法》", "国科发火〔2016〕32号", "第十一条", "2016-01-01", "现行有效"):
        assert part in shown
    assert texts().clause_digest in shown and "来源" in shown
    visitor.page.wait_for_function("document.activeElement.closest('#side') !== null")


def test_on_a_phone_the_clause_is_a_sheet_that_closes_and_gives_the_focus_back(visit: Visit, address: str) -> None:
    visitor = visit(address, "phone")
    visitor.ask(QUESTION)
    assert not visitor.page.is_visible("#panel")
    for close in (lambda: visitor.page.click("#panel .close"), lambda: visitor.page.keyboard.press("Escape")):
        visitor.page.click(f"{CITATION} >> nth=0")
        visitor.page.wait_for_selector("#panel .back")
        close()
        visitor.page.wait_for_selector("#panel", state="hidden")
        visitor.page.wait_for_function("document.activeElement.matches('#chat a[href^=\"#cite-1\"]')")


def test_on_a_desktop_the_way_back_leads_to_all_clauses(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.ask(QUESTION)
    visitor.page.click("#panel .whole >> nth=0")
    visitor.page.click("#panel .back")
    assert visitor.page.inner_text("#panel .panel-title") == texts().panel


def test_the_question_stands_at_the_top_of_a_long_answer(visit: Visit, address: str) -> None:
    visitor = visit(address, "phone")
    for question in (QUESTION, "松江首次认定高企有什么奖励？", QUESTION):
        visitor.ask(question)
    log, last = visitor.page.locator("#chat [role='log']"), visitor.page.locator("#chat [data-testid='user']").last
    assert 0 <= last.bounding_box()["y"] - log.bounding_box()["y"] < 40  # type: ignore[index]


def test_a_new_conversation_forgets_the_old_one(visit: Visit, address: str) -> None:
    visitor = visit(address)
    visitor.ask(QUESTION)
    visitor.page.click("#fresh")
    visitor.page.wait_for_selector("#chat .example")
    assert visitor.page.inner_text("#panel .hint") == texts().panel_empty
    assert visitor.page.is_disabled("#export") and not visitor.page.is_visible("#followups button")


def test_what_is_copied_names_the_clauses_and_the_day(visit: Visit, address: str) -> None:
    visitor = visit(address, permissions=["clipboard-read", "clipboard-write"])
    visitor.ask(QUESTION)
    visitor.page.click("#chat button.copy")
    visitor.page.wait_for_selector(f"#chat button.copy:has-text('{texts().copied}')")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert QUESTION in copied and "《高新技术企业认定管理办法》（国科发火〔2016〕32号）" in copied
    assert "2026-11-23" in copied and "现行有效" in copied and "人工智能" in copied and "**" not in copied


def test_the_conversation_can_be_taken_away(visit: Visit, address: str, tmp_path: Path) -> None:
    visitor = visit(address, accept_downloads=True)
    visitor.ask(QUESTION)
    visitor.ask("今天天气怎么样？")
    with visitor.page.expect_download() as download:
        visitor.page.click("#export")
    file = tmp_path / "conversation.md"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert re.fullmatch(rf"{texts().export_file}-\d{{4}}-\d\d-\d\d\.md", download.value.suggested_filename)
    assert QUESTION in text and "今天天气怎么样？" in text and "第十一条" in text and texts().footnote in text
    label = yaml.safe_load(text.split("---")[1])["AIGC"]
    assert label["Label"] == "1" and label["ContentProducer"] and len(label["ProduceID"]) == 32


HOSTILE = {
    "html": "<script>alert(1)</script><img src=http://evil.example/x.png onerror=alert(2)> 高企条件？",
    "markdown": "# 大标题\n**粗** [点我](http://evil.example) ![x](http://evil.example/x.png) www.evil.example",
    "sql": "'; DROP TABLE clauses; -- SELECT * FROM users",
    "emoji": "😀🎉创新券怎么领？",
    "traditional": "高新技術企業認定需要什麼條件？",
    "long": "我公司从事软件开发，拟申请高企认定。" * 556,
    "contract": "技术开发合同\n甲方：某某公司\n第一条 合同总额120万元。\n第二条 分三期支付。\n能加计扣除吗？",
}


@BOTH
def test_whatever_is_typed_is_answered_and_shown_as_typed(visit: Visit, address: str, width: str) -> None:
    visitor = visit(address, width)
    for name, typed in HOSTILE.items():
        assert visitor.ask(typed), name
        shown = visitor.page.locator("#chat [data-testid='user']").last
        assert re.sub(r"\s", "", shown.inner_text()) == re.sub(r"\s", "", typed), name
        assert not visitor.scrolls_sideways(), name
    assert visitor.page.locator("#chat [data-testid='user'] :is(a, img, script, h1, strong)").count() == 0


def test_an_empty_message_is_answered_kindly(visit: Visit, address: str) -> None:
    visitor = visit(address)
    assert "问题" in visitor.ask("   ")
    assert visitor.page.locator("#chat [data-testid='user']").count() == 0


def test_two_visitors_see_only_their_own_conversation(visit: Visit, address: str) -> None:
    one, other = visit(address), visit(address, "phone")
    one.send("科技创新券一年最多能用多少？")
    other.send(QUESTION)
    assert one.read() and other.read()
    assert "创新券" not in other.page.inner_text("#chat [data-testid='user']")
    assert one.page.locator("#chat [data-testid='user']").count() == 1


def test_the_page_speaks_chinese_whatever_the_browser_speaks(visit: Visit, address: str) -> None:
    visitor = visit(address, locale="en-US")
    visitor.ask(QUESTION)
    assert visitor.page.evaluate("document.documentElement.lang") == "zh-CN"
    english = r"\b(?:Error|Clear|Copy|Select|Gradio|Settings|API|Textbox|Built)\b"
    assert re.findall(english, visitor.page.inner_text("body")) == []
    labels = visitor.page.evaluate(
        "[...document.querySelectorAll('#chat [aria-label], #side[aria-label]')].filter((node) => node.offsetParent)"
        ".map((node) => node.getAttribute('aria-label'))"
    )
    assert labels and not [label for label in labels if re.search(r"[a-z]{4}", label)]
