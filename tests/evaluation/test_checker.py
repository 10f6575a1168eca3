"""The benchmark of the verification, with floors that only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DocumentError
from assistant.evaluation.checker import KINDS, RIGHT, Judged, false_alarms, in_words, load_pairs, run, scores

RECALL = {"figure": 0.99, "bound": 0.96, "year": 0.99, "negated": 0.90, "other_policy": 0.99, "uncited": 1.0}
FALSE_ALARMS = 0.03
FEWEST_PAIRS = 600
ENTRY = "about: x\nclauses:\n  - {{clause: p#art-1, right: [每年不超过20万元。], figure: [{exchange}]}}\n"


@pytest.fixture(scope="module")
def judged(root: Path) -> tuple[Judged, ...]:
    return run(root / "knowledge")


def test_the_benchmark_is_large_and_has_every_kind_of_error(judged: tuple[Judged, ...]) -> None:
    assert len(judged) >= FEWEST_PAIRS
    assert {one.pair.kind for one in judged} == {RIGHT, *KINDS}


def test_no_sentence_is_judged_twice(judged: tuple[Judged, ...]) -> None:
    written = [(one.pair.kind, one.pair.clause, one.pair.sentence) for one in judged]
    assert len(written) == len(set(written))


def test_errors_are_found(judged: tuple[Judged, ...]) -> None:
    missed = {score.kind: score.recall for score in scores(judged) if score.recall < RECALL[score.kind]}
    assert missed == {}, in_words(judged)


def test_right_sentences_are_left_alone(judged: tuple[Judged, ...]) -> None:
    alarms, right = false_alarms(judged)
    assert alarms <= FALSE_ALARMS * right, in_words(judged)


@pytest.mark.parametrize(
    ("exchange", "policy", "message"),
    [("30万元→50万元", "p", "没有一句含有“30万元”"), ("20万元→30万元", "q", "没有条款")],
)
def test_an_entry_that_fits_no_clause_or_sentence_is_refused(
    tmp_path: Path, exchange: str, policy: str, message: str
) -> None:
    policies = tmp_path / "library" / policy
    policies.mkdir(parents=True)
    (policies / "one.md").write_text("第一条 每家企业每年不超过20万元。\n", encoding="utf-8")
    (tmp_path / "checker").mkdir()
    text = ENTRY.format(exchange=exchange).replace("p#art-1", f"{'one' if policy == 'p' else 'nowhere'}#art-1")
    (tmp_path / "checker" / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=message):
        load_pairs(tmp_path / "library", tmp_path / "checker")
