"""`python -m assistant compile`."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from assistant.commands import compile as command
from assistant.documents.compilation import pdf
from assistant.errors import AssistantError
from assistant.settings import Settings


def run(settings: Settings, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments), settings)


def test_the_page_is_written_and_the_number_of_policies_told(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(settings, "--out", str(tmp_path / "汇编.html")) == 0
    assert "孵化器奖励办法" in (tmp_path / "汇编.html").read_text(encoding="utf-8")
    assert "政策 2 项，截至 2026-11-23" in capsys.readouterr().err


def test_without_a_printer_the_word_file_comes_and_the_pdf_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "printer", lambda: None)
    assert run(settings, "--out", str(tmp_path / "a.docx")) == 0
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
    with pytest.raises(AssistantError, match=r"LibreOffice.*\.docx、\.html"):
        run(settings, "--out", str(tmp_path / "a.pdf"))
    assert [file.name for file in tmp_path.glob("*.pdf")] == []


def test_a_failed_write_leaves_the_old_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.html"
    out.write_text("old", encoding="utf-8")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AssistantError, match=r"写不了 .*a\.html"):
        run(settings, "--out", str(out))
    assert out.read_text(encoding="utf-8") == "old"


def test_a_name_without_a_known_ending_or_a_folder_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match=r"汇编\.doc：文件名应以 \.docx、\.html、\.pdf 之一结尾"):
        run(settings, "--out", str(tmp_path / "汇编.doc"))
    with pytest.raises(AssistantError, match="不存在，请先建立"):
        run(settings, "--out", str(tmp_path / "nowhere" / "a.html"))
