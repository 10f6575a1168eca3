"""The suites, run whole without a language model; a floor only rises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.evaluation.cases import Suite, load_floors, load_suites
from assistant.evaluation.report import in_words, run_suite

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

pytestmark = pytest.mark.slow
FLOORS = load_floors()


@pytest.mark.parametrize("suite", load_suites(), ids=lambda suite: suite.name)
def test_a_suite_reaches_its_floor(suite: Suite, shipped: Assistant) -> None:
    result = run_suite(shipped, suite)
    assert result.right >= FLOORS[suite.name], in_words([result], {})
