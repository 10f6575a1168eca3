"""How people name documents and clauses: 国科发火〔2016〕32号, 7号公告, 第十一条第五项, 上面那条.

Everything here reads text that `assistant.retrieval.rewrites.plain` has gone over: half width, simplified, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.documents.model import Clause, Part
from assistant.documents.numerals import ORDINAL, ordinal

_NO = r"(?<![\d零〇一二三四五六七八九十百])(\d{1,5}|[零〇一二三四五六七八九十百]{1,6})"
_AGENCY = r"([\u4e00-\u9fff ]{0,24})"
_NUMBER = re.compile(rf"{_AGENCY}([〔\[(【]?)\s*((?:19|20)\d\d)\s*年?\s*[〕\])】]?\s*第?\s*{_NO}\s*号(文|公告|令)?")
_BARE_NUMBER = re.compile(rf"{_AGENCY}第?\s*{_NO}\s*号\s*(文|公告|令|那份|那个文)?")
_KINDS = re.compile(r"公告|令|文件|\s|第$")
_ASKING = re.compile(
    r".*(?:按照|根据|依据|依照|一下|说的|那个|这个|关于|文件|通知|对照|还有|以及|或者|[按查看问的是和与及跟])"
)
_ARTICLE = re.compile(
    rf"(第)?\s*({ORDINAL}(?:\s*[、,]\s*{ORDINAL})*)\s*条(?:\s*之\s*({ORDINAL}))?"
    rf"(?:\s*[至到-]\s*第?\s*({ORDINAL})\s*条)?"
    rf"(?:的?\s*第?\s*({ORDINAL})\s*款)?(?:的?\s*(?:第\s*({ORDINAL})\s*[项点]|第?\s*\(({ORDINAL})\)\s*[项点]?))?"
)
_ITEM = re.compile(rf"第\s*({ORDINAL})\s*[项点]|第?\s*\(({ORDINAL})\)\s*[项点]?")
_POINTED = re.compile(
    r"(?:上面|前面|刚才|刚刚|上述|[你您]说的|引用的)(?:说的|提到的|引用的)?[那这的]?一?条(?!件)"
    r"|[这那]一?条(?=[规款里中的说是怎什适有原呢吗,?;。]|$)"
)
_BESIDE = re.compile(r"(上|前|下|后)一条")
_LONGEST_RANGE = 10  # articles of 第三条至第九条 that are taken one by one


@dataclass(frozen=True, slots=True)
class NumberName:
    """A document number as written; `agency` and `year` are None where they are left out."""

    said: str
    start: int
    end: int
    agency: str | None
    year: int | None
    number: int
    kind: str | None  # 文, 公告, 令
    plain: bool  # written so that it can be nothing but a document number


@dataclass(frozen=True, slots=True)
class ClauseName:
    """A clause as written: an article, an item, or an item of an article."""

    said: str
    start: int
    article: tuple[int, int | None] | None  # 第十一条之二 → (11, 2)
    paragraph: int | None = None
    item: int | None = None
    bare: bool = False  # without 第: 11条


def numbers(text: str) -> Iterator[NumberName]:
    """The document numbers with a year, then those without: 32号文, 国务院令第802号."""
    for match in _NUMBER.finditer(text):
        before, bracket, year, number, kind = match.groups()
        agency = _agency(before)
        start = match.start() + len(before) - len(_named_before(before))
        said = text[start : match.end()].strip()
        value = ordinal(number)
        if value is not None:
            plain = bool(bracket or kind or "公告" in before or before.endswith("令"))
            kind = kind or _kind(before)
            yield NumberName(said, start, match.end(), agency, int(year), value, kind, plain)
            text = text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]
    for match in _BARE_NUMBER.finditer(text):
        before, number, kind = match.groups()
        start = match.start() + len(before) - len(_named_before(before))
        value = ordinal(number)
        if value is not None:
            kind = kind or _kind(before)
            said = text[start : match.end()].strip()
            yield NumberName(said, start, match.end(), _agency(before), None, value, kind, bool(kind))


def _kind(before: str) -> str | None:
    """What the word before a number says it is: 国务院令第802号, 公告2023年第7号."""
    return next((kind for kind in ("公告", "令") if before.rstrip(" 第").endswith(kind)), None)


def _named_before(before: str) -> str:
    """What stands before a number without the words of asking: 请问国科发火 → 国科发火."""
    return _ASKING.sub("", before).lstrip()


def _agency(before: str) -> str | None:
    name = _KINDS.sub("", _named_before(before))
    return name if len(name) > 1 else None


def agency_fits(said: str, agency: str) -> bool:
    """Whether an agency as people write it is that of a document number: 税务总局, 税总 for 财政部税务总局."""
    letters = iter(agency)
    return said.endswith(agency) or (len(said) > 1 and all(letter in letters for letter in said))


def clauses(text: str) -> list[ClauseName]:
    """Every clause that a text names, in order; items count on their own only outside of an article's name."""
    found: list[ClauseName] = []
    rest = text
    for match in _ARTICLE.finditer(text):
        marked, listed, inserted, until, paragraph, *items = match.groups()
        listing = [n for part in re.split(r"[、,]", listed) if (n := ordinal(part)) is not None]
        if until and (end := ordinal(until)) and listing:
            listing += range(listing[-1] + 1, min(end, listing[-1] + _LONGEST_RANGE) + 1)
        below = _number(paragraph), _number(*items)
        said = match.group().strip()
        for article in listing:
            name = (article, _number(inserted))
            found.append(ClauseName(said, match.start(), name, *below, bare=not marked))
        rest = rest[: match.start()] + "\0" * (match.end() - match.start()) + rest[match.end() :]
    for match in _ITEM.finditer(rest):
        found.append(ClauseName(match.group().strip(), match.start(), None, item=_number(*match.groups())))
    return found


def _number(*texts: str | None) -> int | None:
    return next((ordinal(text) for text in texts if text), None)


def points_back(text: str) -> bool:
    """Whether a text means the clause that was cited before: 上面那条."""
    return bool(_POINTED.search(text)) and not _BESIDE.search(text)


def beside(text: str) -> int:
    """1 for 下一条, -1 for 上一条, 0 for neither."""
    match = _BESIDE.search(text)
    return (1 if match[1] in "下后" else -1) if match else 0


def part_of(clause: Clause, name: ClauseName) -> Part | None:
    """The paragraph or item of a clause that a name means."""
    item = f"item-{name.item}" if name.item else ""
    paragraph = f"para-{name.paragraph}" if name.paragraph else ""
    wanted = [f"{paragraph}.{item}" if paragraph and item else paragraph or item]
    if name.paragraph == 1 and item:
        wanted.append(item)  # the items of a first paragraph stand under the clause itself
    exact = (part for ident in wanted for part in clause.parts if part.id == ident)
    below = (part for part in clause.parts if not paragraph and part.id.endswith(f".{item}"))
    return next(exact, None) or next(below, None)
