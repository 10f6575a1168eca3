"""Figures told by what they are next to another year's: 去年比前年多140万, 同比增长25%, 前年300万，去年涨了20%, 与前年持平."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import LabelKind, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import Period

_MORE = r"增长|增加|上升|上涨|上浮|提高|提升|涨|增|升"
_LESS = r"下降|下滑|下跌|减少|降低|回落|缩水|降|跌|减|缩|(?<![烧花用卖扔砸失])掉(?=了)"
_ABOUT = r"(?:率|幅度?)?(?:掉|出)?[了为是]?(?:大约|大概|差不多|约|近|整整)?\s*$"
_CHANGED = re.compile(rf"(?:(?P<more>{_MORE}|多(?=了|出))|(?P<less>{_LESS}|少(?=了)))(?:收|卖|赚|做|投|花)?{_ABOUT}")
_APART = re.compile(rf"(?:(?P<more>{_MORE}|多|高)|(?P<less>{_LESS}|少|低))(?:收|卖|赚|做|投|花)?{_ABOUT}")
_BESIDE_YEAR = re.compile(r"年?(?:多|少|高|低)(?:花|投|用|做)?(?:了|出)?\s*")
_SAME_TIME = re.compile(r"[同环]比|(?:比|较)它|上年同期|去年同期")
_PART_OF = re.compile(r"(?:是|为|等于|相当于|只有)(?:了)?[^，。；\d是为]{1,6}?的$")
_IN_WORDS = re.compile(
    r"翻了?(?:一?番|一?倍)|(?P<times>\d+(?:\.\d+)?|[两二三四五])倍|(?P<level>持平|一样|差不多(?![\d一-九])|相当(?!于)|没(?:有)?变)"
)
_THAN = re.compile(r"(?:比|较|对比|相较于?|比起)$")
_THAN_OTHERS = re.compile(
    r"(?<![占同环])比(?![例重率较])[^，。；]{2,}$"
)  # 比年初增加400万, 比同行多500万: no year's figure
_LIKE = re.compile(r"(?:跟|和|与|同|是|为|等于|相当于|只有)$")
_LIKE_AFTER = re.compile(
    r"年?度?(?:的)?[^，。；\d]{0,4}?(?:持平|一样|差不多(?![\d一-九])|相当|比|\d+(?:\.\d+)?倍|[两二三四五]倍|一半|[\d.]+%|[一二三四五六七八九]成)"
)
_RELATIVE = re.compile(r"上一?年|前一年")  # the year before the one that is spoken of
_OWN = re.compile(r"年?度?(?:的|收入|营收|是|为)*\s*")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_YEARS = ("latest", "prev", "before")
_POINT = Fraction(1, 200)  # a growth is told to a whole percent
_ROUND = 10**4  # yuan


@dataclass(frozen=True, slots=True)
class Comparison:
    """One year of a family by another: so much more, or so many times as much.

    `base` is None where the year compared with is the one told before.
    """

    figure: Figure
    family: str
    subject: str
    base: str | None
    plus: Fraction = Fraction(0)
    times: Fraction = Fraction(1)

    def resolve(self, known: Mapping[str, tuple[Fraction, int]]) -> tuple[str, tuple[Fraction, ...]] | None:
        """The fact of the year that is not known yet; `known` are figures by fact, and where each was told."""
        facts = lexicon().families.get(self.family, {})
        told = {year: known[facts[year]] for year in _YEARS if facts.get(year) in known}
        earlier = [year for year in told if told[year][1] < self.figure.start]
        base = self.base or max(earlier, key=lambda year: told[year][1], default=None)
        if base is None or base == self.subject or not {self.subject, base} <= facts.keys():
            return None
        if base in told and self.subject not in told:
            return facts[self.subject], _rounded([told[base][0] * times + self.plus for times in self._factors()])
        if self.subject in told and base not in told and self.times > _POINT:
            value = told[self.subject][0] - self.plus
            return facts[base], _rounded([value / times for times in self._factors()])
        return None

    def _factors(self) -> tuple[Fraction, ...]:
        """The factor, with what rounding may have taken from it or added."""
        return (self.times,) if self.times.denominator == 1 else (self.times - _POINT, self.times, self.times + _POINT)


def compared(message: Message, figure: Figure) -> Comparison | None:
    """The comparison that a figure tells, judged by the words before it in its clause."""
    if figure.kind not in (FigureKind.MONEY, FigureKind.PERCENT) or figure.low != figure.high:
        return None
    clause = message.clause(figure.start)
    before = message.text[clause.start : figure.start]
    years = _years(message, figure.start)
    against = any(is_base(message, year) and clause.holds(year.start) for year in years) or _SAME_TIME.search(before)
    own = bool(years) and clause.holds(years[-1].start)
    beside = own and _BESIDE_YEAR.fullmatch(message.text, years[-1].end, figure.start)  # 去年440万，前年少70万
    unknown = not (against or beside) and _THAN_OTHERS.search(before) is not None
    match = _APART.search(before) if against or beside or unknown else _CHANGED.search(before) if own else None
    bare = match is None and figure.kind is FigureKind.PERCENT and before.endswith(("同比", "同比+"))  # 同比-12.5%
    if bare:
        return Comparison(
            figure, _family(message, figure.start), *_two_years(message, years, figure.start), times=1 + figure.low
        )
    part = match is None and against and figure.kind is FigureKind.PERCENT and _PART_OF.search(before)
    if not (match or part):
        return None
    family, (subject, base) = _family(message, figure.start), _two_years(message, years, figure.start)
    base = "other" if unknown else base
    sign = 0 if match is None else 1 if match["more"] else -1
    if figure.kind is FigureKind.PERCENT:
        return Comparison(figure, family, subject, base, times=1 + sign * figure.low if sign else figure.low)
    return Comparison(figure, family, subject, base, plus=sign * figure.low)


def multiples(message: Message) -> Iterator[Comparison]:
    """去年翻了一倍, 去年是前年的两倍, 跟前年持平: comparisons that hold no figure."""
    for match in _IN_WORDS.finditer(message.text):
        number = Fraction(1 if match["level"] else _NUMBERS.get(match["times"] or "") or Fraction(match["times"] or 2))
        years = _years(message, match.start())
        clause = message.clause(match.start())
        against = any(is_base(message, year) and clause.holds(year.start) for year in years)
        against = against or message.text[: match.start()].endswith("同比")
        own = bool(years) and clause.holds(years[-1].start)
        if against or (own and not match["level"] and not match["times"]):
            figure = Figure(match.start(), match.end(), match.group(), FigureKind.MONEY, number, number)
            yield Comparison(
                figure, _family(message, match.start()), *_two_years(message, years, match.start()), times=number
            )


def is_base(message: Message, period: Period) -> bool:
    """Whether a year is only what another one is compared with: 比前年."""
    before = message.text[: period.start]
    return _THAN.search(before) is not None or bool(
        _LIKE.search(before) and _LIKE_AFTER.match(message.text, period.end)
    )


def is_own(message: Message, period: Period, figure: Figure) -> bool:
    """Whether a figure is told of a year: not of one that is only compared with, unless it is right after it."""
    return not is_base(message, period) or _OWN.fullmatch(message.text, period.end, figure.start) is not None


def _rounded(values: list[Fraction]) -> tuple[Fraction, ...]:
    """The value in the middle where it is a round one, else the values between which it lies."""
    middle = values[len(values) // 2]
    return (middle,) if len(values) == 1 or middle % _ROUND == 0 else (min(values), max(values))


def _years(message: Message, position: int) -> list[Period]:
    """The single years named before a place in its sentence."""
    since = message.sentence(position).start
    single = (*_YEARS, "this", "other")
    return [p for p in message.periods if since <= p.start < position and len(p.names) == 1 and p.names[0] in single]


def _two_years(message: Message, years: list[Period], position: int) -> tuple[str, str | None]:
    """The year that a comparison tells, and the one compared with."""
    clause = message.clause(position)
    told = [year for year in years if not is_base(message, year)]
    bases = [year for year in years if year not in told and clause.holds(year.start)]
    subject = told[-1].names[0] if told else "latest"
    relative = _RELATIVE.match(message.text, bases[-1].start) if bases else _SAME_TIME.search(message.words(clause))
    if relative:
        return subject, _before(subject)
    return subject, bases[-1].names[0] if bases else None


def _before(year: str) -> str:
    later = _YEARS.index(year) + 1 if year in _YEARS else len(_YEARS)
    return _YEARS[later] if later < len(_YEARS) else "other"


def _family(message: Message, position: int) -> str:
    """The family of money that was named last in the sentence, if what was named last is one."""
    sentence = message.sentence(position)
    spots = [s for s in message.labels if sentence.start <= s.start < position and s.label.kind is LabelKind.MONEY]
    named = next((s for s in message.labels if sentence.holds(s.start) and s.label.kind is LabelKind.MONEY), None)
    spot = spots[-1] if spots else named
    return next((to for to in spot.label.to if to in lexicon().families), "") if spot else ""
