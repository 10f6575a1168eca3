"""Official files in a library: side files, taking over from a digest, repealing others, links and limits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.documents import reading
from assistant.documents.formats import Extract, extract
from assistant.documents.library import Library, read_library, source_files
from assistant.documents.model import ClauseKind, Document, Status, TextKind
from assistant.documents.reading import ExtractCache, read_document
from assistant.errors import DocumentError
from tests.conftest import SmallLibrary

OFFICIAL = """\
# 创新券管理办法

第一条 为了支持企业，制定本办法。

第二条 每家企业每年不超过20万元。

第三条 本办法自2025年1月1日起施行。
"""

SCAN = """\
# 某奖励办法
松科委规〔2020〕1号
第一条 一。
第二条 本办法自2020年1月1日起施行，有效期至2022年12月31日。
"""


def file(library: SmallLibrary, name: str, text: str) -> Path:
    path = library.root / "originals" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def by_key(found: Library) -> dict[str, Document]:
    return {document.version.key: document for document in found.documents}


def told(found: Library) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_an_official_text_takes_over_from_the_digest_of_the_same_version(library: SmallLibrary) -> None:
    file(library, "通知.md", OFFICIAL)
    found = by_key(read_library(library.root))
    assert set(found) == {"sj-incubators@2020-01-01", "sj-vouchers@2023-01-01", "sj-vouchers@2025-01-01"}
    merged = found["sj-vouchers@2025-01-01"]
    assert merged.version.text_kind is TextKind.OFFICIAL
    assert merged.version.file == "originals/通知.md"
    assert [clause.id for clause in merged.clauses] == ["art-1", "art-2", "art-3"]


def test_what_staff_wrote_stays_with_the_official_text(library: SmallLibrary) -> None:
    file(library, "通知.md", OFFICIAL)
    merged = by_key(read_library(library.root))["sj-vouchers@2025-01-01"]
    assert merged.version.topics == ("创新券",)
    assert merged.clauses[1].asks == ("券能领多少",)
    assert not [r for r in merged.readings if r.name == "effective" and r.confirm]


def test_items_headed_otherwise_keep_the_ids_by_which_they_are_cited(library: SmallLibrary) -> None:
    library.write("sj-plan", "## 一、要点\n（一）甲。\n（二）乙。\n", title="工作要点", effective="null")
    file(library, "要点.md", "# 工作要点\n\n一、完整的标题\n（一）甲事要办。\n（二）乙事要办。\n")
    merged = by_key(read_library(library.root))["sj-plan@undated"]
    assert [clause.id for clause in merged.clauses] == ["一-要点.item-1", "一-要点.item-2"]
    assert merged.clauses[0].path == ("一、完整的标题", "（一）")


def test_gaps_that_staff_recorded_stay(library: SmallLibrary) -> None:
    digest = library.root / "policies/sj-vouchers/2025-01-01.md"
    text = digest.read_text(encoding="utf-8").replace("text: digest", "text: digest\nunknown:\n  - about: 何时兑付")
    digest.write_text(text, encoding="utf-8")
    file(library, "通知.md", OFFICIAL)
    merged = by_key(read_library(library.root))["sj-vouchers@2025-01-01"]
    assert merged.clauses[-1].kind is ClauseKind.UNKNOWN


def test_a_digest_clause_that_the_text_lacks_is_told(library: SmallLibrary) -> None:
    library.write("sj-vouchers", "第一条 一。\n第九条 二。\n", title="创新券管理办法")
    file(library, "通知.md", OFFICIAL)
    (problem,) = told(read_library(library.root))
    assert "第九条 在原文里没有同号条款" in problem


def test_another_first_day_makes_another_version(library: SmallLibrary) -> None:
    file(library, "新办法.md", OFFICIAL.replace("2025年1月1日", "2026年6月1日"))
    found = by_key(read_library(library.root))
    assert found["sj-vouchers@2025-01-01"].version.replaced_by == "sj-vouchers@2026-06-01"
    assert found["sj-vouchers@2025-01-01"].version.text_kind is TextKind.DIGEST


def test_a_number_is_enough_to_know_the_policy(library: SmallLibrary) -> None:
    file(library, "扫描件.md", SCAN)
    assert by_key(read_library(library.root))["sj-incubators@2020-01-01"].version.text_kind is TextKind.OFFICIAL


def test_a_difference_between_text_and_digest_is_told_and_the_digest_counts(library: SmallLibrary) -> None:
    file(library, "扫描件.md", SCAN.replace("2022年", "2024年"))
    found = read_library(library.root)
    assert by_key(found)["sj-incubators@2020-01-01"].version.expires == date(2022, 12, 31)
    assert any("失效日读到的是 2024-12-31" in problem for problem in told(found))


@pytest.mark.parametrize("named", ["《孵化器奖励办法》", "《甲》（松科委规〔2020〕1号）"])
def test_a_text_that_repeals_another_marks_it_from_that_day(library: SmallLibrary, named: str) -> None:
    file(library, "新孵化器.md", f"# 新孵化器办法\n第一条 本办法自2021年7月1日起施行。{named}同时废止。\n")
    old = by_key(read_library(library.root))["sj-incubators@2020-01-01"].version
    assert (old.replaced_by, old.replaced_on) == ("新孵化器@2021-07-01", date(2021, 7, 1))
    assert old.status(date(2021, 6, 30)) is Status.IN_FORCE
    assert old.status(date(2021, 7, 1)) is Status.REPLACED


def test_a_text_repeals_one_of_its_own_title_that_it_names_by_number(library: SmallLibrary) -> None:
    text = "# 孵化器奖励办法\n第一条 本办法自2021年7月1日起施行。《孵化器奖励办法》（松科委规〔2020〕1号）同时废止。\n"
    file(library, "新.md", text)
    (library.root / "originals/新.yaml").write_text("policy: another\n", encoding="utf-8")
    old = by_key(read_library(library.root))["sj-incubators@2020-01-01"].version
    assert (old.replaced_by, old.replaced_on) == ("another@2021-07-01", date(2021, 7, 1))


def test_a_text_does_not_repeal_what_came_later(library: SmallLibrary) -> None:
    file(library, "旧.md", "# 旧办法\n第一条 本办法自2001年7月1日起施行。《孵化器奖励办法》同时废止。\n")
    assert by_key(read_library(library.root))["sj-incubators@2020-01-01"].version.replaced_by is None


def test_a_side_file_beats_the_text(library: SmallLibrary) -> None:
    path = file(library, "通知.md", OFFICIAL)
    side = "policy: sj-notice\nnumber: 松测规〔2026〕1号\neffective: 2026-02-01\n"
    path.with_suffix(".yaml").write_text(side, encoding="utf-8")
    found = by_key(read_library(library.root))["sj-notice@2026-02-01"]
    assert (found.version.number, found.version.title) == ("松测规〔2026〕1号", "创新券管理办法")
    assert not {"number", "effective"} & {r.name for r in found.readings}
    assert path.with_suffix(".yaml") in source_files(library.root)


def test_front_matter_of_an_official_text_beats_the_text(library: SmallLibrary) -> None:
    file(library, "甲.md", "---\ntitle: 甲办法\nlevel: district\n---\n第一条 一。\n\n第三条 二。\n")
    found = read_library(library.root)
    assert by_key(found)["甲@undated"].version.title == "甲办法"
    assert told(found) == ["originals/甲.md:7: 条号不连续：第一条之后是第三条"]


@pytest.mark.parametrize(
    ("name", "content"), [("甲.yaml", "titel: 乙\n"), ("甲.yaml", "effective: 明天\n"), ("甲.yaml", "policy: a@b\n")]
)
def test_a_broken_side_file_is_refused_by_its_own_name(library: SmallLibrary, name: str, content: str) -> None:
    file(library, "甲.md", "# 甲\n第一条 一。\n")
    file(library, name, content)
    (problem,) = [p for p in read_library(library.root).problems if p.fatal]
    assert str(problem).startswith("originals/甲.yaml:1: ")


def test_a_link_out_of_the_library_is_not_followed(library: SmallLibrary, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("# 外\n第一条 一。\n", encoding="utf-8")
    (library.root / "originals").mkdir()
    (library.root / "originals" / "link.md").symlink_to(tmp_path / "outside.md")
    (problem,) = told(read_library(library.root))
    assert "originals/link.md" in problem
    assert "链接" in problem


def test_a_text_file_of_many_megabytes_is_refused_unread(library: SmallLibrary) -> None:
    path = file(library, "大.md", "")
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
        stream.write("第一条".encode())
    with pytest.raises(DocumentError, match="超过 10 MB"):
        read_document(path, library.root)


def test_the_lines_of_a_text_file_are_those_of_the_file(library: SmallLibrary) -> None:
    path = file(library, "甲.txt", "甲办法\n\n\n第一条 一。\n\n第三条 二。\n")
    document = read_document(path, library.root)
    assert [clause.line for clause in document.clauses] == [4, 6]
    assert [w.line for w in document.warnings] == [6]


def test_a_slow_file_is_read_once(library: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(library, "甲.html", "<html><body><h1>甲办法</h1><p>第一条 一。</p><p>第二条 二。</p></body></html>")
    cache = ExtractCache(tmp_path / "extracts")
    first = read_document(path, library.root, cache=cache)

    def fail(path: Path) -> Extract:
        raise AssertionError(path)

    monkeypatch.setattr(reading, "extract", fail)
    assert read_document(path, library.root, cache=cache) == first


def test_a_damaged_cache_is_only_slow(library: SmallLibrary, tmp_path: Path) -> None:
    path = file(library, "甲.html", "<html><body><p>第一条 一。</p><p>第二条 二。</p></body></html>")
    cache = ExtractCache(tmp_path)
    assert cache.extract(path) == extract(path)
    (kept,) = tmp_path.glob("*.json")
    kept.write_text("{", encoding="utf-8")
    assert cache.extract(path) == extract(path)
