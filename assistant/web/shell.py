"""What surrounds the page on the wire: the browser is told to load nothing from outside, and what language it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.web.texts import texts

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    # Gradio compiles its templates in the browser, hence unsafe-eval; the rest keeps every request on this server.
    b"content-security-policy": (
        b"default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        b"style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; form-action 'self'; base-uri 'self'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
}
_SOCIAL = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


class Shell:
    """ASGI middleware: adds the headers to every response, and mends the HTML of the page itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        whole = _Whole() if scope["path"] == "/" and scope["method"] == "GET" else None

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in HEADERS]
                message["headers"] = [*kept, *HEADERS.items()]
            for out in whole.take(message) if whole else (message,):
                await send(out)

        await self.app(scope, receive, send_on)


class _Whole:
    """Holds the page back until it is whole, so that its length can be told anew."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    def take(self, message: Message) -> tuple[Message, ...]:
        if message["type"] == "http.response.start":
            self.start = message
            return ()
        if message["type"] != "http.response.body":
            return (message,)
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return ()
        body = page_html(self.body.decode("utf-8")).encode("utf-8")
        kept = [(name, value) for name, value in self.start["headers"] if name.lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        return {**self.start, "headers": [*kept, length]}, {"type": "http.response.body", "body": body}


def page_html(html: str) -> str:
    """The page's HTML in Chinese, without the framework's advertisement for link previews."""
    own = f'<meta property="og:title" content="{texts().title}" />'
    return _SOCIAL.sub("", html).replace('lang="en"', 'lang="zh-CN"', 1).replace("<head>", f"<head>{own}", 1)
