"""Train the claim tagger on statements written for it: `python -m training.tagger [--out models/claim-tagger-zh]`.

`statements/*.tsv`: labels (topic=label, by blanks) and a text, one a line, by hands that had not seen the reader. Several
texts are joined into one message in training, so that each place learns to say only what stands around it; a message is
scored by the best place for every label (multiple-instance learning). The judged conversations of the tests are whole
messages besides: a criterion that is met tells that its statement is made, one that stays open that it is not; of other
topics nothing is known there. `held-out.tsv` is never trained on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import yaml
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional

from assistant.rules.understand.heard import is_sure
from assistant.rules.understand.plain import make_plain
from assistant.rules.understand.tagger import OPEN, PAIRS, SHIPPED, ClaimTagger, load_tagger, masked, pairs

FOLDER = Path(__file__).with_name("statements")
CONVERSATIONS = Path(__file__).parents[1] / "tests" / "knowledge" / "conversations"
_CONDUCT: dict[str, tuple[str, str | None, str | None]] = {
    "honesty": ("honesty", "clean", "bad"),
    "listing": ("listing", "clean", "listed"),
    "product": ("product", "clean", "bad"),
    "incident": ("incident", "none", None),
}
CRITERIA: dict[str, dict[str, tuple[str, str | None, str | None]]] = {  # programme → criterion → topic, met, not met
    "hnte": {"ip": ("ip", "yes", None), "incident": ("incident", "none", None)},
    "tech-sme": _CONDUCT,
    "rd-deduction": {"collection": ("tax", "audited", "deemed"), "activity": ("research", "genuine", "not")},
    "sj-hnte-reward": {"torch": ("torch", "done", "undone")},
    "srdi-giant": {"key_link": ("keylink", "yes", "no")},
}
SHORTEST = 40  # characters of a conversation that is a message of its own
HELD_OUT = "held-out"
LAYERS = (("first", 3, 1), ("second", 5, 1), ("third", 5, 2), ("fourth", 5, 4))  # name, width, dilation
CHARACTERS, HIDDEN = 64, 160
EPOCHS, BATCH, LONG_BATCH, RATE = 8, 32, 12, 4e-3
ALONE = 0.4  # share of texts that stand alone in their message
LOST = 0.05  # share of characters left out


@dataclass(frozen=True, slots=True)
class Statement:
    """A text and the statements that it makes (topic.label)."""

    text: str
    labels: frozenset[str]
    known: frozenset[str] | None = None  # the topics of which it is known what the text says; None: all

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(label.partition(".")[0] for label in self.labels)


def read_statements(path: Path) -> list[Statement]:
    """The statements of a file, as the reader would see them; what it leaves out as hearsay is not among them."""
    found: list[Statement] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        labels, _, text = line.partition("\t")
        plain = masked(make_plain(text).strip())[0]
        if len(plain) > 2:
            found.append(Statement(plain, frozenset(label.replace("=", ".") for label in labels.split())))
    return found


def read_conversations() -> list[Statement]:
    """The judged conversations as whole messages, with what their criteria tell of the topics that they rest on."""
    found: list[Statement] = []
    for path in sorted(CONVERSATIONS.glob("*.yaml")):
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]:
            criteria = CRITERIA.get(one.get("programme"), {})
            said = {criteria[name][0]: criteria[name][1] for name in one.get("passes", ()) if name in criteria}
            said |= {criteria[name][0]: criteria[name][2] for name in one.get("fails", ()) if name in criteria}
            silent = {criteria[name][0] for name in one.get("unknowns", ()) if name in criteria}
            text = masked("。".join(make_plain(turn) for turn in one["turns"]).strip())[0]
            labels = frozenset(f"{topic}.{label}" for topic, label in said.items() if label)
            known = frozenset(topic for topic, label in said.items() if label) | silent
            if known and len(text) > SHORTEST:
                found.append(Statement(text, labels, known))
    return sorted(found, key=lambda one: len(one.text))


class Tagger(nn.Module):
    """Scores for every place and label; shapes (batch, places) in, (batch, labels, places) out."""

    def __init__(self, characters: int, labels: int) -> None:
        super().__init__()
        self.characters = nn.Embedding(characters + 2, CHARACTERS, padding_idx=0)
        self.pairs = nn.Embedding(PAIRS, CHARACTERS)
        inputs = (CHARACTERS, *(HIDDEN for _ in LAYERS[1:]))
        self.layers = nn.ModuleDict(
            {
                name: nn.Conv1d(size, HIDDEN, width, padding=dilation * (width // 2), dilation=dilation)
                for (name, width, dilation), size in zip(LAYERS, inputs, strict=True)
            }
        )
        self.out = nn.Conv1d(HIDDEN, labels, 1)
        self.drop, self.drop_input = nn.Dropout(0.3), nn.Dropout(0.2)
        nn.init.normal_(self.characters.weight, std=0.3)
        nn.init.normal_(self.pairs.weight, std=0.1)
        assert self.out.bias is not None
        nn.init.constant_(self.out.bias, -3.0)

    def forward(self, characters: Tensor, pair: Tensor, mask: Tensor) -> Tensor:
        x = self.drop_input(self.characters(characters) + self.pairs(pair)).transpose(1, 2) * mask[:, None]
        for name, layer in self.layers.items():
            first = name == LAYERS[0][0]
            out = functional.gelu(layer(x if first else self.drop(x)), approximate="tanh") * mask[:, None]
            x = out if first else x + out
        scores: Tensor = self.out(self.drop(x))
        return scores.masked_fill(mask[:, None] == 0, -1e4)


def messages(statements: Sequence[Statement]) -> list[Statement]:
    """Every statement once, most of them with up to three others on other topics."""
    made: list[Statement] = []
    for statement in random.sample(statements, len(statements)):
        text, labels, topics = statement.text, set(statement.labels), set(statement.topics)
        for other in random.sample(statements, 0 if random.random() < ALONE else random.choice((1, 1, 2, 3))):
            if topics & other.topics:
                continue
            text += ("" if text[-1] in "，。；?!" else random.choice("，。，；")) + other.text
            labels |= other.labels
            topics |= other.topics
        made.append(Statement(text, frozenset(labels)))
    return made


def train(
    statements: Sequence[Statement], conversations: Sequence[Statement], labels: Sequence[str], characters: str
) -> Tagger:
    """A tagger for these labels, in that order."""
    rows = {character: row for row, character in enumerate(characters, start=2)}
    model = Tagger(len(characters), len(labels))
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.02)
    steps = EPOCHS * (-(-len(statements) // BATCH) + -(-len(conversations) // LONG_BATCH))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1)
    for epoch in range(EPOCHS):
        lost, seen = 0.0, 0
        for batch in _batches(messages(statements), conversations):
            seen += len(batch)
            singles, doubles, mask = _tensors([one.text for one in batch], rows)
            wanted = torch.tensor([[float(label in one.labels) for label in labels] for one in batch])
            known = torch.tensor([[float(_is_known(one, label)) for label in labels] for one in batch])
            singles = singles.masked_fill(torch.rand(singles.shape) < LOST, 1)
            scores = model(singles, doubles, mask).amax(2)
            loss = functional.binary_cross_entropy_with_logits(scores, wanted * 0.98 + 0.001, reduction="none") * known
            optimiser.zero_grad()
            torch.autograd.backward(loss.sum(1).mean())
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            lost += float(loss.detach().sum())
        print(f"epoch {epoch + 1}: loss {lost / seen:.3f}", flush=True)
    return model.eval()


def _batches(short: Sequence[Statement], long: Sequence[Statement]) -> list[list[Statement]]:
    """Both kinds of messages in batches, in random order; `long` are sorted by length."""
    batches = [list(short[i : i + BATCH]) for i in range(0, len(short), BATCH)]
    batches += [list(long[i : i + LONG_BATCH]) for i in range(0, len(long), LONG_BATCH)]
    return random.sample(batches, len(batches))


def _is_known(one: Statement, label: str) -> bool:
    return one.known is None or (label.partition(".")[0] in one.known and not label.endswith(OPEN))


def _tensors(texts: Sequence[str], rows: dict[str, int]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(map(len, texts))
    singles, doubles = (np.zeros((len(texts), longest), np.int64) for _ in range(2))
    mask = np.zeros((len(texts), longest), np.float32)
    for i, text in enumerate(texts):
        singles[i, : len(text)] = [rows.get(character, 1) for character in text]
        doubles[i, : len(text)] = pairs(text)
        mask[i, : len(text)] = 1
    return torch.from_numpy(singles), torch.from_numpy(doubles), torch.from_numpy(mask)


def export(folder: Path, model: Tagger, labels: Sequence[str], characters: str) -> None:
    """Write the folder that `assistant.rules.understand.tagger` reads: weights in half precision, and their names."""
    assert model.out.bias is not None
    weights: dict[str, Tensor] = {"characters": model.characters.weight, "pairs": model.pairs.weight}
    weights |= {"out": model.out.weight[:, :, 0], "out.bias": model.out.bias}
    for name, layer in model.layers.items():
        assert isinstance(layer, nn.Conv1d) and layer.bias is not None
        weights |= {name: layer.weight, f"{name}.bias": layer.bias}
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {name: np.ascontiguousarray(w.detach().numpy().astype(np.float16)) for name, w in weights.items()}
    save_file(arrays, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    config = {"labels": list(labels), "characters": characters, "layers": [(name, d) for name, _, d in LAYERS]}
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def report(tagger: ClaimTagger, statements: Iterable[Statement]) -> str:
    """How many statements are made, how many are heard, and how many of those rightly, by label, as Markdown."""
    made, heard, right = Counter[str](), Counter[str](), Counter[str]()
    for statement in statements:
        made.update(label for label in statement.labels if not label.endswith(OPEN))
        for tag in tagger.tags(statement.text):
            name = f"{tag.topic}.{tag.label}"
            if tag.label != OPEN and is_sure(tag):
                heard[name] += 1
                right[name] += name in statement.labels
    lines = ["| statement | made | heard | right |", "|---|---:|---:|---:|"]
    lines += [f"| {name} | {made[name]} | {heard[name]} | {right[name]} |" for name in sorted(made)]
    every = [sum(counter.values()) for counter in (made, heard, right)]
    lines.append(f"| all | {every[0]} | {every[1]} | {every[2]} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the model is written")
    parser.add_argument("--seed", type=int, default=1)
    out = parser.parse_args()
    random.seed(out.seed)
    torch.manual_seed(out.seed)
    statements = [s for p in sorted(FOLDER.glob("*.tsv")) if p.stem != HELD_OUT for s in read_statements(p)]
    labels = sorted({label for statement in statements for label in statement.labels})
    counted = Counter(character for statement in statements for character in statement.text)
    characters = "".join(sorted(character for character, n in counted.items() if n > 1 and not character.isspace()))
    export(out.out, train(statements, read_conversations(), labels, characters), labels, characters)
    load_tagger.cache_clear()
    print(report(load_tagger(out.out), read_statements(FOLDER / f"{HELD_OUT}.tsv")))


if __name__ == "__main__":
    main()
