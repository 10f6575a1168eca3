"""What a message states outright, without a figure: yes and no, choices, conduct; and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from assistant.rules.understand.days import find_years
from assistant.rules.understand.figures import FigureKind
from assistant.rules.understand.incidents import INCIDENTS, incident
from assistant.rules.understand.lexicon import Claim, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.options import find_options
from assistant.rules.values import Value

_CONDUCT = ("serious_incident_2y", "research_dishonesty", "listed_abnormal", "restricted_product")
_NONE_SAID = re.compile(r"没(?!出)|未|无")
_NONE_LATER = re.compile(
    r"[^，。；\d]{0,12}?(?:都|也|更|全)?(?:没有?|未|无)(?:进|上|列入|被列|出现|发生)?过?(?=[，。；?!]|$)"
)
_NEARBY = 14  # characters after a claim that can still deny it
_GOES_ON = re.compile(r"(?:我们|咱们?|但|可|不过|就是|一直|还|都|也|只是)*(?:没|未|在等|等|正在|搞不清|不清楚|不知道)")
_DENIED_LATER = re.compile(r"没(?!问题)|未(?!来)|不(?!过|错|少|止|低于|仅|断|同)|忘|漏|错过")
_PENDING = re.compile(
    r"等批|等结果|马上就|即将|过[几两]天|稍后|下周|还在(?!有效)|正在|申请中|审批中|公示|交了材料|估计|快(?:要|下来|拿)|待定|准备|打算|下个?月|明年|年后|没人|没听|不知道|不清楚"
)
_UNSURE = re.compile(r"搞不清|不清楚|不知道|回头|再问|没弄明白|要问")
_RULE = re.compile(r"不能(?:报|评|申|享)|不得|不予|不让|取消资格|一票否决|的企业")
_LEADS = re.compile(r"主导|牵头|主持|领衔|主笔")
_FIRM = re.compile(r"另(?:外)?一家|别的公司|客户|供应商|同行|合作|母公司|集团|子公司|关联公司")
_AWARDS = ("national_award_top3", "national_award_3y", "led_standard")
_OF_OTHERS = re.compile(
    r"(?:委托|合作|客户|供应商|母公司|集团|总部|股东|大学|高校|院校|学院|教授|导师|老师|专家|创始人|董事长|同行|对手|服务于?|面向|供应?给?|配套|(?<!属)给|(?<![作成化认])为)"
    r"(?!.*(?:我们|我司|共建|一起|认定))"
)
_OWN = ("deduction_kind", "standards_led", "provincial_rd_institute", "has_rd_institute", *_AWARDS)
# How far down a place counts, in how many years, and whether the place has to be told.
_PLACES = dict(zip(_AWARDS, ((3, 5, True), (3, 3, True), (5, 5, False)), strict=True))
_MEANING = re.compile(
    r"(?<!不)是什么(?=[?，。；]|$|意思|东西|[呀啊呢])|(?:^|[，。；])什么[是叫]|什么意思|指的?是?什么|怎么定义"
)
_NEGATIVE = re.compile(r"[没未不非无]")


def find_claims(message: Message) -> Iterator[Said]:
    """Everything stated outright, the weak ones first so that the stronger ones replace them."""
    claims = sorted(lexicon().claims, key=lambda claim: not claim.weak)
    said: dict[str, Said] = {}
    for found in (*find_options(message), *_claimed(message, claims)):
        said[found.fact] = _merged(said.get(found.fact), found)
    yield from said.values()


def find_open(message: Message) -> Iterator[str]:
    """The facts that a message speaks of and leaves open: 研究中心报了还在等批."""
    for claim in lexicon().claims:
        matches = claim.pattern.finditer(message.text) if claim.fact in message.catalogue else ()
        if any(_is_open(message, claim, match) for match in matches):
            yield claim.fact


def _merged(earlier: Said | None, found: Said) -> Said:
    if earlier and found.fact in ("rd_activity", "g60_activities"):
        values = tuple(dict.fromkeys((*_tuple(earlier.values[0]), *_tuple(found.values[0]))))
        return Said(found.fact, (values,), f"{earlier.words}、{found.words}")
    return found


def _tuple(value: Value) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),)


def _claimed(message: Message, claims: list[Claim]) -> Iterator[Said]:
    for claim in claims:
        if claim.fact not in message.catalogue:
            continue
        for match in claim.pattern.finditer(message.text):
            if not claim.asked and message.is_question(match.start()):
                continue
            if isinstance(claim.value, bool) and not claim.asked and _is_plan(message, match.start()):
                continue
            if claim.amid and not claim.amid.search(message.around(match.start())):
                continue
            if _is_open(message, claim, match) or _is_other(message, claim, match):
                continue
            denied = not (claim.value is False and _NEGATIVE.match(match.group())) and (
                message.denied(match.start(), match.end())
                or _denies_itself(claim, match.group())
                or (claim.fact in _CONDUCT and _NONE_LATER.match(message.text, match.end()) is not None)
                or (claim.fact == "project_ip" and _is_pending(message, match))
                or (_is_asset(claim) and _DENIED_LATER.search(_rest(message, match)[:_NEARBY]) is not None)
                or (
                    claim.fact == "g60_activities" and _DENIED_LATER.search(_same(message, match)[:_NEARBY]) is not None
                )
            )
            value = _value(claim, denied=denied)
            if value == (True,) and claim.fact in _PLACES:
                value = _placed(message, match, claim.fact)
            if value is None or (value != (False,) and _of_others(message, claim, match)):
                continue
            if claim.fact in INCIDENTS:
                yield from incident(message, match, happened=value[0] is True)
            else:
                yield Said(claim.fact, value, match.group().strip("，。；、"))


def _placed(message: Message, match: re.Match[str], fact: str) -> tuple[Value, ...] | None:
    """An award or a standard counts by the company's place among its authors, and by its year."""
    worst, years, needed = _PLACES[fact]
    needed = needed or not _LEADS.search(match.group())
    sentence = message.sentence(match.start())
    told = message.text[sentence.start : match.end()]
    places = [f.low for f in message.figures if f.kind is FigureKind.RANK and match.start() <= f.start < sentence.end]
    dates = [day.last for day in (*message.days, *find_years(told, message.as_of)) if sentence.holds(day.start)]
    if (dates and dates[-1].year < message.as_of.year - years) or (needed and not places):
        return None
    return (not places or places[0] <= worst,)


