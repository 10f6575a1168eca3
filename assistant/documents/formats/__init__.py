"""Official documents in the formats that they come in, read into paragraphs and tables in reading order.

extract    picks the reader by what the file holds, then by its name
model      what every reader returns: Block, Extract
kinds      tells the formats apart
container  the only way in to ZIP and XML: bounded, no entities
text       Markdown, TXT            html, portal    pages of government sites
docx, numbering, footnotes          Word            office          DOC, WPS, RTF, XLS by way of LibreOffice
pdf, glyphs, navigation             PDF             ofd             OFD (GB/T 33190)
ocr, image                          pictures        xlsx, shown     Excel
layout, running, paragraphs         positioned text → lines → paragraphs, for PDF, OFD and OCR alike
tables, ruled                       grids of cells → Markdown rows
"""

from assistant.documents.formats.extract import SUFFIXES, extract
from assistant.documents.formats.model import Block, Extract

__all__ = ["SUFFIXES", "Block", "Extract", "extract"]
