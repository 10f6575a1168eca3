"""The words of the step `qualify`, from `qualify.yaml`: what is asked, and what is said."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from assistant.documents.strict_yaml import Schema, read_file

_FACE = re.compile(r"\[[\u4e00-\u9fff]{1,4}\]|[\U0001F300-\U0001FAFF\u2600-\u27BF]|[~～]+")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff])")
FILE = Path(__file__).with_name("qualify.yaml")
Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda said: re.compile(said, re.I))]


class Asks(Schema):
    """By what a message shows what it asks."""

    judge: Pattern
    amount: Pattern
    open: Pattern
    other: Pattern
    veto: Pattern
    firm: Pattern
    loose: Pattern
    whole: Pattern
    self: Pattern
    ours: Pattern
    which: Pattern
    list: Pattern
    clear: Pattern
    next_year: Pattern
    back: Pattern
    general: Pattern
    apply: Pattern
    wants: Pattern
    turn: Pattern
    side_by_side: Pattern
    beside: Pattern
    being: Pattern
    held: Pattern
    asking: Pattern
    again: Pattern
    start: Pattern
    help: Pattern
    turns_to: Pattern
    corrects: Pattern
    tier: Pattern
    whom: Pattern


class QualifyWords(Schema):
    """The file as it stands."""

    names: dict[str, Pattern]
    statuses: tuple[str, ...]
    tiers: tuple[tuple[str, ...], ...]
    asks: Asks
    presume: dict[str, dict[str, bool | str]]
    stand_in: dict[str, str]
    messages: dict[str, str]


@cache
def words() -> QualifyWords:
    """The shipped words."""
    return read_file(FILE, QualifyWords)


def in_words(text: str) -> str:
    """A message as its words are looked at: half width, lower case, Chinese commas, one for a space between words."""
    return _COMMA.sub("，", unicodedata.normalize("NFKC", _FACE.sub("，", text)).lower())


def say(name: str, /, **values: object) -> str:
    """The sentence of that name with its placeholders filled.

    Raises:
        KeyError: there is no such sentence, or a placeholder has no value.
    """
    return words().messages[name].format(**values)
