"""The retrieval benchmark on laws made up for the test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.evaluation import statutes
from assistant.evaluation.statutes import Query, Row, held_out, in_words, measure, read_queries, run
from assistant.index.build import ingest
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshot, Snapshots
from assistant.settings import Settings

LAWS = {
    "劳动办法": ["用人单位应当自用工之日起一个月内订立书面劳动合同。", "未订立书面劳动合同的，应当支付二倍工资。"],
    "专利办法": ["发明专利权的期限为二十年。", "本办法自公布之日起施行。"],
    "商标办法": ["注册商标的有效期为十年。", "本办法自公布之日起施行。"],
}
QUESTIONS = [
    ("a", "公司没签合同能要双倍工资吗", [[["劳动办法", "第二条"]]]),
    ("b", "专利能保护多少年", [[["专利办法", "第一条"]]]),
    ("c", "办法哪天开始用，商标管几年", [[["专利办法", "第二条"]], [["商标办法", "第一条"]]]),
    ("d", "没有这样的条", [[["没有的法", "第一条"]]]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the benchmark expects it."""
    (tmp_path / "statutes" / "laws").mkdir(parents=True)
    for title, articles in LAWS.items():
        lines = [f"# {title}", *(f"第{'一二'[i]}条 {text}" for i, text in enumerate(articles))]
        (tmp_path / "statutes" / "laws" / f"{title}.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    rows = [json.dumps({"id": i, "question": q, "gold": gold}, ensure_ascii=False) for i, q, gold in QUESTIONS]
    (tmp_path / "statutes" / "queries.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path / "statutes"


@pytest.fixture
def snapshot(folder: Path, settings: Settings, embedding: PolicyEmbeddings) -> Snapshot:
    own = settings.model_copy(update={"library_dir": folder / "laws"})
    ingest(own.library_dir, own.shipped_library, Snapshots(own), embedding)
    return Snapshots(own).open(embedding)


def test_gold_articles_are_found_by_title_and_clause_and_wherever_the_text_stands(
    folder: Path, snapshot: Snapshot
) -> None:
    queries = list(read_queries(folder, snapshot))
    assert [query.text for query in queries] == [question for _, question, _ in QUESTIONS]
    assert [len(query.gold) for query in queries] == [1, 1, 2, 1]
    both = snapshot.store.get(sorted(queries[2].gold[0]))
    assert [stored.version.title for stored in both] == ["专利办法", "商标办法"]
    assert queries[3].gold == (frozenset({-1}),)


def test_of_the_training_questions_only_those_never_seen_are_asked(folder: Path, snapshot: Snapshot) -> None:
    rows = [{"id": i, "question": str(i), "gold": [[["劳动办法", "第一条"]]]} for i in range(200)]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "queries.jsonl").unlink()
    (folder / "queries.train.jsonl").write_text(text, encoding="utf-8")
    asked = [int(query.text) for query in read_queries(folder, snapshot)]
    assert asked == [i for i in range(200) if held_out(i)]
    assert 20 < len(asked) < 60


def test_figures_are_those_of_the_ranks() -> None:
    queries = [
        Query("first", (frozenset({1}),)),
        Query("third", (frozenset({9, 3}),)),
        Query("half", (frozenset({1}), frozenset({50}))),
        Query("none", (frozenset({-1}),)),
    ]
    row = measure("test", lambda question: [1, 2, 3, 4], queries, ingest_s=2.0)
    assert row.mrr10 == pytest.approx((1 + 1 / 3 + 1 + 0) / 4)
    assert (row.recall1, row.recall5, row.recall100) == pytest.approx((1.5 / 4, 2.5 / 4, 2.5 / 4))
    assert row.ingest_s == 2.0 and 0 <= row.p50_ms <= row.p95_ms and row.memory_mb > 0


def test_each_way_to_search_gives_distinct_positions(snapshot: Snapshot) -> None:
    for name, rank in statutes.rankers(snapshot).items():
        found = rank("专利能保护多少年")
        assert found and len(set(found)) == len(found), name
        assert snapshot.store.get(found[:1])[0].version.title == "专利办法", name


def test_the_whole_run_prints_a_table(folder: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings, folder, as_json=True, stock=False) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == ["ours", "bm25", "dense"]
    assert all(0 <= row["mrr10"] <= 1 for row in rows)
    assert not (settings.data_dir / "index").exists()


def test_the_table_has_a_line_for_each_way() -> None:
    row = Row("ours", 0.5, 0.4, 0.5, 0.6, 0.7, 1.0, 2.0, 3.0, 4.0)
    lines = in_words([row], 4).splitlines()
    assert lines[0].startswith("4 questions")
    assert lines[-1] == "| ours | 0.500 | 0.400 | 0.500 | 0.600 | 0.700 | 1.0 | 2.0 | 3 | 4 |"


def test_another_folder_is_refused(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(LibraryError, match=r"laws/"):
        run(settings, tmp_path, as_json=False)
