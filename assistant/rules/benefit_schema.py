"""What a programme pays or saves: a few kinds of arithmetic, each with its own keys."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.documents.strict_yaml import Schema


class When(Schema):
    """Only where a choice includes one of the options."""

    fact: str
    options: tuple[str, ...]


class _Benefit(Schema):
    id: str
    label: str
    when: When | None = None
    note: str | None = None


class CappedItem(Schema):
    """Amounts of which a share is paid, each up to a cap where there is one."""

    amounts: str
    share: str
    cap: str | None = None


class CappedShare(_Benefit):
    """A share of what was spent, capped for each amount and, where `total_cap` is given, in all."""

    kind: Literal["capped_share"]
    items: tuple[CappedItem, ...]
    total_cap: str | None = None


class FixedAmount(_Benefit):
    """One amount; `at_most` where it is only an upper limit."""

    kind: Literal["fixed_amount"]
    amount: str
    at_most: bool = False


class Payment(Schema):
    """An instalment."""

    year: int
    amount: str


class Plan(Schema):
    """The instalments for one option."""

    option: str
    total: str
    payments: tuple[Payment, ...]


class Instalments(_Benefit):
    """An amount paid over years, by a choice; only for the year in `year_parameter`."""

    kind: Literal["instalments"]
    choice: str
    year: str
    year_parameter: str
    plans: tuple[Plan, ...]


class CostTotal(_Benefit):
    """R&D costs as 195号 gathers them: commissioned work at a share, other costs up to a share of the total."""

    kind: Literal["cost_total"]
    core: str
    commissioned: str
    other: str
    commissioned_share: str
    other_share: str


class Deduction(_Benefit):
    """The additional deduction of R&D costs."""

    kind: Literal["deduction"]
    five_costs: str
    other_costs: str
    commissioned_domestic: str
    commissioned_overseas: str
    special_income: str
    untaxed_funds: str
    other_share: str
    commissioned_share: str
    overseas_share: str
    overseas_limit: str
    rate: str
    special_rate: str
    special_when: When
    tax_rate: str
    reduced_tax_rate: str
    reduced_when: When


class TransferTax(_Benefit):
    """Income tax on technology transfer income: exempt up to a limit, the rest at a part of the rate."""

    kind: Literal["transfer_tax"]
    income: str
    exempt: str
    taxed_part: str
    tax_rate: str


Benefit = Annotated[
    CappedShare | FixedAmount | Instalments | CostTotal | Deduction | TransferTax, Field(discriminator="kind")
]
