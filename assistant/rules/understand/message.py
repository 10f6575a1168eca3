"""A message taken apart: its sentences, clauses, labels, periods, days and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.rules.facts import FactCatalogue
from assistant.rules.understand.days import Day, find_days
from assistant.rules.understand.figures import Figure, FigureKind, find_figures
from assistant.rules.understand.lexicon import Spot, find_labels, lexicon
from assistant.rules.understand.periods import Period, find_periods
from assistant.rules.understand.plain import make_plain
from assistant.rules.understand.sentences import Span, at, clauses, sentences

_NO_QUANTITY = re.compile(
    r"\d+\s*天|[一二三四1-4]类|\d+小时|\d+\s*号文?|20\d\d(?=\s*年|[、，和及~-])|(?:近|最近|过去|前|这)(?:一|两|二|三|四|五|\d)个?年|[这那]一块(?!钱)|(?<!\d)\d{1,2}月(?!均|平均)|前[五六]项|五项(?=费用|合计|加起来|一共|总共)|(?:去年|前年|今年|每年|整整?)一年|一家|一个(?:会计)?年"
)


@dataclass(frozen=True)
class Message:
    """What is read of a message, on a day; `wanted` are the facts that the programme in question uses."""

    text: str
    as_of: date
    catalogue: FactCatalogue
    wanted: frozenset[str]

    @classmethod
    def of(cls, text: str, as_of: date, catalogue: FactCatalogue, wanted: frozenset[str]) -> Message:
        return cls(make_plain(text), as_of, catalogue, wanted)

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.text)

    @cached_property
    def clauses(self) -> list[Span]:
        return clauses(self.text)

    @cached_property
    def labels(self) -> list[Spot]:
        return find_labels(self.text)

    @cached_property
    def periods(self) -> list[Period]:
        return find_periods(self._without_days(self.text), self.as_of)

    @cached_property
    def days(self) -> list[Day]:
        return find_days(self.text, self.as_of)

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures that tell something; goals such as 要达到5% are left out."""
        text = _NO_QUANTITY.sub(lambda m: "\0" * len(m.group()), self._without_days(self.text))
        return [figure for figure in find_figures(text) if not self._is_goal(figure) and not self._in_period(figure)]

    def sentence(self, position: int) -> Span:
        return at(self.sentences, position)

    def clause(self, position: int) -> Span:
        return at(self.clauses, position)

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def is_question(self, position: int) -> bool:
        return lexicon().question.search(self.words(self.clause(position))) is not None

    def denied(self, start: int, end: int | None = None) -> bool:
        """Whether the words before a place in its clause, or right after it, deny what stands there."""
        clause = self.clause(start)
        after = self.text[end or start : clause.end]
        if lexicon().denial.search(self.text[clause.start : start].rsplit("但")[-1]):
            return True
        return (
            re.match(
                r"(?:方面)?(?:也|都|还)?(?:没有|无(?=[，。；])|不存在|没发生|(?:[没未]|没有|忘了|漏)(?:报|做|填|完成|办))",
                after,
            )
            is not None
        )

    def _without_days(self, text: str) -> str:
        for day in self.days:
            text = text[: day.start] + "\0" * (day.end - day.start) + text[day.end :]
        return text

    def _in_period(self, figure: Figure) -> bool:
        return any(period.start <= figure.start and figure.end <= period.end for period in self.periods)

    def _is_goal(self, figure: Figure) -> bool:
        sentence = self.sentence(figure.start)
        before, after = self.text[sentence.start : figure.start], self.text[figure.end : sentence.end]
        if figure.kind in (FigureKind.YEARS, FigureKind.RANK):
            return False
        return bool(lexicon().goal_before.search(before[-10:]) or lexicon().goal_after.match(after))
