"""Which words of a clause answer the question: the whole clause, or some of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from assistant.answer.kinds import Kind
from assistant.answer.services import Services
from assistant.documents.model import Part
from assistant.documents.offices import Office
from assistant.index.keys import asks
from assistant.index.tokens import words
from assistant.retrieval.lookup import items
from assistant.retrieval.model import Hit

WHOLE = 180  # characters; a clause this short is quoted whole
LONGEST = 700  # a quotation longer than this is cut at a sentence
MARGIN = 0.02  # parts within this of the best part are quoted with it
ITEM = 0.03  # an item this close to the lead-in of a long list is quoted alone
MOST = 2  # parts quoted of one clause
SHARED = 0.25  # what a part gains when it holds every word of the question
_WHOLE_LIST = re.compile(
    r"哪些|哪几|哪[三四五六七八九]|都有什么|有什么(?:条件|要求|材料)|什么(?:条件|材料|资料)|清单|全部|分别"
)
_ASKS = re.compile(r"多少|几|[吗呢么不][？?]?$|哪|怎|什么|啥|能不能|有没有|是不是|上限|行不行")
SHORTEST = 4  # characters of a question within a sentence
_HEAD = re.compile(r"(?:[-*]|（[一二三四五六七八九十]+）|\d+[.．、])\s*([^，。：；（(]{3,12})[，：（(]")
_SENTENCE = re.compile(r"[^。]+。?")
_DEPENDS = re.compile(  # how a sentence begins that cannot be understood without the one before
    r"其|但|不过|因此|所以|这|那|该|此|它|同时|并|也|还|另|否则|[上前]述|[上前]面|前[款项者]|后者|以上|以下|两|都|均|属于|是|不是|仍|只(?!有)|到期|期满|有效期|合计|没有|可以|应当|不得|由|按|超过|达到|逾期|再|则|如|例如|第[一二三四五六七八九十百]+[条款项]|（"
)
_AMOUNT = re.compile(r"(?P<sum>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[万亿])")
_TIER = re.compile(  # 1000万元至5000万元的, 1亿元及以上的
    r"^[-*\s]*(?P<low>\d[\d,.]*)\s*(?P<low_scale>[万亿]?)元?(?:至|到|[—~-])?"
    r"(?:(?<=[至到—~-])(?P<high>\d[\d,.]*)\s*(?P<scale>[万亿])元|及?以上)"
)
_NOTE = re.compile(r"应是|误传|写作|写的是|核对|核实")  # a sentence about the text rather than of it
_BACK = re.compile(r"前[款项]|前[两二三四五]款|上[面述][一二三四五六七八九十两几各]?[款项条]")
_ALIKE = 3  # characters at the end of two headings by which they are parallel
NAMED = 0.10  # what an item gains whose head the question says
AHEAD = 0.05  # by how much a later sentence must be nearer to the question to be said first
TELLS = 0.08  # what a part gains when it tells the kind of thing that is asked


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a clause, each piece to the letter and in its order; `path` leads to the best of them."""

    hit: Hit
    pieces: tuple[str, ...]
    path: tuple[str, ...]
    main: int = 0  # which piece is the best
    lead: str = ""  # the sentence of that piece that answers, where it is not the first

    @property
    def quote(self) -> str:
        return "\n".join(self.pieces)

    @property
    def best(self) -> Passage:
        """The best piece alone, with what belongs below it when it leads in to a list."""
        return self if self.leads_in else Passage(self.hit, (self.pieces[self.main],), self.path)

    @property
    def leads_in(self) -> bool:
        """Whether the best piece leads in to a list, which stands below it."""
        return _leads_in(self.pieces[self.main])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as passages are chosen by it; `rest` is what it says beside the names of the clauses that answer it."""

    question: str
    rest: str
    kind: Kind | None

    @classmethod
    def of(cls, question: str, kind: Kind | None, grounds: Sequence[Hit]) -> Asked:
        named = {word for hit in grounds for word in words(" ".join((hit.found.version.title, *hit.found.clause.path)))}
        rest = "".join(word for word in words(question) if word not in named)
        return cls(question, rest or question, kind)

    def tells(self, part: Part) -> bool:
        """Whether a part tells the kind of thing that is asked."""
        return self.kind is not None and bool(self.kind.tells.search(part.text))

    @classmethod
    def as_in(cls, found: Passage) -> Asked:
        """What a passage tells, asked of another clause beside it."""
        return cls(found.pieces[found.main], found.pieces[found.main], None)


def are_parallel(one: Hit, other: Hit) -> bool:
    """Whether two clauses of a policy say the same kind of thing of two things: 培育企业的条件, 小巨人企业的条件."""
    first, second = one.found, other.found
    heads = first.clause.path[-1][-_ALIKE:], second.clause.path[-1][-_ALIKE:]
    return (
        first.version.policy == second.version.policy and first.clause.id != second.clause.id and heads[0] == heads[1]
    )


def passage(asked: Asked, hit: Hit, services: Services) -> Passage:
    """The passage of a hit that is nearest to the question, and the sentence in it that answers."""
    found = _nearest(asked, hit, services)
    return replace(found, lead=_leading(asked, unlabelled(found.pieces[found.main], found.path), services))


def unlabelled(text: str, path: tuple[str, ...]) -> str:
    """A text without the label or heading of its clause in front."""
    label = next((label for label in reversed(path) if text.startswith(label)), "")
    return text[len(label) :].lstrip(" 　、.．：\n") if label else text


def _leading(asked: Asked, piece: str, services: Services) -> str:
    """The sentence of a piece that answers, if it is surely not the first and can be understood alone; else nothing."""
    said = [sentence for sentence in _SENTENCE.findall(piece) if sentence.strip()]
    if len(said) < MOST or "\n" in piece.strip() or _leads_in(piece):
        return ""
    parts = [Part(id=f"para-{i}", label="", path=(), text=sentence.strip()) for i, sentence in enumerate(said)]
    scores = _scores(asked, parts, services)
    best = max(range(len(parts)), key=scores.__getitem__)
    alone = not _DEPENDS.match(parts[best].text) and not _NOTE.search(parts[best].text)
    return parts[best].text if alone and scores[best] > scores[0] + AHEAD else ""


def _nearest(asked: Asked, hit: Hit, services: Services) -> Passage:
    clause = hit.found.clause
    parts = [part for part in clause.parts if part.text != clause.label]
    if (tier := _tier(asked.question, parts)) is not None:
        return Passage(hit, (tier.text,), tier.path)
    if len(clause.text) <= WHOLE or not parts:
        return _whole(asked, hit, parts, services)
    if named := [part for part in parts if part.id in {f"item-{number}" for number in items(asked.question)}]:
        return Passage(hit, tuple(part.text for part in named), named[0].path)
    scores = _scores(asked, parts, services)
    whole = bool(_WHOLE_LIST.search(asked.question)) or asks_several(asked.question)
    best = _best(parts, scores, whole=whole)
    meant = _meant(parts, scores, best)
    if meant is not None and asked.tells(parts[meant]) and not asked.tells(parts[best]):
        best = meant
    close = [i for i, score in enumerate(scores) if score >= scores[best] - MARGIN and not _leads_in(parts[i].text)]
    also = [meant] if meant is not None else []
    chosen = sorted({best, *also, *sorted(close, key=lambda i: -scores[i])[:MOST]})
    if whole and (lead := _lead_in(parts, best)) is not None:
        best, chosen = lead, [lead]
    pieces = dict.fromkeys(piece for i in chosen for piece in _with_children(parts, i))
    return Passage(hit, tuple(pieces), parts[best].path, list(pieces).index(parts[best].text))


def _tier(question: str, parts: list[Part]) -> Part | None:
    """Of tiers by amount, the one in which the only amount of the question surely lies; at a border it is left to the reader."""
    amounts = [yuan(match["sum"], match["scale"]) for match in _AMOUNT.finditer(question)]
    tiers = [(part, match) for part in parts if (match := _TIER.search(part.text))]
    if len(amounts) != 1 or len(tiers) < MOST:
        return None
    (amount,) = amounts
    found = [
        part
        for part, match in tiers
        if yuan(match["low"], match["low_scale"] or (match["scale"] if match["high"] else "")) < amount
        and (not match["high"] or amount < yuan(match["high"], match["scale"]))
    ]
    return found[0] if len(found) == 1 else None


def yuan(digits: str, scale: str | None) -> float:
    """5,000 and 万 as yuan."""
    return float(digits.replace(",", "")) * {"万": 10**4, "亿": 10**8}.get(scale or "", 1)


def _whole(asked: Asked, hit: Hit, parts: list[Part], services: Services) -> Passage:
    """A short clause; of several sentences that stand side by side, the one that is asked about comes first."""
    clause = hit.found.clause
    if len(parts) > 1 and all(part.id.startswith("para-") and not _leads_in(part.text) for part in parts):
        scores = _scores(asked, parts, services)
        best = max(range(len(parts)), key=scores.__getitem__)
        if scores[best] > scores[0] + MARGIN:
            return Passage(hit, tuple(part.text for part in parts), clause.path, best)
    return Passage(hit, (shorten(clause.text),), clause.path)


def asks_several(question: str) -> bool:
    """Whether a sentence asks several things at once (几个人，资产上限呢)."""
    return (
        sum(len(segment) >= SHORTEST and bool(_ASKS.search(segment)) for segment in re.split("[，,；;、]", question))
        > 1
    )


def _best(parts: list[Part], scores: list[float], *, whole: bool) -> int:
    """The best part; an item rather than the lead-in of a long list, unless the whole list is asked for."""
    best = max(range(len(parts)), key=scores.__getitem__)
    below = [] if whole or not _leads_in(parts[best].text) else _below(parts, best)
    if sum(len(parts[i].text) for i in below) <= 2 * WHOLE:
        return best
    return max((i for i in below if scores[i] >= scores[best] - ITEM), key=scores.__getitem__, default=best)


def _meant(parts: list[Part], scores: list[float], best: int) -> int | None:
    """The part before that the best one refers back to (前款, 上面三项), without which it cannot be read."""
    if not best or not _BACK.search(parts[best].text):
        return None
    return max(range(best), key=scores.__getitem__)


def _lead_in(parts: list[Part], i: int) -> int | None:
    """The part that leads in to the list of which a part is an item, if the list is short enough to be quoted whole."""
    if parts[i].id.startswith("para-"):
        return None
    before = (k for k in range(i - 1, -1, -1) if parts[k].id.startswith("para-"))
    lead = next(before, None)
    if lead is None or not _leads_in(parts[lead].text):
        return None
    return lead if sum(map(len, _with_children(parts, lead))) <= LONGEST else None


def _scores(asked: Asked, parts: list[Part], services: Services) -> list[float]:
    """How near each part is to the question: to all of it and to its rest."""
    texts = [(part.text, *part.asks) for part in parts]
    said = [asked.question, asked.rest, *(text for some in texts for text in some)]
    vectors = services.snapshot.embedding.encode(said)
    near = (vectors[2:] @ vectors[:2].T).mean(axis=1)
    wanted = {word for word in words(asked.rest) if len(word) > 1}
    scores, start = [], 0
    for part, some in zip(parts, texts, strict=True):
        cosine = float(np.max(near[start : start + len(some)]))
        start += len(some)
        shared = len(wanted & set(words(part.text))) / max(len(wanted), 1)
        head = _HEAD.match(part.text)
        named = bool(head and head[1] in asked.question)
        scores.append(cosine + SHARED * shared + TELLS * asked.tells(part) + NAMED * named)
    return scores


def _with_children(parts: list[Part], i: int) -> list[str]:
    """A part with what stands below it (1. under （一）), and a lead-in with its list."""
    return [parts[i].text, *(parts[k].text for k in _below(parts, i))]


def _below(parts: list[Part], i: int) -> list[int]:
    """What stands below a part."""
    leads = _leads_in(parts[i].text)
    below = (
        part.id.startswith(parts[i].id + ".") or (leads and not part.id.startswith("para-")) for part in parts[i + 1 :]
    )
    return [i + 1 + k for k, _ in enumerate(takewhile(bool, below))]


def _leads_in(text: str) -> bool:
    return text.endswith(("：", ":"))


def shorten(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, cut where a sentence ends."""
    if len(text) <= longest:
        return text
    cut = max(text.rfind(mark, 0, longest) for mark in ("\n", "。", "；"))
    return text[: cut + 1].rstrip() if cut > 0 else text[:longest]


def office_of(hit: Hit, services: Services) -> Office | None:
    """Who to ask about a hit: the office that its clause names, or that handles what it is about."""
    clause = hit.found.clause
    named = services.offices.get(clause.office) or services.offices.named_in(clause.text)
    return named or services.offices.for_topics(hit.found.version.topics)


def questions_near(hit: Hit) -> tuple[str, ...]:
    """The stored questions of a hit, for suggestions."""
    return asks(hit.found.clause)
