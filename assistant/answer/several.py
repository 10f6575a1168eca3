"""Several questions in one message: told apart, answered one by one, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.answer.messages import message
from assistant.answer.model import Answer, AnswerStatus, Citation
from assistant.answer.qualify_names import describes_company, mentions
from assistant.answer.qualify_words import in_words, words

MOST = 5
_END = re.compile(r"(?<=[？?])\s*|\n+")
_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}\s*[.．、）)]|[一二三四五六七八九]\s*、|第[一二三四五]，)\s*")
_MARKER = re.compile(r"(?<!\\)\[(\d+)\](?!\()")
_ASKS = re.compile(
    r"[？?]$|多少|(?<!好)几|吗|呢|哪|怎|谁|什么|啥|能不能|可不可以|是不是|有没有|要不要|行不行|真的?假|对不对|属实|是[^，。；]{1,12}还是|还是[^，。；]{1,12}[？?]?$"
)
_LISTED = re.compile(r"[，,；;。]\s*[二三四五]是")  # 一是……，二是……
_ASKED_ONESELF = re.compile(  # 高企？还不是，没申请过
    r"(?<=[。，；\n])(?P<topic>[^，。；？?\n能吗呢么几多哪怎什要会可行]{1,8})[？?](?=(?:还|也|目前|暂时|现在)*(?:不是|没(?!问题)|未|有[，。的过]))"
)
_TAG = re.compile(r"(?:这样|那样|这么|那么|对|是|可以|行|真|没错|我说|理解)")  # 这样可以吗？ asks nothing of its own
_SHORTEST = 4
_TOLD = 12  # characters before 一是 that only say that questions follow
_WHOLE = 5  # characters of a sentence that asks something of its own, though it does not name what it is about
_ELSE = re.compile(
    r"怎么(?!样)(?:申请|申报|办|弄)|如何(?:申请|申报|办)|流程|材料|什么时候|几时|截止|贷款|贴息|联系|电话|哪个部门|好处|优惠"
)


def split(question: str, has_subject: Callable[[str], bool]) -> tuple[str, ...]:
    """The questions of a message, in order; a few words without a subject of their own stay with the question before.

    A company that describes itself for one programme asks one question, however many question marks stand in it.

    Args:
        has_subject: whether a sentence names something that the library knows.
    """
    told, listed, first = question.partition("一是")
    question = _ASKED_ONESELF.sub(r"\g<topic>，", question)
    text = _LISTED.sub("？", first) if listed and len(told) <= _TOLD and _LISTED.search(first) else question
    if not re.search(r"[？?]\s*\w", text):
        return (question,)
    parts: list[str] = []
    asked = False
    for sentence in filter(None, (_NUMBER.sub("", part).strip() for part in _END.split(text))):
        whole = len(re.findall(r"\w", sentence)) >= _WHOLE and not _TAG.match(sentence)
        apart = whole or has_subject(sentence) or re.search(r"呢[？?]$", sentence)
        echoes = bool(parts) and len(parts[-1]) < _SHORTEST  # 成本？还没算出来: what was asked, said again
        if parts and (echoes or not (asked and apart and len(sentence) >= _SHORTEST and _ASKS.search(sentence))):
            parts[-1] = f"{parts[-1]}{sentence}"
        else:
            parts.append(sentence)
        asked = sentence.endswith(("？", "?"))
    return tuple(parts) if 1 < len(parts) <= MOST and not _is_one_case(question, parts) else (question,)


def _is_one_case(question: str, parts: Sequence[str]) -> bool:
    asked = [{one.programme for one in mentions(in_words(part)) if not one.held} for part in parts]
    if len(set().union(*asked)) > 1 or any(map(_ELSE.search, parts)):
        return False
    return describes_company(question) or all(map(words().asks.again.search, parts[1:]))


def together(question: str, answers: Sequence[Answer]) -> Answer:
    """One answer of several: each under its question, or its questions; the markers numbered on, the closing lines once."""
    citations: list[Citation] = []
    blocks: list[str] = []
    for text, same in groupby(enumerate(answers, start=1), key=lambda numbered: _body(numbered[1])):
        shift, asked = len(citations), list(same)
        heads = (f"**{message('nth_question', number=n, question=answer.question)}**" for n, answer in asked)
        blocks.append("\n\n".join([*heads, _shifted(text, shift)]))
        citations += [replace(citation, marker=citation.marker + shift) for citation in asked[0][1].citations]
    digest = message("digest") if citations else ""
    blocks.append(f"*{message('as_of', day=answers[0].as_of, digest=digest)}*")
    last = answers[-1]
    exchange = replace(last.exchange, question=question) if last.exchange else None  # any of it may be followed up
    return replace(
        last,
        exchange=exchange,
        question=question,
        status=_status([answer.status for answer in answers]),
        text="\n\n".join(blocks),
        citations=tuple(citations),
        verdicts=tuple(verdict for answer in answers for verdict in answer.verdicts),
        followups=tuple(dict.fromkeys(f for answer in answers for f in answer.followups))[:3],
        handoff=next((answer.handoff for answer in answers if answer.handoff), None),
    )


def _body(answer: Answer) -> str:
    """The text without its closing line."""
    body, _, closing = answer.text.rpartition("\n\n*")
    return body if body and closing.endswith("*") else answer.text


def _shifted(text: str, by: int) -> str:
    return _MARKER.sub(lambda match: f"[{int(match[1]) + by}]", text)


def _status(found: list[AnswerStatus]) -> AnswerStatus:
    if len(set(found)) == 1:
        return found[0]
    return AnswerStatus.PARTIAL if AnswerStatus.ANSWERED in found or AnswerStatus.PARTIAL in found else found[0]
