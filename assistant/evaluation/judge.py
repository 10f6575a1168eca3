"""Is an answer right? Right in every respect or wrong: a part of an answer is a failure.

Texts are compared without regard to white space, full and half width, Markdown marks, citation markers and
thousands separators, and 2026-01-31 is 2026年1月31日. A figure is only found as a whole: 5% does not stand in 15%,
nor 20万 in 120万.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer.model import Answer
from assistant.evaluation.cases import Alternatives, Case, ExpectedVerdict

LEAD = 300  # characters: what a phone shows before one has to scroll
_MARKER = re.compile(r"\[(\d{1,3})\](?!\()")
_DECORATION = re.compile(r"[\s*_`#>|~]+")
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_LEADING_ZERO = re.compile(r"(?<!\d)0(?=\d[月日])")
_VERSION = re.compile(r"@[^#]*")


class FaultKind(StrEnum):
    """In what respect an answer is wrong."""

    STATUS = "状态不对"
    MISSING = "缺少"
    BURIED = "开头没有"
    FORBIDDEN = "不该出现"
    CITATION = "没有引用"
    MARKER = "标号没有对应的引用"
    VERDICT = "判断不对"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an answer."""

    kind: FaultKind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}：{self.detail}"


def judge(case: Case, answer: Answer) -> tuple[Fault, ...]:
    """Everything that is wrong with the answer to a case; nothing, if it is right."""
    text = plain(answer.text)
    faults = [] if answer.status in case.status else [Fault(FaultKind.STATUS, _status(case, answer))]
    faults += [Fault(FaultKind.MISSING, " / ".join(_options(m))) for m in case.must if not _any_holds(text, m)]
    faults += [Fault(FaultKind.BURIED, " / ".join(_options(m))) for m in case.lead if not _any_holds(text[:LEAD], m)]
    faults += [Fault(FaultKind.FORBIDDEN, wording) for wording in case.must_not if holds(text, wording)]
    refs = [citation.found.ref for citation in answer.citations]
    if case.cite and not any(covers(wanted, ref) for wanted in case.cite for ref in refs):
        faults.append(Fault(FaultKind.CITATION, f"{' / '.join(case.cite)}；引用的是 {'、'.join(refs) or '（无）'}"))
    issued = {citation.marker for citation in answer.citations}
    forged = sorted({int(number) for number in _MARKER.findall(answer.text)} - issued)
    faults += [Fault(FaultKind.MARKER, f"[{number}]") for number in forged]
    if case.verdict and not _decided(case.verdict, answer):
        given = "、".join(f"{v.programme}={v.verdict}" for v in answer.verdicts) or "（无）"
        wanted = f"{' / '.join(_options(case.verdict.programme))}={case.verdict.verdict}"
        faults.append(Fault(FaultKind.VERDICT, f"应为 {wanted}；得到 {given}"))
    return tuple(faults)


def plain(text: str) -> str:
    """The text without what does not matter for comparison."""
    text = unicodedata.normalize("NFKC", _MARKER.sub("", text))
    text = _SEPARATOR.sub("", _DECORATION.sub("", text)).lower()
    return _LEADING_ZERO.sub("", _ISO_DATE.sub(r"\1年\2月\3日", text))


def holds(text: str, wording: str) -> bool:
    """Whether the wording stands in a text already made plain; its outer figures as a whole."""
    wanted = plain(wording)
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def covers(wanted: str, ref: str) -> bool:
    """Whether a clause is the one wanted: `policy`, `policy#art-11` or deeper; versions are not compared."""
    ref = _VERSION.sub("", ref)
    return ref == wanted or ref.startswith((f"{wanted}.", f"{wanted}#"))


def _options(wordings: Alternatives) -> tuple[str, ...]:
    return (wordings,) if isinstance(wordings, str) else wordings


def _any_holds(text: str, wordings: Alternatives) -> bool:
    return any(holds(text, wording) for wording in _options(wordings))


def _status(case: Case, answer: Answer) -> str:
    return f"应为 {' / '.join(case.status)}；得到 {answer.status}"


def _decided(expected: ExpectedVerdict, answer: Answer) -> bool:
    wanted = {plain(name) for name in _options(expected.programme)}
    return any(v.verdict == expected.verdict and plain(v.programme) in wanted for v in answer.verdicts)
