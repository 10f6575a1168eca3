"""Counts of intellectual property told roundabout: a whole with the rest of it, a sum or a correction of one count."""

from __future__ import annotations

import re
from collections.abc import Container
from fractions import Fraction

from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import LabelKind, Spot, lexicon
from assistant.rules.understand.message import Message

_REST = re.compile(r"(?:其余|剩下|余下|另外|其他|其它|剩余)的?(?:就|都|全部?|均)*(?:是|为|系)?$")
_ALL = re.compile(r"(?:都|全部?|均|清一色)(?:是|为)$")
_SUM = re.compile(
    r"^[^，。；(]{0,4}\)(?:一共|总共|合计|共计|共)有?$"  # 发明(含受让1件)共4件
    r"|(?:加上|原来|原有|原先|又|新增).*(?:一共|总共|合计|共计|共|现在|目前|现有)(?:就?有|是)?$"
    r"|^[、，](?:其中|目前|现在|现)?(?:只|才|就)?(?:已|获得?|现|被)*(?:授权|下来|下证|拿到|到手|批[了准]|获批)了?有?$"  # 申请6件，授权2件
    r"|(?:到期|失效|过期|放弃).*(?:有效|剩下?|还)(?:的|还|有|剩|是)*$"
)
_HAD = re.compile(
    r"，(?:之前|以前|原来|早先|另外|此外|已经?|手里|现在|目前)(?:就|已经?|还|倒|授权|拿到|拥)*的?(?:是|有|了)$"
)
_NEW = re.compile(r"新(?:增|获|授权|下|拿)[^，。；]{0,8}$")
_IN_ALL = re.compile(r"^，(?:目前|现在|至今)?(?:累计|合计|现有|一共|共)(?:已?有|达到?|拥有)?$")  # 去年新增2件，累计5件
_A_PART = re.compile(  # 发明5件，其中2件在老板名下; (含在审2件)
    r"(?:专利|证书|申请)*[，、(](?:但是?|不过|可是?)?(?:[去今前]年|20\d\d年)?(?P<within>(?:其中|里面?|里头|当中|含|包括|有)(?:只?有|含|包括|大概)*)?(?P<words>[^，。；、\d]{0,10})$"
)
_LOST = re.compile(
    r"失效|到期|过期|终止|放弃|作废|无效(?!宣告)|没(?:有)?(?:交|缴)年费|(?:转|卖|让)(?:让|给|掉|出)+(?:去|了)?|(?:是|归|属于?|在)[^，。；\d]{0,4}(?:母公司|集团|总公司|股东|关联公司|别人|个人)"
)
_GONE = re.compile(r"(?:失效|到期|过期|终止|放弃|作废|(?:转|卖|让)(?:让|给|掉|出)+(?:去|了)?)(?:了|掉)?(?:有)?$")
_OF_OTHERS = re.compile(
    r"(?:还|都|也)*(?:挂|登记|写|放|申请)?(?:在|是|归|属于)[^，。；]{1,10}(?:名下|名字|名义|的)(?=[，。；)]|$)"
)
_GRANTED = re.compile(r"(?:是|都)?(?:已经?|获得?|被)+(?:了)?(?:授权|下证|发证)|(?:拿到|下)了?证|授权了")
_ALL_OF_THEM = re.compile(
    r"(?:专利|证书|申请|也|都|全|全部|均|还|仍|尚|正|目前|现在|暂时|处[在于]|是|属于|挂|放|独[家占]|排他|普通|在(?!审|申|受))*"
)
_SOME = re.compile(r"[里中](?:面|头)?(?:还)?有[一二两三四五六七八九\d]+[个项件](?!月|星期)")  # 4个里有一个还没授权
_ASIDE = re.compile(
    r"，[^，。；]{0,8}的?(?:都|也|均)?(?:不算|没算|未计|不计|除外)[^，。；]*|(?:不含|不包括|扣除|剔除|除去)[^，。；]*"
)


