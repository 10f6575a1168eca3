"""What a document says about itself: number, issuers, level, region, issued, effective, expiry, what it repeals.

Every fact is kept with the place where it was read, and with whether staff should confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from assistant.documents.furniture import OFFICE, is_date, offices, squeeze
from assistant.documents.lines import Depth, Line
from assistant.documents.model import Level, Reading
from assistant.documents.strict_yaml import Schema, read_file
from assistant.documents.validity import DATE, Validity, first_date, read_validity, reading
from assistant.documents.zones import Zone, ZoneKind

_NUMBER = re.compile(
    r"(?:(?![年月日号第])[\u4e00-\u9fff]){1,12}\s*[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]\s*第?\s*\d{1,5}\s*号"
    r"|(?:[\u4e00-\u9fff]{1,10}(?:部|局|署|委|委员会|银行|政府|厅)[、\s]*){0,4}(?:公告|通告)\s*\d{4}\s*年\s*第\s*\d{1,4}\s*号"
)
_ORDER = re.compile(
    r"(?:国务院|(?:(?<=共和国)|(?<=[日\s（(])|(?<![\u4e00-\u9fff]))(?!中华人民共和国)(?:(?![年月日号第])[\u4e00-\u9fff]){2,12}?(?:部|局|署|委员会|政府))"
    r"令\s*第\s*\d{1,4}\s*号"
)
_NUMBER_LABEL = ("发文字号", "文号", "文件编号")
_ISSUED_LABEL = ("成文日期", "印发日期", "发文日期", "发布日期", "公布日期", "发布时间")
_EFFECTIVE_LABEL = ("施行日期", "实施日期", "生效日期")
_EXPIRES_LABEL = ("失效日期", "废止日期", "有效期至", "有效期")
_ISSUER_LABEL = ("发文机关", "发文机构", "制发机关", "印发机关")
_PUBLISHER_LABEL = ("发布机构", "发布单位")  # who put it on the site: of several issuers it names one
_TITLE_ISSUER = re.compile(r"(.{2,40}?)关于")
_ISSUED_BY = re.compile(rf"[（(]\s*(?:{DATE.pattern})?\s*(\S{{4,40}}?)(?:公布|发布|印发|颁布)\s*[)）]")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HEAD = 14
_HISTORY = 40  # lines of amendments that an old law carries before its first article


class Place(Schema):
    """One level of government, with the names and number prefixes that tell it."""

    level: Level
    region: str | None
    names: tuple[str, ...]
    numbers: tuple[str, ...]


class _Regions(Schema):
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read, and the readings for the report."""

    number: str | None
    issuers: tuple[str, ...]
    level: Level
    region: str | None
    issued: date | None
    validity: Validity
    readings: tuple[Reading, ...]

    def of_a_compilation(self) -> Facts:
        """What holds of several documents in one file: number and days are each one's own, and stay to be confirmed."""
        own = ("number", "issued", "effective", "expires", "repeals")
        kept = [told for told in self.readings if told.name not in own]
        kept += [reading(name, "", None, confirm=True) for name in own[:3]]
        return replace(
            self, number=None, issued=None, validity=Validity(None, None, False, (), ()), readings=tuple(kept)
        )


@cache
def places() -> tuple[Place, ...]:
    """The levels of government, the most local first."""
    return read_file(Path(__file__).with_name("regions.yaml"), _Regions).places


def read_facts(title: str, found: Sequence[Zone], details: Sequence[tuple[str, str]] = ()) -> Facts:
    """Read what a document says about itself.

    Args:
        found: its zones; annexes say nothing of the document.
        details: what the page around it states, as label and value.
    """
    own = [zone for zone in found if zone.kind is not ZoneKind.ANNEX]
    head = list(_head(own))
    readings = [reading("title", title, head[0] if head else None)]
    number = _read_number(head, details, readings)
    issuers = _read_issuers(title, own, head, details, readings)
    issued = _read_issued(own, head, details, readings)
    stated = tuple(first_date(_detail(details, labels) or "") for labels in (_EFFECTIVE_LABEL, _EXPIRES_LABEL))
    validity = read_validity([line for zone in own for line in zone.lines], title, issued, stated)
    first = [line for zone in own for line in zone.lines[:_HEAD]]
    level, region = _read_level(title, issuers, number, first)
    readings.append(reading("level", f"{level}，{region or '地区不明'}", None, confirm=level is Level.UNKNOWN))
    return Facts(number, issuers, level, region, issued, validity, (*readings, *validity.readings))


def _head(own: Sequence[Zone]) -> Iterator[Line]:
    """What stands before the text begins."""
    for zone in own:
        for line in zone.lines[:_HISTORY]:
            if line.text[0] == "|":  # a table has days and numbers of all kinds
                continue
            sentence = len(line.text) > 60 and line.text[-1] == "。"
            if line.depth is not Depth.TEXT or line.text[-1] in "：:" or sentence:
                break
            yield line


