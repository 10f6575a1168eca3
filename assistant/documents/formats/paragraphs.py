"""Put the two sides of a line break together again."""

from __future__ import annotations

import re

STOPS = "。！？；：!?;:”」』）】》"  # what a paragraph ends with
NOT_FIRST = "，。；：、！？”’）》〉】%,.;:!?)"  # what never begins a line
_LATIN = re.compile(r"[A-Za-z0-9,.;:)%]$")
_LATIN_START = re.compile(r"[A-Za-z0-9(]")


def join(before: str, after: str) -> str:
    """One line from two: nothing between Chinese characters, a space between Latin words."""
    before, after = before.rstrip(), after.strip()
    if not before or not after:
        return before + after
    spaced = _LATIN.search(before) and _LATIN_START.match(after)
    if spaced and before[-1].isdigit() and after[0].isdigit():
        spaced = None  # a figure that the line break cut
    return f"{before} {after}" if spaced else before + after


def squeeze(text: str) -> str:
    """A paragraph on one line: runs of white space become one space, none at the ends."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()
