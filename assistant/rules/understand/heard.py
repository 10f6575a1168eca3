"""Statements that no pattern of the lexicon knows, by the tagger: 机器人怎么转全指着这几项专利, 国外一分钱没给过."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from assistant.rules.understand.doubts import doubt
from assistant.rules.understand.incidents import INCIDENTS, incident
from assistant.rules.understand.merge import ABROAD
from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said
from assistant.rules.understand.tagger import Tag, load_tagger
from assistant.rules.values import Value

SURE = 0.8  # from which a statement is taken for made
SURER = {"home": 0.9, "product": 0.9}  # the same for topics whose words come near to plain talk of seats and goods
RIVAL = 0.3  # up to which another statement on the same topic may come near
DISPUTES = 0.95  # from which it disputes what a pattern read

_FACTS: dict[tuple[str, str], tuple[str, Value]] = {
    ("ip", "yes"): ("ip_supports_product", True),
    ("ip", "no"): ("ip_supports_product", False),
    ("home", "yes"): ("rd_domestic_ratio", Fraction(1)),
    ("hnte", "never"): ("hnte_status", "never"),
    ("hnte", "failed"): ("hnte_status", "applied"),
    ("hnte", "valid"): ("hnte_status", "valid"),
    ("hnte", "expired"): ("hnte_status", "expired"),
    ("hnte", "revoked"): ("hnte_status", "revoked_this_year"),
    ("incident", "none"): (INCIDENTS[0], False),
    ("honesty", "clean"): ("research_dishonesty", False),
    ("honesty", "bad"): ("research_dishonesty", True),
    ("listing", "clean"): ("listed_abnormal", False),
    ("listing", "listed"): ("listed_abnormal", True),
    ("product", "clean"): ("restricted_product", False),
    ("product", "bad"): ("restricted_product", True),
    ("tax", "audited"): ("tax_collection", "audited"),
    ("tax", "deemed"): ("tax_collection", "deemed"),
    ("research", "genuine"): ("rd_activity", ("genuine",)),
    ("torch", "done"): ("torch_statistics", True),
    ("torch", "undone"): ("torch_statistics", False),
    ("keylink", "yes"): ("key_link", True),
    ("keylink", "no"): ("key_link", False),
}
_NOT_ALL_HOME = (*ABROAD, "rd_domestic_3y")
_DISPUTED = ("ip", "honesty", "product")  # topics on which the tagger may dispute what a pattern reads


def tags_of(message: Message) -> tuple[Tag, ...]:
    """What the tagger hears of a message, where the programme in question has facts that it knows."""
    facts = {fact for fact, _ in _FACTS.values()}
    return tuple(load_tagger().tags(message.text)) if not message.wanted or facts & message.wanted else ()


def disputed(message: Message, tags: Iterable[Tag], claimed: Iterable[Said]) -> frozenset[str]:
    """The facts that a pattern took for stated, of which the tagger surely hears the opposite: they are left open."""
    sure = [tag for tag in tags if tag.topic in _DISPUTED and is_sure(tag) and tag.probability >= DISPUTES]
    heard_of = dict(_FACTS[tag.topic, tag.label] for tag in sure if (tag.topic, tag.label) in _FACTS)
    return frozenset(said.fact for said in claimed if said.values[0] != heard_of.get(said.fact, said.values[0]))


def heard(message: Message, tags: Iterable[Tag], known: Collection[str]) -> Iterator[Said]:
    """The statements on facts of which nothing is known yet.

    Args:
        known: the facts that are known or left open, by id.
    """
    for tag in tags:
        fact, value = _FACTS.get((tag.topic, tag.label), ("", False))
        if not is_sure(tag) or not _may_tell(message, fact, known) or message.is_question(tag.place):
            continue
        if tag.topic == "home" and any(name in known for name in _NOT_ALL_HOME):
            continue
        if fact == "ip_supports_product" and any(map(_is_another_s, tags)):
            continue
        clause = message.clause(tag.place)
        if fact in INCIDENTS:
            yield from incident(message, clause, happened=False)
        else:
            words = message.words(clause).strip("，。；、?!\n ")
            yield Said(fact, (value,), words, doubt("heard", words=words))


def _may_tell(message: Message, fact: str, known: Collection[str]) -> bool:
    """Whether a fact of the programme may still be told by a statement."""
    if fact in INCIDENTS:
        wanted = not message.wanted or any(name in message.wanted for name in INCIDENTS)
        return wanted and not any(name in known for name in INCIDENTS)
    return fact in message.catalogue and fact not in known and (not message.wanted or fact in message.wanted)


def _is_another_s(tag: Tag) -> bool:
    """Whether the rights may stand in another's name, so that they carry nothing of the company's own."""
    return (tag.topic, tag.label) == ("owner", "other") and tag.probability > RIVAL


def is_sure(tag: Tag) -> bool:
    """Whether a statement is taken for made."""
    return tag.probability >= SURER.get(tag.topic, SURE) and tag.rival <= RIVAL
