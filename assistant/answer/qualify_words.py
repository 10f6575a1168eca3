"""The words of the step `qualify`, from `qualify.yaml`: what is asked, and what is said."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from assistant.documents.strict_yaml import Schema, read_file

FILE = Path(__file__).with_name("qualify.yaml")
Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda said: re.compile(said, re.I))]


class Asks(Schema):
    """By what a message shows what it asks."""

    judge: Pattern
    amount: Pattern
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
    wants: Pattern
    turn: Pattern
    side_by_side: Pattern
    beside: Pattern
    being: Pattern


class QualifyWords(Schema):
    """The file as it stands."""

    names: dict[str, Pattern]
    asks: Asks
    presume: dict[str, dict[str, bool | str]]
    stand_in: dict[str, str]
    messages: dict[str, str]


@cache
def words() -> QualifyWords:
    """The shipped words."""
    return read_file(FILE, QualifyWords)


def say(name: str, /, **values: object) -> str:
    """The sentence of that name with its placeholders filled.

    Raises:
        KeyError: there is no such sentence, or a placeholder has no value.
    """
    return words().messages[name].format(**values)
