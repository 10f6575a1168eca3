"""A cell value as Excel shows it: number formats applied."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_DATE_CODE = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d|hh|h|ss|s", re.I)


def shown(value: Any, form: str) -> str:
    """The text of a cell.

    Args:
        value: as openpyxl gives it.
        form: the number format of the cell, in Excel's notation.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _date(value, form)
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: int | float, form: str) -> str:
    sections = form.split(";")
    negative = value < 0 and len(sections) > 1
    section = re.sub(r"\[[^\]]*\]", "", sections[1] if negative else sections[0])
    match = re.search(r"[#0?][#0?,.]*(?:E[+-]0+)?", _LITERAL.sub(lambda m: "\0" * len(m.group()), section))
    if section.strip().lower() in {"", "general", "@"} or match is None:
        return _general(value)
    percent = "%" in section
    places = len(match.group().partition(".")[2].strip(","))
    optional = match.group().partition(".")[2].count("#")
    number = Decimal(repr(value)) * (100 if percent else 1)
    number = abs(number) if negative else number
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in match.group() else f"{rounded:f}"
    if optional and "." in text:
        text = text[: len(text) - optional] + text[len(text) - optional :].rstrip("0")
        text = text.rstrip(".")
    return _literal(section[: match.start()]) + text + _literal(section[match.end() :])


def _general(value: int | float) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return str(value)


def _literal(text: str) -> str:
    return _LITERAL.sub(lambda m: m[1] or m[2] or "", text).strip(" ")


def _plain_date(value: datetime | date | time) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat()


def _date(value: datetime | date | time, form: str) -> str:
    bare = re.sub(r"\[[^\]]*\]", "", form.split(";")[0])
    if not _DATE_CODE.search(_LITERAL.sub("", bare)) or bare.lower() in {"general", "mm-dd-yy", "m/d/yyyy"}:
        return _plain_date(value)
    hour = re.search(r"h", bare, re.I)

    def part(match: re.Match[str]) -> str:
        code = match.group().lower()
        minute = code in {"m", "mm"} and hour is not None and match.start() > hour.start()
        if code[0] == "m" and not minute:
            number = getattr(value, "month", 0)
        else:
            number = getattr(value, {"y": "year", "d": "day", "h": "hour", "m": "minute", "s": "second"}[code[0]], 0)
        if code == "yyyy":
            return f"{number:04d}"
        return f"{number % 100:02d}" if len(code) == 2 else str(number)

    pieces = re.split(r'("[^"]*"|\\.)', bare)
    return "".join(_literal(p) if p.startswith(('"', "\\")) else _DATE_CODE.sub(part, p) for p in pieces).strip(" @")
