"""A circuit breaker: a language model that keeps failing is left alone for a while, so that nobody waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after so many failures in a row; after so many seconds one answer may try again. Safe between threads."""

    def __init__(self, failures: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = failures, seconds, clock
        self._failed = 0
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def admits(self) -> bool:
        """Whether the model may be asked now. While it is left alone, the first to ask after the time tries for all."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self._seconds
            return True

    def succeeded(self) -> None:
        """The model answered."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """The model did not answer."""
        with self._lock:
            self._failed += 1
            self._closed_until = self._clock() + self._seconds
