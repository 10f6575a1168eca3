"""Which label names what a figure tells."""

from __future__ import annotations

from collections.abc import Container

from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import TAKES, LabelKind, Spot, lexicon
from assistant.rules.understand.message import Message

NEAR = 6  # characters between a label and its figure in one clause
BESIDE = 3  # characters between a figure and the label after it


def label_of(message: Message, figures: list[Figure], i: int, used: Container[int]) -> Spot | None:
    """The label that names what the figure `i` tells: before it in its sentence, or right after it; `used` ones are taken."""
    figure = figures[i]
    sentence = message.sentence(figure.start)
    since = max(sentence.start, figures[i - 1].end if i else 0)
    until = min(sentence.end, figures[i + 1].start if i + 1 < len(figures) else sentence.end)
    fitting = [spot for spot in message.labels if fits(message, spot, figure) and spot.start not in used]
    before = [spot for spot in fitting if since <= spot.start and spot.end <= figure.start]
    clause = message.clause(figure.start)
    after = [spot for spot in fitting if figure.end <= spot.start <= figure.end + BESIDE and spot.end <= until]
    after = [spot for spot in after if clause.holds(spot.start) and "、" not in message.text[figure.end : spot.start]]
    near = before[-1] if before else None
    if near and clause.holds(near.start) and figure.start - near.end <= NEAR:
        counted = figure.kind is FigureKind.ITEMS and near.label.kind is LabelKind.PEOPLE
        beside = (near.label.weak or counted) and bool(after) and not after[0].label.weak
        chosen: Spot | None = after[0] if beside else _stronger(before, near)
    else:
        chosen = after[0] if after else near
    return project(message, figure, chosen, sentence.start) or chosen


def _stronger(before: list[Spot], near: Spot) -> Spot:
    strong = [spot for spot in before if not spot.label.weak and spot.label.kind is near.label.kind]
    return strong[-1] if near.label.weak and strong and near.label.kind is not LabelKind.PERCENT else near


def project(message: Message, figure: Figure, chosen: Spot | None, start: int) -> Spot | None:
    """The project whose amount the figure is, where no nearer label means a fact of the programme."""
    if figure.kind is not FigureKind.MONEY or (chosen and is_wanted(message, chosen)):
        return None
    projects = [s for s in message.labels if s.label.kind is LabelKind.AMOUNTS and start <= s.start < figure.start]
    projects = [spot for spot in projects if is_wanted(message, spot)]
    return projects[-1] if projects else None


def fits(message: Message, spot: Spot, figure: Figure) -> bool:
    """Whether the label takes figures of this kind."""
    if (spot.label.kind is LabelKind.AMOUNTS or spot.label.wanted) and not is_wanted(message, spot):
        return False
    if figure.kind is FigureKind.ITEMS and spot.label.kind is LabelKind.PEOPLE and not figure.text.endswith("个"):
        return False
    return spot.label.kind in TAKES[figure.kind]


def is_wanted(message: Message, spot: Spot) -> bool:
    """Whether the programme in question uses a fact of the label."""
    families = lexicon().families
    names = [n for to in spot.label.to for n in (families[to].values() if to in families else (to,))]
    return any(name in message.wanted for name in names)
