"""Step 4: is there enough to answer, is it in force, or is it a known gap?"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Run
from assistant.answer.passages import office_of
from assistant.answer.services import Services
from assistant.documents.model import ClauseKind, Status
from assistant.retrieval.model import Hit

ENOUGH = 0.42  # evidence below which nothing is answered, see docs/benchmarks
NEAR_BEST = 0.10  # hits whose evidence is within this of the best take part
_ABOUT_VALIDITY = re.compile(r"(有效|失效|废止|作废|到期了?没|过期|还能用|能用吗|适用吗|还在用|现行|引用|替代|取代|执行到)")


def assess(run: Run, services: Services) -> Run:
    """Refuse without evidence; keep the hits that carry the answer; settle the status."""
    assert run.result is not None
    lookup = run.result.lookup
    hits = [hit for hit in run.result.hits if hit.evidence >= ENOUGH or hit.how == "direct"]
    if not hits:
        return _refuse(run, services)
    best = max(hit.evidence for hit in hits)
    hits = [hit for hit in hits if hit.evidence >= best - NEAR_BEST or hit.how == "direct"]
    if lookup.versions and _ABOUT_VALIDITY.search(run.question):
        return replace(run, result=replace(run.result, hits=tuple(hits)), notes=("validity",))
    current = [hit for hit in hits if hit.status not in (Status.EXPIRED, Status.REPLACED)]
    status = AnswerStatus.ANSWERED
    if not current:
        status = AnswerStatus.REFUSED_EXPIRED_ONLY
    elif current[0].found.clause.kind is not ClauseKind.CLAUSE:
        status = AnswerStatus.UNKNOWN_FACT
        hits = current
    else:
        hits = current
    return replace(run, result=replace(run.result, hits=tuple(hits)), status=status)


def _refuse(run: Run, services: Services) -> Run:
    assert run.result is not None
    near = [hit for hit in run.result.hits[:3] if hit.found.clause.kind is ClauseKind.CLAUSE]
    text = message("no_evidence")
    if near and run.terms:
        text += "\n\n" + message("no_evidence_near", near="；".join(map(_name, near)))
    office = office_of(run.result.hits[0], services) if run.terms and run.result.hits else services.offices.default()
    return finish(replace(run, handoff=office), AnswerStatus.REFUSED_NO_EVIDENCE, text)


def _name(hit: Hit) -> str:
    return f"《{hit.found.version.title}》{hit.found.clause.label}"
