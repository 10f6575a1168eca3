"""What was understood of a message: facts with their words, what was supposed, and what has to be asked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.rules.facts import FactKind
from assistant.rules.values import Value


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as a company told it.

    Attributes:
        values: one value, or, where it was told roughly, the values between which it lies.
        words: the words of the message from which it was taken.
        note: how it was understood where the words leave that open.
    """

    fact: str
    values: tuple[Value, ...]
    words: str
    note: str | None = None

    @property
    def exact(self) -> bool:
        return len(self.values) == 1


@dataclass(frozen=True, slots=True)
class Profile:
    """What a conversation knows of the company.

    Attributes:
        facts: what was told, the last word on each fact.
        supposed: what was only supposed in the last turn, laid over the facts.
        programme: the programme that is talked about, by id.
        together: the programmes that are talked about side by side, where there are several.
        proposed: what was read out of a message by guess and waits to be confirmed; counts for nothing until then.
        asked: the facts that were asked for last, in order.
        unclear: the facts that the company does not know.
        unplaced: figures of a correction of which it is not known what they correct, as they were written.
    """

    facts: tuple[Said, ...] = ()
    supposed: tuple[Said, ...] = ()
    programme: str | None = None
    together: tuple[str, ...] = ()
    proposed: tuple[Said, ...] = ()
    asked: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()

    def known(self) -> tuple[Said, ...]:
        """The facts with what is supposed laid over them."""
        return overlay(self.facts, self.supposed)


@dataclass(frozen=True, slots=True)
class Reading:
    """A message, understood.

    Attributes:
        told: facts told in this message, what is supposed among them.
        facts: all facts of the conversation after it; `supposed` is laid over them.
        changed: pairs of a fact as it was told before and as it is now.
        doubts: questions back, as sentences.
        loose: those of the doubts that ask what a figure is, each with the kinds of facts that it could tell.
        about: facts that are spoken of without a value, so probably what is asked about.
        unclear: facts that the company says it does not know.
        day: the day on which is asked, moved where the message moves it.
        unplaced: as in a profile, those of earlier messages among them that this one says nothing of.
        proposed: what still waits to be confirmed; `settled`: whether the message confirmed or denied any of it.
    """

    told: tuple[Said, ...]
    facts: tuple[Said, ...]
    supposed: tuple[Said, ...]
    day: date
    changed: tuple[tuple[Said, Said], ...] = ()
    doubts: tuple[str, ...] = ()
    loose: Mapping[str, tuple[FactKind, ...]] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    proposed: tuple[Said, ...] = ()
    settled: bool = False

    def known(self) -> tuple[Said, ...]:
        return overlay(self.facts, self.supposed)


def overlay(below: tuple[Said, ...], above: tuple[Said, ...]) -> tuple[Said, ...]:
    """The facts of both, those of `above` in place of the same ones below."""
    return tuple({said.fact: said for said in (*below, *above)}.values())
