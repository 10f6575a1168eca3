"""`python ingest.py`, as staff use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.ingest import main
from assistant.index import build
from assistant.index.snapshot import Snapshots
from assistant.settings import Settings
from tests.conftest import Commands, SmallLibrary


@pytest.fixture(autouse=True)
def _environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ASSISTANT_LIBRARY_DIR", str(settings.library_dir))
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-23")


@pytest.fixture
def snapshots(settings: Settings) -> Snapshots:
    return Snapshots(settings)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A document that staff would like to add."""
    file = tmp_path / "inbox" / "parks.md"
    file.parent.mkdir()
    file.write_text("# 松江区园区管理规定\n\n第一条 园区应当登记。\n", encoding="utf-8")
    return file


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_ingest_publishes_and_says_what_is_new(capsys: pytest.CaptureFixture[str], snapshots: Snapshots) -> None:
    assert main([]) == 0
    out = capsys.readouterr().out
    assert "知识库：3 份政策文件，6 条。" in out
    assert "新增 6 条，修改 0 条，删除 0 条，未变 0 条" in out
    assert f"已发布：{snapshots.current()}" in out
    assert main([]) == 0
    assert "没有变化，无需重新发布。" in capsys.readouterr().out


def test_ingest_as_json(capsys: pytest.CaptureFixture[str], snapshots: Snapshots) -> None:
    assert main(["--json"]) == 0
    result = told(capsys)
    assert result["published"] == snapshots.current()
    assert result["dry_run"] is False
    assert (result["versions"], result["clauses"], result["embedded"]) == (3, 6, 7)
    assert result["added"][0] == "sj-incubators@2020-01-01#art-1"
    assert result["refused"] == result["warnings"] == result["changed"] == result["removed"] == []


