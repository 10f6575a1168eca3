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
from assistant.answer.qualify_names import describes_company
from assistant.answer.retrieve import retrieve
from assistant.answer.services import Services
from assistant.documents.glossary import Ambiguity

HELD = 0.9  # evidence from which a question is about what the library holds: of the shipped questions out of scope, the best has 0.83


@dataclass(frozen=True, slots=True)
class Route:
    """A way to end a run before the search."""

    name: str
    status: AnswerStatus
    message: str
    patterns: tuple[re.Pattern[str], ...]
    unless_held: bool  # what the library surely holds is in scope, whatever words stand about it
    unless_described: bool  # a company's figures are for the rules, whatever words stand about them


@dataclass(frozen=True, slots=True)
class Regions:
    """Places that are not ours, and when naming one matters."""

    places: tuple[str, ...]
    local: re.Pattern[str]
    unless: re.Pattern[str]
    offered: re.Pattern[str]

    def elsewhere(self, question: str, standalone: str, *, described: bool) -> str | None:
        """The place whose local policy is asked about, if it is not ours; what is asked may stem from the conversation.

        Args:
            described: the message tells of a company, whose seat a place may be: only what a place offers is asked there.
        """
        named = [place for place in self.places if re.search(rf"(?<!小){place}", question)]  # 小昆山 is ours
        offering = next((place for place in named if re.search(place + self.offered.pattern, question)), None)
        if described or offering:
            return offering
        if not self.local.search(standalone) or self.unless.search(question):
            return None
        return next(iter(named), None)


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
            Route(
                r["name"],
                AnswerStatus(r["status"]),
                r["message"],
                tuple(map(re.compile, r["patterns"])),
                r.get("unless_held", False),
                r.get("unless_described", False),
            )
            for r in data["routes"]
        ),
        Regions(
            tuple(data["regions"]["places"]),
            re.compile(data["regions"]["local"]),
            re.compile(data["regions"]["unless"]),
            re.compile(data["regions"]["offered"]),
        ),
        tuple(map(re.compile, data["vague"])),
    )


def _ambiguity(run: Run, services: Services) -> Ambiguity | None:
    """The word that needs a question back, unless the conversation has settled it."""
    case = services.glossary.ambiguity(run.standalone)
    if case and run.history and any(case.word in term for term in run.history[-1].terms):
        return None
    judging = run.profile is not None and run.profile.programme is not None
    return None if judging and re.search(r"\d", run.question) else case


def _held(run: Run, services: Services) -> bool:
    """Whether the library surely holds what is asked about."""
    result = retrieve(run, services).result
    return result is not None and any(hit.evidence >= HELD for hit in result.hits)


def route(run: Run, services: Services) -> Run:
    """End the run where no search is needed; otherwise pass it on."""
    question, table = run.question.strip(), routes()
    if not re.search(r"\w", question):
        return finish(run, AnswerStatus.NEEDS_FACTS, message("empty"))
    described = describes_company(question, goes_on=run.profile is not None and bool(run.profile.facts))
    for entry in table.routes:
        if described and entry.unless_described:
            continue
        if any(pattern.search(question) for pattern in entry.patterns):
            if entry.unless_held and _held(run, services):
                continue
            office = services.offices.default() if entry.status.startswith("refused") else None
            return finish(replace(run, handoff=office), entry.status, message(entry.message))
    if place := table.regions.elsewhere(run.question, run.standalone, described=described):
        return finish(run, AnswerStatus.REFUSED_OTHER_REGION, message("other_region", place=place))
    if any(pattern.search(question) for pattern in table.vague) and not run.terms:
        return finish(run, AnswerStatus.NEEDS_FACTS, message("vague"))
    if not described and (case := _ambiguity(run, services)):
        options = "\n".join(f"- {option.label}" for option in case.options)
        followups = tuple(option.query for option in case.options)
        return finish(replace(run, followups=followups), AnswerStatus.NEEDS_FACTS, f"{case.ask}\n\n{options}")
    return run
