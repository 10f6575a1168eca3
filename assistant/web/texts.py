"""The sentences of the page, from `texts.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.documents.strict_yaml import Schema, read


class Texts(Schema):
    """What the page says. Placeholders stand in braces."""

    title: str
    tagline: str
    footnote: str
    welcome: str
    examples: tuple[str, ...]
    question: str
    question_hint: str
    send: str
    stop: str
    fresh: str
    export: str
    export_file: str
    copy_answer: str
    copied: str
    not_copied: str
    working: str
    stopped: str
    too_long: str
    trouble: str
    trouble_text: str
    conversation: str
    you: str
    reply: str
    to_end: str
    panel: str
    panel_empty: str
    panel_gone: str
    panel_offline: str
    panel_close: str
    panel_back: str
    clause_whole: str
    clause_digest: str
    clause_official: str
    clause_issued: str
    clause_effective: str
    clause_expires: str
    clause_replaced: str
    clause_checked: str
    clause_issuers: str
    clause_source: str
    clause_source_note: str
    record_question: str
    record_grounds: str
    record_closing: str
    no_index: str


@cache
def texts() -> Texts:
    """The sentences of the page.

    Raises:
        DocumentError: a sentence is missing, unknown or not text.
    """
    file = Path(__file__).with_name("texts.yaml")
    return read(file.read_text(encoding="utf-8"), Texts, file)
