"""The rulebook: the facts and programmes of `knowledge/rules/`, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.documents.strict_yaml import read_file
from assistant.errors import AssistantError, DocumentError
from assistant.rules.consistency import faults
from assistant.rules.facts import FactCatalogue, load_facts
from assistant.rules.messages import message
from assistant.rules.position import line_of
from assistant.rules.schema import Programme

FACTS_FILE = "facts.yaml"


class UnknownProgramme(AssistantError):
    """There is no programme of that name."""


@dataclass(frozen=True)
class Rulebook:
    """All facts and programmes, by id."""

    folder: Path
    facts: FactCatalogue
    programmes: dict[str, Programme]

    def find(self, name: str) -> Programme:
        """The programme of that id, name or alias.

        Raises:
            UnknownProgramme: there is none.
        """
        for programme in self.programmes.values():
            if name in (programme.programme, programme.name, *programme.aliases):
                return programme
        names = "、".join(programme.name for programme in self.programmes.values())
        raise UnknownProgramme(message("no_programme", name=name, names=names))


def load_rulebook(folder: Path) -> Rulebook:
    """Read the rules of a folder.

    Raises:
        DocumentError: the first fault, with its file and line.
    """
    catalogue = load_facts(folder / FACTS_FILE)
    programmes: dict[str, Programme] = {}
    for file in sorted(folder.glob("*.yaml")):
        if file.name == FACTS_FILE:
            continue
        programme = read_file(file, Programme)
        if programme.programme != file.stem:
            raise DocumentError(file, 1, f"programme 写的是 {programme.programme}，应与文件名 {file.stem} 相同")
        programmes[programme.programme] = programme
    for ident, programme in programmes.items():
        file = folder / f"{ident}.yaml"
        for fault in faults(programme, catalogue, programmes):
            raise DocumentError(file, line_of(file, fault.value, fault.key), fault.message)
    return Rulebook(folder, catalogue, programmes)


def rules_folder(library: Path, shipped: Path) -> Path:
    """The rules of the library, else those of this repository."""
    own = library / "rules"
    return own if (own / FACTS_FILE).exists() else shipped / "rules"
