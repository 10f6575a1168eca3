"""Step 1: make the question stand alone, and settle the day that it asks about."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.kinds import kind_of
from assistant.answer.model import Run
from assistant.answer.services import Services

_FOLLOWS = re.compile(r"^(那|它|这个|这些|该|上面|刚才|前面|如果|要是|换成|还有|另外|为什么|怎么办|多久|多少|什么时候|在哪|谁|第[一二三四五六七八九十\d]+[条项款])")
_POINTS_BACK = re.compile(r"(那|它|他们|这个|那个|该政策|该办法|上面那|前面那|刚才|上述|这条|那条|呢[？?]?$|哪一年的|现在还有)")
_SHORT = 14  # characters; a question this short without a subject of its own continues the last one


def contextualise(run: Run, services: Services) -> Run:
    """Complete a follow-up question with the subject of the conversation."""
    question = run.question.strip()
    run = replace(run, kind=kind_of(question))
    terms = services.glossary.terms_in(question)
    if not run.history or not _continues(question, terms):
        return replace(run, standalone=question, terms=terms)
    last = run.history[-1]
    subject = " ".join(term for term in last.terms if term not in terms) or last.standalone[:60]
    return replace(run, standalone=f"{subject} {question}".strip(), terms=tuple(dict.fromkeys((*terms, *last.terms))))


def _continues(question: str, terms: tuple[str, ...]) -> bool:
    if _FOLLOWS.search(question) or _POINTS_BACK.search(question):
        return not terms or bool(_POINTS_BACK.search(question))
    return not terms and len(question) <= _SHORT
