"""A report to print or send round: the facts as given, every criterion with its clause, and what was not checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.aigc import mark_office, metadata
from assistant.documents.compilation.ooxml import element, field
from assistant.rules.account import found, state_of
from assistant.rules.citations import Labels
from assistant.rules.company import Company, show_value
from assistant.rules.messages import message
from assistant.rules.model import CriterionResult, Result, Verdict

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph

_FONT, _HEADING_FONT = "宋体", "黑体"
_SIZES = {"Normal": 10.5, "Heading 1": 18, "Heading 2": 13}  # points
_MARGIN = 2.0  # centimetres; an A4 page then holds columns of 17 in all
_IN_CELL = 2.0  # points above and below the text of a cell


def write_report(verdict: Verdict, company: Company, labels: Labels, target: Path) -> None:
    """Write the report as a Word document, replacing `target`; its text and its metadata say that it was generated."""
    from docx import Document as new_document

    docx = new_document()
    _a4(docx)
    _styles(docx)
    _footer(docx)
    title = message("report_title", name=verdict.programme.name)
    docx.core_properties.title, docx.core_properties.author = title, message("report_author")
    _centre(docx.add_heading(title, level=1))
    _centre(docx.add_paragraph(message("report_label", day=verdict.as_of)))
    docx.add_paragraph(verdict.summary)
    _facts(docx, company)
    _criteria(docx, verdict, labels)
    _benefits(docx, verdict, labels)
    _remarks(docx, "report_missing", [_asked(company, name) for name in verdict.missing])
    _remarks(docx, "report_by_hand", _by_hand(verdict, labels))
    _remarks(docx, "report_cautions", [*verdict.cautions])
    _remarks(docx, "report_documents", [remark.text for remark in verdict.programme.documents])
    _remarks(docx, "report_next_steps", [remark.text for remark in verdict.programme.next_steps])
    docx.add_paragraph(message("account_authority", authority=verdict.programme.authority))
    docx.save(str(target))
    mark_office(target, metadata("\n".join(_texts(docx))))


def _asked(company: Company, name: str) -> str:
    return company.catalogue[name].ask or company.catalogue[name].label


def _texts(docx: Docx) -> list[str]:
    cells = [cell.text for table in docx.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in docx.paragraphs), *cells]


def _a4(docx: Docx) -> None:
    from docx.shared import Cm

    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)


def _centre(paragraph: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _styles(docx: Docx) -> None:
    """Official fonts for Chinese and Latin text alike, in black."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in _SIZES.items():
        style: Any = docx.styles[name]
        font = _FONT if name == "Normal" else _HEADING_FONT
        style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)


def _footer(docx: Docx) -> None:
    """That it was generated, and the page, on every page."""
    paragraph = docx.sections[0].footer.paragraphs[0]
    _centre(paragraph)
    for part in re.split(r"(PAGE|NUMPAGES)", message("report_footer")):
        if part in ("PAGE", "NUMPAGES"):
            field(paragraph, part, "1")
        else:
            paragraph.add_run(part)


def _table(docx: Docx, heads: list[str], rows: list[list[str]], widths: list[float]) -> None:
    from docx.shared import Cm, Pt

    table = docx.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))  # again on every page
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # some programs read the column's width, others the cells'
        for cell in column.cells:
            cell.width = Cm(width)
    for line in table.rows:
        line._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell in line.cells:
            spacing = cell.paragraphs[0].paragraph_format
            spacing.space_before = spacing.space_after = Pt(_IN_CELL)


def _facts(docx: Docx, company: Company) -> None:
    docx.add_heading(message("report_facts"), level=2)
    rows = []
    for name, value in company.given.items():
        fact = company.catalogue[name]
        rows.append([fact.label, show_value(fact, value), fact.period or ""])
    heads = [message("report_fact"), message("report_value"), message("report_period")]
    _table(docx, heads, rows, [6.5, 5.0, 5.5])


def _criteria(docx: Docx, verdict: Verdict, labels: Labels) -> None:
    docx.add_heading(message("report_criteria"), level=2)
    heads = [message(f"report_{name}") for name in ("criterion", "state", "found", "clause")]
    rows = [row for criterion in verdict.criteria for row in _rows(criterion, labels, 0)]
    _table(docx, heads, rows, [4.3, 1.9, 6.3, 4.5])


def _rows(criterion: CriterionResult, labels: Labels, depth: int) -> list[list[str]]:
    if criterion.result is Result.NOT_MODELLED:
        return []
    clause = labels.get(criterion.ref, criterion.ref)
    own = ["　" * depth + criterion.label, state_of(criterion), found(criterion), clause]
    return [own, *(row for child in criterion.children for row in _rows(child, labels, depth + 1))]


def _benefits(docx: Docx, verdict: Verdict, labels: Labels) -> None:
    known = [benefit for benefit in verdict.benefits if benefit.text]
    for benefit in known:
        docx.add_heading(benefit.label, level=2)
        docx.add_paragraph(benefit.text or "")
        heads = [message(f"report_{name}") for name in ("step", "working", "clause")]
        rows = [[step.label, step.working, labels.get(step.ref or "", "")] for step in benefit.steps]
        _table(docx, heads, rows, [4.3, 8.2, 4.5])
        if benefit.note:
            docx.add_paragraph(benefit.note)


def _by_hand(verdict: Verdict, labels: Labels) -> list[str]:
    by_hand = [criterion for criterion in verdict.criteria if criterion.result is Result.NOT_MODELLED]
    return [f"{criterion.label}（{labels.get(criterion.ref, criterion.ref)}）" for criterion in by_hand]


def _remarks(docx: Docx, heading: str, texts: list[str]) -> None:
    if texts:
        docx.add_heading(message(heading), level=2)
        for text in texts:
            docx.add_paragraph(text, style="List Bullet")
