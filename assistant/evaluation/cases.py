"""The cases of the shipped evaluation: what is asked, and what a right answer holds.

One file of `cases/` is one suite, read strictly. The cases are written from the facts, not from what the assistant
happens to say; a case that turns out unfair is mended, one that the assistant fails stays.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from assistant.answer.model import AnswerStatus
from assistant.documents.strict_yaml import Schema, read_file
from assistant.errors import DocumentError, SettingError

FOLDER = Path(__file__).with_name("cases")
FLOORS = Path(__file__).with_name("floors.yaml")

Alternatives = str | tuple[str, ...]  # a single wording, or several of which one is enough


class ExpectedVerdict(Schema):
    """What the rules should decide; `programme` is the programme's id or its name."""

    programme: Alternatives
    verdict: str = Field(pattern="^(eligible|not_eligible|unknown)$")


class Case(Schema):
    """A conversation of which the answer to the last turn is judged.

    `must` stands anywhere in the answer, `lead` at its beginning; each item is one wording or several of which one is
    enough. Any one of the clauses in `cite` must be cited.
    """

    id: str = Field(pattern="^[a-z0-9-]+$")
    turns: tuple[str, ...] = Field(min_length=1)
    status: tuple[AnswerStatus, ...] = Field(min_length=1)
    as_of: date | None = None
    must: tuple[Alternatives, ...] = ()
    lead: tuple[Alternatives, ...] = ()
    must_not: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    verdict: ExpectedVerdict | None = None


class SuiteFile(Schema):
    """A suite as its file has it; `as_of` is the day on which its questions are asked."""

    about: str
    as_of: date
    cases: tuple[Case, ...] = Field(min_length=1)


class FloorsFile(Schema):
    """How many cases of each suite must be right at least. A floor may only rise."""

    floors: dict[str, int]


class Suite(Schema):
    """A suite with its name, which is that of its file."""

    name: str
    about: str
    as_of: date
    cases: tuple[Case, ...]

    def day(self, case: Case) -> date:
        """The day on which a case is asked."""
        return case.as_of or self.as_of


def load_suites(folder: Path = FOLDER) -> tuple[Suite, ...]:
    """Every suite of a folder, by name.

    Raises:
        DocumentError: a file is not as its schema says, or an id is used twice.
    """
    suites: list[Suite] = []
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        data = read_file(path, SuiteFile)
        for case in data.cases:
            if case.id in seen:
                raise DocumentError(path, 1, f"用例编号 {case.id} 已在 {seen[case.id].name} 用过；请换一个编号")
            seen[case.id] = path
        suites.append(Suite(name=path.stem, about=data.about, as_of=data.as_of, cases=data.cases))
    return tuple(suites)


def select(suites: tuple[Suite, ...], name: str | None) -> tuple[Suite, ...]:
    """The suite of that name, or all.

    Raises:
        SettingError: there is no such suite.
    """
    if name is None:
        return suites
    chosen = tuple(suite for suite in suites if suite.name == name)
    if not chosen:
        known = "、".join(suite.name for suite in suites)
        raise SettingError(f"没有名为 {name} 的评测；可用的有：{known}、checker、statutes")
    return chosen


def load_floors(path: Path = FLOORS) -> dict[str, int]:
    """The least number of right answers of each suite.

    Raises:
        DocumentError: the file is not as its schema says.
    """
    return read_file(path, FloorsFile).floors
