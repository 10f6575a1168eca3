"""A folder read whole: versions, replacement, duplicates, side files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.documents.library import Library, SideFiles, policy_files, read_library
from assistant.documents.model import Status, Version
from assistant.errors import DocumentError, LibraryError
from tests.conftest import ROOT, SmallLibrary


def versions(library: Library) -> dict[str, Version]:
    return {document.version.key: document.version for document in library.documents}


def fatal(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems if problem.fatal]


def test_a_small_library_is_read_without_a_complaint(library: SmallLibrary) -> None:
    found = read_library(library.root)
    assert not found.problems
    assert list(versions(found)) == ["sj-incubators@2020-01-01", "sj-vouchers@2023-01-01", "sj-vouchers@2025-01-01"]


def test_a_later_version_takes_over_on_its_first_day(library: SmallLibrary) -> None:
    old = versions(read_library(library.root))["sj-vouchers@2023-01-01"]
    assert old.replaced_by == "sj-vouchers@2025-01-01"
    assert old.status(date(2024, 12, 31)) is Status.IN_FORCE
    assert old.status(date(2025, 1, 1)) is Status.REPLACED


def test_of_three_versions_each_is_replaced_by_the_next(library: SmallLibrary) -> None:
    library.write("sj-vouchers", "第一条 三。\n", effective="2026-06-01")
    found = versions(read_library(library.root))
    assert found["sj-vouchers@2023-01-01"].replaced_by == "sj-vouchers@2025-01-01"
    assert found["sj-vouchers@2025-01-01"].replaced_by == "sj-vouchers@2026-06-01"
    assert found["sj-vouchers@2026-06-01"].replaced_by is None


@pytest.mark.parametrize("reference", ["sj-vouchers", "sj-vouchers@2025-01-01"])
def test_another_policy_may_replace_by_policy_or_by_version(library: SmallLibrary, reference: str) -> None:
    library.write("sj-services", "第一条 一。\n", effective="2026-01-01", replaces=reference)
    old = versions(read_library(library.root))["sj-vouchers@2025-01-01"]
    assert (old.replaced_by, old.replaced_on) == ("sj-services@2026-01-01", date(2026, 1, 1))


def test_the_earliest_replacement_counts(library: SmallLibrary) -> None:
    library.write("sj-services", "第一条 一。\n", effective="2026-01-01", replaces="sj-vouchers")
    old = versions(read_library(library.root))["sj-vouchers@2023-01-01"]
    assert old.replaced_on == date(2025, 1, 1)


def test_a_reference_into_the_void_is_refused(library: SmallLibrary) -> None:
    file = library.write("sj-services", "第一条 一。\n", replaces="sj-nothing")
    (problem,) = fatal(read_library(library.root))
    assert str(file.relative_to(library.root)) in problem
    assert "replaces 里的 sj-nothing 在库里不存在" in problem


def test_the_same_version_twice_is_refused_with_both_files(library: SmallLibrary) -> None:
    twin = library.root / "policies" / "more" / "sj-vouchers" / "2025-01-01.md"
    twin.parent.mkdir(parents=True)
    twin.write_text((library.root / "policies/sj-vouchers/2025-01-01.md").read_text(encoding="utf-8"), encoding="utf-8")
    (problem,) = fatal(read_library(library.root))
    assert "policies/sj-vouchers/2025-01-01.md" in problem
    assert "policies/more/sj-vouchers/2025-01-01.md" in problem
    assert "只保留一份" in problem


def test_a_refused_file_does_not_hide_the_others(library: SmallLibrary) -> None:
    library.write("sj-broken", "没有条款\n").write_text("---\ntitle: 一\n---\n第一条 二。\n", encoding="utf-8")
    found = read_library(library.root)
    assert len(found.documents) == 3
    (problem,) = fatal(found)
    assert problem.startswith("policies/sj-broken/2025-01-01.md:2: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b" \n\n", "文件是空的"),
        (b"\x00\x01\x02", "不是文本文件"),
        (b"\xff\xff\xff", "请另存为 UTF-8"),
    ],
)
def test_a_file_that_holds_no_text_is_refused(library: SmallLibrary, content: bytes, message: str) -> None:
    (library.root / "originals").mkdir()
    (library.root / "originals" / "a.txt").write_bytes(content)
    (problem,) = fatal(read_library(library.root))
    assert problem.startswith("originals/a.txt:1: ")
    assert message in problem


def test_an_older_chinese_encoding_is_understood(library: SmallLibrary) -> None:
    (library.root / "originals").mkdir()
    (library.root / "originals" / "a.txt").write_bytes("孵化器管理规定\n第一条 孵化器应当登记。".encode("gb18030"))
    assert versions(read_library(library.root))["a@undated"].title == "孵化器管理规定"


def test_any_folder_is_a_library(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "law.md").write_text("# 某法\n\n第一条 一。\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("# 说明\n", encoding="utf-8")
    (tmp_path / ".hidden.md").write_text("# 隐藏\n", encoding="utf-8")
    (document,) = read_library(tmp_path).documents
    assert (document.version.title, document.version.status(date(2026, 11, 23))) == ("某法", Status.UNKNOWN)


def test_a_library_without_a_glossary_uses_the_shipped_one(library: SmallLibrary) -> None:
    shipped = ROOT / "knowledge"
    assert SideFiles.load(library.root, shipped).glossary == SideFiles.load(shipped, shipped).glossary
    (library.root / "glossary.yaml").write_text("terms:\n  - term: 创新券\n    says: [券券]\n", encoding="utf-8")
    side = SideFiles.load(library.root, shipped)
    assert side.glossary.terms_in("券券怎么领") == ("创新券",)
    assert side.offices == SideFiles.load(shipped, shipped).offices


def test_a_broken_side_file_is_refused(library: SmallLibrary) -> None:
    (library.root / "offices.yaml").write_text("offices:\n  - id: a\n    nome: 科委\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"offices\.yaml:2"):
        SideFiles.load(library.root, ROOT / "knowledge")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="ASSISTANT_LIBRARY_DIR"):
        policy_files(tmp_path / "nowhere")


def test_the_shipped_knowledge_is_read_without_a_refusal() -> None:
    found = read_library(ROOT / "knowledge")
    assert not fatal(found)
    assert len(found.documents) > 100


def test_every_policy_named_in_the_shipped_side_files_exists() -> None:
    known = {document.version.policy for document in read_library(ROOT / "knowledge").documents}
    side = SideFiles.load(ROOT / "knowledge", ROOT / "knowledge")
    named = {policy for collection in side.collections for policy in collection.policy_ids()}
    named |= {window.policy for window in side.calendar} | {name.policy for name in side.glossary.file.documents}
    assert named <= known
