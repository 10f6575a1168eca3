"""How a run of the suites is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answer.model import Answer
from assistant.errors import SettingError
from assistant.evaluation.cases import Suite
from assistant.evaluation.report import below_floor, in_words, run_eval, run_suite
from assistant.settings import Settings
from tests.evaluation.answers import answer

SUITE = Suite.model_validate(
    {
        "name": "small",
        "about": "two cases",
        "as_of": "2026-11-23",
        "cases": [
            {"id": "small-right", "turns": ["几年有效？"], "status": ["answered"], "must": ["三年"]},
            {
                "id": "small-wrong",
                "turns": ["你好", "几人？"],
                "status": ["answered"],
                "must": ["500人"],
                "as_of": "2024-01-02",
            },
        ],
    }
)


class Parrot:
    """Answers every conversation alike and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], date | None]] = []

    def converse(self, turns: Sequence[str], as_of: date | None = None) -> Answer:
        self.asked.append((tuple(turns), as_of))
        return answer("三年有效")


def test_a_case_is_asked_with_all_its_turns_on_its_own_day() -> None:
    parrot = Parrot()
    run_suite(parrot, SUITE)
    assert parrot.asked == [(("几年有效？",), date(2026, 11, 23)), (("你好", "几人？"), date(2024, 1, 2))]


def test_the_report_counts_and_names_every_wrong_answer_with_its_reason() -> None:
    result = run_suite(Parrot(), SUITE)
    text = in_words([result], {})
    assert "| small | 1 | 2 | 50.0 | 0.0 |" in text
    assert "small-wrong「几人？」缺少：500人" in text
    assert "small-right" not in text
    assert result.as_json()["wrong"][0]["reasons"] == ["缺少：500人"]


@pytest.mark.parametrize(("floor", "told"), [(1, {}), (2, {"small": 2})])
def test_a_suite_below_its_floor_is_told(floor: int, told: dict[str, int]) -> None:
    result = run_suite(Parrot(), SUITE)
    assert below_floor([result], {"small": floor}) == told


def test_the_statute_benchmark_asks_for_its_folder() -> None:
    with pytest.raises(SettingError, match="--statutes"):
        run_eval(Settings(), suite="statutes")
