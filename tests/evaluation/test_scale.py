"""The laws again and again under other titles."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.evaluation.scale import cost, repeat
from assistant.settings import Settings


def laws(folder: Path) -> Path:
    (folder / "laws").mkdir(parents=True)
    for title in ("专利办法", "商标办法"):
        text = f"# {title}\n\n第一条 {title[:2]}权的期限为二十年。\n\n第二条 本办法自公布之日起施行。\n"
        (folder / "laws" / f"{title}.md").write_text(text, encoding="utf-8")
    rows = [{"id": word, "question": f"{word}保护多少年", "gold": []} for word in ("专利", "商标")]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_every_copy_has_a_title_of_its_own_and_the_text_as_it_is(tmp_path: Path) -> None:
    folder = laws(tmp_path / "statutes")
    assert repeat(folder / "laws", tmp_path / "many", 3) == 6
    files = sorted((tmp_path / "many").iterdir())
    heads = {file.read_text(encoding="utf-8").split("\n")[0] for file in files}
    assert len(files) == len(heads) == 6
    bodies = {file.read_text(encoding="utf-8").partition("\n")[2] for file in files}
    assert len(bodies) == 2


def test_the_cost_is_that_of_all_copies(tmp_path: Path, settings: Settings) -> None:
    found = cost(settings, laws(tmp_path / "statutes"), times=3, most=2)
    assert (found.documents, found.clauses) == (6, 12)
    assert found.unchanged_s < found.ingest_s
    assert 0 < found.p50_ms <= found.p95_ms
    assert found.memory_mb > 0 and found.disk_mb > 0
