"""Which fact a figure tells: by the nearest label in its clause, by its kind and by its year. Never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.documents.numerals import ordinal
from assistant.rules.facts import FactKind
from assistant.rules.understand.around import (
    change,
    clause_of,
    is_absorbed,
    is_average,
    on_research,
    supposed,
    words_about,
)
from assistant.rules.understand.choose import BESIDE, fits, label_of, project
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import TAKES, LabelKind, Spot, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.periods import Period, spread
from assistant.rules.values import Value

_PATENTS = ("patents_invention", "patents_utility", "patents_design")
_JOIN = re.compile(r"[、，,和及与跟同/ ]+")
_EACH = re.compile(r"([二两三四五六2-6])个[^，。；]{0,16}[，,]?(?:每个|各|每项)")
_TOTAL = re.compile(r"合计|累计|总计")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that tells a fact; `change` is 1 or -1 where it comes on top of, or goes off, what was told before."""

    fact: str
    figure: Figure
    values: tuple[Value, ...]
    note: str | None = None
    supposed: bool = False
    change: int = 0


@dataclass
class Binding:
    """The figures of a message with their facts, and those that found none."""

    message: Message
    bound: list[Bound] = field(default_factory=list)
    left: list[Figure] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)
    _family: Spot | None = None
    _period: Period | None = None

    def all(self) -> Binding:
        """Bind every figure, in order."""
        figures = self.message.figures
        position = 0
        while position < len(figures):
            group = self._group(figures, position)
            if len(group) > 1 and self._bind_list(group):
                position += len(group)
                continue
            self._bind(figures, position)
            position += 1
        return self

    def unused(self) -> Iterator[Spot]:
        """Labels that took no figure."""
        return (spot for spot in self.message.labels if spot.start not in self._used)

    # one figure

    def _bind(self, figures: list[Figure], i: int) -> None:
        figure = figures[i]
        period = self._period_of(figure, figures[i - 1].end if i else 0)
        if is_absorbed(self.message, figure, figures[i - 1].end if i else 0):
            return
        spot = label_of(self.message, figures, i, self._used)
        if spot is None and period and period is not self._period and self._family:
            spot = self._same_sentence(self._family, figure)
        self._period = period
        if spot is None and self._is_share_of_staff(figure):
            self.bound += [Bound("rd_staff_ratio", figure, figure.values)] if figure.low == figure.high else []
            return
        told = period is not None and period.start >= (figures[i - 1].end if i else 0)
        if spot is None or not (self._take(figure, spot, period) or (not told and self._take(figure, spot, None))):
            self.left.append(figure)

    def _is_share_of_staff(self, figure: Figure) -> bool:
        """研发5个刚好一成: a share right after the number of research staff."""
        last = self.bound[-1] if self.bound else None
        near = last is not None and figure.start - last.figure.end <= BESIDE
        return figure.kind is FigureKind.PERCENT and near and last is not None and last.fact == "rd_staff"

    def _take(self, figure: Figure, spot: Spot, period: Period | None) -> bool:
        until = self.message.clause(figure.start).end
        if spot.label.rest and not spot.label.rest.search(self.message.text[spot.start : until]):
            return False
        if spot.label.weak and spot.label.kind is LabelKind.PERCENT and not on_research(self.message, figure):
            return False
        self._used.add(spot.start)
        names = period.names if period else ()
        together = {1: names[0] if names else None, 2: "two", 3: "sum"}  # several years and one figure
        targets = self._targets(spot, figure, together.get(len(names)))
        if not targets:
            if spot.label.kind is LabelKind.ITEMS and not spot.label.to and not figure.high:
                self.bound += [Bound(fact, figure, figure.values) for fact in _PATENTS]  # 专利:0
                return True
            if spot.label.kind is LabelKind.ITEMS and not spot.label.to:
                if self.message.wanted & set(lexicon().counted_ip):
                    self.doubts.append(doubt("which_patent", words=clause_of(self.message, figure)))
                return True
            return False
        if figure.kind is FigureKind.BARE and self._counts_people(figure, spot):
            self.bound.append(Bound("rd_staff", figure, figure.values, doubt("as_people")))
            return True
        if figure.kind is FigureKind.BARE and spot.label.kind is LabelKind.MONEY and figure.low:
            label = self.message.catalogue[targets[0][0]].label
            self.doubts.append(doubt("no_unit", label=label, words=figure.text))
            return True
        if any(to in lexicon().families for to in spot.label.to):
            self._family = spot
            if is_average(self.message, figure):
                self.doubts.append(doubt("average", words=clause_of(self.message, figure)))
                return True
        for fact, note in targets:
            self._add(fact, figure, spot, note)
        return True

    def _counts_people(self, figure: Figure, spot: Spot) -> bool:
        """员工70 研发7: right after the staff, bare research counts people."""
        last = self.bound[-1] if self.bound else None
        after_staff = last is not None and last.fact == "staff_total" and figure.low <= last.figure.high
        near = after_staff and last is not None and spot.start - last.figure.end <= BESIDE
        return near and self.message.text[spot.start : spot.end] == "研发"

    def _targets(self, spot: Spot, figure: Figure, period: str | None) -> list[tuple[str, str | None]]:
        """The facts that the label means in that year, each with how it was understood."""
        if period == "this" and any(to in lexicon().families for to in spot.label.to):
            single = [to for to in spot.label.to if to not in lexicon().families and to in self.message.wanted]
            if not single:
                self.doubts.append(doubt("this_year", words=clause_of(self.message, figure)))
            return [(single[0], None)] if single else []
        candidates = [choice for to in spot.label.to for choice in self._members(to, period)]
        candidates = [found for found in candidates if all(name in self.message.catalogue for name, _ in found)]
        chosen = next((found for found in candidates if found[0][0] in self.message.wanted), None)
        if chosen is None and spot.label.kind is LabelKind.POINTS and self.message.wanted:
            return []
        return chosen or (candidates[0] if candidates else [])

    def _members(self, to: str, period: str | None) -> list[list[tuple[str, str | None]]]:
        family = lexicon().families.get(to)
        if family is None:
            return [[(to, None)]]
        if period == "each":
            names = ("latest", "prev", "before") if "三年" in self.message.text else ("latest", "prev")
            return [[(family[name], doubt("as_both")) for name in names if name in family]]
        if period:
            return [[(family[period], None)]] if period in family else []
        if to == "rd_ratio":
            return [[(family[name], None)] for name in ("sum", "latest")]
        return [[(family["latest"], doubt("as_latest"))]]

    def _add(self, fact: str, figure: Figure, spot: Spot, note: str | None) -> None:
        values: tuple[Value, ...] = figure.values
        before = self.message.text[self.message.sentence(figure.start).start : figure.start]
        kind = self.message.catalogue[fact].type
        if spot.label.rest:
            values = tuple(1 - value for value in figure.values)
        elif (
            fact == "conversions_per_year"
            and re.search(r"三年|累计|合计|一共", before)
            and not is_average(self.message, figure)
        ):
            values, note = tuple(value / 3 for value in figure.values), doubt("per_year")
        elif kind is FactKind.AMOUNTS:
            return self._add_amount(fact, figure, before)
        if fact in lexicon().counted_ip and lexicon().not_counted.search(words_about(self.message, figure)):
            values, note = (Fraction(0),), doubt("not_counted")
        note = note or (None if len(values) == 1 else doubt("rough"))
        self.bound.append(Bound(fact, figure, values, note, supposed(self.message, figure), change(before)))

    def _add_amount(self, fact: str, figure: Figure, before: str) -> None:
        times = _EACH.search(before)
        count = ordinal(times[1]) or 1 if times else 1
        earlier = next((bound for bound in self.bound if bound.fact == fact), None)
        amounts = (figure.low,) * count
        if earlier:
            self.bound.remove(earlier)
            told = earlier.values[0]
            amounts = (*told, *amounts) if isinstance(told, tuple) else amounts
        note = None if figure.low == figure.high else doubt("rough")
        self.bound.append(Bound(fact, figure, (amounts,), note, supposed(self.message, figure)))

    # which label

    def _same_sentence(self, spot: Spot, figure: Figure) -> Spot | None:
        same = self.message.sentence(figure.start).holds(spot.start)
        return spot if same and spot.label.kind in TAKES[figure.kind] else None

    # several figures in a list

    def _group(self, figures: list[Figure], i: int) -> list[Figure]:
        group = [figures[i]]
        for figure in figures[i + 1 :]:
            between = self.message.text[group[-1].end : figure.start]
            if figure.kind is not group[0].kind or not _JOIN.fullmatch(between):
                break
            group.append(figure)
        return group

    def _bind_list(self, group: list[Figure]) -> bool:
        """分别是200万、240万、300万: several years of one label, or several labels of one year."""
        first = group[0]
        sentence = self.message.sentence(first.start)
        since = max([sentence.start, *(bound.figure.end for bound in self.bound if bound.figure.end <= first.start)])
        spots = [s for s in self.message.labels if since <= s.start < first.start and fits(self.message, s, first)]
        if spots and (
            spots[-1].label.kind is LabelKind.AMOUNTS or project(self.message, first, spots[-1], sentence.start)
        ):
            return False
        if len(spots) == len(group):
            for figure, spot in zip(group, spots, strict=True):
                self._take(figure, spot, self._period_of(figure, since))
            return True
        if not spots or first.kind not in (FigureKind.MONEY, FigureKind.PERCENT):
            return False
        period = next(
            (p for p in reversed(self.message.periods) if sentence.start <= p.start < first.start and len(p.names) > 1),
            None,
        )
        years = spread(len(group), period)
        taken = [self._take(f, spots[-1], Period(0, 0, (year,))) for f, year in zip(group, years, strict=False)]
        return any(taken)

    # what stands around a figure

    def _period_of(self, figure: Figure, since: int) -> Period | None:
        sentence = self.message.sentence(figure.start)
        since = max(since, sentence.start)
        clause = self.message.clause(figure.start)
        before = [p for p in self.message.periods if since <= p.start < figure.start]
        before = [p for p in before if p.names != ("this",) or clause.holds(p.start)]
        told = [period for period in before if not self._is_total(period)]
        if told:
            return told[-1]
        carried = self._period if self._period and sentence.holds(self._period.start) else None
        return carried or (before[-1] if before else None)

    def _is_total(self, period: Period) -> bool:
        """Whether it is a bare 合计, which leaves the years to the words before it."""
        return _TOTAL.fullmatch(self.message.text[period.start : period.end]) is not None
