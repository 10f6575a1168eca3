"""`python -m assistant search` with limits, and with names that are or are not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.ask import main
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def _shipped(shipped_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(shipped_settings.data_dir))
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-23")


def search(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["search", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (["--level", "district"], "other_level"),
        (["--region", "松江区"], "other_region"),
        (["--policy", "sj-hnte-reward"], "other_policy"),
        (["--collection", "1+3"], "other_collection"),
    ],
)
def test_a_search_keeps_to_its_limits_and_says_what_it_left_out(
    capsys: pytest.CaptureFixture[str], flags: list[str], reason: str
) -> None:
    found = search(capsys, "高新技术企业认定的条件", "-k", "8", *flags)
    assert found["hits"]
    assert reason in {rejected["reason"] for rejected in found["rejected"]}
    everywhere = search(capsys, "高新技术企业认定的条件", "-k", "8")
    assert not {h["ref"] for h in everywhere["hits"]} <= {h["ref"] for h in found["hits"]}


def test_only_what_is_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    found = search(capsys, "高新技术成果转化项目认定有效期", "--in-force")
    assert {hit["status"] for hit in found["hits"]} <= {"in_force", "unknown"}


def test_an_item_stands_in_the_path_of_its_article(capsys: pytest.CaptureFixture[str]) -> None:
    found = search(capsys, "32号文第十一条第五项", "-k", "3")
    first = found["hits"][0]
    assert (first["clause"], first["path"][-2:], first["how"]) == ("第十一条", ["第十一条", "（五）"], "direct")
    assert found["explained"][0].startswith("32号文 → 《高新技术企业认定管理办法》")


def test_what_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    (missing,) = search(capsys, "高企认定办法第九十九条")["missing"]
    assert (missing["said"], missing["last"]) == ("第九十九条", "第十九条")
    assert main(["search", "高企认定办法第九十九条"]) == 0
    assert "没有查到：《高新技术企业认定管理办法》第九十九条，最后一条是第十九条" in capsys.readouterr().out


def test_a_collection_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "创新券", "--collection", "没有的汇编"]) == 1
    assert "没有名为“没有的汇编”的汇编" in capsys.readouterr().err


def test_a_level_that_is_none_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["search", "创新券", "--level", "galactic"])
    assert exit_.value.code == 2


def test_an_index_that_is_missing_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    assert main(["search", "创新券"]) == 1
    assert "python ingest.py" in capsys.readouterr().err
