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
    r"\d+多?\s*岁|连续[两二三23]年(?!从事|专注|深耕|做|干)|\d+\s*天|[一二三四1-4]类|\d+小时|税率(?:是|为|按|:)?\s*\d+%|\d{2,3}%\s*的?(?:比例)?(?=加计)|(?<=加计)(?:扣除)?(?:比例)?(?:是|为|按|到|\s)*\d{2,3}%|\d+\s*号(?!人|的?员工)文?|20\d\d(?=\s*年|[、，和及~-])|(?:近|最近|过去|前|这)(?:一|两|二|三|四|五|\d)个?年|[这那加]一块(?!钱)|(?<![\d一二三四五六七八九十])一年(?=[下要就也花投卖做大差能])|(?<!\d)\d{1,2}月(?!均|平均)|前[五六]项|五项(?=费用|合计|加起来|一共|总共)|(?:去年|前年|今年|每年|整整?)一年|一年(?=占|下来|到头)|[两二三23]年(?=(?:年均|平均|的)*(?:复合|增长|增速|收入|营收|销售|合计|累计|一共|总共|加起来|下来))|一家|一个(?=数|地方|问题|情况|事|错|信息)|没有一[个名位人项件]|一个(?:会计)?年|加一?块(?:儿|堆)?|\d+(?:\.\d+)?\s*倍"
)

_GOES_ON = re.compile(r"\s*(?:这|那|它|其|都|全|均|也|基本)")

