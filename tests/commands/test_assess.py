"""`python -m assistant assess` reads a file of facts and tells the verdict."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from assistant.commands.assess import FactsFileError, add_assess, assess
from assistant.rules.rulebook import UnknownProgramme
from assistant.settings import Settings


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_assess(parser.add_subparsers())
    return assess(Settings(), parser.parse_args(["assess", *words, "--as-of", "2026-11-23"]))


def written(tmp_path: Path, text: str) -> str:
    file = tmp_path / "facts.json"
    file.write_text(text, encoding="utf-8")
    return str(file)


COMPANY = '{"transfer_income": 8000000.5, "legal_form": "company", "registered_place": "songjiang"}'


def test_the_verdict_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("技术转让", "--facts", written(tmp_path, COMPANY)) == 0
    assert "应纳企业所得税" in capsys.readouterr().out


def test_the_verdict_is_told_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("技术转让", "--facts", written(tmp_path, COMPANY), "--json") == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "eligible"


def test_a_report_is_written_on_demand(tmp_path: Path) -> None:
    assert run("技术转让", "--facts", written(tmp_path, COMPANY), "--out", str(tmp_path / "report.docx")) == 0
    assert (tmp_path / "report.docx").stat().st_size > 0


def test_an_unknown_programme_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownProgramme, match="高新技术企业认定"):
        run("火星移民", "--facts", written(tmp_path, COMPANY))


@pytest.mark.parametrize(("text", "message"), [("{", "不是合格的 JSON"), ("[1]", "应是一个对象")])
def test_a_file_that_holds_no_facts_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FactsFileError, match=message):
        run("技术转让", "--facts", written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsFileError, match="读不出来"):
        run("技术转让", "--facts", str(tmp_path / "none.json"))
