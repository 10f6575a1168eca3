"""A document is entered into a collection, and the rest of the file stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents.collections import load_collections
from assistant.documents.filing import file_into
from assistant.errors import LibraryError

FILE = """\
# 成套的政策
collections:
  - name: 政策汇编
    description: 全部
    sections:
      - title: 一
        policies:
          - sj-vouchers  # 创新券
  - name: "1+3"  # 还缺正文
    description: 一套
    slots:
      - title: “1”
        what_it_is: 甲
        established: 乙
        wanted: 丙
"""
TEXT = "# 松江区全链条意见\n\n第一条 支持研发。\n\n第二条 支持转化。\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library with two collections and one filed document."""
    folder = tmp_path / "knowledge"
    (folder / "policies").mkdir(parents=True)
    (folder / "originals").mkdir()
    (folder / "collections.yaml").write_text(FILE, encoding="utf-8")
    (folder / "originals" / "全链条意见.md").write_text(TEXT, encoding="utf-8")
    return folder


def policies(root: Path, name: str) -> tuple[str, ...]:
    return next(c.policies for c in load_collections(root / "collections.yaml") if c.name == name)


def added(root: Path) -> list[str]:
    """The lines of the file that were not there before; every other line must still be."""
    lines = (root / "collections.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line in FILE.splitlines()] == FILE.splitlines()
    return [line for line in lines if line not in FILE.splitlines()]


def test_the_first_document_begins_the_list_and_the_comments_stay(root: Path) -> None:
    file_into("1+3", root / "originals" / "全链条意见.md", root)
    assert policies(root, "1+3") == ("全链条意见",)
    assert added(root) == ["    policies:", "      - 全链条意见  # 松江区全链条意见"]


def test_further_documents_follow(root: Path) -> None:
    other = root / "originals" / "配套 一.md"
    other.write_text(TEXT, encoding="utf-8")
    file_into("1+3", root / "originals" / "全链条意见.md", root)
    file_into("1+3", other, root)
    assert policies(root, "1+3") == ("全链条意见", "配套-一")


def test_a_list_in_brackets_becomes_one_line_each(root: Path) -> None:
    file = root / "collections.yaml"
    file.write_text(FILE.replace("description: 一套", "description: 一套\n    policies: [a, b]"), encoding="utf-8")
    file_into("1+3", root / "originals" / "全链条意见.md", root)
    assert policies(root, "1+3") == ("a", "b", "全链条意见")


def test_a_document_is_entered_once(root: Path) -> None:
    file_into("1+3", root / "originals" / "全链条意见.md", root)
    file_into("1+3", root / "originals" / "全链条意见.md", root)
    assert policies(root, "1+3") == ("全链条意见",)


def test_a_file_named_like_a_number_stays_a_name(root: Path) -> None:
    number = root / "originals" / "2026.md"
    number.write_text(TEXT, encoding="utf-8")
    file_into("1+3", number, root)
    assert policies(root, "1+3") == ("2026",)


def test_a_document_outside_the_library_is_known_by_its_name(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "新办法.txt"
    outside.write_text(TEXT.removeprefix("# "), encoding="utf-8")
    file_into("政策汇编", outside, root)
    assert policies(root, "政策汇编") == ("新办法",)


def test_a_collection_that_is_not_there_is_refused_with_those_that_are(root: Path) -> None:
    with pytest.raises(LibraryError, match=r"“1\+4”.*政策汇编、1\+3"):
        file_into("1+4", root / "originals" / "全链条意见.md", root)


def test_a_library_without_collections_is_told_how_to_get_one(root: Path) -> None:
    (root / "collections.yaml").unlink()
    with pytest.raises(LibraryError, match="请先按知识库说明建立"):
        file_into("1+3", root / "originals" / "全链条意见.md", root)
