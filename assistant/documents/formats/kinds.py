"""Tell the formats apart: by the first bytes, by what a ZIP or OLE file holds, and only then by the name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from assistant.documents.formats.container import open_container
from assistant.errors import DocumentError


class Kind(StrEnum):
    """A format; the value is what staff call it."""

    MARKDOWN = "Markdown"
    TEXT = "TXT"
    HTML = "网页"
    MHTML = "单文件网页"
    DOCX = "Word（DOCX）"
    XLSX = "Excel（XLSX）"
    OFD = "OFD"
    PDF = "PDF"
    IMAGE = "图片"
    OLD_WORD = "旧版 Word 或 WPS 文字"
    OLD_EXCEL = "旧版 Excel 或 WPS 表格"
    RTF = "RTF"


SUFFIXES = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".shtml": Kind.HTML,
    ".mht": Kind.MHTML,
    ".mhtml": Kind.MHTML,
    ".docx": Kind.DOCX,
    ".docm": Kind.DOCX,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".ofd": Kind.OFD,
    ".pdf": Kind.PDF,
    ".png": Kind.IMAGE,
    ".jpg": Kind.IMAGE,
    ".jpeg": Kind.IMAGE,
    ".tif": Kind.IMAGE,
    ".tiff": Kind.IMAGE,
    ".bmp": Kind.IMAGE,
    ".webp": Kind.IMAGE,
    ".doc": Kind.OLD_WORD,
    ".wps": Kind.OLD_WORD,
    ".xls": Kind.OLD_EXCEL,
    ".et": Kind.OLD_EXCEL,
    ".rtf": Kind.RTF,
}
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_REFUSED = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"Rar!\x1a", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"SQLite format 3", "数据库文件"),
)
_READABLE = "PDF、Word、WPS、OFD、Excel、网页、图片、Markdown 和 TXT"
_HEAD = 4096


def kind_of(path: Path) -> Kind:
    """What the file is.

    Raises:
        DocumentError: it is none of the formats that can be read, is empty, or cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \t\r\n"):
        raise DocumentError(path, 1, "文件是空的；请放入内容或移走它")
    if kind := _binary(path, head):
        return kind
    for magic, name in _REFUSED:
        if head.startswith(magic):
            advice = "请解开后把里面的文件放入" if "压缩包" in name else f"只能读入 {_READABLE}"
            raise DocumentError(path, 1, f"内容是{name}，不是文档；{advice}")
    return _textual(path, head)


def _binary(path: Path, head: bytes) -> Kind | None:
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(path)
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    picture = head.startswith(_IMAGES) or (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0")
    if picture or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.IMAGE
    return None


def _zipped(path: Path) -> Kind:
    with open_container(path) as container:
        for part, kind in (("word/document.xml", Kind.DOCX), ("xl/workbook.xml", Kind.XLSX), ("OFD.xml", Kind.OFD)):
            if part in container:
                return kind
        names = set(container.names())
    claimed = SUFFIXES.get(path.suffix.lower())
    if claimed in {Kind.DOCX, Kind.XLSX, Kind.OFD}:
        raise DocumentError(path, 1, f"不是完整的 {claimed} 文件，缺少正文部分；请重新下载，或用原来的软件打开后另存")
    if "ppt/presentation.xml" in names:
        raise DocumentError(path, 1, "内容是演示文稿；请另存为 PDF 后放入")
    raise DocumentError(path, 1, "内容是 ZIP 压缩包；请解开后把里面的文件放入")


def _compound(path: Path) -> Kind:
    """An OLE file names its streams in UTF-16 in its directory."""
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise DocumentError(path, 1, "文件加了密码；请取消密码后再放入")
    if holds("PowerPoint Document"):
        raise DocumentError(path, 1, "内容是演示文稿；请另存为 PDF 后放入")
    if holds("WordDocument"):
        return Kind.OLD_WORD
    if holds("Workbook"):
        return Kind.OLD_EXCEL
    claimed = SUFFIXES.get(path.suffix.lower())
    if claimed in {Kind.OLD_WORD, Kind.OLD_EXCEL}:
        return claimed
    raise DocumentError(path, 1, f"认不出是什么文件；只能读入 {_READABLE}")


def _textual(path: Path, head: bytes) -> Kind:
    bare = head.replace(b"\0", b"").lower().lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    claimed = SUFFIXES.get(path.suffix.lower())
    page = bare.startswith((b"<!doctype html", b"<html")) or (bare.startswith(b"<") and b"<html" in bare)
    if page or (claimed is Kind.HTML and b"</" in bare):
        return Kind.HTML
    if b"mime-version:" in bare[:1024] and b"multipart/related" in bare:
        return Kind.MHTML
    if claimed in {Kind.MARKDOWN, Kind.TEXT, Kind.HTML}:
        return claimed
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head
    if control > len(head) // 50 and not wide:
        named = f"扩展名是 {path.suffix}，内容却不是 {claimed}" if claimed else "认不出是什么文件"
        raise DocumentError(path, 1, f"{named}；请重新下载，或另存为能读入的格式：{_READABLE}")
    if claimed:
        raise DocumentError(path, 1, f"扩展名是 {path.suffix}，内容却不是 {claimed}；请重新下载原文件")
    return Kind.TEXT
