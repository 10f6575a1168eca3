"""What a message states outright, without a figure: yes and no, choices, conduct; and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from assistant.rules.understand.asking import asks_how, asks_meaning
from assistant.rules.understand.awards import AWARDS, placed
from assistant.rules.understand.generic import asked_of_any
from assistant.rules.understand.incidents import INCIDENTS, incident
from assistant.rules.understand.lexicon import Claim, LabelKind, known_options, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.options import find_options
from assistant.rules.understand.sentences import Span
from assistant.rules.values import Value

_OF_ONE = ("hnte_recognition",)  # only one programme asks for it, so that its words need nothing around them there
_CONDUCT = ("serious_incident_2y", "research_dishonesty", "listed_abnormal", "restricted_product")
_HAPPENED = re.compile(
    r"(?<!会)有|被|列|进|在|出|发生|受|罚|是|属|处于|状态|挂|定|[一两三几\d][起次项条]|了|过|通报|拉|上"
)
_NONE_SAID = re.compile(r"没(?!出)|未|无")
_NONE_LATER = re.compile(
    r"[^，。；\d]{0,12}?(?:都|也|更|全)?(?:(?:是|为)?(?:零|0)[起次件例]?(?=[，。；]|$)|不(?:属于|是|在|涉及)|没有?|未|无)(?:进|上|列入|被列|出现|发生)?过?[的了呢啊哈]?(?=[，。；?!]|$)"
    r"|[^，。；\d]{0,12}?(?:没有?|查不到|找不到|搜不到|见不到|不见|无)(?:过)?(?:我们|我司|公司|本公司|本企业|咱们?|我)(?:的)?(?:家|名字|名称|份|公司)?(?=[，。；?!]|$)"
    r"|[^，。；\d]{0,8}?(?:谈不上|说不上|不存在|没那回事|没影的?事|挨不着|扯不上|沾不上|不沾边)(?=[，。；?!]|$)"
)
_NEARBY = 14  # characters after a claim that can still deny it
_GOES_ON = re.compile(r"(?:我们|咱们?|但|可|不过|就是|一直|还|都|也|只是)*(?:没|未|在等|等|正在|搞不清|不清楚|不知道)")
_DENIED_LATER = re.compile(r"没(?!问题)|未(?!来)|不(?!过|错|少|止|低于|仅|断|同)|忘|漏|错过")
_PENDING = re.compile(
    r"不用|不需要|不必|不太?清楚|不太?知道|不了解|不确定|([报做填交])没\1|等批|等结果|马上就|即将|正(?:在)?(?:申请|申报|准备|参与|编|筹|送)|(?<![正现实存内所])在(?:做|办|弄|编|测|检|走流程)(?=[，。；!?中]|$)|过[几两]天|稍后|下周|还在(?!有效)|正在|申请中|审批中|公示|交了材料|估计|快(?:要|下来|拿)|待定|准备|打算|下个?月|明年|年后|没人|没听|没(?:有)?(?:查|问|核实|确认|了解|研究(?!院|所|中心|机构)|算|统计)|不知道|不清楚"
)
_NOBODY_KNOWS = re.compile(r"([报做填交])(?:了)?没(?:有)?\1|没人(?:知道|清楚)|在(?:查|核实|问)")
_BEFORE = re.compile(
    r"(?:年(?:以|之)?前|以前|原来|原先|之前|过去|早先|曾经?|早年|本来|最早|起初|头几年|前几年)[^，。；]{0,6}$"
)
_UNRANKED = re.compile(r"[没未](?:有)?[^，。；]{0,4}(?:认定|级别|评级|评上|挂牌)")
_EITHER = re.compile(r"([\u4e00-\u9fff])没(?:有)?\1")  # 以前报没报过高企
_WHETHER_STILL = re.compile(  # 后来移没移出来不清楚
    r"([移撤解销])没(?:有)?\1|(?:移|撤|解除)[^，。；]{0,8}，?[^，。；]{0,6}(?:不清楚|不知道|不晓得|没查|不确定|记不|说不准)"
)
_UNSURE = re.compile(
    r"好像|似乎|说不好|不一定|问(?:一)?[下问]|待确认|记不|搞不清|不清楚|不知道|回头|再问|没弄明白|要问"
)
_RULE = re.compile(r"不能(?:报|评|申|享)|不得|不予|不让|取消资格|一票否决|的企业")
_FIRM = re.compile(r"另(?:外)?一家|别的公司|客户|供应商|同行|合作|母公司|集团|子公司|关联公司")
_OF_OTHERS = re.compile(
    r"(?:委托|合作|客户|供应商|母公司|集团|总部|股东|大学|高校|院校|学院|教授|导师|老师|专家|创始人|董事长|同行|对手|服务于?|面向|供应?给?|配套|(?<!属)给|(?<![作成化认定])为)"
    r"(?!.*(?:我们|我司|共建|一起|认定))"
)
_OWN = ("deduction_kind", "standards_led", "provincial_rd_institute", "has_rd_institute", *AWARDS)
# What was, may be no more.
_STATES = ("listed_abnormal", "in_incubator", "listed", "has_rd_institute", "biomed_business")
_SLIP = re.compile(
    r"[，。…]+(?:哦|啊|呃|嗯|哎)?[，]?(?:不对|(?:我)?(?:说|写|记|搞|填)错了?|口误|更正(?:一下)?|纠正(?:一下)?)[，。:…]+"
)
_NEGATIVE = re.compile(r"[没未不非无]")


def find_claims(message: Message) -> Iterator[Said]:
    """Everything stated outright, the weak ones first so that the stronger ones replace them."""
    said = _told(message)
    if slip := _SLIP.search(message.text):
        said = _corrected(message, slip, said)
    yield from said.values()


def _told(message: Message) -> dict[str, Said]:
    said: dict[str, Said] = {}
    for found in _claims_of(message):
        if len(found.values) > 1 and found.fact in said:
            continue  # 上海 is in Songjiang or not, where 松江 is told
        said[found.fact] = _merged(said.get(found.fact), found)
    return said


def _corrected(message: Message, slip: re.Match[str], said: dict[str, Said]) -> dict[str, Said]:
    """The claims without those of the clause that a slip takes back: 没有列入，说错了，上周刚被列入."""
    clause = message.clause(max(slip.start() - 1, 0))
    if re.search(r"\d", message.words(clause)):
        return said  # a figure is what is put right
    wrong = _told(replace(message, text=message.words(clause)))
    right = _told(replace(message, text=f"{message.text[: clause.start]}\n{message.text[slip.end() :]}"))
    kept = {fact: one for fact, one in said.items() if fact not in wrong or one.values != wrong[fact].values}
    return kept | right


def _claims_of(message: Message) -> Iterator[Said]:
    """The claims of a message, without those of its business that contradict one another (不做器械，做药)."""
    claims = sorted(lexicon().claims, key=lambda claim: not claim.weak)
    found = [*find_options(message), *_claimed(message, claims)]
    business = {one.values for one in found if one.fact == "biomed_business"}
    return (one for one in found if one.fact != "biomed_business" or len(business) == 1)


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
            alone = claim.fact in _OF_ONE and claim.fact in message.wanted
            if claim.amid and not alone and not claim.amid.search(message.around(match.start())):
                continue
            if _is_open(message, claim, match) or _is_other(message, claim, match):
                continue
            denied = not _means_denial(claim, match.group()) and (
                message.denied(_last_clause(match), match.end())
                or _denies_itself(claim, match.group())
                or (claim.fact in _CONDUCT and _NONE_LATER.match(message.text, match.end()) is not None)
                or (claim.fact == "project_ip" and claim.value != "none" and _is_pending(message, claim, match))
                or (_is_asset(claim) and _is_denied_later(claim, _rest(message, claim, match)))
                or (
                    claim.fact == "g60_activities" and _DENIED_LATER.search(_same(message, match)[:_NEARBY]) is not None
                )
            )
            value = _value(claim, denied=denied)
            if value == (True,) and claim.fact in AWARDS:
                value = placed(message, match, claim.fact)
            if value == (True,) and claim.fact == "in_incubator" and _is_elsewhere(message, match):
                value = (False,)
            if value is None or (value != (False,) and _of_others(message, claim, match)):
                continue
            if claim.fact in _CONDUCT and value == (True,) and not _HAPPENED.search(_words(message, match)):
                continue
            if claim.fact in INCIDENTS:
                yield from incident(message, Span(match.start(), match.end()), happened=value[0] is True)
            else:
                yield Said(claim.fact, value, match.group().strip("，。；、"))


def _last_clause(match: re.Match[str]) -> int:
    """Where the last clause of a claim begins: 我们不算高企，申请都没申请过 is denied once, not twice."""
    return match.start() + match.group().rstrip("，").rfind("，") + 1


def _is_elsewhere(message: Message, match: re.Match[str]) -> bool:
    """Whether an incubator is outside Shanghai: 入驻的是苏州的孵化器."""
    words = _words(message, match)
    places = dict(known_options(message.catalogue).get("registered_place", ()))
    outside = any(places[option].search(words) for option in ("elsewhere", "abroad") if option in places)
    return outside and not any(p.search(words) for o, p in places.items() if o in ("songjiang", "shanghai_other"))


def _of_others(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether the claim speaks of others (合作的大学有实验室, 客户是芯片企业), or of a rule (限制类的不能报)."""
    clause = message.clause(match.start())
    if claim.fact in _CONDUCT:
        rule = _RULE.search(message.text[match.end() : clause.end])
        return rule is not None or _FIRM.search(message.text[clause.start : match.start()]) is not None
    return claim.fact in _OWN and _OF_OTHERS.search(message.text[clause.start : match.start()]) is not None


