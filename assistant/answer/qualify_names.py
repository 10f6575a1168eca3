"""Which programmes a text names: as what is asked about, or only as what the company is already."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer.qualify_words import in_words, words
from assistant.rules.rulebook import Rulebook
from assistant.rules.understand.figures import FigureKind, find_figures
from assistant.rules.understand.sentences import clauses

_OF_A_COMPANY = (FigureKind.MONEY, FigureKind.PERCENT, FigureKind.PEOPLE, FigureKind.ITEMS)
_ENOUGH_FIGURES = 2  # by which a message describes a company, or by one in a long story
_MANY_CLAUSES = 6
_REWARD = "sj-hnte-reward"
_OF_A_NAME = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:\([\u4e00-\u9fff]{2,4}\))?(?:股份|有限)+公司"
)  # 上海某某医疗器械有限公司


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Where a programme is named; `held`: as a fact of the company (我们是高企, 高企证到期), not as what is asked about."""

    start: int
    end: int
    programme: str
    held: bool


def mentions(text: str) -> list[Mention]:
    """Where programmes are named in a text `in_words`, in order; the narrower names first where they overlap."""
    found: list[Mention] = []
    for programme, pattern in words().names.items():
        for match in pattern.finditer(text):
            if not _OF_A_NAME.match(text, match.end()) and not any(
                one.start < match.end() and match.start() < one.end for one in found
            ):
                held = _is_held(text, programme, match.start(), match.end())
                found.append(Mention(match.start(), match.end(), programme, held))
    return sorted(found)


def named(text: str, rulebook: Rulebook, *, strictly: bool = False) -> str | None:
    """The programme that a text is about: the last one of its last question clause, else of the last clause that
    wants one (想评科小), else the last one named.

    Args:
        strictly: one that is named only as what the company is already does not count.
    """
    found = [one for one in mentions(text) if one.programme in rulebook.programmes]
    found = [one for one in found if not one.held] or ([] if strictly else found)
    found = _without_grounds(text, found)
    found = [one for one in found if not _in_brackets(text, one.start)] or found  # 创新型中小企业(专精特新下面那一级)
    return _in_clause(text, found, words().asks.judge, words().asks.wants) or (found[-1].programme if found else None)


def _without_grounds(text: str, found: list[Mention]) -> list[Mention]:
    """Without the certificate where its reward is asked about (高企奖励有没有我们的份？高企三年期满又通过了), unless it is asked for too."""
    if not any(one.programme == _REWARD for one in found):
        return found
    asked = [
        text[clause.start : clause.end]
        for clause in clauses(text)
        if words().asks.judge.search(text[clause.start : clause.end])
    ]
    return [
        one
        for one in found
        if one.programme != "hnte"
        or any(text[one.start : one.end] in clause and "奖" not in clause for clause in asked)
    ]


def _in_brackets(text: str, place: int) -> bool:
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)


def turned_to(text: str, rulebook: Rulebook) -> str | None:
    """The programme that a text turns to while another one is talked about: named in a clause that asks or turns."""
    found = [one for one in mentions(text) if one.programme in rulebook.programmes and not one.held]
    turns = [clause for clause in clauses(text) if words().asks.turns_to.search(text[clause.start : clause.end])]
    inside = [one for one in found if any(clause.holds(one.start) for clause in turns)]
    asks = words().asks
    return _in_clause(text, found, asks.judge, asks.amount) or (inside[-1].programme if inside else None)


def _in_clause(text: str, found: list[Mention], *says: re.Pattern[str]) -> str | None:
    """The last one in the last clause that says the first of the patterns, else the second."""
    for pattern in says:
        for clause in reversed(clauses(text)):
            inside = [one for one in found if clause.holds(one.start)]
            if inside and pattern.search(text[clause.start : clause.end]):
                return inside[-1].programme
    return None


def named_together(text: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The programmes that are asked about side by side (高企和科小; 小巨人算哪一档), in order; none where it is one, or what the
    company is."""
    side_by_side = words().asks.side_by_side.search(text)
    rows: list[list[Mention]] = []
    for mention in mentions(text):
        if mention.programme not in rulebook.programmes or (mention.held and not side_by_side):
            continue
        if rows and words().asks.beside.fullmatch(text[rows[-1][-1].end : mention.start]):
            rows[-1].append(mention)
        else:
            rows.append([mention])
    asked = named(text, rulebook)
    if words().asks.tier.search(text):
        return next((tiers for tiers in words().tiers if asked in tiers), ())
    for row in reversed(rows):
        together = tuple(dict.fromkeys(one.programme for one in row))
        if len(together) > 1 and asked in together and not words().asks.being.search(text[: row[0].start]):
            return together
    return ()


def describes_company(text: str, *, goes_on: bool = False) -> bool:
    """Whether a message tells a company's figures, by which the rules can say more than the search.

    Args:
        goes_on: whether the company has told of itself before, so that a long message without a figure goes on with it.
    """
    plain = in_words(text)
    figures = [figure for figure in find_figures(plain) if figure.kind in _OF_A_COMPANY]
    return len(figures) >= _ENOUGH_FIGURES or ((bool(figures) or goes_on) and len(clauses(plain)) >= _MANY_CLAUSES)


def _is_held(text: str, programme: str, start: int, end: int) -> bool:
    asks = words().asks
    if programme not in words().statuses:
        return False
    if text[:start].endswith("，") and text[end : end + 1] in ("，", "。"):  # 注册六年，高企，制造业
        return True
    return asks.being.search(text[:start]) is not None or asks.held.match(text, end) is not None
