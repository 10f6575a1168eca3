"""Statements in whatever words: what the tagger hears, what it leaves alone, and how often it is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.heard import is_sure
from assistant.rules.understand.model import Profile, Said
from assistant.rules.understand.needs import facts_of
from assistant.rules.understand.read import read_facts
from assistant.rules.understand.tagger import OPEN, load_tagger, masked, pairs
from training.tagger import FOLDER, HELD_OUT, Tagger, export, read_statements

DAY = date(2026, 11, 30)
MOST_WRONG = 0.05  # of what is heard, on statements by a hand that was not trained on, each beside its opposite
LEAST_HEARD = 0.7


def told(rulebook: Rulebook, text: str, programme: str, earlier: Profile | None = None) -> dict[str, Said]:
    wanted = facts_of(rulebook.programmes[programme], rulebook)
    return {said.fact: said for said in read_facts(text, rulebook.facts, DAY, earlier, wanted=wanted).told}


@pytest.mark.parametrize(
    ("text", "programme", "fact", "value"),
    [
        ("分拣机的识别和抓取动作就是由这几项专利实现的", "hnte", "ip_supports_product", True),
        ("手里那两件实用新型跟现在卖的东西搭不上边", "hnte", "ip_supports_product", False),
        ("厂里这两年平平安安，质量没闯祸，环保也没犯过事", "tech-sme", "serious_incident_2y", False),
        ("科研上没造过假，也没被记过失信", "tech-sme", "research_dishonesty", False),
    ],
)
def test_a_statement_is_heard_in_words_of_its_own(
    rulebook: Rulebook, text: str, programme: str, fact: str, value: bool
) -> None:
    assert told(rulebook, text, programme)[fact].values == (value,)


@pytest.mark.parametrize(
    ("text", "programme", "fact"),
    [
        ("专利要对主要产品起核心支持作用才算吗？", "hnte", "ip_supports_product"),
        ("我们在松江新桥，做传感器，去年卖了3000万", "hnte", "ip_supports_product"),
        ("去年车间出过一次小事故，有人手指受了轻伤", "hnte", "serious_incident_1y"),
        ("客户那边出过安全事故，被罚过", "hnte", "serious_incident_1y"),
    ],
)
def test_what_is_not_stated_is_not_heard(rulebook: Rulebook, text: str, programme: str, fact: str) -> None:
    assert fact not in told(rulebook, text, programme)


def test_what_is_known_already_is_not_touched(rulebook: Rulebook) -> None:
    earlier = Profile(facts=(Said("ip_supports_product", (False,), "没关系"),))
    text = "分拣机的识别和抓取动作就是由这几项专利实现的"
    assert "ip_supports_product" not in told(rulebook, text, "hnte", earlier)


def test_what_is_heard_is_shown_with_the_words(rulebook: Rulebook) -> None:
    said = told(rulebook, "分拣机的识别和抓取动作就是由这几项专利实现的", "hnte")["ip_supports_product"]
    assert said.note is not None and "分拣机的识别和抓取动作" in said.note


def test_numbers_are_masked_and_places_kept() -> None:
    plain, places = masked("研发1,200万，8人")
    assert plain == "研发0万，0人"
    assert [plain[i] for i in range(len(plain)) if places[i] == 9] == ["0"]


def test_the_network_read_with_numpy_is_the_one_that_was_trained(tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = Tagger(characters=4, labels=3).eval()
    export(tmp_path, model, ["a.yes", "a.no", "b.yes"], "有没专利")
    text = "有没有专利"
    rows = torch.tensor([[2, 3, 2, 4, 5]])
    with torch.no_grad():
        wanted = model(rows, torch.tensor([pairs(text)]), torch.ones(1, len(text))).sigmoid().amax(2)[0].numpy()
    found = {f"{tag.topic}.{tag.label}": tag.probability for tag in load_tagger(tmp_path).tags(text)}
    best = max(("a.yes", "a.no"), key=lambda label: wanted[["a.yes", "a.no"].index(label)])
    assert found.keys() == {best, "b.yes"}
    assert np.allclose([found[best], found["b.yes"]], [max(wanted[:2]), wanted[2]], atol=2e-3)


def test_statements_by_another_hand_are_heard_and_hardly_ever_wrongly() -> None:
    tagger = load_tagger()
    made = heard = right = 0
    for statement in read_statements(FOLDER / f"{HELD_OUT}.tsv"):
        made += sum(not label.endswith(OPEN) for label in statement.labels)
        for tag in tagger.tags(statement.text):
            if tag.label != OPEN and is_sure(tag):
                heard += 1
                right += f"{tag.topic}.{tag.label}" in statement.labels
    assert 1 - right / heard <= MOST_WRONG
    assert right / made >= LEAST_HEARD
