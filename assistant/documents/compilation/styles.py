"""The paragraph styles of the Word document, from `typography.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.documents.compilation import ooxml
from assistant.documents.compilation.words import Page, Typography


@dataclass(frozen=True, slots=True)
class _Spec:
    """A style: font role, size by name, alignment, first-line or left indent in characters, space in points."""

    font: str
    size: str
    align: str = "JUSTIFY"
    first_line: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    spacing: float | None = None  # multiple of the line; None: the fixed spacing of the body
    keep: bool = False  # on the same page as the next paragraph
    new_page: bool = False
    bold: bool = False
    tab: bool = False  # dots to a number at the right edge


_STYLES = {
    "cover title": _Spec("title", "cover_title", "CENTER", before=150, after=24, spacing=1.2),
    "cover subtitle": _Spec("subheading", "cover_subtitle", "CENTER", after=24, spacing=1.2),
    "cover line": _Spec("subheading", "cover_line", "CENTER", before=8, spacing=1.2),
    "cover notice": _Spec("body", "cover_notice", before=170, first_line=2, spacing=1.4),
    "finder title": _Spec("title", "contents_title", "CENTER", after=18, spacing=1.2, keep=True, new_page=True),
    "contents 1": _Spec("heading", "contents_1", "LEFT", before=6, spacing=1.15, keep=True, tab=True),
    "contents 2": _Spec("body", "contents_2", "LEFT", left=1.5, spacing=1.2, tab=True),
    "finder word": _Spec("heading", "contents_2", "LEFT", before=6, after=2, spacing=1.1, keep=True),
    "finder line": _Spec("body", "index", "LEFT", left=1.5, spacing=1.15, tab=True),
    "Heading 1": _Spec("title", "chapter", "CENTER", after=24, spacing=1.2, keep=True, new_page=True),
    "Heading 2": _Spec("title", "policy", "CENTER", before=24, after=12, spacing=1.2, keep=True),
    "Heading 3": _Spec("heading", "section", "LEFT", before=10, after=4, first_line=2, keep=True),
    "clause heading": _Spec("subheading", "body", "LEFT", before=4, first_line=2, keep=True, bold=True),
    "body": _Spec("body", "body", first_line=2),
    "note": _Spec("subheading", "note", first_line=2, after=2, spacing=1.3),
    "caution": _Spec("subheading", "note", first_line=2, after=6, spacing=1.3),
    "fact": _Spec("body", "facts", "LEFT", spacing=1.15),
    "after table": _Spec("body", "gap", spacing=1),
    "running head": _Spec("body", "running_head", "CENTER", spacing=1),
    "page number": _Spec("number", "page_number", spacing=1),
}


def create_styles(document: Any, typography: Typography) -> None:
    """Define every style that the document uses."""
    from docx.enum.style import WD_STYLE_TYPE

    taken = {style.name for style in document.styles}
    for name, spec in _STYLES.items():
        if name in taken:
            style = document.styles[name]
        else:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
        _apply(style, spec, typography)
    for name, role in (("clause number", "heading"), ("fact name", "heading")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        ooxml.set_fonts(style.element.get_or_add_rPr(), getattr(typography.fonts, role)[0])


def set_page(section: Any, page: Page) -> None:
    """Paper and margins of a section."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance, section.footer_distance = Mm(page.top * 2 / 3), Mm(page.bottom * 4 / 5 - 7)


def _apply(style: Any, spec: _Spec, typography: Typography) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt, RGBColor

    size = typography.sizes[spec.size]
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), spec.bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    ooxml.set_fonts(style.element.get_or_add_rPr(), getattr(typography.fonts, spec.font)[0])
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, spec.align)
    shape.first_line_indent = Pt(spec.first_line * size)
    shape.left_indent = Pt(spec.left * size)
    shape.space_before, shape.space_after = Pt(spec.before), Pt(spec.after)
    shape.line_spacing = Pt(typography.line_spacing) if spec.spacing is None else spec.spacing
    shape.keep_with_next, shape.page_break_before = spec.keep, spec.new_page
    if spec.tab:
        page = typography.page
        edge = Mm(page.width - page.left - page.right)
        shape.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        shape.right_indent = Mm(8)  # a long title breaks before the number's column
