"""The commands answer `--help` at once: nothing heavy is loaded until it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("torch", "transformers", "chromadb", "langchain", "langchain_core", "langchain_chroma", "langchain_openai")
HEAVY += ("gradio", "fastapi", "sentence_transformers", "bm25s", "jieba", "rjieba", "numpy", "pypdfium2", "rapidocr")
REPORT = "import sys; print(sorted(set(sys.modules) & set({heavy!r})), file=sys.stderr)"


def loaded(code: str) -> str:
    """The heavy packages that are loaded after `code` has run in a fresh interpreter."""
    whole = f"{code}\n{REPORT.format(heavy=HEAVY)}"
    done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded("import assistant, assistant.settings, assistant.errors") == "[]"


@pytest.mark.parametrize("module", ["assistant.commands.ingest", "assistant.commands.serve", "assistant.commands.ask"])
def test_help_loads_nothing_heavy(module: str) -> None:
    code = f"from {module} import main\ntry:\n    main(['--help'])\nexcept SystemExit as end:\n    assert end.code == 0"
    assert loaded(code) == "[]"


def test_checking_the_knowledge_base_loads_nothing_heavy() -> None:
    assert loaded("from assistant.commands.ingest import main\nassert main(['--check']) == 0") == "[]"


@pytest.mark.parametrize("command", [["ingest.py", "--help"], ["app.py", "--help"], ["-m", "assistant", "--help"]])
def test_each_door_opens(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert done.stdout.startswith("usage:")
