"""Run the suites against the published index and tell, suite by suite, what was right and what was not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingError
from assistant.evaluation.baseline import FirstClause, Respondent
from assistant.evaluation.cases import Case, Suite, load_floors, load_suites, select
from assistant.evaluation.judge import Fault, judge
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answer.model import Answer

DONE, BELOW_FLOOR = 0, 1
STATUTES = "statutes"
CHECKER = "checker"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, the answer that was given and what is wrong with it."""

    case: Case
    answer: Answer
    faults: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.case.id,
            "turns": list(self.case.turns),
            "status": str(self.answer.status),
            "reasons": [str(fault) for fault in self.faults],
            "text": self.answer.text,
            "citations": [citation.found.ref for citation in self.answer.citations],
        }


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What became of a suite; `baseline` is how many of its cases the baseline has right."""

    suite: Suite
    outcomes: tuple[Outcome, ...]
    baseline: int = 0

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.faults)

    @property
    def right(self) -> int:
        return len(self.outcomes) - len(self.wrong)

    def as_json(self) -> dict[str, Any]:
        return {
            "suite": self.suite.name,
            "right": self.right,
            "total": len(self.outcomes),
            "baseline": self.baseline,
            "wrong": [outcome.as_json() for outcome in self.wrong],
        }


def run_eval(settings: Settings, suite: str | None = None, as_json: bool = False, statutes: str | None = None) -> int:
    """Run the suites and print the table; the exit status is 1 when a suite falls below its floor.

    Args:
        suite: the name of one suite; `statutes` is the retrieval benchmark over real laws, `checker` the benchmark of
            the verification.
        statutes: the folder of that benchmark; given alone, only that benchmark is run.

    Raises:
        SettingError: there is no suite of that name, or its folder was not given.
        IndexMissing: nothing has been published.
    """
    if suite == CHECKER:
        return _run_checker(settings, as_json)
    if suite == STATUTES or statutes:
        return _run_statutes(settings, statutes, as_json)
    from assistant.answer.chain import Assistant

    assistant = Assistant(settings)
    baseline = FirstClause(assistant.services().snapshot)
    results = [
        replace(run_suite(assistant, chosen), baseline=run_suite(baseline, chosen).right)
        for chosen in select(load_suites(), suite)
    ]
    below = below_floor(results, load_floors())
    print(json.dumps(_as_json(results, below), ensure_ascii=False, indent=1) if as_json else in_words(results, below))
    return BELOW_FLOOR if below else DONE


def run_suite(respondent: Respondent, suite: Suite) -> SuiteResult:
    """Ask every case of a suite."""
    outcomes = []
    for case in suite.cases:
        answer = respondent.converse(case.turns, as_of=suite.day(case))
        outcomes.append(Outcome(case, answer, judge(case, answer)))
    return SuiteResult(suite, tuple(outcomes))


def below_floor(results: Sequence[SuiteResult], floors: dict[str, int]) -> dict[str, int]:
    """The suites with fewer right answers than their floor, with that floor."""
    return {r.suite.name: floors[r.suite.name] for r in results if r.right < floors.get(r.suite.name, 0)}


def in_words(results: Sequence[SuiteResult], below: dict[str, int]) -> str:
    """The wrong answers with their reasons, then the table."""
    lines = [
        f"✗ {result.suite.name} {outcome.case.id}「{outcome.case.turns[-1][:60]}」{fault}"
        for result in results
        for outcome in result.wrong
        for fault in outcome.faults
    ]
    counts = [(r.right, len(r.outcomes), r.baseline) for r in results]
    right, total, baseline = (sum(column) for column in zip(*counts, strict=True))
    lines += ["", "| suite | right | total | % | baseline % |", "|---|---:|---:|---:|---:|"]
    lines += [_row(r.suite.name, *count) for r, count in zip(results, counts, strict=True)]
    lines.append(_row("total", right, total, baseline))
    lines += [f"{name} 低于下限：至少应答对 {floor} 题" for name, floor in below.items()]
    return "\n".join(lines)


def _row(name: str, right: int, total: int, baseline: int) -> str:
    return f"| {name} | {right} | {total} | {100 * right / total:.1f} | {100 * baseline / total:.1f} |"


def _as_json(results: Sequence[SuiteResult], below: dict[str, int]) -> dict[str, Any]:
    return {
        "right": sum(result.right for result in results),
        "total": sum(len(result.outcomes) for result in results),
        "below_floor": below,
        "suites": [result.as_json() for result in results],
    }


def _run_statutes(settings: Settings, folder: str | None, as_json: bool) -> int:
    if not folder:
        raise SettingError("法规检索评测需要数据目录，请加 --statutes 目录")
    from assistant.evaluation.statutes import run

    return run(settings, Path(folder), as_json)


def _run_checker(settings: Settings, as_json: bool) -> int:
    from assistant.evaluation import checker

    judged = checker.run(settings.library_dir)
    print(json.dumps(checker.as_json(judged), ensure_ascii=False, indent=1) if as_json else checker.in_words(judged))
    return DONE
