"""Figures and claims of one message put together; what 只有 and 都用过 say of intellectual property."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from assistant.rules.facts import FactCatalogue
from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said

_ONLY = re.compile(
    r"(?:只有?|就|仅有?|光有)(?:[^，。；\d]{0,4}\d+\s*[个项件](?=[^，。；]{0,4}(?:实用|软|外观|著作))"
    r"|(?:实用新型|软件著作权|软著|外观)[^，。；\d]{0,6}\d+\s*[个项件])"
)
_NOTHING_ELSE = re.compile(
    r"(?:专利|商标|发明|实用新型|软著|著作权|外观|知识产权)[^。；]{0,16}[，、](?:其他|其它|别的|其余)[^，。；]{0,6}(?:都|也|就)?(?:没有?了?|无)(?=[，。；?？]|$)"
)
_NO_OTHER_RIGHTS = re.compile(
    r"没有?(?:别的|其他|其它|其余)(?:的)?(?:任何)?(?:知识产权|专利|证)|(?:别的|其他|其它)(?:的)?(?:证书?|专利|知识产权)[^，。；]{0,2}(?:也|都|就)?没"
)
_USED = re.compile(
    r"(没有?|未)(?:[^，。；]{0,6}?使?用过|[^，。；]{0,2}(?:拿|用)[去来于在][^，。；]{0,6}[报请定评]过)"
    r"|(?:申报|申请|认定|高企)[^，。；]{0,8}?(没有?|未)用(?=$|[，。；])"
    r"|(?:都|全|均)[^，。；没未]{0,10}用[过掉完]"
    r"|(?:都|全)(?:部)?(?:已经?)?用了(?=$|[，。；])"
)
_SOME = re.compile(
    r"(?:其中|剩下?|还?有|里头?|当中)[^，。；\d]{0,3}[\d一二三四五六七八九十两几]+[项件个][^，。；\d]{0,3}$"
)  # 其中3项没用过: of these alone
_CLASS1 = frozenset({"patents_invention", "layout_designs", "other_class1", "ip_class1"})
_CLASS2 = frozenset({"patents_utility", "patents_design", "software_copyrights", "ip_class2"})
_ALL_CORE = re.compile(r"(?:都|全|全都|均)(?:是|为|算)(?:我们的?)?(?:团队的?)?(?:核心|合伙人|创始人)")
ABROAD = ("rd_overseas_3y", "commissioned_overseas", "commissioned_overseas_person")
_USED_FACT = "ip_class2_used"

Told = tuple[Said, bool]  # a fact, and whether it is only supposed


def with_claims(told: list[Told], claimed: Iterable[Said], message: Message, *, team: bool = False) -> list[Told]:
    """The figures with the claims that they leave open; a figure beats a claim on the same fact.

    Args:
        team: whether a team without a company is talked about already.
    """
    figures = {said.fact for said, _ in told}
    claims = {said.fact: said for said in claimed if not _settled(said.fact, figures)}
    team = claims["legal_form"].values == ("team",) if "legal_form" in claims else team
    if (team or _ALL_CORE.search(message.text)) and "core_members" not in figures:
        told = [(replace(said, fact="core_members") if said.fact == "staff_total" else said, on) for said, on in told]
    sector = claims.get("sector")
    if sector and sector.values == ("manufacturing",) and "excluded_industry" not in claims:
        claims["excluded_industry"] = replace(sector, fact="excluded_industry", values=("none",))
    every = [*told, *((said, False) for said in claims.values())]
    facts = {said.fact: said for said, _ in every}
    others = {said.fact: said for said in _no_others(facts, message)}
    return [*every, *((said, False) for said in (*others.values(), *_used(facts | others, message)))]


def _settled(fact: str, figures: set[str]) -> bool:
    """Whether figures tell already what a claim would."""
    if fact == "rd_domestic_ratio" and "rd_overseas_3y" in figures:
        return True
    classes = {"ip_class1": _CLASS1, "ip_class2": _CLASS2}
    return fact in figures or bool(figures & classes.get(fact, frozenset()))


def _no_others(facts: dict[str, Said], message: Message) -> Iterable[Said]:
    """只有3个实用新型, 6个实用新型，发明没有: nothing of the first class; 两个商标，别的没有: nothing that was not named."""
    invention = facts.get("patents_invention")
    first_class = facts.keys() & _CLASS1 == {"patents_invention"}
    if invention and first_class and facts.keys() & _CLASS2 and invention.note is None and not any(invention.values):
        yield Said("ip_class1", (Fraction(0),), invention.words, doubt("none_other"))
        return
    only = _ONLY.search(message.text)
    if only and facts.keys() & _CLASS2 and not facts.keys() & _CLASS1:
        yield Said("ip_class1", (Fraction(0),), only.group(), doubt("none_other"))
    elif nothing := _NOTHING_ELSE.search(message.text) or _NO_OTHER_RIGHTS.search(message.text):
        for name, members in (("ip_class1", _CLASS1), ("ip_class2", _CLASS2)):
            told = [value for member in facts.keys() & members for value in facts[member].values]
            if name not in facts and not any(told):
                yield Said(name, (Fraction(0),), nothing.group(), doubt("none_other"))


def _used(facts: dict[str, Said], message: Message) -> Iterable[Said]:
    """How many rights of the second class were used before: all, none, or none because there are none."""
    if _USED_FACT in facts or "ip_class2_usable" in facts:
        return
    numbers = [value for name in _CLASS2 & facts.keys() for value in facts[name].values if isinstance(value, Fraction)]
    used = _USED.search(message.text)
    if used and _SOME.search(message.text[: used.start()]):
        return
    if numbers and not any(numbers):
        yield Said(_USED_FACT, (Fraction(0),), facts[min(_CLASS2 & facts.keys())].words)
    elif used and used.lastindex:
        yield Said(_USED_FACT, (Fraction(0),), used.group())
    elif used and numbers:
        yield Said(_USED_FACT, (sum(numbers, Fraction(0)),), used.group(), doubt("all_used"))


def without_outdated(earlier: tuple[Said, ...], told: tuple[Said, ...], catalogue: FactCatalogue) -> tuple[Said, ...]:
    """What was told before, but for the shares of which both parts are told anew: 22%, then 97人，研发15人.

    That all research is at home no longer holds where something abroad is told.
    """
    names = {said.fact for said in told}
    abroad = any(said.fact in ABROAD and any(said.values) for said in told)
    return tuple(
        said
        for said in earlier
        if said.fact in names
        or not (_parts(said.fact, catalogue) <= names or (abroad and said.fact == "rd_domestic_ratio"))
    )


def _parts(fact: str, catalogue: FactCatalogue) -> set[str | None]:
    """The two parts of a share; of any other fact nothing that can be told."""
    derive = catalogue[fact].derive if fact in catalogue else None
    return set(derive.ratio) if derive and derive.ratio else {None}
