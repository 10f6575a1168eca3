"""BM25 over clauses: every clause by its best part."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.index.keys import LexicalRow
from assistant.index.lexical import LexicalIndex

ROWS = [
    LexicalRow(0, "创新券管理办法", "第一条 企业可以申领创新券。"),
    LexicalRow(1, "创新券管理办法", "第二条 每家企业每年不超过20万元。"),
    LexicalRow(2, "孵化器奖励办法", "第一条 孵化器每年评价一次。"),
    LexicalRow(2, "孵化器奖励办法", "（一）毕业企业的数量，量子计算企业另计"),
]
SIZE = 3


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical") / "lexical"
    LexicalIndex.build(ROWS, SIZE).save(folder)
    return LexicalIndex.open(folder, SIZE)


@pytest.mark.parametrize(
    ("query", "best"), [("申领创新券", 0), ("每年不超过20万", 1), ("孵化器评价", 2), ("量子计算", 2), ("量子", 2)]
)
def test_the_clause_that_says_it_scores_best(index: LexicalIndex, query: str, best: int) -> None:
    assert int(np.argmax(index.scores(query))) == best


def test_a_clause_scores_as_its_best_part(index: LexicalIndex) -> None:
    scores = index.scores("量子计算")
    assert scores[2] > 0
    assert not scores[:2].any()


@pytest.mark.parametrize("query", ["", "？！", "😀", "zzzz"])
def test_what_is_unknown_scores_nothing(index: LexicalIndex, query: str) -> None:
    scores = index.scores(query)
    assert scores.shape == (SIZE,)
    assert not scores.any()


def test_saved_and_opened_it_scores_the_same(index: LexicalIndex) -> None:
    assert np.array_equal(index.scores("企业每年"), LexicalIndex.build(ROWS, SIZE).scores("企业每年"))


def test_an_empty_library_scores_nothing(tmp_path: Path) -> None:
    LexicalIndex.build([], 0).save(tmp_path / "lexical")
    assert LexicalIndex.open(tmp_path / "lexical", 0).scores("创新券").shape == (0,)
