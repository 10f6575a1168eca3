"""Step 2: recognise what needs no search, or must not be answered from the library."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from assistant.answer.finish import finish
from assistant.answer.messages import message
from assistant.answer.model import AnswerStatus, Run
from assistant.answer.services import Services


@dataclass(frozen=True, slots=True)
class Route:
    """A way to end a run before the search."""

    name: str
    status: AnswerStatus
    message: str
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Regions:
    """Places that are not ours, and when naming one matters."""

    places: tuple[str, ...]
    local: re.Pattern[str]
    unless: re.Pattern[str]

    def elsewhere(self, question: str, standalone: str) -> str | None:
        """The place whose local policy is asked about, if it is not ours; what is asked may stem from the conversation."""
        if not self.local.search(standalone) or self.unless.search(question):
            return None
        return next((place for place in self.places if place in question), None)


@dataclass(frozen=True, slots=True)
class Routes:
    """`routes.yaml`, compiled."""

    routes: tuple[Route, ...]
    regions: Regions
    vague: tuple[re.Pattern[str], ...]


@cache
def routes() -> Routes:
    """The routes of `routes.yaml`."""
    data = yaml.safe_load(Path(__file__).with_name("routes.yaml").read_text(encoding="utf-8"))
    return Routes(
        tuple(
            Route(r["name"], AnswerStatus(r["status"]), r["message"], tuple(map(re.compile, r["patterns"])))
            for r in data["routes"]
        ),
        Regions(
            tuple(data["regions"]["places"]),
            re.compile(data["regions"]["local"]),
            re.compile(data["regions"]["unless"]),
        ),
        tuple(map(re.compile, data["vague"])),
    )


def route(run: Run, services: Services) -> Run:
    """End the run where no search is needed; otherwise pass it on."""
    question, table = run.question.strip(), routes()
    if not re.search(r"\w", question):
        return finish(run, AnswerStatus.NEEDS_FACTS, message("empty"))
    for entry in table.routes:
        if any(pattern.search(question) for pattern in entry.patterns):
            office = services.offices.default() if entry.status.startswith("refused") else None
            return finish(replace(run, handoff=office), entry.status, message(entry.message))
    if place := table.regions.elsewhere(run.question, run.standalone):
        return finish(run, AnswerStatus.REFUSED_OTHER_REGION, message("other_region", place=place))
    if any(pattern.search(question) for pattern in table.vague) and not run.terms:
        return finish(run, AnswerStatus.NEEDS_FACTS, message("vague"))
    if case := services.glossary.ambiguity(run.standalone):
        options = "\n".join(f"- {option.label}" for option in case.options)
        followups = tuple(option.query for option in case.options)
        return finish(replace(run, followups=followups), AnswerStatus.NEEDS_FACTS, f"{case.ask}\n\n{options}")
    return run
