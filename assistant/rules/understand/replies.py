"""Yes and no to what was asked, by the order of the questions: 1.没有 2.有, 没有，8个，没用过, 第一个是的，后面都没有."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from assistant.documents.numerals import ordinal

_N = r"[一二两三四五六七八九\d]"
_UNITS = r"(?:个|条|项|点|题|样|种|问题|的|块)*"
_EVERY = rf"(?:(?:以上|上面|上述|这|那|[几些])*{_N}?{_UNITS}(?:我们|我司|公司)?(?:全都|都|全部?|均|也都|统统|一概)(?:是|也)?|一{_UNITS}(?:都|也))"
_LED = rf"(?:{_EVERY}|我们|我司|公司|这个|目前|暂时|现在|从来|嗯|哦|那|也|还|:)*"
_TAIL = r"(?:过|的|了|啊|呀|呢|哈|哦|发生|列入|涉及|做|搞|参与|参加|情况|问题)*"
_NO = rf"{_LED}(?:没(?:有)?(?:在|用|上|办|报|进|通过|拿)?|无|否|no|不(?:是|属于|涉及|存在|符合|在|算)?|未(?:发生|列入|涉及)?){_TAIL}"
_YES = rf"{_LED}(?:是|有|对|属于|符合|嗯|yes|(?:已经?|早就)?(?:上|办|做|报|完成|通过|入驻)(?=[了过])){_TAIL}"
_UNSURE = rf"{_LED}(?:不清楚|不知道|不确定|不了解|说不清|不好说|待查|没查过?|没算过?|没问过?)"
_VERDICT = re.compile(rf"(?:(?P<unsure>{_UNSURE})|(?P<no>{_NO})|(?P<yes>{_YES}))(?=[，。；！!,;\s]|$)")
_NUMBER = re.compile(
    r"(?:^|(?<=[\s，。；,;有无没是否于楚过的]))[ ]*(?:问题|q)?\(?(?P<number>[1-9])\)?(?:[.、:)]|(?=[没无有是不否属未都]))[ ]*"
)
_NTH = rf"(?:第{_N}{_UNITS}|[1-9](?=[、和到至-]|[没无有是不否属未都]))"
_WHICH = re.compile(
    rf"(?P<except>除了?)?(?:只有|就|仅|但是?|不过)*(?:(?P<nth>{_NTH}(?P<until>(?:到|至|-)第?{_N}{_UNITS})?(?:[和、跟与]第?{_N}{_UNITS})*)"
    rf"|前面?(?P<first>{_N}){_UNITS}|后面?(?P<last>{_N}){_UNITS}|(?P<end>最后)一?{_UNITS}"
    rf"|(?P<rest>(?:后面|其[他它余]|剩下|别|余下)(?:的|几)?{_UNITS}))(?P<verdict>(?(except)(?:以外|之外|外)?|.*))"
)
_FIGURE = re.compile(r"[^\d]{0,6}[\d一二两三四五六七八九十][^，。；]{0,10}")
_PARTS = re.compile(r"[，。；！!,;、\n]+|\s+|(?<=没有)(?=没有)")
_CLAUSES = re.compile(r"[，。；！!,;\n]+")
_MORE = re.compile(r"有|除|但|不过|就|只|没|第|[吗么?]")

Told = dict[int, bool | None]


def replies(text: str, asked: Sequence[str]) -> dict[str, bool]:
    """The facts of the questions that a reply answers with yes or no; none where it does not say of which."""
    text = unicodedata.normalize("NFKC", text).lower().strip()
    told = _pointed(text, len(asked)) or _numbered(text) or _in_turn(text, len(asked))
    return {asked[place]: said for place, said in told.items() if said is not None and place < len(asked)}


def _verdict(words: str) -> bool | None:
    match = _VERDICT.match(words.strip())
    return None if match is None or match["unsure"] else match["no"] is None


def _numbered(text: str) -> Told:
    """1.没有 2.有 3.不清楚."""
    marks = list(_NUMBER.finditer(text))
    numbers = [int(mark["number"]) for mark in marks]
    if not marks or marks[0].start() or sorted(set(numbers)) != numbers:
        return {}
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return {n - 1: _verdict(text[m.end() : end]) for n, m, end in zip(numbers, marks, ends, strict=True)}


def _pointed(text: str, count: int) -> Told:
    """第一个是的，后面都没有; 前两个没有，第三个不清楚; 除了第二个，都没有."""
    found: Told = {}
    for clause in filter(None, map(str.strip, _CLAUSES.split(text))):
        which = _WHICH.fullmatch(clause)
        words = which["verdict"] if which else clause
        if which is None and not re.match(_EVERY, clause):
            return {}
        if not (which and which["except"]) and not _VERDICT.fullmatch(words):
            return {}
        places = _places(which, count, found) if which else _open(count, found)
        found |= dict.fromkeys(places, _verdict(words))
    return found


def _places(which: re.Match[str], count: int, told: Told) -> Iterable[int]:
    """Which of the questions are meant, counted from nought."""
    if which["nth"]:
        numbers = [_number(n) for n in re.findall(_N, which["nth"])]
        return range(numbers[0] - 1, numbers[1]) if which["until"] else [number - 1 for number in numbers]
    if which["first"]:
        return range(min(_number(which["first"]), count))
    if which["last"]:
        return range(max(count - _number(which["last"]), 0), count)
    return [count - 1] if which["end"] else _open(count, told)


def _open(count: int, told: Told) -> list[int]:
    return [place for place in range(count) if place not in told]


def _number(words: str) -> int:
    return ordinal(words.replace("两", "二")) or 0


def _in_turn(text: str, count: int) -> Told:
    """没有、没有、不属于 and 没有，8个，没用过: one for each question; 没有，都没有 and 都没有，放心: of all."""
    parts = [part for part in _PARTS.split(text) if part]
    told = [_verdict(part) if _VERDICT.fullmatch(part) else None for part in parts]
    answered = all(_VERDICT.fullmatch(part) or _FIGURE.fullmatch(part) for part in parts)
    if len(parts) == count and answered:
        return dict(enumerate(told))
    every = next((said for part, said in zip(parts, told, strict=True) if re.match(_EVERY, part)), None)
    rest = [part for part, said in zip(parts, told, strict=True) if said is None]
    agreed = every is not None and not any(_MORE.search(part) for part in rest) and {every} == {*told} - {None}
    return dict.fromkeys(range(count), every) if agreed else {}
