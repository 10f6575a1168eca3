"""`python -m assistant ask | search | batch`: the contracts on the command line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from assistant.commands import ask
from assistant.settings import Settings
from tests.conftest import Commands

ANSWER = {"question": str, "as_of": str, "status": str, "mode": str, "text": str, "citations": list, "verdicts": list}
ANSWER |= {"followups": list, "timings_ms": dict}
CITATION = {"marker": int, "ref": str, "title": str, "clause": str, "path": list, "quote": str, "text_kind": str}
CITATION |= {"status": str}
HIT = {"rank": int, "ref": str, "title": str, "clause": str, "path": list, "text": str, "score": float, "status": str}
STATUSES = {"in_force", "expired", "replaced", "not_yet", "unknown"}


@pytest.fixture(autouse=True)
def _environment(shipped_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(shipped_settings.data_dir))
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-23")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert ask.main(arguments) == 0
    return json.loads(capsys.readouterr().out)


def feed(monkeypatch: pytest.MonkeyPatch, *lines: Any) -> None:
    text = "".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def assert_shape(value: dict[str, Any], shape: dict[str, type]) -> None:
    assert {key: type(value.get(key)) for key in shape} == shape


def test_an_answer_has_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "ask", "高新技术企业认定对研发费用占比有什么要求？", "--json", "--as-of", "2026-11-23")
    assert_shape(answer, ANSWER)
    assert (answer["as_of"], answer["status"], answer["mode"]) == ("2026-11-23", "answered", "extractive")
    assert answer["citations"]
    for citation in answer["citations"]:
        assert_shape(citation, CITATION)
        assert citation["status"] in STATUSES
        assert citation["text_kind"] in {"digest", "official"}
        assert f"[{citation['marker']}]" in answer["text"].replace("\\", "")
    assert set(answer["citations"][0]) >= {"number", "effective", "expires", "source"}


def test_the_day_asked_is_the_day_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "ask", "高企有效期几年？", "--json", "--as-of", "2020-05-01")["as_of"] == "2020-05-01"
    assert run(capsys, "ask", "高企有效期几年？", "--json")["as_of"] == "2026-11-23"


def test_an_answer_in_words_ends_with_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask.main(["ask", "高企有效期几年？"]) == 0
    out = capsys.readouterr().out
    assert "[1] 《高新技术企业认定管理办法》国科发火〔2016〕32号 第九条" in out


def test_hits_have_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    hits = run(capsys, "search", "研发费用占比", "-k", "3", "--json")["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    for hit in hits:
        assert_shape(hit, HIT)
        assert hit["status"] in STATUSES
        assert {"number", "lexical_rank", "dense_rank"} <= set(hit)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_a_batch_answers_line_by_line_in_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(
        monkeypatch,
        {"id": "a", "question": "高企有效期几年？"},
        "\n",
        {"id": "b", "turns": ["高企有效期几年？", "那到期了怎么办"]},
        {"id": 3, "question": '"引号"\n换行 😀'},
    )
    assert ask.main(["batch", "--as-of", "2026-11-23"]) == 0
    found = rows(capsys)
    assert [row["id"] for row in found] == ["a", "b", 3]
    for row in found:
        assert_shape(row["answer"], ANSWER)
    assert found[1]["answer"]["question"] == "那到期了怎么办"


def test_a_batch_may_only_retrieve(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, {"id": 1, "question": "创新券额度"})
    assert ask.main(["batch", "--retrieve-only", "-k", "5"]) == 0
    (row,) = rows(capsys)
    assert set(row) == {"id", "hits"}
    assert len(row["hits"]) == 5


@pytest.mark.parametrize("line", ["not json\n", "[]\n", '{"id": 1}\n', "3\n", '{"id": 1, "turns": 5}\n'])
def test_a_broken_line_is_named_and_the_rest_answered(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, line, {"id": 2, "question": "创新券额度"})
    assert ask.main(["batch", "--retrieve-only"]) == 1
    captured = capsys.readouterr()
    assert [json.loads(row)["id"] for row in captured.out.splitlines()] == [2]
    assert "第 1 行不是合格的问题" in captured.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["ask"], ["ask", "问", "--as-of", "昨天"], ["search", "问", "-k", "0"], ["search", "问", "-k", "x"], ["sing"]],
)
def test_a_wrong_command_line_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        ask.main(arguments)
    assert end.value.code == 2


def test_without_an_index_the_command_that_makes_one_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    assert ask.main(["search", "创新券"]) == 1
    assert "python ingest.py" in capsys.readouterr().err


@pytest.mark.slow
def test_from_ingest_to_answer_nothing_reaches_out(commands: Commands) -> None:
    assert commands.run("ingest.py").returncode == 0
    asked = commands.run("-m", "assistant", "ask", "创新券每家企业每年最多多少？", "--json")
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert answer["as_of"] == "2026-11-23"
    assert not answer["status"].startswith("error_")
    assert "20万元" in answer["text"]
    assert "10万元" not in answer["text"]
