"""`python app.py`: serve the page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from assistant.errors import AssistantError, IndexIncompatible, IndexMissing
from assistant.settings import load_settings

DONE, REFUSED = 0, 1


def parser() -> argparse.ArgumentParser:
    """The command line; `--help` loads nothing heavy."""
    p = argparse.ArgumentParser(prog="app.py", description="启动科技政策问答网页。没有索引时会先建立。")
    p.add_argument("--host", help="地址（默认 127.0.0.1）")
    p.add_argument("--port", type=int, help="端口（默认 7860）")
    return p


def main(argv: Sequence[str] | None = None) -> int:
    """Run the server until it is stopped; returns the exit status."""
    arguments = parser().parse_args(argv)
    try:
        settings = load_settings(host=arguments.host, port=arguments.port)
        from assistant.answer.chain import Assistant

        assistant = Assistant(settings)
        try:
            assistant.services()
        except (IndexMissing, IndexIncompatible):
            from assistant.commands.ingest import main as ingest

            if ingest([]) != DONE:
                return REFUSED
            assistant.services()
        import uvicorn

        from assistant.web.server import build_app

        app = build_app(assistant)
        print(f"科技政策问答已启动：http://{settings.host}:{settings.port}", flush=True)
        uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
    except AssistantError as error:
        print(f"未启动：{error}", file=sys.stderr)
        return REFUSED
    return DONE
