"""Where in a YAML file a value stands, so that a fault found after reading can be named with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml


def line_of(file: Path, value: str, key: str | None = None) -> int:
    """The line on which a value is first written, under `key` where it stands there; 1 where it is not found."""
    lines = [(name != key, line) for name, said, line in entries(file) if said == value]
    return min(lines)[1] if lines else 1


def entries(file: Path) -> Iterator[tuple[str, str, int]]:
    """The single values of a YAML file with their key and line, in order."""
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    pending: list[tuple[str, yaml.Node]] = [("", root)] if root else []
    while pending:
        key, node = pending.pop()
        if isinstance(node, yaml.ScalarNode):
            yield key, node.value, node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            pending += [(name.value, value) for name, value in reversed(node.value)]
        elif isinstance(node, yaml.SequenceNode):
            pending += [(key, value) for value in reversed(node.value)]
