"""The panel shows everything that staff check about a clause, harmlessly."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from assistant.answer.chain import Assistant
from assistant.answer.services import Services
from assistant.documents.model import Status, TextKind
from assistant.web.panel import citations_panel, clause_panel, empty_panel
from assistant.web.render import cite_target
from assistant.web.texts import texts
from tests.web.stand_in import answer, citation


def test_a_card_has_title_number_path_dates_status_kind_and_source() -> None:
    shown = citations_panel(answer("有。[1]", citation(expires=date(2027, 12, 31), checked=date(2026, 11, 1))))
    for part in ("《创新券管理办法》", "松科委规〔2025〕1号", "第一章 总则 › 第二条"):
        assert part in shown
    assert re.findall(r"<dd>(\d{4}-\d\d-\d\d)</dd>", shown) == ["2025-01-01", "2027-12-31", "2026-11-01"]
    assert "现行有效" in shown and texts().clause_digest in shown and "松江区科委" in shown
    assert "href='https://www.example.gov.cn/policy'" in shown


def test_an_official_text_is_not_called_a_digest() -> None:
    shown = citations_panel(answer("有。[1]", citation(text_kind=TextKind.OFFICIAL)))
    assert texts().clause_official in shown and texts().clause_digest not in shown


def test_an_expired_clause_says_so() -> None:
    assert "已到期" in citations_panel(answer("有。[1]", replace(citation(), status=Status.EXPIRED)))


def test_an_answer_without_clauses_leaves_the_hint() -> None:
    assert citations_panel(answer("没有找到。")) == empty_panel()


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x", "' onclick='alert(1)"])
def test_only_web_addresses_become_links(source: str) -> None:
    shown = citations_panel(answer("有。[1]", citation(source=source)))
    assert "class='source'" not in shown and "alert" not in shown


def test_what_documents_say_is_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    shown = citations_panel(
        answer(
            "有。[1]",
            citation(title=hostile, number=hostile, issuers=(hostile,), caution=hostile, text=hostile, quote=hostile),
        )
    )
    assert "<script" not in shown and shown.count("&lt;script&gt;") == 5


def test_a_link_opens_the_whole_clause_with_the_passage_marked(shipped: Assistant) -> None:
    cited = shipped.ask("高企认定要满足哪些条件？").citations[0]
    shown = clause_panel(unquote(cite_target(cited)), shipped.services())
    whole = re.sub(r"<[^>]+>", "", shown.replace("<br>", "\n"))
    assert cited.found.clause.text in whole
    assert f"[{cited.marker}]" in shown and f"《{cited.found.version.title}》" in shown
    if len(cited.quote) < len(cited.found.clause.text):
        assert f"<mark>{cited.quote}</mark>" in shown.replace("<br>", "\n")


@pytest.mark.parametrize(
    "target", ["", "<b>", "1:0:0:no-such@2020-01-01#art-1", "x:y:z:cn-hnte-measures@2016-01-01#art-11"]
)
def test_a_link_to_nothing_says_that_the_clause_is_gone(target: str, shipped: Assistant) -> None:
    services: Services = shipped.services()
    shown = clause_panel(target, services)
    assert texts().panel_gone in shown and "<b>" not in shown
