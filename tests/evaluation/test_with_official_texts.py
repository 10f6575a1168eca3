"""A library as staff keep it: official texts beside the digests. What the digests answer is answered no worse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answer.chain import Assistant
from assistant.evaluation.cases import load_suites
from assistant.evaluation.report import in_words, run_suite
from assistant.index.build import ingest
from assistant.index.embedding import PolicyEmbeddings
from assistant.index.snapshot import Snapshots
from assistant.settings import Settings
from tests.conftest import TODAY
from tests.knowledge.shipped import KNOWLEDGE, OFFICIAL, needs_facts

pytestmark = pytest.mark.slow
RIGHT = 514  # of the shipped cases, with thirty official laws in the library; only rises

# Of a law, articles as such laws have them: near to what is asked, and referring on for the figure. Our own wording.
REFERRING = """# 中华人民共和国企业所得税法实施条例

第九十三条 企业所得税法所说的国家重点扶持的高新技术企业，应当同时满足：
（一）产品和服务在国家重点支持的领域之内；
（二）研究开发费用占销售收入的比例不低于规定比例；
（三）高新技术产品和服务的收入占企业总收入的比例不低于规定比例；
（四）科技人员占企业职工总数的比例不低于规定比例；
（五）认定管理办法规定的其他条件。

第九十五条 企业所得税法所说的研究开发费用加计扣除，按照国家有关规定办理。
"""


def assistant(folder: Path, originals: dict[str, str], embedding: PolicyEmbeddings) -> Assistant:
    """On the shipped knowledge with these texts, file name → text, as originals."""
    library = folder / "library"
    shutil.copytree(KNOWLEDGE, library)
    (library / "originals").mkdir(exist_ok=True)
    for name, text in originals.items():
        (library / "originals" / name).write_text(text, encoding="utf-8")
    settings = Settings(_env_file=None, data_dir=folder / "data", library_dir=library, today=TODAY)
    report = ingest(settings.library_dir, settings.shipped_library, Snapshots(settings), embedding)
    assert report.published, [str(problem) for problem in report.refused]
    return Assistant(settings)


@pytest.fixture(scope="module")
def with_a_law(tmp_path_factory: pytest.TempPathFactory, embedding: PolicyEmbeddings) -> Assistant:
    return assistant(tmp_path_factory.mktemp("law"), {"实施条例.md": REFERRING}, embedding)


@pytest.mark.parametrize(
    ("question", "figure", "clause"),
    [
        ("科技人员要占多少", "10%", "cn-hnte-measures@2016-01-01#art-11"),
        ("高新技术产品收入要占多少", "60%", "cn-hnte-measures@2016-01-01#art-11"),
        ("研发费用加计扣除比例是多少", "100%", "cn-rd-deduction-2023-7@2023-01-01#加计比例"),
    ],
)
def test_an_article_that_only_refers_on_does_not_lead(
    question: str, figure: str, clause: str, with_a_law: Assistant
) -> None:
    answer = with_a_law.ask(question)
    assert answer.citations[0].found.ref == clause
    assert figure in answer.text.split("[1]")[0]


@needs_facts
def test_the_shipped_cases_with_the_official_laws_ingested(tmp_path: Path, embedding: PolicyEmbeddings) -> None:
    originals = {file.name: file.read_text(encoding="utf-8") for file in OFFICIAL.glob("*.md")}
    mixed = assistant(tmp_path, originals, embedding)
    results = [run_suite(mixed, suite) for suite in load_suites()]
    assert sum(result.right for result in results) >= RIGHT, in_words(results, {})
