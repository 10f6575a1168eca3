"""What belongs to a government portal and not to the document on it. The lists are in portal.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("portal.yaml")


@dataclass(frozen=True)
class Portal:
    """The lists; names of elements in lower case."""

    body: frozenset[str]
    furniture: frozenset[str]
    attachments: frozenset[str]
    title: frozenset[str]
    lines: re.Pattern[str]
    meta: dict[str, str]
    details: frozenset[str]

    def is_furniture(self, line: str) -> bool:
        """Whether a line of text belongs to the site."""
        return bool(self.lines.fullmatch(re.sub(r"\s", "", line)))

    def _pieces(self, text: str) -> list[str]:
        """`发布日期：2026-01-05 文号：…` in two."""
        pieces = re.split(r"\s+(?=[\u4e00-\u9fff]{2,6}：)", text)
        return pieces if all(piece.partition("：")[0].strip() in self.details for piece in pieces) else [text]

    def particulars(self, texts: Iterable[str]) -> list[tuple[str, str]]:
        """Labels and values out of cells or lines: `发文字号：…` in one, or a label and its value in two."""
        found: list[tuple[str, str]] = []
        label = ""
        for text in (piece for whole in texts for piece in self._pieces(whole)):
            bare = re.sub(r"\s", "", text).rstrip(":：")
            name, _, value = text.strip().partition("：")
            if label:
                if bare and bare not in self.details:
                    found.append((label, text.strip()))
                label = bare if bare in self.details else ""
            elif bare in self.details:
                label = bare
            elif re.sub(r"\s", "", name) in self.details and value.strip():
                found.append((re.sub(r"\s", "", name), value.strip()))
        return found


@cache
def portal() -> Portal:
    """The lists of portal.yaml."""
    import yaml

    raw: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))

    def names(key: str) -> frozenset[str]:
        return frozenset(name.lower() for name in raw[key])

    return Portal(
        names("body"),
        names("furniture"),
        names("attachments"),
        names("title"),
        re.compile("|".join(f"(?:{line})" for line in raw["lines"]), re.I),
        {name.lower(): label for name, label in raw["meta"].items()},
        frozenset(raw["details"]),
    )
