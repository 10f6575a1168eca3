"""Figures as people write them: 4800万, 四千八百万, 0.48亿, 4.8kw, 两个亿, 3千多万, 八成, 60 million RMB, 8个.

A figure is exact or lies between two ends, both included; money in yuan, percentages as parts of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assistant.documents.numerals import ordinal
from assistant.rules.understand.numbers import (
    ARABIC,
    HAN,
    NUMBER,
    SCALE,
    SCALES,
    TENS,
    YUAN,
    last_place,
    number_of,
    with_rest,
)


class FigureKind(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    PERCENT = "percent"
    PEOPLE = "people"
    ITEMS = "items"
    POINTS = "points"
    YEARS = "years"
    RANK = "rank"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands; `low` equals `high` where it is exact."""

    start: int
    end: int
    text: str
    kind: FigureKind
    low: Fraction
    high: Fraction

    @property
    def values(self) -> tuple[Fraction, ...]:
        return (self.low,) if self.low == self.high else (self.low, self.high)


_UNITS: tuple[tuple[FigureKind, re.Pattern[str]], ...] = (
    (FigureKind.PERCENT, re.compile(r"\s*(?:%|个(?:百分)?点|percent)", re.I)),
    (
        FigureKind.PEOPLE,
        re.compile(
            r"\s*(?:人(?!民币|均)|号人|号(?=[，。；的吧左上里]|$)|位|名(?!次)|个人|(?=people|staff|employees))", re.I
        ),
    ),
    (
        FigureKind.ITEMS,
        re.compile(
            r"\s*(?:项|件|篇|款|枚|份|[本张](?!公司|单位|次|年|月)|个(?!会计|工作|自然|月|年|小时|季度|亿|百分|点|行业))"
        ),
    ),
    (FigureKind.POINTS, re.compile(r"\s*分(?![公别之期批年支钟])")),
    (FigureKind.YEARS, re.compile(r"\s*(?:年(?![度月底初末内前后])|years?)")),
    (FigureKind.MONEY, YUAN),
)
_RANGE = re.compile(r"\s*(?:到|至|-|~|—)\s*(?=\d|[一二三四五六七八九])")
_NEXT_HAN = re.compile(r"十?(?:一二|二三|两三|三四|四五|五六|六七|七八|八九)(?=\s*(?:号?人|[名位个项件]))")
_SHARE = re.compile(r"(?:占比|比例|比重|率)(?:[为是约:]|\s)*$")
_ROUND_HAN = re.compile(r"([一二三四五六七八九两])([一二三四五六七八九])([十百千])(?=[万亿人名位个])")
_PARTS = re.compile(
    rf"百分之(?P<of>{ARABIC}|{HAN})|(?P<tenths>{ARABIC}|[一二三四五六七八九两])成(?P<half>半|[一二三四五六七八九](?![成个件项人千百十万亿]))?(?!果|立|本|长|员)"
    r"|(?P<den>\d{1,3}|[二三四五六七八九十]{1,3})分之(?P<num>\d{1,2}|[一二三四五六七八九])|(?P<under>小|不到|不足|近|将近)?(?P<over>一?大)?(?P<one>一半|对半|(?<=大)半)"
)
_RANKED = re.compile(
    r"(?:第|前|top\s*)(\d+|[一二三四五六七八九十]+)(?![\d一二三四五六七八九十百])(?:名|位)?(?![条章款项类批年步季届期个家台套部代方])",
    re.I,
)
_LESS = re.compile(r"(?:不到|不足|(?<!不)(?:低于|少于|小于)|未满|不满|没到|<)\s*$")
_MORE = re.compile(
    r"(?<!不)(?:超过|够|突破了?|破了|(?<!数)过了|刚过|略?超|大于|高于|多于|不止|>|不低于|不少于|至少有?|≥)\s*$|(?:不低于|不少于)\s*$"
)
_ABOUT = re.compile(r"(?:大约|大概|大致|差不多|约|估计|将近|接近|近|(?<![大中])小)\s*$")
_AFTER_MORE = re.compile(r"\s*(?:\+(?!\s*\d|[^，。；\d的]{1,8}\d)|以上|多(?=[^万亿元人个])|余(?=元|人))")
_AFTER_LESS = re.compile(r"\s*(?:不到|不足|不满)(?=[，。；!?的]|$)")
_AFTER_BIT_MORE = re.compile(r"\s*(?:出头|挂零|多一点|多点)")
_SOME_MORE = re.compile(r"\s*(?:多|出头|挂零|往上一点)(?=[，。；!?的了人在是员]|$|[\u4e00-\u9fff])")
_AFTER_ABOUT = re.compile(r"\s*(?:左右|上下)")
_ROUGH = Fraction(1, 10)  # how far a figure told as "about" may be off
_HAIR = Fraction(1, 10**13)  # by which "more than" differs from the figure itself


