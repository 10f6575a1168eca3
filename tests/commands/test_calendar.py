"""`python -m assistant calendar`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

import pytest

from assistant.commands import calendar as command
from assistant.settings import Settings

CALENDAR = """\
windows:
  - programme: 科小评价
    policy: a
    event: 申报
    opens: 2026-06-01
    closes: 2026-08-31
    year: 2026
    confidence: corroborated
  - {programme: 年报, policy: a, event: 填报, recurring: yearly, recurring_note: 每年5月底前, confidence: verified}
"""


@pytest.fixture
def run(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    (settings.library_dir / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)

    def run(*arguments: str) -> str:
        assert command.run(parser.parse_args(arguments), settings) == 0
        return capsys.readouterr().out

    return run


def test_the_agenda_says_how_many_days_are_left(run: Callable[..., str]) -> None:
    out = run("--as-of", "2026-08-01")
    assert "【正在受理，60天内截止】\n- 科小评价（申报）：2026-06-01起，2026-08-31截止（还有30天），二手材料" in out


def test_a_yearly_window_is_told_as_a_rule_not_as_a_date(run: Callable[..., str]) -> None:
    out = run("--as-of", "2026-11-23")
    assert "【每年都有（按往年规定，当年日期以通知为准）】\n- 年报（填报）：每年5月底前，见到出处" in out
    assert "2027" not in out


def test_json_has_the_groups_with_dates_and_states(run: Callable[..., str]) -> None:
    told = json.loads(run("--json"))
    assert told["as_of"] == "2026-11-23"
    window = told["groups"]["closed"][0]
    assert (window["closes"], window["state"], window["days_left"]) == ("2026-08-31", "closed", None)


def test_an_empty_calendar_says_so(run: Callable[..., str], settings: Settings) -> None:
    (settings.library_dir / "calendar.yaml").write_text("windows: []\n", encoding="utf-8")
    assert "没有任何时间安排" in run()
