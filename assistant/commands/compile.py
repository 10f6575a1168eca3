"""`python -m assistant compile`: the policies as one document to hand out."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.documents.compilation.selection import Compilation
    from assistant.documents.offices import Offices

DONE = 0
FORMATS = (".docx", ".html", ".pdf")


def add_arguments(p: argparse.ArgumentParser) -> None:
    """The options of the sub-command."""
    p.add_argument("--out", type=Path, required=True, metavar="文件", help="输出的文件：.docx、.html 或 .pdf")
    p.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help="按哪一天判断状态（默认今天）")
    p.add_argument("--collection", metavar="名称", help="只编一套政策，如 1+3（默认全部）")
    p.add_argument("--topic", metavar="主题", help="只编一个主题，如 高企")
    levels = ("national", "municipal", "district", "town")
    p.add_argument("--level", choices=levels, metavar="层级", help=f"只编一级：{'、'.join(levels)}")
    p.add_argument("--library", type=Path, metavar="目录", help="知识库目录（默认 knowledge/）")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the document; returns the exit status.

    Raises:
        AssistantError: it cannot be written as asked; the message says why.
    """
    from assistant.documents.compilation.selection import Selection, select
    from assistant.documents.compilation.words import load_words
    from assistant.documents.library import SideFiles, read_library
    from assistant.documents.model import Level

    out: Path = arguments.out
    if out.suffix.lower() not in FORMATS:
        raise AssistantError(f"不能输出 {out.name}：文件名应以 {'、'.join(FORMATS)} 之一结尾")
    if not out.parent.is_dir():
        raise AssistantError(f"文件夹 {out.parent} 不存在，请先建立或换一个位置")
    root = arguments.library or settings.library_dir
    sides = SideFiles.load(root, settings.shipped_library)
    selection = Selection(
        day=arguments.as_of or settings.day(),
        collection=arguments.collection,
        topic=arguments.topic,
        level=Level(arguments.level) if arguments.level else None,
    )
    compilation = select(read_library(root), sides.collections, selection, load_words())
    _replace(out, render(compilation, sides.offices, out.suffix.lower()))
    print(f"已生成 {out}：政策 {len(compilation.entries)} 项，截至 {selection.day}。", file=sys.stderr)
    return DONE


def render(compilation: Compilation, offices: Offices, form: str) -> bytes:
    """The file's bytes; `form` is one of FORMATS. Pages come from LibreOffice where it is installed."""
    from assistant.documents.compilation import pagination, pdf
    from assistant.documents.compilation.content import lay_out
    from assistant.documents.compilation.page import write_page
    from assistant.documents.compilation.word import write_word
    from assistant.documents.compilation.words import load_typography, load_words

    words, typography = load_words(), load_typography()
    content = lay_out(compilation, offices, words)
    if form == ".html":
        return write_page(content, words, typography).encode()
    program = pdf.printer()
    if program is None:
        if form == ".pdf":
            raise AssistantError(words.no_printer)
        return write_word(content, words, typography, pagination.estimate_pages(content, typography))
    printed = pdf.print_pdf(write_word(content, words, typography, {}, contents_field=False), program, typography.fonts)
    if form == ".pdf":
        return printed
    pages = pagination.pages_of_pdf(printed, content) or pagination.estimate_pages(content, typography)
    return write_word(content, words, typography, pages)


def _replace(out: Path, data: bytes) -> None:
    """Write beside the file and then take its place, so that a failure leaves the old one."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise AssistantError(f"写不了 {out}：{error.strerror}；请检查权限、磁盘空间，或先关闭打开着的文件") from error
