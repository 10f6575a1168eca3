"""What comes in is told by its content; what cannot be read is refused with a remedy."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import pytest

from assistant.documents.formats import SUFFIXES, extract
from assistant.documents.numerals import chinese
from assistant.errors import DocumentError
from tests.conftest import ROOT
from tests.documents.formats.typeset import typeset, write_ofd, write_pdf

BODY = ["第一条　企业可以申领创新券，每家每年不超过10万元。", "第二条　本办法自2026年1月1日起施行。"]
CONTENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def word(path: Path, document: str, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("空.pdf", b"", "文件是空的"),
        ("空白.txt", b" \n\n", "文件是空的"),
        ("程序.pdf", b"MZ\x90\0" + b"\0\1" * 200, "Windows 程序"),
        ("包.docx", b"Rar!\x1a\x07" + b"\1" * 100, "RAR 压缩包"),
        ("坏.pdf", b"%PDF-1.7\n" + b"\1\2\3" * 300, "PDF 已损坏"),
        ("断.docx", b"PK\x03\x04" + b"\1\2\3" * 300, "没有下载完整"),
        ("乱.wps", b"\1\2\3\4" * 500, "内容却不是"),
        ("无名", b"\1\2\3\4" * 500, "认不出是什么文件"),
        ("密.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("坏.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "图片已损坏"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(DocumentError, match=message) as refused:
        extract(file)
    assert "请" in refused.value.message or "只能" in refused.value.message


def test_an_encrypted_pdf_is_refused_with_a_remedy(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "密.pdf", typeset(BODY))
    keys = b"/Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
    locked = b"trailer\n<< /Encrypt << " + keys + b" >> /ID [<00> <00>] "
    file.write_bytes(file.read_bytes().replace(b"trailer\n<< ", locked))
    with pytest.raises(DocumentError, match="加了密码；请取消密码"):
        extract(file)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".ofd", ".png"])
def test_a_file_that_was_cut_off_is_refused_with_a_remedy(tmp_path: Path, suffix: str) -> None:
    from PIL import Image

    file = tmp_path / f"断{suffix}"
    if suffix == ".docx":
        docx.Document().save(str(file))
    elif suffix == ".png":
        Image.radial_gradient("L").save(file)
    else:
        (write_pdf if suffix == ".pdf" else write_ofd)(file, typeset(BODY))
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 3])
    with pytest.raises(DocumentError, match="请重新下载"):
        extract(file)


MEASURED = r"""
import re, sys, time
from pathlib import Path
from assistant.documents.reading import read_document
started = time.monotonic()
clauses = read_document(Path(sys.argv[1]), Path(sys.argv[1]).parent).clauses
status = Path("/proc/self/status")
most = re.search(r"VmHWM:\s*(\d+)", status.read_text())[1] if status.exists() else 0
print(len(clauses), clauses[-1].page, time.monotonic() - started, most)
"""


@pytest.mark.slow
def test_a_pdf_of_500_pages_is_read_whole_in_bounded_time_and_memory(tmp_path: Path) -> None:
    articles = [f"第{chinese(n)}条　企业可以申领创新券，每家每年不超过10万元，由平台受理。" for n in range(1, 6001)]
    sheets = typeset(articles)
    assert len(sheets) >= 500
    file = write_pdf(tmp_path / "长.pdf", sheets)
    done = subprocess.run([sys.executable, "-c", MEASURED, file], capture_output=True, text=True, check=True, cwd=ROOT)
    count, page, seconds, kilobytes = map(float, done.stdout.split())
    assert (count, page) == (6000, len(sheets))
    assert seconds < 120
    assert kilobytes < 300_000


def test_tables_within_tables_without_end_are_read_as_far_as_they_go_or_refused(tmp_path: Path) -> None:
    opened, closed = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p>", "</w:tc></w:tr></w:tbl>"
    read = extract(word(tmp_path / "套.docx", CONTENT.format(opened * 60 + closed * 60)))
    assert any("嵌套太深" in text for _, text in read.remarks)
    with pytest.raises(DocumentError, match="请"):
        extract(word(tmp_path / "深.docx", CONTENT.format(opened * 5000 + closed * 5000)))


def test_the_content_decides_and_a_wrong_suffix_is_said(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "办法.docx", typeset(BODY))
    read = extract(file)
    assert "不超过10万元" in read.blocks[0].text
    assert "扩展名" in read.remarks[0][1]


def test_a_name_with_spaces_and_emoji_is_no_obstacle(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "办法 （定稿）🚀 v2.pdf", typeset(BODY))
    assert len(extract(file).blocks) == 2


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = word(tmp_path / "弹.docx", CONTENT.format(""), **{"word/media/a.bin": "0" * 60_000_000})
    with pytest.raises(DocumentError, match="不像正常的公文"):
        extract(file)


@pytest.mark.parametrize("side", [12_000, 20_000])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_before_it_does(tmp_path: Path, side: int) -> None:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = part(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    file = tmp_path / "弹.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b""))
    with pytest.raises(DocumentError, match="太大；请缩小"):
        extract(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密", encoding="utf-8")
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>'
    file = tmp_path / "实体.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", (bomb + CONTENT.format("<w:p>&x;</w:p>")).encode(encoding))
    with pytest.raises(DocumentError, match="外部实体"):
        extract(file)


def test_entities_in_a_spreadsheet_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "实体.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY x "y">]><workbook/>')
    with pytest.raises(DocumentError, match="外部实体"):
        extract(file)


def test_a_plain_zip_is_refused_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "附件.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "第一条")
    with pytest.raises(DocumentError, match="请解开"):
        extract(file)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "办法.txt"
    file.write_text("第一条", encoding="utf-8")
    file.chmod(0)
    with pytest.raises(DocumentError, match="权限"):
        extract(file)


def test_every_suffix_has_a_reader() -> None:
    from assistant.documents.formats.extract import _READERS, _reader

    assert set(SUFFIXES.values()) == set(_READERS)
    assert all(callable(_reader(kind)) for kind in _READERS)
