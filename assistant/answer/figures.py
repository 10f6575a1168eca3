"""Figures in Chinese text, normalised: 500万元, 五百万元, 5000000元 and 5,000,000 元 are one figure; so are 5‰ and 0.5%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answer.bounds import HIGH, LOW, PLAIN, Bound, Bounds, bounds, date_bounds, makes_range
from assistant.answer.figure_forms import FORMS, Kind, normalise

__all__ = ["Figure", "Kind", "bare", "figures", "normalise", "without_figures"]

_EXCESS = re.compile(r"[^。；\n]{0,30}[，；]超[过出]的?部分")
_NO_FIGURE = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)](?!号)|\[\d{1,3}\]|^\s*\d{1,2}[.、](?!\d)|(?<![\d零〇一二三四五六七八九十百千])[一二三四五六七八九十]{1,3}、"
    r"|(?<=[A-Za-z])[\d.-]+|\d+(?=[A-Za-z])|一次性|一定|一般|进一步|一方面|第三方|十[四五]五|八小时外|万分感谢",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its canonical value, the ways in which it limits, and where it stands in the normalised text."""

    kind: Kind
    value: str
    bounds: Bounds = PLAIN
    start: int = 0
    end: int = 0
    text: str = ""

    @property
    def key(self) -> tuple[Kind, str]:
        return self.kind, self.value


def figures(text: str) -> list[Figure]:
    """Every figure of a text in its order. List numbers and set phrases are none."""
    text = normalise(text)
    rest = _NO_FIGURE.sub(lambda m: "\0" * len(m.group()), text)
    found: list[Figure] = []
    for kind, pattern, value in FORMS:
        for match in pattern.finditer(rest):
            canonical = value(match)
            if canonical is not None:
                found.append(_placed(kind, canonical, match, rest))
        rest = pattern.sub(lambda m: "\1" * len(m.group()), rest)
    return list(_ranged(sorted(found, key=lambda f: f.start), text))


def without_figures(text: str) -> str:
    """The normalised text with its figures blanked, at the same places."""
    text = normalise(text)
    for figure in figures(text):
        text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text


def _placed(kind: Kind, value: str, match: re.Match[str], text: str) -> Figure:
    start, end = match.span()
    if kind is Kind.DATE:
        limits = date_bounds(text, start, end)
    elif kind in (Kind.DOCUMENT, Kind.ORDINAL):
        limits = PLAIN
    else:
        limits = bounds(text, start, end, duration=kind is Kind.DURATION)
        if Bound.AT_MOST in limits and _EXCESS.match(text, end):  # 500万元以内免征，超过的部分减半
            limits |= {Bound.MORE_THAN}
    return Figure(kind, value, limits, start, end, match.group().strip())


def _ranged(found: list[Figure], text: str) -> Iterator[Figure]:
    """The ends of ranges get the bounds that they have as ends."""
    low = False
    for figure, after in zip(found, [*found[1:], None], strict=False):
        high, low = low, False
        if after and after.kind is not Kind.DATE and makes_range(text[figure.end : after.start]):
            if bare(figure) and after.kind is not Kind.MONEY:  # 3至5年: the unit is said once
                unit = after.value.lstrip("0123456789.")
                figure = replace(figure, kind=after.kind, value=f"{figure.value}{unit}")
            low = figure.kind is after.kind
        if low:
            yield replace(figure, bounds=LOW)
        elif high:
            yield replace(figure, bounds=HIGH if figure.bounds == PLAIN else figure.bounds)
        else:
            yield figure


def bare(figure: Figure) -> bool:
    """Whether it is a number of which the text does not say what it counts."""
    return figure.kind is Kind.COUNT and figure.value.replace(".", "").isdigit()
