"""End a run: build the answer from the state."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.messages import message
from assistant.answer.model import Answer, AnswerStatus, Exchange, Run


def finish(run: Run, status: AnswerStatus, text: str) -> Run:
    """The run with its answer, which says that it was generated; later steps leave a finished run alone."""
    if message("label").rstrip("。") not in text:
        text = f"{text}\n\n*{message('label')}*"
    exchange = Exchange(
        question=run.question,
        standalone=run.standalone or run.question,
        terms=run.terms,
        policies=tuple(dict.fromkeys(c.found.version.key for c in run.citations)),
        refs=tuple(c.found.ref for c in run.citations),
        profile=run.profile,
    )
    answer = Answer(
        question=run.question,
        as_of=run.as_of,
        status=status,
        text=text,
        mode=run.mode,
        citations=run.citations,
        verdicts=run.verdicts,
        followups=run.followups,
        handoff=run.handoff,
        exchange=exchange,
    )
    return replace(run, status=status, answer=answer)
