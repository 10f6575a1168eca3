"""Which fact a label means in a year: the member of a family of facts, such as revenue of the last year or of three."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.lexicon import LabelKind, Spot, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import UNCLOSED, Period

_OF_ONE_YEAR = ("hnte_core_costs", "hnte_commissioned", "hnte_other_costs")
_TWO_YEARS = re.compile(r"[两二2]个?(?:会计)?年")
_AT_YEAR_END = ("debt_ratio", "total_assets", "total_debts")  # of the last year, where no other is told
_SHARES_OF_YEAR = ("market_share", "main_business_ratio", "hightech_ratio")
_PAST = ("prev", "before", "other")


def targets(message: Message, spot: Spot, period: str | None) -> list[tuple[str, str | None]]:
    """The facts that the label means in that year, each with how it was understood."""
    if period in UNCLOSED and of_family(spot):
        single = [to for to in spot.label.to if to not in lexicon().families and to in message.wanted]
        return [(single[0], None)] if single else []
    candidates = [choice for to in spot.label.to for choice in _members(message, to, period)]
    candidates = [found for found in candidates if all(name in message.catalogue for name, _ in found)]
    chosen = next((found for found in candidates if found[0][0] in message.wanted), None)
    if chosen is None and spot.label.kind is LabelKind.POINTS and message.wanted:
        return []
    if chosen is None and period and of_family(spot):
        members = {name for family in lexicon().families.values() for name in family.values()}
        candidates = [
            c for c in candidates if c[0][0] in members or c[0][0].endswith("_latest")
        ]  # 近两年 is no year of the others
    return chosen or (candidates[0] if candidates else [])


def of_family(spot: Spot) -> bool:
    """Whether the label names a family, one fact for each year."""
    return any(to in lexicon().families for to in spot.label.to)


def is_of_one_year(message: Message, spot: Spot) -> bool:
    """Whether a bare 合计 adds up one year: where the programme asks for no sum of years."""
    families = [lexicon().families[to] for to in spot.label.to if to in lexicon().families]
    if not families:
        return True
    latest = any(family.get("latest") in message.wanted for family in families)
    return latest and not any(family.get("sum") in message.wanted for family in families)


def family_of(fact: str) -> Mapping[str, str]:
    """The family that a fact belongs to, by year; empty for a fact without years."""
    return next((family for family in lexicon().families.values() if fact in family.values()), {})


def in_year(fact: str, period: Period) -> str | None:
    """The fact of that year in the family of a fact; a fact without years is of the latest."""
    family = family_of(fact) or {"latest": fact}
    return family.get(period.names[0]) if len(period.names) == 1 else None


def _members(message: Message, to: str, period: str | None) -> list[list[tuple[str, str | None]]]:
    family = lexicon().families.get(to)
    if family is None:
        single = to.endswith("_latest") or to in (*_AT_YEAR_END, *_OF_ONE_YEAR)
        elsewhere = period in _PAST and (single or to in _SHARES_OF_YEAR)
        elsewhere = elsewhere or (period in ("sum", "two") and single)
        return [] if elsewhere else [[(to, None)]]
    if period in ("each", "both"):
        two = period == "both" or _TWO_YEARS.search(message.text)
        names = ("latest", "prev") if two else ("latest", "prev", "before")
        return [[(family[name], doubt("as_both")) for name in names if name in family]]
    if period:
        return [[(family[period], None)]] if period in family else []
    if to == "rd_ratio":
        return [[(family[name], None)] for name in ("sum", "latest")]
    return [[(family["latest"], doubt("as_latest")) if "latest" in family else (family["sum"], None)]]
