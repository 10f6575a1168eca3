"""Figures in a row: 分别是200万、240万、300万 are several years of one label, or several labels of one year."""

from __future__ import annotations

import re

from assistant.rules.understand.choose import fits, project
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import LabelKind, Spot
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import IN_ORDER, spread

_JOIN = re.compile(r"[、，,和及与跟同/ ]+")
_THREE_YEARS = re.compile(r"[三3]年")
_OF_PARTS = re.compile(  # 产品有三个，收入分别是600万、500万、400万: of one year
    r"(?:产品|业务|板块|系列|品种|客户|部门|公司|门店|基地)(?:线)?(?:有|共|分)(?:为|成)?[两二三四五六2-6]|[两二三四五六2-6](?:个|大|类|种|家|条|款)(?:主要|主打|核心|高新)?(?:产品|业务|板块|系列|品种|客户|部门|公司|门店|基地)"
)
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
    if _OF_PARTS.search(message.text, message.sentence(first.start).start, first.start):
        return ()
    yearly = first.kind in (FigureKind.MONEY, FigureKind.PERCENT)
    sentence = message.sentence(first.start)
    period = next(
        (p for p in reversed(message.periods) if sentence.start <= p.start < first.start and len(p.names) > 1),
        None,
    )
    three = _THREE_YEARS.search(message.text, sentence.start, first.start) and len(row) == len(IN_ORDER)
    people = spot.label.kind is LabelKind.PEOPLE and (three or (period and len(period.names) == len(row)))
    if not (yearly or people or "conversions_per_year" in spot.label.to):
        return ()
    if len(row) == 2 and not period and not _IN_TURN.search(message.words(sentence)):
        return ()
    if not period and (backwards := _years_before(message, row)):
        return backwards
    return spread(len(row), period)


def _years_before(message: Message, row: list[Figure]) -> tuple[str, ...]:
    """The years of the row before, where they were told backwards: 去年7200万，前年6100，大前年4700。研发330万、270万、150万."""
    told = [
        p.names[0] for p in message.periods if p.end <= row[0].start and len(p.names) == 1 and p.names[0] in IN_ORDER
    ]
    backwards = tuple(reversed(IN_ORDER))[: len(row)]
    return backwards if len(row) > 1 and tuple(told[-len(row) :]) == backwards else ()
