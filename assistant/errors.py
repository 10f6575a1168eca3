"""The errors that this package raises on purpose.

AssistantError
├── SettingError            a setting has a value that cannot be used
├── LibraryError            the library as a whole cannot be read
│   └── DocumentError       one file of it, named with its line
├── ModelError              an embedding or reranking model cannot be loaded
├── IndexMissing            nothing has been published yet
├── IndexIncompatible       the published index was built with another model or format
├── IndexBusy               another process is publishing
└── LanguageModelError      the language model failed; the quoted answer is given instead

Every message says which file or value, what was expected and what to do, in Chinese, since staff read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class AssistantError(Exception):
    """Anything that this package raises on purpose."""


class SettingError(AssistantError):
    """A setting has a value that cannot be used."""


class LibraryError(AssistantError):
    """The library cannot be read."""


@dataclass
class DocumentError(LibraryError):
    """A file of the library is refused: where, why, and what to do."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ModelError(AssistantError):
    """A model cannot be loaded."""


class IndexMissing(AssistantError):
    """No index has been published yet."""


class IndexIncompatible(AssistantError):
    """The published index does not fit the settings in force."""


class IndexBusy(AssistantError):
    """Another process is publishing at this moment."""


class LanguageModelError(AssistantError):
    """The language model could not be used."""