def find_figures(text: str) -> list[Figure]:
    """Every figure of a text that tells a quantity, in order."""
    found = [*_parts_of_hundred(text), *_ranks(text)]
    text = _blank(text, found)
    found += list(_round_han(text))
    text = _blank(text, found)
    found += list(_plain(text))
    return sorted(found, key=lambda figure: figure.start)


def _blank(text: str, figures: list[Figure]) -> str:
    for figure in figures:
        text = text[: figure.start] + "\0" * (figure.end - figure.start) + text[figure.end :]
    return text


def _parts_of_hundred(text: str) -> Iterator[Figure]:
    """百分之五, 九成五, 两成多, 四分之一, 小一半."""
    for match in _PARTS.finditer(text):
        if match["one"]:
            share, step = Fraction(1, 2), Fraction(1, 5)
        elif match["of"]:
            share, step = (number_of(match["of"]) or Fraction(0)) / 100, Fraction(1, 100)
        elif match["den"]:
            share, step = (number_of(match["num"]) or Fraction(0)) / (number_of(match["den"]) or 1), Fraction(1, 20)
        else:
            below = Fraction(5) if match["half"] == "半" else number_of(match["half"] or "零") or Fraction(0)
            share, step = (number_of(match["tenths"]) or Fraction(0)) / 10 + below / 100, Fraction(1, 10)
        figure = Figure(match.start(), match.end(), match.group(), FigureKind.PERCENT, share, share)
        if match["under"]:
            yield replace(figure, low=share - step, high=share * (1 - _HAIR))
        elif match["over"] or (more := _SOME_MORE.match(text, match.end())):
            end = match.end() if match["over"] else more.end()  # type: ignore[union-attr]
            yield Figure(match.start(), end, text[match.start() : end], figure.kind, share * (1 + _HAIR), share + step)
        else:
            yield _bounded(text, figure)


def _ranks(text: str) -> Iterator[Figure]:
    for match in _RANKED.finditer(text):
        place = number_of(match[1])
        if place:
            yield Figure(match.start(), match.end(), match.group(), FigureKind.RANK, place, place)


def _round_han(text: str) -> Iterator[Figure]:
    """三四千万, 七八十人, 十三四个: between the two."""
    for match in _NEXT_HAN.finditer(text):
        tens = 10 if match.group().startswith("十") else 0
        kind, _, end = _unit(text, match.end(), han=True)
        if kind and not re.search(r"[一二三四五六七八九十百千万]$", text[: match.start()]):
            first, second = (Fraction(tens + (ordinal(one) or 0)) for one in match.group()[-2:])
            yield Figure(match.start(), end, text[match.start() : end], kind, first, second)
    for match in _ROUND_HAN.finditer(text):
        low, high = (ordinal(match[i]) or 0 for i in (1, 2))
        kind, scale, end = _unit(text, match.end(), han=True)
        factor = TENS[match[3]] * scale
        if kind:
            yield Figure(
                match.start(), end, text[match.start() : end], kind, Fraction(low * factor), Fraction(high * factor)
            )


def _plain(text: str) -> Iterator[Figure]:
    position = 0
    while match := NUMBER.search(text, position):
        position = match.end()
        figure = _one(text, match)
        if figure is None:
            continue
        position = figure.end
        figure = _to_second(text, figure) or figure
        position = max(position, figure.end)
        yield _bounded(text, figure)


def _one(text: str, match: re.Match[str]) -> Figure | None:
    number = number_of(match["number"])
    if number is None or _inside_a_word(text, match):
        return None
    han = not match["number"][0].isdigit()
    kind, factor, end = _unit(text, match.end(), han=han)
    prefixed = re.search(r"[￥¥]\s*$|人民币\s*$", text[: match.start()]) is not None
    if kind is None and han and not _is_bare_count(text, match):
        return None
    kind = FigureKind.MONEY if prefixed and kind in (None, FigureKind.BARE) else kind or FigureKind.BARE
    if kind is FigureKind.BARE and number < 1 and _SHARE.search(text[: match.start()]):
        kind, factor = FigureKind.PERCENT, 100  # 占比0.18
    low = number * factor / (100 if kind is FigureKind.PERCENT else 1)
    high = low
    if re.match(r"\s*[十百千]?个?[多余几来]", text[match.end() : end]):
        high = low + factor * last_place(number) * (1 - _HAIR)
        low += low * _HAIR
    low, high, end = with_rest(text, end, low, high, factor)
    sign = -1 if match["sign"] and not re.search(r"[\d万亿%]\s*$", text[: match.start()]) else 1
    start = match.start() if sign < 0 else match.start("number")
    ends = sorted((low * sign, high * sign))
    return Figure(start, end, text[start:end], kind, ends[0], ends[1])


