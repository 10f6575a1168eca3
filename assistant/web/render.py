"""HTML and Markdown for the page. Everything that comes from documents or users is escaped here."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote, urlsplit

from assistant.answer.messages import message
from assistant.answer.model import Answer, Citation
from assistant.documents.model import Status, TextKind, Version
from assistant.index.store import StoredClause

_MARKER = re.compile(r"(?<!\\)\[(\d+)\](?!\()")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>$])")


def answer_markdown(answer: Answer) -> str:
    """The answer's text with its markers made into links that open the clause."""
    targets = {citation.marker: citation for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        citation = targets.get(int(match[1]))
        return f"[\\[{match[1]}\\]](#cite-{quote(cite_target(citation), safe='')})" if citation else match.group()

    return _MARKER.sub(link, answer.text)


def cite_target(citation: Citation) -> str:
    """What a citation link carries: the reference, and which quotation to mark."""
    return citation.found.ref


def user_markdown(text: str) -> str:
    """What a user typed, shown as typed: no Markdown, no HTML."""
    return _MARKDOWN.sub(r"\\\1", escape(text, quote=False)).replace("\n", "<br>")


def citations_panel(answer: Answer) -> str:
    """The cited clauses of an answer, as cards."""
    if not answer.citations:
        return f'<p class="hint">{escape(EMPTY_PANEL)}</p>'
    cards = "".join(clause_card(c.found, c.status, quote_=c.quote, marker=c.marker) for c in answer.citations)
    return f'<h3 class="panel-title">依据的条款</h3>{cards}'


EMPTY_PANEL = "回答所依据的条款会显示在这里；点击回答中的编号可查看条款全文、时效和官方链接。"
GONE = "这一条款在当前知识库里已经没有了，可能已被更新。请重新提问。"


def clause_card(
    found: StoredClause, status: Status, *, quote_: str = "", marker: int | None = None, whole: bool = False
) -> str:
    """A clause with everything that staff check: title, number, path, dates, status, kind of text, source."""
    version, clause = found.version, found.clause
    text = clause.text if whole else quote_ or clause.text
    number = f"<span class='number'>{escape(version.number)}</span>" if version.number else ""
    label = f"<span class='marker'>[{marker}]</span> " if marker else ""
    kind = "条款要点（非原文）" if version.text_kind is TextKind.DIGEST else "官方原文"
    path = " › ".join(escape(step) for step in clause.path)
    more = "" if whole else f"<a class='whole' href='#cite-{quote(found.ref, safe='')}'>查看整条</a>"
    return (
        f"<article class='clause'><header>{label}<b>《{escape(version.title)}》</b>{number}</header>"
        f"<div class='path'>{path}</div>"
        f"<div class='tags'><span class='tag {status}'>{message(f'status_{status}')}</span><span class='tag'>{kind}</span></div>"
        f"<blockquote>{_marked(text, quote_ if whole else '')}</blockquote>"
        f"<dl>{_dates(version)}</dl>{_notes(found)}<footer>{_source(version)}{more}</footer></article>"
    )


def _marked(text: str, quoted: str) -> str:
    safe = escape(text)
    if quoted and escape(quoted) in safe:
        safe = safe.replace(escape(quoted), f"<mark>{escape(quoted)}</mark>", 1)
    return safe.replace("\n", "<br>")


def _dates(version: Version) -> str:
    rows = [
        ("发布", version.issued),
        ("施行", version.effective),
        ("有效期至", version.expires),
        ("被替代", version.replaced_on),
        ("核对", version.checked),
    ]
    known = "".join(f"<div><dt>{name}</dt><dd>{day}</dd></div>" for name, day in rows if day)
    issuers = f"<div><dt>发文</dt><dd>{escape('、'.join(version.issuers))}</dd></div>" if version.issuers else ""
    return known + issuers


def _notes(found: StoredClause) -> str:
    notes = [note for note in (found.version.caution, found.clause.note) if note]
    return "".join(f"<p class='note'>{escape(note)}</p>" for note in notes)


def _source(version: Version) -> str:
    if version.source and urlsplit(version.source).scheme in ("http", "https"):
        return f"<a class='source' href='{escape(version.source)}' target='_blank' rel='noopener noreferrer'>来源网页</a>"
    return f"<span class='source'>来源：{escape(version.source_note)}</span>" if version.source_note else ""
