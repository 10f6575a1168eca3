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

_SEGMENT = re.compile(r"[^，,。；;？?！!\n]+")
_ASSERTS = re.compile(r"听说|据说|有人说|人家说|中介说|代理说|网上说|网上讲|都说|不是说|是不是|不是.*吗$|吧$|记得")
_CONFIRMS = re.compile(
    r"^(?:是吧|对吧|对吗|对不对|没错吧|是这样吗|是真的吗|真的吗|真的假的|是不是|没问题吧|有这回事吗)$"
)
_OWN = re.compile(r"我们|我司|我公司|我厂|咱们?|本公司|自己|手上|手里|现有|目前有|去年|今年")
_A_YEAR = re.compile(r"^[12]\d年$")  # 23年 is a year, no span
_MOST = 2  # figures; more are a description
_CHECKED = {Kind.PERCENT, Kind.DURATION, Kind.PEOPLE}  # sums of money in a question are the company's own more often


def asserted(question: str) -> str:
    """The figures that a question asserts and asks to be confirmed, as it writes them; empty if it asserts none."""
    found = []
    for segment in _attributed(question):
        of_the_rule = (f for f in figures(segment) if f.kind in _CHECKED and not _A_YEAR.match(f.text))
        found += [figure.text for figure in of_the_rule if f"每{figure.text}" not in segment]
    return "、".join(found[:_MOST])


def _attributed(question: str) -> list[str]:
    """The segments that say what the rule is: not those that tell of the company."""
    segments = _SEGMENT.findall(question.strip())
    followed = [*segments[1:], ""]
    said = (s for s, after in zip(segments, followed, strict=True) if _ASSERTS.search(s) or _CONFIRMS.match(after))
    return [segment for segment in said if not _OWN.search(segment)]


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
    """What to say first when the quoted words tell other figures of the kind than those asserted."""
    claim = asserted(run.question)
    told = {figure.kind for figure in figures(quoted)}
    wrong = [figure for figure in unsupported(claim, quoted) if figure.kind in told] if claim else []
    return [Statement(message("wrong_premise", figures="、".join(figure.text for figure in wrong)))] if wrong else []


def _text(hit: Hit) -> str:
    return hit.found.clause.text
