"""Answers made by hand, for the tests of the evaluation."""

from __future__ import annotations

from datetime import date

from assistant.answer.model import Answer, AnswerStatus, Citation, Verdict
from assistant.documents.model import Clause, Status, Version
from assistant.index.store import StoredClause

DAY = date(2026, 11, 23)


def answer(
    text: str,
    status: AnswerStatus = AnswerStatus.ANSWERED,
    refs: tuple[str, ...] = (),
    verdicts: tuple[Verdict, ...] = (),
) -> Answer:
    """An answer whose citations are numbered from 1; a ref is `policy#clause`."""
    citations = tuple(_citation(number, ref) for number, ref in enumerate(refs, start=1))
    return Answer("问题", DAY, status, text, citations=citations, verdicts=verdicts)


def _citation(marker: int, ref: str) -> Citation:
    policy, clause = ref.split("#")
    version = Version(policy=policy, title=policy, effective=date(2016, 1, 1))
    found = StoredClause(0, version, Clause(clause, clause, (clause,), "条文"))
    return Citation(marker, found, (clause,), "条文", Status.IN_FORCE)
