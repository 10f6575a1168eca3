"""The web server: FastAPI with the Gradio page mounted on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.answer.chain import Assistant

HEAD = '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")


def build_app(assistant: Assistant) -> FastAPI:
    """The application: `/healthz`, and the page on `/`. Nothing is loaded from outside, nothing is reported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    import gradio as gr
    from fastapi import FastAPI

    from assistant.web.page import build_page

    app = FastAPI(title="科技政策问答", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok", "index": assistant.services().snapshot.manifest.id}

    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=list(FONTS), font_mono=["monospace"])
    css = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return gr.mount_gradio_app(
        app, build_page(assistant), path="/", theme=theme, css=css, head=HEAD, footer_links=[], show_error=False
    )
