"""The chat page: what stands where, and which event calls what. The only module that speaks Gradio's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.aigc import metadata
from assistant.errors import AssistantError
from assistant.web.panel import citations_panel, clause_panel, empty_panel
from assistant.web.talk import LONGEST, Conversation, Messages, View, respond, stopped
from assistant.web.texts import texts

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer.chain import Assistant

FOLLOWUPS = 3
CONCURRENCY = 8  # questions answered at once; the rest wait in the queue
QUEUE = 128
IDLE = 3600  # seconds after which a conversation that nobody continues is forgotten
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and change."""

    box: gr.Textbox
    chat: gr.Chatbot
    conversation: gr.State
    panel: gr.HTML
    followups: list[gr.Button]
    send: gr.Button
    stop: gr.Button
    export: gr.Button

    def outputs(self) -> list[Any]:
        """In the order of `_update` and `_fresh`."""
        talk = [self.box, self.chat, self.conversation, self.panel]
        return [*talk, *self.followups, self.send, self.stop, self.export]


def build_page(assistant: Assistant) -> gr.Blocks:
    """The page; `head`, `css` and `theme` are given where it is mounted."""
    import gradio as gr

    with gr.Blocks(title=texts().title, analytics_enabled=False, fill_height=True) as page:
        with gr.Row(elem_id="top"):
            gr.HTML(f"<h1>{texts().title}</h1><p>{texts().tagline}</p>", elem_id="name", apply_default_css=False)
            fresh = gr.Button(texts().fresh, elem_id="fresh", min_width=0)
            export = gr.Button(texts().export, elem_id="export", min_width=0, interactive=False)
        with gr.Row(elem_id="main"):
            with gr.Column(scale=3, elem_id="talk"):
                chat, followups = _chat(), _followups()
                with gr.Row(elem_id="ask"):
                    box, send, stop = _question()
                gr.HTML(f"<p>{texts().footnote}</p>", elem_id="foot", apply_default_css=False)
            with gr.Column(scale=2, elem_id="side"):
                panel = _panel(assistant)
        conversation = gr.State(Conversation(), time_to_live=IDLE)
        _wire(assistant, Parts(box, chat, conversation, panel, followups, send, stop, export), fresh)
    queued: gr.Blocks = page.queue(max_size=QUEUE, default_concurrency_limit=CONCURRENCY)
    return queued


def _chat() -> gr.Chatbot:
    import gradio as gr

    return gr.Chatbot(
        elem_id="chat",
        label=texts().conversation,
        show_label=False,
        height="100%",
        buttons=[],
        latex_delimiters=[],
        placeholder=texts().welcome,
        examples=[{"text": example} for example in texts().examples],
        autoscroll=False,  # page.js keeps the question in view; the answer is read from its beginning
        feedback_options=None,
    )


def _followups() -> list[gr.Button]:
    import gradio as gr

    with gr.Row(elem_id="followups"):
        return [gr.Button("", visible=False, min_width=0, elem_classes="followup") for _ in range(FOLLOWUPS)]


def _question() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    import gradio as gr

    box = gr.Textbox(
        label=texts().question,
        show_label=False,
        placeholder=texts().question_hint,
        lines=1,
        max_lines=6,
        max_length=LONGEST + 1,
        container=False,
        scale=8,
        elem_id="question",
    )
    send = gr.Button(texts().send, variant="primary", scale=0, min_width=88, elem_id="send")
    stop = gr.Button(texts().stop, variant="stop", scale=0, min_width=88, elem_id="stop", visible=False)
    return box, send, stop


