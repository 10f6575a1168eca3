"""The wording and the typography of the compilation, read strictly from the YAML files beside this module."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from assistant.documents.model import Confidence, Level, Status, TextKind
from assistant.documents.strict_yaml import Schema, read_file

_HERE = Path(__file__).parent


class FactNames(Schema):
    """The left column of a facts box."""

    number: str
    issuers: str
    level: str
    kind: str
    dates: str
    status: str
    replaces: str
    source: str
    checked: str
    confidence: str
    text: str


class DateWords(Schema):
    issued: str
    effective: str
    expires: str
    no_effective: str


class Words(Schema):
    """Every sentence of the compilation that is not policy; braces hold values."""

    title: str
    subtitle: str
    selected: str
    as_of: str
    counts: str
    publisher: str
    notice: str
    running_head: str
    contents: str
    by_level: str
    index: str
    index_note: str
    other_chapter: str
    texts_chapter: str
    slots_chapter: str
    slot_what: str
    slot_established: str
    slot_presumed: str
    slot_wanted: str
    facts: FactNames
    not_found: str
    dates: DateWords
    status: dict[Status, str]
    replaced_by: str
    levels: dict[Level, str]
    confidence: dict[Confidence, str]
    region: str
    confidence_mark: dict[Confidence, str]
    text: dict[TextKind, str]
    note: str
    caution: str
    unknown: str
    disputed: str
    ask_office: str
    no_printer: str


class Fonts(Schema):
    """Per role the font that the standard asks for, then its stand-ins."""

    title: tuple[str, ...]
    heading: tuple[str, ...]
    subheading: tuple[str, ...]
    body: tuple[str, ...]
    number: tuple[str, ...]


class Page(Schema):
    """Paper and margins in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float


class Typography(Schema):
    """Sizes and line spacing in points, the indent in characters."""

    fonts: Fonts
    sizes: dict[str, float]
    line_spacing: float
    indent: int
    page: Page


@cache
def load_words() -> Words:
    return read_file(_HERE / "words.yaml", Words)


@cache
def load_typography() -> Typography:
    return read_file(_HERE / "typography.yaml", Typography)


def chinese_date(day: date) -> str:
    """2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
