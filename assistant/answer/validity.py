"""Whether a document holds on the day, in words."""

from __future__ import annotations

from assistant.answer.messages import message
from assistant.answer.model import Run, Statement
from assistant.answer.services import Services
from assistant.documents.model import Status, Version


def validity(run: Run, services: Services) -> list[Statement]:
    """One statement for each document that the question names."""
    assert run.result is not None
    found = (services.snapshot.store.versions[i] for i in run.result.lookup.versions)
    return [Statement(_said_of(version, run, services)) for version in found]


def _said_of(version: Version, run: Run, services: Services) -> str:
    number = f"（{version.number}）" if version.number else ""
    match version.status(run.as_of):
        case Status.IN_FORCE:
            until = message("until", day=version.expires) if version.expires else ""
            return message(
                "validity_in_force", title=version.title, number=number, since=version.effective, until=until
            )
        case Status.NOT_YET:
            return message("validity_not_yet", title=version.title, number=number, day=version.effective)
        case Status.UNKNOWN:
            return message("validity_unknown", title=version.title, number=number)
        case _:
            return ended(version, services)


def ended(version: Version, services: Services) -> str:
    """Since when a document no longer holds, and what came after it."""
    number = f"（{version.number}）" if version.number else ""
    lead = message("expired_lead", titles=f"《{version.title}》{number}", when=_when(version, services))
    return lead + ("" if version.replaced_by else message("no_successor"))


def _when(version: Version, services: Services) -> str:
    if version.replaced_on:
        return message("replaced_on", day=version.replaced_on, by=_title(version.replaced_by, services))
    if version.replaced_by:
        return message("replaced", by=_title(version.replaced_by, services))
    return message("expired_on", day=version.expires)


def _title(key: str | None, services: Services) -> str:
    number = services.version_numbers.get(key or "")
    if number is None:
        return message("new_rule")
    version = services.snapshot.store.versions[number]
    return f"《{version.title}》" + (f"（{version.number}）" if version.number else "")
