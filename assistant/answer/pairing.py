"""Do the figures of a sentence belong together? 超过2亿元的，不低于5% is wrong though both figures stand in the clause.

A figure is bound to those of its own item (between 、 or ，), or to the nearest item of its sentence that has any of
that sort. Two neighbours of a sentence that the clause binds to others of their sort have been swapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer.figures import Figure, Kind, figures, normalise

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_ITEM = re.compile(r"[^，、：:|]+")
_PAIRED = (Kind.MONEY, Kind.PERCENT, Kind.DATE, Kind.PEOPLE, Kind.COUNT)
Same = Callable[[Figure, Figure], bool]  # whether a figure of the clause carries a figure of the sentence
Items = tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    items: Items
    item: int


def laid_out(text: str) -> tuple[Items, ...]:
    """The figures of a text by sentence and item: amounts, shares, years and counts, which a graded rule binds to each other."""
    text = normalise(text)
    found = [figure for figure in figures(text) if figure.kind in _PAIRED]
    sentences = []
    for sentence in _SENTENCE.finditer(text):
        spans = [(m.start() + sentence.start(), m.end() + sentence.start()) for m in _ITEM.finditer(sentence.group())]
        items = tuple(tuple(f for f in found if start <= f.start < end) for start, end in spans)
        if any(items):
            sentences.append(tuple(filter(None, items)))
    return tuple(sentences)


def swapped(sentence: str, clause: Sequence[Items], same: Same) -> tuple[Figure, Figure] | None:
    """The first two neighbouring figures that the clause binds to others."""
    for items in laid_out(sentence):
        line = [(number, figure) for number, item in enumerate(items) for figure in item]
        for at in range(len(line) - 1):
            (i, one), (j, other) = line[at], line[at + 1]
            if one.kind is other.kind is Kind.DATE:
                continue
            if sort(one) == sort(other):
                if _of_other_grades(one, other, clause, same):
                    return one, other
                continue
            if not _apart(one, other, clause, same):
                continue
            if i != j and _excused(line, at, clause, same):
                continue
            return one, other
    return None


def sort(figure: Figure) -> tuple[Kind, str]:
    """What a figure counts: its kind with its unit, or for a date how exact it is."""
    if figure.kind is Kind.DATE:
        return figure.kind, "year" if len(figure.value) == 4 else "day"
    return figure.kind, figure.value.lstrip("0123456789./")


def _of_other_grades(one: Figure, other: Figure, clause: Sequence[Items], same: Same) -> bool:
    """1亿元及以上的补助500万元, where both stand in grades of the clause, but never in one."""

    def grades(figure: Figure) -> list[Items]:
        return [place.items for place in _places(figure, clause, same)]

    ones, others = grades(one), grades(other)
    graded = all(sum(sort(f) == sort(one) for item in items for f in item) > 1 for items in (*ones, *others))
    return bool(ones and others) and graded and not any(items in others for items in ones)


def _excused(line: list[tuple[int, Figure]], at: int, clause: Sequence[Items], same: Same) -> bool:
    """Whether both figures have their partners elsewhere: 5000万元以下5%、2亿元以下4% does not bind 5% to 2亿元."""
    (i, one), (j, other) = line[at], line[at + 1]
    before = line[at - 1] if at else None
    after = line[at + 2] if at + 2 < len(line) else None
    left = before and sort(before[1]) == sort(other) and not _apart(before[1], one, clause, same)
    right = after and sort(after[1]) == sort(one) and not _apart(other, after[1], clause, same)
    if before and left and before[0] == i:
        return True
    if after and right and after[0] == j:
        return True
    return bool(left and right)


def _apart(one: Figure, other: Figure, clause: Sequence[Items], same: Same) -> bool:
    """Whether the clause nowhere binds the two, but binds one of them to another figure of that sort."""
    ones, others = _places(one, clause, same), _places(other, clause, same)
    if any(_bound(p, other, same) for p in ones) and any(_bound(p, one, same) for p in others):
        return False
    return any(_partners(p, other) for p in ones) or any(_partners(p, one) for p in others)


def _places(figure: Figure, clause: Sequence[Items], same: Same) -> list[_Place]:
    return [
        _Place(items, number)
        for items in clause
        for number, item in enumerate(items)
        if any(same(figure, known) for known in item)
    ]


def _bound(place: _Place, partner: Figure, same: Same) -> bool:
    return any(same(partner, known) for known in _partners(place, partner))


def _partners(place: _Place, like: Figure) -> tuple[Figure, ...]:
    """The figures of that sort that are bound to an item: its own, or those of the nearest item on either side."""
    wanted = sort(like)

    def of(number: int) -> tuple[Figure, ...]:
        return tuple(figure for figure in place.items[number] if sort(figure) == wanted)

    if own := of(place.item):
        return own
    before = next(filter(None, map(of, range(place.item - 1, -1, -1))), ())
    later = range(place.item + 1, len(place.items))
    if any(figure.kind is Kind.DATE for figure in place.items[place.item]):  # a year holds until the next one
        until = next((i for i in later if any(f.kind is Kind.DATE for f in place.items[i])), len(place.items))
        return before + tuple(figure for i in later if i < until for figure in of(i))
    return before + next(filter(None, map(of, later)), ())
