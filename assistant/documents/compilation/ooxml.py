"""The pieces of WordprocessingML that python-docx has no call for: fields, bookmarks, East Asian fonts, borders."""

from __future__ import annotations

import hashlib
from typing import Any

from assistant.documents.compilation.words import Fonts

_CELL_MARGIN = "108"  # twentieths of a point, Word's own left margin of a cell


def element(tag: str, **attributes: str) -> Any:
    """`element("w:tab", val="right")`: an element whose attributes are in the w namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_fonts(run_properties: Any, font: str) -> None:
    """One font for Chinese and for Latin text alike, as official documents have it."""
    from docx.oxml.ns import qn

    fonts = run_properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def name_stand_ins(document: Any, fonts: Fonts) -> None:
    """Write into the font table which font to take where the wanted one is not installed."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table: Any = parse_xml(part.blob)
    for wanted, *others in (fonts.title, fonts.heading, fonts.subheading, fonts.body, fonts.number):
        font = element("w:font", name=wanted)
        font.append(element("w:altName", val=",".join(others)))
        table.append(font)
    part._blob = serialize_part_xml(table)


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field with the result that is shown until the reader's program computes it."""
    start_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def start_field(paragraph: Any, instruction: str) -> None:
    """Begin a field whose result may span paragraphs; `end_field` closes it."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    text = element("w:instrText")
    text.text = f" {instruction} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.add_run()._r.append(text)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Any) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark round a paragraph."""
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def bookmark_name(anchor: str) -> str:
    """A name as Word allows it, at most 40 letters and digits, for an anchor that holds any characters."""
    return f"_{hashlib.sha256(anchor.encode()).hexdigest()[:16]}"


def update_fields_on_opening(document: Any) -> None:
    later = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:rsids", "w:themeFontLang")
    document.settings.element.insert_element_before(element("w:updateFields", val="true"), *later)


def set_language(document: Any) -> None:
    """Chinese as written on the mainland: it decides the shape of many characters."""
    from docx.oxml.ns import qn

    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")


def restart_page_numbers(section: Any, form: str) -> None:
    """Count pages from one again in this section; `form` is decimal, upperRoman, …"""
    numbers = element("w:pgNumType", fmt=form, start="1")
    section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


def borders(table: Any, size: int) -> None:
    """Thin lines round and between the cells, `size` in eighths of a point; the edges flush with the text."""
    later = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    lines = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        lines.append(element(f"w:{side}", val="single", sz=str(size), space="0", color="808080"))
    table._tbl.tblPr.insert_element_before(element("w:tblInd", w=_CELL_MARGIN, type="dxa"), *later)
    table._tbl.tblPr.insert_element_before(lines, *later)


def repeat_head(row: Any) -> None:
    """Print a table's first row again on every page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_row_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))
