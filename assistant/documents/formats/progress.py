"""Tell of long work on one file: the pages that are recognised, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

Listener = Callable[[Path, int, int], None]
"""A file, the page that is being recognised, counted from 1, and how many there are."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Have the listener told of every page meanwhile."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def page(path: Path, number: int, total: int) -> None:
    """Say which page is being recognised."""
    if listener := _listener.get():
        listener(path, number, total)
