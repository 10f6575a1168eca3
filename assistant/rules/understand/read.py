"""Facts out of a message, without a language model: told, supposed, changed, and what has to be asked back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from assistant.rules.dates import years_later
from assistant.rules.company import show_value
from assistant.rules.facts import Fact, FactCatalogue, FactKind
from assistant.rules.understand.bind import Binding, Bound
from assistant.rules.understand.claims import find_claims, find_dated, find_zeros
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.lexicon import TAKES, LabelKind, find_labels, lexicon
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Profile, Reading, Said, overlay
from assistant.rules.understand.sentences import make_plain
from assistant.rules.values import Value

_TO_YEAR = re.compile(r"(?:到|等)?(?P<next>明年|后年)(?:这个时候|这时候)?(?=呢|再?(?:能|可以|申报|申请|报|来)|行|够)")
_TWO = re.compile(r"(?:两|二|2)家(?:公司|企业)|另(?:外)?一家|(?:a|甲)(?:公司|企业).*(?:b|乙)(?:公司|企业)|母公司.*子公司|子公司.*母公司")
_PAIR = re.compile(r"(?<![\d.])(\d{1,6}(?:\.\d+)?)\s*[/÷]\s*(\d{2,7}(?:\.\d+)?)(?![\d.年月])")
_YES = re.compile(r"^(?:都|全都?)?(?:是|有|对|嗯|是的|有的|符合|都是|yes)(?:的|了|啊|呀)?[。，！!.]?")
_NO = re.compile(r"^(?:都|全都?|也)?(?:没有?|不是|无|否|没有过|不|no)(?:的|了|啊|呀|过)?[。，！!.]?(?:$|都|也)?")
_KINDS = {
    FactKind.MONEY: FigureKind.MONEY,
    FactKind.RATIO: FigureKind.PERCENT,
    FactKind.GROWTH: FigureKind.PERCENT,
    FactKind.SCORE: FigureKind.POINTS,
    FactKind.AMOUNTS: FigureKind.MONEY,
}
_ASKED_BACK = (FigureKind.MONEY, FigureKind.PERCENT, FigureKind.PEOPLE)
_ONLY = re.compile(r"(?:只有?|就|仅有?|手头就|光有)[^，。；]{0,2}\d+\s*[个项件]")


def read_facts(
    text: str,
    catalogue: FactCatalogue,
    as_of: date,
    earlier: Profile | None = None,
    *,
    wanted: frozenset[str] = frozenset(),
    context: str = "",
) -> Reading:
    """What a message tells of the company.

    Args:
        earlier: what the conversation knows already.
        wanted: the facts that the programme in question uses; they settle words that can mean several.
        context: the question before, whose words name what a bare figure stands for.
    """
    earlier = earlier or Profile()
    message = Message.of(text, as_of, catalogue, wanted)
    binding = Binding(message).all()
    bound = [*binding.bound, *_left_over(binding, earlier, context), *_pair(message)]
    told = _tell(bound, message, earlier)
    claimed = [*find_zeros(message, list(binding.unused())), *find_claims(message), *find_dated(message), *_answers(message, earlier)]
    told = _add_claims(told, claimed, message)
    supposed = tuple(said for said, on in told if on)
    plain = tuple(said for said, on in told if not on)
    changed = [(old, new) for old in earlier.facts for new in plain if old.fact == new.fact and old.values != new.values]
    return Reading(
        told=tuple(said for said, _ in told),
        facts=overlay(earlier.facts, plain),
        supposed=supposed,
        day=_day(message.text, as_of),
        changed=tuple(changed),
        doubts=tuple(dict.fromkeys([*_two_companies(message), *binding.doubts, *_two_values(bound, message), *_unbound(binding)])),
        about=_about(binding),
        unclear=earlier.asked if lexicon().unclear.search(message.text) and not told else (),
    )


def _tell(bound: list[Bound], message: Message, earlier: Profile) -> list[tuple[Said, bool]]:
    known = {said.fact: said for said in (*earlier.facts, *earlier.supposed)} if earlier.supposed and not any(
        one.supposed for one in bound
    ) else {said.fact: said for said in earlier.facts}
    told: dict[str, tuple[Said, bool]] = {}
    for one in bound:
        words = message.text[one.figure.start : one.figure.end]
        for fact, values in _changed(one, known):
            held = told.get(fact)
            if one.note == doubt("not_counted") and held and not held[1]:
                continue
            if held and fact in lexicon().counted_ip and held[0].note == doubt("not_counted"):
                held = None
            told[fact] = (Said(fact, values, words, one.note), one.supposed or (one.change != 0 and fact in known))
    return list(told.values())


def _changed(one: Bound, known: dict[str, Said]) -> list[tuple[str, tuple[Value, ...]]]:
    """The fact as it is now; an addition goes to every sum that the earlier facts hold."""
    if not one.change or not isinstance(one.values[0], Fraction):
        return [(one.fact, one.values)]
    added = one.values[0] * one.change
    names = {one.fact, *_sums(one.fact)} & set(known)
    if one.fact == "rd_staff" and "staff_total" in known:
        names.add("staff_total")
    if not names:
        return [(one.fact, one.values)]
    found = []
    for name in sorted(names):
        values = tuple(value + added for value in known[name].values if isinstance(value, Fraction))
        found.append((name, values))
    return found


def _sums(fact: str) -> set[str]:
    return {members["sum"] for members in lexicon().families.values() if fact == members.get("latest") and "sum" in members}


def _left_over(binding: Binding, earlier: Profile, context: str) -> list[Bound]:
    """Figures without a label: a correction, a supposition, an answer to what was asked, or what the last question named."""
    found: list[Bound] = []
    message, asked = binding.message, list(earlier.asked)
    follows = lexicon().corrects.search(message.text) or lexicon().supposed.search(message.text)
    for figure in list(binding.left):
        fact = _last_of_kind(figure, message.catalogue, earlier) if follows else None
        fact = fact or _asked_for(figure, asked, message.catalogue) or _named_before(figure, context, message)
        if fact is None:
            continue
        binding.left.remove(figure)
        values: tuple[Value, ...] = figure.values
        if message.catalogue[fact].type is FactKind.AMOUNTS:
            values = ((figure.low,),)
        supposed = lexicon().supposed.search(message.text) is not None
        note = None if len(values) == 1 else doubt("rough")
        found.append(Bound(fact, figure, values, note, supposed))
    return found


def _last_of_kind(figure: Figure, catalogue: FactCatalogue, earlier: Profile) -> str | None:
    fitting = [said.fact for said in earlier.known() if _takes(catalogue[said.fact], figure)]
    return fitting[-1] if fitting else None


def _asked_for(figure: Figure, asked: list[str], catalogue: FactCatalogue) -> str | None:
    for name in asked:
        if _takes(catalogue[name], figure):
            asked.remove(name)
            return name
    return None


def _named_before(figure: Figure, context: str, message: Message) -> str | None:
    families = lexicon().families
    spots = [spot for spot in find_labels(make_plain(context)) if spot.label.kind in TAKES[figure.kind]]
    for spot in reversed(spots):
        for to in spot.label.to:
            name = families[to]["latest"] if to in families and "latest" in families[to] else to
            if name in message.wanted and _takes(message.catalogue[name], figure):
                return name
    return None


def _takes(fact: Fact, figure: Figure) -> bool:
    if fact.type is FactKind.COUNT:
        return figure.kind in (FigureKind.PEOPLE, FigureKind.ITEMS, FigureKind.BARE) and fact.id != "hnte_recognised_year"
    if fact.type is FactKind.YEARS:
        return figure.kind in (FigureKind.YEARS, FigureKind.ITEMS)
    kind = _KINDS.get(fact.type)
    return kind is not None and figure.kind is kind


def _pair(message: Message) -> list[Bound]:
    """230/4800: research costs by revenue, in 万元 where nothing else is said."""
    found = []
    for match in _PAIR.finditer(message.text):
        for i, fact in ((1, "rd_expense_latest"), (2, "revenue_latest")):
            number = Fraction(match[i]) * 10**4
            figure = Figure(match.start(i), match.end(i), match[i], FigureKind.MONEY, number, number)
            found.append(Bound(fact, figure, (number,), doubt("in_ten_thousands")))
    return found if len(found) == 2 and found[0].figure.low < found[1].figure.low else []


def _add_claims(told: list[tuple[Said, bool]], claimed: Iterable[Said], message: Message) -> list[tuple[Said, bool]]:
    figures = {said.fact for said, _ in told}
    class1 = {"patents_invention", "layout_designs", "other_class1", "ip_class1"}
    class2 = {"patents_utility", "patents_design", "software_copyrights", "ip_class2"}
    by_fact: dict[str, Said] = {}
    for said in claimed:
        if said.fact in figures or (said.fact == "ip_class1" and figures & class1) or (said.fact == "ip_class2" and figures & class2):
            continue
        by_fact[said.fact] = said
    all_told = [*told, *((said, False) for said in by_fact.values())]
    return [*all_told, *((said, False) for said in _only_these(all_told, class1, class2, message))]


def _only_these(told: list[tuple[Said, bool]], class1: set[str], class2: set[str], message: Message) -> list[Said]:
    """只有3个实用新型: no other rights; 都用过: all of the second class were used before."""
    facts = {said.fact: said for said, _ in told}
    found = []
    if _ONLY.search(message.text) and facts.keys() & class2 and not facts.keys() & class1:
        found.append(Said("ip_class1", (Fraction(0),), _ONLY.search(message.text).group(), doubt("none_other")))  # type: ignore[union-attr]
    used = re.search(r"(没有?|未|都没)[^，。；]{0,4}(?:申报|申请)?(?:高企)?(?:时)?用过|(?:都|全|均)[^，。；没未]{0,10}用过", message.text)
    if used and "ip_class2_used" not in facts:
        numbers = [v for name in class2 & facts.keys() for v in facts[name].values[:1] if isinstance(v, Fraction)]
        if used[1] or numbers:
            total = Fraction(0) if used[1] else sum(numbers, Fraction(0))
            found.append(Said("ip_class2_used", (total,), used.group(), None if used[1] else doubt("all_used")))
    return found


def _answers(message: Message, earlier: Profile) -> list[Said]:
    """A bare yes or no to what was asked; one word answers several questions only where it says so (都没有)."""
    text = message.text.strip()
    flags = [name for name in earlier.asked if message.catalogue[name].type is FactKind.FLAG]
    counts = [name for name in earlier.asked if message.catalogue[name].type is FactKind.COUNT]
    yes, no = _YES.match(text), _NO.match(text)
    if not (yes or no) or len(text) > 12:
        return list(_option_answers(message, earlier))
    every = text.startswith(("都", "全"))
    if no:
        zero = [Said(name, (Fraction(0),), text) for name in counts if every or len(earlier.asked) == 1]
        return [*zero, *(Said(name, (False,), text) for name in flags if every or len(earlier.asked) == 1)]
    return [Said(name, (True,), text) for name in flags if every or len(earlier.asked) == 1]


def _option_answers(message: Message, earlier: Profile) -> Iterable[Said]:
    """An option named in answer to a question for it: 松江, 有限公司."""
    for name in earlier.asked:
        for option in message.catalogue[name].options:
            words = [word for word in (option.label, *option.says) if word.lower() in message.text]
            if words and not message.denied(message.text.index(words[0].lower())):
                value: Value = (option.id,) if message.catalogue[name].type is FactKind.CHOICES else option.id
                yield Said(name, (value,), words[0])
                break


def _two_values(bound: list[Bound], message: Message) -> list[str]:
    """Facts told twice with different values in one message, no word of correction between."""
    found = []
    for i, one in enumerate(bound):
        for other in bound[i + 1 :]:
            same = one.fact == other.fact and one.supposed == other.supposed and not (one.change or other.change)
            if not same or one.values == other.values or one.fact in lexicon().counted_ip:
                continue
            if not lexicon().corrects.search(message.text[one.figure.start : other.figure.start]):
                fact = message.catalogue[one.fact]
                first, second = (show_value(fact, each.values[0]) for each in (one, other))
                found.append(doubt("two_values", label=fact.label, first=first, second=second))
    return found


def _two_companies(message: Message) -> list[str]:
    return [doubt("two_companies")] if _TWO.search(message.text) and len(message.figures) > 1 else []


def _unbound(binding: Binding) -> list[str]:
    return [doubt("unbound", words=figure.text) for figure in binding.left if figure.kind in _ASKED_BACK]


def _about(binding: Binding) -> tuple[str, ...]:
    """Facts that are named without a figure; of families the sum and the latest year."""
    families = lexicon().families
    names: list[str] = []
    for spot in binding.unused():
        clause = binding.message.words(binding.message.clause(spot.start))
        asks = lexicon().question.search(clause) or lexicon().asks_about.search(clause)
        if asks and spot.label.kind is not LabelKind.NONE and not spot.label.weak:
            for to in spot.label.to:
                names += [families[to][n] for n in ("sum", "latest") if n in families[to]] if to in families else [to]
    return tuple(dict.fromkeys(names))


def _day(text: str, as_of: date) -> date:
    """The day on which is asked: 明年呢 moves it by a year."""
    match = _TO_YEAR.search(text)
    return years_later(as_of, 1 if match["next"] == "明年" else 2) if match else as_of


def forget(profile: Profile, facts: frozenset[str]) -> Profile:
    """The profile without some facts."""
    return replace(
        profile,
        facts=tuple(said for said in profile.facts if said.fact not in facts),
        supposed=tuple(said for said in profile.supposed if said.fact not in facts),
    )
