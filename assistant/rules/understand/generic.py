"""What a message only asks about or supposes: 个体户能报高企吗, 如果我们是分公司. It says of nobody that it is so."""

from __future__ import annotations

import re

from assistant.rules.understand.message import Message
from assistant.rules.understand.model import Said

_OWN = re.compile(
    r"上海[\u4e00-\u9fff()]{2,16}公司|我|咱|本(?:公司|单位|企业)|公司(?:是|在|现)|现在|目前|已经|今年|去年|前年|\d年"
)
_ONE_CLAUSE = re.compile(r"[^，。；!?\n]*[?。]*\s*")
_ASKS = re.compile(
    r"能不能|有没有|可不可以|是不是|是否|算不算|要不要|会不会|能否"
    r"|(?:[吗么嘛呢]|怎么样|怎么办|会怎样|几分|多少钱?|几年|哪些|什么|(?:能|可以|行|不了)[^，。；]{0,6}吧)[?。]*\s*$|[?]\s*$"
)
_FACTS = (
    "legal_form",
    "registered_place",
    "registered_on",
    "listed",
    "excluded_industry",
    "hnte_status",
    "hnte_certified_on",
    "hnte_recognised_year",
    "hnte_recognition",
    "torch_statistics",
)
_IF = re.compile(r"如果|(?<![主只需重])要是|假如|假设|假使|倘若|若是|(?:^|，)若")
_PLACES = re.compile(r"外地|外省|外市|外区|异地|境外|国外|港澳台")  # 松江的公司能报吗: rather one's own


def is_supposed(message: Message, said: Said) -> bool:
    """Whether a claim stands only in questions about companies of its kind, or after 如果 in its sentence."""
    return _is_generic(message, said) or _after_if(message, said)


def asked_of_any(words: str) -> bool:
    """Whether a clause asks of companies of a kind, or supposes: 核定征收能不能享受, but 我们核定征收能享受吗."""
    return _IF.search(words) is not None or (_OWN.search(words) is None and _ASKS.search(words) is not None)


def _is_generic(message: Message, said: Said) -> bool:
    """Whether the whole message is one question, with nothing of one's own in it."""
    if said.fact not in _FACTS or said.values == ("none",):
        return False
    one = _ONE_CLAUSE.fullmatch(message.text) and _ASKS.search(message.text)
    if not one or _OWN.search(message.text):
        return False
    return said.fact != "registered_place" or _PLACES.fullmatch(said.words) is not None


def _after_if(message: Message, said: Said) -> bool:
    places = [match.start() for match in re.finditer(re.escape(said.words), message.text)]
    before = (message.text[message.sentence(place).start : place] for place in places)
    return bool(places) and all(_IF.search(words) for words in before)
