"""Which programmes a text names: as what is asked about, or only as what the company is already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.answer.qualify_words import words
from assistant.rules.understand.figures import FigureKind, find_figures
from assistant.rules.understand.sentences import clauses, make_plain

_OF_A_COMPANY = (FigureKind.MONEY, FigureKind.PERCENT, FigureKind.PEOPLE, FigureKind.ITEMS)
_ENOUGH_FIGURES = 2  # by which a message describes a company


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Where a programme is named; `held`: as a fact of the company (我们是高企, 高企证到期), not as what is asked about."""

    start: int
    end: int
    programme: str
    held: bool


def mentions(text: str) -> list[Mention]:
    """Where programmes are named in a text made plain, in order; the narrower names first where they overlap."""
    found: list[Mention] = []
    for programme, pattern in words().names.items():
        for match in pattern.finditer(text):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(Mention(match.start(), match.end(), programme, _is_held(text, match.start(), match.end())))
    return sorted(found)


def named(text: str, programmes: Collection[str], *, strictly: bool = False) -> str | None:
    """The programme that a text is about: the last one of its last question clause, else the last one named.

    Args:
        strictly: one that is named only as what the company is already does not count.
    """
    found = [one for one in mentions(text) if one.programme in programmes]
    found = [one for one in found if not one.held] or ([] if strictly else found)
    asking = [clause for clause in clauses(text) if words().asks.judge.search(text[clause.start : clause.end])]
    for clause in reversed(asking):
        inside = [one for one in found if clause.holds(one.start)]
        if inside:
            return inside[-1].programme
    return found[-1].programme if found else None


def named_together(text: str, programmes: Collection[str]) -> tuple[str, ...]:
    """The programmes that are asked about side by side (高企和科小), in order; none where it is one, or what the company is."""
    rows: list[list[Mention]] = []
    for mention in mentions(text):
        if mention.programme not in programmes:
            continue
        if rows and words().asks.beside.fullmatch(text[rows[-1][-1].end : mention.start]):
            rows[-1].append(mention)
        else:
            rows.append([mention])
    asked = named(text, programmes)
    for row in reversed(rows):
        together = tuple(dict.fromkeys(one.programme for one in row))
        if len(together) > 1 and asked in together and not words().asks.being.search(text[: row[0].start]):
            return together
    return ()


def describes_company(text: str) -> bool:
    """Whether a message tells a company's figures, by which the rules can say more than the search."""
    figures = [figure for figure in find_figures(make_plain(text)) if figure.kind in _OF_A_COMPANY]
    return len(figures) >= _ENOUGH_FIGURES


def _is_held(text: str, start: int, end: int) -> bool:
    asks = words().asks
    return asks.being.search(text[:start]) is not None or asks.held.match(text, end) is not None
