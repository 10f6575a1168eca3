"""Markdown for the conversation. Everything that comes from documents, models or users is made harmless here."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from assistant.answer.model import Answer, Citation
from assistant.web.texts import texts

_MARKER = re.compile(r"(?<!\\)\[(\d+)\](?!\()")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>$:@])")  # with what makes a link of an address
_TARGET = re.compile(r"\](?=[(:])")  # what would make a link, an image or a link definition
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#@!$&'+,;=%]*[A-Za-z0-9/=]")


def answer_markdown(answer: Answer, number: int) -> str:
    """The whole answer: its markers made into links that open the clause, and a button that copies its record.

    Args:
        number: which of the conversation's records is this answer's, from 0.
    """
    targets = {citation.marker: cite_target(citation) for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        target = targets.get(int(match[1]))
        return f"[\\[{match[1]}\\]](#cite-{target})" if target else match.group()

    body = _MARKER.sub(link, harmless_markdown(answer.text))
    button = f"<button class='copy copy-{number}'>{escape(texts().copy_answer)}</button>"
    return f"{body}\n\n{button}" if answer.citations else body


def harmless_markdown(text: str) -> str:
    """Markdown in which nothing is HTML, an image or a disguised link; bare addresses end before Chinese text."""
    safe = _TARGET.sub(r"]\\", text.replace("&", "&amp;").replace("<", "&lt;"))
    return _ADDRESS.sub(lambda match: f"[{match.group()}]({match.group()})", safe)


def cite_target(citation: Citation) -> str:
    """What a citation link carries: `marker:start:end:ref`, where start and end say which quotation to mark."""
    start = max(citation.found.clause.text.find(citation.quote), 0)
    end = start + len(citation.quote) if citation.quote in citation.found.clause.text else start
    return quote(f"{citation.marker}:{start}:{end}:{citation.found.ref}", safe="")


def user_markdown(text: str) -> str:
    """What a user typed, shown as typed: no Markdown, no HTML."""
    return _MARKDOWN.sub(r"\\\1", escape(text, quote=False)).replace("\n", "<br>")


def working_markdown(step: str) -> str:
    """What the assistant is doing, while there is nothing of the answer yet."""
    return f"<span class='working'>{escape(step)}…</span>"


def stopped_markdown(so_far: str) -> str:
    """An answer that was stopped: what there is of it, and that it is not whole."""
    note = f"<span class='stopped'>{escape(texts().stopped)}</span>"
    return note if not so_far or so_far.startswith("<span class='working'>") else f"{so_far}\n\n{note}"
