"""What a clause leaves to the one before, put into words: 奖、机构、标准，这几样我们都没有; 母公司有研发中心，我们没有."""

from __future__ import annotations

import re

_BACK = r"(?:这|那|上述|上面|以上|前面|前述)(?:[几些两三四五六七]|\d)?(?:个|样|项|条|点|种|类|件|块|方面|事|情况|情形|东西|荣誉|资质)*"
_WE = r"(?:我们|我司|咱们?|(?:本)?公司|企业|目前|现在|从来|一直|暂时|到现在|迄今|[一半](?:样|个|项|条|件)|加起来)*"
_ALL = r"(?:统统|通通|全部|一概|全都|都|全|均|也|还|从来|压根|根本)+"
_NO = r"(?:没有?|未|无|不)(?:曾|再)?(?:发生|出现|存在|涉及|属于|符合|沾|碰|进|上|拿|做|评|得|搞|犯|受|是)?(?:到)?过?(?:边|任何)?(?:情况|记录|问题)?"
_DENIES = re.compile(
    rf"[，:]?(?P<back>{_BACK})?{_WE}(?:{_ALL}{_NO}|没有?一(?:样|个|项)(?:有|沾|占)?的?|一(?:样|个|项|件)(?:也|都)?没有?)(?=[，。；!?\n]|$)"
)
_SENTENCE = re.compile(r"[。；！？!?\n]")
_ITEM = re.compile(  # what tells something by itself is no item
    r"(?P<who>(?:我们|我司|咱们?|(?:本)?公司|企业)*)(?P<item>(?:(?!一家|我们|公司)[^\d是在了没未无不做搞]){1,18})"
)
_ONLY_OTHERS = re.compile(
    r"(?:母公司|总公司|集团|总部|股东|客户|供应商|同行|合作(?:方|单位|的?[^，。；]{0,4})|大学|高校|关联公司|子公司)[^，。；\d没未无]{0,4}?(?:建有|设有|拥有|有|是|拿过|获过|得过|建了|出过|发生过|受过)"
    r"(?:一个|个)?(?P<thing>[^，。；\d]{2,16})，(?:但是?|不过|可是?)?(?:(?:这|那)?不是我们(?:公司|自己)?的(?=[，。；]|$)|(?:我们|我司|咱们?|(?:本)?公司)(?:自己|本身|这边)?(?:还|倒|是)?(?:没有?|不是)(?=[，。；]|$))"
)

_NOT_YET = re.compile(  # 打算明年申请市级技术中心，目前还没有
    r"(?:(?:明年|后年|今年|下个?月|年底|年后|将来|以后|下半年)[初底]?)?(?:(?:还|正)?在(?:准备|筹备|筹划|筹建|申请|办理?)|打算|计划|准备|考虑|想要?|拟)(?:(?:明年|后年|今年|年底|年后|下个?月|下半年|这两年|近期|以后|去|要|再)+(?:底|初)?)?"
    r"(?P<thing>(?!(?:首次|第一[次回]|头一[次回])?(?:去)?(?:申报|申请|报|评|冲|认定)[^，。；]{0,4}(?:高企|国家级?|高新|国高|科小|科技型|专精|小巨人|创新券))[^，。；!?\d没未不]{3,24})，(?:但是?|不过|可是?)?(?:我们)?(?:(?:现在|目前|暂时|眼下|之前|以前|至今|到现在|还|都|也)+)"
    r"(?:没有?|未|尚未)(?:进|入驻?|参[与加]|建|申请|通过|拿到?|办|做|成立|弄|搞|评|搬|开始)*(?:过|呢|成|进去)?(?=[，。；!?]|$)"
)
_FIRST_ALL = re.compile(  # 下面几项都没有:事故、失信
    rf"(?:(?:下面|下列|以下|如下)(?:[这那几些]*(?:个|样|项|条|种|类|方面|情况|情形)*)|{_BACK}|[两三四五六七八\d](?:个|样|项|条|种|类)){_WE}(?:{_ALL}(?:{_NO}|是?否)|没有?一(?:样|个|项)有的?)"
    r"[:，](?P<list>[^。；!?\n:，\d]+(?:、[^。；!?\n:，\d]+)+)"
)


def _each_denied(match: re.Match[str]) -> str:
    return "，".join(f"没有{item}" for item in match["list"].split("、"))


def filled(text: str) -> str:
    """The text with every item of a list denied where its summing up denies it, and what only others have denied."""
    text = _FIRST_ALL.sub(_each_denied, _NOT_YET.sub(r"没有\g<thing>", _ONLY_OTHERS.sub(r"没有\g<thing>", text)))
    position = 0
    while match := _DENIES.search(text, position):
        before = max((end.end() for end in _SENTENCE.finditer(text, 0, match.start())), default=0)
        told, items = _items(
            text[before : match.start()].split("，"), further=match["back"] is not None or match.group()[0] == "，"
        )
        position = match.end()
        if items:
            denied = "，".join([*told, "，".join(_ITEM.sub(r"\g<who>没有\g<item>", item) for item in items)])
            text = text[:before] + denied + text[match.end() :]
            position = before + len(denied)
    return text


def _items(clauses: list[str], *, further: bool) -> tuple[list[str], list[str]]:
    """What stands before a summing up: the clauses that it leaves alone, and the items that it takes up.

    这几样都没有 goes on `further` than its own clause.
    """
    told, items = list(clauses), list[str]()
    while told:
        parts = told[-1].split("、")
        own = next((n for n, _ in enumerate(parts) if all(map(_ITEM.fullmatch, parts[n:]))), len(parts))
        items = parts[own:] + items
        told[-1:] = ["、".join(parts[:own])] if own else []
        if own or not further:
            break
    return (told, items) if further or len(items) > 1 else (clauses, [])
