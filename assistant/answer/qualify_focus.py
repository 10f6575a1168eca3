"""Which criteria a message asks about: those whose facts it names without telling them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.rules.criterion_schema import Criterion
from assistant.rules.facts import FactCatalogue
from assistant.rules.model import IndicatorResult, Verdict
from assistant.rules.schema import Programme
from assistant.rules.understand.model import Reading

_FEW = 3  # criteria that a message can be about without naming one


def focus_of(
    programme: Programme, reading: Reading, catalogue: FactCatalogue, trials: Iterable[str], *, scored: bool = False
) -> tuple[str, ...]:
    """The ids of the criteria in question; of the few told about, where none is named.

    Args:
        trials: criteria that were tried with the figures of one year.
        scored: whether the message speaks of points.
    """
    leaves = [leaf for criterion in programme.criteria for leaf in _leaves(criterion)]
    scores = {score.id for score in programme.scores}
    total = tuple(leaf.id for leaf in leaves if leaf.bound and leaf.bound.fact in scores)
    if scored and total:
        return total
    named = [leaf.id for leaf in leaves if _facts(leaf) & set(reading.about)]
    if named:
        return tuple(named)
    told = {said.fact for said in reading.told}
    tried = set(trials)
    touched = [
        leaf.id for leaf in leaves if leaf.id in tried or any(_told(name, told, catalogue) for name in _facts(leaf))
    ]
    return tuple(touched) if len(touched) <= _FEW else ()


def weighs(verdict: Verdict, told: set[str], catalogue: FactCatalogue) -> bool:
    """Whether what was told gives any criterion a value that can be held against its threshold."""
    told = told | {score.id for score in verdict.programme.scores if score.told_by in told}
    values = {leaf.id for criterion in verdict.criteria for leaf in criterion.leaves() if leaf.value}
    leaves = (leaf for criterion in verdict.programme.criteria for leaf in _leaves(criterion))
    return any(leaf.id in values and any(_told(name, told, catalogue) for name in _facts(leaf)) for leaf in leaves)


def settles(verdict: Verdict, reading: Reading, catalogue: FactCatalogue, question: str) -> tuple[str, ...]:
    """The criteria in question of which what was told settles how much they ask: the tier of a share, what it comes to."""
    told, about = {said.fact for said in reading.told}, set(reading.about)
    parameters = {parameter.id: parameter.values[-1] for parameter in verdict.programme.parameters}
    found = []
    for leaf in (leaf for criterion in verdict.programme.criteria for leaf in _leaves(criterion)):
        derivation = catalogue[leaf.at_least.fact].derive if leaf.at_least and leaf.at_least.fact in catalogue else None
        if not (leaf.at_least and derivation and derivation.ratio):
            continue
        part, whole = derivation.ratio
        spoken_of = {leaf.at_least.fact, part} & about or catalogue[part].label in question
        if spoken_of and ({parameters[leaf.at_least.parameter].by, whole} & told):
            found.append(leaf.id)
    return tuple(found)


def points_of(verdict: Verdict, reading: Reading, catalogue: FactCatalogue) -> tuple[IndicatorResult, ...]:
    """The parts of the score on which the message itself tells enough to say their points; none where it tells of many."""
    told = {said.fact for said in reading.told}
    found = [
        part
        for score in verdict.scores
        for indicator in score.indicators
        for part in (_named_whole(indicator) or (indicator,))
        if any(_told(name, told, catalogue) for name in part.facts) and (part.low > 0 or part.high < part.maximum)
    ]
    return tuple(found) if len(found) <= _FEW else ()


def _named_whole(indicator: IndicatorResult) -> tuple[IndicatorResult, ...]:
    """The parts of an indicator, each under both names: 知识产权：数量."""
    return tuple(replace(part, label=f"{indicator.label}：{part.label}") for part in indicator.parts)


def _told(name: str, told: set[str], catalogue: FactCatalogue) -> bool:
    """Whether a fact was told, or all that it follows from."""
    derivation = catalogue[name].derive if name in catalogue else None
    if name in told:
        return True
    if derivation is None:
        return False
    if derivation.sum_of_given or derivation.difference:
        return any(_told(other, told, catalogue) for other in derivation.inputs())
    return all(_told(other, told, catalogue) for other in derivation.inputs())


def _leaves(criterion: Criterion) -> Iterator[Criterion]:
    if not criterion.children:
        yield criterion
    for child in criterion.children:
        yield from _leaves(child)


def _facts(criterion: Criterion) -> set[str]:
    bound = criterion.bound
    tests = (criterion.some, criterion.is_true, criterion.is_false, criterion.one_of, criterion.none_of)
    return {bound.fact} if bound else {test.fact for test in tests if test}
