"""The sentences of `doubts.yaml`: what is asked back, and how something was understood."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def _doubts() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("doubts.yaml").read_text(encoding="utf-8"))
    return loaded


def doubt(name: str, /, **values: object) -> str:
    """The sentence of that name with its placeholders filled."""
    return _doubts()[name].format(**values)
