"""PDF: with text, scanned, or printed from a portal page whose pictures hold the document."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.documents.formats import navigation, ocr, progress
from assistant.documents.formats.flow import paragraphs
from assistant.documents.formats.glyphs import Content, read_content
from assistant.documents.formats.image import refuse_textless
from assistant.documents.formats.layout import Page, TextLine, compose
from assistant.documents.formats.model import Extract, Remark, trusted_title
from assistant.documents.formats.portal import portal
from assistant.documents.formats.ruled import grids
from assistant.documents.formats.running import without_running_heads
from assistant.errors import DocumentError

if TYPE_CHECKING:
    import numpy

_DPI = 200
_LONGEST = 3000  # pixels on the longer side of a rendered page
_PAGES = 3000
_OCR_PAGES = 300
_SILENT = 10  # characters; a page with fewer has no text layer worth the name
_SPARSE = 100  # characters of prose; a page with fewer and with pictures may have its text in them
_COVERED = 0.2  # of the page by pictures
_ILLUSTRATED = 0.15
_one_at_a_time = threading.Lock()  # PDFium is not thread-safe


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as its text layer gives it, and whether its pictures may hold text."""

    page: Page
    pictures: float
    silent: bool
    unreadable: bool
    invisible: bool


def read_pdf(path: Path) -> Extract:
    """Read a PDF; pages without text of their own are recognised from their picture."""
    with _one_at_a_time, _opened(path) as document:
        if not 0 < len(document) <= _PAGES:
            problem = (
                "没有页面，可能没有下载完整；请重新下载" if not len(document) else f"超过 {_PAGES} 页；请拆成几个文件"
            )
            raise DocumentError(path, 1, f"PDF {problem}")
        sheets = [_sheet(document, number) for number in range(1, len(document) + 1)]
        pages = [sheet.page for sheet in sheets]
        site_only = navigation.prose(pages) == 0 and any(s.pictures >= _COVERED and not s.silent for s in sheets)
        wanted = [sheet for sheet in sheets if _hides_text(sheet)]
        if len(wanted) > _OCR_PAGES:
            raise DocumentError(path, 1, f"有 {len(wanted)} 页是扫描件，超过 {_OCR_PAGES} 页；请按章拆开后放入")
        claimed = document.get_metadata_dict().get("Title")
        recognised: dict[int, Page] = {}
        for done, sheet in enumerate(wanted, start=1):
            if ocr.is_installed() or len(wanted) == len(sheets) or site_only:
                progress.page(path, done, len(wanted))
                recognised[sheet.page.number] = _recognised(document, sheet, site_only, path)
    if site_only:
        return _from_site(pages, recognised, path)
    pages, remarks = without_running_heads([recognised.get(page.number, page) for page in pages])
    blocks = paragraphs(pages)
    if recognised and not any(page.lines for page in pages):
        refuse_textless(0, path)
    said = (*_remarks(sheets, set(recognised)), *ocr.remarks(recognised.values()), *remarks, *ocr.doubts(blocks))
    return Extract(tuple(blocks), said, trusted_title(claimed, blocks))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        problem = "加了密码；请取消密码后再放入" if locked else "已损坏或没有下载完整；请重新下载"
        raise DocumentError(path, 1, f"PDF {problem}") from error
    try:
        yield document
    finally:
        document.close()


def _sheet(document: Any, number: int) -> _Sheet:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:  # a damaged page among good ones
        return _Sheet(Page(number, 1.0, 1.0, ()), 0.0, False, True, False)
    try:
        content: Content = read_content(page)
    finally:
        page.close()
    characters = sum(not glyph.text.isspace() for glyph in content.glyphs)
    glyphs = [] if content.unreadable else content.glyphs
    laid_out = compose(number, content.width, content.height, glyphs, grids(content.rulings))
    silent = content.drawn and (characters < _SILENT or content.unreadable)
    return _Sheet(laid_out, content.pictures, silent, content.unreadable, content.invisible)


def _hides_text(sheet: _Sheet) -> bool:
    """Whether the text of a page is, or may be, in its picture."""
    return sheet.silent or (sheet.pictures >= _COVERED and navigation.prose([sheet.page]) < _SPARSE)


def _recognised(document: Any, sheet: _Sheet, site_only: bool, path: Path) -> Page:
    """The page with what OCR finds; of a text layer that is worth keeping, both."""
    layer = () if sheet.silent else sheet.page.lines
    picture = _rendered(document, sheet.page)
    if picture is None:
        return sheet.page
    found = ocr.read_picture(picture, sheet.page.number, path)
    page = sheet.page
    if found.turned % 180:
        page = replace(page, width=page.height, height=page.width)
    scale = page.width / found.width
    lines = navigation.apart_from([_scaled(line, scale) for line in found.lines], layer)
    lines = [line for line in lines if not (layer and portal().is_furniture(line.text))]
    if layer and not site_only:
        lines = sorted((*layer, *lines), key=lambda line: (line.y0, line.x0))
    return replace(page, lines=tuple(lines), turned=found.turned, unread=found.unread)


def _rendered(document: Any, page: Page) -> numpy.ndarray[Any, Any] | None:
    import pypdfium2

    scale = min(_DPI / 72, _LONGEST / max(page.width, page.height, 1.0))
    try:
        sheet = document[page.number - 1]
        bitmap = sheet.render(scale=scale, rev_byteorder=True)
        picture: numpy.ndarray[Any, Any] = bitmap.to_numpy()[:, :, :3].copy()
        bitmap.close()
        sheet.close()
    except pypdfium2.PdfiumError:
        return None
    return picture


def _scaled(line: TextLine, scale: float) -> TextLine:
    return replace(
        line,
        x0=line.x0 * scale,
        x1=line.x1 * scale,
        y0=line.y0 * scale,
        y1=line.y1 * scale,
        size=line.size * scale,
    )


def _from_site(layer: list[Page], recognised: dict[int, Page], path: Path) -> Extract:
    """A print of a portal page: the pictures are the document, the text layer is the site."""
    pages, _ = without_running_heads([page for page in recognised.values() if page.lines])
    blocks = [block for block in paragraphs(pages) if not portal().is_furniture(block.text)]
    refuse_textless(sum(len(block.text) for block in blocks), path)
    told = "这是网站页面打印的 PDF：文字层只有网站导航，已略去；正文在图片里，由图片识别而来，请对照原件抽查"
    title = navigation.title_in(layer)
    return Extract(tuple(blocks), ((None, told), *ocr.doubts(blocks)), title, navigation.particulars_in(layer))


def _remarks(sheets: list[_Sheet], recognised: set[int]) -> Iterator[Remark]:
    if recognised:
        shown = _ranges(sorted(recognised))
        yield None, f"第 {shown} 页没有文字层，文字由图片识别而来，请对照原件抽查，数字和条号尤其要看"
    for sheet in sheets:
        number = sheet.page.number
        if number in recognised:
            continue
        if sheet.unreadable and not sheet.page.lines:
            yield number, "这一页读不出来；请重新下载，或另行放入"
        elif _hides_text(sheet):
            yield number, "这一页的文字在图片里，没有读入；请运行 pip install -r requirements.txt 装上文字识别组件"
        elif sheet.invisible and sheet.pictures > 0.8:
            yield number, "这一页是扫描件，文字取自扫描软件的识别结果；请对照原件抽查"
        elif sheet.pictures >= _ILLUSTRATED:
            yield number, "这一页有图片，图片里的文字没有读入；请核对"


def _ranges(numbers: list[int]) -> str:
    """1、3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
