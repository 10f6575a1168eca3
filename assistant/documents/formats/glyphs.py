"""What stands on a PDF page: characters, rulings, pictures. pypdfium2 is used here and in `pdf` only."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.documents.formats.layout import Glyph
from assistant.documents.formats.ruled import Ruling

_OBLIQUE = 0.2  # radians off the horizontal or vertical; a watermark
_THIN = 2.5  # points; a filled box as thin as this is a border
_PATHS = 6000  # on a page; more is a drawing or a map
_FORMS = 4  # nested form objects that are searched for pictures
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a page, in points, y downward.

    Attributes:
        pictures: how much of the page they cover, 0 to 1.
        drawn: whether anything but text is on the page.
        invisible: the text layer lies unseen under a scan.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    rulings: list[Ruling]
    pictures: float
    drawn: bool
    invisible: bool

    @property
    def unreadable(self) -> bool:
        """Whether the fonts do not say which characters they draw."""
        return sum(bool(_UNREADABLE.match(g.text)) for g in self.glyphs) > 0.2 * len(self.glyphs)


def read_content(page: Any) -> Content:
    """Read a pypdfium2 page."""
    import pypdfium2.raw as pdfium

    place = _Placement(page)
    rulings: list[Ruling] = []
    covered, drawn, paths = 0.0, False, 0
    for element in page.get_objects(max_depth=_FORMS):
        drawn = drawn or element.type != pdfium.FPDF_PAGEOBJ_TEXT
        if element.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = element.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        elif element.type == pdfium.FPDF_PAGEOBJ_PATH and element.level == 0 and paths < _PATHS:
            paths += 1
            rulings += _rulings(element, place)
    text = page.get_textpage()
    glyphs = list(_glyphs(text, place))
    invisible = bool(glyphs) and _is_invisible(text)
    area = max(place.width * place.height, 1.0)
    return Content(place.width, place.height, glyphs, rulings, min(covered / area, 1.0), drawn, invisible)


class _Placement:
    """From the coordinates of the page to those of the page as displayed."""

    def __init__(self, page: Any) -> None:
        self.turns = page.get_rotation() // 90 % 4
        self.left, self.bottom, right, top = page.get_cropbox()
        wide, high = right - self.left, top - self.bottom
        self.inner = (wide, high)
        self.width, self.height = (high, wide) if self.turns % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        wide, high = self.inner
        return ((x, high - y), (y, x), (wide - x, y), (high - y, wide - x))[self.turns]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        (xa, ya), (xb, yb) = self.point(left, bottom), self.point(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _glyphs(text: Any, place: _Placement) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF)
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or code in (0, 10, 13, 0xFFFE, 0xFFFF):
            continue
        turn = pdfium.FPDFText_GetCharAngle(text, index) % (math.pi / 2)
        if _OBLIQUE < turn < math.pi / 2 - _OBLIQUE or not pdfium.FPDFText_GetLooseCharBox(text, index, reference):
            continue
        x0, y0, x1, y1 = place.box(box.left, box.bottom, box.right, box.top)
        if (
            math.isfinite(x0 + y0 + x1 + y1)
            and 0 <= (x0 + x1) / 2 <= place.width
            and 0 <= (y0 + y1) / 2 <= place.height
        ):
            yield Glyph(chr(code), x0, y0, x1, y1)


def _is_invisible(text: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text)
    element = pdfium.FPDFText_GetTextObject(text, count // 2)
    return bool(element) and pdfium.FPDFTextObj_GetTextRenderMode(element) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _rulings(element: Any, place: _Placement) -> Iterator[Ruling]:
    """The straight level and upright strokes of a path."""
    import pypdfium2.raw as pdfium

    x0, y0, x1, y1 = place.box(*element.get_bounds())
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        return
    if y1 - y0 <= _THIN:
        yield Ruling(True, (y0 + y1) / 2, x0, x1)
    elif x1 - x0 <= _THIN:
        yield Ruling(False, (x0 + x1) / 2, y0, y1)
    else:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(element, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value:
            yield from _strokes(element, place)


def _strokes(element: Any, place: _Placement) -> Iterator[Ruling]:
    import pypdfium2.raw as pdfium

    matrix = element.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(element), 2000)):
        segment = pdfium.FPDFPath_GetPathSegment(element, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = place.point(*matrix.on_point(x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, here)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, begun)
        last = here


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Ruling]:
    (xa, ya), (xb, yb) = start, end
    if abs(ya - yb) <= 1 and math.isfinite(xa + xb):
        yield Ruling(True, (ya + yb) / 2, min(xa, xb), max(xa, xb))
    elif abs(xa - xb) <= 1 and math.isfinite(ya + yb):
        yield Ruling(False, (xa + xb) / 2, min(ya, yb), max(ya, yb))
