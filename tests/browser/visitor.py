"""Somebody at the page: what they do, and what they see."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

BOT = "#chat [data-testid='bot']"
CITATION = "#chat a[href^='#cite-']"


class Visitor:
    """One browser context on the page. `outside` and `alarms` must stay empty."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.outside: list[str] = []
        self.alarms: list[str] = []
        self.page = context.new_page()
        context.on("request", lambda request: self._note(request.url))
        self.page.on("dialog", lambda dialog: (self.alarms.append(dialog.message), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.alarms.append(str(error)))
        self.page.goto(url)
        self.page.wait_for_selector("#question textarea")
        self.page.wait_for_selector("#side[role='region']", state="attached")

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.outside.append(url)

    def send(self, question: str) -> float:
        """Type and send; returns the seconds until something was said."""
        count = self.page.locator(BOT).count()
        self.page.fill("#question textarea", question)
        started = time.perf_counter()
        self.page.press("#question textarea", "Enter")
        self.page.locator(BOT).nth(count).wait_for(timeout=20_000)
        return time.perf_counter() - started

    def ask(self, question: str) -> str:
        """Send, wait for the whole answer, and read it."""
        self.send(question)
        return self.read()

    def read(self) -> str:
        """The last answer, once it is whole."""
        self.page.wait_for_function("!document.querySelector('#chat .working')", timeout=20_000)
        self.page.wait_for_selector("#send", state="visible", timeout=20_000)
        return self.page.locator(BOT).last.inner_text()

    def scrolls_sideways(self) -> bool:
        """Whether the page or the conversation is wider than its window."""
        return bool(
            self.page.evaluate(
                "[document.documentElement, document.querySelector(\"#chat [role='log']\")]"
                ".some((node) => node.scrollWidth > node.clientWidth)"
            )
        )

    def small_targets(self) -> list[str]:
        """Buttons, fields and lone links under 40 pixels high; links inside a sentence have room around them."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('button, textarea, .links a')].filter((node) => node.offsetParent"
            " && node.getBoundingClientRect().height < 40).map((node) => node.outerHTML.slice(0, 80))"
        )
        return found
