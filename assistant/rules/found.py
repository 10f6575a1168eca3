"""What one test found, before it becomes the result of a criterion."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.rules.model import Gap, Result


@dataclass(frozen=True, slots=True)
class Found:
    """How a test came out, what the company has, what is asked, how far it is, and what to ask for."""

    result: Result
    value: str | None = None
    threshold: str | None = None
    gap: Gap | None = None
    missing: tuple[str, ...] = ()
    note: str | None = None
