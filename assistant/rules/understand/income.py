"""Income that follows from its parts: 主营9200万，其他业务收入300万; 收入1800万，只有40万不是主营."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from assistant.rules.understand.doubts import doubt

WHOLE, MAIN, REST = "revenue_latest", "main_revenue_latest", "other_revenue_latest"


def income(known: Mapping[str, Fraction]) -> tuple[str, Fraction, str] | None:
    """The fact that the two others tell, its value, and how it was understood."""
    whole, main, rest = (known.get(fact) for fact in (WHOLE, MAIN, REST))
    if rest is None or (whole is None) == (main is None):
        return None
    if main is not None:
        return WHOLE, main + rest, doubt("with_other_income")
    return (MAIN, whole - rest, doubt("without_other_income")) if whole is not None and whole > rest else None


def is_whole(known: Mapping[str, Fraction], told: Fraction) -> bool:
    """Whether a figure is the income of which both parts were told."""
    return MAIN in known and REST in known and told == known[MAIN] + known[REST]
