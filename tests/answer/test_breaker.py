"""When a language model is left alone, and when it is tried again."""

from __future__ import annotations

from assistant.answer.breaker import Breaker


def test_a_model_is_left_alone_after_failures_in_a_row_and_tried_once_when_the_time_is_over() -> None:
    now = 0.0
    breaker = Breaker(failures=2, seconds=60, clock=lambda: now)
    breaker.failed()
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()
    now = 61.0
    assert breaker.admits()
    assert not breaker.admits(), "one answer tries for all"
    breaker.succeeded()
    assert breaker.admits() and breaker.admits()


def test_a_success_between_failures_keeps_the_model_in_use() -> None:
    breaker = Breaker(failures=2, seconds=60)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admits()
