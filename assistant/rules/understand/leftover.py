"""Figures that found no fact: which of them are asked about, and which corrections stay open."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import permutations

from assistant.rules.facts import FactKind
from assistant.rules.understand.bound import Bound
from assistant.rules.understand.figures import Figure, FigureKind, find_figures
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Profile

PART = re.compile(
    r"(?:一|另一|还有一|第[一二三])(?:个|笔|项|件|轮)[^，。；\d]{0,8}$|(?:天使|种子|[a-d]\+?)轮[^，。；\d]{0,6}$"
)
SUM = re.compile(r"合起来|加起来|合计|一共|总共|总计")
_REST = re.compile(r"其余|剩余|剩下|余下|另外")
_SHORT = 14  # characters before a figure that tell what it is
_TOLD_BY = {
    FigureKind.MONEY: (FactKind.MONEY, FactKind.AMOUNTS),
    FigureKind.PERCENT: (FactKind.RATIO, FactKind.GROWTH),
    FigureKind.PEOPLE: (FactKind.COUNT,),
}


def left_over(left: Sequence[Figure], bound: Sequence[Bound], message: Message, known: Collection[str]) -> list[Figure]:
    """The figures that are asked about: those that may tell a fact which is not known, and are no part or rest of what was told."""
    return [
        one
        for one in left
        if _could_tell(one, message, known) and not _is_part(one, message) and not _is_rest(one, bound, message)
    ]


def kinds_told(figure: Figure) -> tuple[FactKind, ...]:
    """The kinds of facts that a figure can tell."""
    return _TOLD_BY.get(figure.kind, ())


def unplaced_of(left: Sequence[Figure], message: Message, earlier: Profile) -> tuple[str, ...]:
    """The figures of corrections that found no fact; an earlier one is settled by a message that has its number."""
    numbers = {number for figure in message.figures for number in (figure.low, figure.high)}
    open_ones = [
        words
        for words in earlier.unplaced
        if words not in message.text and not {found.low for found in find_figures(words)} & numbers
    ]
    corrected = left if lexicon().corrects.search(message.text) else []
    return tuple(dict.fromkeys((*open_ones, *(figure.text for figure in corrected))))


def words_before(figure: Figure, message: Message) -> str:
    """The last words before a figure in its clause."""
    clause = message.clause(figure.start)
    return message.text[max(clause.start, figure.start - _SHORT) : figure.start]


def _is_part(figure: Figure, message: Message) -> bool:
    """Whether a figure is a part of a sum that the message tells too."""
    return PART.search(words_before(figure, message)) is not None and SUM.search(message.text) is not None


def _is_rest(figure: Figure, bound: Sequence[Bound], message: Message) -> bool:
    """Whether a figure is what one that was told leaves of another: 研发900万，其中境外360万，其余540万在境内."""
    if not _REST.search(words_before(figure, message)):
        return False
    told = [one.figure for one in bound if one.figure.kind is figure.kind]
    return any(whole.low - part.low == figure.low for whole, part in permutations(told, 2))


def _could_tell(figure: Figure, message: Message, known: Collection[str]) -> bool:
    """Whether a figure may tell a fact of the programme that is not known yet, so that it is asked about."""
    kinds = kinds_told(figure)
    wanted = (message.catalogue[name].type for name in message.wanted if name not in known)
    return bool(kinds) and (not message.wanted or any(kind in kinds for kind in wanted))
