"""The way from texts to a model, on a tiny library: prepare, train, write the folder, read it again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.index.embedding import StaticEmbeddings
from tests.conftest import SmallLibrary
from training.arrays import Data, load
from training.batches import Batches, mine
from training.evaluate import Held, evaluate
from training.export import export, quantise
from training.fusion import Example as Ranked
from training.fusion import fit, fit_evidence
from training.lexicon import Rewriter
from training.model import Encoder, encode_articles
from training.prepare import LEXICAL_DEPTH, prepare
from training.prior import fit_prior
from training.questions import bucket
from training.recipe import Mix, Phase, Recipe
from training.train import loss_of, train

ARTICLES = LEXICAL_DEPTH + 20  # so many does BM25 keep for each question
MIX = Mix(questions=16, pairs=4, sentences=16, names=8, phrases=4, random=16, hard=1, bank=32)
RECIPE = Recipe(
    vocabulary=2000,
    dimension=16,
    pretrain=Phase(4, Mix(questions=0, pairs=4, sentences=16, names=8, phrases=4, random=0)),
    train=Phase(12, MIX, rate=1e-2, warm=1),
    refresh=6,
)
THINGS = [
    "房屋",
    "车辆",
    "工资",
    "合同",
    "专利",
    "商标",
    "土地",
    "学校",
    "医院",
    "税款",
    "股权",
    "债务",
    "保险",
    "继承",
    "婚姻",
    "劳动",
]


@pytest.fixture(scope="module", autouse=True)
def _two_threads() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The arrays of a library whose every article is about one thing in one place."""
    shared = tmp_path_factory.mktemp("shared")
    for folder in ("statutes/laws", "policies", "training", "own"):
        (shared / folder).mkdir(parents=True)
    lines, queries, lay = ["# 测试法"], [], ["## 测试法"]
    for i in range(ARTICLES):
        thing = f"{THINGS[i % 16]}{THINGS[i // 16 % 16]}{i}"
        lines.append(f"第{i + 1}条 {thing}应当登记。违反{thing}规定的，处以罚款。")
        gold = [[["测试法", f"第{i + 1}条"]]]
        queries.append(json.dumps({"id": i, "question": f"{thing}要登记吗", "gold": gold}, ensure_ascii=False))
        lay.append(f"第{i + 1}条 | {thing}不登记会罚钱不")
    (shared / "statutes/laws/测试法.md").write_text("\n\n".join(lines), encoding="utf-8")
    (shared / "policies/办法.md").write_text("# 办法\n\n第一条 企业可以申领创新券。\n", encoding="utf-8")
    (shared / "statutes/queries.train.jsonl").write_text("\n".join(queries), encoding="utf-8")
    (shared / "own/lay.txt").write_text("\n".join(lay), encoding="utf-8")
    pairs = [{"source": "web", "query": f"怎么办理{thing}", "passage": f"办理{thing}的手续"} for thing in THINGS]
    with gzip.open(shared / "training/pairs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    library = SmallLibrary(shared / "knowledge")
    library.write("sj-reward", "第一条 企业可以领取奖励。\n<!-- asks: 领钱去哪 | 给不给发钱 -->\n", title="奖励办法")
    library.write("sj-voucher", "第一条 要点。\n<!-- asks: 券呢 -->\n", title="办法")
    prepare(shared, shared / "own", shared / "knowledge", shared / "work")
    return shared / "work"


@pytest.fixture(scope="module")
def data(prepared: Path) -> Data:
    return load(prepared, RECIPE.vocabulary, "cpu")


def test_everything_is_turned_into_numbers(data: Data, prepared: Path) -> None:
    names = json.loads((prepared / "features.json").read_text(encoding="utf-8"))
    assert (data.laws, len(data.texts)) == (ARTICLES, ARTICLES + 2)  # a digest of a text that is there is not read
    assert len(data.sources) == 2 * ARTICLES + 2
    assert (data.sources == "digest").sum() == 2
    assert data.pairs == len(THINGS)
    assert len(data.kept) <= RECIPE.vocabulary and int(data.kept.max()) < len(names)
    assert int(data.bags.values.max()) < len(data.kept)


def test_held_out_questions_are_a_fixed_share_and_never_drawn(data: Data) -> None:
    stard = data.sources == "stard"
    held = [bucket(str(i), 5) == 0 for i in range(ARTICLES)]
    assert data.held_out[stard].tolist() == held
    batches = Batches(data, RECIPE)
    mine(Encoder(RECIPE, data.idf), data, batches)
    drawn = torch.cat([batches.draw(MIX).asked for _ in range(50)])
    assert not data.held_out[drawn.numpy()].any()


def test_a_step_lessens_the_loss_on_its_examples(data: Data) -> None:
    torch.manual_seed(1)
    model, batches = Encoder(RECIPE, data.idf), Batches(data, RECIPE)
    mine(model, data, batches)
    examples = batches.draw(MIX)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    before = loss_of(model, batches, examples, drop=0.0)
    before.backward()
    optimiser.step()
    after = loss_of(model, batches, examples, drop=0.0)
    assert after.item() < before.item()


def test_training_finds_more_of_the_held_out_questions(data: Data) -> None:
    recipe = replace(RECIPE, pretrain=Phase(0, RECIPE.pretrain.mix), train=Phase(0, MIX))
    untrained, _ = train(data, recipe)
    _, figures = train(data, RECIPE)
    assert figures["stard.mrr"] > evaluate(untrained, data, Held(data))["stard.mrr"]
    assert {"stard.r10", "stard.fused.r10", "stard.bm25.r10", "lay.mrr", "seconds"} <= set(figures)


def test_the_folder_written_gives_the_vectors_that_were_trained(data: Data, prepared: Path, tmp_path: Path) -> None:
    model, _ = train(data, RECIPE)
    names = json.loads((prepared / "features.json").read_text(encoding="utf-8"))
    prior = fit_prior(data).numpy()
    table = model.table.detach().numpy()
    export(tmp_path, table, prior, [names[i] for i in data.kept])
    read = StaticEmbeddings(tmp_path)
    law = read.encode([f"测试法\n{THINGS[0]}{THINGS[0]}0应当登记。违反{THINGS[0]}{THINGS[0]}0规定的，处以罚款。"])
    trained = encode_articles(model, data)[0].numpy()
    assert float(law[0] @ trained) > 0.98
    assert read.dimension == RECIPE.dimension
    assert np.isfinite(read.prior(["测试法"])).all()


def test_rows_lose_less_than_a_step_when_they_become_bytes() -> None:
    table = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float32)
    table[3] = 0
    rows, weights = quantise(table)
    assert rows.dtype == np.int8
    assert np.abs(rows * weights[:, None] - table).max() <= weights.max() / 2 + 1e-6


