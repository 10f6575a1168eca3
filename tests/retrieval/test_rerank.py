"""The reranker seam: a local model, a server, and what happens when they fail."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.index.cross_encoder import CrossEncoderFolder
from assistant.retrieval.rerank import DEPTH, RerankEndpoint, load_reranker, reranked
from assistant.retrieval.search import Search
from assistant.settings import Settings


@dataclass(frozen=True)
class Prefers:
    """Likes texts with a certain word."""

    word: str

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [float(self.word in text) for text in texts]


@dataclass
class Fails:
    """Raises, or gives the wrong number of scores."""

    given: list[float] | None = None
    asked: int = 0

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked += 1
        if self.given is None:
            raise ModelError("坏了")
        return self.given


SCORES = np.array([0.9, 0.5, 0.8, 0.1], np.float32)
NONE_DIRECT = np.zeros(4, bool)
TEXTS = ["甲", "乙", "丙", "丁"]


def texts(chosen: Any) -> list[str]:
    return [TEXTS[i] for i in chosen]


def test_scores_are_handed_out_anew_in_the_order_of_the_reranker() -> None:
    found = reranked(Prefers("乙"), "问", SCORES, NONE_DIRECT, texts)
    assert found.tolist() == pytest.approx([0.8, 0.9, 0.5, 0.1])
    assert sorted(found.tolist()) == sorted(SCORES.tolist())


def test_a_named_clause_keeps_its_place() -> None:
    direct = np.array([True, False, False, False])
    assert reranked(Prefers("乙"), "问", SCORES, direct, texts).tolist() == pytest.approx([0.9, 0.8, 0.5, 0.1])


def test_only_the_best_candidates_are_read() -> None:
    many = np.linspace(1, 0, DEPTH * 3).astype(np.float32)
    read: list[int] = []

    def note(chosen: Any) -> list[str]:
        read.extend(chosen.tolist())
        return ["" for _ in chosen]

    reranked(Prefers("乙"), "问", many, np.zeros(len(many), bool), note)
    assert read == list(range(DEPTH))


@pytest.mark.parametrize("given", [None, [1.0], [1.0, 2.0, 3.0, float("nan")]])
def test_where_it_fails_the_order_stands_and_is_logged(
    given: list[float] | None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert reranked(Fails(given), "问", SCORES, NONE_DIRECT, texts) is SCORES
    assert "not reranked" in caplog.text


def test_one_candidate_needs_no_reranker() -> None:
    fails = Fails()
    reranked(fails, "问", SCORES[:1], NONE_DIRECT[:1], texts)
    assert fails.asked == 0


def test_the_search_uses_it(knowledge: Search, today: date) -> None:
    question = "高新技术企业认定有什么条件"
    plain = knowledge.search(question, 5, today)
    other = Search(knowledge.snapshot, Prefers("公示")).search(question, 5, today)
    assert "公示" in other.hits[0].found.clause.text
    assert other.hits[0].ref != plain.hits[0].ref
    assert [hit.score for hit in other.hits] == sorted((hit.score for hit in other.hits), reverse=True)


def test_the_search_goes_on_without_it(knowledge: Search, today: date) -> None:
    question = "高新技术企业认定有什么条件"
    refs = [hit.ref for hit in knowledge.search(question, 5, today).hits]
    assert [hit.ref for hit in Search(knowledge.snapshot, Fails()).search(question, 5, today).hits] == refs


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of one layer, made on the spot."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    path = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"高新技术企业认定条件创券"]
    (path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(path / "vocab.txt")).save_pretrained(path)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(path)
    return path


def test_a_local_cross_encoder_gives_a_score_for_each_text(folder: Path, settings: Settings) -> None:
    reranker = load_reranker(settings.model_copy(update={"reranker_model": str(folder)}))
    assert isinstance(reranker, CrossEncoderFolder)
    scores = reranker.scores("认定条件", ["高新技术企业", "创新券" * 400, ""])
    assert len(scores) == 3 and np.all(np.isfinite(scores))
    assert scores == pytest.approx(reranker.scores("认定条件", ["高新技术企业", "创新券" * 400, ""]))


def test_a_folder_without_a_model_is_refused_at_once(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(ModelError, match="ASSISTANT_RERANKER_MODEL"):
        load_reranker(settings.model_copy(update={"reranker_model": str(tmp_path)}))


def test_a_damaged_model_is_tried_once_and_the_order_stands(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    reranker = CrossEncoderFolder(tmp_path)
    for _ in range(2):
        assert reranked(reranker, "问", SCORES, NONE_DIRECT, texts) is SCORES
    assert caplog.text.count("不能加载") == 2


def test_none_is_the_default(settings: Settings) -> None:
    assert load_reranker(settings) is None


@dataclass
class Server:
    """A rerank endpoint on this machine; `answer` is what it says next, bytes as they are."""

    url: str = ""
    answer: Any = None
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    known = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known.asked.append(asked)
            known.headers.append(dict(self.headers))
            answer = known.answer(asked) if callable(known.answer) else known.answer
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(known.status)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        known.url = f"http://127.0.0.1:{running.server_port}/v1/rerank"
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield known
        running.shutdown()
        thread.join()


def longest_first(asked: dict[str, Any]) -> dict[str, Any]:
    order = sorted(range(len(asked["documents"])), key=lambda i: -len(asked["documents"][i]))
    return {"results": [{"index": i, "relevance_score": 1 / (rank + 1)} for rank, i in enumerate(order)]}


def test_a_server_is_asked_in_the_common_form(server: Server, settings: Settings) -> None:
    server.answer = longest_first
    own = {"reranker_model": f"{server.url}#bge-reranker", "reranker_api_key": "key"}
    reranker = load_reranker(Settings(_env_file=None, **own))
    assert reranker
    assert reranker.scores("问", ["短", "很长很长"]) == [0.5, 1.0]
    assert server.asked == [{"query": "问", "documents": ["短", "很长很长"], "top_n": 2, "model": "bge-reranker"}]
    assert server.headers[0]["Authorization"] == "Bearer key"


def test_without_a_key_none_is_sent(server: Server, settings: Settings) -> None:
    server.answer = longest_first
    reranker = load_reranker(settings.model_copy(update={"reranker_model": server.url}))
    assert reranker and reranker.scores("问", ["一", "二"])
    assert "Authorization" not in server.headers[0] and "model" not in server.asked[0]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, {"error": "no"}),
        (200, b"<html>"),
        (200, {"data": []}),
        (200, {"results": [{"index": 0, "relevance_score": 1}]}),
        (200, {"results": [{"index": 0}]}),
        (200, []),
    ],
)
def test_a_server_that_answers_otherwise_is_told(server: Server, status: int, answer: Any) -> None:
    server.status, server.answer = status, answer
    with pytest.raises(ModelError, match="重排接口 http://127"):
        RerankEndpoint(server.url, None, "").scores("问", ["一", "二"])


def test_a_server_that_is_not_there_leaves_the_order(knowledge: Search, today: date) -> None:
    gone = RerankEndpoint("http://127.0.0.1:9/rerank", None, "")
    assert Search(knowledge.snapshot, gone).search("创新券", 3, today).hits
