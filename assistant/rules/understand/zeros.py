"""What a message says that there is none of: 没有发明, 去年没有研发费, 软著都没有."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from assistant.rules.understand.choose import is_wanted
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.lexicon import LabelKind, Spot, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.periods import IN_ORDER
from assistant.rules.understand.rights import none_counts

_NONE = re.compile(
    r"(?:没有|没(?!有)|(?<!从)无(?!到有)|不存在|不涉及|从未|从不|从来不|未(?:发生|产生|支付))(?!问题|用过|归集|统计|核算|单独|专账|建账|记账|算|使用|注册|别的|其他|其它|过期|到期|出过|搞|什么|啥|多少)(?:(?!以外|之外)[^，。；\d]){0,8}$"
)
_NONE_AFTER = re.compile(
    r"[^，。；\d]{0,10}?(?:都|也|全)没有?(?:花|付|发生|支出|投入|用)?过?(?=$|[，。；])|(?:专利|证书?|方面|[这那]块)?的?(?:[去今]年)?(?:还|倒|确实|暂时?|目前|现在|一直|从来|[是为:])*"
    r"(?:没有?|无|零|0|空[白缺])(?:登记|申请|申报|拿到?手?|取得|获得|办|做|搞|发生|产生)?过?(?=$|[，。；]|(?:发明|实用新型|外观|软著|软件著作权|专利)(?:专利|设计)?(?:有|[\d一二三四五六七八九十两]))"
)
_ANY = re.compile(r"是不是|是否|如果|(?<![主只需重])要是|万一|假如")  # 是不是没有发明就评不上
_NO_NUMBER = re.compile(r"(?:的)?(?:准确|具体|最新|完整|确切)*(?:的)?(?:数字?|数据|资料|材料|报表|统计|口径|明细|台账)")
_OF_WHICH = re.compile(r"没有?(?:哪|任何|一)[一]?[个项件笔]$")  # 没有哪个软著是买的: there are some
_SAID_OF = re.compile(
    r"(?:专利|证书|费用?|投入)?(?:委托|花在|放在|是|被|属于|归|跟|和|用|算|在|失效|过期|到期|许可|质押)"
)
_NOT_KNOWN = re.compile(
    r"[^，。；\d]{0,6}(?:没|未)(?:有)?(?:拿|出|算|统计|归集|做|办|核|审|定|取得|获得)"
)  # 总资产还没拿到
_DEVICES = (("device2_costs",), ("device3_costs",))  # amounts, none of which is one amount of 0
_FIRST_TWO = re.compile(r"[前头]两年[^。；]*去年")  # 前两年没收入，去年才有380万


def find_zeros(message: Message, unused: list[Spot]) -> Iterator[Said]:
    """没有发明, 没有委托境外研发: none of it; 只有3个实用新型: none of the others."""
    for zero in lexicon().zeros:
        for match in zero.pattern.finditer(message.text):
            if _is_none(message, match.start(), match.end()):
                yield from (Said(fact, (Fraction(0),), match.group()) for fact in zero.facts)
    for spot in unused:
        if spot.label.parts > 2:
            continue
        if none_counts(message, spot):
            words = message.text[spot.start : spot.end]
            yield from (Said(fact, (Fraction(0),), words, doubt("not_counted")) for fact in spot.label.to)
            continue
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
    if _ANY.search(before):
        return False
    if message.text.startswith(("以外", "之外"), end) or _NO_NUMBER.match(message.text, end):
        return False  # 没有总收入以外的收入, 没有资产总额的数字
    if _OF_WHICH.search(before) and _SAID_OF.match(message.text, end):
        return False
    if _NONE_AFTER.match(message.text[end : clause.end]):
        return True
    return bool(_NONE.search(before)) and "有没有" not in before
