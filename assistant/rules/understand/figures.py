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
_MOVES = re.compile(r"[从由](?:[去前大上]+年的?|20\d\d年的?)?\s*$")  # 从1000万到2000万 is no range
_NEXT_HAN = re.compile(
    r"(?P<tens>[二三四五六七八九]?十)?(?:一二|二三|两三|三四|四五|五六|六七|七八|八九)(?=\s*(?:号?人|[名位个项件]))"
)
_SHARE = re.compile(r"(?:占比|比例|比重|率)(?:[为是约:]|\s)*$")
_LOSS = re.compile(r"(?:倒贴|倒亏|净亏|亏损|亏)(?:了|掉|进去)?(?:大?约|大概|近)?\s*$")  # 算下来还倒贴15万
_NEARLY = re.compile(r"(?:(?<![大中])小|快要?|将近|接近|差不多)(?:有|满|到)?\s*$")
_AND_MONTHS = re.compile(r"(?:零|又|加)?(\d{1,2}|[一二两三四五六七八九十]{1,2})个月|半(?!年|路|载)")
_COUNTED = re.compile(
    r"(?:职工|员工|人员|人数|软著|专利|新型|发明|研发|[打评]了|自评|打分)(?:的|约|大概|大约|差不多|有|共|一共|是|在|个)*(?:[一二两三四五六七八九十百千]+[到至~-])?$"
)
_JUMBLED = re.compile(r"[一二三四五六七八九两]{2}[十百千]")  # 七八十 is no number
_ROUND_HAN = re.compile(  # 三四千万, 一百五六十万
    r"(?:(?P<above>[一二三四五六七八九两])(?P<place>[百千]))?"
    r"(?P<low>[一二三四五六七八九两])(?P<high>[一二三四五六七八九])(?P<tens>[十百千])(?=[万亿人名位个项件]|(?:左右|上下)?(?:[，。；、]|$))"
)
_PARTS = re.compile(
    rf"百分之(?P<of>{ARABIC}|{HAN})|(?P<tenths>{ARABIC}|[一二三四五六七八九两])成(?P<half>半|[一二三四五六七八九](?![成个件项人千百十万亿]))?(?!果|立|本|长|员(?!工))"
    r"|(?P<den>\d{1,3}|[二三四五六七八九十]{1,3})分之(?P<num>\d{1,2}|[一二两三四五六七八九])|(?P<under>小|不到|不足|近|将近)?(?P<over>一?大)?(?P<one>一半|对半|半数|(?<=大)半)"
)
_RANKED = re.compile(
    r"(?:第|(?<![目以之此])前|top\s*)(\d+|[一二三四五六七八九十]+)(?![\d一二三四五六七八九十百.%])(?:名|位)?(?![条章款项类批年步季届期个家台套部代方])",
    re.I,
)
_LESS = re.compile(
    r"(?:不到|不足|不够|(?<!不)(?:低于|少于|小于)|不满|<"
    r"|(?:没有?|未|不会)(?:能|曾)?(?:超过?|突破|破|高于|大于|多于|够|满|到|达到?|做到|[上冲]|过)过?)\s*$"
)
_MORE = re.compile(
    r"(?<!不)(?:超过|够|突破了?|破了|(?<!数)过了|刚过|略?超|大于|高于|多于|不止|>|不低于|不少于|至少有?|≥)\s*$|(?:不低于|不少于)\s*$"
)
_ABOUT = re.compile(r"(?:大约|大概|大致|差不多|约|估计|将近|接近|近|(?<![大中])小)\s*$")
_AFTER_MORE = re.compile(r"\s*(?:\+(?!\s*\d|[^，。；\d的]{1,8}\d)|以上|打不住|多(?=[^万亿元人个])|余(?=元|人))")
_AFTER_LESS = re.compile(r"\s*(?:不到|不足|不满)(?:一?点|一些)?(?=[，。；!?的]|$)")
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
        tens = ordinal(match["tens"]) or 0 if match["tens"] else 0
        kind, _, end = _unit(text, match.end(), han=True)
        if kind and not re.search(r"[一二三四五六七八九十百千万]$", text[: match.start()]):
            share = 100 if kind is FigureKind.PERCENT else 1  # 四五个点
            first, second = (Fraction(tens + (ordinal(one) or 0), share) for one in match.group()[-2:])
            yield Figure(match.start(), end, text[match.start() : end], kind, first, second)
    for match in _ROUND_HAN.finditer(text):
        above = (ordinal(match["above"]) or 0) * TENS[match["place"]] // TENS[match["tens"]] if match["above"] else 0
        low, high = (above + (ordinal(match[end]) or 0) for end in ("low", "high"))
        kind, scale, end = _unit(text, match.end(), han=True)
        factor = TENS[match["tens"]] * scale
        kind = kind or (FigureKind.BARE if _COUNTED.search(text[: match.start()]) else None)  # 员工七八十
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
    if kind is None and han and not _is_bare_count(text, match) and not _RANGE.match(text, match.end()):
        return None
    kind = FigureKind.MONEY if prefixed and kind in (None, FigureKind.BARE) else kind or FigureKind.BARE
    if kind is FigureKind.BARE and number < 1 and _SHARE.search(text[: match.start()]):
        kind, factor = FigureKind.PERCENT, 100  # 占比0.18
    if kind is FigureKind.BARE and han and text[match.end() : end + 1].endswith(("多", "来")):
        end += 1
    low = number * factor / (100 if kind is FigureKind.PERCENT else 1)
    high = low
    if more := re.match(r"\s*[十百千]?个?([多余几来])", text[match.end() : end]):
        high = low + factor * last_place(number) * (1 - _HAIR)
        low += -low * _ROUGH if more[1] == "来" else low * _HAIR  # 十来个 may be a little less than ten
    low, high, end = with_rest(text, end, low, high, factor)
    if kind is FigureKind.YEARS and (months := _AND_MONTHS.match(text, end)):  # 六年零三个月
        part = (number_of(months[1]) or Fraction(0)) / 12 if months[1] else Fraction(1, 2)
        low, high, end = low + part, high + part, months.end()
    minus = match["sign"] and not re.search(r"[\d万亿%]\s*$", text[: match.start()])
    sign = -1 if minus or (kind is FigureKind.MONEY and _LOSS.search(text[: match.start("number")])) else 1
    start = match.start() if minus else match.start("number")
    ends = sorted((low * sign, high * sign))
    return Figure(start, end, text[start:end], kind, ends[0], ends[1])


def _is_bare_count(text: str, match: re.Match[str]) -> bool:
    """职工三百一十，科技人员四十二: a number that ends a clause right after what it counts."""
    counted = _COUNTED.search(text[: match.start()])
    return (
        counted is not None
        and len(match["number"]) > 1
        and _JUMBLED.search(match["number"]) is None
        and re.match(r"(?:[多来]|左右|上下|之间)?(?:[，。；、]|$)|[到至~-][一二两三四五六七八九]", text[match.end() :])
        is not None
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
    step = None if _MOVES.search(text[: figure.start]) else _RANGE.match(text, figure.end)
    second = NUMBER.match(text, step.end()) if step else None
    other = _one(text, second) if second else None
    if other is None or figure.kind not in (FigureKind.BARE, other.kind):
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
        if _NEARLY.search(before):  # 快三年了
            low, high = max(low - 1, Fraction(0)), high * (1 - _HAIR)
    elif _ABOUT.search(before) or _AFTER_ABOUT.match(text, figure.end):
        near = re.search(r"(?:近|接近|小)\s*$", before) is not None
        low, high = low * (1 - _ROUGH), high if near else high * (1 + _ROUGH)
    return Figure(figure.start, end, text[figure.start : end], figure.kind, low, high)
