"""Reads what a chat model writes, for so many seconds at most and no longer than somebody waits for it.

The model is read on an event loop of its own: only so can a connection that stands still be closed at once, when the
time is over or the user has gone.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache

from assistant.errors import LanguageModelError

TICK = 0.1  # seconds after which it is asked again whether somebody still waits


class AnswerStopped(LanguageModelError):
    """The user no longer waits for the answer. No fault of the model."""


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop


def read(source: Callable[[], AsyncIterator[str]], seconds: float, stopped: Callable[[], bool]) -> Iterator[str]:
    """The pieces of a stream as they arrive.

    Args:
        source: opens the stream; called on the event loop.
        seconds: how long the whole of it may take.
        stopped: whether nobody waits any more.

    Raises:
        LanguageModelError: the stream breaks or takes too long; whatever the client raised is named in it.
        AnswerStopped: nobody waits any more.
    """
    pieces: queue.Queue[str | BaseException | None] = queue.Queue()

    async def pump() -> None:
        try:
            async for piece in source():
                pieces.put(piece)
            pieces.put(None)
        except Exception as error:  # the client raises many kinds; all mean the same here
            pieces.put(error)

    reading = asyncio.run_coroutine_threadsafe(pump(), _loop())
    until = time.monotonic() + seconds
    try:
        while (piece := _next(pieces, until, stopped)) is not None:
            yield piece
    finally:
        reading.cancel()


def _next(pieces: queue.Queue[str | BaseException | None], until: float, stopped: Callable[[], bool]) -> str | None:
    while True:
        if stopped():
            raise AnswerStopped("nobody waits for the answer any more")
        left = until - time.monotonic()
        if left <= 0:
            raise LanguageModelError("the answer took too long")
        try:
            piece = pieces.get(timeout=min(left, TICK))
        except queue.Empty:
            continue
        if isinstance(piece, BaseException):
            raise LanguageModelError(f"{type(piece).__name__}: {piece}") from piece
        return piece
