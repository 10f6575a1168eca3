"""Facts that follow from figures already bound: a year told by another's, income by its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.rules.understand.bound import Bound, exact_values
from assistant.rules.understand.compared import Comparison, multiples
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.income import income, is_whole
from assistant.rules.understand.message import Message


def with_derived(message: Message, bound: list[Bound], comparisons: Iterable[Comparison]) -> list[Bound]:
    """What is bound, with the years told by another year's figure and the income told by its parts."""
    found = list(bound)
    for one in (*comparisons, *multiples(message)):
        if resolved := one.resolve(exact_values(found)):
            fact, values = resolved
            figure = replace(one.figure, kind=FigureKind.MONEY, low=min(values), high=max(values))
            found.append(Bound(fact, figure, values, doubt("compared")))
    if told := income({fact: value for fact, (value, _) in exact_values(found).items()}):
        fact, value, note = told
        rest = next(one for one in found if one.fact == "other_revenue_latest")
        found.append(Bound(fact, rest.figure, (value,), note))
    return found


def is_income(bound: Iterable[Bound], figure: Figure) -> bool:
    """Whether a figure is the sum of the two parts of income: 4650万只是主营，漏了150万其他业务收入，应该是4800万."""
    return is_whole({fact: value for fact, (value, _) in exact_values(bound).items()}, figure.low)
