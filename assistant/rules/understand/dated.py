"""What happened on the days of a message: registered, certified, recognised, begun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from assistant.rules.dates import years_later
from assistant.rules.understand.days import Day, find_years, in_business
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.lexicon import lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.values import Value

CERTIFICATE_YEARS = 3
_NOT_HELD = {"revoked_this_year", "applied", "never"}
_CLOSE = 16  # characters between a day and the one that corrects it
_SLIP = re.compile(r"不对|不不|[说写记搞弄填看]错|更正|纠正|口误|应为|应该是")
_TERM = re.compile(r"[.\d月日]*[至到~-](?!期)")  # after the first day of a term
_UNTIL = re.compile(r"(?:离|距离?|等|明年[^，。；]{0,4})(?:公司|企业)?$")
_STILL = re.compile(r"(?:还|就)?(?:差|没|不到)|(?:以|之)?后|才(?:能|可以|行)")
_LOST = re.compile(r"[^，。；]{0,4}(?:作废|没了|丢|取消|撤销)")
_ALONE = re.compile(r"(?:是|就是|在|于)*(?:20\d\d|今|去|前)年度?(?:的事|的|那年|认定的|[这那]批)*[，。；!]?")
_REVOKED = re.compile(  # 2026年5月，我们高企被撤销
    r"[^。；!?没未]{0,12}(?:高企|国高|高新技术企业)[^，。；没未]{0,6}(?:被|给)(?:取消|撤|吊销|摘)"
)
_TO_COME = re.compile(r"[底末]$")
_OVER = re.compile(r"[，]?(?:就|都)?(?:已|早)|[^，。；]{0,6}[期效]了")
_NOT = re.compile(r"(?:不是|并非|不在)[^，。；\d]{0,6}$")
_BUT = re.compile(r"[，]?(?:而|其实|应该)?[是在]?$")
_OTHERS = re.compile(
    r"(?:[母总子分]公司|集团|客户|供应商|研发中心|技术中心|实验室|研究院|研发部|事业部|团队|小组|部门|车间|分厂|审计所|会计所|事务所|中介|代理|服务机构)[^，。；]{0,6}$|(?:著作权|软著|商标|专利|产品|注册证|合同|域名)[^，。；]{0,4}$"
)
_PARTS = re.compile(
    r"(?:又|还|再)?(?:注册|成立|设立|组建|建|办)(?:起来)?了?[^，。；]{0,8}?(?:中心|[研技事]\w{0,2}部|[子分]公司|实验室|研究院|小组|工会|支部|商标|软著|著作权|专利|域名|公众号|账号)"
)
_NOT_DONE = re.compile(r"[没未]|申请认定|能不能|能否")
_PENDING = re.compile(r"材料|提交|递交|申请中|在审|公示期")  # 今年的重新认定材料交了
_LAST_TIME = re.compile(r"最近一次[是为在:]*$")
_ENDS_AFTER = re.compile(
    r"[日号]?(?:才|再|就|将|会|要|已经?)*(?:到期|过期|失效|届满|期满|截止|为止)(?!以?后|[，]?(?:又|就|去年|今年|现在)*(?:重新认定|复审|续[上了]))"
)
_THAT_YEAR = re.compile(r"20\d\d年度?(?:第[一二三]批|批次)?(?:认定)?的?(?:国家)?")
_NAMED = re.compile(r"(?:企业)?(?:证书|名单)?(?:[，。；、()]|$)")
_ENDS_BEFORE = re.compile(r"(?:有效期限?|到期|截止)(?:日期?|时间)?(?:至|到|为|是|在|于|:)+$|^[至到~-]$")
_TURNED_TO = re.compile(  # 2024年5月才从贸易转做密封件
    r"(20\d\d)年(\d{1,2})月(?:份|才|开始|起|正式|又|我们)*(?:从[^，。；]{1,8})?(?:转(?:做|到|型|行|向|战)|改做|切入|进入|开始(?:做|研发|生产)|(?<=才)做)"
)
_SINCE_YEAR = re.compile(
    r"(20\d\d)年(?:\d{1,2}月)?份?(?:起|开始|以来|至今)?(?:[，]?(?:就|一直|都|专门?)*)(?:专注|从事|进入|切入|涉足|做|研制|生产|搞|干(?:这|起)|深耕)(?!了?[\d一二三四五六七八九十])"
)


_UNTIL = re.compile(  # 从开张到去年年底, 开业到去年底: how long, not when
    r"(?:[从自][^，。；]{1,10}|(?:成立|创办|创立|开业|开张|开办|注册)[起后]?)(?:到|至)$"
)


def find_dated(message: Message) -> Iterator[Said]:
    """What happened on the days of a message: registered, certified, recognised."""
    years = [
        day
        for day in find_years(message.text, message.as_of)
        if not any(d.start <= day.start < d.end for d in message.days)
    ]
    yield from _market_years(message)
    if "market_years" not in message.wanted:
        for day in in_business(message.text, message.as_of):
            yield Said("registered_on", day.values, day.text, doubt("no_month"))
    told = (words for words in lexicon().days if words.fact != "project_ip_on" or words.fact in message.wanted)
    days = sorted(told, key=lambda words: words.fact not in message.wanted)
    replaced = _replaced(message, [*years, *message.days])
    yield from _begun(message, [*years, *message.days])
    for day in (*years, *message.days):
        if day in replaced.values() or _UNTIL.search(message.text, 0, day.start):
            continue
        if day.first > message.as_of and lexicon().planned.search(
            message.text[message.clause(day.start).start : day.start]
        ):
            continue
        if "满" in day.text and (message.is_question(day.start) or _is_not_yet(message, day)):
            continue
        if day.first.year == message.as_of.year and _REVOKED.match(message.text, day.end):
            yield Said("hnte_status", ("revoked_this_year",), day.text)
        if _is_end(message, day):
            yield _status(message, day, "valid", "expired")
            continue
        about = (*_near(message, day), *(_near(message, replaced[day]) if day in replaced else ()))
        for near in about:
            fact = next((words.fact for words in days if words.pattern.search(near)), None)
            if fact == "registered_on" and _of_others(message, day):
                break
            if fact == "hnte_certified_on" and (_LOST.match(message.text, day.end) or not _of_hnte(message, day)):
                break
            if fact and fact in message.catalogue:
                yield Said(fact, day.values, day.text, None if day.first == day.last else doubt("no_month"))
                if fact == "hnte_certified_on":
                    yield _certificate(message, day)
                break
            if _is_recognition(message, day, near):
                yield from _recognised(message, day)
                break


def held(dated: Iterable[Said], outright: Iterable[Said]) -> Iterator[Said]:
    """What happened on days, without a certificate where it is said outright that none is held: revoked, or never asked for."""
    lost = any(said.fact == "hnte_status" and set(said.values) <= _NOT_HELD for said in outright)
    yield from (said for said in dated if not (lost and said.fact in ("hnte_status", "hnte_certified_on")))


def _begun(message: Message, days: list[Day]) -> Iterator[Said]:
    """The day of a certificate by its term: three years before the day on which it ends, or the day on which that begins."""
    for day in days:
        if _is_end(message, day):
            first = years_later(day.first, -CERTIFICATE_YEARS)
            last = years_later(day.last, -CERTIFICATE_YEARS) + timedelta(days=day.first == day.last)
            yield Said("hnte_certified_on", (first, last), day.text, doubt("no_month"))
    for day in days:
        term = "有效期" in message.words(message.clause(day.start)) and _of_hnte(message, day)
        if term and _TERM.match(message.text, day.end):
            yield Said("hnte_certified_on", day.values, day.text)


def _replaced(message: Message, days: list[Day]) -> dict[Day, Day]:
    """The days that take the place of others: 2019年，不对，是2020年4月; 不是2019年成立的，是2020年."""
    found: dict[Day, Day] = {}
    ordered = sorted(days, key=lambda day: day.start)
    for earlier, later in pairwise(ordered):
        between = message.text[earlier.end : later.start]
        denied = _NOT.search(message.text[: earlier.start]) and _BUT.search(between)
        if len(between) <= _CLOSE and (denied or _SLIP.search(between)):
            found[later] = earlier
    return found


def _is_not_yet(message: Message, day: Day) -> bool:
    """Whether an age is only waited for: 离成立满一年还差两个月."""
    before, after = message.text[message.clause(day.start).start : day.start], message.text[day.end :]
    return _UNTIL.search(before) is not None or _STILL.match(after) is not None


def _market_years(message: Message) -> Iterator[Said]:
    """自2017年起专注于…: full years since, one less where the month is not told."""
    if "market_years" in message.wanted:
        for match in _SINCE_YEAR.finditer(message.text):
            years = message.as_of.year - int(match[1])
            yield Said("market_years", (Fraction(max(years - 1, 0)), Fraction(years)), match.group(), doubt("no_month"))
        for match in _TURNED_TO.finditer(message.text):
            months = (message.as_of.year - int(match[1])) * 12 + message.as_of.month - int(match[2])
            yield Said("market_years", (Fraction(months, 12),), match.group())


def _near(message: Message, day: Day) -> tuple[str, str]:
    """The words about a day: it with those right after it, and those before it in its clause."""
    clause = message.clause(day.start)
    after = re.split(r"\d|的(?=\d|收入|研发)|，|收入|研发", message.text[day.end : clause.end])[0][:12]
    before = re.split(r"\d|，", message.text[clause.start : day.start])[-1][-12:]
    if "执照" in before:  # 执照是2012年5月发的: its words come first
        return before, f"{day.text}{after}"
    return f"{day.text}{after}", "" if before.startswith("年") else before


def _of_others(message: Message, day: Day) -> bool:
    """Whether what was founded then is something else: 母公司1998年成立, 2021年成立了研发中心."""
    clause = message.clause(day.start)
    before, after = message.text[clause.start : day.start], message.text[day.end : clause.end]
    return _OTHERS.search(before) is not None or _PARTS.match(after) is not None


def _certificate(message: Message, day: Day) -> Said:
    """Whether a certificate of that day still holds: three years."""
    ends = {years_later(one, CERTIFICATE_YEARS) for one in (day.first, day.last)}
    states: tuple[Value, ...] = tuple(
        dict.fromkeys("valid" if end > message.as_of else "expired" for end in sorted(ends))
    )
    return Said("hnte_status", states, day.text)


def _of_hnte(message: Message, day: Day) -> bool:
    """Whether a certificate of that day can be the one of a high-tech enterprise: no other one is named there."""
    if day.first > message.as_of:
        return False
    clause = message.clause(day.start)
    if lexicon().hnte.search(message.words(clause)):
        return True
    before, after = message.text[message.sentence(day.start).start : day.start], message.text[day.end : clause.end]
    ours, others = ([m.end() for m in p.finditer(before)] for p in (lexicon().hnte, lexicon().other_certificates))
    if ours or others:
        return max(ours, default=0) >= max(others, default=0)
    return not lexicon().other_certificates.search(after)


def _is_recognition(message: Message, day: Day, near: str) -> bool:
    if _PENDING.search(message.words(message.clause(day.start))):
        return False
    if _NOT_DONE.search(near) or day.first.year != day.last.year or not _of_hnte(message, day):
        return False
    named = lexicon().hnte.search(message.words(message.clause(day.start)))
    year = _THAT_YEAR.match(message.text, day.start)  # 2025年度高企
    there = lexicon().hnte.match(message.text, year.end()) if year else None
    if there and _NAMED.match(message.text, there.end()):
        return True
    alone = _ALONE.fullmatch(message.words(message.clause(day.start)))  # 高企第二次认定，2024年度
    told = message.text[message.sentence(day.start).start : message.clause(day.start).start]
    if alone and lexicon().hnte.search(told) and lexicon().recognised.search(told.rstrip("，")[-_CLOSE:]):
        return True
    last = _LAST_TIME.search(near) and lexicon().hnte.search(message.words(message.sentence(day.start)))
    return bool(lexicon().recognised.search(near) or last or (named and lexicon().recognised_there.search(near)))


def _is_end(message: Message, day: Day) -> bool:
    """Whether the certificate holds until that day: 高企证书2027年12月到期."""
    sentence, clause = message.words(message.sentence(day.start)), message.clause(day.start)
    before, after = message.text[clause.start : day.start], message.text[day.end :]
    named = lexicon().hnte.search(sentence) and not lexicon().other_certificates.search(message.words(clause))
    before = re.split(r"\d[年月日号]?", before)[-1]
    if _TERM.match(after):
        return False  # 有效期2024.12-2027.12 begins there
    return bool(named and (_ENDS_AFTER.match(after) or ("有效期" in sentence and _ENDS_BEFORE.search(before))))


def _status(message: Message, day: Day, later: str, earlier: str) -> Said:
    states: tuple[Value, ...] = tuple(
        dict.fromkeys(later if end > message.as_of else earlier for end in (day.first, day.last))
    )
    if len(states) > 1 and _TO_COME.search(day.text) and not _OVER.match(message.text, day.end):
        states = (later,)  # 今年底到期: it has not come yet
    return Said("hnte_status", states, day.text)


def _recognised(message: Message, day: Day) -> Iterator[Said]:
    year = day.first.year
    yield Said("hnte_recognised_year", (Fraction(year),), day.text)
    yield Said("hnte_certified_on", day.values, day.text, None if day.first == day.last else doubt("no_month"))
    if not day.year_only:
        yield _certificate(message, day)
        return
    age = message.as_of.year - year
    states: tuple[Value, ...] = ("valid",) if age < 3 else ("expired",) if age > 3 else ("valid", "expired")
    yield Said("hnte_status", states, day.text)
