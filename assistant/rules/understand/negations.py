"""Denials in one way of writing: 不是没有软著 is 有软著, 没有一件不是自研的 is 都是自研的, 标准?没参与过 is 标准没参与过;
营收多少?2300万 is 营收:2300万."""

from __future__ import annotations

import re

_NOT_NONE = re.compile(r"(?<![是有])(?:并|也|倒)?(?:不是|并非|不能说)(?:说)?(?:完全|根本|就)?没(?:有)?(?![拿批下过通])")
_NONE_NOT = re.compile(
    r"没有?(?:哪|任何)?一?[件项个种](?:的)?(?P<thing>[^，。；!?\d不没]{0,6}?)(?:不是|不(?=属于|来自|归|在))|没有?不是"
)
_NOT_MISSED = re.compile(  # 没有哪年漏报过火炬
    r"(?:从来?没有?|从未|没有?|未曾?)(?:(?:哪|任何|有?一)个?(?:年|次|回|期|季度)(?:遗?漏|断|落|忘|缺|少)(?:下|了|掉|记)?(?:上?报|填报?|交|做|办)?"
    r"|(?:遗?漏|断|落下?|忘记?|缺)(?:了|掉)?(?:上?报|填报?|交))过?"
)
_NOT_EVEN_ONE = re.compile(  # 一个发明都拿不出来
    r"(?:连)?[一半](?:个|项|件|丁点|点)?(?P<thing>(?![次回分])[^，。；!?\d个项件]{1,8}?)(?:都|也)(?:还)?(?:拿不出来?|凑不出来?|搞不出来?|没有?(?=[，。；!?]|$)|没(?=申请|拿|授权|下来|办|做)[^，。；\d]{0,4})"
)
_NONE_IS = re.compile(
    r"没有?(?:哪|任何)?一[个名位项件](?P<thing>[^，。；!?\d不没]{1,8}?)是(?=[^，。；]{1,10}的)"
)  # 没有一个研发人员是兼职的
_NOUN = r"[^，。；、!?\n\d吗么呢吧啊呀能否不没有几多怎何哪谁是要会可算]{1,8}"
_ASKED_ONESELF = re.compile(
    rf"(?:^|(?<=[，。；\n]))(?P<topic>{_NOUN})[?？](?:(?:那|这)?(?:个|是)?(?:不可能|怎么可能|不会)(?:的)?[，。])?(?=(?:我们|我司|目前|暂时|现在|这个|那个|也|都|还|倒)*(?:没|从没|从来没|从未|未|不(?:属于|是|在|涉及)|一[个项件]都?没|有(?:的|过|啊)?(?:[，。；!]|$)|(?:参与|参加|主导|牵头|拿|做|申请|转化|办)过|[^，。；?？]{{0,8}}[\d一二两三四五六七八九十]))"
)
_ASKED_AMOUNT = re.compile(
    r"(?<=[一-龥])(?<![要需能补奖拿])(?:有|是)?多少(?:钱|万|元)?[?？]\s*(?:(?:回?答|a)[:：])?\s*"
    r"(?=(?:大概|大约|约|差不多|有|就|也就|是)*\s*(?:\d|[一二两三四五六七八九十百]+[千百万亿成个]|百分之)[^。；!?？\n]*(?<![吗么])(?:[。；!\n]|$))"
)


def denials(text: str) -> str:
    """The text with double denials resolved, and what is asked of oneself joined to the denial or the figure that answers it."""
    text = _NOT_EVEN_ONE.sub(r"没有\g<thing>", _ASKED_AMOUNT.sub(":", text))
    text = _NOT_MISSED.sub("都报过", _NOT_NONE.sub("有", text))
    text = _NONE_NOT.sub(lambda m: f"{m['thing'] or ''}都是" if "是" in m.group() else f"{m['thing']}都", text)
    text = _NONE_IS.sub(r"\g<thing>不是", text)
    return _ASKED_ONESELF.sub(r"\g<topic>", text)
