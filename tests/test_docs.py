"""The documentation is true: commands parse, settings are listed, files are named as the rules say."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer.chain import Assistant
from assistant.commands import ask, ingest, serve
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "knowledge" / "README.md"]
PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "ingest.py": ingest.parser,
    "app.py": serve.parser,
    "assistant": ask.parser,
}


def commands(text: str) -> Iterator[str]:
    """Every command that a text shows, in a code block or between backticks, without the prompt."""
    for code in re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", text, re.S):
        for line in "".join(code).split("\n"):
            command = line.strip().removeprefix("$ ").strip()
            if re.match(r"(\.venv/bin/)?python\b|make\b", command):
                yield command


SHOWN = [
    (file.relative_to(ROOT), command) for file in READMES for command in commands(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("file", "command"), SHOWN, ids=[f"{file}: {command}" for file, command in SHOWN])
def test_a_command_in_a_readme_can_be_typed(file: Path, command: str) -> None:
    first, *words = [w for w in shlex.split(command, comments=True) if not re.match(r"\w+=", w)]
    if first == "make":
        assert set(words) <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
        return
    if not words:
        return
    name, *arguments = words[1:] if words[0] == "-m" else words
    if "<" in arguments:
        arguments = arguments[: arguments.index("<")]
    if name in PARSERS:
        PARSERS[name]().parse_args(arguments)
    else:
        assert (ROOT / Path(*name.split("."))).with_suffix(".py").exists()


def test_commands_are_found_at_all() -> None:
    assert len(SHOWN) > 20


def test_every_setting_is_explained_with_its_default() -> None:
    rows = re.findall(r"^\| `(ASSISTANT_\w+)` \| (.+?) \| (.+?) \|$", (ROOT / "README.md").read_text("utf-8"), re.M)
    fields = {f"ASSISTANT_{name.upper()}": field for name, field in Settings.model_fields.items()}
    assert [name for name, _, _ in rows] == list(fields)
    for name, default, _ in rows:
        value = fields[name].default
        if isinstance(value, int | float) or (isinstance(value, str) and value):
            assert default == f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def test_every_setting_stands_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^# (ASSISTANT_\w+)=", example, re.M)) == {
        f"ASSISTANT_{name.upper()}" for name in Settings.model_fields
    }


def test_the_changelog_has_a_place_for_the_next_change() -> None:
    assert re.search(r"^## \[Unreleased\]$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)


def test_decisions_are_numbered_without_a_gap_and_say_what_would_prove_them_wrong() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, file in enumerate(files, start=1):
        text = file.read_text(encoding="utf-8")
        assert re.fullmatch(rf"{number:04d}(-[a-z0-9]+)+\.md", file.name)
        assert text.startswith(f"# {number}. ")
        for heading in ("Context", "Decision", "Consequences", "What would prove it wrong"):
            assert f"\n## {heading}\n" in text, f"{file.name}: {heading}"


@pytest.mark.parametrize("file", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "knowledge/README.md"]))
def test_links_lead_somewhere(file: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
    assert [target for target in targets if not (file.parent / target).exists()] == []


def test_the_answer_shown_in_the_readme_is_the_one_given(shipped: Assistant, today: object) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    match = re.search(r'^\$ python -m assistant ask "(.+?)" --as-of 2026-11-23\n(.+?)\n\n(依据.+?)\n…', text, re.M)
    assert match
    answer = shipped.ask(match[1])
    assert answer.text.startswith(f"{match[2]}\n\n{match[3]}")


def test_pins_are_exact() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        names = [line for line in lines if line and not line.startswith(("#", "-r "))]
        assert [line for line in names if not re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+", line)] == []
