"""A headless Chromium, and the page served on this machine for it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from assistant.answer.chain import Assistant
from tests.browser.visitor import Visitor
from tests.web.stand_in import StandIn, application

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: while it runs, playwright's event loop is the thread's."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium fonts-noto-cjk")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Served:
    """The application on a free port of this machine, in a thread."""

    def __init__(self, assistant: Assistant | StandIn) -> None:
        import uvicorn

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/"
        config = uvicorn.Config(
            self._app(assistant),
            host="127.0.0.1",
            port=port,
            log_level="critical",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, name="served")

    @staticmethod
    def _app(assistant: Assistant | StandIn) -> Any:
        built: list[Any] = []
        maker = threading.Thread(target=lambda: built.append(application(assistant)))
        maker.start()  # in a thread of its own: playwright's loop is running in this one
        maker.join()
        return built[0]

    def start(self) -> str:
        """Serve; returns the address."""
        self.thread.start()
        deadline = time.monotonic() + 60
        while not self.server.started and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.url

    def stop(self) -> None:
        """End it; what the browser still holds open is closed after a second."""
        self.server.should_exit = True
        self.thread.join(30)


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Assistant | StandIn], str]]:
    """Serves an assistant until the module is done; returns the address."""
    running: list[Served] = []

    def start(assistant: Assistant | StandIn) -> str:
        running.append(Served(assistant))
        return running[-1].start()

    yield start
    for served in running:
        served.stop()


@pytest.fixture(scope="module")
def address(shipped: Assistant, serve: Callable[[Assistant | StandIn], str]) -> str:
    """The page on the shipped knowledge."""
    return serve(shipped)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens a page as a new visitor; afterwards, nothing may have been asked of any other host."""
    visitors: list[Visitor] = []

    def open_page(url: str, width: str = "desktop", **options: Any) -> Visitor:
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        visitors.append(Visitor(browser.new_context(viewport=size, **options), url))
        return visitors[-1]

    yield open_page
    for visitor in visitors:
        visitor.context.close()
        assert visitor.outside == [] and visitor.alarms == []
