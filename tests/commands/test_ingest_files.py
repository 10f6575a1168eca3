"""Files given to `ingest.py`: what is told of them, what is refused, and that a failure leaves nothing behind."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.ingest import main
from assistant.documents import intake
from assistant.index import build
from assistant.index.snapshot import Snapshots
from assistant.settings import Settings
from tests.conftest import SmallLibrary

Add = Callable[[str, str | bytes], Path]
PARKS = "# 松江区园区管理规定\n\n第一条 园区应当登记。\n\n第二条 本规定自2026年1月1日起施行。\n"


@pytest.fixture(autouse=True)
def _environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ASSISTANT_LIBRARY_DIR", str(settings.library_dir))
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-23")


@pytest.fixture
def add(tmp_path: Path) -> Add:
    """Writes a file outside the library, as staff have it on their desk."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "desk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    """Runs the command and gives its exit status and what it told as JSON."""

    def call(*arguments: object) -> tuple[int, Any]:
        capsys.readouterr()
        status = main([*map(str, arguments), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return call


Run = Callable[..., tuple[int, Any]]


def files(library: SmallLibrary) -> set[str]:
    """Every file of the library, what was put aside included."""
    return {str(path.relative_to(library.root)) for path in library.root.rglob("*") if path.is_file()}


def test_what_was_read_is_told_with_its_place_and_what_to_confirm(add: Add, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(add("parks.md", PARKS))]) == 0
    out = capsys.readouterr().out
    assert "读入 originals/parks.md：《松江区园区管理规定》，2 条，编号 parks@2026-01-01" in out
    assert "施行日：2026-01-01（第 5 行）\n" in out
    assert "文号：没有读到  ← 请确认" in out


def test_a_dry_run_shows_the_words_that_change(add: Add, run: Run, library: SmallLibrary) -> None:
    main([])
    changed = "# 创新券管理办法\n第一条 企业和团队可以申领创新券。\n第二条 每家企业每年不超过50万元。\n"
    changed += "第三条 本办法自2025年1月1日起施行。\n"
    status, told = run(add("vouchers.md", changed), "--dry-run")
    assert status == 0
    kinds = {change["ref"]: change["kind"] for change in told["changes"]}
    assert kinds == {"sj-vouchers@2025-01-01#art-2": "changed", "sj-vouchers@2025-01-01#art-3": "added"}
    words = told["changes"][0]["words"]
    assert [w for w in words if w["op"] != "equal"] == [{"op": "delete", "text": "2"}, {"op": "insert", "text": "5"}]
    assert "originals" not in {path.split("/")[0] for path in files(library)}


def test_a_clause_that_only_moved_is_told_as_moved(run: Run, library: SmallLibrary) -> None:
    main([])
    body = "第一条 企业和团队可以申领创新券。\n\n第二条 先到先得。\n\n第三条 每家企业每年不超过20万元。\n"
    library.write("sj-vouchers", body, title="创新券管理办法")
    _, told = run("--dry-run")
    assert {change["ref"].split("#")[1]: change["kind"] for change in told["changes"]} == {
        "art-2": "added",
        "art-3": "moved",
    }
    assert told["moved"] == [{"from": "sj-vouchers@2025-01-01#art-2", "to": "sj-vouchers@2025-01-01#art-3"}]


def test_the_words_are_coloured_only_on_a_terminal(
    library: SmallLibrary, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main([])
    body = "第一条 企业和团队可以申领创新券。\n\n第二条 每家企业每年不超过50万元。\n"
    library.write("sj-vouchers", body, title="创新券管理办法")
    capsys.readouterr()
    main(["--dry-run"])
    assert "不超过【删：2】【增：5】0万元" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["--dry-run"])
    assert "不超过\033[31m2\033[0m\033[32m5\033[0m0万元" in capsys.readouterr().out


def test_a_folder_stands_for_the_documents_in_it(add: Add, run: Run, library: SmallLibrary) -> None:
    add("甲 券😀.md", PARKS)
    folder = add("more/乙.txt", "乙办法\n第一条 一。\n").parent.parent
    status, told = run(folder)
    assert (status, [document["file"] for document in told["read"]]) == (
        0,
        ["originals/乙.txt", "originals/甲 券😀.md"],
    )


def test_a_side_file_comes_along(add: Add, run: Run, library: SmallLibrary) -> None:
    add("parks.yaml", "number: 松测规〔2026〕1号\n")
    run(add("parks.md", PARKS))
    assert "originals/parks.yaml" in files(library)


def test_bad_files_are_refused_by_name_and_the_good_one_goes_in(
    add: Add, run: Run, library: SmallLibrary, snapshots: Snapshots
) -> None:
    bomb = add("bomb.docx", b"")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 80_000_000)
    bad = [
        add("empty.md", ""),
        add("picture.md", bytes(range(256)) * 40),
        add("program.pdf", b"MZ\x90\0" * 100),
        add("broken.pdf", b"%PDF-1.7\n1 0 obj"),
        bomb,
        add("notes.exe", "第一条 一。"),
        add(".hidden.md", PARKS),
        add("README.md", PARKS),
        add("nowhere.md", "").with_name("gone.md"),
    ]
    status, told = run(*bad, add("parks.md", PARKS))
    assert status == 1
    named = [Path(line.split(": ")[0].rpartition(":")[0]).name for line in told["refused"]]
    assert named == [path.name for path in bad]
    assert [document["file"] for document in told["read"]] == ["originals/parks.md"]
    assert told["published"] == snapshots.current()
    assert {path for path in files(library) if path.startswith("originals")} == {"originals/parks.md"}


