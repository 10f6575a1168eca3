"""What an index is made from, as digests: equal fingerprints need no new index."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents.library import source_files
from assistant.documents.reading import READER
from assistant.index.snapshot import FORMAT

if TYPE_CHECKING:
    from assistant.index.embedding import PolicyEmbeddings

SIDE_FILES = ("glossary.yaml", "offices.yaml", "collections.yaml", "calendar.yaml", "asks.txt")


def fingerprints(root: Path, shipped: Path) -> dict[str, str]:
    """File → digest, for every file that decides what is in the index."""
    side = {name: side_path(root, shipped, name) for name in SIDE_FILES}
    files = {str(path.relative_to(root)): path for path in source_files(root)}
    files |= {f"side/{name}": path for name, path in side.items() if path.exists()}
    return {name: _fingerprint(path) for name, path in files.items()}


def _fingerprint(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError as error:  # it will be refused by name
        return f"unreadable {error.errno}"


def side_path(root: Path, shipped: Path, name: str) -> Path:
    """The library's own side file of that name, else the shipped one."""
    return root / name if (root / name).exists() else shipped / name


def whole_fingerprint(prints: dict[str, str], embedding: PolicyEmbeddings) -> str:
    """One digest of everything that decides what an index holds."""
    from assistant.index.tokens import dictionary_digest

    made_with = [f"{FORMAT}/{READER}", embedding.identity, dictionary_digest()]
    parts = [*made_with, *(f"{k}={v}" for k, v in sorted(prints.items()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
