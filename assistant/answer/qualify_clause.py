"""A question with a fact or two in it may be about something that the rules do not model: then the clause answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.answer.model import Run
from assistant.answer.qualify_cite import find_clause
from assistant.answer.retrieve import retrieve
from assistant.answer.services import Services
from assistant.answer.worth import worth_for
from assistant.rules.schema import Programme

SURE = 0.9  # evidence of the clause
AHEAD = 0.05  # how far it is before every clause on which the rules rest


def is_elsewhere(run: Run, programmes: Iterable[Programme], services: Services) -> bool:
    """Whether the clause that answers a question surely is none of those on which the rules of the programmes rest."""
    found = retrieve(run, services)
    assert found.result is not None
    rest_on = {
        clause[0].position
        for programme in programmes
        for ref in _refs(programme.model_dump(exclude={"not_modelled"}))
        if (clause := find_clause(services, ref, run.as_of))
    }
    worth = worth_for(found)
    hits = sorted(found.result.hits, key=worth, reverse=True)
    if not hits or hits[0].evidence < SURE or hits[0].found.position in rest_on:
        return False
    near = max((worth(hit) for hit in hits if hit.found.position in rest_on), default=0.0)
    return worth(hits[0]) >= near + AHEAD


def _refs(data: object) -> Iterator[str]:
    """Every `ref` in rules, however deep."""
    if isinstance(data, dict):
        if isinstance(data.get("ref"), str):
            yield data["ref"]
        for value in data.values():
            yield from _refs(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _refs(value)
