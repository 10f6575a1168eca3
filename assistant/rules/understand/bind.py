"""Which fact a figure tells: by the nearest label in its clause, by its kind and by its year. Never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assistant.rules.facts import FactKind
from assistant.rules.understand.around import clause_of, is_absorbed, is_average, supposed
from assistant.rules.understand.bound import Bound, bind_value, with_amount
from assistant.rules.understand.choose import label_of, share_of
from assistant.rules.understand.compared import Comparison, compared
from assistant.rules.understand.corrections import corrected
from assistant.rules.understand.derived import is_income, with_derived
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.income import WHOLE
from assistant.rules.understand.lexicon import LabelKind, Spot, label_for, lexicon
from assistant.rules.understand.members import of_family
from assistant.rules.understand.message import Message
from assistant.rules.understand.named import goes_on, is_verb, joined, meant, noun_of, restated
from assistant.rules.understand.people import has_moved, is_department, is_of_past_year, is_share_of_staff
from assistant.rules.understand.periods import IN_ORDER, Period
from assistant.rules.understand.rights import counted_of, counts_again, counts_besides, rest_of
from assistant.rules.understand.rows import labels_of, row_at, years_of
from assistant.rules.understand.sums import headed, summed_up, without_parts
from assistant.rules.understand.yearly import told_of
from assistant.rules.understand.years import is_bare_total, is_growth_of_one_year, period_of

_PATENTS = ("patents_invention", "patents_utility", "patents_design")
_REACHES = re.compile(r"(?:，(?:就?做到|达到?|恢复到|突破)|[涨升降跌掉]到|增[长加]到|回[落升]到|下[降滑]到|减少到)了?$")
_AGAINST = re.compile(r"(?:比起?|较|相比|超过|[从由])$")  # 比前年的1.86亿涨了: goes on with this year
_YUAN = 10**5  # from which a figure in digits with commas is in yuan


@dataclass
class Binding:
    """The figures of a message with their facts, and those that found none."""

    message: Message
    bound: list[Bound] = field(default_factory=list)
    left: list[Figure] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)
    _compared: list[Comparison] = field(default_factory=list)
    _row: list[Spot] = field(default_factory=list)
    _absorbed: set[int] = field(default_factory=set)
    _wholes: list[Figure] = field(default_factory=list)
    _family: Spot | None = None
    _period: Period | None = None
    _past: tuple[Figure, Spot] | None = None
    _conversions: dict[str, tuple[Figure, Spot]] = field(default_factory=dict)

    def all(self) -> Binding:
        """Bind every figure, in order."""
        figures = self.message.figures
        position = 0
        while position < len(figures):
            row = row_at(self.message, figures, position)
            if len(row) > 1 and self._bind_row(row):
                position += len(row)
                continue
            self._bind(figures, position)
            position += 1
        self._divide()
        self.bound = with_derived(self.message, without_parts(self.message, self.bound), self._compared)
        return self

    def unused(self) -> Iterator[Spot]:
        """Labels that took no figure."""
        return (spot for spot in self.message.labels if spot.start not in self._used)

    def _bind_row(self, row: list[Figure]) -> bool:
        """分别是200万、240万、300万: several years of one label, or several labels of one year."""
        first = row[0]
        start = self.message.sentence(first.start).start
        since = max([start, *(bound.figure.end for bound in self.bound if bound.figure.end <= first.start)])
        spots = labels_of(self.message, row, since, self._row)
        if len(spots) == len(row):
            self._row = spots
            for figure, spot in zip(row, spots, strict=True):
                self._take(figure, spot, period_of(self.message, figure, since, self.bound, self._period))
            return True
        years = years_of(self.message, row, spots[-1]) if spots else ()
        told = list(zip(row, years, strict=False))
        if spots and spots[-1].label.kind is LabelKind.PEOPLE:
            told = [(f, year) for f, year in told if year == "latest"]  # 研发人员三年分别是8人、10人、13人
        taken = [self._take(f, spots[-1], Period(0, 0, (year,))) for f, year in told]
        return any(taken)

    def _bind(self, figures: list[Figure], i: int) -> None:
        figure, since = figures[i], figures[i - 1].end if i else 0
        period = period_of(self.message, figure, since, self.bound, self._period)
        if is_absorbed(self.message, figure, since):
            self._absorbed.add(figure.start)
            return
        if (comparison := compared(self.message, figure)) and not supposed(self.message, figure):
            self._compared.append(comparison)
            self._period = period
            return
        if self._is_income(figure) or self._is_whole(figure) or self._replaces(figure):
            return
        spot, resumed = self._label(figures, i, period)
        self._period = self._going_on(period)
        if (spot is None or spot.label.weak) and is_share_of_staff(self.message, self._last, figure):
            self.bound += [Bound("rd_staff_ratio", figure, figure.values)] if figure.low == figure.high else []
            return
        of_year = period and period.names[0] in IN_ORDER and spot and spot.label.to == ("rd_ratio",)  # not of all years
        told = bool(of_year) or (period is not None and period.start >= since)
        if spot is None or not (self._take(figure, spot, period) or (not told and self._take(figure, spot, None))):
            if spot and period and period.names[0] in IN_ORDER[:2]:
                self._past = figure, spot  # 前年市占率9%，去年到了12%
            else:
                self.left.append(figure)
        for other in joined(self.message, spot, figure, self._used) if spot else ():
            self._take(figure, other, period)
        if resumed:
            self._used.discard(resumed.start)  # 2023年没有收入，2024年260万: still to be denied

    def _going_on(self, period: Period | None) -> Period | None:
        """The period that figures after this one go on with: not the one compared with, but the one told before it."""
        if not (period and _AGAINST.search(self.message.text[: period.start])):
            return period
        start = self.message.sentence(period.start).start
        before = [one for one in self.message.periods if start <= one.start < period.start]
        return before[-1] if before else self._period

    # the label of a figure

    def _label(self, figures: list[Figure], i: int, period: Period | None) -> tuple[Spot | None, Spot | None]:
        """The label of a figure; beside it the family it goes on with, where no figure has used that one yet."""
        figure, before = figures[i], self.message.text[: figures[i].start]
        passed = i > 0 and self.left[-1:] == [figures[i - 1]]  # 前年只有一半，1000万: the year is still open
        newly = period if period is not self._period or passed else None
        spot = label_of(self.message, figures, i, self._used)
        if spot is None and not is_share_of_staff(self.message, self._last, figure):
            spot = share_of(self.message, figure)
        spot = spot or restated(self.message, figures, i, self._used, self._absorbed)
        verb = spot is not None and is_verb(self.message, spot)
        family = None
        if (spot is None or verb) and (newly or _REACHES.search(before)):
            family = goes_on(self.message, figure, self._family)
            spot = family or spot
        if spot and verb:
            spot = noun_of(self.message, figure, spot, self._used) or spot
        if spot is None and self._conversions and newly:
            counted, label = next(reversed(self._conversions.values()))  # 转化:2023年4项、2024年5项
            spot = label if counted.kind is figure.kind and counted.end <= newly.start else None
        if spot is None and self._past and self._has_moved(figure):
            spot = self._past[1]
        return spot, family if family and family.start not in self._used else None

    def _is_whole(self, figure: Figure) -> bool:
        """Whether it is the sum of parts told under a heading, which then tell nothing by themselves."""
        found = headed(self.message, self.bound, figure)
        if found is None:
            return False
        heading, parts, year = found
        self.bound = [one for one in self.bound if one.figure not in parts or one.spot != heading]
        self.left = [part for part in self.left if part not in parts]
        return self._take(figure, heading, year)

    def _has_moved(self, figure: Figure) -> bool:
        """Whether a figure without a label is what that of a past year has become: 前年80人，去年104人."""
        earlier = self._past[0] if self._past else figure
        return figure.kind is earlier.kind and has_moved(self.message, earlier, figure)

    # what a label takes

    def _take(self, figure: Figure, named: Spot, period: Period | None) -> bool:
        spot = meant(self.message, named, figure, self._used)
        if spot is None:
            return False
        same = (s.start for s in self.message.labels if s.start == figure.end and s.label.to == spot.label.to)
        self._used.update((spot.start, *same))  # 公司有240名职工
        of_people = spot.label.kind is LabelKind.PEOPLE or spot.label.to == ("rd_staff_ratio",)
        if of_people and is_of_past_year(self.message, figure, spot, self._past):
            self._past = figure, spot
            return True
        names, year, facts = told_of(self.message, figure, spot, period)
        if names and of_family(spot) and period is not None and is_bare_total(self.message, period):
            self.doubts.append(doubt("which_years", words=clause_of(self.message, figure)))
            return True
        if not facts:
            if year == "this" and of_family(spot):
                self.doubts.append(doubt("this_year", words=clause_of(self.message, figure)))
            return self._counts_all(figure, spot)
        first = facts[0][0]
        if first == "conversions_per_year" and self._converted(figure, spot, names):
            return True
        if is_growth_of_one_year(self.message, first, figure, period):
            return True
        if figure.kind is FigureKind.BARE and self._lacks_unit(figure, spot, first):
            return True
        if of_family(spot):
            self._family = spot
            if is_average(self.message, figure):
                self.doubts.append(doubt("average", words=clause_of(self.message, figure)))
                self._used.discard(spot.start)  # 每年平均300万，一共900万
                return True
        for fact, note in facts:
            self._add(fact, figure, spot, note)
        return True

    def _counts_all(self, figure: Figure, spot: Spot) -> bool:
        """Whether it counts rights of every kind together: 专利15件; none at all is none of each."""
        if spot.label.kind is not LabelKind.ITEMS or spot.label.to:
            return False
        if figure.high:
            self._wholes.append(figure)
        else:
            self.bound += [Bound(fact, figure, figure.values) for fact in _PATENTS]  # 专利:0
        return True

    def _lacks_unit(self, figure: Figure, spot: Spot, fact: str) -> bool:
        """Whether a bare figure is no amount of money: people of research, a department, or one without its unit."""
        if is_department(self.message, self._last, spot, figure) and self.message.text[spot.start : spot.end] == "研发":
            self.bound.append(Bound("rd_staff", figure, figure.values, doubt("as_people")))  # 员工70 研发7
            return True
        if spot.label.kind is not LabelKind.MONEY:
            return False
        if is_department(self.message, self._last, spot, figure):
            return True
        in_yuan = figure.low >= _YUAN and "," in figure.text
        if figure.low and not in_yuan:
            label = self.message.catalogue[fact].label
            self.doubts.append(doubt("no_unit", label=label, words=figure.text))
            return True
        return False

    def _converted(self, figure: Figure, spot: Spot, names: tuple[str, ...]) -> bool:
        """Whether results were converted in one year: the average is known once all three are told."""
        if len(names) != 1 or names[0] not in (*IN_ORDER, "this") or is_average(self.message, figure):
            return False
        self._conversions[names[0]] = figure, spot
        if set(IN_ORDER) <= self._conversions.keys():
            average = sum((self._conversions[year][0].low for year in IN_ORDER), Fraction(0)) / len(IN_ORDER)
            self.bound.append(Bound("conversions_per_year", figure, (average,), doubt("per_year")))
        return True

    def _add(self, fact: str, figure: Figure, spot: Spot, note: str | None) -> None:
        if self.message.catalogue[fact].type is FactKind.AMOUNTS and not spot.label.rest:
            self.bound = with_amount(self.message, self.bound, fact, figure)
        else:
            self.bound.append(bind_value(self.message, fact, figure, spot, note))

    # what was bound before

    @property
    def _last(self) -> Bound | None:
        return self.bound[-1] if self.bound else None

    def _replaces(self, figure: Figure) -> bool:
        """Whether it sums up or corrects what was told before it."""
        bound = summed_up(self.message, self.bound, figure) or corrected(
            self.message, self.bound, figure, self._absorbed
        )
        if bound:
            self.bound = bound
        return bound is not None or self._counts_again(figure)

    def _counts_again(self, figure: Figure) -> bool:
        """发明3项，不对，应该是4项: the count before is replaced."""
        last = self._last
        if last is None or last.spot is None or last.fact not in lexicon().counted_ip:
            return False
        besides = last.note == doubt("not_counted") and counts_besides(self.message, last.figure, figure)
        if besides or counts_again(self.message, last.figure, figure, last.spot):
            self._add(last.fact, figure, last.spot, None)
            return True
        counted = counted_of(self.message, last.figure, figure, last.spot)
        if counted is None:
            return False
        self.bound[-1] = replace(last, values=counted, note=doubt("part_not_counted"))
        return True

    def _is_income(self, figure: Figure) -> bool:
        """4650万只是主营，漏了150万其他业务收入，应该是4800万: the sum of the two, and what goes on from it."""
        if not is_income(self.bound, figure):
            return False
        self.bound.append(Bound(WHOLE, figure, figure.values))
        self._family = Spot(figure.start, figure.end, label_for("revenue"))
        return True

    def _divide(self) -> None:
        """专利15件，发明3件，其余都是实用新型: the rest of a whole; one of which nothing is told is asked about."""
        for whole in self._wholes:
            end = self.message.sentence(whole.start).end
            counted = [bound for bound in self.bound if bound.fact in lexicon().counted_ip]
            parts = [bound.figure for bound in counted if whole.end <= bound.figure.start < end]
            left = whole.low - sum(part.low for part in parts)
            exact = all(figure.low == figure.high for figure in (whole, *parts))
            spot = rest_of(self.message, whole, self._used)
            if spot and exact and left >= 0:
                self._take(replace(whole, start=spot.start, end=spot.end, low=left, high=left), spot, None)
            elif left and self.message.wanted & set(lexicon().counted_ip):
                self.doubts.append(doubt("which_patent", words=clause_of(self.message, whole)))
