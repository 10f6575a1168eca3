"""Settings: environment beats .env beats defaults; a wrong value is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import Settings, load_settings


def test_without_any_setting_everything_has_a_default(root: Path) -> None:
    settings = load_settings()
    assert (settings.data_dir, settings.library_dir) == (Path("data"), root / "knowledge")
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.llm_base_url is None


def test_the_environment_beats_the_file_and_the_file_beats_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = tmp_path / ".env"
    env.write_text("ASSISTANT_PORT=8001\nASSISTANT_HOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setitem(Settings.model_config, "env_file", env)
    monkeypatch.setenv("ASSISTANT_PORT", "8002")
    settings = load_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 8002)


def test_what_is_given_beats_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "8002")
    assert load_settings(port=8003, host=None).port == 8003


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_PORT", "eighty"),
        ("ASSISTANT_PORT", "70000"),
        ("ASSISTANT_TODAY", "2026-02-30"),
        ("ASSISTANT_LLM_TIMEOUT", "0"),
        ("ASSISTANT_KEEP_SNAPSHOTS", "0"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=f"{name}='{value}'"):
        load_settings()


def test_the_day_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_TODAY", "2026-11-23")
    assert load_settings().day() == date(2026, 11, 23)


def test_the_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(load_settings())


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]
