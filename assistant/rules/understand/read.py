"""Facts out of a message, without a language model: told, supposed, changed, and what has to be asked back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

from assistant.rules.company import show_value
from assistant.rules.dates import years_later
from assistant.rules.facts import FactCatalogue
from assistant.rules.understand.answers import answers, figures_left
from assistant.rules.understand.bind import Binding
from assistant.rules.understand.bound import Bound
from assistant.rules.understand.claims import find_claims, find_open
from assistant.rules.understand.dated import find_dated, held
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.figures import Figure, FigureKind
from assistant.rules.understand.generic import is_supposed
from assistant.rules.understand.heard import disputed, heard, tags_of
from assistant.rules.understand.leftover import PART, SUM, kinds_told, left_over, unplaced_of, words_before
from assistant.rules.understand.lexicon import LabelKind, lexicon
from assistant.rules.understand.merge import with_claims, without_outdated
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Profile, Reading, Said, overlay
from assistant.rules.understand.proposals import settle
from assistant.rules.understand.sentences import Span
from assistant.rules.understand.zeros import find_zeros
from assistant.rules.values import Value

_TO_YEAR = re.compile(r"(?:到|等)?(?P<next>明年|后年)(?:这个时候|这时候)?(?=呢|再?(?:能|可以|申报|申请|报|来)|行|够)")
_OF_YEAR = re.compile(r"(?:按|依|照|用)?(20\d\d)年度?(?:的)?(?:申报)?(?:指南|标准|口径|通知|办法)")
_TWO = re.compile(
    r"(?:两|二|2)家(?:公司|企业)|(?<![给向跟和与由])另(?:外)?一家|(?:a|甲)(?:公司|企业).*(?:b|乙)(?:公司|企业)"
    r"|母公司[^，。；]{0,20}\d.*子公司[^，。；]{0,20}\d|子公司[^，。；]{0,20}\d.*母公司[^，。；]{0,20}\d"
)
_PAIR = re.compile(r"(?<![\d./])(?!20\d\d\s*/)(\d{1,6}(?:\.\d+)?)\s*[/÷]\s*(\d{2,7}(?:\.\d+)?)(?![\d./年月])")
_LINE = re.compile(r"(?:没到|未到|没达到|没有达到|不足|没过|还不到|够不到|低于)$")
_GAINED = re.compile(r"所得|收益|赚|净|得|落|剩")
_MANY = 2


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
    bound = [*_sold(binding.bound, message), *figures_left(binding, earlier, context), *_pair(message)]
    told = _tell(bound, message, earlier)
    tags, outright = tags_of(message), list(find_claims(message))
    left_open = (*find_open(message), *(contested := disputed(message, tags, outright)))
    outright = [said for said in outright if said.fact not in contested]
    claimed = [
        *find_zeros(message, list(binding.unused())),
        *outright,
        *held(find_dated(message), outright),
        *answers(message, earlier),
    ]
    team = any(said.fact == "legal_form" and said.values == ("team",) for said in earlier.facts)
    figured = {said.fact for said, _ in told}
    told = [
        (said, on or (said.fact not in figured and is_supposed(message, said)))
        for said, on in with_claims(told, claimed, message, team=team)
    ]
    known = figured | {said.fact for said in (*earlier.facts, *(said for said, _ in told))}
    told += [(said, is_supposed(message, said)) for said in heard(message, tags, known | set(left_open))]
    settled = settle(message.text, earlier.proposed)
    told = [*((said, False) for said in settled.confirmed if said.fact not in {one.fact for one, _ in told}), *told]
    supposed = tuple(said for said, on in told if on)
    twice = _told_twice(_totals(bound, message), message)
    mixed = _two_companies(message)
    plain = tuple(said for said, on in told if not on and said.fact not in twice and not mixed)
    changed = [
        (old, new) for old in earlier.facts for new in plain if old.fact == new.fact and old.values != new.values
    ]
    left = left_over(binding.left, bound, message, known)
    unplaced = unplaced_of(left, message, earlier)
    asked = [doubt("unbound", words=words) for words in (*unplaced, *(figure.text for figure in left))]
    return Reading(
        told=tuple(said for said, _ in told),
        facts=overlay(without_outdated(earlier.facts, plain, catalogue), plain),
        supposed=supposed,
        day=_day(message.text, as_of),
        changed=tuple(changed),
        doubts=tuple(dict.fromkeys([*mixed, *binding.doubts, *twice.values(), *asked])),
        loose={
            doubt("unbound", words=figure.text): kinds_told(figure) for figure in left if figure.text not in unplaced
        },
        unplaced=unplaced,
        about=_about(binding),
        proposed=tuple(said for said in settled.open if said.fact not in {one.fact for one, _ in told}),
        settled=settled.answered,
        unclear=(*_unclear(message, earlier, told), *left_open),
    )


def _unclear(message: Message, earlier: Profile, told: list[tuple[Said, bool]]) -> tuple[str, ...]:
    """What was asked for, where the whole message is 不清楚."""
    return earlier.asked if lexicon().unclear.search(message.text) and not told else ()


def _tell(bound: list[Bound], message: Message, earlier: Profile) -> list[tuple[Said, bool]]:
    known = (
        {said.fact: said for said in (*earlier.facts, *earlier.supposed)}
        if earlier.supposed and not any(one.supposed for one in bound)
        else {said.fact: said for said in earlier.facts}
    )
    told: dict[str, tuple[Said, bool]] = {}
    for one in _totals(bound, message):
        words = message.text[one.figure.start : one.figure.end]
        for fact, values in _changed(one, known):
            held = told.get(fact)
            if one.note == doubt("not_counted") and held and not held[1]:
                continue
            if held and not held[1] and not one.change and _is_vague(one, message):
                continue
            if held and len(values) > 1 and len(held[0].values) == 1 and _between(held[0].values[0], values):
                continue  # told exactly before
            if held and fact in lexicon().counted_ip and held[0].note == doubt("not_counted"):
                held = None
            told[fact] = (Said(fact, values, words, one.note), one.supposed or (one.change != 0 and fact in known))
    return list(told.values())


def _between(value: Value, ends: tuple[Value, ...]) -> bool:
    numbers = [end for end in (value, *ends) if isinstance(end, Fraction)]
    return len(numbers) == len(ends) + 1 and min(numbers[1:]) <= numbers[0] <= max(numbers[1:])


def _totals(bound: list[Bound], message: Message) -> list[Bound]:
    """Parts of a sum left out where the sum is told (一笔380万，另一笔260万，合起来640万), else added up."""
    found: list[Bound] = []
    for one in bound:
        same = [other for other in bound if other.fact == one.fact and other.supposed == one.supposed]
        if one.spot and one.spot.label.parts:
            found += _added_up(one, same, message)
            continue
        parts = [other for other in same if PART.search(_before(other, message))]
        sums = [other for other in same if SUM.search(_before(other, message))]
        if (
            one not in parts
            or len(parts) + len(sums) < _MANY
            or not all(isinstance(part.values[0], Fraction) for part in parts)
        ):
            found.append(one)
        elif one is parts[-1] and not sums:
            total = sum((part.values[0] for part in parts if isinstance(part.values[0], Fraction)), Fraction(0))
            found.append(replace(one, values=(total,), note=doubt("as_total")))
    return found


def _added_up(one: Bound, same: list[Bound], message: Message) -> list[Bound]:
    """成本300万，税费50万: the last of several parts of one fact with their sum; nothing where the whole is told too."""
    parts = {message.words(Span(b.spot.start, b.spot.end)): b for b in same if b.spot and b.spot.label.parts}
    needed = max(b.spot.label.parts for b in parts.values() if b.spot)
    whole = any(not (b.spot and b.spot.label.parts) for b in same)
    if whole or len(parts) < needed or one is not list(parts.values())[-1]:
        return []
    if len(parts) == 1:
        return [one]
    low, high = (sum((Fraction(str(b.values[end])) for b in parts.values()), Fraction(0)) for end in (0, -1))
    return [replace(one, values=(low,) if low == high else (low, high), note=doubt("as_total"))]


def _sold(bound: list[Bound], message: Message) -> list[Bound]:
    """专利卖了800万，成本税费120万: where costs are told too, what a technology was sold for is not yet the income."""
    facts = {one.fact for one in bound}
    if "transfer_costs" not in facts or "transfer_revenue" in facts:
        return bound
    return [
        replace(one, fact="transfer_revenue")
        if one.fact == "transfer_income" and one.spot and not _GAINED.search(message.text, one.spot.start, one.spot.end)
        else one
        for one in bound
    ]


def _before(bound: Bound, message: Message) -> str:
    return words_before(bound.figure, message)


def _changed(one: Bound, known: dict[str, Said]) -> list[tuple[str, tuple[Value, ...]]]:
    """The fact as it is now; an addition goes to every sum that the earlier facts hold."""
    if not one.change or not isinstance(one.values[0], Fraction):
        return [(one.fact, one.values)]
    added = one.values[0] * one.change
    names = {one.fact, *_sums(one.fact)} & set(known)
    if one.fact == "rd_staff" and "staff_total" in known:
        names.add("staff_total")
    if not names:
        of_how_many = one.supposed or one.fact in ("staff_total", "rd_staff")  # 离职5人
        return [] if of_how_many else [(one.fact, one.values)]
    found = []
    for name in sorted(names):
        values: tuple[Value, ...] = tuple(v + added for v in known[name].values if isinstance(v, Fraction))
        found.append((name, values))
    return found


def _sums(fact: str) -> set[str]:
    return {
        members["sum"] for members in lexicon().families.values() if fact == members.get("latest") and "sum" in members
    }


def _pair(message: Message) -> list[Bound]:
    """230/4800: research costs by revenue, in 万元 where nothing else is said."""
    found = []
    for match in _PAIR.finditer(message.text):
        for i, fact in ((1, "rd_expense_latest"), (2, "revenue_latest")):
            number = Fraction(match[i]) * 10**4
            figure = Figure(match.start(i), match.end(i), match[i], FigureKind.MONEY, number, number)
            found.append(Bound(fact, figure, (number,), doubt("in_ten_thousands")))
    return found if len(found) == 2 and found[0].figure.low < found[1].figure.low else []


def _told_twice(bound: list[Bound], message: Message) -> dict[str, str]:
    """Facts told twice with different values, no word of correction between, with what to ask."""
    found: dict[str, str] = {}
    for one, other in combinations(bound, 2):
        same = one.fact == other.fact and one.supposed == other.supposed and not (one.change or other.change)
        if not same or one.fact in lexicon().counted_ip or _agree(one, other, message):
            continue
        if not lexicon().corrects.search(message.text[one.figure.start : other.figure.start]):
            fact = message.catalogue[one.fact]
            first, second = (show_value(fact, each.values[0]) for each in (one, other))
            found[one.fact] = doubt("two_values", label=fact.label, first=first, second=second)
    return found


def _agree(one: Bound, other: Bound, message: Message) -> bool:
    """Whether two readings of a fact can both be true: the same, or one within the range of the other (过了5000万, 5100万)."""
    if one.values == other.values:
        return True
    first, second = one.figure, other.figure
    numbers = all(isinstance(value, Fraction) for value in (*one.values, *other.values))
    if _is_vague(one, message) or _is_vague(other, message):
        return True
    ranges = first.low != first.high or second.low != second.high
    return numbers and ranges and max(first.low, second.low) <= min(first.high, second.high)


def _is_vague(bound: Bound, message: Message) -> bool:
    """Whether a figure is only a line that the fact is above or below: 收入没到1500万."""
    return _LINE.search(_before(bound, message)) is not None


def _two_companies(message: Message) -> list[str]:
    return [doubt("two_companies")] if _TWO.search(message.text) and len(message.figures) > 1 else []


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
    """The day on which is asked: 明年呢 moves it by a year, 按2024年指南 to the end of that year."""
    year = _OF_YEAR.search(text)
    if year and int(year[1]) < as_of.year:
        return date(int(year[1]), 12, 31)
    match = _TO_YEAR.search(text)
    return years_later(as_of, 1 if match["next"] == "明年" else 2) if match else as_of
