"""Several questions in one message: told apart, answered one by one, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer.messages import message
from assistant.answer.model import Answer, AnswerStatus, Citation

MOST = 5
_END = re.compile(r"(?<=[？?])\s*|\n+")
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}\s*[.．、）)]|[一二三四五六七八九]\s*、|第[一二三四五]，)\s*")
_MARKER = re.compile(r"(?<!\\)\[(\d+)\](?!\()")
_SHORTEST = 4


def split(question: str, has_subject: Callable[[str], bool]) -> tuple[str, ...]:
    """The questions of a message, in order; one that has no subject of its own stays with the one before.

    Args:
        has_subject: whether a sentence names something that the library knows.
    """
    if len(re.findall(r"[？?]", question)) < 2:
        return (question,)
    parts: list[str] = []
    asked = False
    for sentence in filter(None, (_NUMBER.sub("", part).strip() for part in _END.split(question))):
        apart = has_subject(sentence) or re.search(r"呢[？?]$", sentence)
        if parts and not (asked and apart and len(sentence) >= _SHORTEST):
            parts[-1] = f"{parts[-1]}{sentence}"
        else:
            parts.append(sentence)
        asked = sentence.endswith(("？", "?"))
    return tuple(parts) if 1 < len(parts) <= MOST else (question,)


def together(question: str, answers: Sequence[Answer]) -> Answer:
    """One answer of several: each under its question, the markers numbered on, the closing lines once."""
    citations: list[Citation] = []
    blocks: list[str] = []
    for number, answer in enumerate(answers, start=1):
        shift = len(citations)
        body, _, closing = answer.text.rpartition("\n\n*")
        text = body if body and closing.endswith("*") else answer.text
        blocks.append(
            f"**{message('nth_question', number=number, question=answer.question)}**\n\n{_shifted(text, shift)}"
        )
        citations += [replace(citation, marker=citation.marker + shift) for citation in answer.citations]
    digest = message("digest") if citations else ""
    blocks.append(f"*{message('as_of', day=answers[0].as_of, digest=digest)}*")
    last = answers[-1]
    return replace(
        last,
        question=question,
        status=_status([answer.status for answer in answers]),
        text="\n\n".join(blocks),
        citations=tuple(citations),
        verdicts=tuple(verdict for answer in answers for verdict in answer.verdicts),
        followups=tuple(dict.fromkeys(f for answer in answers for f in answer.followups))[:3],
        handoff=next((answer.handoff for answer in answers if answer.handoff), None),
    )


def _shifted(text: str, by: int) -> str:
    return _MARKER.sub(lambda match: f"[{int(match[1]) + by}]", text)


def _status(found: list[AnswerStatus]) -> AnswerStatus:
    if len(set(found)) == 1:
        return found[0]
    return AnswerStatus.PARTIAL if AnswerStatus.ANSWERED in found or AnswerStatus.PARTIAL in found else found[0]
