"""Chinese and Arabic ordinals in clause numbers: 第二十一条 and 第21条 are the same clause."""

from __future__ import annotations

import re

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNIT = {"十": 10, "百": 100, "千": 1000}
ORDINAL = r"[零〇○一二两三四五六七八九十百千\d０-９]+"


def ordinal(text: str) -> int | None:
    """The number that a clause ordinal stands for: 二十一 → 21, 一百零三 → 103, 21 → 21; None if it is none."""
    text = re.sub(r"\s", "", text)
    if text.isdigit():
        return int(text)
    if not text or any(c not in _DIGIT and c not in _UNIT for c in text):
        return None
    if all(c in _DIGIT for c in text):  # 一〇三, 二〇
        return int("".join(str(_DIGIT[c]) for c in text))
    total = digit = 0
    for c in text:
        if c in _DIGIT:
            digit = _DIGIT[c]
        else:
            total += (digit or 1) * _UNIT[c]
            digit = 0
    return total + digit


def chinese(number: int) -> str:
    """The ordinal as an official text prints it: 21 → 二十一, 103 → 一百零三. For 1 to 9999."""
    if not 0 < number < 10000:
        raise ValueError(number)
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        elif out:
            zero = True
    return out[1:] if out.startswith("一十") else out
