"""Damaged files by the thousand: each is read or refused with a remedy, within its time, and nothing worse.

Some hundred by default; `FUZZ_FILES=21000 pytest -s tests/documents/formats/test_fuzz.py` is the full run, whose
result stands in docs/ingest.md.
"""

from __future__ import annotations

import faulthandler
import os
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assistant.documents.formats import ocr
from assistant.documents.formats.layout import Page, TextLine
from assistant.documents.reading import read_document
from assistant.errors import DocumentError
from tests.conftest import ROOT
from tests.documents.formats.mutate import Damage, damages
from tests.documents.formats.samples import SAMPLES

FILES = int(os.environ.get("FUZZ_FILES", "350"))
LONGEST = 20.0  # seconds a file
CAUGHT = "读到一半出错"  # what no reader foresaw and `extract` caught
REMEDY = re.compile(r"请|只能|不能|应为|应写|可用的|范围|必填")
HANGS = 120.0  # seconds; where C code does not come back the process ends with a trace


@pytest.fixture(autouse=True)
def _recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for OCR, which takes seconds a page: decoding and all that comes after it stay as they are."""
    line = TextLine("第一条 企业可以申领创新券。", 60, 140, 300, 152, 12, 1, confidence=0.7)
    monkeypatch.setattr(ocr, "read_picture", lambda picture, number, path: Page(number, 300, 300, (line,)))


@pytest.fixture(autouse=True)
def _watch() -> Iterator[None]:
    yield
    faulthandler.cancel_dump_traceback_later()


def _peak() -> int:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)


@pytest.mark.filterwarnings("ignore")  # of the libraries on damaged files
@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_is_read_or_refused_never_worse(tmp_path: Path, name: str) -> None:
    whole = tmp_path / name
    SAMPLES[name](whole)
    data = whole.read_bytes()
    assert read_document(whole, tmp_path).clauses
    outcomes: Counter[str] = Counter()
    before = _peak()

    @given(damages())
    @settings(
        max_examples=max(FILES // len(SAMPLES), 1),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def read(damage: Damage) -> None:
        whole.write_bytes(damage.apply(data))
        faulthandler.dump_traceback_later(HANGS, exit=True)
        started = time.monotonic()
        refusal = clauses = None
        try:
            clauses = read_document(whole, tmp_path).clauses
        except DocumentError as error:
            refusal = error
        if refusal is None:
            outcomes["read"] += 1
            assert clauses
            assert len({clause.id for clause in clauses}) == len(clauses)
        else:
            if CAUGHT in refusal.message:
                assert refusal.__cause__ is not None
                raised = traceback.extract_tb(refusal.__cause__.__traceback__)[-1].filename
                assert not Path(raised).is_relative_to(ROOT / "assistant"), refusal.__cause__  # a fault of our own
                outcomes["refused by a library's error"] += 1
            else:
                outcomes["refused"] += 1
            assert REMEDY.search(refusal.message)
        assert time.monotonic() - started < LONGEST

    read()
    memory = _peak() - before  # other tests ran in this process
    print(f"{name}: {dict(outcomes)}, {memory} MB")
    assert memory < 1000
