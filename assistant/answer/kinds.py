"""What kind of thing a question asks for (how much, when, where, …), and whether a clause tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question: how it is asked, and by what a clause shows that it answers it."""

    name: str
    asks: re.Pattern[str]
    tells: re.Pattern[str]


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of `kinds.yaml`, in order."""
    data = yaml.safe_load(Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8"))
    return tuple(Kind(k["name"], re.compile(k["asks"], re.I), re.compile(k["tells"])) for k in data["kinds"])


_ASKS = re.compile(
    r"多少|几(?!乎)|[吗呢么][？?]?$|哪|怎|谁|什么|啥|多久|能不能|可不可以|是不是|有没有|要不要|行不行|[？?]$"
)


def kind_of(question: str) -> Kind | None:
    """The first kind that the question is of: by its last clause that asks, else by all of it."""
    return next((kind for text in (*_asking(question)[-1:], question) if (kind := _first(text))), None)


def kinds_of(question: str) -> tuple[Kind, ...]:
    """The kinds of everything that a question asks (until when, and with which formalities), `kind_of` among them."""
    found = (*map(_first, _asking(question)), kind_of(question))
    return tuple(dict.fromkeys(filter(None, found)))


def _asking(question: str) -> list[str]:
    return [clause for clause in re.split(r"[，,。；;！!]", question) if _ASKS.search(clause)]


def _first(text: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.asks.search(text)), None)
