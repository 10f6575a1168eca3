"""What the page shows while an answer is made, and when it goes wrong, with an assistant that a test directs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer.messages import message
from assistant.web.texts import texts
from tests.browser.visitor import BOT, Visitor
from tests.web.stand_in import StandIn, answer, citation

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
Serve = Callable[[StandIn], str]
TABLE = """**暂不能判断**：还缺一项信息。[1]

| 条件 | 结果 | 您的情况 | 要求 | 依据 |
|---|---|---|---|---|
| 注册满一年 | ✓ | 2019-03-01注册 | 申请时满一年 | [1] |
| 研发费用占销售收入比例（近三年合计） | ✗ | 3.2% | 不低于5%（收入不超过5000万元的企业） | [1] |
| 高品收入占比 | ？ | 未提供 | 不低于60% | [1] |
"""
PATIENCE = 1.0  # seconds until the first word, with browser and server on one busy machine; alone it takes 0.15


@pytest.fixture(scope="module")
def slow(serve: Serve) -> str:
    """An answer in forty pieces over four seconds."""
    return serve(StandIn(answer("整个回答。[1]", citation()), pieces=[f"第{n}句。" for n in range(40)], pause=0.1))


def test_the_first_words_come_at_once_and_the_answer_grows(visit: Visit, slow: str) -> None:
    visitor = visit(slow)
    visitor.send("先热身")
    visitor.read()
    assert visitor.send("券能领多少？") < PATIENCE
    seen = []
    for sentence in ("第2句。", "第20句。"):
        visitor.page.locator(BOT).last.filter(has_text=sentence).wait_for()
        seen.append(visitor.page.locator(BOT).last.inner_text())
    assert len(seen[0]) < len(seen[1]) and visitor.read().startswith("整个回答。")


def test_the_next_question_can_be_typed_while_the_answer_grows(visit: Visit, slow: str) -> None:
    visitor = visit(slow, "phone")
    visitor.send("券能领多少？")
    assert visitor.page.input_value("#question textarea") == ""
    visitor.page.fill("#question textarea", "什么时候申请？")
    visitor.read()
    assert visitor.page.input_value("#question textarea") == "什么时候申请？"


def test_as_soon_as_a_question_can_be_sent_it_is_taken(visit: Visit, serve: Serve) -> None:
    visitor = visit(serve(StandIn(answer("每年不超过20万元。[1]", citation()), rest=1.0)))
    for question in ("券能领多少？", "什么时候申请？"):
        visitor.page.fill("#question textarea", question)
        visitor.page.click("#send")
        visitor.page.wait_for_selector("#stop", state="visible")
        visitor.page.wait_for_selector("#send", state="visible")
    asked = visitor.page.locator("#chat [data-testid='user']")
    assert asked.all_inner_texts() == ["券能领多少？", "什么时候申请？"]


def test_stopping_keeps_what_was_said_and_says_that_it_is_not_whole(visit: Visit, slow: str) -> None:
    visitor = visit(slow, "phone")
    visitor.send("券能领多少？")
    visitor.page.wait_for_selector(f"{BOT}:has-text('第3句。')")
    visitor.page.click("#stop")
    visitor.page.wait_for_selector("#chat .stopped")
    visitor.page.wait_for_timeout(600)
    shown = visitor.page.locator(BOT).last.inner_text()
    assert "第3句。" in shown and texts().stopped in shown and "第30句。" not in shown
    assert visitor.page.is_visible("#send") and not visitor.page.is_visible("#stop")


def test_a_new_conversation_can_be_started_in_the_middle_of_an_answer(visit: Visit, slow: str) -> None:
    visitor = visit(slow)
    visitor.send("券能领多少？")
    visitor.page.wait_for_selector(f"{BOT}:has-text('第3句。')")
    visitor.page.click("#fresh")
    visitor.page.wait_for_selector("#chat .example")
    visitor.page.wait_for_timeout(600)
    assert visitor.page.locator(BOT).count() == 0 and visitor.page.is_visible("#send")


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_of_criteria_is_legible(visit: Visit, serve: Serve, width: str, scheme: str) -> None:
    visitor = visit(serve(StandIn(answer(TABLE, citation()))), width, color_scheme=scheme)
    visitor.ask("我们符合吗？")
    assert visitor.page.locator(f"{BOT} td").count() == 15 and not visitor.scrolls_sideways()
    cell = visitor.page.locator(f"{BOT} td").first
    assert contrast(visitor, cell_selector=f"{BOT} td") >= 4.5
    assert cell.bounding_box()["width"] >= 40  # type: ignore[index]


def contrast(visitor: Visitor, cell_selector: str) -> float:
    """Of a text against the first background behind it that is not transparent (WCAG 2)."""
    ratio: float = visitor.page.evaluate(
        """(selector) => {
            const luminance = (rgb) => rgb.slice(0, 3).map((v) => v / 255)
                .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const colour = (text) => text.match(/[\\d.]+/g).map(Number);
            const node = document.querySelector(selector);
            let behind = node, ground = [0, 0, 0, 0];
            while (behind && (ground.length > 3 && ground[3] === 0)) {
                ground = colour(getComputedStyle(behind).backgroundColor);
                behind = behind.parentElement;
            }
            const [light, dark] = [luminance(colour(getComputedStyle(node).color)), luminance(ground)].sort().reverse();
            return (light + 0.05) / (dark + 0.05);
        }""",
        cell_selector,
    )
    return ratio


def test_a_server_fault_is_told_in_the_fixed_sentence(visit: Visit, serve: Serve) -> None:
    visitor = visit(serve(StandIn(answer("…"), fault=RuntimeError("secret path"))))
    assert visitor.ask("券能领多少？") == message("error_internal")
    assert "secret path" not in visitor.page.content()


def test_a_lost_connection_is_told_in_chinese(visit: Visit, slow: str) -> None:
    visitor = visit(slow, locale="en-US")
    visitor.page.context.set_offline(True)
    visitor.page.fill("#question textarea", "券能领多少？")
    visitor.page.click("#send")
    visitor.page.wait_for_selector(f"text={texts().trouble_text}")
    assert visitor.page.input_value("#question textarea") == "券能领多少？"


def test_a_clause_that_is_gone_says_so(visit: Visit, serve: Serve) -> None:
    visitor = visit(serve(StandIn(answer("每年不超过20万元。[1]", citation()))))
    visitor.ask("券能领多少？")
    visitor.page.click("#panel .whole")
    visitor.page.wait_for_selector(f"text={texts().panel_gone}")
