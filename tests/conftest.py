"""What every test stands on: no network, no settings of this machine, a fixed day, and libraries to work with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import Settings
from tests.network_guard import forbid

if TYPE_CHECKING:
    from assistant.answer.chain import Assistant
    from assistant.index.build import BuildReport
    from assistant.index.embedding import PolicyEmbeddings

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)

HEAD = """\
---
title: {title}
number: {number}
level: district
region: 松江区
kind: 部门规范性文件
effective: {effective}
expires: {expires}
replaces: [{replaces}]
source: https://www.example.gov.cn/policy
checked: 2026-11-23
topics: [创新券]
text: digest
---
# {title}（要点）

"""


def pytest_configure(config: pytest.Config) -> None:
    """Cut off the network and this machine's settings before any test module is imported."""
    forbid()
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        del os.environ[name]
    os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Settings.model_config, "env_file", None)  # a developer's .env


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which the tests ask."""
    return TODAY


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def embedding() -> PolicyEmbeddings:
    """The shipped embedding."""
    from assistant.index.embedding import load_embedding

    return load_embedding(None)


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory: pytest.TempPathFactory, embedding: PolicyEmbeddings) -> Settings:
    """Settings under which the shipped knowledge is published, in a data folder of the test run."""
    from assistant.index.build import ingest
    from assistant.index.snapshot import Snapshots

    settings = Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("shipped"), today=TODAY)
    report = ingest(settings.library_dir, settings.shipped_library, Snapshots(settings), embedding)
    assert report.published, [str(problem) for problem in report.refused]
    return settings


@pytest.fixture(scope="session")
def shipped(shipped_settings: Settings) -> Assistant:
    """The assistant on the shipped knowledge, asked on the fixed day, without a language model."""
    from assistant.answer.chain import Assistant

    return Assistant(shipped_settings)


@dataclass(frozen=True)
class SmallLibrary:
    """A library in a temporary folder, to be changed by the test."""

    root: Path

    def write(
        self,
        policy: str,
        body: str,
        *,
        title: str = "",
        number: str = "null",
        effective: str = "2025-01-01",
        expires: str = "null",
        replaces: str = "",
    ) -> Path:
        """Write one version of a policy; returns its file."""
        stem = effective if effective != "null" else "undated"
        file = self.root / "policies" / policy / f"{stem}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = HEAD.format(
            title=title or policy, number=number, effective=effective, expires=expires, replaces=replaces
        )
        file.write_text(head + body, encoding="utf-8")
        return file


@pytest.fixture
def library(tmp_path: Path) -> SmallLibrary:
    """Two policies: one with two versions, the other already over."""
    small = SmallLibrary(tmp_path / "library")
    small.write(
        "sj-vouchers",
        "第一条 企业可以申领创新券。\n\n第二条 每家企业每年不超过10万元。\n",
        title="创新券管理办法",
        effective="2023-01-01",
    )
    small.write(
        "sj-vouchers",
        "第一条 企业和团队可以申领创新券。\n\n第二条 每家企业每年不超过20万元。\n<!-- asks: 券能领多少 -->\n",
        title="创新券管理办法",
        effective="2025-01-01",
    )
    small.write(
        "sj-incubators",
        "第一条 孵化器每年评价一次。\n\n第二条 优秀的孵化器奖励30万元。\n",
        title="孵化器奖励办法",
        number="松科委规〔2020〕1号",
        effective="2020-01-01",
        expires="2022-12-31",
    )
    return small


@pytest.fixture
def settings(library: SmallLibrary, tmp_path: Path) -> Settings:
    """Settings on the small library and an empty data folder."""
    return Settings(_env_file=None, data_dir=tmp_path / "data", library_dir=library.root, today=TODAY)


@pytest.fixture
def publish(settings: Settings, embedding: PolicyEmbeddings) -> Callable[[], BuildReport]:
    """Ingests the small library as it stands."""
    from assistant.index.build import ingest
    from assistant.index.snapshot import Snapshots

    return lambda: ingest(settings.library_dir, settings.shipped_library, Snapshots(settings), embedding)


@dataclass(frozen=True)
class Commands:
    """Runs the commands in processes of their own, away from the repository's folder and without a network."""

    environment: dict[str, str]
    folder: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `python <arguments>`; a .py file is looked for in the repository."""
        first, *rest = arguments
        command = [sys.executable, str(ROOT / "tests" / "network_guard.py")]
        command += [str(ROOT / first) if first.endswith(".py") else first, *rest]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        process = self.start(*arguments)
        out, err = process.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def commands(settings: Settings, tmp_path: Path) -> Commands:
    """The commands, on the small library."""
    own = {
        "ASSISTANT_DATA_DIR": str(settings.data_dir),
        "ASSISTANT_LIBRARY_DIR": str(settings.library_dir),
        "ASSISTANT_TODAY": TODAY.isoformat(),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    return Commands(os.environ | own, tmp_path)
