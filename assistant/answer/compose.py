"""Step 5: say it. The answer first, then its grounds, what else holds, what to mind, and what to do next."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Citation, Run, Statement
from assistant.answer.passages import (
    MOST,
    Asked,
    Passage,
    are_parallel,
    office_of,
    passage,
    questions_near,
    shorten,
    unlabelled,
)
from assistant.answer.premise import correction, with_support
from assistant.answer.services import Services
from assistant.answer.validity import ended, validity
from assistant.answer.windows import windows, with_window
from assistant.answer.wording import write
from assistant.documents.model import Clause, ClauseKind, Confidence, Status, TextKind, Version
from assistant.documents.offices import Office

BESIDE = 150  # characters of a further rule that is quoted beside the deciding one
_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|\d{1,2}[.．、]|[-*])\s*")
_END = re.compile(r"[；;，,]\s*$")
_BULLET = re.compile(r"^[-*]\s+", re.M)


def compose(run: Run, services: Services) -> Run:
    """Turn the grounds into statements with citations, through the language model where one is set."""
    run = with_window(with_support(run), services)
    asked = Asked.of(services.glossary.expand(run.standalone), run.kind, run.grounds)  # clauses use the formal terms
    passages: list[Passage] = []
    for hit in run.grounds:
        beside = bool(passages) and are_parallel(passages[0].hit, hit) and len(passages[0].pieces) <= MOST
        passages.append(passage(Asked.as_in(passages[0]) if beside else asked, hit, services))
    citations = tuple(_citation(i, p) for i, p in enumerate(passages, start=1))
    run = replace(run, citations=citations, handoff=_office(run, services), followups=_followups(run))
    said = tuple(_say(run, passages, services))
    run = replace(run, statements=said)
    return write(run, services) if services.writer and run.status is AnswerStatus.ANSWERED and not run.notes else run


def _citation(marker: int, found: Passage) -> Citation:
    return Citation(marker, found.hit.found, found.path, found.pieces[found.main], found.hit.status)


def _say(run: Run, passages: list[Passage], services: Services) -> list[Statement]:
    pairs = list(zip(run.citations, passages, strict=True))
    if "validity" in run.notes:
        return [*validity(run, services), *(_beside(*pair) for pair in pairs)]
    if run.status is AnswerStatus.UNKNOWN_FACT:
        known = [_beside(*pair) for pair in pairs[1:]]
        asked = run.handoff if run.kind is not None and run.kind.name == "who" else None
        first = [Statement(message("who_to_ask", office=asked.name))] if asked else []
        return [*first, _gap(pairs[0][0]), *([Statement(message("related")), *known] if known else [])]
    rules = [pair for pair in pairs if pair[0].found.clause.kind is ClauseKind.CLAUSE]
    gaps = [citation for citation, _ in pairs if citation.found.clause.kind is not ClauseKind.CLAUSE]
    first = [*correction(run, rules[0][1].quote), *windows(run, rules[0][0], services)]
    said = [*first, _answer(*rules[0]), _grounds(rules[0][0])]
    if run.status is AnswerStatus.REFUSED_EXPIRED_ONLY:
        said = [Statement(ended(rules[0][0].found.version, services)), Statement(message("history")), *said]
    if len(rules) > 1:
        said += [Statement(message("related")), *(_beside(*pair) for pair in rules[1:])]
    return [*said, *map(_also, gaps)]


def _answer(citation: Citation, found: Passage) -> Statement:
    """The deciding passage, to the letter but for its number."""
    return Statement(shorten(_body(found)), (citation.marker,))


def _body(found: Passage) -> str:
    """The pieces without their label; of several that no lead-in holds together, the best first, the others as a list."""
    pieces = [unlabelled(found.pieces[0], found.path), *found.pieces[1:]]
    best = pieces.pop(found.main)
    if found.lead and found.lead in best:
        pieces.insert(found.main, best.replace(found.lead, "", 1).strip())
        best = found.lead
    if not any(pieces):
        return best if "\n" in best else _sentence(best)
    if found.leads_in:
        return _END.sub("。", "\n".join([best, *pieces]))
    return "\n".join([_sentence(best), "", *(f"- {_sentence(piece)}" for piece in pieces if piece)])


def _sentence(text: str) -> str:
    """An item as a sentence: without its number, with a full stop."""
    return _END.sub("。", _NUMBERED.sub("", text))


def _grounds(citation: Citation) -> Statement:
    """Where the deciding passage stands, and what to know about it."""
    return Statement(message("grounds", where=_where(citation), tags=_tags(citation)), (citation.marker,))


def _beside(citation: Citation, found: Passage) -> Statement:
    """A further rule in one line."""
    body = shorten(_BULLET.sub("", _body(found.best)).replace("\n", " "), BESIDE)
    return Statement(f"- {_where(citation)}{_tags(citation)}：{body}", (citation.marker,))


def _where(citation: Citation) -> str:
    version, clause = citation.found.version, citation.found.clause
    number = f"（{version.number}）" if version.number else ""
    steps = "".join(step for step in citation.path if _prints(step, clause))
    return f"《{version.title}》{number}" + (steps if re.match(r"[第（一二三四五六七八九十]", steps) else f"“{steps}”")


def _prints(step: str, clause: Clause) -> bool:
    return step == clause.label or bool(re.fullmatch(r"（[一二三四五六七八九十]+）|\d+[.．、]?|第.{1,6}款", step))


def _tags(citation: Citation) -> str:
    version = citation.found.version
    tags = [message(f"level_{version.level}"), message(f"status_{citation.status}")]
    if confidence(citation) is Confidence.CORROBORATED:
        tags.append(message("to_confirm"))
    return f"（{'，'.join(tags)}）"


def confidence(citation: Citation) -> Confidence:
    """How the quoted passage was established: as its parts, its clause or its version say."""
    clause, version = citation.found.clause, citation.found.version
    parts = [part.confidence for part in clause.parts if part.text in citation.quote and part.confidence]
    return Confidence.CORROBORATED if Confidence.CORROBORATED in parts else clause.confidence or version.confidence


def _gap(citation: Citation) -> Statement:
    """What could not be established, what is known all the same."""
    clause = citation.found.clause
    lead = "disputed_lead" if clause.kind is ClauseKind.DISPUTED else "unknown_lead"
    about, known = _gap_texts(clause)
    text = message(lead, about=about) + (message("known", known=known) if known else "")
    return Statement(text, (citation.marker,))


def _also(citation: Citation) -> Statement:
    about, known = _gap_texts(citation.found.clause)
    name = "also_disputed" if citation.found.clause.kind is ClauseKind.DISPUTED else "also_unknown"
    return Statement(message(name, about=about, known=known), (citation.marker,))


def _gap_texts(clause: Clause) -> tuple[str, str]:
    about = clause.path[-1]
    return about, clause.text[len(about) :].lstrip("：")


def _office(run: Run, services: Services) -> Office | None:
    return office_of(run.grounds[0], services) if run.grounds else services.offices.default()


def _followups(run: Run) -> tuple[str, ...]:
    """Questions that the library can answer: of the clauses that were near but are not in the answer."""
    assert run.result is not None
    used = {hit.ref for hit in run.grounds}
    near = [ask for hit in run.result.hits if hit.ref not in used for ask in questions_near(hit)[:1]]
    near += [ask for hit in run.grounds[:1] for ask in questions_near(hit)[-1:]]
    asked = run.question.rstrip("？?")
    found = (ask if ask.endswith(("？", "?")) else f"{ask}？" for ask in near if ask.rstrip("？?") != asked)
    return tuple(dict.fromkeys(found))[:3]


def mind(run: Run) -> list[str]:
    """What to mind about the clauses that were used, each once."""
    cited = run.citations[:2]
    versions = [citation.found.version for citation in cited]
    lines = [version.caution for version in versions if version.caution]
    lines += [citation.found.clause.note for citation in cited if citation.found.clause.note]
    unknown = {
        f"《{c.found.version.title}》"
        for c in cited
        if c.status is Status.UNKNOWN and not _dated_otherwise(c.found.version)
    }
    if unknown:
        lines.append(message("caution_unknown_status", titles="".join(sorted(unknown))))
    if any(confidence(citation) is Confidence.CORROBORATED for citation in cited):
        lines.append(message("caution_corroborated"))
    return list(dict.fromkeys(lines))


def _dated_otherwise(version: Version) -> bool:
    """Whether the caution of the version already speaks of its validity."""
    return bool(version.caution and re.search(r"年度|有效|到期|当年|现行", version.caution))


def is_digest(run: Run) -> bool:
    """Whether any clause used is a digest rather than the official text."""
    return any(citation.found.version.text_kind is TextKind.DIGEST for citation in run.citations)
