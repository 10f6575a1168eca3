"""OFD (GB/T 33190): a ZIP of XML whose text objects carry the position of every character, in millimetres."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.documents.formats import ocr, progress
from assistant.documents.formats.container import Container, local, open_container, resolve
from assistant.documents.formats.flow import paragraphs
from assistant.documents.formats.image import refuse_textless, upright
from assistant.documents.formats.layout import Glyph, Page, compose
from assistant.documents.formats.model import Extract, Remark, trusted_title
from assistant.documents.formats.ruled import Ruling, grids
from assistant.documents.formats.running import without_running_heads
from assistant.errors import DocumentError

_POINTS = 72 / 25.4  # per millimetre; the layout rules are written for points
_PAGES = 3000
_DEEPEST = 30
_SILENT = 10
_A4 = (0.0, 0.0, 210.0, 297.0)
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff")

Matrix = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of the file: its description, and the pictures it names."""

    name: str
    root: Any
    pictures: dict[str, str]


@dataclass
class _Marks:
    """What stands on a page, in points."""

    glyphs: list[Glyph]
    rulings: list[Ruling]
    pictures: list[tuple[str, float]]  # name of the part, area


def read_ofd(path: Path) -> Extract:
    """Read every document of an OFD; seals and signatures are left out."""
    with open_container(path) as container:
        if "Encryptions.xml" in container:
            raise DocumentError(path, 1, "文件加了密；请用 OFD 阅读器解密后另存，再放入")
        entry = container.xml("OFD.xml")
        claimed = next((e.text for e in entry.iter() if local(e) == "Title" and e.text), None)
        pages: list[Page] = []
        remarks: list[Remark] = []
        for element in entry.iter():
            if local(element) == "DocRoot" and element.text:
                for page, remark in _pages(container, element.text.strip(), len(pages)):
                    pages.append(page)
                    remarks += remark
    if not pages:
        raise DocumentError(path, 1, "OFD 没有页面，可能没有下载完整；请重新下载")
    kept, heads = without_running_heads(pages)
    blocks = paragraphs(kept)
    if any(block.confidence is not None for block in blocks) or not blocks:
        refuse_textless(sum(len(block.text) for block in blocks), path)
    return Extract(tuple(blocks), (*remarks, *heads, *ocr.doubts(blocks)), trusted_title(claimed, blocks))


def _pages(container: Container, name: str, before: int) -> Iterator[tuple[Page, list[Remark]]]:
    name = resolve("OFD.xml", name)
    root = container.xml(name)
    document = _Document(name, root, dict(_named_pictures(container, name, root)))
    templates = {
        element.get("ID"): resolve(name, element.get("BaseLoc", ""))
        for element in root.iter()
        if local(element) == "TemplatePage"
    }
    listed = [e for e in root.iter() if local(e) == "Page" and e.get("BaseLoc")]
    if before + len(listed) > _PAGES:
        raise DocumentError(container.path, 1, f"OFD 超过 {_PAGES} 页；请拆成几个文件")
    for number, element in enumerate(listed, start=before + 1):
        part = resolve(name, element.get("BaseLoc"))
        if part not in container:
            yield Page(number, 1.0, 1.0, ()), [(number, "这一页缺失，没有读入；请重新下载")]
            continue
        told = partial(progress.page, container.path, number, before + len(listed))
        yield _page(container, document, container.xml(part), number, templates, told)


def _page(
    container: Container,
    document: _Document,
    root: Any,
    number: int,
    templates: dict[str, str],
    told: Callable[[], None],
) -> tuple[Page, list[Remark]]:
    box = _box(root, "PhysicalBox") or _box(document.root, "PhysicalBox") or _A4
    marks = _Marks([], [], [])
    for element in root:
        if local(element) == "Template" and (part := templates.get(element.get("TemplateID"))) and part in container:
            _gather(container.xml(part), document, marks, _IDENTITY, 0)
    _gather(root, document, marks, (1.0, 0.0, 0.0, 1.0, -box[0], -box[1]), 0)
    width, height = box[2] * _POINTS, box[3] * _POINTS
    if sum(not glyph.text.isspace() for glyph in marks.glyphs) >= _SILENT or not marks.pictures:
        return compose(number, width, height, marks.glyphs, grids(marks.rulings)), []
    part = max(marks.pictures, key=lambda picture: picture[1])[0]
    told()
    page = ocr.read_picture(_picture(container, part), number, container.path)
    return page, [
        *ocr.remarks([page]),
        (number, "这一页只有图片，文字由图片识别而来，请对照原件抽查，数字和条号尤其要看"),
    ]


def _picture(container: Container, part: str) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        return upright(Image.open(io.BytesIO(container.bytes(part))), container.path)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise DocumentError(container.path, 1, f"其中的图片 {part} 已损坏；请重新下载") from error


