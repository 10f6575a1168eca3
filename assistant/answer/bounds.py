"""Which way a figure limits: 不低于10%, 10%以上 and 至少10% say the same, 10%以下 does not.

As in Chinese law 以上, 以下 and 以内 include the figure; 超过, 不足 and 不满 leave it out.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Bound(StrEnum):
    """What a figure is to that which it limits."""

    PLAIN = "plain"  # no word about it
    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


Bounds = frozenset[Bound]  # every way in which the words can be understood
PLAIN: Bounds = frozenset({Bound.PLAIN})
ANY: Bounds = frozenset({Bound.PLAIN, Bound.AT_LEAST, Bound.AT_MOST})  # a date alone: 12月31日 may be 12月31日前
LOW: Bounds = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})  # the lower end of a range, in or out
HIGH: Bounds = frozenset({Bound.AT_MOST})
WITHIN: Bounds = frozenset({Bound.AT_MOST, Bound.PLAIN})  # 三年内有效 is 有效期三年
EITHER_WAY: Bounds = frozenset({Bound.MORE_THAN, Bound.LESS_THAN})  # left out, from above or from below
LEADS = 28  # characters before a figure in which its bound is looked for

_NOT = r"(?:不|未|没有?|无|不得|不能|不可|不应|不宜|不许|不会|不允许|并不|不必)"
_MORE, _LESS = r"(?:超过|高于|多于|大于|超出|突破|长于|晚于)", r"(?:低于|少于|小于|不足|短于|早于)"
_GAP = r"(?:[^，。；：:、\d\0\1（）]{0,9}|[^，。；：:、\d\0\1（）]{0,20}的)$"  # 最高（可以奖励）20万元
_OF = r"(?:[^，。；：:、\d\0\1（）]{1,20}的)?"  # 不超过（项目总投入的）30%
_SHORT = _OF + r"\s*(?:为|到|其|达|的|在|按|过|了|人民币|每年|合计|累计|总计|全年|企业)?\s*$"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (Bound.EXACTLY, re.compile(r"(?:正好|恰好|刚好|等于|(?<!不)含)\s*(?:是|为)?\s*$")),
    (Bound.AT_LEAST, re.compile(rf"{_NOT}{_LESS}{_SHORT}|(?:≥|>=|大于等于|大于或等于)\s*$")),
    (Bound.AT_MOST, re.compile(rf"{_NOT}{_MORE}{_SHORT}|(?:≤|<=|小于等于|小于或等于)\s*$")),
    (Bound.LESS_THAN, re.compile(rf"(?:{_LESS}|不满|未满|不到|未达到?|没有?达到?|没有?满|达不到|<){_SHORT}")),
    (Bound.MORE_THAN, re.compile(rf"(?:{_MORE}|>){_SHORT}")),
    (Bound.AT_LEAST, re.compile(rf"(?:至少|最少|起码|最低|下限|底线){_GAP}")),
    (Bound.AT_MOST, re.compile(rf"(?:至多|最多|最高(?!新)|最长|最迟|最晚|最大|顶多|上限|封顶){_GAP}")),
)
_BRACKET = r"\s*(?:（(?P<mark>不?含)(?:本数)?）)?\s*(?:人民币|的)?\s*"
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (Bound.AT_LEAST, re.compile(_BRACKET + r"(?:[及或]?其?以上|[及或]更[高多长]|起步?(?![动草重诉来到])|往上|打底)")),
    (
        Bound.AT_MOST,
        re.compile(
            _BRACKET + r"(?:[及或]?其?以[下内]|之内|内(?![部容外地资])|封顶|为限|为上限|是上限|为止|[及或]更[低少短])"
        ),
    ),
)
_REACHES = re.compile(rf"(?:已?满|达到|达){_SHORT}")
_LEFT_OUT = re.compile(r"不含\s*$")  # 70分以上且不含70分
_EXCLUDED = re.compile(r"\s*（不含(?:本数)?）")
_DATE_BEFORE = re.compile(r"(?:截至|截止到?|不晚于|不迟于|最迟|最晚)[^，。；\d\1]{0,6}$")
_DATE_SINCE = re.compile(r"(?:自|从|不早于)[^，。；\d\1]{0,4}$")
_DATE_UNTIL = re.compile(r"\s*(?:[（(]含[^）)]{0,6}[）)])?\s*(?:以前|之前|前|止|为止|截止|截至|到期|内)")
_DATE_ON = re.compile(r"\s*(?:[（(]含[^）)]{0,6}[）)])?\s*(?:起|以后|之后|后|开始|施行|实施|以来)")
_RANGE = re.compile(r"\s*(?:（不?含）)?\s*(?:至|到|-|—+|–|~)\s*(?:（?不超过)?\s*$")
_STRICT = {Bound.AT_LEAST: Bound.MORE_THAN, Bound.AT_MOST: Bound.LESS_THAN}


def bounds(text: str, start: int, end: int, *, duration: bool = False) -> Bounds:
    """How the figure at text[start:end] limits; `duration` says that it is a length of time."""
    before, after = text[max(0, start - LEADS) : start], text[end : end + LEADS]
    if _LEFT_OUT.search(before):
        return EITHER_WAY
    for bound, pattern in _BEFORE:
        if pattern.search(before):
            return frozenset({_STRICT.get(bound, bound) if _EXCLUDED.match(after) else bound})
    for bound, pattern in _AFTER:
        if match := pattern.match(after):
            if duration and bound is Bound.AT_MOST:
                return WITHIN
            return frozenset({_STRICT[bound] if match["mark"] == "不含" else bound})
    return frozenset({Bound.AT_LEAST}) if _REACHES.search(before) else PLAIN


def date_bounds(text: str, start: int, end: int) -> Bounds:
    """Whether the date at text[start:end] is the last day, the first day or just named."""
    before, after = text[max(0, start - LEADS) : start], text[end : end + LEADS]
    if _DATE_BEFORE.search(before) or _DATE_UNTIL.match(after):
        return frozenset({Bound.AT_MOST})
    if _DATE_SINCE.search(before) or _DATE_ON.match(after):
        return frozenset({Bound.AT_LEAST})
    return ANY


def makes_range(between: str) -> bool:
    """Whether the words between two figures join them to a range: 5%至10%."""
    return _RANGE.fullmatch(between) is not None
