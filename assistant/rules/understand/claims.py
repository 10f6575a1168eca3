"""What a message states without a figure: yes and no, choices, days, and that there is none of something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from assistant.rules.understand.days import find_years
from assistant.rules.understand.lexicon import Claim, LabelKind, Spot, known_options, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
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
_DENIED_LATER = re.compile(r"没(?!问题)|未(?!来)|不(?!过|错|少|止|低于|仅|断|同)")
_PENDING = re.compile(
    r"等批|等结果|还在(?!有效)|正在|申请中|审批中|公示|交了材料|估计|快(?:要|下来|拿)|待定|准备|打算|下个?月|明年|年后|没人|没听|不知道|不清楚"
)
_UNSURE = re.compile(r"搞不清|不清楚|不知道|回头|再问|没弄明白|要问")
_GRAVITY_OPEN = re.compile(r"没[写说讲定]|没有认定|不知道|是不是|算不算|严重不严重|重不重|什么等级")
_RECENT = re.compile(r"近一年|最近一年|一年内|365天|12个月|过去一年")
_ABOUT_US = re.compile(r"我们|我司|咱|公司|企业|注册|主营|主业|从事|做|是|属于|搞|生产|开发|领域|行业|位于|在|^")
_NONE = re.compile(r"(?:没有|没(?!有)|无)(?!问题|用过|使用|注册|别的|其他|其它|过期|到期|出过|搞)[^，。；\d]{0,8}$")
_NONE_AFTER = re.compile(
    r"[^，。；\d]{0,10}?(?:都|也|全)没有?(?=$|[，。；])|(?:专利|证书?)?(?:还|暂时|目前)?没有(?=$|[，。；])"
)
_SOFTWARE = re.compile(r"[^，。；]{0,6}(?:软件|系统|saas|平台|app)")  # software for a trade is not that trade
_SEATED = re.compile(
    r"(?:注册|设立|落户|位于|开|办|成立|所在|执照|经营|办公|住所|单位|公司)(?:地址|地点|地|区|上写的是?|上是)?(?:都|就|也)?(?:在|于|是|为|:)+(?:上海)?市?$"
    r"|注册(?:地)?(?:上海)?市?$|(?:我们|我司|公司|企业|厂子?|我|咱)(?:都|一直|就|现在)?(?:是|在|为)?(?:上海)?市?$"
)
_MOVED = re.compile(r"(?:搬|迁)(?:过)?(?:来|到|入|进)(?:了)?(?:上海)?市?$")
_SUBJECT = re.compile(r"(?:^|/|我们是|系|是|为|的|，)(?:一家)?(?:上海)?市?$")
_COMPANY_AFTER = re.compile(
    r"(?:区|市|镇|街道)?(?:的|一家|这边|那边|企业|[^，。；？?]{0,8}公司|本地|有限|做|注册|\)|$|，|。)"
)
_IN = re.compile(r"在(?:上海)?市?$")
_SITUATED_AFTER = re.compile(
    r"(?:区|市|镇|街道)?(?:这边|那边)?(?:的分公司|的?有限|的?股份|的一家|的公司|注册|登记|成立|从事|做|有|搞|开|$|，|。)"
)
_NO_FIELD = re.compile(
    r"(?:、|和)?(?:安全|质量)?(?:也|都|没|未|无|违法|处罚|检查|罚|局|部门|方面|上|来)"
)  # 环保也没问题
_SET_ASIDE = re.compile(r"委托|合作|客户|供应商|投资|分公司在")
_NEGATIVE = re.compile(r"[没未不非无]")
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
            if _is_open(message, claim, match):
                continue
            denied = (
                message.denied(match.start(), match.end())
                or _denies_itself(claim, match.group())
                or (claim.fact in _CONDUCT and _NONE_LATER.match(message.text, match.end()) is not None)
                or (_is_asset(claim) and _DENIED_LATER.search(_rest(message, match)[:_NEARBY]) is not None)
            )
            value = _value(claim, denied=denied)
            if value is None:
                continue
            if claim.fact in _INCIDENTS:
                yield from _incident(message, match, happened=value[0] is True)
            else:
                yield Said(claim.fact, value, match.group().strip("，。；、"))


def _is_asset(claim: Claim) -> bool:
    """Whether the claim, if true, speaks for the company: a statistic filed, a standard led, a place in an incubator."""
    return claim.value is True and claim.neg is False and claim.fact not in _CONDUCT


def _is_open(message: Message, claim: Claim, match: re.Match[str]) -> bool:
    """Whether the words around leave it open: 还在等批, 查账还是核定搞不清楚, 豁免也没人跟我们说过."""
    words = message.words(message.clause(match.start()))
    if claim.asked and claim.fact == "tax_collection":
        return _UNSURE.search(_rest(message, match)) is not None or "还是" in words
    return _is_asset(claim) and (_PENDING.search(words) or _PENDING.search(_rest(message, match)[:_NEARBY])) is not None


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
        recent = _RECENT.search(clause) is not None
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
        found: dict[str, re.Match[str]] = {}
        for option, pattern in options:
            for match in pattern.finditer(masked):
                if _of_the_company(message, fact, match):
                    found.setdefault(option, match)
        if chosen := _one_option(message, fact, found):
            yield Said(fact, (chosen,), found[chosen].group())


def _of_the_company(message: Message, fact: str, match: re.Match[str]) -> bool:
    clause = message.clause(match.start())
    before = message.text[clause.start : match.start()]
    if message.denied(match.start()) or _SET_ASIDE.search(before):
        return False
    if fact == "registered_place":
        return _is_seat(message, before, match)
    if fact == "hnte_field" and _NO_FIELD.match(message.text, match.end()):
        return False
    return bool(_ABOUT_US.search(message.words(clause)))


def _is_seat(message: Message, before: str, match: re.Match[str]) -> bool:
    """Whether a place stands where a company tells its seat, judged by the words before and after it."""
    after = message.text[match.end() :]
    if _SEATED.search(before) or _MOVED.search(before) or (before.endswith("(") and after[:1] == ")"):
        return True
    if _SUBJECT.search(before) and _COMPANY_AFTER.match(after):
        return True
    return bool(_IN.search(before) and _SITUATED_AFTER.match(after))


def _one_option(message: Message, fact: str, found: dict[str, re.Match[str]]) -> str | None:
    """The one meant: of several places the one where it is registered, of several trades the excluded one."""
    if fact == "excluded_industry":
        found = {o: m for o, m in found.items() if o == "none" or not _SOFTWARE.match(message.text[m.end() :])}
    if len(found) <= 1:
        return next(iter(found), None)
    if fact == "registered_place":
        moved = [o for o, m in found.items() if _MOVED.search(message.text[: m.start()])]
        if len(moved) == 1:
            return moved[0]
        seated = [o for o, m in found.items() if re.search(r"(?:注册|在)[^，。；]{0,4}$", message.text[: m.start()])]
        return seated[0] if len(seated) == 1 else None
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
        if spot.label.kind in (LabelKind.ITEMS, LabelKind.MONEY, LabelKind.PEOPLE) and _is_none(
            message, spot.start, spot.end
        ):
            families = lexicon().families
            for to in spot.label.to:
                names = list(families[to].values()) if to in families else [to]
                words = message.text[spot.start : spot.end]
                yield from (Said(name, (Fraction(0),), words) for name in names if name in message.catalogue)


def _is_none(message: Message, position: int, end: int) -> bool:
    clause = message.clause(position)
    if message.is_question(position) and "没有" not in message.words(clause):
        return False
    before = message.text[clause.start : position]
    if _NONE_AFTER.match(message.text[end : clause.end]):
        return True
    return bool(_NONE.search(before)) and "有没有" not in before
