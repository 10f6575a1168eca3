"""Facts that were only proposed: what the company says next confirms them, denies them or leaves them open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.documents.numerals import ordinal
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.model import Said

_END = r"(?=$|[，。！!,.；;\s])"
_YES = re.compile(
    rf"^(?:都|全都?)?(?:对|是|嗯+|没错|正确|确认|属实|没问题|ok|yes)(?:对|是|的|了|啊|呀|哦|无误)*{_END}", re.I
)
_NO = re.compile(rf"^(?:都|全都?)?(?:不对|不是|错|否|没有|不|no)(?:的|了|啊|呀|哦)*{_END}", re.I)
_ONE_WRONG = re.compile(r"第?([一二三四五六七八九]|\d)(?:项|条|个|点)?(?:是)?(?:不对|不是|错|有误)")
_OTHERS_RIGHT = re.compile(r"(?:其他|其它|其余|别的)(?:的|几项)?(?:都|全)?(?:对|是|没错|正确|没问题)")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the proposed facts; `answered`: whether the message speaks of them at all."""

    confirmed: tuple[Said, ...] = ()
    open: tuple[Said, ...] = ()
    answered: bool = False


def settle(text: str, proposed: tuple[Said, ...]) -> Settled:
    """The proposed facts after a message, made plain; those that are denied are gone."""
    text = text.strip()
    wrong = {ordinal(number) if not number.isdigit() else int(number) for number in _ONE_WRONG.findall(text)}
    if wrong:
        right = tuple(said for i, said in enumerate(proposed, 1) if i not in wrong)
        sure = _OTHERS_RIGHT.search(text) is not None
        return Settled(_confirmed(right) if sure else (), () if sure else right, bool(proposed))
    if _YES.match(text):
        return Settled(_confirmed(proposed), (), bool(proposed))
    if _NO.match(text):
        return Settled((), (), bool(proposed))
    return Settled((), proposed)


def _confirmed(proposed: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(replace(said, note=doubt("confirmed")) for said in proposed)