def _panel(assistant: Assistant) -> gr.HTML:
    import gradio as gr

    def get_clause(target: str) -> str:
        """The clause that a citation link names, as HTML."""
        try:
            return clause_panel(target, assistant.services())
        except AssistantError:
            return f"<p class='hint'>{texts().panel_gone}</p>"

    close = f"<button class='close'>{texts().panel_close}</button>"
    return gr.HTML(
        value=_panel_value(empty_panel()),
        html_template=f"{close}<div class='cards'>${{value.clause || value.list}}</div>",
        js_on_load=Path(__file__).with_name("page.js").read_text(encoding="utf-8"),
        server_functions=[get_clause],
        texts=texts().model_dump(mode="json"),
        apply_default_css=False,
        elem_id="panel",
    )


def _panel_value(cards: str, conversation: Conversation | None = None) -> dict[str, Any]:
    """What page.js works with: the cards beside the answer, the clause opened, the records to take away, their label."""
    records = list(conversation.records) if conversation else []
    return {"list": cards, "clause": "", "records": records, "label": metadata("\n".join(records))}


def _wire(assistant: Assistant, parts: Parts, fresh: gr.Button) -> None:
    import gradio as gr

    def ask(question: str, messages: Messages, conversation: Conversation) -> Iterator[list[Any]]:
        for number, view in enumerate(respond(assistant, question, messages, conversation)):
            yield _update(view, first=number == 0)

    def ask_example(messages: Messages, conversation: Conversation, event: gr.SelectData) -> Iterator[list[Any]]:
        yield from ask(event.value["text"], messages, conversation)

    ask_example.__annotations__["event"] = gr.SelectData  # gradio looks for the type itself, which is imported late

    def start(event: Callable[..., Any], fn: Callable[..., Any], *inputs: Any) -> Any:
        given = [*inputs, parts.chat, parts.conversation]
        limits: dict[str, Any] = {"concurrency_id": "answers", "concurrency_limit": CONCURRENCY}
        return event(fn, given, parts.outputs(), **limits, **PRIVATE)

    running = [start(trigger, ask, parts.box) for trigger in (parts.send.click, parts.box.submit)]
    running += [start(button.click, ask, button) for button in parts.followups]
    running.append(start(parts.chat.example_select, ask_example))
    for event in running:  # once it has ended: until then, gradio takes no other question from this page
        event.then(lambda: _switch(busy=False), None, [parts.send, parts.stop], queue=False, **PRIVATE)
    # Cancelled first, changed then: a view that is still on its way would undo the change.
    parts.stop.click(None, cancels=running, **PRIVATE).then(
        lambda messages: [stopped(messages), *_switch(busy=False)],
        parts.chat,
        [parts.chat, parts.send, parts.stop],
        queue=False,
        **PRIVATE,
    )
    fresh.click(None, cancels=running, **PRIVATE).then(_fresh, None, parts.outputs(), queue=False, **PRIVATE)


def _update(view: View, *, first: bool) -> list[Any]:
    """What changes. The box is emptied once, as the next question may be typed while the answer grows."""
    import gradio as gr

    box = "" if first and view.busy else gr.skip()
    switch = _switch(busy=True) if view.busy else [gr.skip(), gr.skip()]
    panel, export = gr.skip(), gr.skip()
    if view.answer:
        panel = _panel_value(citations_panel(view.answer), view.conversation)
        export = gr.update(interactive=True)
    asks = view.answer.followups if view.answer else ()
    return [box, view.messages, view.conversation, panel, *_offer(asks), *switch, export]


def _fresh() -> list[Any]:
    import gradio as gr

    panel, export = _panel_value(empty_panel()), gr.update(interactive=False)
    return ["", [], Conversation(), panel, *_offer(()), *_switch(busy=False), export]


def _offer(asks: tuple[str, ...]) -> list[Any]:
    import gradio as gr

    shown = [*asks, *[""] * FOLLOWUPS][:FOLLOWUPS]
    return [gr.update(value=text, visible=bool(text)) for text in shown]


def _switch(*, busy: bool) -> list[Any]:
    """Either the send or the stop button."""
    import gradio as gr

    return [gr.update(visible=not busy), gr.update(visible=busy)]
