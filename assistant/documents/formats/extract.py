"""One way in for every format."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assistant.documents.formats.container import MEGABYTE
from assistant.documents.formats.kinds import SUFFIXES, Kind, kind_of
from assistant.documents.formats.model import Extract
from assistant.errors import DocumentError

__all__ = ["SUFFIXES", "extract"]

_LARGEST = 300 * MEGABYTE
# Named, not imported: a library for one format is only loaded when a file of that format comes.
_READERS = {
    Kind.MARKDOWN: ("text", "read_markdown"),
    Kind.TEXT: ("text", "read_text"),
    Kind.HTML: ("html", "read_html"),
    Kind.MHTML: ("html", "read_mhtml"),
    Kind.DOCX: ("docx", "read_docx"),
    Kind.XLSX: ("xlsx", "read_xlsx"),
    Kind.OFD: ("ofd", "read_ofd"),
    Kind.PDF: ("pdf", "read_pdf"),
    Kind.IMAGE: ("image", "read_image"),
    Kind.OLD_WORD: ("office", "read_old_word"),
    Kind.OLD_EXCEL: ("office", "read_old_excel"),
    Kind.RTF: ("office", "read_old_word"),
}
_ALIKE = ({Kind.MARKDOWN, Kind.TEXT}, {Kind.OLD_WORD, Kind.RTF})
_log = logging.getLogger(__name__)


def extract(path: Path) -> Extract:
    """The paragraphs and tables of a file, with what staff should know about the reading.

    Raises:
        DocumentError: the file is refused; the message says what is wrong and what to do.
    """
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise DocumentError(path, 1, f"文件有 {size // MEGABYTE} MB，超过 {_LARGEST // MEGABYTE} MB；请拆开后放入")
        kind = kind_of(path)
        result = _reader(kind)(path)
    except DocumentError:
        raise
    except PermissionError as error:
        raise DocumentError(path, 1, "没有读取权限；请检查文件和文件夹的权限") from error
    except OSError as error:
        raise DocumentError(path, 1, f"文件读不出来：{error.strerror or error}；请检查后重试") from error
    except Exception as error:
        # The parsers of six libraries fail on damaged files in ways that none of them lists; one bad file must
        # not stop the others.
        _log.info("%s cannot be read", path, exc_info=True)  # the message below is for staff
        raise DocumentError(path, 1, "文件已损坏，读到一半出错；请重新下载，或用原来的软件打开后另存") from error
    return _checked(result, kind, path)


def _reader(kind: Kind) -> Callable[[Path], Extract]:
    module, function = _READERS[kind]
    reader: Callable[[Path], Extract] = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    return reader


def _checked(result: Extract, kind: Kind, path: Path) -> Extract:
    if not any(block.text.strip() for block in result.blocks):
        raise DocumentError(path, 1, "文件里没有文字；请确认文件内容")
    claimed = SUFFIXES.get(path.suffix.lower())
    if claimed and claimed is not kind and not any({claimed, kind} <= alike for alike in _ALIKE):
        remark = (None, f"扩展名是 {path.suffix}，内容是{kind}，已按内容读入；建议改正扩展名")
        return replace(result, remarks=(remark, *result.remarks))
    return result
