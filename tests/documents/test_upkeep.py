"""What staff are told to look after."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.documents.library import SideFiles, read_library
from assistant.documents.upkeep import dangling, months_between, overdue
from tests.conftest import ROOT, SmallLibrary


@pytest.mark.parametrize(
    ("last", "months"),
    [(date(2026, 11, 23), 0), (date(2026, 12, 22), 0), (date(2026, 12, 23), 1), (date(2027, 5, 23), 6)],
)
def test_only_whole_months_count(last: date, months: int) -> None:
    assert months_between(date(2026, 11, 23), last) == months


def test_a_policy_is_overdue_from_the_day_on_which_the_months_are_full(library: SmallLibrary) -> None:
    found = read_library(library.root)
    assert overdue(found, date(2027, 5, 22), months=6) == []
    problem = overdue(found, date(2027, 5, 23), months=6)[0]
    assert problem.file == "policies/sj-vouchers/2025-01-01.md"
    assert problem.line == 11
    assert not problem.fatal


def test_what_has_ended_need_not_be_checked_again(library: SmallLibrary) -> None:
    files = {problem.file for problem in overdue(read_library(library.root), date(2030, 1, 1))}
    assert files == {"policies/sj-vouchers/2025-01-01.md"}


def test_a_collection_that_names_an_unknown_policy_is_remarked(library: SmallLibrary) -> None:
    text = "collections:\n  - name: 全部\n    policies: [sj-vouchers]\n  - name: 另一\n    policies: [sj-voucher]\n"
    (library.root / "collections.yaml").write_text(text, encoding="utf-8")
    sides = SideFiles.load(library.root, ROOT / "knowledge")
    assert [str(p) for p in dangling(read_library(library.root), sides)] == [
        "collections.yaml:5: 政策编号 sj-voucher 在库里不存在；请更正，或先加入该政策"
    ]


def test_a_library_without_side_files_is_not_held_to_the_shipped_ones(library: SmallLibrary) -> None:
    assert dangling(read_library(library.root), SideFiles.load(library.root, ROOT / "knowledge")) == []