_YEAR_END = re.compile(r"(?:底|末|12\s*月\s*31\s*[日号]?)$")
_AMOUNT = re.compile(
    r"[，:\s]*[^，。；]*?(?:\d\s*[多来余几]?\s*(?:[万亿元w%])|[一二三四五六七八九十百千][万亿]|百分之)"
)
_OF_YEAR = re.compile(r"(?:20\d\d年|大?前年|去年|上年)[底末]?的?\s*$")
_FROM = re.compile(r"[从由](?:[去前今上]?年初的?|[今本]?年[底末]的?|原来的?|之前的?|最初的?)?\s*$")
_FROM_PEOPLE = re.compile(r"[从由](?:去年|前年|20\d\d年|上年)[底末初]?的?\s*$")
_TO = re.compile(
    r"(?:左右)?\s*(?:到|至)\s*(?=[\d一二三四五六七八九两])(?![^，。；]*(?:不等|之间))"
    r"|(?:左右)?[^，。；\d]{0,8}?(?:涨|升|降|增|减|提|上|下|跌|压|回落|扩|发展|做)[^，。；\d]{0,4}?(?:到|至|为|成)"
)
_NOT_SO = re.compile(r"(?:没有?|不到|未有)\s*$")
_ONCE = re.compile(r"(?:过去|以前|原来|原先|之前|早先|曾经?|本来)(?:[才只就是为有在到]|不到|大概|约)*\s*$")
_BY_NOW = re.compile(r"[^，。；]{0,6}，(?:但|不过|可)?(?:现在|目前|如今|眼下|去年)")
_SO_MUCH = re.compile(r"\s*(?:那么|这么)[多高大]")  # 没有5000万那么多
_IS_NOT = re.compile(r"(?:(?:不再?是|并非)[^，。；\d]{0,6}|(?:没有?|未)(?:达到|到|超过|满)|(?<!有)没有|达不到|够不到)$")
_BUT_IS = re.compile(
    r"[^，。；\d]{0,4}[，]?(?:而|应|其实|实际|是|(?<=，)(?:目前|现在|大概|也|就)*(?:只有?|才|仅有?|是)?\s*\d)"
)
_STEP = re.compile(r"每年(?:都|再|又|大约|大概|约)*(?:增加|增长|递增|多|涨|加|减少|下降|少|降)[了约]?\s*$")
_AT_END = re.compile(r"(?:年[初末底]|期[初末])(?:的|有|是|人数|为|:)*$")
_NOT_AT_ALL = re.compile(r"(?<!是)(?<!要)(?:不是|并非)(?:只有|只)?\s*$")  # 员工不是200人
_POINTS_BACK = re.compile(r"(?:[这那]|这些|那些|上述)$")  # 就靠没用过的那3项撑着
_COUNT = re.compile(r"(?:\d|[一二两三四五六七八九十])\s*[项件个]")
_LEFT_OUT_AFTER = re.compile(
    r"人?(?:[^，。；\d]{0,6}(?:漏|少算|没算|多算|错算|忘)(?:了|掉|脱|进|报)|(?:是|那是)?[只仅](?:统计|算|包括|含|计|数)(?:了)?)"
)
_LEFT_OUT = re.compile(r"(?:漏|少算|多算|少报|多报)(?:了|掉|算|报|计)*$")
_MEAN = re.compile(r"平均|月均|均值")
_TERM = re.compile(r"\+[^\d，。；+]{0,10}$")
_SUM_LATER = re.compile(r"[^。；!?=]{0,30}?(?:=|(?:[，,]\s*|\+[^。；]*)(?:一共|总共|合计|共计|加起来|总计|等于))")
_INVESTED = re.compile(r"(?:元)?(?:的)?(?:天使|股权|风险|战略|[a-d]\+?)?轮?(?:投资|融资)")  # 拿了500万天使投资
_SOLD = re.compile(r"(?:转让|卖|融资|轮)[^。；\d]{0,12}$")  # 转让专利拿了520万, 股权融资拿到3000万: no award
_HOW_MANY = re.compile(r"(?<!没)多少(?!有)|(?<![们这那好十])几[个项件分](?![月年])|哪些")  # 多少个实用新型能抵一个发明
_LIMIT = re.compile(r"(?:超过?|低于|高于|不到|不足|不够|大于|小于|少于|多于)\s*$")
_MAY = re.compile(
    r"的话[^。；]*(?:多少|几|[吗呢?])|[^，。；]{0,4}(?:怎么(?!也)|如何)|(?:的话)?(?:就|还)?(?:是不是|是否|会不会)|(?:的(?:企业|公司|单位)?)?(?:就|还)?(?:能不能|可不可以|行不行|能否|还?能|可以)(?:报|申报|申请|过|行|算|$)"
)
_SCORED = re.compile(r"(?:能|可以|就)*[得拿加算给](?:几|多少|满)分")
_FEARED = re.compile(
    r"(?:还|就|只|才|仅|也|，|。)差(?:了|着|个|一点|点)?\s*$|每(?:[少多涨降]|增加?|减少?)\s*$|(?:担心|怕|恐怕|生怕)[^，。；\d]*(?:不够|不到|不足|没到|没有|达不到|低于|超过?|高于)\s*$"
)  # 担心高新收入不够60%
_RULE = re.compile(r"(?<![按合足到])(?:要求|规定|门槛|硬杠杠)")
_MISTAKE = re.compile(r"[写说记算搞弄填]错|漏|不对|更正|纠正")


