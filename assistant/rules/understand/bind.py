"""Which fact a figure tells: by the nearest label in its clause, by its kind and by its year. Never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
from assistant.rules.understand.choose import fits, label_of, project, share_of
from assistant.rules.understand.compared import Comparison, compared, is_own, multiples
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.income import WHOLE, income, is_whole
from assistant.rules.understand.lexicon import TAKES, LabelKind, Spot, label_for, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.people import has_moved, is_department, is_of_past_year, is_share
from assistant.rules.understand.periods import IN_ORDER, Period, spread, together
from assistant.rules.understand.rights import counts_again, is_not_counted, rest_of
from assistant.rules.values import Value

_PATENTS = ("patents_invention", "patents_utility", "patents_design")
_JOIN = re.compile(r"[、，,和及与跟同/ ]+")
_EACH = re.compile(r"([二两三四五六2-6])个[^，。；]{0,16}[，,]?(?:每个|各|每项)")
_TOTAL = re.compile(r"合计|累计|总计")
_OF_YEARS = re.compile(r"\(?近?[三3]个?年|累计|合计|一共")
_FALLS = re.compile(r"(?:下降|下滑|下跌|减少|降低|负增长|[降跌])(?:了|为|是|约|大概)*\s*$")
_CLOSER = re.compile(r"(?:具体|准确|精确|确切|实际|其实|数字?|一?点|地|的话|说|算(?:下|出)来|是|为|到|有|了|[，\s])*")
_REACHES = re.compile(r"，(?:就?做到|达到?|[涨升降跌]到|增[长加]到|回[落升]到|恢复到|突破)了?$")
_IN_TURN = re.compile(r"分别|依次|两年|/")
_SEVERAL_YEARS = re.compile(r"[两二三23]年|年均|平均|复合")
_EVEN = re.compile(r"(?:都|(?<!平)均)(?:是|为|在|有|达到?|超过|约|大概)*\s*$")  # 近两年营收都是3500万
_ADDED = re.compile(r"(?:合计|一共|总共|共计?|加起来|总计|=)[是为有]?$")
_SLIP = 5  # how many times a wrong figure may be the right one
_SLACK = Fraction(1, 20)  # by how much a closer figure may leave the rough one
_VERB = re.compile(r"(?:直接)?[做干搞卖冲][到了]")  # 研发前年175万，去年干到260万
_AT_YEAR_END = ("debt_ratio", "total_assets", "total_debts")  # of the last year, where no other is told
_ADDED = re.compile(r"[，、](?:合计|一共|总共|共计?|加起来)(?:是|有|为|:)?$")
_ENCLOSED = re.compile(r"[年度末底内合计总数平均口径的]*[)，]")
_UNCLOSED = ("this", "other")  # years that no figure of a programme is of
_YUAN = 10**5  # from which a figure in digits with commas is in yuan


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that tells a fact; `change` is 1 or -1 where it comes on top of, or goes off, what was told before."""

    fact: str
    figure: Figure
    values: tuple[Value, ...]
    note: str | None = None
    supposed: bool = False
    change: int = 0
    spot: Spot | None = None


