"""Folders given to `ingest.py`: what may not be entered or read is named, and nothing is passed over in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from assistant.documents.intake import Intake
from assistant.documents.library import policy_files
from assistant.errors import LibraryError

PARKS = "# 松江区园区管理规定\n\n第一条 园区应当登记。\n\n第二条 本规定自2026年1月1日起施行。\n"


@pytest.fixture
def desk() -> Iterator[Path]:
    """A folder of a user to whom permissions apply, as they do not to root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    folder = Path(mkdtemp())
    try:
        (folder / "library").mkdir()
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in folder.rglob("*"):
            path.chmod(0o700)
        rmtree(folder)


def given(desk: Path, *paths: Path) -> Intake:
    intake = Intake(desk / "library", paths, journal=desk / "journal.json")
    intake.apply()
    return intake


def test_a_folder_without_permission_is_named_and_the_others_go_in(desk: Path) -> None:
    locked, parks = desk / "locked", desk / "parks.md"
    parks.write_text(PARKS, encoding="utf-8")
    locked.mkdir(mode=0)
    intake = given(desk, locked, locked / "other.md", parks)
    assert [str(locked) in line and "请检查权限" in line for line in intake.refused] == [True, True]
    assert set(intake.filed) == {"parks.md"}


def test_a_folder_of_the_library_without_permission_stops_and_does_not_empty_the_index(desk: Path) -> None:
    (desk / "library" / "locked").mkdir(mode=0)
    with pytest.raises(LibraryError, match="打不开.*请检查权限"):
        policy_files(desk / "library")


def test_what_a_folder_holds_beside_documents_is_named(desk: Path) -> None:
    folder = desk / "more 😀"
    folder.mkdir()
    for name, content in {"parks.md": PARKS, "parks.yaml": "kind: 规定\n", "Thumbs.db": "", "附件.zip": "PK"}.items():
        (folder / name).write_text(content, encoding="utf-8")
    intake = given(desk, folder)
    assert set(intake.filed) == {"parks.md"}
    assert [Path(line.split(":")[0]).name for line in intake.refused] == ["附件.zip"]


def test_an_empty_folder_is_told(desk: Path) -> None:
    (desk / "空").mkdir()
    assert ["文件夹里没有文件" in line for line in given(desk, desk / "空").refused] == [True]
