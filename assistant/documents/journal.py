"""What a call changes in the files of a library, kept so that it can be taken back.

By the call itself, when it fails; by the next one, when it was killed before its index was published: every step is
written down before it is made. Nothing is ever deleted: what leaves the library goes to `.removed/<time>/`, which is
not read.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

REMOVED = ".removed"


@dataclass(frozen=True, slots=True)
class Step:
    """A file that is put in place, replaced or taken out.

    Attributes:
        file: as the library names it.
        kept: where its former content is kept, named likewise; None where there was no such file.
    """

    file: str
    kept: str | None


class Journal:
    """The steps of one call, written to a file as they are made. Use while holding the right to publish.

    Until `begin` has taken back what an earlier call left, its file is not touched.
    """

    def __init__(self, root: Path, file: Path | None = None) -> None:
        self.root = root
        self.file = file
        self.published: str | None = None
        self.begun = False
        self.steps: list[Step] = []

    def begin(self, published: str | None) -> list[str]:
        """Take back what a killed call left; returns what to tell of it.

        Args:
            published: the snapshot in use. A later one than the killed call began with holds what that call did.
        """
        self.published = published
        told = [_taken_back(root, step) for root, step in reversed(self.left(published))]
        self.begun = True
        self.close()
        return [words for words in told if words]

    def left(self, published: str | None) -> list[tuple[Path, Step]]:
        """The steps of a killed call that were not published, each with its library."""
        if self.file is None or not self.file.exists():
            return []
        data = json.loads(self.file.read_text(encoding="utf-8"))
        if published and published > (data["published"] or ""):
            return []
        return [(Path(data["root"]), Step(**step)) for step in data["steps"]]

    def keep(self, file: Path) -> Step:
        """Note that a file is about to be changed; its content, if there is some, is kept aside."""
        kept = None
        if file.exists():
            kept = _aside(file, self.root)
            copy(file, self.root / kept)
        step = Step(str(file.relative_to(self.root)), kept)
        self.steps.append(step)
        self._write()
        return step

    def take_back(self, steps: Sequence[Step]) -> None:
        """Undo some steps of this call."""
        for step in reversed(steps):
            file = self.root / step.file
            if step.kept is None:
                file.unlink(missing_ok=True)
            elif (kept := self.root / step.kept).exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                os.replace(kept, file)

    def close(self) -> None:
        """What was done stands, or is taken back."""
        self.steps.clear()
        if self.file is not None and self.begun:
            self.file.unlink(missing_ok=True)

    def _write(self) -> None:
        if self.file is None or not self.begun:
            return
        steps = [asdict(step) for step in self.steps]
        data = {"published": self.published, "root": str(self.root.resolve()), "steps": steps}
        write(self.file, json.dumps(data, ensure_ascii=False))


def copy(source: Path, target: Path) -> None:
    """Copy a file so that the target is there whole or as it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    try:
        shutil.copyfile(source, beside)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def write(file: Path, text: str) -> None:
    """Write a file so that it is there whole or as it was, a power cut included."""
    beside = file.with_name(f".{file.name}.new")
    with beside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, file)


def _aside(file: Path, root: Path) -> str:
    return str(Path(REMOVED, datetime.now().strftime("%Y%m%d-%H%M%S-%f"), file.relative_to(root)))


def _taken_back(root: Path, step: Step) -> str | None:
    """Undo a step of a killed call, which it may not have come to; what to tell staff, if something changed."""
    file = root / step.file
    if step.kept is None:
        if not file.exists():
            return None
        place = root / _aside(file, root)
        place.parent.mkdir(parents=True)
        os.replace(file, place)
        return f"{step.file}：上次运行在发布前中断，放入的文件已移到 {place.relative_to(root)}；请再放入一次"
    kept = root / step.kept
    if not kept.exists():
        return None
    same = file.exists() and file.read_bytes() == kept.read_bytes()
    if file.exists() and not same:
        copy(file, root / _aside(file, root))
    file.parent.mkdir(parents=True, exist_ok=True)
    os.replace(kept, file)
    return None if same else f"{step.file}：上次运行在发布前中断，已恢复为中断前的内容；请再运行一次当时的命令"


def interrupted(steps: Sequence[tuple[Path, Step]]) -> Iterator[str]:
    """What to tell of steps that the next call will take back."""
    for root, step in steps:
        if (root / step.file).exists() or (step.kept and (root / step.kept).exists()):
            yield f"{step.file}：上次运行在发布前中断，正式运行时会先恢复为中断前的样子"
