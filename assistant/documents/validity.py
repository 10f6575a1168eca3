"""Since when a document holds, until when, and what it repeals, in its own words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.documents.lines import Line
from assistant.documents.model import Reading, Repeal
from assistant.documents.numerals import ordinal

_Y = r"[\d零〇○一二三四五六七八九]{4}"
_N = r"[\d一二两三四五六七八九十]{1,3}"
DATE = re.compile(rf"({_Y})\s*年\s*({_N})\s*月\s*({_N})\s*日|(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})")
_BEGINS = r"(?:零时|0时)?起?\s*(?:正式|开始)?(?:施行|实施|执行|生效|试行|实行)"
_ISSUE = r"(?:公布|发布|印发|颁布|通过|下发|印发公布)"
_ON_DAY = re.compile(rf"自?\s*({DATE.pattern})\s*{_BEGINS}")
_ON_ISSUE = re.compile(rf"自\s*{_ISSUE}之日\s*{_BEGINS}")
_AFTER_ISSUE = re.compile(rf"自\s*{_ISSUE}之日起\s*满?\s*({_N})\s*([日天]|个月)后?\s*{_BEGINS}")
_SPAN = re.compile(
    rf"(?:(?:有效|执行|实施|试行)期限?\s*[为是]?\s*自?\s*|自\s*)({DATE.pattern})\s*起?\s*[至到—－-]\s*({DATE.pattern})"
    r"(?P<holds>\s*止?\s*(?:有效|执行|施行|实施))?"
)
_UNTIL = re.compile(
    rf"(?:(?:有效|执行|试行)期限?[^，。；]{{0,25}}?|[施试]行，?|实施，?|执行，?)(?:截?至|到)\s*({DATE.pattern})"
)
_ENDS_ON = re.compile(rf"[，；]\s*(?:于|自)?\s*({DATE.pattern})(起)?\s*(?:废止|失效|终止|停止执行)")
_FOR_YEARS = re.compile(rf"(?:有效期限?|试行期?限?|执行期限?)\s*(?:为|：|:)?\s*({_N})\s*年")
_OWN = re.compile(
    r"(?:本|该|上述)(?:办法|法|条例|规定|细则|通知|意见|政策|措施|解释|方案|决定|指南|公告|要点|规则|若干|实施|操作|管理)"
)
_OWN_PERIOD = re.compile(rf"{_OWN.pattern}[^，。；证]{{0,8}}有效期")
_SENTENCE = re.compile(r"[^。；]+")
_ENDS = re.compile(r"废止|停止执行|不再执行|失效")
# Between a name and that word: not the document ends, but something under it.
_OTHER = re.compile(r"规定的|宣告|证书|许可证|资格|合同|第[\d一二三四五六七八九十百]+[条款项]")
_REPEALS = re.compile(
    r"(?:决定|现|予以|同意，?|[日起]，?)\s*(?:予以)?废止\s*(?=《|(?:下列|以下))|(?:下列|以下|如下)[^《。]*(?:废止|失效|不再执行|停止执行)[^《。]*[：:]"
)
_LISTS = re.compile(
    r"(?:下列|以下|如下)[^。]*(?:废止|失效|不再执行|停止执行)[^。]*[：:]$|(?:废止|停止执行)(?:下列|以下)[^。]*[：:]$"
)
_LISTED = re.compile(r"(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、]\s*)?(?=《)")
_NAMED = re.compile(r"《([^《》]+)》\s*(?:[（(]([^（）()]*?号)[^（）()]*[)）])?(?!\s*第|\s*中|\s*的决定)")


@dataclass(frozen=True, slots=True)
class Validity:
    """When a document begins and ends; `stated` is false where it does not say when it begins."""

    effective: date | None
    expires: date | None
    stated: bool
    repeals: tuple[Repeal, ...]
    readings: tuple[Reading, ...]


def first_date(text: str) -> date | None:
    """The first date in a text, 2026年3月20日, 二〇二六年三月二十日 or 2026-03-20; None if there is none."""
    match = DATE.search(text)
    return _day(match.groups()) if match else None


def _day(groups: Sequence[str | None]) -> date | None:
    year, month, day = groups[:3] if groups[0] else groups[3:6]
    try:
        return date(*(ordinal(part or "") or 0 for part in (year, month, day)))
    except ValueError:
        return None


def read_validity(
    lines: Sequence[Line], title: str, issued: date | None, stated: Sequence[date | None] = (None, None)
) -> Validity:
    """Read it from the document's lines, annexes left out.

    Args:
        stated: the first and the last day by a table of particulars, which count where the text is silent.
    """
    telling = [line for line in lines if _tells(line.text)]
    begins = list(_beginnings(telling, issued))
    own = [found for found in begins if _OWN.search(found.sentence)] or begins
    chosen = own[-1] if own else None
    effective = chosen.day if chosen else stated[0] or issued
    expires, ended = _expiry(telling, chosen, effective)
    expires = expires or stated[1]
    repeals = dict(_repeals(lines, title))
    surely = chosen is not None and not chosen.counted and effective is not None
    readings = [
        reading("effective", str(effective or ""), chosen.line if chosen else None, confirm=not surely),
        *([reading("expires", str(expires), ended, confirm=ended is None)] if expires else []),
        *(reading("repeals", str(repeal), line) for repeal, line in repeals.items()),
    ]
    return Validity(effective, expires, bool(chosen or stated[0]), tuple(repeals), tuple(readings))


def _tells(text: str) -> bool:
    """Whether a line may speak of validity; most do not, and to search each for more than words takes long."""
    begins = "行" in text or "实施" in text or "生效" in text
    return begins or "有效" in text or "废止" in text or "失效" in text


def reading(name: str, value: str, line: Line | None, *, confirm: bool = False) -> Reading:
    """A fact with the place where it stands."""
    return Reading(name, value, line.number if line else None, line.page if line else None, confirm)


@dataclass(frozen=True, slots=True)
class _Beginning:
    day: date | None
    line: Line
    sentence: str
    counted: bool  # from the day of issue, which the sentence does not name
    last: date | None = None


def _beginnings(lines: Sequence[Line], issued: date | None) -> Iterator[_Beginning]:
    for line in lines:
        if "日" not in line.text and "-" not in line.text:
            continue
        for sentence in _SENTENCE.findall(line.text):
            if match := _ON_DAY.search(sentence):
                day = _day(match.groups()[1:])
                if day:
                    yield _Beginning(day, line, sentence, counted=False)
            elif (match := _SPAN.search(sentence)) and _OWN.search(sentence):
                first, last = _day(match.groups()[1:7]), _day(match.groups()[8:14])
                if first and last and (match["holds"] or "期" in match.group()):
                    yield _Beginning(first, line, sentence, counted=False, last=last)
            elif match := _AFTER_ISSUE.search(sentence):
                day = _after(issued, ordinal(match[1]) or 0, months=match[2] == "个月") if issued else None
                yield _Beginning(day, line, sentence, counted=True)
            elif _ON_ISSUE.search(sentence) and _OWN.search(sentence):
                yield _Beginning(issued, line, sentence, counted=True)


def _expiry(
    lines: Sequence[Line], beginning: _Beginning | None, effective: date | None
) -> tuple[date | None, Line | None]:
    """The last day, read where the document says when it begins, or where it speaks of its own 有效期."""
    if beginning and beginning.last:
        return beginning.last, beginning.line
    where = [line for line in lines if "有效期" in line.text and _OWN_PERIOD.search(line.text)]
    for line in [beginning.line, *where] if beginning else where:
        if (match := _UNTIL.search(line.text)) and (day := _day(match.groups()[1:])):
            return day, line
        if (match := _FOR_YEARS.search(line.text)) and effective and (years := ordinal(match[1])):
            return _years_later(effective, years) - timedelta(days=1), line
        if (
            beginning
            and line is beginning.line
            and (match := _ENDS_ON.search(line.text))
            and (day := _day(match.groups()[1:7]))
        ):
            return day - timedelta(days=1) if match[8] else day, line
    return None, None


def _after(day: date, count: int, *, months: bool) -> date:
    """So many days, or months, later; the last of a month that is shorter."""
    if not months:
        return day + timedelta(days=count)
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def _repeals(lines: Sequence[Line], title: str) -> Iterator[tuple[Repeal, Line]]:
    listing = False
    for line in lines:
        text = line.text
        listed = listing and _LISTED.match(text)
        listing = bool(listed or (text[-1] in "：:" and _LISTS.search(text)))
        if "《" not in text or not (listed or _ENDS.search(text)):
            continue
        for sentence in _SENTENCE.findall(text):
            for match in _NAMED.finditer(sentence):
                before, after = sentence[: match.start()], sentence[match.end() :]
                ended = listed or _is_ended(after) or _REPEALS.search(before + "《")
                if ended and (match[1] != title or match[2]):  # the version before bears the title, and its own number
                    yield Repeal(match[1], re.sub(r"\s", "", match[2]) if match[2] else None), line


def _is_ended(after: str) -> bool:
    """Whether what follows a document's name puts an end to it."""
    ends = list(_ENDS.finditer(after))
    return bool(ends) and not _OTHER.search(re.sub("《[^《》]*》", "", after[: ends[-1].start()]))
