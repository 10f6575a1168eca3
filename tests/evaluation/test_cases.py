"""The cases themselves are data, and data is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.documents.library import read_library
from assistant.errors import DocumentError, SettingError
from assistant.evaluation.cases import Suite, load_floors, load_suites, select

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
SUITES = load_suites()
LEAST = {"manipulation": 120, "eligibility": 40}


@pytest.fixture(scope="module")
def refs() -> set[str]:
    """Every policy, clause and part of the knowledge base, without versions."""
    known: set[str] = set()
    for document in read_library(KNOWLEDGE).documents:
        policy = document.version.policy
        known.add(policy)
        for clause in document.clauses:
            known.add(f"{policy}#{clause.id}")
            known.update(f"{policy}#{part.id}" for part in clause.parts)
            known.update(f"{policy}#{clause.id}.{part.id}" for part in clause.parts)
    return known


def test_there_are_at_least_320_cases() -> None:
    assert sum(len(suite.cases) for suite in SUITES) >= 320


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_a_suite_is_large_enough_to_tell_something(suite: Suite) -> None:
    assert len(suite.cases) >= LEAST.get(suite.name, 10)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_a_case_is_named_after_its_suite_and_asks_something_new(suite: Suite) -> None:
    prefix = suite.name.rsplit("_", maxsplit=1)[-1]
    assert [case.id for case in suite.cases if not case.id.startswith(f"{prefix}-")] == []
    conversations = [(*case.turns, str(case.as_of)) for case in suite.cases]
    assert len(set(conversations)) == len(conversations)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_every_clause_that_a_case_wants_is_in_the_knowledge_base(suite: Suite, refs: set[str]) -> None:
    wanted = {f"{case.id}: {ref}": ref for case in suite.cases for ref in case.cite}
    assert [where for where, ref in wanted.items() if not _known(ref, refs)] == []


def _known(wanted: str, refs: set[str]) -> bool:
    return wanted in refs or any(ref.startswith(f"{wanted}.") for ref in refs)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_a_case_that_expects_an_answer_says_what_it_holds(suite: Suite) -> None:
    judged = [
        case for case in suite.cases if "answered" in case.status and suite.name not in ("refusal", "manipulation")
    ]
    assert [
        case.id for case in judged if not (case.must or case.lead or case.must_not or case.cite or case.verdict)
    ] == []


def test_every_suite_has_a_floor_that_it_can_reach() -> None:
    sizes = {suite.name: len(suite.cases) for suite in SUITES}
    floors = load_floors()
    assert floors.keys() == sizes.keys()
    assert [name for name, floor in floors.items() if not 0 <= floor <= sizes[name]] == []


def test_an_unknown_suite_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(SettingError, match="factual"):
        select(SUITES, "nonsense")


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("{id: a, turns: [问], status: [happy]}", "取值"),
        ("{id: a, turns: [问], status: [answered], musst: [甲]}", "不认识的键"),
        ("{id: a, turns: [问], status: [answered], must: [5]}", "应为文字"),
    ],
)
def test_a_case_with_a_mistake_is_refused_by_file_and_line(tmp_path: Path, case: str, message: str) -> None:
    file = tmp_path / "suite.yaml"
    file.write_text(f"about: x\nas_of: 2026-11-23\ncases:\n  - {case}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=message) as error:
        load_suites(tmp_path)
    assert error.value.line == 4


def test_an_id_used_in_two_files_is_refused(tmp_path: Path) -> None:
    text = "about: x\nas_of: 2026-11-23\ncases:\n  - {id: same, turns: [问], status: [answered]}\n"
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match="same"):
        load_suites(tmp_path)
