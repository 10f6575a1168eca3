"""Figures in a row: 分别是200万、240万、300万 are several years of one label, or several labels of one year."""

from __future__ import annotations

import re

from assistant.rules.understand.choose import fits, project
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import LabelKind, Spot
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import spread

_JOIN = re.compile(r"[、，,和及与跟同/ ]+")
_IN_TURN = re.compile(r"分别|依次|两年|/")


def row_at(message: Message, figures: list[Figure], i: int) -> list[Figure]:
    """The figure `i` and those of its kind that follow it with nothing but a sign between."""
    row = [figures[i]]
    for figure in figures[i + 1 :]:
        between = message.text[row[-1].end : figure.start]
        if figure.kind is not row[0].kind or not _JOIN.fullmatch(between):
            break
        row.append(figure)
    return row


def labels_of(message: Message, row: list[Figure], since: int, earlier: list[Spot]) -> list[Spot]:
    """The labels before a row that take its figures; none where it lists the amounts of projects.

    `earlier`: the labels of the row before it, which go on: 营收/研发费用:2023年2000万/120万，2024年2400万/150万.
    """
    first = row[0]
    sentence = message.sentence(first.start)
    spots = [spot for spot in message.labels if since <= spot.start < first.start and fits(message, spot, first)]
    if spots and (spots[-1].label.kind is LabelKind.AMOUNTS or project(message, first, spots[-1], sentence.start)):
        return []
    if not spots and len(earlier) == len(row) and sentence.holds(earlier[0].start):
        return earlier
    return spots


def years_of(message: Message, row: list[Figure], spot: Spot) -> tuple[str, ...]:
    """The years that the figures of a row tell of one label, in their order; none where it is no row of years."""
    first = row[0]
    yearly = first.kind in (FigureKind.MONEY, FigureKind.PERCENT)
    if not (yearly or "conversions_per_year" in spot.label.to):
        return ()
    sentence = message.sentence(first.start)
    period = next(
        (p for p in reversed(message.periods) if sentence.start <= p.start < first.start and len(p.names) > 1),
        None,
    )
    if len(row) == 2 and not period and not _IN_TURN.search(message.words(sentence)):
        return ()
    return spread(len(row), period)
