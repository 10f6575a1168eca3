"""A scripted OpenAI-compatible server on this machine: it answers every chat request as its script says."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLAUSE = re.compile(r"^\[(\d+)\] 《.*?\n(.*?)(?=\n\n\[\d+\] 《|\Z)", re.S | re.M)


@dataclass(frozen=True)
class Request:
    """What the assistant sent."""

    system: str
    question: str

    @property
    def clauses(self) -> dict[int, str]:
        """The clauses that were issued, by marker."""
        issued = self.system.partition("条款：\n")[2]
        return {int(match[1]): match[2] for match in CLAUSE.finditer(issued)}


@dataclass(frozen=True)
class Reply:
    """What is sent back: pieces of text with a pause before each; an HTTP error; or a connection that is cut off."""

    pieces: Iterable[str] = ()
    status: int = 200
    pause: float = 0.0
    finish: str | None = "stop"  # None: the connection is closed in the middle
    raw: bytes | None = None  # sent instead of a proper stream


Script = Callable[[Request], Reply]


@dataclass
class Server:
    """The running server: where it is and what it was asked."""

    url: str
    requests: list[Request] = field(default_factory=list)
    broken: threading.Event = field(default_factory=threading.Event)  # the reader closed the connection


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """Serve the script on a free port until the block ends."""
    known = Server("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = Request(body["messages"][0]["content"], body["messages"][-1]["content"])
            known.requests.append(request)
            try:
                self.answer(script(request))
            except (BrokenPipeError, ConnectionResetError):
                known.broken.set()

        def answer(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", "text/event-stream" if reply.status == 200 else "application/json")
            self.end_headers()
            if reply.status != 200:
                self.wfile.write(b'{"error": {"message": "scripted", "type": "scripted"}}')
                return
            if reply.raw is not None:
                self.wfile.write(reply.raw)
                return
            for piece in reply.pieces:
                time.sleep(reply.pause)
                self.chunk({"content": piece}, None)
            if reply.finish is not None:
                self.chunk({}, reply.finish)
                self.wfile.write(b"data: [DONE]\n\n")

        def chunk(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            data = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    known.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        http.shutdown()
        http.server_close()
        thread.join(timeout=5)


def said(*lines: str, enough: str = "充分") -> Reply:
    """A well-formed answer of these lines, in small pieces."""
    text = "\n".join([*lines, f"依据：{enough}"])
    return Reply([text[i : i + 7] for i in range(0, len(text), 7)])
