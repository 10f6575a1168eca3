"""Word documents: the text as Word shows it, numbers that Word generates included."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from assistant.documents.formats.container import Container, local, open_container, resolve
from assistant.documents.formats.docx_runs import Runs, deleted_mark, note_mark
from assistant.documents.formats.model import Block, Extract, trusted_title
from assistant.documents.formats.numbering import Numbering, attribute, child, read_numbering
from assistant.documents.formats.paragraphs import squeeze
from assistant.documents.formats.styles import Styles, read_styles
from assistant.documents.formats.tables import Cell, table
from assistant.errors import DocumentError

_DOCUMENT = "word/document.xml"
_DEEPEST = 40  # tables in tables, controls in controls
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}


def read_docx(path: Path) -> Extract:
    """Read a DOCX; headers, footers and deleted text are left out, footnotes follow the text."""
    with open_container(path) as container:
        parts = _parts(container)
        styles = read_styles(_root(container, parts.get("styles")))
        numbering = read_numbering(_root(container, parts.get("numbering")), styles.lists())
        body = child(container.xml(_DOCUMENT), "body")
        if body is None:
            raise DocumentError(path, 1, "文件不完整，没有正文；请重新下载，或用原来的软件打开后另存")
        reader = _Body(styles, numbering)
        reader.walk(body, 0)
        reader.end_paragraph()
        for kind in ("footnote", "endnote"):
            reader.add_notes(_root(container, parts.get(f"{kind}s")), kind)
        title = _core_title(container)
    return Extract(tuple(reader.blocks), tuple(_remarks(reader.seen)), trusted_title(title, reader.blocks))


def _parts(container: Container) -> dict[str, str]:
    """The parts that belong to the document, by the last word of their relationship."""
    name = "word/_rels/document.xml.rels"
    if name not in container:
        return {}
    return {
        attribute(relation, "Type").rpartition("/")[2]: resolve(_DOCUMENT, attribute(relation, "Target"))
        for relation in container.xml(name)
        if attribute(relation, "TargetMode") != "External"
    }


def _root(container: Container, name: str | None) -> Any:
    return container.xml(name) if name and name in container else None


def _core_title(container: Container) -> str | None:
    root = _root(container, "docProps/core.xml")
    element = child(root, "title") if root is not None else None
    return element.text if element is not None else None


def _remarks(seen: Counter[str]) -> list[tuple[int | None, str]]:
    said = {
        "deleted": "文档带有修订：已按“接受修订”读入，删除的文字没有读入；请确认这是定稿",
        "pictures": "文档里有 {} 张图片，图片里的文字没有读入；请核对",
        "contents": "略去了自动生成的目录",
        "chunks": "文档里嵌入了 {} 个其他文件，没有读入；请打开后另存为普通 Word 文件",
        "deep": "表格嵌套太深，最里面的没有读入；请核对",
    }
    return [(None, text.format(seen[key])) for key, text in said.items() if seen[key]]


class _Body:
    """Walks the body and gathers blocks; `seen` counts what deserves a remark."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.blocks: list[Block] = []
        self.seen: Counter[str] = Counter()
        self.notes: set[tuple[str, str]] = set()  # referred to in the text that is kept
        self.pending = ""  # of a paragraph whose mark was deleted: it runs on into the next
        self.heading = 0

    def walk(self, element: Any, depth: int) -> None:
        if depth > _DEEPEST:
            self.seen["deep"] += 1
            return
        for inner in element:
            name = local(inner)
            if name == "p":
                self.take_paragraph(inner, depth)
            elif name == "tbl":
                self.end_paragraph()
                self.take_table(inner, depth)
            elif name == "sdt" and _is_contents(inner):
                self.seen["contents"] += 1
            elif name in _WRAPPERS:
                self.walk(inner, depth + 1)
            elif name in {"del", "moveFrom"}:
                self.seen["deleted"] += 1
            elif name == "altChunk":
                self.seen["chunks"] += 1

    def take_paragraph(self, element: Any, depth: int) -> None:
        properties = child(element, "pPr")
        style = self.style_of(properties)
        if self.styles.is_contents(style):
            self.seen["contents"] += 1
            return
        runs = Runs()
        runs.walk(element)
        self.seen += runs.seen
        self.notes |= set(runs.notes)
        gone = deleted_mark(properties)
        label = "" if gone and not runs.text.strip() else self.label(properties, style)
        if not self.pending:
            self.heading = self.heading_of(properties, style)
            self.pending = label
        self.pending += runs.text
        if not gone:
            self.end_paragraph(label)
        for box in runs.boxes:
            self.walk(box, depth + 1)

    def end_paragraph(self, label: str = "") -> None:
        lines = [text for line in self.pending.split("\n") if (text := squeeze(line))]
        if lines != [label.strip()]:  # an empty paragraph counts in its list and shows nothing worth keeping
            self.blocks += [Block(line, heading=self.heading) for line in lines]
        self.pending = ""

    def style_of(self, properties: Any) -> str:
        named = child(properties, "pStyle") if properties is not None else None
        return attribute(named, "val") if named is not None else self.styles.default

    def heading_of(self, properties: Any, style: str) -> int:
        own = child(properties, "outlineLvl") if properties is not None else None
        if own is not None and attribute(own, "val").isdigit():
            level = int(attribute(own, "val"))
            return level + 1 if level < 6 else 0
        return self.styles.heading(style)

    def label(self, properties: Any, style: str) -> str:
        """The number of a paragraph: named by itself, or by its style or one that that is based on."""
        own = child(properties, "numPr") if properties is not None else None
        number = child(own, "numId") if own is not None else None
        level = child(own, "ilvl") if own is not None else None
        depth = int(attribute(level, "val")) if level is not None and attribute(level, "val").isdigit() else None
        if number is not None:
            return self.numbering.label(attribute(number, "val"), depth or 0)
        for ident, parent in self.styles.chain(style):
            if parent.number:
                tied = self.numbering.depth_of_style(parent.number, ident)
                found = next((d for d in (depth, tied, parent.depth) if d is not None), 0)
                return self.numbering.label(parent.number, found)
        return ""

    def take_table(self, element: Any, depth: int) -> None:
        rows = [_flat(row, "tc") for row in _flat(element, "tr") if not deleted_row(row, self.seen)]
        if max(map(len, rows), default=0) == 1:  # a frame around text
            for row in rows:
                for cell in row:
                    self.walk(cell, depth + 1)
                    self.end_paragraph()
            return
        made = table(self.cells(rows, depth))
        self.blocks += [Block(caption) for caption in made.captions]
        if made.rows:
            self.blocks.append(Block(made.markdown()))

    def cells(self, rows: list[list[Any]], depth: int) -> list[list[Cell]]:
        grid: list[list[Cell]] = []
        above: dict[int, str] = {}  # column → text of the vertically merged cell that may run on
        for row in rows:
            column, cells = 0, []
            for element in row:
                span, merged = _merge(element)
                text = above.get(column, "") if merged == "continue" else self.cell_text(element, depth)
                if merged:
                    above[column] = text
                else:
                    above.pop(column, None)
                cells.append(Cell(text, span))
                column += span
            grid.append(cells)
        return grid

    def cell_text(self, element: Any, depth: int) -> str:
        outer, self.blocks = self.blocks, []
        self.walk(element, depth + 1)
        self.end_paragraph()
        inner, self.blocks = self.blocks, outer
        return " ".join(block.text.replace("\n", "；") for block in inner)

    def add_notes(self, root: Any, kind: str) -> None:
        for note in root if root is not None else ():
            ident = attribute(note, "id")
            if (kind, ident) in self.notes and (text := self.cell_text(note, 0)):
                self.blocks.append(Block(f"{note_mark(kind, ident)} {text}"))


