"""End a run: build the answer from the state."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.messages import message
from assistant.answer.model import Answer, AnswerStatus, Exchange, Run
from assistant.documents.offices import Office


def office_line(office: Office) -> str:
    """Who to ask, with telephone and address where they are known."""
    phone = f"（电话：{office.phone}）" if office.phone else ""
    url = f"，网址：{office.url}" if office.url else ""
    return message("ask_office", office=office.name, phone=phone, url=url)


def finish(run: Run, status: AnswerStatus, text: str) -> Run:
    """The run with its answer, which says its day and that it was generated; later steps leave a finished run alone.

    A refusal for want of evidence also says where to ask.
    """
    if status is AnswerStatus.REFUSED_NO_EVIDENCE and run.handoff:
        text = f"{text}\n\n{office_line(run.handoff)}"
    if message("label").rstrip("。") not in text:
        text = f"{text}\n\n*{message('as_of', day=run.as_of, digest='')}*"
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
