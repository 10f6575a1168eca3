"""Step 6: figures and quotations must stand in the clauses cited; then the answer is put together.

A language model's sentences have been compared claim by claim before they were shown (`wording`).
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.claims import unfounded
from assistant.answer.compose import is_digest, mind
from assistant.answer.finish import finish, office_line
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Event, EventKind, Mode, Run
from assistant.answer.services import Services


def verify(run: Run, services: Services) -> Run:
    """Drop statements that their clauses do not carry; an answer without grounds becomes a refusal."""
    kept = [statement for statement in run.statements if unfounded(statement, run) is None]
    if not kept or (run.citations and not any(s.markers for s in kept) and run.status is AnswerStatus.ANSWERED):
        run = replace(run, citations=(), mode=Mode.EXTRACTIVE, handoff=services.offices.default())
        return finish(run, AnswerStatus.REFUSED_NO_EVIDENCE, message("no_evidence"))
    used = {marker for statement in kept for marker in statement.markers}
    run = replace(run, statements=tuple(kept), citations=tuple(c for c in run.citations if c.marker in used))
    text = render(run)
    run.emit(Event(EventKind.REPLACE, text))
    return finish(run, run.status, text)


def render(run: Run) -> str:
    """The answer as Markdown."""
    blocks = [s.text + "".join(f"[{m}]" for m in s.markers) for s in run.statements]
    if lines := mind(run):
        blocks.append(message("mind") + "\n" + "\n".join(f"- {line}" for line in lines))
    if run.handoff:
        blocks.append(office_line(run.handoff))
    digest = message("digest") if is_digest(run) else ""
    blocks.append(f"*{message('as_of', day=run.as_of, digest=digest)}*")
    return "\n\n".join(blocks)
