"""The facts that a figure tells by the years it is told of: one of them, all together, or each by itself."""

from __future__ import annotations

import re

from assistant.rules.understand.figures import Figure
from assistant.rules.understand.lexicon import Spot
from assistant.rules.understand.members import is_of_one_year, targets
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import Period, together
from assistant.rules.understand.years import is_total

_EVEN = re.compile(r"(?:都|(?<!平)均)(?:是|为|在|有|达到?|超过|约|大概)*\s*$")  # 近两年营收都是3500万


def told_of(
    message: Message, figure: Figure, spot: Spot, period: Period | None
) -> tuple[tuple[str, ...], str | None, list[tuple[str, str | None]]]:
    """The years as they are named, the member of a family that they are together, and the facts with their notes."""
    sums_up = period is not None and is_total(message, period) and is_of_one_year(message, spot)
    names = period.names if period and not sums_up else ()
    year = together(names)
    if not _EVEN.search(message.text[message.clause(figure.start).start : figure.start]):
        return names, year, targets(message, spot, year)
    year = {"two": "both", "sum": "each"}.get(year or "", year)
    several = names if len(names) > 1 else (year,)  # 前年和大前年都是900万
    return names, year, [told for one in several for told in targets(message, spot, one)]
