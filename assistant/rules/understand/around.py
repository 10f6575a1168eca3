"""What the words around a figure say of it: supposed, on top, an average, of research, of something else."""

from __future__ import annotations

import re

from assistant.rules.understand.choose import BESIDE, is_wanted, is_within
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import LabelKind, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.rights import is_lost

_RESEARCH = re.compile(r"(?:研发|科研)(?!人|团队|中心|机构)|r&d|研究开发")
_REST = re.compile(r"(?:另外?|其余|剩下的?|其他)\s*$")  # 另外一半不到: the share of the rest
_NOT_EQUITY = re.compile(  # 融资2000万，都是银行借的; 融资4500万，其中股权3000万
    r"[^。；!?]*其中[^，。；\d]{0,6}股权[^，。；\d]{0,6}\d|"
    r"[，(]?(?:但|不过|其实)?(?:都|全|均)*(?:是|来自)(?:找|跟|向|从|问)?[^，。；\d股]{0,4}?(?:银行|贷款|借|债)"
)
_BUT = re.compile(r"(?:不过|但是?|可是?|只是|就是)")
_AVERAGE_OF = re.compile(r"[两二三23]年(?:平均|均)|平均(?:每?年)?(?:的)?(?:总?收入|营收|营业额|销售|研发|主营)")
_AVERAGE = re.compile(
    r"(?<![两二三23])年均|平均每年|每年平均|每年(?:都|均|大[约概])*(?:能|可以?)?转化|转化每年"
)  # 近两年均为5% is one of each year


def change(before: str) -> int:
    """Whether a figure after these words comes on top (1), goes off (-1) or stands by itself (0)."""
    return 1 if lexicon().more.search(before) else -1 if lexicon().less.search(before) else 0


def supposed(message: Message, figure: Figure) -> bool:
    """Whether its sentence only supposes it."""
    sentence = message.sentence(figure.start)
    match = lexicon().supposed.search(message.text[sentence.start : sentence.end])
    return match is not None and sentence.start + match.start() <= figure.start


def is_average(message: Message, figure: Figure) -> bool:
    """Whether it is told by the year, on average."""
    words = message.words(message.clause(figure.start))
    money = figure.kind is FigureKind.MONEY and _AVERAGE_OF.search(words)
    return bool(money or _AVERAGE.search(words))


def words_about(message: Message, figure: Figure) -> str:
    """The words about a figure: its clause since the figure before, and the clause after it if that names nothing."""
    clause = message.clause(figure.start)
    start = max([clause.start, *(other.end for other in message.figures if other.end <= figure.start)])
    following = message.clause(clause.end)
    but = _BUT.match(message.words(following)) is not None
    others = (*message.figures, *(() if but else message.labels))
    same = message.sentence(figure.start).holds(following.start)
    goes_on = same and not any(following.holds(thing.start) for thing in others)
    end = following.end if goes_on else clause.end
    return message.text[start : min([end, *(o.start for o in message.figures if o.start > figure.start)])]


def clause_of(message: Message, figure: Figure) -> str:
    """Its clause, to be quoted."""
    return message.words(message.clause(figure.start)).strip("，。；？ ")


def on_research(message: Message, figure: Figure) -> bool:
    """Whether a bare share (占收入七成) is one of research costs: its sentence speaks of them before."""
    start = message.sentence(figure.start).start
    return _RESEARCH.search(message.text[start : figure.start]) is not None


def is_absorbed(message: Message, figure: Figure, since: int) -> bool:
    """Whether it tells of something that is not asked for: 商标3个, 另外一半."""
    clause = message.clause(figure.start)
    near = [s for s in message.labels if max(clause.start, since) <= s.start and s.end <= figure.start]
    rest = _REST.search(message.text[clause.start : figure.start])
    last = max(near, key=lambda spot: spot.end, default=None)
    beside = last is not None and figure.start - last.end <= 1
    if last is not None and beside and last.label.parts and not is_wanted(message, last):
        return True  # 研发费里人工70万: a part, where only the whole is asked for
    if last is not None and is_lost(message, last, figure):
        return True
    after = any(figure.end <= spot.start <= figure.end + BESIDE for spot in message.labels)
    if not after and any(is_within(message, spot, figure) for spot in near):
        return True
    if last is not None and "equity_financing" in last.label.to and _NOT_EQUITY.match(message.text, figure.end):
        return True
    named = any(spot.start == figure.end and spot.label.kind is LabelKind.PEOPLE for spot in message.labels)
    if named and figure.kind is FigureKind.PEOPLE:
        return False  # 3名博士、15名研发人员
    longer = any(s.start < clause.start < s.end == figure.start and s.label.to for s in message.labels)
    return (last is not None and last.label.absorbs and not longer) or (
        figure.kind is FigureKind.PERCENT and rest is not None
    )
