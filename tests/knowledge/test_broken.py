"""The shipped knowledge with one mistake each: refused with file, line and remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.commands.ingest import main
from tests.knowledge.shipped import KNOWLEDGE

MEASURES = "policies/cn-hnte-measures/2016-01-01.md"
VOUCHERS = "policies/sh-gaozhuan/2020-11-18.md"


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def without_source(root: Path) -> None:
    file = root / MEASURES
    lines = [line for line in file.read_text(encoding="utf-8").split("\n") if not line.startswith("source")]
    file.write_text("\n".join(lines), encoding="utf-8")


def twice(root: Path) -> None:
    shutil.copyfile(root / MEASURES, (root / MEASURES).with_suffix(".markdown"))


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Three of the shipped policies, with everything beside them."""
    for policy in ("cn-hnte-measures", "cn-hnte-measures-2008", "sh-gaozhuan"):
        shutil.copytree(KNOWLEDGE / "policies" / policy, tmp_path / "knowledge" / "policies" / policy)
    for file in KNOWLEDGE.glob("*.yaml"):
        shutil.copyfile(file, tmp_path / "knowledge" / file.name)
    return tmp_path / "knowledge"


@pytest.mark.parametrize(
    ("mistake", "where", "remedy"),
    [
        (twice, f"{MEASURES}:1:", "请只保留一份"),
        (replace(MEASURES, "effective: 2016-01-01", "effective: 2016-02-30"), f"{MEASURES}:10:", "日期不存在"),
        (replace(VOUCHERS, "expires: 2025-11-17", "expires: 2019-11-17"), f"{VOUCHERS}:11:", "早于施行日"),
        (replace(MEASURES, "cn-hnte-measures-2008", "cn-hnte-1998"), f"{MEASURES}:1:", "请先加入该政策或更正编号"),
        (replace(MEASURES, "number:", "nubmer:"), f"{MEASURES}:3:", "不认识的键"),
        (without_source, f"{MEASURES}:1:", "请填写 source"),
        (replace(MEASURES, "title:", "title: 甲\ntitle:"), f"{MEASURES}:3:", "请只保留一处"),
    ],
    ids=[
        "duplicate",
        "no such date",
        "ends before it begins",
        "replaces nothing",
        "unknown key",
        "no source",
        "key twice",
    ],
)
def test_a_mistake_is_refused_with_its_file_its_line_and_the_remedy(
    mistake: Callable[[Path], None],
    where: str,
    remedy: str,
    few: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    mistake(few)
    assert main(["--check", "--library", str(few)]) == 1
    told = [line for line in capsys.readouterr().out.splitlines() if remedy in line]
    assert told, remedy
    assert where in told[0] or where.replace(".md", ".markdown") in told[0]


def test_a_name_that_leads_nowhere_is_remarked(few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace("collections.yaml", "- cn-hnte-measures  #", "- cn-hnte-mesures  #")(few)
    replace(MEASURES, "ask: sh-hnte", "ask: sh-hntc")(few)
    assert main(["--check", "--library", str(few)]) == 0
    out = capsys.readouterr().out
    assert "collections.yaml:9: 政策编号 cn-hnte-mesures" in out
    assert "ask 里的部门 sh-hntc" in out