@pytest.fixture
def snapshots(settings: Settings) -> Snapshots:
    return Snapshots(settings)


def test_a_name_that_climbs_out_is_filed_under_its_last_part(add: Add, run: Run, library: SmallLibrary) -> None:
    path = add("a/parks.md", PARKS)
    run(path.parent / ".." / "a" / "parks.md")
    assert "originals/parks.md" in files(library)


@pytest.mark.parametrize(
    ("second", "content", "reason"),
    [
        ("other.md", PARKS, "内容相同"),
        ("b/parks.md", PARKS + "第三条 三。\n", "同名"),
        ("other.md", PARKS.replace("登记", "备案"), "标题（松江区园区管理规定）相同"),
    ],
)
def test_two_that_are_the_same_are_not_both_taken(
    add: Add, run: Run, library: SmallLibrary, second: str, content: str, reason: str
) -> None:
    status, told = run(add("parks.md", PARKS), add(second, content))
    assert status == 1
    assert reason in told["refused"][0]
    assert [document["file"] for document in told["read"]] == ["originals/parks.md"]


def test_two_with_one_number_are_not_both_taken(add: Add, run: Run) -> None:
    one = add("a.md", "# 甲办法\n松测规〔2026〕1号\n第一条 一。\n")
    other = add("b.md", "# 乙办法\n松测规〔2026〕1号\n第一条 二。\n")
    status, told = run(one, other)
    assert (status, "文号（松测规〔2026〕1号）相同" in told["refused"][0]) == (1, True)


def test_two_dated_versions_of_one_policy_are_both_taken(add: Add, run: Run) -> None:
    one, other = add("a.md", PARKS), add("b.md", PARKS.replace("2026年1月1日", "2027年1月1日"))
    status, told = run(one, other)
    assert (status, [document["key"] for document in told["read"]]) == (0, ["a@2026-01-01", "a@2027-01-01"])
    statuses = {row["key"]: row["status"] for row in run("--list", "--as-of", "2027-01-01")[1]["policies"]}
    assert (statuses["a@2026-01-01"], statuses["a@2027-01-01"]) == ("replaced", "in_force")


def test_a_version_that_comes_later_leaves_the_references_to_the_first_as_they_were(add: Add, run: Run) -> None:
    run(add("b.md", PARKS))
    told = run(add("a.md", PARKS.replace("2026年1月1日", "2027年1月1日")))[1]
    assert [document["key"] for document in told["read"]] == ["b@2027-01-01"]
    assert told["removed"] == told["changed"] == []


