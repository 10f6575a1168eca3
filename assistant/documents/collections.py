"""Named sets of policies: the compilation, and the district's "1+3" set."""

from __future__ import annotations

from pathlib import Path

from assistant.documents.strict_yaml import Schema, read_file


class Section(Schema):
    """A chapter of a collection, its policies in reading order."""

    title: str
    policies: tuple[str, ...] = ()


class Slot(Schema):
    """A place in a set whose text is not there yet: what it is, what is established, what to ingest."""

    title: str
    what_it_is: str
    established: str
    presumed_policy: str | None = None
    wanted: str


class Collection(Schema):
    name: str
    description: str = ""
    sections: tuple[Section, ...] = ()
    slots: tuple[Slot, ...] = ()
    policies: tuple[str, ...] = ()

    def policy_ids(self) -> tuple[str, ...]:
        """Every policy of the collection, in order."""
        ids = [*self.policies, *(p for s in self.sections for p in s.policies)]
        ids += [slot.presumed_policy for slot in self.slots if slot.presumed_policy]
        return tuple(dict.fromkeys(ids))


class CollectionsFile(Schema):
    collections: tuple[Collection, ...] = ()


def load_collections(path: Path) -> tuple[Collection, ...]:
    """Raises DocumentError when the file is not as the format says."""
    return read_file(path, CollectionsFile).collections if path.exists() else ()
