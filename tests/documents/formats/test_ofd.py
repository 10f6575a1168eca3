"""OFD: what is particular to it; the flow of text is tested with PDF."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from assistant.documents.formats import extract
from assistant.errors import DocumentError
from tests.documents.formats.typeset import Mark, Sheet, typeset, write_ofd

PARAGRAPHS = ["第一条　企业可以申领创新券，每家每年不超过10万元。", "第二条　本办法自2026年1月1日起施行，有效期5年。"]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def changed(path: Path, part: str, old: str, new: str) -> Path:
    """The same file with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = re.sub(old, new, parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("runs", [True, False])
def test_steps_are_read_in_both_notations(tmp_path: Path, runs: bool) -> None:
    file = write_ofd(tmp_path / "办法.ofd", typeset(PARAGRAPHS), runs=runs)
    assert [bare(block.text) for block in extract(file).blocks] == [bare(text) for text in PARAGRAPHS]


def test_text_without_steps_follows_its_own_width(tmp_path: Path) -> None:
    file = write_ofd(tmp_path / "办法.ofd", typeset(PARAGRAPHS))
    changed(file, "Doc_0/Pages/Page_0/Content.xml", r' DeltaX="[^"]*"', "")
    assert [bare(block.text) for block in extract(file).blocks] == [bare(text) for text in PARAGRAPHS]


def test_a_scaled_object_is_placed_by_its_matrix(tmp_path: Path) -> None:
    file = write_ofd(tmp_path / "办法.ofd", [Sheet([Mark("第一条　企业可以申领。", 80, 100, 16)])])
    halved = 'Size="2.822" CTM="2 0 0 2 0 0"><ofd:TextCode X="0" Y="2.483" DeltaX="g 10 2.822"'
    changed(file, "Doc_0/Pages/Page_0/Content.xml", r'Size=.*?DeltaX="[^"]*"', halved)
    assert [block.text for block in extract(file).blocks] == ["第一条 企业可以申领。"]


def test_the_stated_title_is_taken(tmp_path: Path) -> None:
    sheets = typeset(PARAGRAPHS, title="松江区创新券管理办法")
    assert extract(write_ofd(tmp_path / "a.ofd", sheets, title="松江区创新券管理办法")).title == "松江区创新券管理办法"


def test_a_missing_page_is_said(tmp_path: Path) -> None:
    file = write_ofd(tmp_path / "办法.ofd", typeset(PARAGRAPHS * 20))
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "Page_1" not in name}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert (2, "这一页缺失，没有读入；请重新下载") in extract(file).remarks


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    file = write_ofd(tmp_path / "办法.ofd", typeset(PARAGRAPHS))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("Encryptions.xml", "<a/>")
    with pytest.raises(DocumentError, match="加了密"):
        extract(file)
