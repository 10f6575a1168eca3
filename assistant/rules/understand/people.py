"""What figures of people say by where they stand: of another year, a share of the staff, one of its departments."""

from __future__ import annotations

import re

from assistant.rules.understand.bound import Bound
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import Spot
from assistant.rules.understand.message import Message

_PAST = ({"prev"}, {"before"}, {"other"})
_OF_YEAR = re.compile(r"年?度?(?:[初末底]|年[初末底]|的|时|那会儿?|我们|公司|全年|月?平均|才|就|只|有|是|[:、\s])*")
_NOW = re.compile(r"年末|期末|现在|现有|目前|如今|今年|去年|至今")
_SHARE = re.compile(
    r"[，、(\s]*(?:大概|大约|约|刚好|正好|将近|正|也就|合)*(?:占(?:比|到|了)?)?(?:我们|公司|企业|全公司|全部|全体|全厂)?的?"
    r"(?:职工|员工|人员|团队|总?人数|总数|全员)*的?(?:比例|比重|百分比)?(?:为|是|约|在|达到?|有|了|:)*"
)
_DEPARTMENTS = re.compile(r"(?:左右|上下|出头|[:，、；/\s(])*(?:其中)?(?:[一-龥]{1,5}\d{1,4}[人个名]?[，、/\s]*)*")


def is_of_past_year(message: Message, figure: Figure, spot: Spot, earlier: tuple[Figure, Spot] | None) -> bool:
    """Whether people are counted in a year before the last: 2023年职工70人，科技人员9人; `earlier` were such."""
    if earlier and spot is earlier[1] and has_moved(message, earlier[0], figure):
        return False  # 前年员工100人，去年涨到130人
    for start, end in ((0, spot.start), (spot.end, figure.start)):
        for period in message.periods:
            beside = start <= period.start and period.end <= end and _OF_YEAR.fullmatch(message.text, period.end, end)
            if set(period.names) in _PAST and beside:
                return True
    for day in message.days:
        past = day.last.year < message.as_of.year - 1 and day.text.endswith(("底", "末", "初"))
        near = spot.start if day.end <= spot.start else figure.start
        if (
            past
            and (day.end <= spot.start or spot.end <= day.start < figure.start)
            and _OF_YEAR.fullmatch(message.text, day.end, near)
        ):
            return True
    if earlier is None or not message.sentence(figure.start).holds(earlier[0].start):
        return False
    return not has_moved(message, earlier[0], figure)


def has_moved(message: Message, earlier: Figure, figure: Figure) -> bool:
    """Whether a count is of a later year than that one: 前年80人，去年104人."""
    if not message.sentence(figure.start).holds(earlier.start):
        return False
    between = [period for period in message.periods if earlier.end <= period.start < figure.start]
    last = any(period.names in (("latest",), ("this",)) for period in between)
    later = any(
        earlier.end <= day.start < figure.start and day.last.year >= message.as_of.year - 1 for day in message.days
    )
    return last or later or _NOW.search(message.text[earlier.end : figure.start]) is not None


def is_share_of_staff(message: Message, last: Bound | None, share: Figure) -> bool:
    """研发5个刚好一成; 18人，占职工总数15%: a share right after research staff, with only words for the whole between."""
    if share.kind is not FigureKind.PERCENT or last is None or last.fact != "rd_staff":
        return False
    return _SHARE.fullmatch(message.text, last.figure.end, share.start) is not None


def is_department(message: Message, last: Bound | None, spot: Spot, figure: Figure) -> bool:
    """Whether a bare figure counts one of the departments of a staff told: 54人:生产30、销售9、研发11."""
    if last is None or last.fact != "staff_total" or figure.low > last.figure.high:
        return False
    return _DEPARTMENTS.fullmatch(message.text, last.figure.end, spot.start) is not None