def _detail(details: Sequence[tuple[str, str]], labels: Sequence[str]) -> str | None:
    return next((value for label in labels for key, value in details if key == label and value.strip()), None)


def _read_number(head: Sequence[Line], details: Sequence[tuple[str, str]], readings: list[Reading]) -> str | None:
    if (stated := _detail(details, _NUMBER_LABEL)) and (match := _NUMBER.search(stated)):
        return _told(readings, "number", _as_printed(match.group()), None)
    near = head[:_HEAD]
    for line in near:
        text = re.sub(r"^(?:发文字号|文号)\s*[:：]", "", line.text).strip("（）() ")
        if match := _NUMBER.fullmatch(text):
            return _told(readings, "number", _as_printed(match.group()), line)
    for pattern in (_NUMBER, _ORDER):
        for line in sorted(near, key=_is_revised, reverse=True):
            if (match := pattern.search(line.text)) and not re.search(r"根据|依据|按照", line.text):
                return _told(readings, "number", _as_printed(match.group()), line, confirm=True)
    readings.append(reading("number", "", None, confirm=True))
    return None


def _is_revised(line: Line) -> bool:
    """Whether the line tells of a revision of the whole, whose order carries the number that now counts."""
    return "修订" in line.text and "决定" not in line.text


def _as_printed(number: str) -> str:
    """A document number as GB/T 9704 has it: 沪科规[２０２６]3号 is 沪科规〔2026〕3号."""
    return re.sub(r"[\[［【（(](\d{4})[\]］】）)]", r"〔\1〕", squeeze(number).translate(_DIGITS))


def _told(readings: list[Reading], name: str, value: str, line: Line | None, *, confirm: bool = False) -> str:
    readings.append(reading(name, value, line, confirm=confirm))
    return value


def _read_issuers(
    title: str,
    own: Sequence[Zone],
    head: Sequence[Line],
    details: Sequence[tuple[str, str]],
    readings: list[Reading],
) -> tuple[str, ...]:
    found: list[str] = []
    place: Line | None = None
    if stated := _detail(details, _ISSUER_LABEL):
        found = re.split(r"[、,，;；\s]+", stated.strip())
    for zone in () if found else own:
        for line in (zone.lines[i] for i in sorted(zone.silent)):
            if named := offices(line.text):
                found += named
                place = line
    if not found and (stated := _detail(details, _PUBLISHER_LABEL)):
        found = re.split(r"[、,，;；\s]+", stated.strip())
    for line in () if found else head:
        if (by := _ISSUED_BY.fullmatch(line.text)) and OFFICE.fullmatch(by[by.lastindex or 0]):
            found, place = re.split(r"[、\s]+", by[by.lastindex or 0]), line
    if not found and (match := _TITLE_ISSUER.match(title)) and OFFICE.fullmatch(match[1]):
        found = re.split(r"[、\s]+", match[1])
    issuers = tuple(dict.fromkeys(filter(None, found)))
    readings.append(reading("issuers", "、".join(issuers), place, confirm=not issuers))
    return issuers


def _read_issued(
    own: Sequence[Zone], head: Sequence[Line], details: Sequence[tuple[str, str]], readings: list[Reading]
) -> date | None:
    if (stated := _detail(details, _ISSUED_LABEL)) and (day := first_date(stated)):
        readings.append(reading("issued", day.isoformat(), None))
        return day
    signed = [zone.lines[i] for zone in own for i in sorted(zone.silent) if is_date(zone.lines[i].text)]
    for line in signed:
        if day := first_date(line.text):
            readings.append(reading("issued", day.isoformat(), line))
            return day
    dated = [(day, line) for line in head for words in DATE.finditer(line.text) if (day := first_date(words.group()))]
    if not dated:
        readings.append(reading("issued", "", None, confirm=True))
        return None
    day, line = max(dated, key=lambda pair: pair[0])
    readings.append(reading("issued", day.isoformat(), line, confirm=True))
    return day


def _read_level(
    title: str, issuers: Sequence[str], number: str | None, first: Sequence[Line]
) -> tuple[Level, str | None]:
    words = title + "".join(issuers)
    for place in places():
        for name in place.names:
            if name in words:
                return place.level, place.region or name
    for place in places() if number else ():
        if number and number.startswith(place.numbers):
            return place.level, place.region
    # What begins with the state's name or order is the state's; a city named in the text says nothing.
    nation = places()[-1]
    spoken = any(name in line.text for line in first for name in nation.names)
    return (nation.level, nation.region) if spoken else (Level.UNKNOWN, None)
