"""A question as people write it, brought to the way in which the texts are written.

Only the question is changed, never the index: a text may write a number either way, so the question carries both.
"""

from __future__ import annotations

import re

from assistant.documents.glossary import Glossary
from assistant.documents.numerals import chinese, ordinal
from assistant.index.tokens import normalise

_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_UNIT = r"(万元?|亿元?|元|年|个月|日|天|人|倍)"
_HAN = r"[零〇一二两三四五六七八九十百千]+"
_PERCENT = re.compile(rf"百分之({_HAN}(?:点{_HAN})?|\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*%")
_AMOUNT = re.compile(rf"(?<![\d.年第])(?:(\d{{1,4}})|(?<![千百十第之])({_HAN}))\s*{_UNIT}")


def plain(question: str) -> str:
    """Half width, simplified, lower case, without blanks inside Chinese words."""
    return _BLANK.sub("", normalise(question))


def rewritten(question: str, glossary: Glossary) -> str:
    """What is searched with: the question in plain writing, its typing errors mended, with the formal terms for what
    people say, and with every number the other way of writing it, 5000万元 for 五千万元.
    """
    mended = glossary.expand(glossary.correct(plain(question)))
    return " ".join((mended, *other_forms(mended)))


def other_forms(text: str) -> list[str]:
    """Percentages and amounts of a text in Chinese where it has digits, in digits where it has Chinese."""
    found = [_percent(match[1], match[2]) for match in _PERCENT.finditer(text)]
    rest = _PERCENT.sub(" ", text)
    found += [_amount(match[1], match[2], match[3]) for match in _AMOUNT.finditer(rest)]
    return list(dict.fromkeys(form for form in found if form))


def _percent(han: str | None, digits: str | None) -> str | None:
    if digits:
        whole, _, part = digits.partition(".")
        return f"百分之{_han(int(whole))}" + (f"点{''.join(map(_digit, part))}" if part else "")
    whole, _, part = (han or "").partition("点")
    values = [ordinal(whole), *(ordinal(digit) for digit in part)]
    if han and han[0].isdigit():
        return f"{han}%"
    if None in values:
        return None
    return f"{values[0]}" + (f".{''.join(map(str, values[1:]))}" if part else "") + "%"


def _amount(digits: str | None, han: str | None, unit: str) -> str | None:
    if digits:  # a year is written in digits everywhere
        return _han(int(digits)) + unit if int(digits) and not (unit == "年" and len(digits) == 4) else None
    value = ordinal(han or "")
    return f"{value}{unit}" if value else None


def _han(number: int) -> str:
    return chinese(number) if 0 < number < 10000 else "零"


def _digit(digit: str) -> str:
    return "零一二三四五六七八九"[int(digit)]
