"""What the answer to a judged company is composed of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer.qualify_cite import Citations
from assistant.answer.qualify_judge import Judged
from assistant.documents.calendar import Window
from assistant.documents.offices import Office
from assistant.rules.facts import FactCatalogue
from assistant.rules.model import IndicatorResult
from assistant.rules.schema import Programme
from assistant.rules.understand.model import Reading, Said


@dataclass(frozen=True)
class Told:
    """A verdict with what was told, what is asked about, and where to go on.

    Attributes:
        focus: the criteria that the message asks about, by id; `narrow`: only about these.
        points: the parts of the score whose points are asked for.
        rest_claimed: whether the company says that everything else is fine.
        asked: the facts to ask for next.
        proposed: what waits to be confirmed.
        amount_first: whether the message asks how much.
        needed: the facts that the programme uses.
    """

    judged: Judged
    reading: Reading
    focus: tuple[str, ...]
    points: tuple[IndicatorResult, ...]
    narrow: bool
    citations: Citations
    windows: tuple[Window, ...]
    office: Office | None
    rest_claimed: bool
    asked: tuple[str, ...]
    proposed: tuple[Said, ...]
    amount_first: bool
    needed: frozenset[str]

    @property
    def programme(self) -> Programme:
        return self.judged.verdict.programme

    @property
    def catalogue(self) -> FactCatalogue:
        return self.judged.company.catalogue
