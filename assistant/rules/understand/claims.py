"""What a message states without a figure: yes and no, choices, days, and that there is none of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from assistant.rules.understand.choose import is_wanted
from assistant.rules.understand.days import find_years
from assistant.rules.understand.figures import FigureKind
from assistant.rules.understand.lexicon import Claim, LabelKind, Spot, known_options, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.periods import IN_ORDER
from assistant.rules.understand.places import seat
from assistant.rules.values import Value

_INCIDENTS = ("serious_incident_2y", "serious_incident_1y")
_GRAVE = re.compile(r"重大|严重")
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
_GRAVITY_OPEN = re.compile(r"没[写说讲定]|没有认定|不知道|是不是|算不算|严重不严重|重不重|什么等级")
_RECENT = re.compile(
    r"[近这](?:一|1)年|(?:一|1)年(?:内|来|以来|多来)|365天|(?:12|十二)个月|(?:过去|申请前|申报前)(?:的)?一年"
)
_TWO_YEARS = re.compile(r"去年|今年|上一年|当年|两年|20\d\d年")
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
_ABOUT_US = re.compile(r"我们|我司|咱|公司|企业|注册|主营|主业|从事|做|是|属于|搞|生产|开发|领域|行业|位于|在|^")
_NONE = re.compile(
    r"(?:没有|没(?!有)|无)(?!问题|用过|归集|统计|核算|单独|专账|建账|记账|算|使用|注册|别的|其他|其它|过期|到期|出过|搞)[^，。；\d]{0,8}$"
)
_NONE_AFTER = re.compile(
    r"[^，。；\d]{0,10}?(?:都|也|全)没有?(?=$|[，。；])|(?:专利|证书?|方面|这块)?(?:还|暂时?|目前|现在|一直|从来|[是为:])*"
    r"(?:没有?|无|零|0|空[白缺])(?:登记|申请|申报|拿到?手?|取得|获得|办|做|搞)?过?(?=$|[，。；])"
)
_NOT_KNOWN = re.compile(
    r"[^，。；\d]{0,6}(?:没|未)(?:有)?(?:拿|出|算|统计|归集|做|办|核|审|定|取得|获得)"
)  # 总资产还没拿到
_SOFTWARE = re.compile(r"[^，。；]{0,6}(?:软件|系统|saas|平台|app)")  # software for a trade is not that trade
_NO_FIELD = re.compile(
    r"(?:、|和)?(?:安全|质量)?(?:也|都|均|没|未|无|违法|处罚|检查|罚|局|部门|方面|上|来)"
)  # 环保也没问题
_SET_ASIDE = re.compile(r"委托|合作|客户|供应商|投资|分公司在")
_MEANING = re.compile(
    r"(?<!不)是什么(?=[?，。；]|$|意思|东西|[呀啊呢])|(?:^|[，。；])什么[是叫]|什么意思|指的?是?什么|怎么定义"
)
_GOODS = re.compile(r"[^，。；]{0,4}(?:机器人|设备|机械|用品|器具|装备|家具)")
_OF_GOODS = ("trade", "leasing_business")  # 批发设备, 租赁机械: these trade in them
_SERVED = re.compile(r"(?:[给帮]|面向|服务于|对接)[^，。；]{0,8}$")  # 给酒店做的系统: whom it serves, not what it is
_SELLS = re.compile(r"^(?!.*(?:研发|开发|生产|制造|自研)).*(?:卖|销售|代理|经销|分销|出口)")
_DEVICES = (("device2_costs",), ("device3_costs",))  # amounts, none of which is one amount of 0
_NEGATIVE = re.compile(r"[没未不非无]")
_FIRST_TWO = re.compile(r"[前头]两年[^。；]*去年")  # 前两年没收入，去年才有380万
_YEAR_DAYS = 365


def find_claims(message: Message) -> Iterator[Said]:
    """Everything stated outright, the weak ones first so that the stronger ones replace them."""
    claims = sorted(lexicon().claims, key=lambda claim: not claim.weak)
    said: dict[str, Said] = {}
    for found in (*_options(message), *_claimed(message, claims)):
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
            if claim.fact in _INCIDENTS:
                yield from _incident(message, match, happened=value[0] is True)
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


def _incident(message: Message, match: re.Match[str], *, happened: bool) -> Iterator[Said]:
    """Accidents and offences count by their gravity and by when they happened."""
    clause = message.words(message.clause(match.start()))
    if not happened:
        before = message.text[message.sentence(match.start()).start : match.end()]
        recent = _RECENT.search(clause) or (_RECENT.search(before) and not _TWO_YEARS.search(before))
        yield Said(_INCIDENTS[1 if recent else 0], (False,), clause.strip("，。；"))
        return
    if not _GRAVE.search(clause) or _GRAVITY_OPEN.search(clause):
        return
    for fact, times in zip(_INCIDENTS, _when(message, match), strict=True):
        yield Said(fact, times, clause.strip("，。；"))


def _when(message: Message, match: re.Match[str]) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Whether it happened in this or the last year, and whether within 365 days; both values where that is open."""
    sentence = message.sentence(match.start())
    years = find_years(message.text[sentence.start : match.end()], message.as_of)
    days = [day for day in message.days if sentence.holds(day.start)] or years
    if not days:
        return ((True,), (True,)) if _RECENT.search(message.words(sentence)) else ((True, False), (True, False))
    first, last = days[-1].first, min(days[-1].last, message.as_of)
    since = date(message.as_of.year - 1, 1, 1)
    edge = message.as_of - timedelta(days=_YEAR_DAYS)
    two_years = {first >= since, last >= since}
    one_year = {first >= edge, last >= edge}
    return tuple(two_years), tuple(one_year)