@dataclass(frozen=True)
class Message:
    """What is read of a message, on a day; `wanted` are the facts that the programme in question uses, `raw` its words."""

    text: str
    as_of: date
    catalogue: FactCatalogue
    wanted: frozenset[str]
    raw: str = ""

    @classmethod
    def of(cls, text: str, as_of: date, catalogue: FactCatalogue, wanted: frozenset[str]) -> Message:
        return cls(make_plain(text), as_of, catalogue, wanted, text)

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
        """The figures that tell something; goals such as 要达到5% and parts of names such as 三项费用 are left out."""
        text = _NO_QUANTITY.sub(lambda m: "\0" * len(m.group()), self._without_days(self.text))
        found = [figure for figure in find_figures(text) if not self._in_name(figure)]
        return [figure for figure in found if not self._is_aside(figure) and not self._in_period(figure)]

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
        clause = self.clause(position)
        words = self.words(clause)
        colon = words.find(":")
        if colon >= 0:  # 请评估能不能通过:某某公司，…
            words = words[:colon] if position - clause.start <= colon else words[colon + 1 :]
        return lexicon().question.search(words) is not None

    def denied(self, start: int, end: int | None = None) -> bool:
        """Whether the words before a place in its clause, or right after it, deny what stands there."""
        clause = self.clause(start)
        after = self.text[end or start : clause.end]
        if lexicon().denial.search(re.split("但|:", self.text[clause.start : start])[-1]):
            return True
        return (
            re.match(
                r"(?:方面)?(?:也|都|还)?(?:没有(?!专利|软著|发明|实用|商标|知识产权)|无(?=[，。；])|不存在|没发生|(?:[没未]|没有|忘了|漏)(?:报|做|填|完成|办))",
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

    def _in_name(self, figure: Figure) -> bool:
        """Whether it is a word within a label: 请美国的一位教授做研发, 成本加三项费用."""
        return (figure.text.startswith("一") or figure.kind is FigureKind.ITEMS) and any(
            spot.start < figure.start and figure.end < spot.end and spot.label.kind.value == "money"
            for spot in self.labels
        )

    def _in_period(self, figure: Figure) -> bool:
        return any(period.start <= figure.start and figure.end <= period.end for period in self.periods)

    def _is_aside(self, figure: Figure) -> bool:
        """Whether a figure is a goal, what something was before it changed (从65%降到52%), or a term of a sum told."""
        before, after = self.text[: figure.start], self.text[figure.end :]
        term = after.lstrip().startswith("+") or _TERM.search(before)
        counts = figure.kind is FigureKind.PEOPLE or (figure.kind is FigureKind.PERCENT and "人员" in before)
        people = counts and _FROM_PEOPLE.search(before)
        moved = (_FROM.search(before) or people) and _TO.match(after)
        if figure.kind is FigureKind.MONEY and _OF_YEAR.search(before):
            moved = None  # 从2023年的8000万涨到2025年的1.1亿 tells both
        denied = (_IS_NOT.search(before) and _BUT_IS.match(after)) or (_NOT_SO.search(before) and _SO_MUCH.match(after))
        denied = denied or (_ONCE.search(before) and _BY_NOW.match(after))  # 市占率过去是8%，现在13%
        step = self._is_no_count(figure) or _STEP.search(before)  # 之后每年增加50万
        return bool(moved or denied or step or (term and _SUM_LATER.match(after))) or self._is_goal(figure)

    def _is_no_count(self, figure: Figure) -> bool:
        """Whether a figure is denied (员工不是200人), left out by mistake, or of a year's end where the average is told."""
        before = self.text[: figure.start]
        people = figure.kind in (FigureKind.PEOPLE, FigureKind.BARE)
        ends = people and _AT_END.search(before) and _MEAN.search(self.words(self.sentence(figure.start)))
        if figure.kind is FigureKind.ITEMS and _POINTS_BACK.search(before) and _COUNT.search(before):
            return True
        if people and _LEFT_OUT_AFTER.match(self.text, figure.end):
            return True
        denied = _NOT_AT_ALL.search(before) and not self.is_question(figure.start)
        return bool(ends or denied or (people and _LEFT_OUT.search(before)))

    def _is_goal(self, figure: Figure) -> bool:
        sentence = self.sentence(figure.start)
        before, after = self.text[sentence.start : figure.start], self.text[figure.end : sentence.end]
        if figure.kind in (FigureKind.YEARS, FigureKind.RANK):
            return re.match(r"[名位]?(?:以上|以内)?才", after) is not None  # 排名前三才行
        invested = (
            figure.kind in (FigureKind.ITEMS, FigureKind.POINTS) or _INVESTED.match(after) or _SOLD.search(before)
        )
        awarded = None if invested else lexicon().award_before.search(before[-10:])  # 发明拿到3项
        if _HOW_MANY.search(self.text[self.clause(figure.start).start : figure.start]):
            return True
        if (_LIMIT.search(before) and _MAY.match(after)) or _FEARED.search(before):  # 负债率超过70%能不能报
            return True
        if _MISTAKE.search(before):  # 写错了，应为2980万
            return bool(awarded)
        if figure.low != figure.high and _SCORED.match(after):  # 30%以上能得几分
            return True
        rule = figure.low != figure.high and _RULE.search(self.text[self.clause(figure.start).start : figure.start])
        return bool(awarded or rule or lexicon().goal_before.search(before[-10:]) or lexicon().goal_after.match(after))
