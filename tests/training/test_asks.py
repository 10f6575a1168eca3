"""The questions by which laws are found are those written for training, without those held out."""

from __future__ import annotations

from pathlib import Path

from assistant.documents.asks import read_asks
from training.asks import TARGET, asks
from training.questions import lay_questions

QUESTIONS = Path(__file__).resolve().parents[2] / "training" / "questions"


def test_the_file_shipped_is_the_one_made_from_the_questions() -> None:
    assert TARGET.read_text(encoding="utf-8") == asks(QUESTIONS)


def test_no_question_held_out_is_shipped() -> None:
    shipped = {(title, clause, text) for title, clause, text in read_asks(TARGET.read_text(encoding="utf-8"))}
    held = {(*q.gold[0][0], q.text) for q in lay_questions(QUESTIONS) if q.held_out}
    assert held and not held & shipped


def test_about_a_tenth_is_held_out_of_at_least_eight_thousand() -> None:
    questions = list(lay_questions(QUESTIONS))
    assert len(questions) >= 8000
    assert 0.08 < sum(q.held_out for q in questions) / len(questions) < 0.12


def test_the_lines_of_a_file_become_questions(tmp_path: Path) -> None:
    texts = [f"问题{i}" for i in range(60)]
    (tmp_path / "one.txt").write_text("## 某法\n第一条 | " + " | ".join(texts) + "\n", encoding="utf-8")
    questions = list(lay_questions(tmp_path))
    kept = [q.text for q in questions if not q.held_out]
    assert [q.text for q in questions] == texts
    assert asks(tmp_path) == "## 某法\n第一条 | " + " | ".join(kept) + "\n"
