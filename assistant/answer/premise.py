"""Is what the question takes for granted in the clause? A wrong figure is put right before anything else is said."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.carried import unsupported
from assistant.answer.figures import Kind, figures
from assistant.answer.messages import message
from assistant.answer.model import Run, Statement
from assistant.documents.model import ClauseKind, Status
from assistant.retrieval.model import Hit

_ASSERTS = re.compile(
    r"(听说|据说|有人说|中介说|网上说|都说|是吧|对吧|对吗|对不对|没错吧|是真的吗|真的吗|是不是|没问题吧|不是说)"
)
_CHECKED = {Kind.PERCENT, Kind.DURATION, Kind.PEOPLE}  # sums of money in a question are the company's own more often


def asserted(question: str) -> str:
    """The figures that a question asserts and asks to be confirmed, as it writes them; empty if it asserts none."""
    if not _ASSERTS.search(question):
        return ""
    return "、".join(figure.text for figure in figures(question) if figure.kind in _CHECKED)


def with_support(run: Run) -> Run:
    """The run with a clause that carries the asserted figures beside one of the same policy that does not."""
    claim = asserted(run.question)
    if not claim or not run.grounds or not unsupported(claim, _text(run.grounds[0])):
        return run
    assert run.result is not None
    for hit in run.result.hits:
        same = hit.found.version.policy == run.grounds[0].found.version.policy
        holds = hit.status in (Status.IN_FORCE, Status.UNKNOWN) and hit.found.clause.kind is ClauseKind.CLAUSE
        if same and holds and hit.ref != run.grounds[0].ref and not unsupported(claim, _text(hit)):
            others = tuple(h for h in run.grounds[1:] if h.ref != hit.ref)
            return replace(run, grounds=(run.grounds[0], hit, *others[:1]))
    return run


def correction(run: Run, quoted: str) -> list[Statement]:
    """What to say first when the quoted words do not carry the asserted figures."""
    claim = asserted(run.question)
    wrong = unsupported(claim, quoted) if claim else []
    return [Statement(message("wrong_premise", figures="、".join(figure.text for figure in wrong)))] if wrong else []


def _text(hit: Hit) -> str:
    return hit.found.clause.text
