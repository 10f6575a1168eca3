"""Step 5: say it. The answer first, then its grounds, what is uncertain, and what to do next."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.language_model import write
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Citation, Run, Statement
from assistant.answer.passages import Passage, office_of, passage, questions_near
from assistant.answer.services import Services
from assistant.documents.model import Clause, ClauseKind, Confidence, Status, TextKind, Version
from assistant.retrieval.model import Hit

MOST_PASSAGES = 4
MOST_GAPS = 2


def compose(run: Run, services: Services) -> Run:
    """Turn the hits into statements with citations, through the language model where one is set."""
    assert run.result is not None
    clauses = [hit for hit in run.result.hits if hit.found.clause.kind is ClauseKind.CLAUSE][:MOST_PASSAGES]
    gaps = [hit for hit in run.result.hits if hit.found.clause.kind is not ClauseKind.CLAUSE][:MOST_GAPS]
    passages = [passage(run.standalone, hit, services) for hit in clauses]
    citations = tuple(
        Citation(i, p.hit.found, p.path, p.pieces[0], p.hit.status) for i, p in enumerate(passages, start=1)
    )
    run = replace(run, citations=citations, handoff=_office(run, services), followups=_followups(run))
    if "validity" in run.notes:
        return replace(run, statements=tuple(_validity(run, services)) + tuple(map(_quoted, citations, passages)))
    if run.status is AnswerStatus.UNKNOWN_FACT:
        statements = [Statement(_gap(hit.found.clause)) for hit in gaps[:1]]
        return replace(run, statements=(*statements, *map(_quoted, citations, passages)))
    if run.status is AnswerStatus.REFUSED_EXPIRED_ONLY:
        lead = Statement(_expired(run, clauses, services), tuple(c.marker for c in citations))
        history = Statement(message("history"))
        return replace(run, statements=(lead, history, *map(_quoted, citations, passages)))
    run = replace(run, statements=(*map(_quoted, citations, passages), *(Statement(_also(hit.found.clause)) for hit in gaps)))
    return write(run, services) if services.writer else run


def _quoted(citation: Citation, found: Passage) -> Statement:
    """`根据《…》（文号）第十一条：…` followed by the passage to the letter."""
    version, clause = found.hit.found.version, found.hit.found.clause
    number = f"（{version.number}）" if version.number else ""
    where = "".join(step for step in found.path if _prints(step, clause))
    tags = _tags(version, clause, found)
    body = _strip_label(found.quote, found.path)
    return Statement(f"**{message(f'level_{version.level}')}｜《{version.title}》{number}{where}**{tags}：{body}", (citation.marker,))


def _prints(step: str, clause: Clause) -> bool:
    return step == clause.label or bool(re.fullmatch(r"（[一二三四五六七八九十]+）|\d+[.．、]?|第.{1,6}款", step))


def _strip_label(text: str, path: tuple[str, ...]) -> str:
    for label in reversed(path):
        if text.startswith(label):
            return text[len(label) :].lstrip(" 　、.．\n")
    return text


def _tags(version: Version, clause: Clause, found: Passage) -> str:
    tags = []
    confidence = clause.confidence or version.confidence
    chosen = [part for part in clause.parts if part.text in found.quote]
    if any(part.confidence is Confidence.CORROBORATED for part in chosen) or confidence is Confidence.CORROBORATED:
        tags.append("待核")
    if found.hit.status is not Status.IN_FORCE:
        tags.append(message(f"status_{found.hit.status}"))
    return f"（{'，'.join(tags)}）" if tags else ""


def _gap(clause: Clause) -> str:
    about, known = clause.path[-1], clause.text[len(clause.path[-1]) :].lstrip("：")
    lead = message("disputed_lead" if clause.kind is ClauseKind.DISPUTED else "unknown_lead", about=about)
    return lead + (message("known", known=known) if known else "")


def _also(clause: Clause) -> str:
    about, known = clause.path[-1], clause.text[len(clause.path[-1]) :].lstrip("：")
    return message("also_unknown", about=about, known=known)


def _expired(run: Run, clauses: list[Hit], services: Services) -> str:
    version = clauses[0].found.version
    lead = message("expired_lead", titles=f"《{version.title}》", when=_when(version, services))
    if version.replaced_by:
        return lead + message("successor", by=_title(version.replaced_by, services))
    return lead + message("no_successor")


def _when(version: Version, services: Services) -> str:
    if version.replaced_on:
        return message("replaced_on", day=version.replaced_on, by=_title(version.replaced_by, services))
    if version.replaced_by:
        return message("replaced", by=_title(version.replaced_by, services))
    return message("expired_on", day=version.expires)


def _title(key: str | None, services: Services) -> str:
    number = services.version_numbers.get(key or "")
    if number is None:
        return "新的规定"
    version = services.snapshot.store.versions[number]
    return f"《{version.title}》" + (f"（{version.number}）" if version.number else "")


def _validity(run: Run, services: Services) -> list[Statement]:
    """Whether the named documents hold on the day."""
    assert run.result is not None
    out = []
    for index in run.result.lookup.versions:
        version = services.snapshot.store.versions[index]
        number = f"（{version.number}）" if version.number else ""
        status = version.status(run.as_of)
        if status is Status.IN_FORCE:
            until = f"，有效期至{version.expires}" if version.expires else ""
            text = message("validity_in_force", title=version.title, number=number, since=version.effective, until=until)
        elif status is Status.NOT_YET:
            text = f"《{version.title}》{number}" + message("not_yet_on", day=version.effective) + "。"
        elif status is Status.UNKNOWN:
            text = message("validity_unknown", title=version.title, number=number)
        else:
            text = message("expired_lead", titles=f"《{version.title}》{number}", when=_when(version, services))
            text += "" if version.replaced_by else message("no_successor")
        out.append(Statement(text))
    return out


def _office(run: Run, services: Services) -> object:
    assert run.result is not None
    return office_of(run.result.hits[0], services) if run.result.hits else services.offices.default()


def _followups(run: Run) -> tuple[str, ...]:
    """Questions that the library can answer, taken from clauses near the ones used."""
    assert run.result is not None
    near = [ask for hit in run.result.hits for ask in questions_near(hit)[:2]]
    return tuple(dict.fromkeys(ask if ask.endswith(("？", "?")) else f"{ask}？" for ask in near))[:3]


def closing(run: Run) -> list[str]:
    """The lines under the statements: caution, confidence, digest mark, office, day."""
    lines: list[str] = []
    versions = list(dict.fromkeys(c.found.version for c in run.citations))
    lines += [version.caution for version in versions if version.caution]
    lines += [note for c in run.citations if (note := c.found.clause.note)]
    lines += [
        message("caution_unknown_status", title=c.found.version.title)
        for c in run.citations
        if c.status is Status.UNKNOWN and not c.found.version.caution
    ]
    if any("待核" in statement.text for statement in run.statements):
        lines.append(message("caution_corroborated"))
    if any(version.text_kind is TextKind.DIGEST for version in versions):
        lines.append(message("digest_note"))
    return list(dict.fromkeys(lines))
