"""What staff say about an official document beside its text: `name.yaml` next to it, or front matter.

Every key may be missing; what is there beats what was read from the text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from assistant.documents.model import Confidence, Level, Reading, TextKind, Version
from assistant.documents.strict_yaml import Schema, read, read_file

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.S)
_LISTS = ("aliases", "issuers", "replaces", "topics")
_ELSEWHERE = {"policy", "validity", "text", "retrieved"}  # keys that are not fields of a version


class Overrides(Schema):
    """The keys of a side file, a subset of those of a policy file."""

    policy: str | None = Field(None, pattern=r"^[^\s@#/\\]+$")
    title: str | None = None
    number: str | None = None
    aliases: tuple[str, ...] | None = None
    issuers: tuple[str, ...] | None = None
    level: Level | None = None
    region: str | None = None
    kind: str | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    validity: str | None = Field(None, pattern="^(normal|to_check)$")
    replaces: tuple[str, ...] | None = None
    source: str | None = None
    source_note: str | None = None
    retrieved: date | None = None
    checked: date | None = None
    topics: tuple[str, ...] | None = None
    text: TextKind | None = None
    confidence: Confidence | None = None
    caution: str | None = None

    def apply(self, version: Version, readings: Sequence[Reading]) -> tuple[Version, tuple[Reading, ...]]:
        """The version as staff have it, and the readings that still count."""
        said = self.model_fields_set
        fields: dict[str, Any] = {name: getattr(self, name) for name in said - _ELSEWHERE}
        fields |= {name: () for name in _LISTS if name in fields and fields[name] is None}
        fields |= {"policy": self.policy} if self.policy else {}
        fields |= {"text_kind": self.text} if self.text else {}
        if self.validity or "effective" in said:
            fields["validity_to_check"] = self.validity == "to_check"
        kept = tuple(reading for reading in readings if reading.name not in said)
        return dataclasses.replace(version, **fields), kept


def side_file(path: Path) -> Path:
    """Where the side file of a document would be."""
    return path.with_suffix(".yaml")


def read_side_file(path: Path) -> Overrides:
    """What staff wrote beside the document; nothing where there is no side file.

    Raises:
        DocumentError: the side file is not as the format says.
    """
    beside = side_file(path)
    return read_file(beside, Overrides) if beside.is_file() else Overrides()


def split_front_matter(raw: str, file: Path) -> tuple[Overrides | None, str]:
    """The front matter of an official text, if it has some, and the text with its lines where they were.

    Raises:
        DocumentError: the front matter is not as the format says.
    """
    match = _FRONT.match(raw)
    if not match:
        return None, raw
    said = read(match[1] or "{}", Overrides, file, first_line=2)
    return said, "\n" * match.group().count("\n") + raw[match.end() :]
