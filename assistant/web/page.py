"""The chat page (Gradio)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer.model import Answer, EventKind, Exchange
from assistant.errors import AssistantError
from assistant.web.render import EMPTY_PANEL, GONE, answer_markdown, citations_panel, clause_card, user_markdown

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer.chain import Assistant

TITLE = "松江区科技政策问答"
FOOTNOTE = "回答由人工智能依据库内条款自动生成，仅供参考；以官方文本和主管部门答复为准。"
EXAMPLES = (
    "高企认定对研发费用占比有什么要求？",
    "松江首次认定高企有什么奖励？",
    "科技创新券一年最多能用多少？",
    "科技型中小企业要满足哪些条件？",
    "委托高校研发的费用能加计扣除吗？",
    "G60策源地政策最高能拿多少？",
)
FOLLOWUPS = 3
CONCURRENCY = 8  # questions answered at once; the rest wait in the queue
QUEUE = 64
Messages = list[dict[str, Any]]


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page; `head`, `css` and `theme` are given where it is mounted."""
    import gradio as gr

    def respond(question: str, history: Messages, past: list[Exchange]) -> Iterator[tuple[Any, ...]]:
        """Yields (history, past, panel, follow-up buttons…) while the answer is made."""
        history = [*history, {"role": "user", "content": user_markdown(question)}, {"role": "assistant", "content": "…"}]
        keep = [gr.skip()] * (2 + FOLLOWUPS)
        shown = ""
        for event in assistant.stream(question, past):
            if event.kind is EventKind.STATUS and not shown:
                history[-1]["content"] = f"*{event.text}…*"
            elif event.kind is EventKind.REPLACE:
                shown = event.text
                history[-1]["content"] = shown or "…"
            elif event.kind is EventKind.TEXT:
                shown += event.text
                history[-1]["content"] = shown
            elif event.answer is not None:
                history[-1]["content"] = answer_markdown(event.answer)
                past = [*past, event.answer.exchange] if event.answer.exchange else past
                yield history, past, {"html": citations_panel(event.answer)}, *_buttons(event.answer)
                return
            yield history, *keep

    def _buttons(answer: Answer) -> list[Any]:
        asked = [*answer.followups[:FOLLOWUPS], *[""] * FOLLOWUPS][:FOLLOWUPS]
        return [gr.update(value=text, visible=bool(text)) for text in asked]

    def get_clause(target: str) -> str:
        """A clause as HTML, for the panel."""
        try:
            services = assistant.services()
        except AssistantError:
            return f"<p class='hint'>{GONE}</p>"
        key, _, ident = target.partition("#")
        number = services.version_numbers.get(key)
        found = services.snapshot.store.by_id(number, ident) if number is not None else None
        if found is None:
            return f"<p class='hint'>{GONE}</p>"
        return clause_card(found, found.version.status(assistant.settings.day()), whole=True)

    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True) as page:
        gr.HTML(f"<header id='top'><h1>{TITLE}</h1><p>查政策、看条款、问条件。每个数字都注明出处和时效。</p></header>")
        past = gr.State([], time_to_live=3600)
        with gr.Row(elem_id="main"):
            with gr.Column(scale=3, elem_id="talk"):
                chat = gr.Chatbot(
                    elem_id="chat",
                    show_label=False,
                    height="62vh",
                    buttons=["copy"],
                    latex_delimiters=[],
                    placeholder="您好，请直接提问，例如点击下面的问题。",
                    layout="bubble",
                )
                with gr.Row(elem_id="followups"):
                    followups = [gr.Button("", visible=False, size="sm", elem_classes="followup") for _ in range(FOLLOWUPS)]
                with gr.Row(elem_id="ask"):
                    box = gr.Textbox(
                        show_label=False,
                        placeholder="请输入问题，例如：我们去年收入4800万，研发占比要多少？",
                        scale=8,
                        lines=1,
                        max_lines=6,
                        autofocus=True,
                        elem_id="question",
                        container=False,
                    )
                    send = gr.Button("发送", variant="primary", scale=1, min_width=72, elem_id="send")
                    stop = gr.Button("停止", scale=1, min_width=72, elem_id="stop")
                    fresh = gr.Button("新对话", scale=1, min_width=72, elem_id="fresh")
                gr.Examples([[text] for text in EXAMPLES], inputs=box, label="常见问题", elem_id="examples")
            with gr.Column(scale=2, elem_id="side"):
                panel = gr.HTML(
                    value={"html": f"<p class='hint'>{EMPTY_PANEL}</p>"},
                    html_template="<button class='close' aria-label='关闭'>关闭</button><div class='cards'>${value.html}</div>",
                    js_on_load=(Path(__file__).parent / "panel.js").read_text(encoding="utf-8"),
                    server_functions=[get_clause],
                    elem_id="panel",
                )
        gr.HTML(f"<footer id='foot'>{FOOTNOTE}</footer>")

        outputs = [chat, past, panel, *followups]
        clear = {"fn": lambda: "", "outputs": box, "api_visibility": "private", "queue": False}
        asked = gr.State("")
        take = {
            "fn": lambda text: (text, ""),
            "inputs": box,
            "outputs": [asked, box],
            "api_visibility": "private",
            "queue": False,
        }
        answer = {"fn": respond, "inputs": [asked, chat, past], "outputs": outputs, "api_visibility": "private"}
        running = [
            gr.on([send.click, box.submit], **take).then(**answer, concurrency_limit=CONCURRENCY),  # type: ignore[arg-type]
        ]
        for button in followups:
            running.append(
                button.click(lambda text: text, button, asked, api_visibility="private", queue=False).then(
                    **answer, concurrency_limit=CONCURRENCY  # type: ignore[arg-type]
                )
            )
        stop.click(None, cancels=running, api_visibility="private")
        fresh.click(
            lambda: ([], [], {"html": f"<p class='hint'>{EMPTY_PANEL}</p>"}, *[gr.update(visible=False)] * FOLLOWUPS),
            outputs=outputs,
            cancels=running,
            api_visibility="private",
        ).then(**clear)  # type: ignore[arg-type]
    page.queue(max_size=QUEUE, default_concurrency_limit=CONCURRENCY)
    return page


