"""The numbers that Word generates: 第%1条, 一、, （一）, 1., computed as Word computes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.documents.formats.container import local
from assistant.documents.numerals import chinese

_LEVELS = 9
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and where it starts."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # lvlRestart: the level, counted from 1, after which it starts again; 0: never
    legal: bool = False  # isLgl: every number on this level in Arabic digits
    gap: bool = True
    style: str | None = None


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # numId → abstractNumId
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, number: str, depth: int) -> str:
        """Count the next paragraph of a list and return its number, with a space where one belongs."""
        abstract = self.lists.get(number)
        if abstract is None or not 0 <= depth < _LEVELS:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for restarted in self.starts.get(number, {}):
                counts.pop(restarted, None)
        counts[depth] = counts.get(depth, self._start(number, depth) - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = self.level(number, deeper).restart
            if restart != 0 and (restart is None or depth < restart):
                counts.pop(deeper, None)
        return self._written(number, depth, counts)

    def level(self, number: str, depth: int) -> Level:
        """A level of a list, overrides applied."""
        overridden = self.overrides.get(number, {}).get(depth)
        return overridden or self.abstracts.get(self.lists.get(number, ""), {}).get(depth, Level())

    def depth_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that is tied to a paragraph style."""
        levels = self.abstracts.get(self.lists.get(number, ""), {})
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def _start(self, number: str, depth: int) -> int:
        return self.starts.get(number, {}).get(depth, self.level(number, depth).start)

    def _written(self, number: str, depth: int, counts: dict[int, int]) -> str:
        level = self.level(number, depth)
        if level.form == "bullet":
            return "- "
        if level.form == "none" and "%" not in level.text:
            return level.text

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            count = counts.setdefault(at, self._start(number, at))
            form = self.level(number, at).form
            return written(count, "decimal" if level.legal and form != "decimalZero" else form)

        label = re.sub(r"%(\d)", value, level.text)
        return label if not label or not level.gap or label[-1] in "、）)：:" else label + " "


def written(count: int, form: str) -> str:
    """A number in one of Word's forms; forms that official documents do not use come out in digits."""
    return _FORMS.get(form, str)(count)


def _chinese(count: int) -> str:
    return chinese(count) if 0 < count < 10000 else str(count)


def _digits(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _roman(count: int) -> str:
    out = ""
    for value, name in _ROMAN:
        out += name * (count // value) if count < 5000 else ""
        count %= value
    return out


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 500 else str(count)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda count: characters[(count - 1) % len(characters)] if count > 0 else str(count)


def _circled(count: int) -> str:
    return chr(ord("①") + count - 1) if 0 < count <= 20 else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting"), _chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital"), _digits),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), lambda n: _chinese(n).translate(_LEGAL)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"),
                    lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "ideographEnclosedCircle": lambda n: f"（{_chinese(n)}）",
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "none": lambda n: "",
}  # fmt: skip


def read_numbering(root: Any, style_lists: dict[str, str]) -> Numbering:
    """Read numbering.xml.

    Args:
        root: its root element, or None where the document has no lists.
        style_lists: style → numId, for lists that are defined by way of a list style.
    """
    numbering = Numbering()
    if root is None:
        return numbering
    linked: dict[str, str] = {}
    for element in root:
        if local(element) == "abstractNum":
            ident = attribute(element, "abstractNumId")
            numbering.abstracts[ident] = {
                _integer(attribute(level, "ilvl"), 0): _level(level) for level in element if local(level) == "lvl"
            }
            if (link := child(element, "numStyleLink")) is not None:
                linked[ident] = attribute(link, "val")
    for element in root:
        if local(element) == "num":
            _read_list(element, numbering)
    for ident, style in linked.items():
        target = numbering.lists.get(style_lists.get(style, ""), "")
        if not numbering.abstracts[ident] and target in numbering.abstracts:
            numbering.abstracts[ident] = numbering.abstracts[target]
    return numbering


def _read_list(element: Any, numbering: Numbering) -> None:
    number = attribute(element, "numId")
    target = child(element, "abstractNumId")
    numbering.lists[number] = attribute(target, "val") if target is not None else ""
    for override in element:
        if local(override) != "lvlOverride":
            continue
        depth = _integer(attribute(override, "ilvl"), 0)
        if (level := child(override, "lvl")) is not None:
            numbering.overrides.setdefault(number, {})[depth] = _level(level)
        if (start := child(override, "startOverride")) is not None:
            numbering.starts.setdefault(number, {})[depth] = _integer(attribute(start, "val"), 1)


def _level(element: Any) -> Level:
    # Newer forms stand in an mc:AlternateContent, of which the first choice names the real one.
    values = {local(inner): attribute(inner, "val") for inner in reversed(list(element.iter()))}
    restart = values.get("lvlRestart")
    return Level(
        form=values.get("numFmt", "decimal"),
        text=values.get("lvlText", ""),
        start=_integer(values.get("start", ""), 1),
        restart=_integer(restart, 0) if restart is not None else None,
        legal="isLgl" in values and values["isLgl"] not in {"0", "false"},
        gap=values.get("suff") != "nothing",
        style=values.get("pStyle"),
    )


def attribute(element: Any, name: str) -> str:
    """An attribute whatever its namespace; empty when it is missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: Any, name: str) -> Any:
    """The first child of that name, or None."""
    return next((inner for inner in element if local(inner) == name), None)


def _integer(text: str, otherwise: int) -> int:
    return int(text) if text.strip().isdigit() and len(text) < 9 else otherwise
