"""What happened on the days of a message: registered, certified, recognised, begun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from assistant.rules.dates import years_later
from assistant.rules.understand.days import Day, find_years
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.values import Value

CERTIFICATE_YEARS = 3
_NOT_DONE = re.compile(r"[没未]")
_SINCE_YEAR = re.compile(
    r"(20\d\d)年(?:\d{1,2}月)?份?(?:起|开始|以来|至今)?(?:[，]?(?:就|一直|都|专门?)*)(?:专注|从事|做|研制|生产|搞|干(?:这|起)|深耕)(?!了?[\d一二三四五六七八九十])"
)


def find_dated(message: Message) -> Iterator[Said]:
    """What happened on the days of a message: registered, certified, recognised."""
    years = [
        day
        for day in find_years(message.text, message.as_of)
        if not any(d.start <= day.start < d.end for d in message.days)
    ]
    yield from _market_years(message)
    for day in (*years, *message.days):
        if day.first > message.as_of and lexicon().planned.search(
            message.text[message.clause(day.start).start : day.start]
        ):
            continue
        if "满" in day.text and message.is_question(day.start):
            continue
        for near in _near(message, day):
            fact = next((words.fact for words in lexicon().days if words.pattern.search(near)), None)
            if fact and fact in message.catalogue:
                yield Said(fact, day.values, day.text, None if day.first == day.last else doubt("no_month"))
                if fact == "hnte_certified_on":
                    yield _certificate(message, day)
                break
            if lexicon().recognised.search(near) and not _NOT_DONE.search(near) and day.first.year == day.last.year:
                yield from _recognised(message, day)
                break


def _market_years(message: Message) -> Iterator[Said]:
    """自2017年起专注于…: full years since, one less where the month is not told."""
    if "market_years" in message.wanted:
        for match in _SINCE_YEAR.finditer(message.text):
            years = message.as_of.year - int(match[1])
            yield Said("market_years", (Fraction(max(years - 1, 0)), Fraction(years)), match.group(), doubt("no_month"))


def _near(message: Message, day: Day) -> tuple[str, str]:
    """The words about a day: it with those right after it, and those before it in its clause."""
    clause = message.clause(day.start)
    after = re.split(r"\d|，|收入|研发", message.text[day.end : clause.end])[0][:12]
    before = re.split(r"\d|，", message.text[clause.start : day.start])[-1][-12:]
    return f"{day.text}{after}", "" if before.startswith("年") else before


def _certificate(message: Message, day: Day) -> Said:
    """Whether a certificate of that day still holds: three years."""
    ends = {years_later(one, CERTIFICATE_YEARS) for one in (day.first, day.last)}
    states: tuple[Value, ...] = tuple(
        dict.fromkeys("valid" if end > message.as_of else "expired" for end in sorted(ends))
    )
    return Said("hnte_status", states, day.text)


def _recognised(message: Message, day: Day) -> Iterator[Said]:
    year = day.first.year
    yield Said("hnte_recognised_year", (Fraction(year),), day.text)
    age = message.as_of.year - year
    states: tuple[Value, ...] = ("valid",) if age < 3 else ("expired",) if age > 3 else ("valid", "expired")
    yield Said("hnte_status", states, day.text)
