"""Enter a document into a named collection, in `collections.yaml` itself: the comments there stay as they are."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from assistant.documents.collections import CollectionsFile
from assistant.documents.library import read_document
from assistant.documents.model import Version
from assistant.documents.strict_yaml import read, read_file
from assistant.errors import LibraryError

FILE = "collections.yaml"


def require_collection(root: Path, name: str) -> None:
    """Raises LibraryError unless the library has a collection of that name."""
    file = root / FILE
    if not file.exists():
        raise LibraryError(f"{root} 里没有 {FILE}，不能编入“{name}”；请先按知识库说明建立这个文件")
    names = [collection.name for collection in read_file(file, CollectionsFile).collections]
    if name not in names:
        raise LibraryError(f"{file} 里没有名为“{name}”的汇编；可用的有：{'、'.join(names) or '（无）'}")


def file_into(name: str, document: Path, root: Path, *, policy: str | None = None) -> None:
    """Add a document's policy to a collection's `policies`, unless the collection holds it already.

    Args:
        policy: its id where the library knows the document as one of its policies; else that of the document alone.

    Raises:
        LibraryError: there is no such collection.
        DocumentError: the document or the file of collections cannot be read.
    """
    require_collection(root, name)
    inside = document.resolve().is_relative_to(root.resolve())
    version = read_document(document.resolve(), root.resolve() if inside else document.resolve().parent).version
    version = replace(version, policy=policy or version.policy)
    file = root / FILE
    collection = next(c for c in read_file(file, CollectionsFile).collections if c.name == name)
    if version.policy in collection.policy_ids():
        return
    text = _with_policy(file.read_text(encoding="utf-8"), name, version)
    read(text, CollectionsFile, file)
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def _with_policy(text: str, name: str, version: Version) -> str:
    keys = _keys_of(text, name)
    lines = text.split("\n")
    label, listed = keys["name"][0], keys.get("policies", (None, None))[1]
    indent = " " * label.start_mark.column
    line = f"{indent}  - {_quoted(version.policy)}  # {version.title}"
    if isinstance(listed, yaml.SequenceNode) and listed.value and not listed.flow_style:
        last = listed.value[-1]
        line = " " * (last.start_mark.column - 2) + line.lstrip()
        lines.insert(last.end_mark.line + 1, line)
    elif isinstance(listed, yaml.SequenceNode):
        first, after = listed.start_mark.line, listed.end_mark.line
        present = [f"{indent}  - {_quoted(item.value)}" for item in listed.value]
        lines[first : after + 1] = [f"{indent}policies:", *present, line]
    else:
        lines.insert(keys["name"][1].end_mark.line + 1, f"{indent}policies:\n{line}")
    return "\n".join(lines)


def _keys_of(text: str, name: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """The keys of a collection with their nodes, which know where they stand."""
    whole: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    collections = next(value for key, value in whole.value if key.value == "collections")
    for item in collections.value:
        keys = {key.value: (key, value) for key, value in item.value}
        if keys["name"][1].value == name:
            return keys
    raise LibraryError(f"没有名为“{name}”的汇编")


def _quoted(policy: str) -> str:
    """A policy's id as YAML, quoted where it would be read as something else."""
    return policy if yaml.safe_load(policy) == policy else f'"{policy}"'
