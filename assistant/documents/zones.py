"""The zones of a document: covering notice, the measure itself, annexes; and in each, the lines that are no clause.

“关于印发《…》的通知” carries a measure as its body. An annex has a numbering of its own. Tables of contents,
letterheads, signatures and distribution lines stand in the text and are no clauses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.documents.furniture import (
    NUMBER_ALONE,
    OFFICE,
    TITLE_ENDS,
    contents,
    is_furniture,
    letterhead,
    squeeze,
    tail,
)
from assistant.documents.lines import Depth, Line
from assistant.documents.numerals import ORDINAL, ordinal


class ZoneKind(StrEnum):
    """What a zone is."""

    NOTICE = "notice"
    BODY = "body"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Zone:
    """A run of lines with a numbering of its own.

    Attributes:
        prefix: what its clauses' ids begin with: "" for the body, `annex-1` for an annex.
        title: what stands above its clauses.
        silent: positions in `lines` of what is no clause.
    """

    kind: ZoneKind
    lines: tuple[Line, ...]
    prefix: str = ""
    title: str = ""
    silent: frozenset[int] = frozenset()


_NOTICE = re.compile(
    r"关于(?:印发|发布|下发|转发|公布|颁布|颁发)[^。；]{0,40}?《(.+?)》[^。；《》]{0,20}的(?:通知|公告|函)"
)
_ANNEX = re.compile(rf"(?:(附件|附录|附表)\s*({ORDINAL})?\s*(?:[:：.．、]|\s|$)|附\s*[:：]|附$)\s*(.{{0,60}})$")
_SENTENCE = re.compile(r"[。；]$")
_HEAD = 14  # lines among which a covering notice names what it brings
_TITLED = 6  # lines between the title of a document and its first article: number, date, chapter


def brought(title: str, lines: Sequence[Line]) -> tuple[str, ...]:
    """The titles that a covering notice names: 关于印发《甲》和《乙》的通知 → (甲, 乙)."""
    head = squeeze(title) + "".join(squeeze(line.text) for line in lines[:_HEAD])
    match = _NOTICE.search(head)
    return tuple(re.split(r"》[^《》]*《", match[1])) if match else ()


def zones(lines: Sequence[Line], title: str = "") -> list[Zone]:
    """The zones of a document, in order; joined they are its lines.

    Args:
        title: of the document, where it does not stand among the lines.
    """
    starts = _starts(lines, brought(title, lines))
    bounds = [*starts, len(lines)]
    found = []
    for (begin, kind, prefix, above), end in zip(starts.values(), bounds[1:], strict=True):
        within = tuple(lines[begin:end])
        found.append(Zone(kind, within, prefix, above, _silent(within, kind, above or title, titled=begin > 0)))
    return found


_Start = tuple[int, ZoneKind, str, str]  # position, kind, prefix, title


def _starts(lines: Sequence[Line], titles: Sequence[str]) -> dict[int, _Start]:
    """Where zones begin, by position; the first at 0."""
    annexes = _annexes(lines)
    bodies = _bodies(lines, titles, annexes)
    starts: dict[int, _Start] = {0: (0, ZoneKind.NOTICE if bodies else ZoneKind.BODY, "notice" if bodies else "", "")}
    for place, (begin, title) in enumerate(() if titles else _others(lines, annexes), start=2):
        starts[begin] = (begin, ZoneKind.ANNEX, f"with-{place}", title)
    taken: Counter[str] = Counter()
    above = {at for at, _, _ in annexes for begin, _ in bodies if at <= begin <= at + 2}  # 附件 over the measure
    for place, (begin, title) in enumerate(bodies):
        begin = next((at for at in above if at <= begin <= at + 2), begin)
        kind, prefix = (ZoneKind.ANNEX, f"with-{place + 1}") if place else (ZoneKind.BODY, "")
        starts[begin] = (begin, kind, prefix, title if place else "")
    for position, number, title in annexes:
        following = next((begin for begin, _ in bodies if begin > position), len(lines))
        if position in above or not _holds_text(lines[position + 1 : following]):  # 附件：甲办法, and then 甲办法
            continue
        name = f"annex-{number or 1 + sum(taken.values())}"
        taken[name] += 1
        prefix = name if taken[name] == 1 else f"{name}~{taken[name]}"
        starts.setdefault(position, (position, ZoneKind.ANNEX, prefix, title))
    return dict(sorted(starts.items()))


_Annex = tuple[int, int, str]  # position, number (0: none), title


def _bodies(lines: Sequence[Line], titles: Sequence[str], annexes: Sequence[_Annex]) -> list[tuple[int, str]]:
    """Where the measures that a covering notice brings begin, with their titles."""
    found = [(begin, title) for title in titles if (begin := _title_line(lines, title)) is not None]
    if not found and titles and annexes and annexes[0][0] + 1 < len(lines):
        found = [(annexes[0][0] + 1, titles[0])]
    return sorted(found)


def _others(lines: Sequence[Line], annexes: Sequence[_Annex]) -> Iterator[tuple[int, str]]:
    """Where a compilation begins another document: a title, and soon below it 第一条 once more."""
    last = 0
    for position, line in enumerate(lines[: annexes[0][0] if annexes else None]):
        if line.depth is not Depth.ARTICLE:
            continue
        if line.ordinal == 1 and last:
            for above in range(position - 1, max(position - 1 - _TITLED, 0), -1):
                if lines[above].depth is Depth.TEXT and TITLE_ENDS.search(squeeze(lines[above].text)):
                    yield above, lines[above].text
                    break
                if lines[above].depth > Depth.SECTION and not _stands_below_a_title(lines[above]):
                    break
        last = line.ordinal


def _stands_below_a_title(line: Line) -> bool:
    text = line.text
    return line.depth is Depth.TEXT and bool(NUMBER_ALONE.fullmatch(text) or is_furniture(line) or text[0] in "（(")


def _title_line(lines: Sequence[Line], title: str) -> int | None:
    """The line, not the first, that is the title; it may go over several lines, and （试行） may be missing."""
    wanted = squeeze(title)
    plain = re.sub(r"[（(].*?[)）]$", "", wanted)
    for start in range(1, len(lines)):
        text = ""
        for line in lines[start : start + 4]:
            text += squeeze(line.text)
            if text.strip("《》") in (wanted, plain):
                return start
            if not wanted.startswith(text.lstrip("《")):
                break
    return None


def _annexes(lines: Sequence[Line]) -> list[_Annex]:
    """The annexes.

    The same label stands first in the list below the notice and then above the annex: the last one counts, if
    anything follows it.
    """
    last: dict[tuple[str, int], tuple[int, str]] = {}
    for position, line in enumerate(lines):
        if line.text[0] == "附" and (match := _ANNEX.match(line.text)) and not _SENTENCE.search(line.text):
            number = ordinal(match[2]) or 0 if match[2] else 0
            if not match[3].startswith(("1", "一", "（")):  # 附件：1.申报书
                last[(match[1] or "附", number)] = (position, squeeze(line.text) if match[3] else "")
    numbered = any(number for _, number in last)
    found = sorted((at, number, title) for (_, number), (at, title) in last.items() if number or not numbered)
    ends = [*(position for position, _, _ in found[1:]), len(lines)]
    kept = []
    for (position, number, title), end in zip(found, ends, strict=False):
        following = lines[position + 1 : end]
        if _holds_text(following):
            kept.append((position, number, title or _annex_title(lines[position], following)))
    return kept


def _holds_text(lines: Sequence[Line]) -> bool:
    """Whether there is more than a signature and a date."""
    return any(not is_furniture(line) and not OFFICE.fullmatch(line.text) for line in lines)


def _annex_title(line: Line, following: Sequence[Line]) -> str:
    """附件1 and the short line below it that is its title."""
    below = following[0]
    named = below.depth is Depth.TEXT and len(below.text) <= 40 and below.text[-1] not in "。；：:，|"
    return f"{squeeze(line.text)} {below.text}" if named else squeeze(line.text)


def _silent(lines: tuple[Line, ...], kind: ZoneKind, title: str, *, titled: bool) -> frozenset[int]:
    silent = contents(lines) | tail(lines)
    if titled:
        silent.add(0)  # 附件1, or the measure's title
    if kind is ZoneKind.ANNEX and len(lines) > 2 and title.endswith(f" {lines[1].text}"):
        silent.add(1)
    if kind is not ZoneKind.ANNEX:
        silent |= letterhead(lines, "" if kind is ZoneKind.NOTICE else squeeze(title))
    return frozenset(silent)
