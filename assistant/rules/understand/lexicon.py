"""The words by which companies tell their facts, from `lexicon.yaml`, compiled for one catalogue of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from assistant.documents.strict_yaml import Schema, read_file
from assistant.rules.facts import FactCatalogue, FactKind, Option
from assistant.rules.understand.figures import FigureKind

_SHORT_LABEL = 10  # characters of an option that people may write as it stands: 生物与新医药
FILE = Path(__file__).with_name("lexicon.yaml")


def _compiled(said: object) -> object:
    return re.compile(said, re.I) if isinstance(said, str) else said


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]


class LabelKind(StrEnum):
    """Which figures a label takes; `amounts` are those of projects, `none` shields its words."""

    MONEY = "money"
    AMOUNTS = "amounts"
    PERCENT = "percent"
    PEOPLE = "people"
    ITEMS = "items"
    POINTS = "points"
    YEARS = "years"
    RANK = "rank"
    NONE = "none"


TAKES: dict[FigureKind, tuple[LabelKind, ...]] = {
    FigureKind.MONEY: (LabelKind.MONEY, LabelKind.AMOUNTS),
    FigureKind.PERCENT: (LabelKind.PERCENT,),
    FigureKind.PEOPLE: (LabelKind.PEOPLE,),
    FigureKind.ITEMS: (LabelKind.ITEMS, LabelKind.PEOPLE),
    FigureKind.POINTS: (LabelKind.POINTS,),
    FigureKind.YEARS: (LabelKind.YEARS,),
    FigureKind.RANK: (LabelKind.RANK,),
    FigureKind.BARE: (LabelKind.ITEMS, LabelKind.PEOPLE, LabelKind.POINTS, LabelKind.MONEY),
}


class Label(Schema):
    """Words that name facts or families.

    `rest`: where it matches too, the figure tells the rest of a whole. `wanted`: only where the programme uses the fact.
    `absorbs`: a figure right after it tells nothing that is asked for (商标3个). `amid`: only in a sentence that has
    these words. `parts`: its figures are parts of the fact, added up where there are so many (人工300万，折旧30万，…).
    """

    kind: LabelKind
    pattern: Pattern
    to: tuple[str, ...]
    weak: bool = False
    wanted: bool = False
    absorbs: bool = False
    parts: int = 0
    beside: Pattern | None = None  # what has to follow it, or the words after it that say nothing
    rest: Pattern | None = None
    amid: Pattern | None = None


class Claim(Schema):
    """Words that state a fact; see the head of `claims` in the file. `amid`: only where these words stand around it."""

    fact: str
    pattern: Pattern
    value: bool | str | None = None
    neg: bool | str | None = None
    any: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    share: int | None = None
    unless: Pattern | None = None
    asked: bool = False
    weak: bool = False
    amid: Pattern | None = None


class Zero(Schema):
    """What is zero where a clause denies it."""

    pattern: Pattern
    facts: tuple[str, ...]


class DayWords(Schema):
    """Words near a day that say what happened on it."""

    fact: str
    pattern: Pattern


class Lexicon(Schema):
    """The file as it stands."""

    families: dict[str, dict[str, str]]
    shares: dict[str, str]
    periods: dict[str, Pattern]
    tails: dict[LabelKind, Pattern]
    labels: tuple[Label, ...]
    claims: tuple[Claim, ...]
    zeros: tuple[Zero, ...]
    not_counted: Pattern
    counted_ip: tuple[str, ...]
    denial: Pattern
    planned: Pattern
    question: Pattern
    days: tuple[DayWords, ...]
    recognised: Pattern
    recognised_there: Pattern
    hnte: Pattern
    other_certificates: Pattern
    supposed: Pattern
    corrects: Pattern
    amends: Pattern
    more: Pattern
    less: Pattern
    goal_before: Pattern
    award_before: Pattern
    goal_after: Pattern
    asks_about: Pattern
    spent: Pattern
    unclear: Pattern
    rest_is_fine: Pattern
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A label and where it stands."""

    start: int
    end: int
    label: Label


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return read_file(FILE, Lexicon)


def find_labels(text: str) -> list[Spot]:
    """The labels of a text in order; the longer one shields the shorter ones in it."""
    found = [
        spot
        for label in lexicon().labels
        if label.amid is None or label.amid.search(text)
        for match in label.pattern.finditer(text)
        if match.group()
        for spot in _with_tail(text, match, label)
    ]
    found.sort(key=_precedence)
    kept: list[Spot] = []
    for spot in found:
        if not any(_shields(other, spot) for other in kept):
            kept.append(spot)
    return sorted(kept, key=lambda spot: spot.start)


def _precedence(spot: Spot) -> tuple[int, int, bool, bool]:
    """The longer one first; of the same words the one that stands right before what it counts."""
    return spot.start - spot.end, spot.start, spot.label.beside is None, spot.label.kind is LabelKind.NONE


def _with_tail(text: str, match: re.Match[str], label: Label) -> Iterator[Spot]:
    """The label with the words between it and its figure that say nothing: 研发人员目前一共有."""
    tail = lexicon().tails[label.kind].match(text, match.end()) if label.kind in lexicon().tails else None
    end = tail.end() if tail else match.end()
    if label.beside is None or label.beside.match(text, end):
        yield Spot(match.start(), end, label)


def label_for(to: str) -> Label:
    """The first label that means a fact or a family before all else."""
    return next(label for label in lexicon().labels if label.to[:1] == (to,))


def _shields(longer: Spot, spot: Spot) -> bool:
    apart = longer.end <= spot.start or spot.end <= longer.start
    percent = LabelKind.PERCENT
    return not apart and (longer.label.kind is spot.label.kind or percent not in (longer.label.kind, spot.label.kind))


def _words_of(option: Option) -> re.Pattern[str]:
    """The words for an option, several in a row taken together: 松江区九亭."""
    says = {*option.says, *([option.label] if len(option.label) <= _SHORT_LABEL else [])}
    words = "|".join(map(re.escape, sorted(says, key=len, reverse=True)))
    return re.compile(rf"(?:{words})(?:[区市]?(?:{words}))*", re.I)


def known_options(catalogue: FactCatalogue) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Choice fact → its options with the words for them."""
    facts = [catalogue[name] for name in lexicon().options if name in catalogue]
    return {
        fact.id: tuple((option.id, _words_of(option)) for option in fact.options if option.says)
        for fact in facts
        if fact.type is FactKind.CHOICE
    }
