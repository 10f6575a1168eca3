"""Options of choices named outright: the legal form, the field, the industry, the place of the seat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.rules.understand.lexicon import LabelKind, known_options
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.places import seat

_ABOUT_US = re.compile(r"我们|我司|咱|公司|企业|注册|主营|主业|从事|做|是|属于|搞|生产|开发|领域|行业|位于|在|^")
_SOFTWARE = re.compile(r"[^，。；]{0,6}(?:软件|系统|saas|平台|app)")  # software for a trade is not that trade
_NO_FIELD = re.compile(
    r"(?:、|和)?(?:安全|质量)?(?:也|都|均|没|未|无|违法|处罚|检查|罚|局|部门|方面|上|来)"
)  # 环保也没问题
_SET_ASIDE = re.compile(r"以前|原来|原先|之前|过去|早年|从前|曾经|最早|最初|委托|合作|客户|供应商|投资|分公司在")
_UNSURE = re.compile(r"区?还是[^，。；]{1,8}(?:记不清|不清楚|不知道|说不准|不确定)")  # 松江还是闵行记不清了
_GOODS = re.compile(r"[^，。；]{0,4}(?:机器人|设备|机械|用品|器具|装备|家具)")
_DEPARTMENT = re.compile(r"部|总监|经理|主管|专员|同事|负责人|的?人员")  # 我是人力资源部的
_OF_GOODS = ("trade", "leasing_business")  # 批发设备, 租赁机械: these trade in them
_FIELD_IS = re.compile(r"(?:领域|(?<!不)属于|归[在到入]|[填选报]的?[是在]?)[^，。；]{0,8}$")
_FIELD_AFTER = re.compile(r"(?:技术|行业)?(?:那个|这个)?领域")
_SERVED = re.compile(
    r"(?:[给帮]|面向|服务于|对接)[^，。；做搞供开]{0,8}$"
)  # 给酒店做的系统: whom it serves, not what it is
_SELLS = re.compile(r"^(?!.*(?:研发|开发|生产|制造|自研)).*(?:卖|销售|代理|经销|分销|出口)")


def find_options(message: Message) -> Iterator[Said]:
    """Options of choices by the words of the catalogue, in clauses that speak of the company."""
    masked = message.text
    for spot in message.labels:
        if spot.label.kind is LabelKind.ITEMS:
            masked = masked[: spot.start] + "\0" * (spot.end - spot.start) + masked[spot.end :]
    for fact, options in known_options(message.catalogue).items():
        places = ((option, match) for option, pattern in options for match in pattern.finditer(masked))
        if fact == "registered_place":
            told = seat(
                message,
                (
                    one
                    for one in places
                    if not message.denied(one[1].start()) and not _UNSURE.match(message.text, one[1].end())
                ),
            )
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
    if message.denied(match.start()) or _SET_ASIDE.search(before) or _DEPARTMENT.match(message.text, match.end()):
        return False
    if before.endswith("人力"):
        return False  # 人力资源 is no 资源与环境
    if _SERVED.search(before) or (fact == "excluded_industry" and option == "none" and _SELLS.search(words)):
        return False
    if fact == "hnte_field" and _NO_FIELD.match(message.text, match.end()):
        return False
    return bool(_ABOUT_US.search(words))


def _named_field(message: Message, match: re.Match[str]) -> bool:
    """Whether the words are told as the field: 产品是影像软件，领域是生物医药."""
    before = message.text[message.clause(match.start()).start : match.start()]
    return _FIELD_IS.search(before) is not None or _FIELD_AFTER.match(message.text, match.end()) is not None


def _made_for(option: str, after: str) -> bool:
    """Whether a trade only names for whom something is made: 酒店管理软件, 餐饮机器人."""
    return bool(_SOFTWARE.match(after) or (option not in _OF_GOODS and _GOODS.match(after)))


def _one_option(message: Message, fact: str, found: dict[str, re.Match[str]]) -> str | None:
    """The one meant: of several trades the excluded one."""
    if fact == "excluded_industry":
        found = {o: m for o, m in found.items() if o == "none" or not _made_for(o, message.text[m.end() :])}
    if fact == "hnte_field" and len(found) > 1:
        found = {o: m for o, m in found.items() if _named_field(message, m)} or found
    if len(found) <= 1:
        return next(iter(found), None)
    if fact == "excluded_industry":
        return next(option for option in found if option != "none")
    return next(iter(found))
