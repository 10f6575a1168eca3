"""Older formats: converted where LibreOffice is installed, else refused with a way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from assistant.documents.formats import extract
from assistant.errors import DocumentError

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le") + b"\0" * 500


def program(folder: Path, script: str) -> None:
    """A stand-in for LibreOffice."""
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.mark.parametrize("name", ["通知.doc", "通知.wps"])
def test_without_libreoffice_the_refusal_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / name
    file.write_bytes(OLD_WORD)
    with pytest.raises(DocumentError, match="另存为 DOCX.*LibreOffice"):
        extract(file)


def test_the_conversion_is_read_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    document = docx.Document()
    document.add_paragraph("第一条 企业可以申领。")
    document.save(str(made))
    program(tmp_path, f'for last; do :; done; cp {made} "${{last%.*}}.docx"')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    file = tmp_path / "通知.doc"
    file.write_bytes(OLD_WORD)
    read = extract(file)
    assert [block.text for block in read.blocks] == ["第一条 企业可以申领。"]
    assert "LibreOffice" in read.remarks[0][1]


def test_a_conversion_that_gives_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    file = tmp_path / "通知.doc"
    file.write_bytes(OLD_WORD)
    with pytest.raises(DocumentError, match="打不开"):
        extract(file)


def test_a_conversion_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.documents.formats.office._SECONDS", 0.2)
    program(tmp_path, "exec sleep 30")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    file = tmp_path / "通知.doc"
    file.write_bytes(OLD_WORD)
    with pytest.raises(DocumentError, match="没有转换完"):
        extract(file)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_itself_converts_rtf(tmp_path: Path) -> None:
    file = tmp_path / "notice.rtf"
    file.write_bytes(rb"{\rtf1\ansi Innovation vouchers 2026.\par}")
    assert "Innovation vouchers" in extract(file).blocks[0].text
