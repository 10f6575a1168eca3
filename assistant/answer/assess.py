"""Step 4: is there enough to answer, is it in force, or is it a known gap? Chooses the grounds of the answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Run
from assistant.answer.passages import are_parallel, asks_several, office_of, yuan
from assistant.answer.services import Services
from assistant.answer.worth import EACH, is_gap, names_said, says, worth_for
from assistant.documents.model import ClauseKind, Level, Status
from assistant.index.tokens import words
from assistant.retrieval.model import Found, Hit, Lack, Missing

ENOUGH = (
    0.4  # evidence below which nothing is answered: of the shipped cases 5 % fall below, of questions on other law 97 %
)
SURE = 0.69  # a score from which a clause answers whatever its evidence: one question in 300 on other law gets so far by it
FAR = 0.08  # a clause this far behind the best does not answer in its place where the best lacks evidence
UNSURE = 0.06  # what a hit loses that lacks evidence, beside others that have it
NEAR_BEST = 0.07  # clauses within this of the best take part
NEAR_SHORT = 0.12  # or within this, of the same policy, where both are short: its next sentence may be what is asked
SHORT = 90  # characters of such a clause
CLOSE = 0.03  # or within this by the search, whatever kind of thing they tell
NEAR_GAP = 0.10  # clauses within this of a gap tell what is known all the same
MOST_GROUNDS = 3
GAP_YIELDS = 0.03  # a gap gives way to a clause this close by the search that tells the kind of thing asked
GAP_JOINS = 0.04  # a gap of the same policy this close by the search is about what was asked
COMPARED = 0.15  # clauses within this of the best take part where two things are compared
ENDED_YIELDS = 0.15  # an ended rule gives way to one in force this close
NAME = 2  # characters that a heading must have more of to be the name of something
_ABOUT_VALIDITY = re.compile(
    r"(有效吗|还有效|失效|废止|作废|到期了?没|过期|还能用|能用吗|照着?用|适用吗|还在用|还在执行|还执行吗|现行有效|还能引用|替代|取代|执行到|管用|[算作]数|效力|废了|[换出]新|新[办版规][^，。；]{0,4}[吗没]|要不要[删改换]|引用着|依据吗|施行了吗|生效了吗"
    r"|(什么时候|何时|哪天|哪一天|哪年|几时).{0,6}(施行|生效|实施|起用)|(施行|生效|实施).{0,6}(什么时候|何时|哪天|哪年|了没))"
)
_HIGHEST = re.compile(
    r"单项[^，。；]{0,6}最[高多]|哪一?[项条个种][^，。；]{0,8}最[高多]|最[高多]的(?:是|一[项条个])|哪一?[个项条种][^，。；]{0,8}(?:更[高多]|得多)"
)
_LIMIT = re.compile(
    r"(?:最[高多]|一次性)(?:不超过|给予|资助|补助|支持|奖励|为)?\s*(?P<sum>\d[\d,.]*)\s*(?P<scale>[万亿]?)元"
)
_TOWN = re.compile(
    r"岳阳|永丰|方松|中山街道|广富林|九里亭|泗泾|佘山|车墩|新桥|洞泾|九亭|泖港|石湖荡|新浜|叶榭|小昆山|(?:别的|其他|隔壁)镇"
)
_SUM = re.compile(r"金额|标准|额度|多少|资助|奖励|补贴|比例")
_OLD = re.compile(r"旧的|旧办法|旧版|旧政策|老办法|老政策|老规定|原来的|原先的|以前[^，。；]{0,6}(?:办法|政策|规定)")
_ENDED = (Status.EXPIRED, Status.REPLACED)


def assess(run: Run, services: Services) -> Run:
    """Refuse without evidence; otherwise settle the status and keep the hits that carry the answer."""
    assert run.result is not None
    best = max((hit.score for hit in run.result.hits if hit.evidence < ENOUGH), default=0.0)
    names = names_said(run)
    hits = [hit for hit in run.result.hits if _is_enough(hit, best, run) and _says_names(hit, names)]
    if run.result.lookup.versions and _ABOUT_VALIDITY.search(run.question):
        named = {services.snapshot.store.versions[i].key for i in run.result.lookup.versions}
        about = [hit for hit in run.result.hits if hit.found.version.key in named]
        return replace(run, grounds=tuple(about[:1]), notes=("validity",))
    if (lack := _lacking(run)) and lack.last:
        text = message("not_held", title=lack.within, said=lack.said, last=lack.last)
        return finish(replace(run, handoff=services.offices.default()), AnswerStatus.REFUSED_NO_EVIDENCE, text)
    worth = worth_for(run)
    hits.sort(key=lambda hit: worth(hit) - UNSURE * _is_unsure(hit, run), reverse=True)
    nearest = max(run.result.hits, key=lambda hit: hit.score, default=None)
    if nearest and _elsewhere(nearest, run) and _town(nearest) not in run.question:
        gap = next((hit for hit in run.result.hits if _of_towns(hit) and _same_policy(hit, nearest)), None)
        return _settled(gap, hits, worth, run) if gap else _refuse(run, services)
    if not hits:
        return _refuse(run, services)
    return _settled(_lead(hits, worth, run), hits, worth, run)


def _is_enough(hit: Hit, best: float, run: Run) -> bool:
    """Whether a hit may answer: it is surely about the question, and not far behind the best of those that are not."""
    if hit.how is Found.DIRECT or hit.score >= SURE or _tells_of_its_subject(hit, run):
        return True
    return hit.evidence >= ENOUGH and hit.score >= best - FAR


def _is_unsure(hit: Hit, run: Run) -> bool:
    return hit.evidence < ENOUGH and not _tells_of_its_subject(hit, run)


def _tells_of_its_subject(hit: Hit, run: Run) -> bool:
    """Whether a clause is on a subject that the question names (its heading), and tells the kind of thing asked of it."""
    clause = hit.found.clause
    named = not is_gap(hit) and len(clause.path[-1]) > NAME and clause.path[-1] in run.question
    return named and run.kind is not None and run.kind.tells.search(clause.text) is not None


def _says_names(hit: Hit, names: frozenset[str]) -> bool:
    """Whether a hit says one of the names that are asked about, or surely is about the question without."""
    sure = hit.how is Found.DIRECT or hit.evidence >= ENOUGH
    return not names or sure or any(says(hit, name) for name in names)


def _settled(lead: Hit, hits: list[Hit], worth: Callable[[Hit], float], run: Run) -> Run:
    """The run with its status and the grounds that stand beside the deciding hit."""
    assert run.result is not None
    if lead.status in _ENDED:
        grounds = [hit for hit in hits if hit.status in _ENDED and hit.found.version.key == lead.found.version.key]
        grounds.sort(key=is_gap)
        return replace(run, grounds=tuple(grounds[:MOST_GROUNDS]), status=AnswerStatus.REFUSED_EXPIRED_ONLY)
    compared = (run.kind is not None and run.kind.name == "difference") or EACH.search(run.question) is not None
    compared = compared or asks_several(run.question)
    near = NEAR_GAP if is_gap(lead) else COMPARED if compared else NEAR_BEST
    close = [
        hit
        for hit in hits
        if worth(hit) >= worth(lead) - (max(near, NEAR_SHORT) if _goes_on(lead, hit) else near)
        or hit.score >= lead.score - CLOSE
    ]
    others = [h for h in close if h is not lead and h.status not in _ENDED]
    if compared:
        others.sort(key=lambda hit: not are_parallel(lead, hit))
    if _HIGHEST.search(run.question):
        beside = [hit for hit in others if not _same_policy(hit, lead)]  # not the highest of what was asked about
        lead, *others = sorted([lead, *(h for h in others if h not in beside)], key=_most, reverse=True)
        others += beside
    if is_gap(lead) and (known := [h for h in hits if not is_gap(h) and _names(lead, h)]):
        return replace(run, grounds=(*known[:1], lead), status=AnswerStatus.PARTIAL)
    if is_gap(lead):
        grounds = [lead, *(h for h in others if not is_gap(h) and _same_policy(h, lead))]
        return replace(run, grounds=tuple(grounds[:MOST_GROUNDS]), status=AnswerStatus.UNKNOWN_FACT)
    grounds = [lead, *(h for h in others if not is_gap(h))][:MOST_GROUNDS]
    gaps = [h for h in run.result.hits if is_gap(h) and _same_policy(h, lead)]
    joins = _of_towns if _elsewhere(lead, run) else lambda gap: gap.score >= lead.score - GAP_JOINS
    gaps = list(filter(joins, gaps))[:1]
    status = AnswerStatus.PARTIAL if gaps else AnswerStatus.ANSWERED
    return replace(run, grounds=(*grounds, *gaps), status=status)


def _most(hit: Hit) -> float:
    """The highest amount that a clause gives as a limit (最高5000万元), in yuan."""
    if is_gap(hit):
        return 0.0
    found = _LIMIT.finditer(hit.found.clause.text)
    return max((yuan(m["sum"], m["scale"]) for m in found), default=0.0)


def _lead(hits: list[Hit], worth: Callable[[Hit], float], run: Run) -> Hit:
    """The hit that decides; a gap or an ended rule gives way to a rule in force that is as good.

    Where an amount is asked that the best rule does not tell, a gap about such amounts as near as what stands beside it decides.
    """
    best = hits[0]
    if (
        run.kind
        and run.kind.name == "amount"
        and not is_gap(best)
        and not run.kind.tells.search(best.found.clause.text)
    ):
        about = (h for h in hits if is_gap(h) and _SUM.search(h.found.clause.path[-1]))
        if gap := next((h for h in about if h.score >= best.score - NEAR_GAP), None):
            return gap
    for hit in hits[1:]:
        behind = worth(best) - worth(hit)
        in_force = hit.status not in _ENDED
        if best.status in _ENDED and in_force and behind <= ENDED_YIELDS and best.how is not Found.DIRECT:
            if not _only_in(best, hit, run) and not _asks_of_ended(best, hit, run):
                return hit
            continue
        tells = run.kind is None or run.kind.tells.search(hit.found.clause.text)
        if is_gap(best) and not is_gap(hit) and in_force:
            near = max(behind, best.score - hit.score)
            if (near <= GAP_YIELDS and tells) or (near <= NEAR_GAP and _only_in(hit, best, run)):
                return hit
    return best


def _asks_of_ended(best: Hit, hit: Hit, run: Run) -> bool:
    """Whether the ended rule itself is asked about, as the old one or whether it still holds; not where the other replaces it."""
    version = best.found.version
    replaced = _same_policy(best, hit) or version.replaced_by == hit.found.version.key
    return bool(_OLD.search(run.question) or (_ABOUT_VALIDITY.search(run.question) and not replaced))


def _only_in(one: Hit, hit: Hit, run: Run) -> bool:
    """Whether the one rule speaks more than the other of what the question names, beside the subject of both: 保健品."""
    named = f"{one.found.version.title}{hit.found.version.title}"
    asked = {word for word in words(run.question) if len(word) > 1 and word not in named}
    mine, other = (f"{found.clause.text}{''.join(found.clause.path)}" for found in (one.found, hit.found))
    only = [len(word) * ((word in mine) - (word in other)) for word in asked]
    return sum(only) > 0


def _of_towns(hit: Hit) -> bool:
    """Whether a gap is about the towns whose documents are not held."""
    return is_gap(hit) and "街镇" in hit.found.clause.text


def _town(hit: Hit) -> str:
    """The name of the town of a document, without 镇."""
    return (hit.found.version.region or "镇").removesuffix("镇")


def _elsewhere(lead: Hit, run: Run) -> bool:
    """Whether the rule is a town's, and the question speaks of another town."""
    return lead.found.version.level is Level.TOWN and any(t != _town(lead) for t in _TOWN.findall(run.question))


def _lacking(run: Run) -> Missing | None:
    """The clause that the question names and the library does not hold, where it names none that it holds."""
    assert run.result is not None
    lookup = run.result.lookup
    return next((m for m in lookup.missing if m.lack is Lack.CLAUSE), None) if not lookup.clauses else None


def _names(gap: Hit, hit: Hit) -> bool:
    """Whether what is known about a gap is a clause of another document, by title and number."""
    text, clause = gap.found.clause.text, hit.found.clause
    return f"《{hit.found.version.title}》{clause.label}" in text and not _same_policy(gap, hit)


def _goes_on(lead: Hit, hit: Hit) -> bool:
    """Whether a clause is another short one of the same policy."""
    return _same_policy(lead, hit) and max(len(lead.found.clause.text), len(hit.found.clause.text)) <= SHORT


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