def test_two_of_one_title_from_two_places_stay_two_policies(add: Add, run: Run) -> None:
    text = "# 科技企业奖励办法\n松江区{0}人民政府\n第一条 一。\n第二条 本办法自{1}年1月1日起施行。\n松江区{0}人民政府\n{1}年1月1日\n"
    status, told = run(add("a.md", text.format("九亭镇", 2025)), add("b.md", text.format("车墩镇", 2026)))
    assert (status, [document["key"] for document in told["read"]]) == (0, ["a@2025-01-01", "b@2026-01-01"])


def test_a_second_text_of_one_version_is_refused_and_not_left_in_the_library(
    add: Add, run: Run, library: SmallLibrary
) -> None:
    text = "# 创新券管理办法\n第一条 一。\n第二条 本办法自2025年1月1日起施行。\n"
    assert run(add("a.md", text))[0] == 0
    status, told = run(add("b.md", text.replace("一。", "二。")))
    assert status == 1
    assert "与 originals/a.md 是同一政策的同一版本" in told["refused"][0]
    assert "originals/b.md" not in files(library)
    assert run()[1]["refused"] == []


def test_where_nothing_can_be_published_nothing_is_filed(add: Add, run: Run, library: SmallLibrary) -> None:
    main([])
    library.write("sj-broken", "没有条款\n").write_text("---\ntitle: 一\n---\n第一条 二。\n", encoding="utf-8")
    before = files(library)
    status, told = run(add("parks.md", PARKS))
    assert (status, told["published"]) == (1, None)
    assert files(library) == before


@pytest.mark.parametrize("place", ["build_collection", "write_store", "_verify"])
def test_a_full_disk_leaves_library_and_index_as_they_were(
    add: Add, library: SmallLibrary, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    main([str(add("parks.md", PARKS))])
    before, published = files(library), snapshots.current()
    text = (library.root / "originals/parks.md").read_text(encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "vectors.npy")

    monkeypatch.setattr(build, place, full)
    assert main([str(add("parks.md", PARKS.replace("登记", "备案"))), "--remove", "sj-incubators"]) == 1
    assert files(library) == before
    assert (library.root / "originals/parks.md").read_text(encoding="utf-8") == text
    assert snapshots.current() == published


def test_a_disk_that_is_full_while_filing_leaves_no_half_file(
    add: Add, library: SmallLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    main([])
    before = files(library)

    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:10])
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(intake.shutil, "copyfile", full)
    assert main([str(add("parks.md", PARKS))]) == 1
    assert files(library) == before


def test_a_collection_gets_the_id_by_which_the_library_knows_the_document(
    add: Add, run: Run, library: SmallLibrary
) -> None:
    side = library.root / "collections.yaml"
    side.write_text(
        "collections:\n  - name: 一套\n    description: 甲\n    policies: [sj-incubators]\n", encoding="utf-8"
    )
    text = "# 创新券管理办法\n第一条 一。\n第二条 本办法自2025年1月1日起施行。\n"
    assert run(add("v.md", text), "--collection", "一套")[0] == 0
    assert "- sj-vouchers  # 创新券管理办法" in side.read_text(encoding="utf-8")


def test_removing_takes_digest_and_original_out(add: Add, run: Run, library: SmallLibrary) -> None:
    run(add("v.md", "# 创新券管理办法\n第一条 一。\n第二条 本办法自2025年1月1日起施行。\n"))
    status, told = run("--remove", "sj-vouchers@2025-01-01")
    assert status == 0
    assert not {"originals/v.md", "policies/sj-vouchers/2025-01-01.md"} & files(library)
    assert {change["kind"] for change in told["changes"]} == {"removed"}


def test_a_rule_whose_clause_the_official_text_lacks_is_told(add: Add, run: Run, library: SmallLibrary) -> None:
    rules = library.root / "rules"
    rules.mkdir()
    fact = "  - id: seats\n    label: 席位\n    type: count\n    ask: 多少\n    ref: sj-vouchers#art-9\n"
    (rules / "facts.yaml").write_text("facts:\n" + fact, encoding="utf-8")
    _, told = run(add("v.md", "# 创新券管理办法\n第一条 一。\n第二条 本办法自2025年1月1日起施行。\n"))
    assert any("sj-vouchers#art-9 不在知识库里" in warning for warning in told["warnings"])
