"""The web server: FastAPI with the Gradio page mounted on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.web.shell import Shell
from assistant.web.texts import texts

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.answer.chain import Assistant

HEAD = '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
BRAND = "#1f4e8c"  # 8.3 : 1 against white


def build_app(assistant: Assistant) -> FastAPI:
    """The application: `/healthz`, and the page on `/`. Nothing is loaded from outside, nothing is reported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    import gradio as gr
    from fastapi import FastAPI, HTTPException

    from assistant.web.page import build_page

    app = FastAPI(title=texts().title, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Shell)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        try:
            return {"status": "ok", "index": assistant.services().snapshot.manifest.id}
        except AssistantError as error:
            raise HTTPException(503, texts().no_index) from error

    css = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(assistant),
        path="/",
        theme=_theme(),
        css=css,
        head=HEAD,
        footer_links=[],
        run_history=False,
        max_file_size=1,  # the page takes no files
        show_error=False,
    )
    return mounted


def _theme() -> Any:
    import gradio as gr

    theme = gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=list(FONTS), font_mono=["monospace"])
    return theme.set(
        button_primary_background_fill=BRAND,
        button_primary_background_fill_dark=BRAND,
        button_primary_background_fill_hover="#173d6e",
        button_primary_background_fill_hover_dark="#2a62ab",
        button_primary_text_color="#ffffff",
    )
