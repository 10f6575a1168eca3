"""Lets the language model word the answer. A sentence is shown only once it is verified; one that its clauses do not
carry gives way to the words of the clause. When the model fails, the quoted answer stands and the user is told."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from itertools import takewhile

from assistant.answer.claims import unfounded
from assistant.answer.draft import enough, leaks, prompt, statements
from assistant.answer.language_model import Writer
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Event, EventKind, Mode, Run, Statement
from assistant.answer.passages import shorten
from assistant.answer.services import Services
from assistant.answer.streaming import AnswerStopped
from assistant.errors import LanguageModelError

log = logging.getLogger(__name__)
MOST = 10  # sentences that are shown; the prompt asks for eight
QUOTED = 200  # characters of the quotation that takes a sentence's place


@dataclass
class _Draft:
    """What has been shown of the answer, and whether anything was put aside."""

    run: Run
    services: Services
    shown: list[Statement] = field(default_factory=list)
    kept: int = 0
    dropped: int = 0

    def take(self, statement: Statement) -> None:
        """Show a sentence if its clauses carry it, else the words of the first clause that it cites, once."""
        if self.kept + self.dropped >= MOST or statement in self.shown:
            return
        wrong = not statement.markers or leaks(statement) or unfounded(statement, self.run, self.services.glossary)
        if not wrong:
            self.kept += 1
            self._show(statement)
            return
        log.info("a sentence was put aside (%s): %s", wrong, statement.text)
        self.dropped += 1
        for citation in self.run.citations:
            if citation.marker in statement.markers[:1]:
                text = message("llm_quoted", quote=shorten(citation.quote, QUOTED))
                if (quoted := Statement(text, (citation.marker,))) not in self.shown:
                    self._show(quoted)

    def _show(self, statement: Statement) -> None:
        self.shown.append(statement)
        marks = "".join(f"[{marker}]" for marker in statement.markers)
        self.run.emit(Event(EventKind.TEXT, f"{statement.text}{marks}\n\n"))


def write(run: Run, services: Services) -> Run:
    """The run worded by the model, in mode LLM; the run as it is, with a note, where the model fails or is left alone."""
    writer = services.writer
    assert writer is not None
    if not writer.breaker.admits():
        return _quoted(run, "llm_failed")
    draft = _Draft(run, services)
    try:
        complete = _fill(draft, writer)
    except LanguageModelError as error:
        if not isinstance(error, AnswerStopped):
            writer.breaker.failed()
            log.warning("language model failed: %s", error)
        return _quoted(run, "llm_failed")
    writer.breaker.succeeded()
    if not draft.kept:
        return _quoted(run, "llm_nothing" if complete else "llm_insufficient")
    return _worded(draft, complete)


def _fill(draft: _Draft, writer: Writer) -> bool:
    """Take the model's sentences until its last line; returns what that says of the clauses.

    Raises:
        LanguageModelError: the model fails, or ends without its last line.
    """
    request = prompt(draft.run, writer.context)
    issued = frozenset(citation.marker for citation in draft.run.citations)
    for line in writer.lines(request.system, request.question, draft.run.stopped):
        if (complete := enough(line)) is not None:
            return complete
        for statement in statements(line, issued):
            draft.take(statement)
    raise LanguageModelError("the answer has no last line, so that it may have been cut off")


def _worded(draft: _Draft, complete: bool) -> Run:
    """What the quoted answer puts first (a wrong premise), the sentences, their grounds and notes on what is missing."""
    run = draft.run
    used = {marker for statement in draft.shown for marker in statement.markers}
    first = takewhile(lambda statement: not statement.markers, run.statements)
    lead = message("grounds", where="", tags="")
    grounds = [s for s in run.statements if s.text.startswith(lead) and used.intersection(s.markers)]
    notes = [Statement(message("llm_dropped"))] * bool(draft.dropped)
    notes += [Statement(message("llm_incomplete"))] * (not complete)
    status = run.status if complete else AnswerStatus.PARTIAL
    return replace(run, mode=Mode.LLM, status=status, statements=(*first, *draft.shown, *grounds, *notes))


def _quoted(run: Run, note: str) -> Run:
    run.emit(Event(EventKind.REPLACE, ""))
    return replace(run, statements=(Statement(message(note)), *run.statements))
