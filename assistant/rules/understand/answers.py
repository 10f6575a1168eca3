"""Words that mean something only after what was said or asked before: a bare figure, yes, no, an option."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from assistant.rules.facts import Fact, FactCatalogue, FactKind
from assistant.rules.understand.around import change as change_of
from assistant.rules.understand.bind import Binding
from assistant.rules.understand.bound import Bound
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import TAKES, find_labels, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Profile, Said
from assistant.rules.understand.plain import make_plain
from assistant.rules.understand.replies import replies
from assistant.rules.values import Value

_HEAD = re.compile(
    r"\s*(?:我们?|我司|公司|咱们?|厂里|现在|目前|一?共|总共|就|才|只有?|大概|约|差不多|不到|超过|将近|近|有|是|小|也|嗯|呃|那|人员|人不多|去年|2025年|上一?年度?|月均|年均|平均|全年|下来)*\s*"
)
_NOT_STAFF = re.compile(
    r"\s*(?:左右|上下|以上|出头)?的?(?=[\u4e00-\u9fff])(?!其中|当中|里|含|有|就|只|都|全|分|规模|吧|了|呢|哈|啊|搞|做|的|左右|不到|够|能|可|算)"
)
_OF_THEM = re.compile(r"\s*[，、]?(?:其中|当中|里面?|里头|含)")
_SOME_OF = re.compile(r"[里中](?:面|头)?(?:还)?有$")
_ACTUALLY = re.compile(
    r"(?:[里中](?:面|头)?(?:还)?有[一二两三四五六七八九\d]+[个项件])[^。；]*(?:实际|真正|现在|其实|只有|就)[^，。；\d]{0,8}$"
)
_KINDS = {
    FactKind.MONEY: FigureKind.MONEY,
    FactKind.RATIO: FigureKind.PERCENT,
    FactKind.GROWTH: FigureKind.PERCENT,
    FactKind.SCORE: FigureKind.POINTS,
    FactKind.AMOUNTS: FigureKind.MONEY,
}

_COUNTED_OTHERWISE = {"名": re.compile(r"[项件篇]"), "项": re.compile(r"[人名位]"), "人": re.compile(r"[项件篇]")}


def figures_left(binding: Binding, earlier: Profile, context: str) -> list[Bound]:
    """Figures without a label: corrections, suppositions, answers to what was asked or to what was named last."""
    found: list[Bound] = []
    told = {bound.fact for bound in binding.bound}
    message, told_in_order = binding.message, replies(binding.message.raw, earlier.asked)
    asked = [name for name in earlier.asked if name not in told and name not in told_in_order]
    follows = lexicon().corrects.search(message.text) or lexicon().supposed.search(message.text)
    counted = [bound.figure for bound in binding.bound if bound.fact == "rd_staff"]
    for figure in list(binding.left):
        if _SOME_OF.search(message.text[: figure.start]):  # 那4个里有一个还没授权
            binding.left.remove(figure)
            continue
        if amended := _amended(figure, binding):
            binding.left.remove(figure)
            binding.bound.remove(amended)
            found.append(replace(amended, figure=figure, values=figure.values))
            continue
        fact = _last_of_kind(figure, message.catalogue, earlier) if follows else None
        fact = fact or _asked_for(figure, asked, message.catalogue) or _named_before(figure, context, message)
        everybody = fact is None and _is_everybody(figure, message, earlier, counted)
        fact = "staff_total" if everybody else fact
        if _was_told(figure, message, earlier):
            binding.left.remove(figure)
            continue
        if fact is None or fact in told:
            continue
        binding.left.remove(figure)
        values: tuple[Value, ...] = figure.values
        if message.catalogue[fact].type is FactKind.AMOUNTS:
            values = ((figure.low,),)
        supposed = lexicon().supposed.search(message.text) is not None
        note = doubt("as_staff") if everybody else None if len(values) == 1 else doubt("rough")
        sentence = message.sentence(figure.start)
        change = change_of(message.text[sentence.start : figure.start])
        found.append(Bound(fact, figure, values, note, supposed or bool(change), change))
    return found


def _amended(figure: Figure, binding: Binding) -> Bound | None:
    """The count in the same sentence that this figure puts right: 那4个里有一个还没授权，实际拿到证的是3个."""
    message = binding.message
    sentence = message.sentence(figure.start)
    before = [b for b in binding.bound if sentence.holds(b.figure.start) and b.figure.start < figure.start]
    if not before or before[-1].figure.kind is not figure.kind or before[-1].figure.low <= figure.high:
        return None
    return before[-1] if _ACTUALLY.search(message.text[before[-1].figure.end : figure.start]) else None


def _was_told(figure: Figure, message: Message, earlier: Profile) -> bool:
    """Whether a figure only repeats one that was told before: 应该是94人，88人是年初的人数."""
    return any(
        said.values == figure.values and takes(message.catalogue[said.fact], figure) for said in earlier.facts
    ) and bool(lexicon().corrects.search(message.text))


def _last_of_kind(figure: Figure, catalogue: FactCatalogue, earlier: Profile) -> str | None:
    told = (*earlier.facts, *earlier.supposed, *earlier.proposed)
    fitting = [said.fact for said in told if takes(catalogue[said.fact], figure) and said.note != doubt("none_other")]
    return fitting[-1] if fitting else None


def _asked_for(figure: Figure, asked: list[str], catalogue: FactCatalogue) -> str | None:
    for name in asked:
        if takes(catalogue[name], figure):
            asked.remove(name)
            return name
    return None


def _named_before(figure: Figure, context: str, message: Message) -> str | None:
    families = lexicon().families
    if not (lexicon().spent.search(message.text) or lexicon().supposed.search(message.text)):
        return None
    spots = [spot for spot in find_labels(make_plain(context)) if spot.label.kind in TAKES[figure.kind]]
    for spot in reversed(spots):
        for to in spot.label.to:
            name = families[to]["latest"] if to in families and "latest" in families[to] else to
            if name in message.wanted and takes(message.catalogue[name], figure):
                return name
    return None


def _is_everybody(figure: Figure, message: Message, earlier: Profile, counted: list[Figure]) -> bool:
    """Whether people counted without a word beside are the whole staff: the only ones, or those others are of.

    `counted`: people that were found to be a part of them.
    """
    people = [other for other in message.figures if other.kind is FigureKind.PEOPLE]
    if people[:1] != [figure] or "staff_total" not in message.wanted:
        return False
    if any(said.fact == "staff_total" for said in earlier.facts):
        return False
    others = [other for other in people[1:] if other not in counted]
    alone = not others or _OF_THEM.match(message.text, figure.end)
    if _NOT_STAFF.match(message.text, figure.end):
        return False
    before = message.text[message.clause(figure.start).start : figure.start]
    return bool(alone and _HEAD.fullmatch(before))


def takes(fact: Fact, figure: Figure) -> bool:
    """Whether a figure is of the kind that the fact counts."""
    if fact.type is FactKind.COUNT:
        counts = (FigureKind.PEOPLE, FigureKind.ITEMS, FigureKind.BARE)
        others = _COUNTED_OTHERWISE.get(str(fact.unit))
        named = others is not None and others.search(figure.text) is not None
        return figure.kind in counts and not named and fact.id != "hnte_recognised_year"
    if fact.type is FactKind.YEARS:
        return figure.kind in (FigureKind.YEARS, FigureKind.ITEMS)
    kind = _KINDS.get(fact.type)
    return kind is not None and figure.kind is kind


def answers(message: Message, earlier: Profile) -> list[Said]:
    """Yes and no to what was asked, else the options named; where facts wait to be confirmed, they are said of them."""
    told = {} if earlier.proposed else replies(message.raw, earlier.asked)
    return list(_told_in_order(message, told)) or list(_option_answers(message, earlier))


def _told_in_order(message: Message, told: dict[str, bool]) -> Iterator[Said]:
    """The yes and no to questions in their order; no is nought of what is counted, or none of the options."""
    for name, said in told.items():
        fact = message.catalogue[name]
        if fact.type is FactKind.FLAG:
            yield Said(name, (said,), message.raw)
        elif not said and (fact.type is FactKind.COUNT or "没有请说0" in (fact.ask or "")):
            nought: Value = (Fraction(0),) if fact.type is FactKind.AMOUNTS else Fraction(0)
            yield Said(name, (nought,), message.raw)
        elif not said and fact.type is FactKind.CHOICES and any(option.id == "none" for option in fact.options):
            yield Said(name, (("none",),), message.raw)


def _option_answers(message: Message, earlier: Profile) -> Iterator[Said]:
    """An option named in answer to a question for it: 松江, 有限公司."""
    for name in earlier.asked:
        for option in message.catalogue[name].options:
            words = [word for word in (option.label, *option.says) if word.lower() in message.text]
            if words and not message.denied(message.text.index(words[0].lower())):
                value: Value = (option.id,) if message.catalogue[name].type is FactKind.CHOICES else option.id
                yield Said(name, (value,), words[0])
                break
