"""A figure bound to the fact it tells, with the values that the words around it give it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assistant.documents.numerals import ordinal
from assistant.rules.facts import FactKind
from assistant.rules.understand.around import change, is_average, supposed, words_about
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.lexicon import Spot, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.rights import is_not_counted
from assistant.rules.values import Value

_EACH = re.compile(r"([二两三四五六2-6])个[^，。；]{0,16}[，,]?(?:每个|各|每项)")
_OF_YEARS = re.compile(
    r"\(?近?[三3]个?年|累计|合计|一共|，(?:这|近|过去)?[三3]年(?:里|间|的|下来|合计|累计|总共|数据?)*(?=[，。；!?]|$)"
)
_LOSS = re.compile(r"(?:亏损?|赔|倒贴)(?:了|为|是|约|大概)*\s*$")
_FALLS = re.compile(r"(?:下降|下滑|下跌|减少|降低|负增长|[降跌])(?:了|为|是|约|大概)*\s*$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that tells a fact; `change` is 1 or -1 where it comes on top of, or goes off, what was told before."""

    fact: str
    figure: Figure
    values: tuple[Value, ...]
    note: str | None = None
    supposed: bool = False
    change: int = 0
    spot: Spot | None = None


def bind_value(message: Message, fact: str, figure: Figure, spot: Spot, note: str | None) -> Bound:
    """The figure as it tells the fact: the rest of a whole, a fall below zero, an average, none where it is not counted."""
    values: tuple[Value, ...] = figure.values
    before = _before(message, figure)
    kind = message.catalogue[fact].type
    if spot.label.rest:
        values = tuple(1 - value for value in figure.values)
    elif (kind is FactKind.GROWTH and _FALLS.search(before)) or (fact == "transfer_income" and _LOSS.search(before)):
        values = tuple(sorted(-abs(value) for value in figure.values))
    elif (
        fact == "conversions_per_year"
        and (_OF_YEARS.search(before) or _OF_YEARS.match(message.text, figure.end))
        and not is_average(message, figure)
    ):
        values, note = tuple(value / 3 for value in figure.values), doubt("per_year")
    if fact in lexicon().counted_ip and is_not_counted(words_about(message, figure)):
        values, note = (Fraction(0),), doubt("not_counted")
    if kind is FactKind.COUNT and len(values) > 1:
        values = _whole(values)  # 二十来个
    note = note or (None if len(values) == 1 else doubt("rough"))
    return Bound(fact, figure, values, note, supposed(message, figure), change(before), spot)


def _whole(ends: tuple[Value, ...]) -> tuple[Value, ...]:
    """The whole numbers between two ends."""
    low, high = (Fraction(str(end)) for end in (ends[0], ends[-1]))
    inside = tuple(Fraction(end) for end in (math.ceil(low), math.floor(high)))
    return inside[:1] if inside[0] == inside[1] else inside if inside[0] < inside[1] else ends


def with_amount(message: Message, bound: list[Bound], fact: str, figure: Figure) -> list[Bound]:
    """The figure joined to the amounts of the fact told so far, as often as it says: 三个项目，每个60万."""
    times = _EACH.search(_before(message, figure))
    count = ordinal(times[1]) or 1 if times else 1
    earlier = next((one for one in bound if one.fact == fact), None)
    amounts = (figure.low,) * count
    if earlier:
        told = earlier.values[0]
        amounts = (*told, *amounts) if isinstance(told, tuple) else amounts
    note = None if figure.low == figure.high else doubt("rough")
    joined = Bound(fact, figure, (amounts,), note, supposed(message, figure))
    return [*(one for one in bound if one is not earlier), joined]


def exact_values(bound: Iterable[Bound]) -> dict[str, tuple[Fraction, int]]:
    """The exact figures by fact, and where each was told."""
    single = [one for one in bound if len(one.values) == 1 and not one.supposed]
    return {one.fact: (one.values[0], one.figure.start) for one in single if isinstance(one.values[0], Fraction)}


def _before(message: Message, figure: Figure) -> str:
    return message.text[message.sentence(figure.start).start : figure.start]