def _is_other(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether its clause speaks of something else (母公司是上市公司), or asks what the word means (创新联合体是什么)."""
    words = _words(message, match)
    before = message.text[message.clause(match.start()).start : match.start()]
    if (isinstance(claim.value, bool) or claim.choices) and asks_how(words, before):
        return True
    if claim.fact == "legal_form" and (_BEFORE.search(before) or before.endswith(("从", "由"))):
        return True  # 从分公司改成了子公司
    return asks_meaning(words) or (claim.unless is not None and claim.unless.search(words) is not None)


def _is_asset(claim: Claim) -> bool:
    """Whether the claim, if true, speaks for the company: a statistic filed, a standard led, a place in an incubator."""
    return claim.value is True and claim.neg is False and claim.fact not in _CONDUCT


def _is_pending(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether the words after a right say that it is not granted: 发明还没下来."""
    clause = message.clause(match.start())
    others = any(message.clause(clause.end).holds(spot.start) for spot in message.labels)
    words = message.text[match.end() : clause.end] if others else _rest(message, claim, match)
    return lexicon().not_counted.search(words) is not None or _DENIED_LATER.search(words[:_NEARBY]) is not None


def _is_denied_later(claim: Claim, rest: str) -> bool:
    """Whether the words after a claim deny it; of what a company simply has, not where they only deny its rank."""
    if claim.fact == "has_rd_institute":
        rest = _UNRANKED.sub("", rest)
    return _DENIED_LATER.search(rest[:_NEARBY]) is not None


def _is_open(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether the words around leave it open: 还在等批, 查账还是核定搞不清楚, 以前核定, 豁免也没人跟我们说过."""
    clause = message.clause(match.start())
    words, before = message.words(clause), message.text[clause.start : match.start()]
    if _EITHER.search(message.text, max(match.start() - 1, 0), match.end() + 1):
        return True
    if claim.asked and claim.fact == "tax_collection":
        past = _BEFORE.search(before) or (asked_of_any(words) and "我们" not in message.text)
        return bool(past) or _UNSURE.search(f"{words}{_rest(message, claim, match)}") is not None or "还是" in words
    if claim.fact == "torch_statistics":  # who did it is told before whether it was done
        told = message.text[match.end() : message.sentence(match.start()).end]
        if _NOBODY_KNOWS.search(told):
            return True
    if claim.fact == "rd_activity" and "还是" in words:  # 到底是新工艺还是常规升级，讲不清
        return True
    sentence = message.sentence(match.start())
    if claim.fact == "listed_abnormal" and _WHETHER_STILL.search(message.text, match.start() - 1, sentence.end):
        return True
    if claim.fact in _STATES and claim.value is True and _BEFORE.search(before):
        return lexicon().denial.search(before) is None
    return (
        _is_asset(claim)
        and (_PENDING.search(words) or _PENDING.search(_rest(message, claim, match)[:_NEARBY])) is not None
    )


def _words(message: Message, match: re.Match[str]) -> str:
    """The clause of a claim."""
    return message.words(message.clause(match.start()))


def _same(message: Message, match: re.Match[str]) -> str:
    """The words after a claim in its clause."""
    return message.text[match.end() : message.clause(match.start()).end]


def _rest(message: Message, claim: Claim, match: re.Match[str]) -> str:
    """The words after a claim in its clause, and the next clause where it only goes on (我们一直没有完成)."""
    clause = message.clause(match.start())
    following = message.clause(clause.end) if clause.end < len(message.text) else None
    more = message.words(following) if following and message.sentence(match.start()).holds(following.start) else ""
    goes_on = following and _GOES_ON.match(more) and not _has_topic(message, claim, following)
    return message.text[match.end() : clause.end] + (more if goes_on else "")


def _has_topic(message: Message, claim: Claim, clause: Span) -> bool:
    """Whether a clause speaks of another fact than the claim before it: 有研发中心，没上市."""
    words = message.words(clause)
    counted = (spot for spot in message.labels if spot.label.kind is not LabelKind.NONE)
    return any(clause.holds(spot.start) for spot in counted) or any(
        other.fact != claim.fact and other.pattern.search(words) for other in lexicon().claims
    )


def _is_plan(message: Message, position: int) -> bool:
    clause = message.clause(position)
    return lexicon().planned.search(message.text[clause.start : position]) is not None


def _means_denial(claim: Claim, words: str) -> bool:
    """Whether the words of a claim deny and are meant so: 没有上市, 更没有境外."""
    if claim.share is not None:
        return _NEGATIVE.search(words) is not None
    return claim.value is False and _NEGATIVE.match(words) is not None


def _denies_itself(claim: Claim, words: str) -> bool:
    """Whether the words of a claim deny it in their middle: 在家办公没进孵化器, 科研上没有失信."""
    if claim.value is False or (claim.fact in _CONDUCT and claim.neg is None):
        return False  # 还没移出异常名录 means it
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
