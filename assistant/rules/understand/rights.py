"""Counts of intellectual property told roundabout: a whole with the rest of it, a sum or a correction of one count."""

from __future__ import annotations

import re
from collections.abc import Container

from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import LabelKind, Spot, lexicon
from assistant.rules.understand.message import Message

_REST = re.compile(r"(?:其余|剩下|余下|另外|其他|其它|剩余)的?(?:就|都|全部?|均)*(?:是|为|系)?$")
_ALL = re.compile(r"(?:都|全部?|均|清一色)(?:是|为)$")
_SUM = re.compile(
    r"^[^，。；(]{0,4}\)(?:一共|总共|合计|共计|共)有?$"  # 发明(含受让1件)共4件
    r"|(?:加上|原来|原有|原先|又|新增).*(?:一共|总共|合计|共计|共|现在|目前|现有)(?:就?有|是)?$"
    r"|^[、，](?:其中)?(?:已|获得?|现)*授权了?有?$"  # 申请6件，授权2件
    r"|(?:到期|失效|过期|放弃).*(?:有效|剩下?|还)(?:的|还|有|剩|是)*$"
)
_NEW = re.compile(r"新(?:增|获|授权|下|拿)[^，。；]{0,8}$")
_IN_ALL = re.compile(r"^，(?:目前|现在|至今)?(?:累计|合计|现有|一共|共)(?:已?有|达到?|拥有)?$")  # 去年新增2件，累计5件
_SOME = re.compile(r"[里中](?:面|头)?(?:还)?有[一二两三四五六七八九\d]+[个项件](?!月|星期)")  # 4个里有一个还没授权
_ASIDE = re.compile(
    r"，[^，。；]{0,8}的?(?:都|也|均)?(?:不算|没算|未计|不计|除外)[^，。；]*|(?:不含|不包括|扣除|剔除|除去)[^，。；]*"
)


def counts_again(message: Message, last: Figure, figure: Figure, spot: Spot) -> bool:
    """Whether a figure corrects the one before it, or counts that one in: 1件发明，加上原来的2件一共3件."""
    between = message.text[last.end : figure.start]
    named = [s for s in rights(message, last.end, figure.start) if s.start != spot.start]
    if figure.kind is not FigureKind.ITEMS or named:
        return False
    new = _NEW.search(message.text[message.clause(last.start).start : last.start])
    again = lexicon().corrects.search(between) or _SUM.search(between) or (new and _IN_ALL.search(between))
    return again is not None


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
