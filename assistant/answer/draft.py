"""What is sent to the language model and the form in which it answers: one sentence a line, each with its markers, and
a last line that says whether the clauses were enough (docs/adr/0008-verification.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answer.messages import message
from assistant.answer.model import Citation, Run, Statement
from assistant.answer.passages import shorten
from assistant.answer.polarity import without_verdict

LEAST = 60  # characters of a clause below which sending it makes no sense
LEAK = 10  # characters of the prompt in a row that give it away
_MARKER = re.compile(r"[\[［【](\d{1,3})[\]］】]")
_SENTENCE = re.compile(r"(?:[^。！？]|[。！？](?=[”」』）]))+[。！？]?(?:\s*[\[［【]\d{1,3}[\]］】])*")
_BULLET = re.compile(r"^(?:[-*•]|\d{1,2}[.、)）]|[（(]\d{1,2}[）)])\s*")
_ENOUGH = re.compile(r"^\W*依据\s*[:：]\s*(充分|不足)\W*$")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two messages of a request."""

    system: str
    question: str


@cache
def _template() -> str:
    return Path(__file__).with_name("prompts").joinpath("answer.txt").read_text(encoding="utf-8")


def prompt(run: Run, context: int) -> Prompt:
    """The rules with the clauses issued, and the question; `context` characters in all, the first clause coming first."""
    question = _harmless(run.standalone)[: context // 4]
    left = context - len(_template()) - len(question)
    blocks: list[str] = []
    for citation in run.citations:
        head = _head(citation)
        if left - len(head) < LEAST:
            break
        blocks.append(f"{head}\n{_harmless(shorten(citation.found.clause.text, left - len(head)))}")
        left -= len(blocks[-1])
    system = _template().replace("{day}", run.as_of.isoformat()).replace("{clauses}", "\n\n".join(blocks))
    return Prompt(system, f"问题：{question}")


def _head(citation: Citation) -> str:
    version = citation.found.version
    number = f"（{version.number}）" if version.number else ""
    tags = f"{message(f'level_{version.level}')}，{message(f'status_{citation.status}')}"
    return f"[{citation.marker}] 《{version.title}》{number}{citation.found.clause.label}（{tags}）"


def _harmless(text: str) -> str:
    """Without anything that looks like a marker of ours."""
    return _MARKER.sub(r"（\1）", text)


def enough(line: str) -> bool | None:
    """What the last line says of the clauses; None if this is not it."""
    match = _ENOUGH.match(line)
    return match[1] == "充分" if match else None


def statements(line: str, issued: frozenset[int]) -> Iterator[Statement]:
    """The sentences of a line with the markers that were issued; other markers are taken out."""
    for match in _SENTENCE.finditer(_BULLET.sub("", line)):
        markers = dict.fromkeys(int(number) for number in _MARKER.findall(match.group()))
        text = without_verdict(_MARKER.sub("", match.group()).strip())
        if re.search(r"\w", text):
            yield Statement(text, tuple(marker for marker in markers if marker in issued))


def leaks(statement: Statement) -> bool:
    """Whether a sentence repeats the rules that the model was given."""
    rules = re.sub(r"\s", "", _template())
    text = re.sub(r"\s", "", statement.text)
    return any(text[i : i + LEAK] in rules for i in range(max(len(text) - LEAK + 1, 0)))
