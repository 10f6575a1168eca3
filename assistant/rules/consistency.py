"""Faults of a programme that its schema cannot see: names that are not defined, units that do not fit, circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.rules.benefit_schema import Benefit, When
from assistant.rules.criterion_schema import Among, Bound, Criterion
from assistant.rules.facts import FactCatalogue, FactKind
from assistant.rules.quantity import Unit
from assistant.rules.schema import Programme
from assistant.rules.score_schema import Indicator

_WHEN = ("when", "special_when", "reduced_when")
_CHOICES = (FactKind.CHOICE, FactKind.CHOICES)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the value of the file at which it shows, with the key under which that is looked for."""

    value: str
    message: str
    key: str | None = None


def faults(programme: Programme, facts: FactCatalogue, programmes: Mapping[str, Programme]) -> Iterator[Fault]:
    """Every fault, in the order in which staff would meet them in the file."""
    checker = _Checker(programme, facts, programmes)
    yield from checker.duplicates()
    for criterion in _every(programme.criteria):
        yield from checker.criterion(criterion)
    for score in programme.scores:
        for indicator in score.indicators:
            yield from checker.indicator(indicator)
        yield from checker.fact(score.told_by) if score.told_by else ()
    for name in programme.ask_first:
        yield from checker.fact(name)
    for benefit in programme.benefits:
        yield from checker.benefit(benefit)
    yield from checker.brackets()
    yield from checker.circle()
    yield from checker.unused()


def _every(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _every(criterion.children)


class _Checker:
    def __init__(self, programme: Programme, facts: FactCatalogue, programmes: Mapping[str, Programme]) -> None:
        self.programme, self.facts, self.programmes = programme, facts, programmes
        self.parameters = {parameter.id: parameter for parameter in programme.parameters}
        self.scores = {score.id for score in programme.scores}
        self.scores |= {indicator.id for score in programme.scores for indicator in score.indicators}
        self.used: set[str] = set()

    def duplicates(self) -> Iterator[Fault]:
        criteria = [criterion.id for criterion in _every(self.programme.criteria)]
        for ids in ([p.id for p in self.programme.parameters], criteria, [b.id for b in self.programme.benefits]):
            for ident in ids:
                if ids.count(ident) > 1:
                    yield Fault(ident, f"编号 {ident} 写了两次，请改成不同的编号")

    def fact(self, name: str, *kinds: FactKind) -> Iterator[Fault]:
        if name not in self.facts:
            yield Fault(name, f"没有“{name}”这一项情况；请先写进 facts.yaml，或者更正", "fact")
        elif kinds and self.facts[name].type not in kinds:
            expected = "、".join(kinds)
            yield Fault(name, f"情况 {name} 的类型是 {self.facts[name].type}，这里要用 {expected}", "fact")

    def parameter(self, name: str, *units: Unit | None) -> Iterator[Fault]:
        self.used.add(name)
        if name not in self.parameters:
            yield Fault(name, f"没有“{name}”这个参数；请先写进 parameters，或者更正", "parameter")
            return
        for dated in self.parameters[name].values:
            for figure in [dated.value, *(bracket.value for bracket in dated.brackets)]:
                if figure and units and figure.unit not in units:
                    yield Fault(name, f"参数 {name} 的单位是 {figure.unit}，与比较的情况不一致", "parameter")

    def criterion(self, criterion: Criterion) -> Iterator[Fault]:
        if bound := criterion.days_at_least:
            yield from self.dated(bound, Unit.DAYS)
        elif bound := criterion.years_at_least or criterion.within_years:
            yield from self.dated(bound, Unit.YEARS)
        elif bound := criterion.bound:
            yield from self.comparison(bound)
        elif criterion.some:
            yield from self.fact(criterion.some.fact, FactKind.COUNT, FactKind.MONEY)
        elif flag := criterion.is_true or criterion.is_false:
            yield from self.fact(flag.fact, FactKind.FLAG)
        elif among := criterion.one_of or criterion.none_of:
            yield from self.options(among)
        elif test := criterion.certificate_valid:
            yield from self.options(Among(fact=test.status, options=(test.valid,)))
            yield from self.dated(Bound(fact=test.since, parameter=test.parameter), Unit.YEARS)
        elif criterion.meets and criterion.meets.programme not in self.programmes:
            yield Fault(criterion.meets.programme, f"没有“{criterion.meets.programme}”这个项目的规则")

    def dated(self, bound: Bound, unit: Unit) -> Iterator[Fault]:
        yield from self.fact(bound.fact, FactKind.DATE)
        yield from self.parameter(bound.parameter, unit)

    def comparison(self, bound: Bound) -> Iterator[Fault]:
        if bound.fact in self.scores:
            yield from self.parameter(bound.parameter, Unit.POINTS)
            return
        wrong = list(self.fact(bound.fact))
        yield from wrong
        if not wrong:
            yield from self.parameter(bound.parameter, self.facts[bound.fact].measure)

    def options(self, among: Among | When) -> Iterator[Fault]:
        wrong = list(self.fact(among.fact, *_CHOICES))
        yield from wrong
        if wrong:
            return
        for option in (*among.options, *(among.unsure if isinstance(among, Among) else ())):
            if self.facts[among.fact].option(option) is None:
                yield Fault(option, f"情况 {among.fact} 没有选项 {option}")

    def indicator(self, indicator: Indicator) -> Iterator[Fault]:
        names = [table.fact for table in indicator.best_of]
        names += [indicator.self_assessed] if indicator.self_assessed else []
        names += [indicator.flagged.fact] if indicator.flagged else []
        for name in names:
            yield from self.fact(name)
        for part in indicator.parts:
            yield from self.indicator(part)

    def benefit(self, benefit: Benefit) -> Iterator[Fault]:
        for when in (getattr(benefit, name, None) for name in _WHEN):
            yield from self.options(when) if when else ()
        for name in _names(benefit.model_dump(exclude={"id", "label", "kind", "note", *_WHEN})):
            if name in self.parameters:
                self.used.add(name)
            elif name not in self.facts:
                yield Fault(name, f"没有“{name}”这一项情况，也没有这个参数")

    def brackets(self) -> Iterator[Fault]:
        for parameter in self.programme.parameters:
            for dated in parameter.values:
                yield from self.fact(dated.by) if dated.by else ()

    def circle(self) -> Iterator[Fault]:
        if self.programme.programme in _needed(self.programme, self.programmes, set()):
            yield Fault(self.programme.programme, f"{self.programme.programme} 的条件绕回到它自己，请去掉一处 meets")

    def unused(self) -> Iterator[Fault]:
        for name in self.parameters:
            if name not in self.used:
                yield Fault(name, f"参数 {name} 没有用到，请删去或者用上")


def _names(dumped: object) -> Iterator[str]:
    """The facts and parameters that a benefit names; an option id stands under `option`."""
    if isinstance(dumped, str):
        yield dumped
    elif isinstance(dumped, dict):
        for key, value in dumped.items():
            if key != "option":
                yield from _names(value)
    elif isinstance(dumped, list | tuple):
        for value in dumped:
            yield from _names(value)


def _needed(programme: Programme, programmes: Mapping[str, Programme], seen: set[str]) -> set[str]:
    for criterion in _every(programme.criteria):
        if criterion.meets and criterion.meets.programme not in seen and criterion.meets.programme in programmes:
            seen.add(criterion.meets.programme)
            _needed(programmes[criterion.meets.programme], programmes, seen)
    return seen
