"""Yes and no, may and must: a phrase is compared with the phrase of the clause that speaks of the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.answer.figures import normalise
from assistant.documents.strict_yaml import Schema, read_file

ALIKE = 0.4  # overlap of character pairs from which two phrases speak of the same thing
WHOLE_ALIKE = 0.25  # … where all that is denied stands in both
WITHIN = 0.6  # … or share of the shorter one that stands in the other
CLOSE = 0.12  # a phrase that says the same counts if it is nearly as alike as the one that says the contrary
MODAL_ALIKE = 0.5  # overlap from which leave and duty are compared
CORE = 4  # characters after a negation that it denies
_PHRASE = re.compile(r"[^，；。：！？\n|]+")
_NOISE = re.compile(r"[、\s\[\]（）《》“”「」.%‰*#\-]+")


class _Words(Schema):
    negations: tuple[str, ...]
    fillers: str
    neutral: tuple[str, ...]
    agrees: str
    permits: str
    obliges: str
    releases: str
    opposites: tuple[tuple[str, str], ...]
    promises: str
    verdicts: str


@cache
def _words() -> _Words:
    return read_file(Path(__file__).with_name("polarity.yaml"), _Words)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between two commas: their character pairs, what is denied of them, whether they allow or demand.

    `denied` holds the pairs right after each negation, `scope` all pairs after any, `affirmed` those outside them.
    """

    text: str
    pairs: frozenset[str]
    denied: tuple[frozenset[str], ...]
    scope: frozenset[str]
    affirmed: frozenset[str]
    permits: bool
    obliges: bool
    releases: bool
    agrees: bool | None  # whether it ends in leave (可以) or in its denial (不可以)


def phrases(text: str) -> tuple[Phrase, ...]:
    """The phrases of a text that say enough to be compared."""
    found = (_phrase(match.group()) for match in _PHRASE.finditer(normalise(text)))
    return tuple(phrase for phrase in found if phrase.pairs)


def _phrase(text: str) -> Phrase:
    words = _words()
    said = _NOISE.sub("", re.sub("|".join(words.neutral), "", text))
    first, *rest = re.split("|".join(words.negations), said)
    bare = [_plain(re.sub(rf"^(?:{words.fillers})+", "", part)) for part in rest]
    before = [_plain(part)[-1:] for part in (first, *rest)]  # 使用权不够: a single character is told by the one before
    cores = [re.split("的|而|但", part)[0][:CORE] for part in bare]
    denied = tuple(_pairs(core if len(core) != 1 else last + core) for last, core in zip(before, cores, strict=False))
    outside = [_plain(first), *("".join(re.split("的|而|但", part, maxsplit=1)[1:]) for part in bare)]
    ends = re.search(words.agrees, said)
    return Phrase(
        text,
        _pairs("".join([_plain(first), *bare])),
        tuple(filter(None, denied)),
        frozenset().union(*map(_pairs, bare)),
        frozenset().union(*map(_pairs, outside)),
        not rest and bool(re.search(words.permits, said)),
        not rest and bool(re.search(words.obliges, said)),
        bool(re.search(words.releases, said)),
        None if not ends else not re.search(rf"(?:{'|'.join(words.negations)})$", said[: ends.start()]),
    )


def _plain(text: str) -> str:
    words = _words()
    return re.sub(f"{words.permits}|{words.obliges}|能|会|要|也|了|就|都", "", text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text.replace("的", "")))


def contradicted(sentence: str, clause: tuple[Phrase, ...]) -> str | None:
    """The phrase of the sentence that says no where the clause says yes, or may where it says must, or the reverse."""
    for phrase in phrases(sentence):
        if _denies_what_is_said(phrase, clause) or _says_what_is_denied(phrase, clause) or _other_mood(phrase, clause):
            return phrase.text
    return None


def _denies_what_is_said(phrase: Phrase, clause: tuple[Phrase, ...]) -> bool:
    for core in phrase.denied:
        if any(_half(core, other.scope) or _half(denied, phrase.scope) for other in clause for denied in other.denied):
            continue
        if any(_half(core, other.affirmed) and _same_matter(phrase, other, core) for other in clause):
            return True
    return False


def _says_what_is_denied(phrase: Phrase, clause: tuple[Phrase, ...]) -> bool:
    for other in clause:
        for core in other.denied:
            if not _half(core, phrase.affirmed) or any(core & own or _half(own, other.scope) for own in phrase.denied):
                continue
            agrees = (alike(phrase, third) for third in clause if _half(core, third.affirmed))
            if _same_matter(phrase, other, core) and not any(score >= alike(phrase, other) - CLOSE for score in agrees):
                return True
    return False


def _half(core: frozenset[str], words: frozenset[str]) -> bool:
    return 2 * len(core & words) >= len(core)


def alike(one: Phrase, other: Phrase) -> float:
    """How much two phrases have in common, 0 to 1."""
    return 2 * len(one.pairs & other.pairs) / max(len(one.pairs) + len(other.pairs), 1)


def _same_matter(one: Phrase, other: Phrase, core: frozenset[str] = frozenset()) -> bool:
    shorter = max(min(len(one.pairs), len(other.pairs)), 1)
    whole = len(core) > 1 and core <= one.pairs and core <= other.pairs
    return alike(one, other) >= (WHOLE_ALIKE if whole else ALIKE) or len(one.pairs & other.pairs) >= WITHIN * shorter


def _other_mood(phrase: Phrase, clause: tuple[Phrase, ...]) -> bool:
    best = max((alike(phrase, other) for other in clause), default=0.0)
    near = [other for other in clause if alike(phrase, other) >= max(MODAL_ALIKE, best - CLOSE)]
    if any(phrase.releases and other.obliges and _same_matter(phrase, other) for other in clause):
        return True
    if any(None not in (one := (phrase.agrees, other.agrees)) and one[0] != one[1] for other in near):
        return True
    return bool(near) and all(
        (phrase.permits and not phrase.obliges and other.obliges and not other.permits)
        or (phrase.obliges and not phrase.permits and other.permits and not other.obliges)
        for other in near
    )


def opposite(sentence: str, clause: str) -> str | None:
    """A word of the sentence where the clause only has its opposite; None if there is none."""
    for own, other in _words().opposites:
        said = re.search(own, sentence)
        if said and not re.search(own, clause) and re.search(other, clause):
            return said.group()
    return None


def promise(sentence: str, clause: str) -> str | None:
    """A promise or decision that no clause makes; None if there is none."""
    said = re.search(_words().promises, sentence)
    return said.group() if said and said.group() not in clause else None


def without_verdict(sentence: str) -> str:
    """The sentence without a bare yes or no before it."""
    return re.sub(_words().verdicts, "", sentence)
