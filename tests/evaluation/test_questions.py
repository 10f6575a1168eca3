"""Questions as people type them, judged like the suites."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.documents.strict_yaml import read_file
from assistant.evaluation.cases import Case, SuiteFile
from assistant.evaluation.judge import judge

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant

FILES = [read_file(path, SuiteFile) for path in sorted(Path(__file__).with_name("questions").glob("*.yaml"))]
CASES = [(case.as_of or file.as_of, case) for file in FILES for case in file.cases]


@pytest.mark.parametrize(("day", "case"), CASES, ids=[case.id for _, case in CASES])
def test_a_question_is_answered_rightly(day: date, case: Case, shipped: Assistant) -> None:
    answer = shipped.converse(case.turns, as_of=day)
    assert judge(case, answer) == (), answer.text
