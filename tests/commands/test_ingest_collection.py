"""`python ingest.py FILES --collection NAME`: official texts go into a set by one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.commands.ingest import main
from assistant.documents.collections import load_collections
from assistant.settings import Settings

COLLECTIONS = 'collections:\n  - name: "1+3"  # 还缺正文\n    description: 一套\n'


@pytest.fixture(autouse=True)
def _library(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ASSISTANT_LIBRARY_DIR", str(settings.library_dir))
    (settings.library_dir / "collections.yaml").write_text(COLLECTIONS, encoding="utf-8")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two official texts as they come from the commission."""
    texts = {
        "全链条意见.txt": "松江区全链条意见\n\n第一条 支持研发。\n",
        "配套办法.md": "# 松江区配套办法\n\n第一条 支持载体。\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in texts]


def members(settings: Settings) -> tuple[str, ...]:
    return load_collections(settings.library_dir / "collections.yaml")[0].policies


def test_the_texts_are_filed_entered_and_published(
    files: list[str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files, "--collection", "1+3"]) == 0
    assert "已发布" in capsys.readouterr().out
    assert members(settings) == ("全链条意见", "配套办法")
    assert {file.name for file in (settings.library_dir / "originals").iterdir()} == {"全链条意见.txt", "配套办法.md"}
    assert "# 还缺正文" in (settings.library_dir / "collections.yaml").read_text(encoding="utf-8")


def test_a_dry_run_changes_nothing(files: list[str], settings: Settings) -> None:
    assert main([*files, "--collection", "1+3", "--dry-run"]) == 0
    assert members(settings) == ()
    assert not (settings.library_dir / "originals").exists()


def test_a_set_that_is_not_there_is_refused_before_anything_is_copied(
    files: list[str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files, "--collection", "1+4"]) == 1
    assert "“1+4”" in capsys.readouterr().err
    assert not (settings.library_dir / "originals").exists()
