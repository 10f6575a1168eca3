"""Step 4: is there enough to answer, is it in force, or is it a known gap? Chooses the grounds of the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Run
from assistant.answer.passages import office_of
from assistant.answer.services import Services
from assistant.documents.model import ClauseKind, Level, Status
from assistant.retrieval.model import Found, Hit, Lack, Missing

ENOUGH = (
    0.4  # evidence below which nothing is answered: of the shipped cases 5 % fall below, of questions on other law 97 %
)
TELLS = 0.06  # what a clause gains that tells the kind of thing asked (how much, when, …)
NEAR_BEST = 0.10  # clauses within this of the best take part
MOST_GROUNDS = 3
GAP_YIELDS = 0.03  # a gap gives way to a clause this close that tells the kind of thing asked
GAP_JOINS = 0.12  # a gap of the same policy within this of the best is mentioned
ENDED_YIELDS = 0.15  # an ended rule gives way to one in force this close
SAID_LEVEL = 0.05  # what a rule of the level of government gains that the question speaks of
OTHER_YEAR = 0.15  # what a rule for a certain year loses when another year is asked about
_ABOUT_VALIDITY = re.compile(
    r"(有效吗|还有效|失效|废止|作废|到期了?没|过期|还能用|能用吗|适用吗|还在用|还在执行|还执行吗|现行有效|还能引用|替代|取代|执行到|还管用|还算数|效力|依据吗|施行了吗|生效了吗"
    r"|(什么时候|何时|哪天|哪一天|哪年|几时).{0,6}(施行|生效|实施|起用)|(施行|生效|实施).{0,6}(什么时候|何时|哪天|哪年|了没))"
)
_LEVELS = {
    Level.NATIONAL: re.compile(r"国家|全国|中央|国务院|财政部|工信部|科技部|税务总局"),
    Level.MUNICIPAL: re.compile(r"上海|市里|市级|本市|市科委|市经信"),
    Level.DISTRICT: re.compile(r"松江|区里|区级|本区|区科委"),
    Level.TOWN: re.compile(r"镇|街道"),
}
_ENDED = (Status.EXPIRED, Status.REPLACED)


def assess(run: Run, services: Services) -> Run:
    """Refuse without evidence; otherwise settle the status and keep the hits that carry the answer."""
    assert run.result is not None
    hits = [hit for hit in run.result.hits if hit.evidence >= ENOUGH or hit.how is Found.DIRECT]
    if run.result.lookup.versions and _ABOUT_VALIDITY.search(run.question):
        named = {services.snapshot.store.versions[i].key for i in run.result.lookup.versions}
        about = [hit for hit in run.result.hits if hit.found.version.key in named]
        return replace(run, grounds=tuple(about[:1]), notes=("validity",))
    if (lack := _lacking(run)) and lack.last:
        text = message("not_held", title=lack.within, said=lack.said, last=lack.last)
        return finish(replace(run, handoff=services.offices.default()), AnswerStatus.REFUSED_NO_EVIDENCE, text)
    if not hits:
        return _refuse(run, services)

    years, levels = _years(run), _levels(run.question)

    def worth(hit: Hit) -> float:
        tells = bool(run.kind and run.kind.tells.search(hit.found.clause.text))
        level = hit.found.version.level in levels
        return hit.score + TELLS * tells + SAID_LEVEL * level - OTHER_YEAR * _of_another_year(hit, years)

    hits.sort(key=worth, reverse=True)
    lead = _lead(hits, worth, run)
    if lead.status in _ENDED:
        grounds = [hit for hit in hits if hit.status in _ENDED and hit.found.version.key == lead.found.version.key]
        return replace(run, grounds=tuple(grounds[:MOST_GROUNDS]), status=AnswerStatus.REFUSED_EXPIRED_ONLY)
    others = [h for h in hits if h is not lead and h.status not in _ENDED and worth(h) >= worth(lead) - NEAR_BEST]
    if _is_gap(lead):
        grounds = [lead, *(h for h in others if not _is_gap(h) and _same_policy(h, lead))]
        return replace(run, grounds=tuple(grounds[:MOST_GROUNDS]), status=AnswerStatus.UNKNOWN_FACT)
    grounds = [lead, *(h for h in others if not _is_gap(h))][:MOST_GROUNDS]
    gaps = [h for h in hits if _is_gap(h) and _same_policy(h, lead) and worth(h) >= worth(lead) - GAP_JOINS][:1]
    status = AnswerStatus.PARTIAL if gaps else AnswerStatus.ANSWERED
    return replace(run, grounds=(*grounds, *gaps), status=status)


def _lead(hits: list[Hit], worth: Callable[[Hit], float], run: Run) -> Hit:
    """The hit that decides; a gap or an ended rule gives way to a rule in force that is as good."""
    best = hits[0]
    for hit in hits[1:]:
        behind = worth(best) - worth(hit)
        in_force = hit.status not in _ENDED
        if best.status in _ENDED and in_force and behind <= ENDED_YIELDS and best.how is not Found.DIRECT:
            return hit
        tells = run.kind is None or run.kind.tells.search(hit.found.clause.text)
        if _is_gap(best) and not _is_gap(hit) and in_force and behind <= GAP_YIELDS and tells:
            return hit
    return best


def _lacking(run: Run) -> Missing | None:
    """The clause that the question names and the library does not hold, where it names none that it holds."""
    assert run.result is not None
    lookup = run.result.lookup
    return next((m for m in lookup.missing if m.lack is Lack.CLAUSE), None) if not lookup.clauses else None


def _levels(question: str) -> set[Level]:
    """The levels of government that the question speaks of."""
    return {level for level, said in _LEVELS.items() if said.search(question)}


def _years(run: Run) -> set[int]:
    """The years that the question is about, where it says so."""
    said = {int(year) for year in re.findall(r"(20\d{2})\s*年", run.standalone)}
    if re.search(r"今年|现在|目前|本年", run.standalone):
        said.add(run.as_of.year)
    if re.search(r"明年", run.standalone):
        said.add(run.as_of.year + 1)
    return said


def _of_another_year(hit: Hit, years: set[int]) -> bool:
    """Whether a document is for a certain year only, and not for the one that is asked about."""
    of = {int(year) for year in re.findall(r"(20\d{2})年度", hit.found.version.title)}
    return bool(of and years and not of & years and not _is_gap(hit))


def _is_gap(hit: Hit) -> bool:
    return hit.found.clause.kind is not ClauseKind.CLAUSE


def _same_policy(one: Hit, other: Hit) -> bool:
    return one.found.version.policy == other.found.version.policy


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
