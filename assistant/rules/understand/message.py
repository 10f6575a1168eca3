"""A message taken apart: its sentences, clauses, labels, periods, days and figures."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    r"\d+\s*天|[一二三四1-4]类|\d+小时|税率(?:是|为|按|:)?\s*\d+%|\d{2,3}%\s*的?(?:比例)?(?=加计)|(?<=加计)(?:扣除)?(?:比例)?(?:是|为|按|到|\s)*\d{2,3}%|\d+\s*号(?!人|的?员工)文?|20\d\d(?=\s*年|[、，和及~-])|(?:近|最近|过去|前|这)(?:一|两|二|三|四|五|\d)个?年|[这那加]一块(?!钱)|(?<![\d一二三四五六七八九十])一年(?=[下要就也花投卖做大差能])|(?<!\d)\d{1,2}月(?!均|平均)|前[五六]项|五项(?=费用|合计|加起来|一共|总共)|(?:去年|前年|今年|每年|整整?)一年|一年(?=占|下来|到头)|[两二三23]年(?=(?:年均|平均|的)*(?:复合|增长|增速|收入|营收|销售|合计|累计|一共|总共|加起来|下来))|一家|没有一[个名位人项件]|一个(?:会计)?年|加一?块(?:儿|堆)?|\d+(?:\.\d+)?\s*倍"
)

_GOES_ON = re.compile(r"\s*(?:这|那|它|其|都|全|均|也|基本)")

_YEAR_END = re.compile(r"(?:底|末|12\s*月\s*31\s*[日号]?)$")
_AMOUNT = re.compile(
    r"[，:\s]*[^，。；]*?(?:\d\s*[多来余几]?\s*(?:[万亿元w%])|[一二三四五六七八九十百千][万亿]|百分之)"
)
_OF_YEAR = re.compile(r"20\d\d年[底末]?的?\s*$")
_FROM = re.compile(r"[从由](?:[去前今上]?年初的?|[今本]?年[底末]的?|原来的?|之前的?|最初的?)?\s*$")
_TO = re.compile(
    r"(?:左右)?[^，。；\d]{0,8}?(?:涨|升|降|增|减|提|上|下|跌|压|回落|扩|发展|做)[^，。；\d]{0,4}?(?:到|至|为|成)"
)
_IS_NOT = re.compile(r"(?:不再?是|并非)\s*$")
_BUT_IS = re.compile(r"[，]?(?:而|应|其实|实际|是|(?<=，)\d)")
_TERM = re.compile(r"\+[^\d，。；+]{0,10}$")
_SUM_LATER = re.compile(r"[^。；!?=]{0,30}?(?:=|(?:[，,]\s*|\+[^。；]*)(?:一共|总共|合计|共计|加起来|总计|等于))")
_INVESTED = re.compile(r"(?:元)?(?:的)?(?:天使|股权|风险|战略|[a-d]\+?)?轮?(?:投资|融资)")  # 拿了500万天使投资
_LIMIT = re.compile(r"(?:超过|低于|高于|不到|不足|大于|小于|少于|多于)\s*$")
_MAY = re.compile(r"(?:就|还)?(?:能不能|可不可以|行不行|能否|是不是|会不会|还?能)(?:报|申报|申请|过|行|算|$)")
_RULE = re.compile(r"(?<![按合足到])(?:要求|规定|门槛|硬杠杠)")
_MISTAKE = re.compile(r"[写说记算搞弄填]错|漏|不对|更正|纠正")


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
        return find_periods(self._without_days(self.text, but=self._tells_year), self.as_of)

    @cached_property
    def days(self) -> list[Day]:
        return find_days(self.text, self.as_of)

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures that tell something; goals such as 要达到5% are left out."""
        text = _NO_QUANTITY.sub(lambda m: "\0" * len(m.group()), self._without_days(self.text))
        return [figure for figure in find_figures(text) if not self._is_aside(figure) and not self._in_period(figure)]

    def sentence(self, position: int) -> Span:
        return at(self.sentences, position)

    def around(self, position: int) -> str:
        """Its sentence, with the one before it where it goes on from there: 发明2项。都是自己研发的."""
        sentence = self.sentence(position)
        goes_on = sentence.start and _GOES_ON.match(self.text, sentence.start)
        return self.text[(self.sentence(sentence.start - 1) if goes_on else sentence).start : sentence.end]

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
        if lexicon().denial.search(re.split("但|:", self.text[clause.start : start])[-1]):
            return True
        return (
            re.match(
                r"(?:方面)?(?:也|都|还)?(?:没有|无(?=[，。；])|不存在|没发生|(?:[没未]|没有|忘了|漏)(?:报|做|填|完成|办))",
                after,
            )
            is not None
        )

    def _without_days(self, text: str, but: Callable[[Day], bool] = lambda _: False) -> str:
        for day in self.days:
            if but(day):
                continue
            text = text[: day.start] + "\0" * (day.end - day.start) + text[day.end :]
        return text

    def _tells_year(self, day: Day) -> bool:
        """Whether a day is one of the books: half a year, or a year's end with an amount (2024年末2900万)."""
        return day.text.endswith("半年") or bool(_YEAR_END.search(day.text) and _AMOUNT.match(self.text, day.end))

    def _in_period(self, figure: Figure) -> bool:
        return any(period.start <= figure.start and figure.end <= period.end for period in self.periods)

    def _is_aside(self, figure: Figure) -> bool:
        """Whether a figure is a goal, what something was before it changed (从65%降到52%), or a term of a sum told."""
        before, after = self.text[: figure.start], self.text[figure.end :]
        term = after.lstrip().startswith("+") or _TERM.search(before)
        moved = _FROM.search(before) and _TO.match(after)
        if figure.kind is FigureKind.MONEY and _OF_YEAR.search(before):
            moved = None  # 从2023年的8000万涨到2025年的1.1亿 tells both
        denied = _IS_NOT.search(before) and _BUT_IS.match(after)
        return bool(moved or denied or (term and _SUM_LATER.match(after))) or self._is_goal(figure)

    def _is_goal(self, figure: Figure) -> bool:
        sentence = self.sentence(figure.start)
        before, after = self.text[sentence.start : figure.start], self.text[figure.end : sentence.end]
        if figure.kind in (FigureKind.YEARS, FigureKind.RANK):
            return re.match(r"[名位]?(?:以上|以内)?才", after) is not None  # 排名前三才行
        invested = figure.kind is FigureKind.ITEMS or _INVESTED.match(after)
        awarded = None if invested else lexicon().award_before.search(before[-10:])  # 发明拿到3项
        if _LIMIT.search(before) and _MAY.match(after):  # 负债率超过70%能不能报
            return True
        if _MISTAKE.search(before):  # 写错了，应为2980万
            return bool(awarded)
        rule = figure.low != figure.high and _RULE.search(self.text[self.clause(figure.start).start : figure.start])
        return bool(awarded or rule or lexicon().goal_before.search(before[-10:]) or lexicon().goal_after.match(after))
