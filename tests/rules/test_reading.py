"""A rule file with a mistake is refused with its line and what to do. Each broken sample holds one mistake."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant.documents.library import read_library
from assistant.errors import DocumentError
from assistant.rules.references import check_references
from assistant.rules.rulebook import Rulebook, UnknownProgramme, load_rulebook

SAMPLE = Path(__file__).parent / "sample"
BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("facts.yaml", "sample.yaml"):
        shutil.copy(SAMPLE / name, tmp_path / name)
    return tmp_path


def problems(rulebook: Rulebook) -> list[str]:
    documents = read_library(SAMPLE).documents
    return [f"{problem.line}：{problem.message}" for problem in check_references(rulebook, documents)]


def changed(folder: Path, old: str, new: str) -> Rulebook:
    file = folder / "sample.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return load_rulebook(folder)


def test_the_sample_without_a_mistake_is_read(folder: Path) -> None:
    assert set(load_rulebook(folder).programmes) == {"sample"}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_refused_with_its_line_and_remedy(broken: Path, folder: Path) -> None:
    text = broken.read_text(encoding="utf-8")
    expected = re.fullmatch(r"# (\d+)：(.+)", text.split("\n", 1)[0])
    assert expected
    name = "facts.yaml" if broken.stem.startswith("facts-") else "sample.yaml"
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as refusal:
        load_rulebook(folder)
    assert (refusal.value.file.name, refusal.value.line) == (name, int(expected[1]))
    assert expected[2] in refusal.value.message


def test_every_figure_of_the_sample_stands_in_its_clause(folder: Path) -> None:
    assert problems(load_rulebook(folder)) == []


def test_a_cited_clause_that_is_not_there_is_named_with_its_line(folder: Path) -> None:
    rulebook = changed(folder, 'label: 没有处罚, ref: "law#art-1"', 'label: 没有处罚, ref: "law#art-9"')
    assert problems(rulebook) == ["42：引用的条款 law#art-9 不在知识库里；请核对政策编号和条款编号"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 365天", "value: 366天"),
        ("value: 5%", "value: 6%"),
        ("value: 60分", "value: 70分"),
        ("points: 60", "points: 61"),
        ("at_least: 2项", "at_least: 3项"),
        ("maximum: 100分", "maximum: 90分"),
    ],
)
def test_a_figure_that_is_not_in_the_cited_clause_is_found(folder: Path, old: str, new: str) -> None:
    assert any("没有找到" in problem for problem in problems(changed(folder, old, new)))


def test_a_policy_that_is_not_in_the_library_is_named(folder: Path) -> None:
    rulebook = changed(folder, "policies: [law]", "policies: [law, lore]")
    assert problems(rulebook) == ["6：政策 lore 不在知识库里"]


def test_a_programme_is_found_by_its_name_and_an_unknown_one_is_told(folder: Path) -> None:
    rulebook = load_rulebook(folder)
    assert rulebook.find("样例").programme == "sample"
    with pytest.raises(UnknownProgramme, match="没有“别的”的判断规则；可以判断的有：样例"):
        rulebook.find("别的")
