"""Step 1: make the question stand alone, and tell what kind of thing it asks for."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.kinds import kind_of
from assistant.answer.model import Exchange, Run
from assistant.answer.services import Services
from assistant.documents.glossary import Glossary
from assistant.retrieval.retriever import PolicyRetriever

_POINTS_BACK = re.compile(
    r"(^那|^它|^他们|它们|这个|那个|这条|那条|这项|该政策|该办法|上面|前面|刚才|上述|其中|哪一年的|哪年的|现在还有|还是这个|呢[？?]?$"
    r"|又[能可算行要该会]|[放算计列]得?进去"
    r"|(?:[就还也]|会不会|有没有)(?:不一样|不同|一样|变)(?:了|吗|[？?]|$))"
)
_CONTINUES = re.compile(
    r"^(如果|要是|假如|换成|改成|还有|另外|为什么|怎么办|多久|多少|什么时候|在哪|谁|第[一二三四五六七八九十\d]+[条项款])"
)
_SUMS_UP = re.compile(r"那就是|那不就|那岂不|这么说|照这[样么]|按这个")  # 项目投了900万，那就是拿270万咯
_REPLACES = re.compile(
    r"^(?:那|那么)?(?:如果|要是|假如)?(?:说错了|写错了|更正|不对|换成|改成|是)[，,：:是成]*(.+?)(?:呢)?[？?。]?$"
)
_AND = re.compile(r"^(?:另外|还有|再问|再请问|顺便(?:问)?(?:一下)?|以及|对了)[，,]?")
_AMOUNT = re.compile(r"[\d.,]+\s*(?:亿|千万|百万|万|%)?元?|[一二三四五六七八九十两百千]+(?:亿|千万|百万|万)元?")
_PLACE = re.compile(r"第\s*[零〇一二三四五六七八九十百\d]+\s*[条款项]")  # the one asked about replaces the last
_PART = re.compile(r"第\s*[零〇一二三四五六七八九十百\d]+\s*[款项]")  # of the article that was asked about
_LONGEST = 80  # characters of the last question that are carried on
_SHORT = 16  # characters; a question this short without a subject of its own continues the last one


def contextualise(run: Run, services: Services) -> Run:
    """Complete a follow-up question with the subject of the conversation."""
    question = run.question.strip()
    terms = services.glossary.terms_in(question)
    if run.beside and (subject := _same_subject(run, question, services)):
        standalone = f"{subject}；{_AND.sub('', question)}"
        return replace(run, standalone=standalone, terms=services.glossary.terms_in(standalone), kind=kind_of(question))
    if not run.history or not _follows(question, terms):
        return replace(run, standalone=question, terms=terms, kind=kind_of(question))
    last = run.history[-1]
    standalone = _with_figure_replaced(question, last) or _continued(question, last, services.glossary)
    kind = kind_of(question) or kind_of(last.standalone)
    every = tuple(dict.fromkeys((*terms, *last.terms)))
    return replace(run, standalone=standalone, terms=every, kind=kind, follows=True)


def _follows(question: str, terms: tuple[str, ...]) -> bool:
    if _POINTS_BACK.search(question):
        return not terms or len(question) <= 2 * _SHORT
    goes_on = _CONTINUES.match(question) or _SUMS_UP.search(question)
    return not terms and (len(question) <= _SHORT or goes_on is not None)


def _same_subject(run: Run, question: str, services: Services) -> str | None:
    """The title of the rule that answered the question before, where it is the nearest to this one by itself too."""
    if _POINTS_BACK.search(question):
        return None
    found = PolicyRetriever(engine=services.search, as_of=run.as_of, k=1).search(_AND.sub("", question)).hits
    near = found[0].found.version if found else None
    return near.title if near and near.key in run.history[-1].policies else None


def _with_figure_replaced(question: str, last: Exchange) -> str | None:
    """The last question with its only figure replaced, for 换成两千万呢 and 说错了，是3000万."""
    match = _REPLACES.match(question)
    new = _AMOUNT.search(match[1]) if match else None
    if not new or len(_AMOUNT.findall(last.standalone)) != 1:
        return None
    return _AMOUNT.sub(lambda _: new.group(), last.standalone)


def _continued(question: str, last: Exchange, glossary: Glossary) -> str:
    """The last question and this one; where this one turns to another programme, the last is asked of that one."""
    before = last.standalone[-_LONGEST:]
    if place := _PLACE.search(question):
        before = (_PART if _PART.match(place.group()) else _PLACE).sub("", before)
    turned = next((term for term in glossary.terms_in(question) if glossary.homes(term)), None)
    return f"{glossary.about(before, turned) if turned else before}；{question}"
