"""A report to print or send round: the facts as given, every criterion with its clause, and what was not checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.rules.account import found, state_of
from assistant.rules.citations import Labels
from assistant.rules.company import Company, show_value
from assistant.rules.messages import message
from assistant.rules.model import CriterionResult, Result, Verdict

if TYPE_CHECKING:
    from docx.document import Document as Docx

_FONT = "宋体"
_MARGIN = 2.0  # centimetres; an A4 page then holds columns of 17 in all


def write_report(verdict: Verdict, company: Company, labels: Labels, target: Path) -> None:
    """Write the report as a Word document, replacing `target`."""
    from docx import Document as new_document

    docx = new_document()
    _a4(docx)
    _chinese_font(docx)
    docx.add_heading(message("report_title", name=verdict.programme.name), level=1)
    docx.add_paragraph(message("account_day", day=verdict.as_of))
    docx.add_paragraph(verdict.summary)
    _facts(docx, company)
    _criteria(docx, verdict, labels)
    _benefits(docx, verdict, labels)
    _remarks(docx, "report_by_hand", _by_hand(verdict, labels))
    _remarks(docx, "report_cautions", [*verdict.cautions])
    _remarks(docx, "report_documents", [remark.text for remark in verdict.programme.documents])
    _remarks(docx, "report_next_steps", [remark.text for remark in verdict.programme.next_steps])
    docx.add_paragraph(message("account_authority", authority=verdict.programme.authority))
    docx.save(str(target))


def _a4(docx: Docx) -> None:
    from docx.shared import Cm

    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)


def _chinese_font(docx: Docx) -> None:
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2"):
        style = docx.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _table(docx: Docx, heads: list[str], rows: list[list[str]], widths: list[float]) -> None:
    from docx.shared import Cm

    table = docx.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # some programs read the column's width, others the cells'
        for cell in column.cells:
            cell.width = Cm(width)


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
