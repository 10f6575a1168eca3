"""Clauses that ask what a thing is or how it is done, with or without a question mark; they tell nothing of the company."""

from __future__ import annotations

import re

_MEANING = re.compile(
    r"(?<!不)是什么(?=[?，。；]|$|意思|东西|[呀啊呢])|(?:^|[，。；])什么[是叫]|什么意思|指的?是?什么|怎么定义"
)
_HOW = re.compile(
    r"怎么(?!也|都|说|可能)|如何|哪些|(?<!没有)哪[几个种]|(?:会|要|算)有?什么|什么(?:条件|要求|材料|流程|标准|时候|后果|影响)|怎样"
    r"|(?:要|需要?|得)(?:排|有)?(?:前|第)?(?:几|多少)|[补拿给奖助](?:贴|励|持)?多少|多少(?:钱|万|补|奖)"
)
_OURS = re.compile(r"我|咱|本|做|搞|参[加与]|牵头|承担|有|是|在|已")


def asks_meaning(words: str) -> bool:
    """Whether a clause asks what a word means: 创新联合体是什么."""
    return _MEANING.search(words) is not None


def asks_how(words: str, before: str) -> bool:
    """Whether a clause asks how a thing is done, what it takes or brings, and nobody does it before it is named.

    豁免需要什么条件 asks; 我们做创新联合体能补多少 tells of it too. `before`: the words of the clause before the thing.
    """
    return _HOW.search(words) is not None and _OURS.search(before) is None
