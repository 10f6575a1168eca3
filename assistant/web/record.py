"""An answer as text to take away: what the copy button and the export give."""

from __future__ import annotations

from assistant.answer.messages import message
from assistant.answer.model import Answer, Citation
from assistant.documents.model import TextKind
from assistant.web.texts import texts


def record(answer: Answer) -> str:
    """The question, the answer, its clauses with their status, the day, and who wrote it, as Markdown."""
    blocks = [f"**{texts().record_question.format(question=answer.question.strip())}**", answer.text]
    if answer.citations:
        lines = [texts().record_grounds.format(day=answer.as_of), "", *map(_line, answer.citations)]
        blocks.append("\n".join(lines))
    if str(answer.as_of) not in answer.text:
        blocks.append(texts().record_closing.format(day=answer.as_of) + texts().footnote)
    return "\n\n".join(blocks)


def _line(citation: Citation) -> str:
    """`- [1] 《title》（number）path：status，kind of text。source`"""
    version = citation.found.version
    number = f"（{version.number}）" if version.number else ""
    kind = texts().clause_digest if version.text_kind is TextKind.DIGEST else texts().clause_official
    where = f"《{version.title}》{number}{' '.join(citation.path)}"
    return f"- [{citation.marker}] {where}：{message(f'status_{citation.status}')}，{kind}。{version.source or ''}"
