"""`ingest.py` killed between filing and switching: library and index stay, or become, of one mind, and staff are told."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.commands.ingest import main
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshots
from assistant.settings import Settings
from tests.conftest import SmallLibrary

KILLS = int(os.environ.get("KILLS", "4"))  # 200 for the figure in docs/ingest.md
LOADED = """
import sys
from assistant.commands import ingest
from assistant.documents import intake
from assistant.index import build, embedding, snapshot
embedding.load_embedding(None)
print("loaded", flush=True)
sys.exit(ingest.main(sys.argv[1:]))
"""
Run = Callable[..., str]
OLD = "松江区园区管理规定\n第一条 园区应当登记。\n第二条 本规定自2026年1月1日起施行。\n"
NEW = OLD.replace("登记", "备案")
KILL = """
import os, signal, sys
from assistant.documents import intake, journal
from assistant.index import build, snapshot
from assistant.commands.ingest import main

def deadly(owner, name, after):
    plain = getattr(owner, name)
    def call(*a, **k):
        if after:
            plain(*a, **k)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, name, call)

place, moment = sys.argv[1].split(":")
owner = {"journal": journal.Journal, "intake": intake, "build": build, "snapshots": snapshot.Snapshots,
         "intake_class": intake.Intake}[place.split(".")[0]]
deadly(owner, place.split(".")[1], moment == "after")
main(sys.argv[2:])
"""
BEFORE_SWITCHING = [
    "journal.keep:before",
    "journal._write:before",
    "journal.keep:after",
    "intake.copy:after",
    "build.read_library:before",
    "build._build:before",
    "build.build_collection:after",
    "snapshots.publish:before",
    "snapshots._point_to:before",
]
AFTER_SWITCHING = ["snapshots._point_to:after", "snapshots._prune:after", "intake_class.settle:before"]


@pytest.fixture(autouse=True)
def _environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ASSISTANT_LIBRARY_DIR", str(settings.library_dir))
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-23")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command to its end and gives what it told."""

    def call(*arguments: object) -> str:
        capsys.readouterr()
        assert main([*map(str, arguments)]) == 0
        return capsys.readouterr().out

    return call


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "parks.txt").write_text(OLD, encoding="utf-8")
    return folder / "parks.txt"


def kill(moment: str, *arguments: object) -> None:
    command = [sys.executable, "-c", KILL, moment, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr + done.stdout


def kept(library: SmallLibrary) -> dict[str, str]:
    """The files that the library reads, with their content."""
    found = (path for path in library.root.rglob("*") if path.is_file() and ".removed" not in path.parts)
    return {str(path.relative_to(library.root)): path.read_text(encoding="utf-8") for path in found}


@pytest.mark.slow
@pytest.mark.parametrize("moment", BEFORE_SWITCHING)
def test_a_kill_before_switching_is_taken_back_by_the_next_call(
    run: Run, desk: Path, library: SmallLibrary, settings: Settings, moment: str
) -> None:
    run(desk)
    before, published = kept(library), Snapshots(settings).current()
    desk.write_text(NEW, encoding="utf-8")
    other = desk.with_name("市 办法😀.txt")
    other.write_text(OLD.replace("园区", "楼宇"), encoding="utf-8")
    kill(moment, desk, other)
    assert Snapshots(settings).current() == published
    changed = kept(library) != before
    told = run()
    assert kept(library) == before
    assert ("上次运行在发布前中断" in told) == changed
    assert "没有变化" in told


@pytest.mark.slow
@pytest.mark.parametrize("moment", AFTER_SWITCHING)
def test_a_kill_after_switching_leaves_what_was_published(
    run: Run, desk: Path, library: SmallLibrary, settings: Settings, moment: str
) -> None:
    run()
    kill(moment, desk)
    told = run()
    assert kept(library)["originals/parks.txt"] == OLD
    assert ("没有变化" in told, "上次运行" in told) == (True, False)


@pytest.mark.slow
def test_a_removal_that_was_killed_is_taken_back(run: Run, library: SmallLibrary, settings: Settings) -> None:
    run()
    before = kept(library)
    kill("build.build_collection:after", "--remove", "sj-vouchers")
    assert kept(library) != before
    assert "上次运行在发布前中断" in run("--dry-run")
    assert kept(library) != before
    assert "上次运行在发布前中断" in run()
    assert kept(library) == before


@pytest.mark.slow
def test_rehearsing_after_a_kill_leaves_the_way_back(run: Run, desk: Path, library: SmallLibrary) -> None:
    run()
    before = kept(library)
    kill("build.build_collection:after", desk)
    run(desk.with_name("parks.txt"), "--dry-run")
    run()
    assert kept(library) == before


def held(settings: Settings, embedding: PolicyEmbeddings) -> set[str]:
    """The clauses of the index in use, which is whole."""
    snapshot = Snapshots(settings).open(embedding)
    assert len(snapshot.vector_store.get(include=[])["ids"]) == snapshot.manifest.keys
    assert len(snapshot.store) == snapshot.manifest.clauses
    return {stored.clause.text for stored in snapshot.store.get(range(len(snapshot.store)))}


@pytest.mark.slow
def test_whenever_it_is_killed_the_index_is_the_old_or_the_new_one_and_whole(
    run: Run, desk: Path, settings: Settings, embedding: PolicyEmbeddings, capsys: pytest.CaptureFixture[str]
) -> None:
    run(desk)
    dice, outcomes, span, number = random.Random(KILLS), Counter[str](), 60.0, 0
    while sum(outcomes[f"killed, {index}"] for index in ("old index", "new index")) < KILLS:
        before = held(settings, embedding)
        desk.write_text(OLD.replace("登记", f"登记{number}"), encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-c", LOADED, str(desk)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"loaded\n"
            started = time.monotonic()
            try:  # the first is let run, to know how long it takes
                process.wait(dice.uniform(0, span) if number else span)
                span = min(span, time.monotonic() - started)
            except subprocess.TimeoutExpired:
                process.kill()
        after = held(settings, embedding)
        new = {text for text in before if "登记" not in text} | {f"第一条 园区应当登记{number}。"}
        assert after in (before, new)
        ended = "killed" if process.returncode == -signal.SIGKILL else "ended"
        outcomes[f"{ended}, {'new' if after == new else 'old'} index"] += 1
        number += 1
    with capsys.disabled():
        print(f"\n{KILLS} kills within {span:.1f} s:", dict(outcomes))
    run()
    assert held(settings, embedding) == after