def test_a_dry_run_shows_the_change_and_publishes_nothing(
    capsys: pytest.CaptureFixture[str], library: SmallLibrary, snapshots: Snapshots
) -> None:
    main([])
    before = snapshots.current()
    body = "第一条 企业和团队可以申领创新券。\n\n第二条 每年不超过50万元。\n"
    library.write("sj-vouchers", body, title="创新券管理办法")
    capsys.readouterr()
    assert main(["--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "修改 sj-vouchers@2025-01-01：1 条" in out
    assert "这是预览，没有发布。" in out
    assert snapshots.current() == before


def test_a_document_is_added_and_published(
    capsys: pytest.CaptureFixture[str], document: Path, library: SmallLibrary
) -> None:
    assert main([str(document), "--json"]) == 0
    assert "parks@undated#art-1" in told(capsys)["added"]
    assert (library.root / "originals" / "parks.md").read_bytes() == document.read_bytes()


def test_adding_can_be_rehearsed(capsys: pytest.CaptureFixture[str], document: Path, library: SmallLibrary) -> None:
    main([])
    capsys.readouterr()
    assert main([str(document), "--dry-run", "--json"]) == 0
    result = told(capsys)
    assert (result["added"], result["published"]) == (["parks@undated#art-1"], None)
    assert not (library.root / "originals").exists()


def test_a_document_of_the_same_name_makes_room_and_is_not_lost(document: Path, library: SmallLibrary) -> None:
    main([str(document)])
    document.write_text("# 松江区园区管理规定\n\n第一条 园区应当备案。\n", encoding="utf-8")
    assert main([str(document)]) == 0
    assert "备案" in (library.root / "originals" / "parks.md").read_text(encoding="utf-8")
    (earlier,) = (library.root / ".removed").rglob("parks.md")
    assert "登记" in earlier.read_text(encoding="utf-8")


def test_a_document_that_cannot_be_read_is_refused_and_the_rest_is_published(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, snapshots: Snapshots
) -> None:
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    assert main([str(tmp_path / "empty.md"), str(tmp_path / "nowhere.md"), "--json"]) == 1
    result = told(capsys)
    assert [message.split(": ", 1)[1] for message in result["refused"]] == [
        "文件是空的；请放入内容或移走它",
        "文件不存在，请检查路径",
    ]
    assert result["published"] == snapshots.current()


def test_a_broken_policy_is_refused_by_name_and_line(
    capsys: pytest.CaptureFixture[str], library: SmallLibrary, snapshots: Snapshots
) -> None:
    main([])
    before = snapshots.current()
    file = library.write("sj-vouchers", "第一条 一。\n")
    file.write_text(file.read_text(encoding="utf-8").replace("topics:", "topic:"), encoding="utf-8")
    capsys.readouterr()
    assert main([]) == 1
    out = capsys.readouterr().out
    assert "policies/sj-vouchers/2025-01-01.md:12: topic：不认识的键" in out
    assert "没有发布，原索引不变。" in out
    assert "删除" not in out
    assert snapshots.current() == before


def test_a_policy_is_removed_by_name(
    capsys: pytest.CaptureFixture[str], library: SmallLibrary, snapshots: Snapshots
) -> None:
    main([])
    capsys.readouterr()
    assert main(["--remove", "sj-vouchers@2023-01-01", "--json"]) == 0
    assert told(capsys)["removed"] == ["sj-vouchers@2023-01-01#art-1", "sj-vouchers@2023-01-01#art-2"]
    assert not (library.root / "policies/sj-vouchers/2023-01-01.md").exists()
    (moved,) = (library.root / ".removed").rglob("2023-01-01.md")
    assert "10万元" in moved.read_text(encoding="utf-8")


def test_removing_can_be_rehearsed(
    capsys: pytest.CaptureFixture[str], library: SmallLibrary, snapshots: Snapshots
) -> None:
    main([])
    before = snapshots.current()
    capsys.readouterr()
    assert main(["--remove", "sj-vouchers", "--dry-run", "--json"]) == 0
    assert len(told(capsys)["removed"]) == 4
    assert (library.root / "policies/sj-vouchers/2025-01-01.md").exists()
    assert snapshots.current() == before


def test_removing_what_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--remove", "sj-nothing"]) == 1
    assert "知识库里没有 sj-nothing" in capsys.readouterr().err


def test_rollback_goes_back_and_says_so(
    capsys: pytest.CaptureFixture[str], library: SmallLibrary, snapshots: Snapshots
) -> None:
    main([])
    first = snapshots.current()
    library.write("sj-more", "第一条 一。\n")
    main([])
    capsys.readouterr()
    assert main(["--rollback", "--json"]) == 0
    assert told(capsys) == {"published": first}
    assert main(["--rollback"]) == 1
    assert "没有更早的版本可以恢复" in capsys.readouterr().err


def test_check_reads_without_an_index(
    capsys: pytest.CaptureFixture[str], library: SmallLibrary, settings: Settings
) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out.endswith("全部合格。\n")
    library.write("sj-void", "第一条 一。\n", replaces="sj-nothing")
    assert main(["--check", "--json"]) == 1
    assert "sj-nothing 在库里不存在" in told(capsys)["refused"][0]
    assert not settings.data_dir.exists()


def test_list_tells_the_status_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list", "--json"]) == 0
    result = told(capsys)
    assert result["as_of"] == "2026-11-23"
    assert {row["key"]: row["status"] for row in result["policies"]} == {
        "sj-incubators@2020-01-01": "expired",
        "sj-vouchers@2023-01-01": "replaced",
        "sj-vouchers@2025-01-01": "in_force",
    }
    assert main(["--list", "--as-of", "2024-06-01"]) == 0
    out = capsys.readouterr().out
    assert "现行有效\tsj-vouchers@2023-01-01\t《创新券管理办法》" in out
    assert "尚未施行\tsj-vouchers@2025-01-01" in out


@pytest.mark.parametrize("arguments", [["--no-such-flag"], ["--list", "--as-of", "tomorrow"], ["--remove"]])
def test_a_wrong_command_line_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


def test_a_library_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--library", str(tmp_path / "nowhere"), "--json"]) == 1
    assert "不存在" in told(capsys)["error"]


def test_a_full_disk_is_reported_plainly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "vectors.npy")

    monkeypatch.setattr(build, "build_collection", full)
    assert main([]) == 1
    assert "读写文件失败：No space left on device（vectors.npy）" in capsys.readouterr().err


def test_a_second_ingest_at_the_same_time_says_busy(commands: Commands, snapshots: Snapshots) -> None:
    with snapshots.lock():
        second = commands.run("ingest.py")
    assert second.returncode == 1
    assert "另一个更新正在进行" in second.stderr
    assert commands.run("ingest.py").returncode == 0


@pytest.mark.slow
def test_of_two_ingests_at_once_one_publishes_and_both_tell_the_truth(commands: Commands, snapshots: Snapshots) -> None:
    processes = [commands.start("ingest.py", "--json") for _ in range(2)]
    results = [process.communicate(timeout=120) for process in processes]
    told = [json.loads(out) for out, _ in results]
    made = [result["published"] for result in told if result.get("published")]
    assert made == snapshots.ids() == [snapshots.current()]
    for process, result in zip(processes, told, strict=True):
        busy = "error" in result and "另一个更新正在进行" in result["error"]
        assert (process.returncode == 1) == busy