def counts_again(message: Message, last: Figure, figure: Figure, spot: Spot) -> bool:
    """Whether a figure corrects the one before it, or counts that one in: 1件发明，加上原来的2件一共3件."""
    between = message.text[last.end : figure.start]
    beyond = message.text[max(last.end, spot.end) : figure.start]
    named = [s for s in rights(message, last.end, figure.start) if s.start != spot.start]
    if figure.kind is not FigureKind.ITEMS or named:
        return False
    new = _NEW.search(message.text[message.clause(last.start).start : last.start])
    again = lexicon().corrects.search(between) or _SUM.search(between) or (new and _IN_ALL.search(beyond))
    return again is not None


def counted_of(message: Message, whole: Figure, part: Figure, spot: Spot) -> tuple[Fraction, ...] | None:
    """What a whole counts once one part of it is told not to, or alone to, count; None where it tells no such part.

    Only where whole and part are the only figures since the label: 7件，4件授权，有3件在审 counts otherwise.
    """
    between = _A_PART.fullmatch(message.text, max(whole.end, spot.end), part.start)
    start = min(whole.start, spot.start)
    since = [f for f in message.figures if start <= f.start < part.start and f.kind is FigureKind.ITEMS]
    if between is None or part.kind is not FigureKind.ITEMS or since != [whole] or part.low > whole.low:
        return None
    clause = message.clause(part.start)
    after = message.text[part.end : min([clause.end, *(s.start for s in rights(message, part.end, clause.end))])]
    words = f"{between['words']}{after}"
    if _GRANTED.search(words) and not is_not_counted(words):
        return part.values
    lost = is_not_counted(words) or _LOST.search(words)
    if lost and (between["within"] or (not between["words"] and _OF_OTHERS.match(words))):
        return tuple(sorted({whole.low - part.high, whole.high - part.low}))
    return None


def counts_besides(message: Message, last: Figure, figure: Figure) -> bool:
    """Whether it counts what there is beside rights that do not count: 申请的3个软著还没下来，之前有4个."""
    return figure.kind is FigureKind.ITEMS and _HAD.search(message.text[last.end : figure.start]) is not None


def is_lost(message: Message, spot: Spot, figure: Figure) -> bool:
    """Whether it counts rights that are gone: 实用新型去年转让出去2件."""
    words = message.text[spot.end : figure.start]
    return spot.label.kind is LabelKind.ITEMS and _GONE.search(words) is not None


def none_counts(message: Message, spot: Spot) -> bool:
    """Whether all the rights of a kind are said not to count, without a figure: 发明专利都还在实审."""
    told = set(spot.label.to) & set(lexicon().counted_ip)
    start = _ALL_OF_THEM.match(message.text, spot.end)
    places = {start.end(), start.end() + message.text.startswith("在", start.end())} if told and start else set()
    return any(lexicon().not_counted.match(message.text, place) for place in places)


def is_not_counted(words: str) -> bool:
    """Whether words about a right say that it does not count: 还在实审, but not 4项，许可来的不算."""
    return lexicon().not_counted.search(_ASIDE.sub("", words)) is not None and not _SOME.search(words)


def rest_of(message: Message, whole: Figure, used: Container[int]) -> Spot | None:
    """The kind of right that is all the rest of a whole, told without a figure: 专利15件，发明3件，其余都是实用新型."""
    end = message.sentence(whole.start).end
    for spot in rights(message, whole.end, end):
        before = message.text[message.clause(spot.start).start : spot.start]
        others = [s for s in rights(message, whole.end, end) if s.start != spot.start]
        if spot.start in used or any(0 <= s.start - spot.end <= 1 for s in others):  # 其余是实用新型和外观
            continue
        if _REST.search(before) or (_ALL.search(before) and not others):
            return spot
    return None


def rights(message: Message, start: int, end: int) -> list[Spot]:
    """The labels of rights in a stretch of the message."""
    spots = [spot for spot in message.labels if start <= spot.start < end and spot.label.kind is LabelKind.ITEMS]
    return [spot for spot in spots if set(spot.label.to) & set(lexicon().counted_ip)]
