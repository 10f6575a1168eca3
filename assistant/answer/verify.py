"""Step 6: every figure in a sentence must stand in a clause that the sentence cites; then the answer is put together."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.compose import is_digest, mind
from assistant.answer.figures import unsupported
from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Event, EventKind, Run, Statement
from assistant.answer.services import Services


def verify(run: Run, services: Services) -> Run:
    """Drop statements whose figures no cited clause carries; an answer without grounds becomes a refusal."""
    kept = [statement for statement in run.statements if supported(statement, run)]
    if not kept or (run.citations and not any(s.markers for s in kept) and run.status is AnswerStatus.ANSWERED):
        run = replace(run, citations=(), handoff=services.offices.default())
        return finish(run, AnswerStatus.REFUSED_NO_EVIDENCE, message("no_evidence"))
    used = {marker for statement in kept for marker in statement.markers}
    run = replace(run, statements=tuple(kept), citations=tuple(c for c in run.citations if c.marker in used))
    text = render(run)
    run.emit(Event(EventKind.TEXT, text))
    return finish(run, run.status, text)


def supported(statement: Statement, run: Run) -> bool:
    """Whether every figure of the statement stands in its cited clauses (statements without markers are ours)."""
    if not statement.markers:
        return True
    cited = [c for c in run.citations if c.marker in statement.markers]
    evidence = "\n".join(
        "\n".join((c.found.version.title, c.found.version.number or "", c.found.clause.text, *map(str, c.found.clause.path)))
        for c in cited
    )
    dates = " ".join(str(d) for c in cited for d in (c.found.version.effective, c.found.version.expires, c.found.version.replaced_on) if d)
    return not unsupported(statement.text, f"{evidence}\n{dates}")


def render(run: Run) -> str:
    """The answer as Markdown."""
    blocks = [s.text + "".join(f"[{m}]" for m in s.markers) for s in run.statements]
    if lines := mind(run):
        blocks.append(message("mind") + "\n" + "\n".join(f"- {line}" for line in lines))
    if run.handoff:
        phone = f"（电话：{run.handoff.phone}）" if run.handoff.phone else ""
        url = f"，网址：{run.handoff.url}" if run.handoff.url else ""
        blocks.append(message("ask_office", office=run.handoff.name, phone=phone, url=url))
    digest = message("digest") if is_digest(run) else ""
    blocks.append(f"*{message('as_of', day=run.as_of, digest=digest)}*")
    return "\n\n".join(blocks)
