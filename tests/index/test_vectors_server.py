"""The vectors in a Chroma server that the test starts: the same hits, clean switches, clear errors."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import IndexIncompatible, SettingError
from assistant.index import vectors
from assistant.index.build import ingest
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import LiveSnapshot, Snapshots
from assistant.index.vectors import COLLECTION, client
from assistant.retrieval.search import Search
from assistant.settings import Settings
from tests.conftest import SmallLibrary

pytestmark = pytest.mark.slow
QUESTIONS = ["创新券每家企业能领多少", "团队可以申领吗", "孵化器奖励", "第二条", "券能领多少", "完全无关的天气"]
START = 60  # seconds within which the server must answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server on this machine."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--path", str(tmp_path_factory.mktemp("server"))]
    environment = os.environ | {"ANONYMIZED_TELEMETRY": "False"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
    assert process.stdout
    drain = threading.Thread(target=process.stdout.read)  # a full pipe would stop the server
    drain.start()
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        chroma = vectors.server(f"http://127.0.0.1:{port}")
        for part in (chroma, chroma._admin_client):
            part._server._session.close()  # which Chroma's own close leaves open
        vectors.server.cache_clear()
        process.terminate()
        process.wait(10)
        drain.join(10)
        process.stdout.close()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        assert process.poll() is None, "the server has ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.fixture
def on_server(settings: Settings, server: str, tmp_path: Path) -> Settings:
    """Settings under which the vectors go to the server."""
    return settings.model_copy(update={"chroma_url": server, "data_dir": tmp_path / "server-data"})


def publish(settings: Settings, embedding: PolicyEmbeddings) -> str | None:
    return ingest(settings.library_dir, settings.shipped_library, Snapshots(settings), embedding).published


def collections(server: str) -> set[str]:
    return {collection.name for collection in client(None, server).list_collections()}


def shape(search: Search, question: str, day: date) -> list[tuple[Any, ...]]:
    return [(h.ref, round(h.score, 4), h.dense_rank) for h in search.search(question, 6, day).hits]


def test_the_hits_are_those_of_files(
    settings: Settings, on_server: Settings, embedding: PolicyEmbeddings, today: date
) -> None:
    searches = []
    for place in (settings, on_server):
        assert publish(place, embedding)
        searches.append(Search(Snapshots(place).open(embedding)))
    files, remote = searches
    for question in QUESTIONS:
        assert shape(remote, question, today) == shape(files, question, today) != []
    assert not (on_server.data_dir / "index" / remote.snapshot.manifest.id / "chroma").exists()


def test_a_switch_takes_a_collection_of_its_own_and_old_ones_go(
    on_server: Settings, server: str, embedding: PolicyEmbeddings, library: SmallLibrary, today: date
) -> None:
    few = on_server.model_copy(update={"keep_snapshots": 2})
    live = LiveSnapshot(Snapshots(few), embedding)
    made = []
    for number in range(4):
        library.write("sj-changing", f"第一条 第{number}次修改，奖励{number + 1}万元。\n", title="修改办法")
        ident = publish(few, embedding)
        assert ident
        made.append(f"{COLLECTION}-{ident}")
        hit = Search(live.get()).search("修改办法第一条", 1, today).hits[0]
        assert f"奖励{number + 1}万元" in hit.found.clause.text
    assert collections(server) & set(made) == set(made[-2:])


def test_a_rollback_finds_its_collection_still_there(
    on_server: Settings, embedding: PolicyEmbeddings, library: SmallLibrary, today: date
) -> None:
    snapshots = Snapshots(on_server)
    first = publish(on_server, embedding)
    library.write("sj-new", "第一条 新的办法奖励五万元。\n", title="新办法")
    assert publish(on_server, embedding)
    with snapshots.lock():
        assert snapshots.rollback() == first
    hits = Search(snapshots.open(embedding)).search("创新券每家企业能领多少", 3, today).hits
    assert hits and all(hit.found.version.policy != "sj-new" for hit in hits)


def test_what_was_deleted_on_the_server_does_not_stop_the_next_publication(
    on_server: Settings, server: str, embedding: PolicyEmbeddings, library: SmallLibrary
) -> None:
    few = on_server.model_copy(update={"keep_snapshots": 1})
    ident = publish(few, embedding)
    client(None, server).delete_collection(f"{COLLECTION}-{ident}")
    with pytest.raises(IndexIncompatible, match="ASSISTANT_CHROMA_URL"):
        Snapshots(few).open(embedding).nearest(embedding.encode(["创新券"])[0], 1)
    library.write("sj-new", "第一条 新的办法。\n", title="新办法")
    assert publish(few, embedding)


def test_moving_to_a_server_and_back_needs_an_ingest_and_says_so(
    settings: Settings, server: str, embedding: PolicyEmbeddings
) -> None:
    moved = settings.model_copy(update={"chroma_url": server, "keep_snapshots": 1})
    for place in (settings, moved, settings):
        assert publish(place, embedding)
        assert publish(place, embedding) is None
        assert Snapshots(place).open(embedding).nearest(embedding.encode(["创新券"])[0], 1)[0].shape == (1,)
        other = moved if place is settings else settings
        with pytest.raises(IndexIncompatible, match=r"ASSISTANT_CHROMA_URL.*python ingest\.py"):
            Snapshots(other).open(embedding)


def test_a_server_that_is_down_is_named(on_server: Settings, embedding: PolicyEmbeddings, today: date) -> None:
    gone = on_server.model_copy(update={"chroma_url": f"http://127.0.0.1:{free_port()}"})
    with pytest.raises(SettingError, match=r"ASSISTANT_CHROMA_URL=http://127\.0\.0\.1"):
        publish(gone, embedding)
    assert Snapshots(gone).current() is None
    assert publish(on_server, embedding)
    with pytest.raises(SettingError, match="ASSISTANT_CHROMA_URL"):
        Search(Snapshots(gone).open(embedding)).search("创新券", 1, today)


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="应是完整的网址"):
        client(None, url)
