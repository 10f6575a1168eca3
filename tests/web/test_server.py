"""The application builds, is in Chinese, answers for its health and brings everything it shows from its own server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.answer.chain import Assistant
from assistant.web import server
from assistant.web.shell import page_html
from assistant.web.texts import texts
from tests.web.stand_in import StandIn, answer, application

OWN = [Path(server.__file__).with_name(name) for name in ("page.css", "page.js")]


@pytest.fixture(scope="module")
def client(shipped: Assistant) -> Iterator[TestClient]:
    with TestClient(application(shipped)) as client:
        yield client


def test_the_page_is_chinese_and_names_no_foreign_host(client: TestClient) -> None:
    html = client.get("/").text
    assert '<html\n\tlang="zh-CN"' in html or 'lang="zh-CN"' in html.split(">", 2)[1]
    assert texts().title in html and texts().footnote.split("，")[0] in html
    hosts = set(re.findall(r"https?://([\w.-]+)", page_html(html)))
    assert hosts <= {"testserver", "www.w3.org"}


def test_the_browser_is_told_to_load_nothing_from_outside(client: TestClient) -> None:
    for path in ("/", "/healthz"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy and "http" not in policy


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_style_and_script_refer_to_nothing_outside(file: Path) -> None:
    assert re.findall(r"https?://|@import|url\(|//cdn", file.read_text(encoding="utf-8")) == []


def test_health_names_the_index_in_use(client: TestClient, shipped: Assistant) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "index": shipped.services().snapshot.manifest.id}


def test_without_an_index_health_says_which_command_to_run() -> None:
    with TestClient(application(StandIn(answer("…")))) as client:
        reply = client.get("/healthz")
    assert reply.status_code == 503 and "python ingest.py" in reply.text


def test_no_event_of_the_page_is_offered_as_a_public_call(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_files_are_not_taken(client: TestClient) -> None:
    reply = client.post("/gradio_api/upload", files={"files": ("a.txt", b"more than a byte")})
    assert reply.status_code == 413
