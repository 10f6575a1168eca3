"""Write `knowledge/asks.txt`: the lay questions of `training/questions` but those held out, by which laws are found.

python -m training.asks
"""

from __future__ import annotations

from pathlib import Path

from training.questions import lay_questions

TARGET = Path(__file__).resolve().parents[1] / "knowledge" / "asks.txt"


def asks(folder: Path) -> str:
    """The file's text: per document a heading, per article a line."""
    found: dict[str, dict[str, list[str]]] = {}
    for question in lay_questions(folder):
        if not question.held_out:
            title, clause = question.gold[0][0]
            found.setdefault(title, {}).setdefault(clause, []).append(question.text)
    lines = []
    for title, clauses in found.items():
        lines.append(f"## {title}")
        lines += [" | ".join((clause, *texts)) for clause, texts in clauses.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(asks(Path(__file__).parent / "questions"), encoding="utf-8")