def _options(message: Message) -> Iterator[Said]:
    """Options of choices by the words of the catalogue, in clauses that speak of the company."""
    masked = message.text
    for spot in message.labels:
        if spot.label.kind is LabelKind.ITEMS:
            masked = masked[: spot.start] + "\0" * (spot.end - spot.start) + masked[spot.end :]
    for fact, options in known_options(message.catalogue).items():
        places = ((option, match) for option, pattern in options for match in pattern.finditer(masked))
        if fact == "registered_place":
            told = seat(message, (one for one in places if not message.denied(one[1].start())))
            yield from [Said(fact, (told[0],), told[1])] if told else []
            continue
        found: dict[str, re.Match[str]] = {}
        for option, pattern in options:
            for match in pattern.finditer(masked):
                if _of_the_company(message, fact, option, match):
                    found.setdefault(option, match)
        if chosen := _one_option(message, fact, found):
            yield Said(fact, (chosen,), found[chosen].group())


def _of_the_company(message: Message, fact: str, option: str, match: re.Match[str]) -> bool:
    clause = message.clause(match.start())
    before, words = message.text[clause.start : match.start()], message.words(clause)
    if message.denied(match.start()) or _SET_ASIDE.search(before):
        return False
    if _SERVED.search(before) or (fact == "excluded_industry" and option == "none" and _SELLS.search(words)):
        return False
    if fact == "hnte_field" and _NO_FIELD.match(message.text, match.end()):
        return False
    return bool(_ABOUT_US.search(words))


def _made_for(option: str, after: str) -> bool:
    """Whether a trade only names for whom something is made: 酒店管理软件, 餐饮机器人."""
    return bool(_SOFTWARE.match(after) or (option not in _OF_GOODS and _GOODS.match(after)))


def _one_option(message: Message, fact: str, found: dict[str, re.Match[str]]) -> str | None:
    """The one meant: of several trades the excluded one."""
    if fact == "excluded_industry":
        found = {o: m for o, m in found.items() if o == "none" or not _made_for(o, message.text[m.end() :])}
    if len(found) <= 1:
        return next(iter(found), None)
    if fact == "excluded_industry":
        return next(option for option in found if option != "none")
    return next(iter(found))


def find_zeros(message: Message, unused: list[Spot]) -> Iterator[Said]:
    """没有发明, 没有委托境外研发: none of it; 只有3个实用新型: none of the others."""
    for zero in lexicon().zeros:
        for match in zero.pattern.finditer(message.text):
            if _is_none(message, match.start(), match.end()):
                yield from (Said(fact, (Fraction(0),), match.group()) for fact in zero.facts)
    for spot in unused:
        open_sum = spot.label.kind is LabelKind.MONEY and _NOT_KNOWN.match(message.text, spot.end)
        if spot.label.kind in (LabelKind.ITEMS, LabelKind.MONEY, LabelKind.PEOPLE) and (
            not open_sum and _is_none(message, spot.start, spot.end)
        ):
            families = lexicon().families
            years = _years_denied(message, spot)
            for to in spot.label.to:
                names = [families[to][y] for y in families[to] if not years or y in years] if to in families else [to]
                words = message.text[spot.start : spot.end]
                yield from (Said(name, (Fraction(0),), words) for name in names if name in message.catalogue)
        elif spot.label.to[:1] in _DEVICES and is_wanted(message, spot) and _is_none(message, spot.start, spot.end):
            yield Said(spot.label.to[0], ((Fraction(0),),), message.text[spot.start : spot.end])


def _years_denied(message: Message, spot: Spot) -> set[str]:
    """The years of which a denial speaks (去年没有研发费), none for all of them."""
    clause = message.clause(spot.start)
    names = {name for p in message.periods if clause.holds(p.start) for name in p.names}
    two = {"prev", "before"} if _FIRST_TWO.search(message.text) else {"latest", "prev"}
    return names | (two if "two" in names else set()) if names <= {"two", *IN_ORDER} else set()


def _is_none(message: Message, position: int, end: int) -> bool:
    clause = message.clause(position)
    if message.is_question(position) and "没有" not in message.words(clause):
        return False
    before = message.text[clause.start : position]
    if _NONE_AFTER.match(message.text[end : clause.end]):
        return True
    return bool(_NONE.search(before)) and "有没有" not in before