def _named_pictures(container: Container, name: str, root: Any) -> Iterator[tuple[str, str]]:
    for element in root.iter():
        if local(element) not in {"DocumentRes", "PublicRes"} or not element.text:
            continue
        part = resolve(name, element.text.strip())
        if part not in container:
            continue
        resources = container.xml(part)
        folder = resolve(part, resources.get("BaseLoc", ""))
        for media in resources.iter():
            file = next((e.text for e in media if local(e) == "MediaFile" and e.text), None)
            if local(media) == "MultiMedia" and file:
                place = resolve(f"{folder}/part", file.strip())
                if place in container and place.lower().endswith(_PICTURES):
                    yield media.get("ID", ""), place


def _gather(element: Any, document: _Document, marks: _Marks, matrix: Matrix, depth: int) -> None:
    for inner in element:
        name = local(inner)
        if name == "TextObject":
            marks.glyphs += _glyphs(inner, _placed(inner, matrix))
        elif name == "PathObject":
            marks.rulings += _rulings(inner, matrix)
        elif name == "ImageObject" and (part := document.pictures.get(inner.get("ResourceID", ""))):
            box = _numbers(inner.get("Boundary"))
            marks.pictures.append((part, box[2] * box[3] if len(box) == 4 else 0.0))
        elif name in {"Content", "Layer", "PageBlock"} and depth < _DEEPEST:
            _gather(inner, document, marks, matrix, depth + 1)


def _placed(element: Any, matrix: Matrix) -> Matrix:
    """From the coordinates inside an object to those of the page: its CTM, then its boundary, then the page's."""
    own = tuple(_numbers(element.get("CTM"))) if element.get("CTM") else _IDENTITY
    box = _numbers(element.get("Boundary"))
    x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    a, b, c, d, e, f = own if len(own) == 6 else _IDENTITY
    return a, b, c, d, e + x + matrix[4], f + y + matrix[5]


def _glyphs(element: Any, matrix: Matrix) -> Iterator[Glyph]:
    """The characters of a text object; Y of a character is its baseline."""
    size = (_numbers(element.get("Size")) or [4.0])[0]
    a, b, c, d, e, f = matrix
    high = size * (abs(d) or abs(b) or 1.0)
    wide = size * (abs(a) or abs(c) or 1.0) * (_numbers(element.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in element.iter():
        text = (code.text or "") if local(code) == "TextCode" else ""
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        steps_x, steps_y = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        for at, character in enumerate(text):
            left, base = a * x + c * y + e, b * x + d * y + f
            across = wide * (0.5 if character.isascii() else 1.0)
            if character not in "\r\n":
                top = (base - 0.86 * high) * _POINTS
                yield Glyph(character, left * _POINTS, top, (left + across) * _POINTS, top + high * _POINTS)
            # Writers may leave out the steps of a run: then the characters follow each other by their own width.
            vertical = bool(steps_y) and not steps_x
            x += steps_x[at] if at < len(steps_x) else 0.0 if vertical else size * (0.5 if character.isascii() else 1.0)
            y += steps_y[at] if at < len(steps_y) else 0.0


def _steps(text: str | None) -> list[float]:
    """DeltaX and DeltaY; `g 3 4.2` stands for three steps of 4.2."""
    words = (text or "").split()
    steps: list[float] = []
    at = 0
    while at < len(words) and len(steps) < 100_000:
        if words[at] == "g" and at + 2 < len(words) and words[at + 1].isdigit():
            steps += _numbers(words[at + 2]) * min(int(words[at + 1]), 10_000)
            at += 3
        else:
            steps += _numbers(words[at])
            at += 1
    return steps


def _rulings(element: Any, matrix: Matrix) -> Iterator[Ruling]:
    """The straight strokes of a path: M x y L x y … C."""
    a, b, c, d, e, f = _placed(element, matrix)
    data = next((inner.text for inner in element if local(inner) == "AbbreviatedData" and inner.text), "")
    begun = last = (0.0, 0.0)
    for sign, rest in re.findall(r"([MLSCABQ])([^MLSCABQ]*)", data[:20_000]):
        values = _numbers(rest)
        if sign == "C":
            yield from _stroke(last, begun)
        if len(values) >= 2:
            x, y = values[-2], values[-1]
            here = ((a * x + c * y + e) * _POINTS, (b * x + d * y + f) * _POINTS)
            if sign == "L":
                yield from _stroke(last, here)
            elif sign in "MS":
                begun = here
            last = here


def _stroke(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Ruling]:
    (xa, ya), (xb, yb) = start, end
    if abs(ya - yb) < 1:
        yield Ruling(True, (ya + yb) / 2, min(xa, xb), max(xa, xb))
    elif abs(xa - xb) < 1:
        yield Ruling(False, (xa + xb) / 2, min(ya, yb), max(ya, yb))


def _box(root: Any, name: str) -> tuple[float, ...] | None:
    for element in root.iter():
        if local(element) == name and len(values := _numbers(element.text)) == 4 and values[2] > 0 < values[3]:
            return tuple(values)
    return None


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d{1,7}(?:\.\d{1,9})?", text or "")]
