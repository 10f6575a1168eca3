"""The sentences that the rules say, from `messages.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def _messages() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("messages.yaml").read_text(encoding="utf-8"))
    return loaded


def message(name: str, /, **values: object) -> str:
    """The sentence of that name with its placeholders filled.

    Raises:
        KeyError: there is no such sentence, or a placeholder has no value.
    """
    return _messages()[name].format(**values)