_AGAINST = re.compile(r"(?:比起?|较|相比|超过)$")


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
            group = self._group(figures, position)
            if len(group) > 1 and self._bind_list(group):
                position += len(group)
                continue
            self._bind(figures, position)
            position += 1
        self._divide()
        self._compare()
        return self

    def unused(self) -> Iterator[Spot]:
        """Labels that took no figure."""
        return (spot for spot in self.message.labels if spot.start not in self._used)

    # one figure

    def _bind(self, figures: list[Figure], i: int) -> None:
        figure = figures[i]
        period = self._period_of(figure, figures[i - 1].end if i else 0)
        if is_absorbed(self.message, figure, figures[i - 1].end if i else 0):
            self._absorbed.add(figure.start)
            return
        if (comparison := compared(self.message, figure)) and not supposed(self.message, figure):
            self._compared.append(comparison)
            self._period = period
            return
        if self._is_income(figure) or self._adds_up(figure) or self._amends(figure):
            return
        if self._counts_again(figure):
            return
        spot = label_of(self.message, figures, i, self._used)
        if spot is None and not self._is_share_of_staff(figure):
            spot = share_of(self.message, figure)
        spot = spot or self._restated(figures, i)
        verb = spot is not None and _VERB.fullmatch(self.message.text, spot.start, spot.end) is not None
        reaches = _REACHES.search(self.message.text[: figure.start])
        goes_on, named = None, False
        if (spot is None or verb) and ((period and period is not self._period) or reaches):
            goes_on = self._goes_on(figure)
            named = goes_on is not None and goes_on.start in self._used
            spot = goes_on or spot
        if spot and verb:
            spot = self._noun(figure, spot) or spot
        if spot is None and self._conversions and period and period is not self._period:
            counted, label = next(reversed(self._conversions.values()))  # 转化:2023年4项、2024年5项
            spot = label if counted.kind is figure.kind and counted.end <= period.start else None
        if spot is None and self._past and self._has_moved(figure):
            spot = self._past[1]
        if spot is None and _ADDED.search(self.message.text[: figure.start]):
            spot = self._whole(figure)
        if not (
            period and _AGAINST.search(self.message.text[: period.start])
        ):  # 比前年的1.86亿涨了: goes on with this year
            self._period = period
        if spot is None and self._is_share_of_staff(figure):
            self.bound += [Bound("rd_staff_ratio", figure, figure.values)] if figure.low == figure.high else []
            return
        told = period is not None and period.start >= (figures[i - 1].end if i else 0)
        of_year = period and period.names[0] in IN_ORDER and spot and spot.label.to == ("rd_ratio",)  # not of all years
        told = told or bool(of_year)
        if spot is None or not (self._take(figure, spot, period) or (not told and self._take(figure, spot, None))):
            self.left.append(figure)
        if goes_on and not named:
            self._used.discard(goes_on.start)  # 2023年没有收入，2024年260万: still to be denied

    def _has_moved(self, figure: Figure) -> bool:
        """Whether a count without a label is what people of a past year have become: 前年80人，去年104人."""
        earlier = self._past[0] if self._past else figure
        same = figure.kind is earlier.kind and self.message.sentence(figure.start).holds(earlier.start)
        return same and has_moved(self.message, earlier, figure)

    def _whole(self, figure: Figure) -> Spot | None:
        """What the sum of several parts is of, where the parts told nothing: 研发花销:人工60万，材料20万，合计80万."""
        spot = self._goes_on(figure)
        if spot is None or spot.start in self._used or any(bound.figure.start > spot.start for bound in self.bound):
            return None
        self.left = [part for part in self.left if part.start < spot.start]
        return spot

    def _noun(self, figure: Figure, verb: Spot) -> Spot | None:
        """What was done, sold or spent, named before the verb: 研发费用做了120万."""
        clause = self.message.clause(figure.start)
        named = [s for s in self.message.labels if clause.start <= s.start and s.end <= verb.start]
        fitting = [s for s in named if fits(self.message, s, figure) and s.start not in self._used]
        return fitting[-1] if fitting else None

    def _is_share_of_staff(self, figure: Figure) -> bool:
        """研发5个刚好一成: a share right after the number of research staff."""
        last = self.bound[-1] if self.bound else None
        if figure.kind is not FigureKind.PERCENT or last is None or last.fact != "rd_staff":
            return False
        return is_share(self.message, last.figure, figure)

    def _take(self, figure: Figure, spot: Spot, period: Period | None) -> bool:
        until = self.message.clause(figure.start).end
        if spot.label.rest and not spot.label.rest.search(self.message.text[spot.start : until]):
            return False
        of_research = spot.label.weak and spot.label.kind in (LabelKind.PERCENT, LabelKind.MONEY)
        share = share_of(self.message, figure) if of_research and spot.label.to == ("rd_ratio",) else None
        if of_research and share is None and not on_research(self.message, figure):
            return False
        spot = share or self._part_of_score(spot) or spot
        same = (s.start for s in self.message.labels if s.start == figure.end and s.label.to == spot.label.to)
        self._used.update((spot.start, *same))  # 公司有240名职工
        if spot.label.kind is LabelKind.PEOPLE and is_of_past_year(self.message, figure, spot, self._past):
            self._past = figure, spot
            return True
        names = period.names if period and not (self._is_total(period) and self._of_one_year(spot)) else ()
        clause = self.message.clause(figure.start)
        even = _EVEN.search(self.message.text[clause.start : figure.start]) and together(names) in ("two", "sum")
        targets = self._targets(spot, figure, "each" if even else together(names))
        if not targets:
            if spot.label.kind is LabelKind.ITEMS and not spot.label.to and not figure.high:
                self.bound += [Bound(fact, figure, figure.values) for fact in _PATENTS]  # 专利:0
                return True
            if spot.label.kind is LabelKind.ITEMS and not spot.label.to:
                self._wholes.append(figure)
                return True
            return False
        if targets[0][0] == "conversions_per_year" and self._converted(figure, spot, names):
            return True
        if self._is_growth_of_one_year(targets[0][0], figure, period):
            return True
        if figure.kind is FigureKind.BARE and self._counts_people(figure, spot):
            self.bound.append(Bound("rd_staff", figure, figure.values, doubt("as_people")))
            return True
        if figure.kind is FigureKind.BARE and spot.label.kind is LabelKind.MONEY and self._is_department(figure, spot):
            return True
        in_yuan = figure.low >= _YUAN and "," in figure.text
        if figure.kind is FigureKind.BARE and spot.label.kind is LabelKind.MONEY and figure.low and not in_yuan:
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

    def _part_of_score(self, spot: Spot) -> Spot | None:
        """The part of a score that was named without its points: 先进程度满分8分，我们自评6分."""
        if spot.label.kind is not LabelKind.POINTS or spot.label.beside:
            return None
        start = self.message.sentence(spot.start).start
        parts = [s for s in self.message.labels if start <= s.start < spot.start and s.label.beside]
        parts = [s for s in parts if s.label.kind is LabelKind.POINTS and s.start not in self._used]
        return parts[-1] if parts else None

    def _converted(self, figure: Figure, spot: Spot, names: tuple[str, ...]) -> bool:
        """Whether results were converted in one year: the average is known once all three are told."""
        if len(names) != 1 or names[0] not in (*IN_ORDER, "this") or is_average(self.message, figure):
            return False
        self._conversions[names[0]] = figure, spot
        if set(IN_ORDER) <= self._conversions.keys():
            average = sum((self._conversions[year][0].low for year in IN_ORDER), Fraction(0)) / len(IN_ORDER)
            self.bound.append(Bound("conversions_per_year", figure, (average,), doubt("per_year")))
        return True

    def _is_growth_of_one_year(self, fact: str, figure: Figure, period: Period | None) -> bool:
        """营收增速去年20%: no growth of several years."""
        clause = self.message.clause(figure.start)
        one = period is not None and period.names in [(year,) for year in (*IN_ORDER, *_UNCLOSED)]
        several = _SEVERAL_YEARS.search(self.message.words(clause)) is not None
        growth = self.message.catalogue[fact].type is FactKind.GROWTH
        return growth and one and period is not None and clause.holds(period.start) and not several

    def _counts_people(self, figure: Figure, spot: Spot) -> bool:
        """员工70 研发7: right after the staff, bare research counts people."""
        return self._is_department(figure, spot) and self.message.text[spot.start : spot.end] == "研发"

    def _is_department(self, figure: Figure, spot: Spot) -> bool:
        last = self.bound[-1] if self.bound else None
        return (
            last is not None and last.fact == "staff_total" and is_department(self.message, last.figure, spot, figure)
        )

    def _targets(self, spot: Spot, figure: Figure, period: str | None) -> list[tuple[str, str | None]]:
        """The facts that the label means in that year, each with how it was understood."""
        if period in _UNCLOSED and any(to in lexicon().families for to in spot.label.to):
            single = [to for to in spot.label.to if to not in lexicon().families and to in self.message.wanted]
            if not single and period == "this":
                self.doubts.append(doubt("this_year", words=clause_of(self.message, figure)))
            return [(single[0], None)] if single else []
        candidates = [choice for to in spot.label.to for choice in self._members(to, period)]
        candidates = [found for found in candidates if all(name in self.message.catalogue for name, _ in found)]
        chosen = next((found for found in candidates if found[0][0] in self.message.wanted), None)
        if chosen is None and spot.label.kind is LabelKind.POINTS and self.message.wanted:
            return []
        if chosen is None and period and any(to in lexicon().families for to in spot.label.to):
            members = {name for family in lexicon().families.values() for name in family.values()}
            candidates = [
                c for c in candidates if c[0][0] in members or c[0][0].endswith("_latest")
            ]  # 近两年 is no year of the others
        return chosen or (candidates[0] if candidates else [])

    def _of_one_year(self, spot: Spot) -> bool:
        """Whether a bare 合计 adds up one year: where the programme asks for no sum of years."""
        families = [lexicon().families[to] for to in spot.label.to if to in lexicon().families]
        if not families:
            return True
        latest = any(family.get("latest") in self.message.wanted for family in families)
        return latest and not any(family.get("sum") in self.message.wanted for family in families)

    def _members(self, to: str, period: str | None) -> list[list[tuple[str, str | None]]]:
        family = lexicon().families.get(to)
        if family is None:
            elsewhere = period in ("prev", "before", "sum", "two", "other") and (
                to.endswith("_latest") or to in _AT_YEAR_END
            )
            return [] if elsewhere else [[(to, None)]]
        if period == "each":
            names = ("latest", "prev", "before") if "三年" in self.message.text else ("latest", "prev")
            return [[(family[name], doubt("as_both")) for name in names if name in family]]
        if period:
            return [[(family[period], None)]] if period in family else []
        if to == "rd_ratio":
            return [[(family[name], None)] for name in ("sum", "latest")]
        return [[(family["latest"], doubt("as_latest")) if "latest" in family else (family["sum"], None)]]

    def _add(self, fact: str, figure: Figure, spot: Spot, note: str | None) -> None:
        values: tuple[Value, ...] = figure.values
        before = self.message.text[self.message.sentence(figure.start).start : figure.start]
        kind = self.message.catalogue[fact].type
        if spot.label.rest:
            values = tuple(1 - value for value in figure.values)
        elif kind is FactKind.GROWTH and _FALLS.search(before):
            values = tuple(sorted(-abs(value) for value in figure.values))
        elif (
            fact == "conversions_per_year"
            and (_OF_YEARS.search(before) or _OF_YEARS.match(self.message.text, figure.end))
            and not is_average(self.message, figure)
        ):
            values, note = tuple(value / 3 for value in figure.values), doubt("per_year")
        elif kind is FactKind.AMOUNTS:
            return self._add_amount(fact, figure, before)
        if fact in lexicon().counted_ip and is_not_counted(words_about(self.message, figure)):
            values, note = (Fraction(0),), doubt("not_counted")
        note = note or (None if len(values) == 1 else doubt("rough"))
        self.bound.append(Bound(fact, figure, values, note, supposed(self.message, figure), change(before), spot))

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

    # rights

    def _counts_again(self, figure: Figure) -> bool:
        """发明3项，不对，应该是4项: the count before is replaced."""
        last = self.bound[-1] if self.bound else None
        if last is None or last.spot is None or last.fact not in lexicon().counted_ip:
            return False
        if not counts_again(self.message, last.figure, figure, last.spot):
            return False
        self._add(last.fact, figure, last.spot, None)
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

    # which label

    def _goes_on(self, figure: Figure) -> Spot | None:
        """The family that another year's figure goes on with: taken last, else named last; past a semicolon too."""
        start = self.message.sentence(figure.start).start
        while self.message.text[max(start - 1, 0) : start] in ("；", ";"):
            start = self.message.sentence(start - 1).start
        named = [*self.message.labels, *([self._family] if self._family else [])]
        near = [s for s in named if start <= s.start < figure.start]
        near = [s for s in near if s.label.absorbs or (s.label.kind in TAKES[figure.kind] and not s.label.weak)]
        near = [s for s in near if not self.message.text[: s.start].endswith(("占", "占了", "占到"))]  # 占营业收入5%
        near = [s for s in near if figure.start - s.end > 2 or not _VERB.fullmatch(self.message.text, s.start, s.end)]
        last = max(near, key=lambda spot: spot.start, default=None)
        return last if last and any(to in lexicon().families for to in last.label.to) else None

    def _amends(self, figure: Figure) -> bool:
        """400万，不对，应该是440万; 超过六成，具体是62.3%: a figure that replaces the one before it."""
        last = self.bound[-1] if self.bound else None
        if last is None or last.figure.kind is not figure.kind or last.change:
            return False
        since = last.figure.end
        others = [other for other in self.message.figures if since <= other.start < figure.start]
        if any(other.start not in self._absorbed for other in others):
            return False
        named = any(since <= s.start < figure.start and fits(self.message, s, figure) for s in self.message.labels)
        years = [period for period in self.message.periods if since <= period.start < figure.start]
        between = self.message.text[max([since, *(other.end for other in others)]) : figure.start]
        years = [year for year in years if year.start >= figure.start - len(between)]
        since = figure.start - len(between)
        for year in reversed(years):
            between = between[: year.start - since] + between[year.end - since :].removeprefix("年").removeprefix("度")
        exact = len(figure.values) == 1 < len(last.values)
        if not (last.figure.low < figure.low * _SLIP and figure.low < last.figure.high * _SLIP):
            return False
        closer = exact and self._is_near(figure, last.figure) and _CLOSER.fullmatch(between)
        fact = self._in_year(last.fact, years[-1]) if years else last.fact
        if named or fact != last.fact or not (closer or lexicon().amends.search(between)):
            return False
        self.bound = [
            replace(b, figure=figure, values=figure.values, note=None) if b.figure is last.figure else b
            for b in self.bound
        ]
        return True

    def _restated(self, figures: list[Figure], i: int) -> Spot | None:
        """总收入漏了房租100万，改成4800万: what is corrected, named before a figure that tells nothing."""
        last, figure = figures[i - 1] if i else None, figures[i]
        if last is None or last.start not in self._absorbed:
            return None
        start = self.message.sentence(figure.start).start
        named = [s for s in self.message.labels if start <= s.start < last.start and s.start not in self._used]
        fitting = [s for s in named if fits(self.message, s, figure)]
        return fitting[-1] if fitting and lexicon().amends.search(self.message.text[last.end : figure.start]) else None

    def _is_near(self, figure: Figure, rough: Figure) -> bool:
        return rough.low * (1 - _SLACK) <= figure.low <= rough.high * (1 + _SLACK)

    def _in_year(self, fact: str, period: Period) -> str | None:
        """The fact of that year in the family of a fact; a fact without years is of the latest."""
        family = next((family for family in lexicon().families.values() if fact in family.values()), {"latest": fact})
        return family.get(period.names[0]) if len(period.names) == 1 else None

    def _adds_up(self, figure: Figure) -> bool:
        """软件收入2000万、硬件收入2600万，合计4600万: the sum of what was told of one fact."""
        start = self.message.sentence(figure.start).start
        if not self.bound or not _ADDED.search(self.message.text[start : figure.start]):
            return False
        fact = self.bound[-1].fact
        parts = [b for b in self.bound if b.fact == fact and b.figure.start >= start and not b.change]
        if len(parts) < 2 or sum(part.figure.low for part in parts) != figure.low:
            return False
        self.bound = [b for b in self.bound if b not in parts]
        self.bound.append(replace(parts[-1], figure=figure, values=figure.values))
        return True

    def _is_income(self, figure: Figure) -> bool:
        """4650万只是主营，漏了150万其他业务收入，应该是4800万: the sum of the two, and what goes on from it."""
        known = {fact: value for fact, (value, _) in self._known().items()}
        if not is_whole(known, figure.low):
            return False
        self.bound.append(Bound(WHOLE, figure, figure.values))
        self._family = Spot(figure.start, figure.end, label_for("revenue"))
        return True

    def _known(self) -> dict[str, tuple[Fraction, int]]:
        """The exact figures that were bound, by fact, and where each was told."""
        single = [bound for bound in self.bound if len(bound.values) == 1 and not bound.supposed]
        return {b.fact: (b.values[0], b.figure.start) for b in single if isinstance(b.values[0], Fraction)}

    def _compare(self) -> None:
        """The years told by another year's figure, and income told by its parts, once those are bound."""
        for one in (*self._compared, *multiples(self.message)):
            if found := one.resolve(self._known()):
                fact, values = found
                figure = replace(one.figure, kind=FigureKind.MONEY, low=min(values), high=max(values))
                self.bound.append(Bound(fact, figure, values, doubt("compared")))
        if told := income({fact: value for fact, (value, _) in self._known().items()}):
            fact, value, note = told
            rest = next(bound for bound in self.bound if bound.fact == "other_revenue_latest")
            self.bound.append(Bound(fact, rest.figure, (value,), note))

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
        if not spots and len(self._row) == len(group) and sentence.holds(self._row[0].start):
            spots = self._row  # 营收/研发费用:2023年2000万/120万，2024年2400万/150万
        if len(spots) == len(group):
            self._row = spots
            for figure, spot in zip(group, spots, strict=True):
                self._take(figure, spot, self._period_of(figure, since))
            return True
        yearly = first.kind in (FigureKind.MONEY, FigureKind.PERCENT)
        if not spots or not (yearly or "conversions_per_year" in spots[-1].label.to):
            return False
        period = next(
            (p for p in reversed(self.message.periods) if sentence.start <= p.start < first.start and len(p.names) > 1),
            None,
        )
        if len(group) == 2 and not period and not _IN_TURN.search(self.message.words(sentence)):
            return False
        years = spread(len(group), period)
        taken = [self._take(f, spots[-1], Period(0, 0, (year,))) for f, year in zip(group, years, strict=False)]
        return any(taken)

    # what stands around a figure

    def _period_of(self, figure: Figure, since: int) -> Period | None:
        sentence = self.message.sentence(figure.start)
        since = max(since, sentence.start)
        clause = self.message.clause(figure.start)
        before = [p for p in self.message.periods if since <= p.start < figure.start]
        before = [p for p in before if is_own(self.message, p, figure)]
        before = [p for p in before if p.names[0] not in _UNCLOSED or clause.holds(p.start)]
        told = [period for period in before if not self._is_total(period)]
        if told:
            return told[-1]
        after = [p for p in self.message.periods if 0 < p.start - figure.end <= 1]  # 98万(2025年)
        closed = after and re.match(r"\s*年?度?\)", self.message.text[after[0].end :])
        if closed and self.message.text[figure.end] == "(":
            return after[0]
        if before and (years := self._years_told(sentence.start)):
            return replace(before[-1], names=years)  # 前年260万，去年300万，合计560万
        carried = self._period if self._period and sentence.holds(self._period.start) else None
        return carried or (before[-1] if before else None)

    def _years_told(self, since: int) -> tuple[str, ...]:
        """The years of the last family that figures of this sentence tell, where they are several."""
        last = self.bound[-1].fact if self.bound else None
        family = next((family for family in lexicon().families.values() if last in family.values()), {})
        facts = {bound.fact for bound in self.bound if bound.figure.start >= since}
        years = tuple(year for year in IN_ORDER if family.get(year) in facts)
        return years if len(years) > 1 else ()

    def _is_total(self, period: Period) -> bool:
        """Whether it is a bare 合计, which leaves the years to the words before it."""
        return len(period.names) == 1 and _TOTAL.fullmatch(self.message.text[period.start : period.end]) is not None
