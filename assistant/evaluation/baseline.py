"""What anybody could have built: the clause that BM25 ranks first for the last turn, quoted whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from assistant.answer.model import Answer, AnswerStatus, Citation

if TYPE_CHECKING:
    from assistant.index.snapshot import Snapshot


class Respondent(Protocol):
    """Whoever can be asked the cases."""

    def converse(self, turns: Sequence[str], as_of: date | None = None) -> Answer:
        """The answer to the last turn."""


class FirstClause:
    """Quotes the clause that BM25 ranks first; knows no status, no history and no refusal but finding nothing."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def converse(self, turns: Sequence[str], as_of: date | None = None) -> Answer:
        """The answer to the last turn.

        Raises:
            ValueError: no day is given.
        """
        if as_of is None:
            raise ValueError("the day of the question is needed")
        scores = self._snapshot.lexical.scores(turns[-1])
        best = int(scores.argmax())
        if not scores[best]:
            return Answer(turns[-1], as_of, AnswerStatus.REFUSED_NO_EVIDENCE, "")
        (found,) = self._snapshot.store.get([best])
        clause = found.clause
        citation = Citation(1, found, clause.path, clause.text, found.version.status(as_of))
        return Answer(turns[-1], as_of, AnswerStatus.ANSWERED, f"{clause.text}[1]", citations=(citation,))
