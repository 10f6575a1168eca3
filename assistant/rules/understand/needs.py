"""Which facts a programme uses: those of its criteria, scores and benefits, and those from which they follow."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.rules.rulebook import Rulebook
from assistant.rules.schema import Programme


def facts_of(programme: Programme, rulebook: Rulebook) -> frozenset[str]:
    """The ids of all facts that can matter to a programme."""
    found: set[str] = set()
    pending = [name for name in _names(programme.model_dump()) if name in rulebook.facts]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            derivation = rulebook.facts[name].derive
            pending += derivation.inputs() if derivation else ()
    for criterion in programme.criteria:
        for other in _other_programmes(criterion.model_dump()):
            found |= facts_of(rulebook.programmes[other], rulebook)
    return frozenset(found)


def deciding(programme: Programme, rulebook: Rulebook) -> frozenset[str]:
    """The ids of the facts on which the verdict can depend, without those by which only an amount is reckoned."""
    return facts_of(programme.model_copy(update={"benefits": (), "ask_first": ()}), rulebook)


def _names(dumped: object) -> Iterator[str]:
    if isinstance(dumped, str):
        yield dumped
    elif isinstance(dumped, dict):
        for value in dumped.values():
            yield from _names(value)
    elif isinstance(dumped, list | tuple):
        for value in dumped:
            yield from _names(value)


def _other_programmes(dumped: object) -> Iterator[str]:
    if isinstance(dumped, dict):
        if isinstance(meets := dumped.get("meets"), dict):
            yield meets["programme"]
        for value in dumped.values():
            yield from _other_programmes(value)
    elif isinstance(dumped, list | tuple):
        for value in dumped:
            yield from _other_programmes(value)
