"""What a Word style says about a paragraph: its list, its heading level."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.documents.formats.container import local
from assistant.documents.formats.numbering import attribute, child

_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """One style, what it inherits not yet applied."""

    name: str = ""
    parent: str = ""
    number: str | None = None
    depth: int | None = None
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id."""

    by_id: dict[str, Style]
    default: str = ""

    def chain(self, ident: str) -> list[tuple[str, Style]]:
        """The style and those that it is based on, nearest first."""
        found: list[tuple[str, Style]] = []
        while ident in self.by_id and len(found) < 20:
            found.append((ident, self.by_id[ident]))
            ident = self.by_id[ident].parent
        return found

    def heading(self, ident: str) -> int:
        """1 to 6 for a heading style, 1 for the title style, else 0."""
        for _, style in self.chain(ident):
            if match := _HEADING.fullmatch(style.name):
                return int(match[1])
            if style.name.lower() in {"title", "标题"}:
                return 1
            if style.outline is not None:
                return style.outline + 1 if style.outline < 6 else 0
        return 0

    def is_contents(self, ident: str) -> bool:
        """Whether the style is of a line in a generated table of contents."""
        return any(re.fullmatch(r"(toc|目录)\s*\d", style.name, re.I) for _, style in self.chain(ident))

    def lists(self) -> dict[str, str]:
        """Style → list, where a style names one."""
        return {ident: style.number for ident, style in self.by_id.items() if style.number}


def read_styles(root: Any) -> Styles:
    """Read styles.xml; `root` is None where the document has none."""
    styles: dict[str, Style] = {}
    default = ""
    for element in root if root is not None else ():
        if local(element) != "style":
            continue
        ident = attribute(element, "styleId")
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true"}:
            default = ident
        styles[ident] = _style(element)
    return Styles(styles, default)


def _style(element: Any) -> Style:
    def value(parent: Any, name: str) -> str | None:
        found = child(parent, name) if parent is not None else None
        return attribute(found, "val") if found is not None else None

    properties = child(element, "pPr")
    numbers = child(properties, "numPr") if properties is not None else None
    outline, depth = value(properties, "outlineLvl"), value(numbers, "ilvl")
    return Style(
        name=value(element, "name") or "",
        parent=value(element, "basedOn") or "",
        number=value(numbers, "numId"),
        depth=int(depth) if depth and depth.isdigit() else None,
        outline=int(outline) if outline and outline.isdigit() else None,
    )
