"""Does a figure stand beside the words that it stands beside in the clause? 发明二十年，外观设计十五年 does not say
that a design is protected for twenty years.

Where a clause gives several figures of one sort, each has words of its own: those of its item that no other has. A
sentence that uses the words of another figure, and none of the figure that it names, has confused the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer.figures import Figure, Kind, figures, normalise, without_figures
from assistant.answer.pairing import sort

_PLACED = (Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.PEOPLE, Kind.COUNT, Kind.DATE)
_SENTENCE = re.compile(r"[^。；！？\n]+")
_PARAGRAPH = re.compile(r"(?:^[-|].*\n?)+|^.*[。；，：].*$", re.M)  # a list is one, a heading is none
_ITEM = re.compile(r"[^，、：|]+")
_DAY = re.compile(
    r"起?((?:正式)?(?:施行|实施|执行|印发|公布|发布|公开|到期|届满|废止|修订|截止))"
)  # what happened on it
_WORD = re.compile(r"[一-鿿A-Za-zⅠⅡ]")
_COMMON = re.compile(
    r"截[至止]到?|也就是|其中|满分|合计|给予|奖励|补助|资助|支持|罚款|不?[得应能]?(?:超过|低于|少于|高于|多于|大于|小于)|不足|最[高多低少长]|至[少多]|[及或]?以[上下内]|上限"
)
TELLING = 2  # character pairs of another figure's own words from which a sentence speaks of that one
TINY = 6  # character pairs up to which an item is no more than the words that tell it apart
PARALLEL = 0.5  # overlap from which two items differ in little else than the word that tells them apart
CLEARLY = 3  # how many times more of the other figure's words than of its own


@dataclass(frozen=True, slots=True)
class Unit:
    """A figure with the character pairs around it.

    `item` holds those of its item, `sentence` those of its sentence, `lead_in` those of what is said (…：) of all items
    of the paragraph; `alone` tells that the sentence has no other figure of its sort.
    """

    figure: Figure
    item: frozenset[str]
    sentence: frozenset[str]
    lead_in: frozenset[str]
    paragraph: int
    alone: bool

    @property
    def words(self) -> frozenset[str]:
        return self.sentence if self.alone else self.item


def units(text: str) -> tuple[Unit, ...]:
    """Every figure of a text with its words."""
    text = normalise(text)
    found = [figure for figure in figures(text) if figure.kind in _PLACED]
    words = _COMMON.sub(lambda match: " " * len(match.group()), without_figures(text))
    return tuple(
        unit
        for paragraph in _PARAGRAPH.finditer(text)
        for sentence in _SENTENCE.finditer(text, paragraph.start(), paragraph.end())
        for unit in _of_sentence(words, paragraph, sentence, found)
    )


def _of_sentence(words: str, paragraph: re.Match[str], sentence: re.Match[str], found: list[Figure]) -> Iterable[Unit]:
    here = [figure for figure in found if sentence.start() <= figure.start < sentence.end()]
    for figure in here:
        line = max(words.rfind("\n", 0, figure.start) + 1, paragraph.start())
        lead_in = max(words.rfind("：", line, figure.start) + 1, line)
        start = max(lead_in, sentence.start())
        day = _DAY.match(words, figure.end) if figure.kind is Kind.DATE else None
        yield Unit(
            figure,
            _pairs(day[1] if day else _item(words[start : sentence.end()], figure.start - start)),
            _pairs(words[start : sentence.end()]),
            _pairs(words[line:lead_in]),
            paragraph.start(),
            day is None and sum(sort(other) == sort(figure) for other in here) == 1,
        )


def _item(words: str, at: int) -> str:
    """The item of a sentence that holds a place; one that says nothing belongs to the item before."""
    spans = [match.span() for match in _ITEM.finditer(words)]
    number = max((i for i, (start, _) in enumerate(spans) if start <= at), default=0)
    if not spans:
        return ""
    start, end = spans[number]
    while number and not _pairs(words[start:end]):
        number -= 1
        start = spans[number][0]
    return words[start:end]


def confused(sentence: str, clause: tuple[Unit, ...], same: Callable[[Figure, Figure], bool]) -> Figure | None:
    """The first figure of a sentence that stands beside another figure's words."""
    in_turn = "分别" in sentence or "依次" in sentence  # all words first, then all figures
    last = -1
    for unit in units(sentence):
        own = [known for known in clause if same(unit.figure, known.figure)]
        if in_turn:
            if own and max(known.figure.start for known in own) < last:
                return unit.figure
            last = min((known.figure.start for known in own if known.figure.start > last), default=last)
            continue
        rivals = [other for other in clause if _rival(other.figure, unit.figure)]
        if own and any(all(_speaks_of(unit, rival, known) for known in own) for rival in rivals):
            return unit.figure
    return None


def _rival(other: Figure, figure: Figure) -> bool:
    """Whether the one could be taken for the other: of one sort, limiting alike, with another value."""
    return sort(other) == sort(figure) and other.value != figure.value and bool(other.bounds & figure.bounds)


def _speaks_of(unit: Unit, rival: Unit, own: Unit) -> bool:
    both = rival.words | own.words
    whole = unit.alone and (rival.alone or own.alone) and (not unit.item & both or (rival.alone and own.alone))
    words = unit.sentence if whole else unit.item
    heading = own.lead_in if own.lead_in != rival.lead_in else frozenset()
    theirs, ours = len(words & (rival.words - own.words - heading)), len(words & (own.words - rival.words))
    sizes = sorted((len(rival.words), len(own.words)))
    parallel = sizes[1] <= TINY or 2 * len(rival.words & own.words) >= PARALLEL * sum(sizes)
    if not parallel and len(own.words) <= TINY < len(rival.words):
        return False  # too few words of its own to tell
    if not parallel and rival.paragraph != own.paragraph:
        return theirs >= 2 * TELLING and not ours
    return theirs >= (1 if parallel or words <= rival.words else TELLING) and theirs >= CLEARLY * ours


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text) if _WORD.match(a) and _WORD.match(b))
