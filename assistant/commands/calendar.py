"""`python -m assistant calendar`: what can be filed now, soon, every year, and no longer."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from assistant.documents.calendar import Heading, Window, agenda
from assistant.documents.model import Confidence
from assistant.documents.strict_yaml import Schema, read_file
from assistant.settings import Settings

DONE = 0


class Words(Schema):
    """The wording of the agenda."""

    as_of: str
    headings: dict[Heading, str]
    opens: str
    closes: str
    days_left: str
    no_opening: str
    confidence: dict[Confidence, str]
    empty: str


def add_arguments(p: argparse.ArgumentParser) -> None:
    """The options of the sub-command."""
    p.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help="按哪一天判断（默认今天）")
    p.add_argument("--json", action="store_true", help="以 JSON 输出")
    p.add_argument("--library", type=Path, metavar="目录", help="知识库目录（默认 knowledge/）")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the agenda of the day; returns the exit status.

    Raises:
        DocumentError: the library's calendar is not as the format says.
    """
    from assistant.documents.library import SideFiles

    day = arguments.as_of or settings.day()
    sides = SideFiles.load(arguments.library or settings.library_dir, settings.shipped_library)
    found = agenda(sides.calendar, day)
    if arguments.json:
        groups = {str(heading): [_as_json(window, day) for window in under] for heading, under in found.items()}
        print(json.dumps({"as_of": day.isoformat(), "groups": groups}, ensure_ascii=False, indent=1))
    else:
        words = read_file(Path(__file__).with_name("calendar.yaml"), Words)
        print("\n".join(_in_words(found, day, words)))
    return DONE


def _as_json(window: Window, day: date) -> dict[str, Any]:
    left = (window.closes - day).days if window.closes and window.closes >= day else None
    return window.model_dump(mode="json") | {"state": str(window.state(day)), "days_left": left}


def _in_words(found: dict[Heading, tuple[Window, ...]], day: date, words: Words) -> list[str]:
    lines = [words.as_of.format(day=day)]
    for heading, under in found.items():
        lines += ["", f"【{words.headings[heading]}】"]
        for window in under:
            event = "" if window.event in window.programme else f"（{window.event}）"
            lines.append(f"- {window.programme}{event}：{_dates(window, heading, day, words)}")
            lines += [f"  {window.note}"] if window.note else []
    return lines if found else [words.empty]


def _dates(window: Window, heading: Heading, day: date, words: Words) -> str:
    known = [words.opens.format(day=window.opens)] if window.opens else []
    if window.closes:
        known += [] if window.opens else [words.no_opening]
        known.append(words.closes.format(day=window.closes))
        if heading in (Heading.CLOSING, Heading.OPEN):
            known[-1] += words.days_left.format(days=(window.closes - day).days)
    known += [window.recurring_note] if window.recurring_note else []
    return "，".join((*known, words.confidence[window.confidence]))
