"""A module imports from its own folder and from the layers below it; heavy packages have one home each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"

# Each folder with the folders it may import from. `settings`, `errors` and `aigc` import nothing and serve everybody.
BELOW: dict[str, set[str]] = {
    "settings": {"errors"},
    "errors": set(),
    "aigc": set(),
    "documents": set(),
    "rules": {"documents"},
    "index": {"documents"},
    "retrieval": {"documents", "index"},
    "answer": {"documents", "index", "retrieval", "rules"},
    "records": {"documents", "answer"},
    "evaluation": {"documents", "index", "retrieval", "rules", "answer"},
    "web": {"documents", "index", "retrieval", "rules", "answer", "records"},
    "commands": {"documents", "index", "retrieval", "rules", "answer", "records", "evaluation", "web"},
    "__init__": set(),
    "__main__": {"commands"},
}
EVERYBODY = {"settings", "errors", "aigc"}

HOMES: dict[str, set[str]] = {
    "gradio": {"web"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "uvicorn": {"web", "commands"},
    "chromadb": {"index"},
    "langchain_chroma": {"index"},
    "sentence_transformers": {"index"},
    "torch": set(),
    "transformers": set(),
    "bm25s": {"index"},
    "jieba": {"index"},
    "rjieba": {"index"},
    "langchain_openai": {"answer"},
    "openai": {"answer"},
    "httpx": {"answer"},
    "sqlalchemy": {"records"},
    "pypdfium2": {"documents"},
    "pypdf": {"documents"},
    "docx": {"documents", "rules", "web"},
    "openpyxl": {"documents", "web"},
    "rapidocr": {"documents"},
    "bs4": {"documents"},
    "lxml": {"documents"},
}
YARDSTICK = PACKAGE / "evaluation" / "stock.py"  # the stock pipeline that ours is measured against, of those packages
LATE = set(HOMES) - {"lxml", "bs4"}  # imported inside functions, so that the commands start fast

MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    """The folder of a module, or the module itself where it stands at the top."""
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """What a module imports: the dotted name, the line, and whether it is imported as the module itself loads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) or _for_types_only(outer)
        for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, id(node) not in late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: import by the full name"
            yield node.module or "", node.lineno, id(node) not in late


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_from_its_own_layer_or_below(path: Path) -> None:
    mine = layer(path)
    allowed = BELOW[mine] | EVERYBODY | {mine}
    wrong = []
    for name, line, _ in imports(path):
        if name.startswith("assistant."):
            other = name.split(".")[1]
            if other not in allowed:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {mine} imports {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_heavy_package_stays_in_its_home_and_is_imported_late(path: Path) -> None:
    wrong = []
    for name, line, at_once in imports(path):
        top = name.split(".")[0]
        if top in HOMES and layer(path) not in HOMES[top] and path != YARDSTICK:
            wrong.append(f"{path.relative_to(ROOT)}:{line}: {top} belongs to {sorted(HOMES[top])}")
        if top in LATE and at_once:
            wrong.append(f"{path.relative_to(ROOT)}:{line}: import {top} inside the function that needs it")
    assert not wrong, "\n".join(wrong)


def test_every_folder_of_the_package_has_its_place() -> None:
    assert {layer(path) for path in MODULES} <= set(BELOW)


def test_nothing_in_the_package_imports_the_tests_or_the_training() -> None:
    found = [str(p) for p in MODULES for name, _, _ in imports(p) if name.split(".")[0] in {"tests", "training"}]
    assert not found