def _of_others(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether the claim speaks of others (合作的大学有实验室, 客户是芯片企业), or of a rule (限制类的不能报)."""
    clause = message.clause(match.start())
    if claim.fact in _CONDUCT:
        rule = _RULE.search(message.text[match.end() : clause.end])
        return rule is not None or _FIRM.search(message.text[clause.start : match.start()]) is not None
    return claim.fact in _OWN and _OF_OTHERS.search(message.text[clause.start : match.start()]) is not None


def _is_other(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether its clause speaks of something else (母公司是上市公司), or asks what the word means (创新联合体是什么)."""
    words = message.words(message.clause(match.start()))
    return _MEANING.search(words) is not None or (claim.unless is not None and claim.unless.search(words) is not None)


def _is_asset(claim: Claim) -> bool:
    """Whether the claim, if true, speaks for the company: a statistic filed, a standard led, a place in an incubator."""
    return claim.value is True and claim.neg is False and claim.fact not in _CONDUCT


def _is_pending(message: Message, match: re.Match[str]) -> bool:
    """Whether the words after a right say that it is not granted: 发明还没下来."""
    clause = message.clause(match.start())
    others = any(message.clause(clause.end).holds(spot.start) for spot in message.labels)
    words = message.text[match.end() : clause.end] if others else _rest(message, match)
    return lexicon().not_counted.search(words) is not None or _DENIED_LATER.search(words[:_NEARBY]) is not None


def _is_open(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether the words around leave it open: 还在等批, 查账还是核定搞不清楚, 豁免也没人跟我们说过."""
    words = message.words(message.clause(match.start()))
    if claim.asked and claim.fact == "tax_collection":
        return _UNSURE.search(_rest(message, match)) is not None or "还是" in words
    return _is_asset(claim) and (_PENDING.search(words) or _PENDING.search(_rest(message, match)[:_NEARBY])) is not None


def _same(message: Message, match: re.Match[str]) -> str:
    """The words after a claim in its clause."""
    return message.text[match.end() : message.clause(match.start()).end]


def _rest(message: Message, match: re.Match[str]) -> str:
    """The words after a claim in its clause, and the next clause where it only goes on (我们一直没有完成)."""
    clause = message.clause(match.start())
    following = message.clause(clause.end) if clause.end < len(message.text) else None
    more = message.words(following) if following and message.sentence(match.start()).holds(following.start) else ""
    return message.text[match.end() : clause.end] + (more if _GOES_ON.match(more) else "")


def _is_plan(message: Message, position: int) -> bool:
    clause = message.clause(position)
    return lexicon().planned.search(message.text[clause.start : position]) is not None


def _denies_itself(claim: Claim, words: str) -> bool:
    """Whether the words of a claim deny it in their middle: 在家办公没进孵化器, 科研上没有失信."""
    if claim.value is False:
        return False
    if claim.fact in _CONDUCT:
        return _NONE_SAID.search(words) is not None
    return not _NEGATIVE.search(claim.pattern.pattern) and lexicon().denial.search(words) is not None


def _value(claim: Claim, *, denied: bool) -> tuple[Value, ...] | None:
    if denied:
        return None if claim.neg is None else (claim.neg,)
    if claim.any:
        return claim.any
    if claim.choices:
        return (claim.choices,)
    if claim.share is not None:
        return (Fraction(claim.share),)
    return None if claim.value is None else (claim.value,)
