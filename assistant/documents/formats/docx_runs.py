"""The text inside a Word paragraph."""

from __future__ import annotations

from collections import Counter
from typing import Any

from assistant.documents.formats.container import local
from assistant.documents.formats.numbering import attribute, child

_SKIPPED = {"pPr", "rPr", "instrText", "delText", "rt", "Fallback", "sdtPr", "proofErr", "fldData"}
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_DEEPEST = 60


class Runs:
    """The text of a paragraph; `boxes` are the text boxes anchored in it, to be read after it."""

    def __init__(self) -> None:
        self.text = ""
        self.boxes: list[Any] = []
        self.notes: list[tuple[str, str]] = []  # footnote or endnote, and its id
        self.seen: Counter[str] = Counter()

    def walk(self, element: Any, depth: int = 0) -> None:
        """Gather the text of an element, deletions and hidden text left out."""
        for inner in element:
            name = local(inner)
            if name in _SKIPPED or depth > _DEEPEST:
                continue
            if name in {"del", "moveFrom"}:
                self.seen["deleted"] += 1
            elif name == "txbxContent":
                self.boxes.append(inner)
            elif name == "t":
                self.text += inner.text or ""
            elif name in _SIGNS:
                self.text += _SIGNS[name]
            elif name == "br":
                self.text += "\n" if attribute(inner, "type") in {"", "textWrapping"} else ""
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append((name.removesuffix("Reference"), attribute(inner, "id")))
                self.text += note_mark(*self.notes[-1])
            elif name == "r" and _hidden(inner):
                self.seen["hidden"] += 1
            else:
                self.seen["pictures"] += name in {"blip", "imagedata"}
                self.walk(inner, depth + 1)


def note_mark(kind: str, ident: str) -> str:
    """How a note is marked in the text and at its own beginning."""
    return f"[{'注' if kind == 'footnote' else '尾注'}{ident}]"


def _hidden(run: Any) -> bool:
    properties = child(run, "rPr")
    mark = child(properties, "vanish") if properties is not None else None
    return mark is not None and attribute(mark, "val") not in {"0", "false"}


def deleted_mark(properties: Any) -> bool:
    """Whether a tracked change joined the paragraph to the next one."""
    mark = child(properties, "rPr") if properties is not None else None
    return mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)
