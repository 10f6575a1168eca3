"""The compilation as a Word document, on A4 in the manner of official Chinese documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO
from typing import Any

from assistant.documents.compilation import ooxml
from assistant.documents.compilation.content import Block, Content, Facts, Finder, Heading, Paragraph, Style, Table
from assistant.documents.compilation.styles import create_styles, set_page
from assistant.documents.compilation.words import Typography, Words

_FACT_NAME_MM = 24  # the left column of a facts box


def write_word(
    content: Content, words: Words, typography: Typography, pages: Mapping[str, int], *, contents_field: bool = True
) -> bytes:
    """The document.

    Args:
        pages: the page on which each anchor stands, shown until the reader's program computes its own.
        contents_field: whether the contents are a TOC field, which Word keeps up to date. Without it each line
            refers to its page by itself, which LibreOffice computes while it prints.
    """
    return _Word(content, words, typography, pages, contents_field).build()


class _Word:
    def __init__(
        self, content: Content, words: Words, typography: Typography, pages: Mapping[str, int], contents_field: bool
    ) -> None:
        from docx import Document

        self.content = content
        self.words = words
        self.typography = typography
        self.pages = pages
        self.contents_field = contents_field
        self.document: Any = Document()
        self.bookmarks = 0

    def build(self) -> bytes:
        create_styles(self.document, self.typography)
        ooxml.name_stand_ins(self.document, self.typography.fonts)
        ooxml.set_language(self.document)
        ooxml.update_fields_on_opening(self.document)
        self.document.settings.odd_and_even_pages_header_footer = True
        self.properties()
        self.cover()
        self.section("upperRoman")
        self.contents()
        self.finder(self.content.by_level)
        self.section("decimal")
        for block in self.content.blocks:
            self.block(block)
        self.finder(self.content.index)
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()

    def properties(self) -> None:
        properties, cover = self.document.core_properties, self.content.cover
        properties.title, properties.author, properties.comments = cover.title, "", cover.notice
        properties.created = properties.modified = datetime.combine(cover.day, time())

    def paragraph(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(text, style=style)

    def cover(self) -> None:
        set_page(self.document.sections[0], self.typography.page)
        cover = self.content.cover
        self.paragraph(cover.title, "cover title")
        if cover.subtitle:
            self.paragraph(cover.subtitle, "cover subtitle")
        for line in cover.lines:
            self.paragraph(line, "cover line")
        self.paragraph(cover.notice, "cover notice")

    def section(self, numbers: str) -> None:
        """Begin a part with its own page numbers, a running head and the number at the outer edge."""
        from docx.enum.section import WD_SECTION
        from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section, self.typography.page)
        ooxml.restart_page_numbers(section, numbers)
        pairs = (
            (section.header, section.footer, ALIGN.RIGHT),
            (section.even_page_header, section.even_page_footer, ALIGN.LEFT),
        )
        for header, footer, side in pairs:
            header.is_linked_to_previous = footer.is_linked_to_previous = False
            header.paragraphs[0].style = "running head"
            header.paragraphs[0].add_run(self.content.cover.running_head)
            line = footer.paragraphs[0]
            line.style, line.alignment = "page number", side
            line.add_run("— ")
            ooxml.field(line, "PAGE", "1")
            line.add_run(" —")

    def contents(self) -> None:
        self.paragraph(self.words.contents, "finder title")
        first = True
        line: Any = None
        for heading in self.content.headings:
            line = self.paragraph("", f"contents {heading.depth}")
            if first and self.contents_field:
                ooxml.start_field(line, r'TOC \o "1-2" \h \z \u')
            first = False
            self.reference(line, heading.text, heading.anchor)
        if line is not None and self.contents_field:
            ooxml.end_field(line)

    def finder(self, finder: Finder) -> None:
        self.paragraph(finder.title, "finder title")
        if finder.note:
            self.paragraph(finder.note, "note")
        for word, links in finder.groups:
            self.paragraph(word, "finder word")
            for title, anchor in links:
                self.reference(self.paragraph("", "finder line"), title, anchor)

    def reference(self, line: Any, text: str, anchor: str) -> None:
        """The text, linked to its place, then dots and the page."""
        name = ooxml.bookmark_name(anchor)
        link = ooxml.element("w:hyperlink", anchor=name, history="1")
        before = len(line._p)
        line.add_run(text)
        line.add_run("\t")
        ooxml.field(line, f"PAGEREF {name} \\h", str(self.pages.get(anchor, "")))
        for run in list(line._p)[before:]:
            link.append(run)
        line._p.append(link)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                line = self.paragraph(block.text, f"Heading {block.depth}")
                if block.anchor:
                    self.bookmarks += 1
                    ooxml.bookmark(line, ooxml.bookmark_name(block.anchor), self.bookmarks)
            case Paragraph():
                self.text(block)
            case Facts(rows):
                self.facts(rows)
            case Table(rows):
                self.table(rows)

    def text(self, block: Paragraph) -> None:
        if block.lead and not block.text:
            self.paragraph(block.lead, "clause heading")
            return
        line = self.paragraph("", {Style.BODY: "body", Style.NOTE: "note", Style.CAUTION: "caution"}[block.style])
        if block.lead:
            line.add_run(f"{block.lead}　", style="clause number")
        line.add_run(block.text)

    def facts(self, rows: tuple[tuple[str, str], ...]) -> None:
        page = self.typography.page
        table = self.grid(len(rows), (_FACT_NAME_MM, page.width - page.left - page.right - _FACT_NAME_MM))
        for row, (name, value) in zip(table.rows, rows, strict=True):
            ooxml.keep_row_together(row)
            row.cells[0].paragraphs[0].add_run(name, style="fact name")
            row.cells[1].paragraphs[0].add_run(value)
            ooxml.shade(row.cells[0], "F2F2F2")
            for cell in row.cells:  # the box stays whole, and with the title above it
                cell.paragraphs[0].paragraph_format.keep_with_next = name != rows[-1][0]
        self.paragraph("", "after table")

    def table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        page = self.typography.page
        columns = max(len(row) for row in rows)
        table = self.grid(len(rows), ((page.width - page.left - page.right) / columns,) * columns)
        ooxml.repeat_head(table.rows[0])
        for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            ooxml.keep_row_together(row)
            for cell, text in zip(row.cells, cells, strict=False):
                cell.paragraphs[0].add_run(text, style="fact name" if number == 0 else None)
                if number == 0:
                    ooxml.shade(cell, "F2F2F2")
        self.paragraph("", "after table")

    def grid(self, rows: int, widths: tuple[float, ...]) -> Any:
        """A bordered table of fixed column widths in millimetres."""
        from docx.shared import Mm

        table = self.document.add_table(rows, len(widths))
        table.autofit = False
        ooxml.borders(table, size=4)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
                cell.paragraphs[0].style = "fact"
        return table
