"""Settings: environment (prefix ASSISTANT_) beats the file .env beats the defaults here."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator can set. Every field is ASSISTANT_<NAME> in the environment."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("data"), description="where snapshots of the index and the records are kept")
    library_dir: Path = Field(ROOT / "knowledge", description="the folder of policies")
    embedding_model: str | None = Field(None, description="a local folder or model name; default: the shipped model")
    reranker_model: str | None = Field(None, description="a cross-encoder folder or a /rerank address; default: none")
    reranker_api_key: SecretStr = Field(SecretStr(""), description="the key of that address")
    llm_base_url: str | None = Field(None, description="an OpenAI-compatible server; none set: no language model")
    llm_model: str = Field("default", description="the model's name on that server")
    llm_api_key: SecretStr = Field(SecretStr("unused"), description="its key")
    llm_timeout: float = Field(20.0, gt=0, description="seconds without a word from the server before it is given up")
    llm_deadline: float = Field(45.0, gt=0, description="seconds for a whole answer of the model")
    llm_max_retries: int = Field(0, ge=0, le=3, description="retries before the quoted answer is given instead")
    llm_context: int = Field(8000, ge=1000, description="characters of rules, clauses and question sent to the model")
    llm_breaker_failures: int = Field(3, ge=1, description="failures in a row after which the model is left alone")
    llm_breaker_seconds: float = Field(60.0, ge=0, description="seconds for which it is left alone")
    chroma_url: str | None = Field(None, description="a Chroma server for the vectors; default: files in the snapshot")
    database_url: str | None = Field(None, description="SQLAlchemy URL for conversations and feedback")
    host: str = Field("127.0.0.1", description="address of the web page")
    port: int = Field(7860, ge=1, le=65535, description="port of the web page")
    staff_users: str | None = Field(None, description="name:password pairs for the staff pages, separated by commas")
    today: date | None = Field(None, description="fixes the day, for tests")
    keep_snapshots: int = Field(5, ge=1, description="published snapshots kept for rollback")

    def day(self) -> date:
        """The day on which questions are asked, in Shanghai, unless it is fixed by a test."""
        return self.today or datetime.now(ZoneInfo("Asia/Shanghai")).date()

    @property
    def shipped_library(self) -> Path:
        """The library in this repository, whose glossary and offices serve where another library has none."""
        return ROOT / "knowledge"


def load_settings(**overrides: object) -> Settings:
    """Read the settings.

    Raises:
        SettingError: a value has the wrong type; the message names the variable and the value.
    """
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [f"ASSISTANT_{'_'.join(map(str, e['loc'])).upper()}={e['input']!r}：{e['msg']}" for e in error.errors()]
        raise SettingError("设置有误，请改正后重试：\n" + "\n".join(lines)) from error
