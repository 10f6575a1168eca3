"""What a figure is called where the label beside it is not all of its name: a family that goes on from another year,
a noun before its verb, the label of a figure put right, the share or the part of a score that is meant."""

from __future__ import annotations

import re
from collections.abc import Container

from assistant.rules.understand.around import on_research
from assistant.rules.understand.choose import fits, of_next, share_of
from assistant.rules.understand.figures import Figure
from assistant.rules.understand.lexicon import TAKES, LabelKind, Spot, label_for, lexicon
from assistant.rules.understand.members import of_family
from assistant.rules.understand.message import Message

_REMAINS = re.compile(r"(?:手[上里头]|现在|目前|现|还|只)+(?:有|剩下?)的?$")  # 转让出去2件，手上还有7件
_OF_REVENUE = re.compile(r"收入|营收|销售|营业")
_JOINS = re.compile(r"(?:[和跟与及同、=]|等于)")
_ALIKE = re.compile(r"[都均](?:是|为|在|有|达到?|:)?(?:大概|大约|约|差不多)?$")
_VERB = re.compile(r"(?:直接)?[做干搞卖冲][到了]")  # 研发前年175万，去年干到260万


def is_verb(message: Message, spot: Spot) -> bool:
    """Whether the label is a verb that needs a noun for what was done, sold or spent."""
    return _VERB.fullmatch(message.text, spot.start, spot.end) is not None


def noun_of(message: Message, figure: Figure, verb: Spot, used: Container[int]) -> Spot | None:
    """What was done, sold or spent, named before the verb: 研发费用做了120万."""
    clause = message.clause(figure.start)
    named = [s for s in message.labels if clause.start <= s.start and s.end <= verb.start]
    fitting = [s for s in named if fits(message, s, figure) and s.start not in used]
    return fitting[-1] if fitting else None


def goes_on(message: Message, figure: Figure, family: Spot | None) -> Spot | None:
    """The family that another year's figure goes on with: taken last, else named last; past a semicolon too.

    `family`: the one taken last.
    """
    start = message.sentence(figure.start).start
    while message.text[max(start - 1, 0) : start] in ("；", ";"):
        start = message.sentence(start - 1).start
    following = of_next(message, figure)
    named = [*message.labels, *([family] if family else [])]
    named = [s for s in named if following is None or s.label.to != following.label.to]  # 去年2100万研发230万
    near = [s for s in named if start <= s.start < figure.start]
    near = [s for s in near if s.label.absorbs or (s.label.kind in TAKES[figure.kind] and not s.label.weak)]
    near = [s for s in near if not message.text[: s.start].endswith(("占", "占了", "占到"))]  # 占营业收入5%
    near = [s for s in near if figure.start - s.end > 2 or not is_verb(message, s)]
    last = max(near, key=lambda spot: spot.start, default=None)
    return last if last and of_family(last) else None


def joined(message: Message, spot: Spot, figure: Figure, used: Container[int]) -> list[Spot]:
    """The labels that share a figure with this one: 总收入和营收都是3300万."""
    if not _ALIKE.search(message.text, spot.end, figure.start):
        return []
    others = [s for s in message.labels if s.start not in used and fits(message, s, figure)]
    return [s for s in others if _JOINS.fullmatch(message.text, s.end, spot.start)]


def restated(
    message: Message, figures: list[Figure], i: int, used: Container[int], absorbed: Container[int]
) -> Spot | None:
    """总收入漏了房租100万，改成4800万: what is corrected, named before a figure that tells nothing."""
    last, figure = figures[i - 1] if i else None, figures[i]
    if last is None or last.start not in absorbed:
        return None
    start = message.sentence(figure.start).start
    named = [s for s in message.labels if start <= s.start < last.start and s.start not in used]
    fitting = [s for s in named if fits(message, s, figure)]
    between = message.text[last.end : figure.start]
    return fitting[-1] if fitting and (lexicon().amends.search(between) or _REMAINS.search(between)) else None


def meant(message: Message, spot: Spot, figure: Figure, used: Container[int]) -> Spot | None:
    """The label as it is meant with this figure; None where the words around say that it is not."""
    until = message.clause(figure.start).end
    if spot.label.rest and not spot.label.rest.search(message.text[spot.start : until]):
        return None
    if spot.label.to == ("rd_ratio",) and _of_costs(message, figure):
        return Spot(spot.start, spot.end, label_for("rd_cost_ratio_latest"))
    of_research = spot.label.weak and spot.label.kind in (LabelKind.PERCENT, LabelKind.MONEY)
    share = share_of(message, figure) if of_research and spot.label.to == ("rd_ratio",) else None
    if of_research and share is None and not on_research(message, figure):
        return None
    return share or _part_of_score(message, spot, used) or spot


def _of_costs(message: Message, figure: Figure) -> bool:
    """Whether costs are all that a share of research can be one of: 成本费用1500万，研发占30%."""
    start = message.sentence(figure.start).start
    money = [s for s in message.labels if start <= s.start < figure.start and s.label.kind is LabelKind.MONEY]
    named = {to for spot in money for to in spot.label.to} - {"rd", "deduct_five_costs"}
    words = message.text[message.clause(figure.start).start : figure.start]
    return named == {"cost_expense_latest"} and not _OF_REVENUE.search(words)


def _part_of_score(message: Message, spot: Spot, used: Container[int]) -> Spot | None:
    """The part of a score that was named without its points: 先进程度满分8分，我们自评6分."""
    if spot.label.kind is not LabelKind.POINTS or spot.label.beside:
        return None
    start = message.sentence(spot.start).start
    parts = [s for s in message.labels if start <= s.start < spot.start and s.label.beside]
    parts = [s for s in parts if s.label.kind is LabelKind.POINTS and s.start not in used]
    return parts[-1] if parts else None
