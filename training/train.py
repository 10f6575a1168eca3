"""Train the static embedding and write the folder that is shipped.

    python -m training.train --shared ../shared --out models/policy-embedding-zh

First on the laws' own text and on pairs (a sentence finds its article, a heading what stands below it), then on
questions, against the whole library and the hardest wrong articles. Two cores suffice.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from assistant.settings import ROOT
from training.arrays import Data, load
from training.batches import Batches, Examples, mine
from training.evaluate import Held, evaluate
from training.export import export
from training.model import Encoder
from training.prepare import prepare
from training.prior import fit_prior
from training.recipe import Phase, Recipe

_NEVER = -1e4  # the score of a candidate that does not count


def loss_of(model: Encoder, batches: Batches, examples: Examples, drop: float) -> Tensor:
    """Cross entropy of finding each query's candidate among all candidates of the step."""

    def sums(rows: Tensor) -> Tensor:
        values, starts = batches.data.bags.take(rows)
        summed: Tensor = model(values, starts, (torch.rand(len(values), device=values.device) >= drop).float())
        return summed

    queries, candidates = sums(examples.queries), sums(examples.candidates)
    rest = candidates[examples.within] - queries[examples.within]
    candidates = torch.cat([candidates[: examples.within.start], rest, candidates[examples.within.stop :]])
    queries, candidates = (nn.functional.normalize(vectors, dim=-1) for vectors in (queries, candidates))
    place = torch.arange(len(queries), device=queries.device)
    scores = (queries @ candidates.T / model.temperature.exp()).masked_fill(_also_right(examples, place), _NEVER)
    if not len(examples.bank):
        return nn.functional.cross_entropy(scores, place)
    asked = len(examples.asked)
    banked = queries[:asked] @ batches.bank[examples.bank].T / model.temperature.exp()
    banked = banked.masked_fill(batches.right_in(examples), _NEVER) + math.log(batches.articles / len(examples.bank))
    total = torch.cat([torch.logsumexp(torch.cat([scores[:asked], banked], 1), 1), torch.logsumexp(scores[asked:], 1)])
    loss: Tensor = (total - scores[place, place]).mean()
    return loss


def _also_right(examples: Examples, place: Tensor) -> Tensor:
    """Candidates other than a query's own that are right for it too, shape (queries, candidates)."""
    right, text, asked = examples.right, examples.text, len(examples.asked)
    same = text[None, :] == right[:, :1]
    for k in range(1, right.shape[1]):
        same[:asked] |= (text[None, :] == right[:asked, k, None]) & (right[:asked, k, None] != -1)
    same[place, place] = False
    return same


def train(
    data: Data, recipe: Recipe, start: Tensor | None = None, log: bool = False
) -> tuple[Encoder, dict[str, float]]:
    """Train a model; returns it with its figures on the held-out questions.

    Args:
        start: a table to begin with, in place of chance.
    """
    torch.manual_seed(recipe.seed)
    model = Encoder(recipe, data.idf)
    if start is not None:
        model.table.data.copy_(start)
    batches, held = Batches(data, recipe), Held(data)
    began = time.perf_counter()
    for phase in (recipe.pretrain, recipe.train):
        _run(model, batches, phase, recipe, log)
    seconds = time.perf_counter() - began
    return model, evaluate(model, data, held) | {"seconds": round(seconds)}


def _run(model: Encoder, batches: Batches, phase: Phase, recipe: Recipe, log: bool) -> None:
    optimiser = torch.optim.Adam(model.parameters(), lr=phase.rate, betas=(0.9, 0.99), fused=True)
    for step in range(phase.steps):
        if (phase.mix.hard or phase.mix.bank) and step % recipe.refresh == 0:
            mine(model, batches.data, batches)
        for group in optimiser.param_groups:
            group["lr"] = phase.rate_at(step)
        loss = loss_of(model, batches, batches.draw(phase.mix), recipe.drop)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if log and step % 100 == 0:
            print(f"step {step} of {phase.steps}: loss {float(loss.detach()):.3f}", flush=True)


def main() -> None:
    """Prepare the data where that is not done yet, train, write the folder, print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="the folder with statutes/, policies/ and training/"
    )
    parser.add_argument(
        "--questions", type=Path, default=Path(__file__).parent / "questions", help="the folder of lay questions"
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(".trainkit"),
        help="where the prepared data is kept; delete it to prepare anew",
    )
    parser.add_argument("--out", type=Path, default=Path("models/policy-embedding-zh"), help="the folder to write")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    if not (arguments.work / "data.npz").exists():
        prepare(arguments.shared, arguments.questions, ROOT / "knowledge", arguments.work)
    recipe = Recipe()
    data = load(arguments.work, recipe.vocabulary, arguments.device, recipe.kinds)
    model, figures = train(data, recipe, log=True)
    names = json.loads((arguments.work / "features.json").read_text(encoding="utf-8"))
    table, prior = (tensor.detach().cpu().numpy() for tensor in (model.table, fit_prior(data)))
    export(arguments.out, table, prior, [names[i] for i in data.kept])
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