def _is_bare_count(text: str, match: re.Match[str]) -> bool:
    """职工三百一十，科技人员四十二: a number that ends a clause right after what it counts."""
    counted = re.search(
        r"(?:职工|员工|人员|人数|软著|专利|新型|发明|研发|[打评]了|自评|打分)(?:约|有|共|一共|是)?$",
        text[: match.start()],
    )
    return (
        counted is not None and len(match["number"]) > 1 and re.match(r"[，。；、]|$", text[match.end() :]) is not None
    )


def _inside_a_word(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"(?<![总人员])数$", before) and not match["number"][0].isdigit():
        return True
    if after.startswith(")") and re.search(r"(?:^|[\s，。；、])\(?$", before):  # 1) and (1) number a list
        return True
    return bool(
        re.search(r"[A-Za-z第几]$|[〔\[(]20\d\d[〕\])]第?$", before) or re.match(r"号(?!人)|[条章类〕]|[A-Z]\d", after)
    )


def _unit(text: str, end: int, *, han: bool) -> tuple[FigureKind | None, int, int]:
    """The kind, the factor and the end of the figure whose digits end at `end`."""
    factor, kind = 1, None
    if scale := SCALE.match(text, end):
        factor = TENS[scale["tens"] or ""] * SCALES[scale["scale"].lower()]
        end, kind = scale.end(), FigureKind.MONEY
    elif more := re.match(r"[多余来几](?=[人个项件名元年]|号人)", text[end:]):
        end += more.end()
    for found, pattern in _UNITS:
        if unit := pattern.match(text, end):
            return found, factor, unit.end()
    if kind and re.match(r"\s*[家户台套吨亩平]", text[end:]):
        return None, factor, end
    return kind, factor, end


def _to_second(text: str, figure: Figure) -> Figure | None:
    """3000到4000万, 10-20人: the first takes the unit of the second."""
    step = _RANGE.match(text, figure.end)
    second = NUMBER.match(text, step.end()) if step else None
    other = _one(text, second) if second else None
    if other is None or other.kind is FigureKind.BARE or figure.kind not in (FigureKind.BARE, other.kind):
        return None
    low = figure.low
    if figure.kind is FigureKind.BARE:
        digits = number_of(second["number"]) if second else None
        low = figure.low * (other.low / digits if digits else 1)
    if low >= other.high:
        return None
    return Figure(figure.start, other.end, text[figure.start : other.end], other.kind, low, other.high)


def _bounded(text: str, figure: Figure) -> Figure:
    """The figure with what 超过, 不到, 约, 以上 and 左右 say of it."""
    before, low, high, end = text[: figure.start], figure.low, figure.high, figure.end
    most = Fraction(1) if figure.kind is FigureKind.PERCENT else low * 10
    if _LESS.search(before):
        low = low * (1 - _ROUGH)
        high = high * (1 - _HAIR)
    elif _MORE.search(before) or (after := _AFTER_MORE.match(text, figure.end)):
        high = max(most, high)
        end = figure.end if _MORE.search(before) else after.end()  # type: ignore[union-attr]
        low = (
            low
            if re.search(r"不低于|不少于|至少|≥", before[-6:]) or "以上" in text[figure.end : end]
            else low * (1 + _HAIR)
        )
    elif less := _AFTER_LESS.match(text, figure.end):
        low, high, end = low * (1 - _ROUGH), high * (1 - _HAIR), less.end()
    elif bit := _AFTER_BIT_MORE.match(text, figure.end):
        low, high, end = low * (1 + _HAIR), high * (1 + _ROUGH), bit.end()
    elif figure.kind is FigureKind.YEARS:
        pass
    elif _ABOUT.search(before) or _AFTER_ABOUT.match(text, figure.end):
        near = re.search(r"(?:近|接近|小)\s*$", before) is not None
        low, high = low * (1 - _ROUGH), high if near else high * (1 + _ROUGH)
    return Figure(figure.start, end, text[figure.start : end], figure.kind, low, high)
