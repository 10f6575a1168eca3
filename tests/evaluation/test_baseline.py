"""The baseline beside which the assistant is measured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from assistant.answer.model import AnswerStatus
from assistant.evaluation.baseline import FirstClause
from assistant.index.snapshot import Snapshots
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.build import BuildReport
    from assistant.index.embedding import PolicyEmbeddings

DAY = date(2026, 11, 23)


@pytest.fixture
def baseline(publish: Callable[[], BuildReport], settings: Settings, embedding: PolicyEmbeddings) -> FirstClause:
    publish()
    return FirstClause(Snapshots(settings).open(embedding))


def test_the_first_clause_is_quoted_and_cited(baseline: FirstClause) -> None:
    answer = baseline.converse(["你好", "优秀的孵化器奖励多少"], as_of=DAY)
    assert answer.status is AnswerStatus.ANSWERED
    assert "30万元" in answer.text
    assert [citation.found.version.policy for citation in answer.citations] == ["sj-incubators"]


def test_what_shares_no_word_with_any_clause_is_refused(baseline: FirstClause) -> None:
    assert baseline.converse(["zzz"], as_of=DAY).status is AnswerStatus.REFUSED_NO_EVIDENCE
