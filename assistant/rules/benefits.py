"""The arithmetic of benefits, each step shown with the clause on which it rests."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from assistant.rules.benefit_schema import (
    Benefit,
    CappedShare,
    CostTotal,
    Deduction,
    FixedAmount,
    Instalments,
    TransferTax,
    When,
)
from assistant.rules.case import Case
from assistant.rules.messages import message
from assistant.rules.model import BenefitResult, Step
from assistant.rules.quantity import Unit, show


@dataclass
class _Sheet:
    """A sheet of arithmetic: what is still missing, and the steps so far."""

    case: Case
    missing: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    without_figure: bool = False

    def fact(self, name: str, *, unsaid: int | None = None) -> Fraction:
        """A number of the company; where it is not known `unsaid`, else 0 and noted as missing."""
        number = self.case.company.number(name)
        if number is None and unsaid is None:
            self.missing += self.case.company.missing(name)
        return Fraction(unsaid or 0) if number is None else number

    def figure(self, parameter: str) -> Fraction:
        found = self.case.figure(parameter)
        if found is None:
            self.without_figure = True
            return Fraction(0)
        return found.number

    def step(self, label: str, parameter: str | None = None, **values: object) -> None:
        dated = self.case.dated(parameter) if parameter else None
        self.steps.append(Step(message(label), message(f"{label}_working", **values), dated.ref if dated else None))

    def result(self, benefit: Benefit, amount: Fraction, text: str | None = None) -> BenefitResult:
        missing = tuple(dict.fromkeys(self.missing))
        if missing or self.without_figure:
            note = message("figure_not_known") if self.without_figure else benefit.note
            return BenefitResult(benefit.id, benefit.label, None, None, (), missing, note)
        said = text or yuan(amount)
        return BenefitResult(benefit.id, benefit.label, amount, said, tuple(self.steps), (), benefit.note)


def yuan(amount: Fraction) -> str:
    return show(amount, Unit.YUAN)


def percent(share: Fraction) -> str:
    return show(share, Unit.PERCENT)


def benefit_of(benefit: Benefit, case: Case) -> BenefitResult | None:
    """What the company gets, or what is missing to say so; None where the benefit does not concern it."""
    if benefit.when and not chosen(benefit.when, case):
        return None
    sheet = _Sheet(case)
    if isinstance(benefit, CappedShare):
        return _capped_share(benefit, sheet)
    if isinstance(benefit, FixedAmount):
        return _fixed_amount(benefit, sheet)
    if isinstance(benefit, Instalments):
        return _instalments(benefit, sheet)
    if isinstance(benefit, CostTotal):
        return _cost_total(benefit, sheet)
    if isinstance(benefit, TransferTax):
        return _transfer_tax(benefit, sheet)
    return _deduction(benefit, sheet)


def chosen(when: When, case: Case) -> bool:
    """Whether the company said one of the options."""
    said = case.company.value(when.fact)
    return any(one in when.options for one in (said if isinstance(said, tuple) else (said,)))


def _capped_share(benefit: CappedShare, sheet: _Sheet) -> BenefitResult:
    total = Fraction(0)
    said = [item for item in benefit.items if sheet.case.company.value(item.amounts) is not None]
    if not said:
        sheet.missing += [name for item in benefit.items for name in sheet.case.company.missing(item.amounts)]
    for item in said:
        amounts = sheet.case.company.value(item.amounts)
        assert isinstance(amounts, tuple)
        share = sheet.figure(item.share)
        for amount in [Fraction(one) for one in amounts if isinstance(one, Fraction) and one]:
            paid = amount * share
            values = {"amount": yuan(amount), "share": percent(share), "product": yuan(paid)}
            if item.cap is None:
                sheet.step("shared", item.share, **values)
            else:
                cap = sheet.figure(item.cap)
                paid = min(paid, cap)
                sheet.step("capped", item.cap, **values, cap=yuan(cap), paid=yuan(paid))
            total += paid
    if benefit.total_cap:
        cap = sheet.figure(benefit.total_cap)
        sheet.step("total_cap", benefit.total_cap, cap=yuan(cap), paid=yuan(min(total, cap)))
        total = min(total, cap)
    return sheet.result(benefit, total, message("at_most_amount", amount=yuan(total)))


def _fixed_amount(benefit: FixedAmount, sheet: _Sheet) -> BenefitResult:
    amount = sheet.figure(benefit.amount)
    sheet.step("fixed", benefit.amount, amount=yuan(amount))
    return sheet.result(benefit, amount, message("at_most_amount", amount=yuan(amount)) if benefit.at_most else None)


def _instalments(benefit: Instalments, sheet: _Sheet) -> BenefitResult | None:
    year = sheet.fact(benefit.year)
    option = sheet.case.company.value(benefit.choice)
    if option is None:
        sheet.missing += sheet.case.company.missing(benefit.choice)
    plan = next((plan for plan in benefit.plans if plan.option == option), None)
    if sheet.missing:
        return sheet.result(benefit, Fraction(0))
    if plan is None or year != sheet.figure(benefit.year_parameter):
        return None
    for payment in plan.payments:
        amount = yuan(sheet.figure(payment.amount))
        state = "paid_before" if payment.year < sheet.case.as_of.year else "paid_later"
        sheet.step("instalment", payment.amount, year=payment.year, amount=amount, state=message(state))
    total = sheet.figure(plan.total)
    payments = "、".join(f"{p.year}年{yuan(sheet.figure(p.amount))}" for p in plan.payments)
    return sheet.result(benefit, total, message("in_instalments", total=yuan(total), payments=payments))


def _cost_total(benefit: CostTotal, sheet: _Sheet) -> BenefitResult:
    core, commissioned, other = (sheet.fact(name) for name in (benefit.core, benefit.commissioned, benefit.other))
    share, limit = sheet.figure(benefit.commissioned_share), sheet.figure(benefit.other_share)
    counted = commissioned * share
    values = {"amount": yuan(commissioned), "share": percent(share)}
    sheet.step("commissioned", benefit.commissioned_share, **values, counted=yuan(counted))
    most = (core + counted) * limit / (1 - limit)
    allowed = min(other, most)
    figures = {"base": yuan(core + counted), "share": percent(limit), "most": yuan(most)}
    sheet.step("other_of_total", benefit.other_share, **figures, other=yuan(other), allowed=yuan(allowed))
    total = core + counted + allowed
    parts = {"core": yuan(core), "counted": yuan(counted), "allowed": yuan(allowed)}
    sheet.step("cost_total", None, **parts, total=yuan(total))
    return sheet.result(benefit, total)


def _transfer_tax(benefit: TransferTax, sheet: _Sheet) -> BenefitResult:
    income, exempt = sheet.fact(benefit.income), sheet.figure(benefit.exempt)
    part, rate = sheet.figure(benefit.taxed_part), sheet.figure(benefit.tax_rate)
    free = min(income, exempt)
    sheet.step("exempt", benefit.exempt, income=yuan(income), limit=yuan(exempt), free=yuan(free))
    rest = income - free
    tax = rest * part * rate
    values = {"rest": yuan(rest), "part": percent(part), "rate": percent(rate)}
    sheet.step("half_taxed", benefit.taxed_part, **values, tax=yuan(tax))
    return sheet.result(benefit, tax, message("tax_due", tax=yuan(tax)))


def _deduction(benefit: Deduction, sheet: _Sheet) -> BenefitResult:
    base = _deductible(benefit, sheet)
    parameter = benefit.special_rate if chosen(benefit.special_when, sheet.case) else benefit.rate
    rate = sheet.figure(parameter)
    extra = base * rate
    sheet.step("extra", parameter, base=yuan(base), rate=percent(rate), extra=yuan(extra))
    parameter = benefit.reduced_tax_rate if chosen(benefit.reduced_when, sheet.case) else benefit.tax_rate
    tax_rate = sheet.figure(parameter)
    saved = extra * tax_rate
    sheet.step("tax_saved", parameter, extra=yuan(extra), rate=percent(tax_rate), saved=yuan(saved))
    return sheet.result(benefit, extra, message("extra_deduction", extra=yuan(extra), saved=yuan(saved)))


def _deductible(benefit: Deduction, sheet: _Sheet) -> Fraction:
    """The costs on which the deduction is reckoned, after the caps and what has to be taken off."""
    five = sheet.fact(benefit.five_costs)
    other = sheet.fact(benefit.other_costs)
    home, abroad = sheet.fact(benefit.commissioned_domestic), sheet.fact(benefit.commissioned_overseas)
    limit, share = sheet.figure(benefit.other_share), sheet.figure(benefit.commissioned_share)
    most = five * limit / (1 - limit)
    allowed = min(other, most)
    figures = {"five": yuan(five), "share": percent(limit), "most": yuan(most)}
    sheet.step("other_limit", benefit.other_share, **figures, other=yuan(other), allowed=yuan(allowed))
    counted = home * share
    values = {"amount": yuan(home), "share": percent(share)}
    sheet.step("commissioned", benefit.commissioned_share, **values, counted=yuan(counted))
    domestic = five + allowed + counted
    overseas_share, part = sheet.figure(benefit.overseas_share), sheet.figure(benefit.overseas_limit)
    overseas = min(abroad * overseas_share, domestic * part)
    figures = {"amount": yuan(abroad), "share": percent(overseas_share), "product": yuan(abroad * overseas_share)}
    figures |= {"part": show(part, Unit.PART), "most": yuan(domestic * part), "counted": yuan(overseas)}
    sheet.step("overseas", benefit.overseas_limit, **figures)
    off = sheet.fact(benefit.special_income, unsaid=0) + sheet.fact(benefit.untaxed_funds, unsaid=0)
    base = max(Fraction(0), domestic + overseas - off)
    parts = {"domestic": yuan(domestic), "overseas": yuan(overseas), "off": yuan(off)}
    sheet.step("deductible", None, **parts, base=yuan(base))
    return base
