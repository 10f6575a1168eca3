"""HTML for the panel: the clauses that an answer rests on, and one clause whole."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from assistant.answer.messages import message
from assistant.answer.model import Answer, Citation
from assistant.answer.services import Services
from assistant.documents.model import Status, TextKind, Version
from assistant.index.store import StoredClause
from assistant.web.render import cite_target
from assistant.web.texts import texts


def empty_panel() -> str:
    """What stands in the panel before the first answer, or beside an answer without clauses."""
    return _hint(texts().panel_empty)


def citations_panel(answer: Answer) -> str:
    """The cited clauses of an answer, as cards with the quoted passage."""
    if not answer.citations:
        return empty_panel()
    cards = "".join(_quoted_card(citation) for citation in answer.citations)
    return f"<h2 class='panel-title' tabindex='-1'>{escape(texts().panel)}</h2>{cards}"


def clause_panel(target: str, services: Services) -> str:
    """The clause that a citation link names (see `cite_target`), whole, with the quoted passage marked."""
    marker, start, end, ref = (target.split(":", 3) + [""] * 4)[:4]
    key, _, ident = ref.partition("#")
    number = services.version_numbers.get(key)
    found = services.snapshot.store.by_id(number, ident) if number is not None else None
    if found is None or not (marker.isdecimal() and start.isdecimal() and end.isdecimal()):
        return _back() + _hint(texts().panel_gone)
    status = found.version.status(services.settings.day())
    return _back() + _card(found, status, marker, _marked(found.clause.text, int(start), int(end)))


def _quoted_card(citation: Citation) -> str:
    whole = f"<a class='whole' href='#cite-{cite_target(citation)}'>{escape(texts().clause_whole)}</a>"
    return _card(citation.found, citation.status, str(citation.marker), _lines(citation.quote), whole)


def _card(found: StoredClause, status: Status, marker: str, body: str, more: str = "") -> str:
    """Everything that staff check: title, number, path, status, kind of text, the text (HTML), dates, source."""
    version = found.version
    number = f"<span class='number'>{escape(version.number)}</span>" if version.number else ""
    kind = texts().clause_digest if version.text_kind is TextKind.DIGEST else texts().clause_official
    path = " › ".join(escape(step) for step in found.clause.path)
    return (
        f"<article class='clause'><header><h3 tabindex='-1'><span class='marker'>[{marker}]</span> "
        f"《{escape(version.title)}》{number}</h3><p class='path'>{path}</p>"
        f"<p class='tags'><span class='tag {status}'>{message(f'status_{status}')}</span>"
        f"<span class='tag {version.text_kind}'>{kind}</span></p></header>"
        f"<blockquote>{body}</blockquote><dl>{_dates(version)}</dl>{_notes(found)}"
        f"<p class='links'>{_source(version)}{more}</p></article>"
    )


def _back() -> str:
    return f"<button class='back'>{escape(texts().panel_back)}</button>"


def _hint(text: str) -> str:
    return f"<p class='hint'>{escape(text)}</p>"


def _marked(text: str, start: int, end: int) -> str:
    quoted = f"<mark>{_lines(text[start:end])}</mark>" if 0 < end - start < len(text) else _lines(text[start:end])
    return _lines(text[:start]) + quoted + _lines(text[end:])


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _dates(version: Version) -> str:
    rows = [
        (texts().clause_issued, version.issued),
        (texts().clause_effective, version.effective),
        (texts().clause_expires, version.expires),
        (texts().clause_replaced, version.replaced_on),
        (texts().clause_checked, version.checked),
        (texts().clause_issuers, "、".join(version.issuers)),
    ]
    return "".join(f"<div><dt>{name}</dt><dd>{escape(str(value))}</dd></div>" for name, value in rows if value)


def _notes(found: StoredClause) -> str:
    notes = [note for note in (found.version.caution, found.clause.note) if note]
    return "".join(f"<p class='note'>{escape(note)}</p>" for note in notes)


def _source(version: Version) -> str:
    if version.source and urlsplit(version.source).scheme in ("http", "https"):
        address, label = escape(version.source), escape(texts().clause_source)
        return f"<a class='source' href='{address}' target='_blank' rel='noopener noreferrer'>{label} ↗</a>"
    if version.source_note:
        return f"<span class='source'>{escape(texts().clause_source_note.format(note=version.source_note))}</span>"
    return ""
