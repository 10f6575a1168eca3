"""Who to ask about what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.documents.strict_yaml import Schema, read_file


class Office(Schema):
    """An office, with a telephone number only where it was verified.

    `says`: by which a clause names it as the one to turn to, whatever its document is about (主管税务机关).
    """

    id: str
    name: str
    handles: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    phone: str | None = None
    url: str | None = None
    note: str | None = None


class OfficesFile(Schema):
    offices: tuple[Office, ...] = ()
    default: str | None = None


@dataclass(frozen=True)
class Offices:
    """The offices of a library."""

    file: OfficesFile

    @classmethod
    def load(cls, path: Path) -> Offices:
        return cls(read_file(path, OfficesFile) if path.exists() else OfficesFile())

    def get(self, ident: str | None) -> Office | None:
        return next((office for office in self.file.offices if office.id == ident), None)

    def default(self) -> Office | None:
        return self.get(self.file.default)

    def named_in(self, text: str) -> Office | None:
        """The office that a clause names."""
        return next((office for office in self.file.offices if any(word in text for word in office.says)), None)

    def for_topics(self, topics: tuple[str, ...]) -> Office | None:
        """The office that handles most of the topics, else the default one."""
        ranked = sorted(self.file.offices, key=lambda o: -len(set(o.handles) & set(topics)))
        if ranked and set(ranked[0].handles) & set(topics):
            return ranked[0]
        return self.default()