def test_the_prior_prefers_what_is_asked_about(data: Data) -> None:
    prior = fit_prior(data)
    assert prior.shape == (len(data.kept),) and torch.isfinite(prior).all()


def test_lay_words_take_the_place_of_formal_terms_the_longest_first() -> None:
    rewrite = Rewriter({"合同": ["协议"], "劳动合同": ["工作协议"]})
    assert rewrite("订立劳动合同") == "订立工作协议"
    assert rewrite("订立合同") == "订立协议"
    assert rewrite("没有术语") is None


def ranked(kind: str, right: int, seed: int) -> Ranked:
    """Candidates of which the right one stands out by its first signal."""
    signals = np.random.default_rng(seed).uniform(0, 0.5, size=(8, 7)).astype(np.float32)
    signals[right, 0] = 1.0
    return Ranked(kind, signals, np.arange(8) == right)


def test_the_signal_that_tells_gets_the_weight() -> None:
    weights = fit([ranked("cases", i % 8, i) for i in range(40)], {"cases": 1.0})
    assert int(np.argmax(weights)) == 0
    assert all(
        np.argmax(e.signals @ weights) == i % 8 for i, e in enumerate(ranked("cases", i % 8, i) for i in range(40))
    )


def test_evidence_tells_answerable_from_not() -> None:
    draw = np.random.default_rng(1).uniform(0, 0.4, size=(60, 7)).astype(np.float32)
    answerable = draw[:30] + np.array([0.6, 0, 0, 0, 0, 0, 0], np.float32)
    bias, *weights = fit_evidence(answerable, draw[30:])
    sure = 1 / (1 + np.exp(-(np.concatenate([answerable, draw[30:]]) @ np.array(weights) + bias)))
    assert sure[:30].min() > 0.5 > sure[30:].max()
