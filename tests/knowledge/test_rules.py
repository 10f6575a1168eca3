"""The shipped rules give the verdicts that the policies call for, and rest on the clauses that they cite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.documents.calendar import load_calendar
from assistant.documents.library import read_library
from assistant.documents.offices import Offices
from assistant.rules.evaluate import evaluate
from assistant.rules.model import Result, Verdict
from assistant.rules.references import check_references, figures
from assistant.rules.rulebook import Rulebook, load_rulebook
from assistant.rules.values import FactsRefused

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
CASES = Path(__file__).parent / "cases"


@cache
def rulebook() -> Rulebook:
    return load_rulebook(KNOWLEDGE / "rules")


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for number, case in enumerate(content["cases"], start=1):
            common = {"programme": content.get("programme"), "as_of": content["as_of"]}
            facts = {**content.get("base", {}), **case.get("facts", {})}
            yield pytest.param({**common, **case, "facts": facts}, id=f"{file.stem}-{number}-{case['name']}")


def verdict_of(case: dict[str, Any]) -> Verdict:
    return evaluate(rulebook(), case["programme"], case["facts"], case["as_of"])


def results(verdict: Verdict, result: Result) -> set[str]:
    return {criterion.id for criterion in verdict.criteria if criterion.result is result}


@pytest.mark.parametrize("case", list(cases()))
def test_a_company_gets_the_verdict_of_the_policy(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(FactsRefused) as refusal:
            verdict_of(case)
        assert {problem.fact for problem in refusal.value.problems} == set(case["refused"])
        return
    verdict = verdict_of(case)
    assert verdict.outcome == case["verdict"], verdict.summary
    assert results(verdict, Result.FAIL) == set(case.get("fails", ()))
    if "unknown" in case:
        assert results(verdict, Result.UNKNOWN) == set(case["unknown"])
    assert set(case.get("missing", ())) <= set(verdict.missing)
    assert not set(case.get("not_missing", ())) & set(verdict.missing)
    gaps = {leaf.id: leaf.gap.text for top in verdict.criteria for leaf in top.leaves() if leaf.gap}
    for ident, text in case.get("gaps", {}).items():
        assert text in gaps[ident]
    benefits = {benefit.id: benefit.text for benefit in verdict.benefits}
    for ident, text in case.get("benefits", {}).items():
        assert text == benefits[ident]
    scores = {score.id: [int(score.low), int(score.high)] for score in verdict.scores}
    for ident, points in case.get("scores", {}).items():
        assert scores[ident] == points


def test_telling_less_never_makes_a_failing_company_eligible() -> None:
    for failing in [param.values[0] for param in cases() if param.values[0].get("verdict") == "not_eligible"]:
        for forgotten in failing["facts"]:
            told = {name: value for name, value in failing["facts"].items() if name != forgotten}
            try:
                verdict = verdict_of({**failing, "facts": told})
            except FactsRefused:
                continue
            assert verdict.outcome != "eligible", (failing["name"], forgotten)


def test_there_are_cases_on_each_side_of_the_bounds() -> None:
    assert len(list(cases())) >= 250


def test_every_cited_clause_is_there_and_every_figure_stands_in_it() -> None:
    assert [str(problem) for problem in check_references(rulebook(), read_library(KNOWLEDGE).documents)] == []


def test_every_programme_with_conditions_in_figures_has_figures_to_prove() -> None:
    proved = {ident for ident, programme in rulebook().programmes.items() if list(figures(programme))}
    assert set(rulebook().programmes) - proved == {"srdi-innovative"}


def test_every_window_of_a_programme_is_in_the_calendar() -> None:
    known = {window.programme for window in load_calendar(KNOWLEDGE / "calendar.yaml")}
    assert {window for programme in rulebook().programmes.values() for window in programme.windows} <= known


def test_every_office_of_a_programme_is_known() -> None:
    offices = Offices.load(KNOWLEDGE / "offices.yaml")
    assert [p.office for p in rulebook().programmes.values() if offices.get(p.office) is None] == []


def test_no_alias_names_two_programmes() -> None:
    names = [name for p in rulebook().programmes.values() for name in {p.programme, p.name, *p.aliases}]
    assert sorted(names) == sorted(set(names))


def test_every_fact_that_a_rule_asks_for_has_a_question() -> None:
    facts = rulebook().facts
    for programme in rulebook().programmes.values():
        verdict = evaluate(rulebook(), programme.programme, {}, date(2024, 6, 1))
        for name in verdict.missing:
            assert facts[name].ask, name


@pytest.mark.parametrize("day", [date(2024, 6, 1), date(2025, 11, 17), date(2026, 11, 23), date(2028, 1, 1)])
@pytest.mark.parametrize("programme", sorted(load_rulebook(KNOWLEDGE / "rules").programmes))
def test_a_company_of_which_nothing_is_known_is_never_eligible(programme: str, day: date) -> None:
    assert evaluate(rulebook(), programme, {}, day).outcome != "eligible"