def _flat(element: Any, name: str) -> list[Any]:
    """The rows of a table or the cells of a row, those inside content controls included."""
    found: list[Any] = []
    for inner in element:
        if local(inner) == name:
            found.append(inner)
        elif local(inner) in _WRAPPERS:
            found += _flat(inner, name)
    return found


def deleted_row(row: Any, seen: Counter[str]) -> bool:
    """Whether a tracked change removed the row."""
    properties = child(row, "trPr")
    gone = properties is not None and child(properties, "del") is not None
    seen["deleted"] += gone
    return gone


def _merge(cell: Any) -> tuple[int, str]:
    """How many columns a cell spans, and `restart`, `continue` or nothing for its vertical merge."""
    properties = child(cell, "tcPr")
    if properties is None:
        return 1, ""
    span, merge = child(properties, "gridSpan"), child(properties, "vMerge")
    columns = attribute(span, "val") if span is not None else "1"
    width = max(int(columns), 1) if columns.isdigit() and len(columns) < 4 else 1
    return width, "" if merge is None else attribute(merge, "val") or "continue"


def _is_contents(control: Any) -> bool:
    properties = child(control, "sdtPr")
    gallery = (
        next((e for e in properties.iter() if local(e) == "docPartGallery"), None) if properties is not None else None
    )
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"
