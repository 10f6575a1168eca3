"""What a text is made of."""

import subprocess
import sys

import pytest

from assistant.index import tokens
from assistant.index.tokens import dictionary_digest, lexical_tokens, normalise, policy_words, words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("高新技術企業", "高新技术企业"),
        ("Ｒ＆Ｄ　５００万元", "r&d 500万元"),
        ("知識產權質押融資", "知识产权质押融资"),
        ("著作权人", "著作权人"),
        ("五千万元和5000万元", "五千万元和5000万元"),
        ("", ""),
    ],
)
def test_one_spelling_for_one_meaning(written: str, meant: str) -> None:
    assert normalise(written) == meant


def test_simplified_text_does_not_load_the_converter() -> None:
    code = (
        "import sys; from assistant.index.tokens import lexical_tokens; lexical_tokens('研发费用（加计扣除）怎么算？');"
        "print('opencc' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_terms_of_the_policy_dictionary_stay_whole() -> None:
    found = words("揭榜挂帅项目和专精特新企业、高新技术企业认定")
    assert found == ["揭榜挂帅", "项目", "和", "专精特新", "企业", "高新技术企业", "认定"]


def test_words_have_no_punctuation() -> None:
    assert words("能领吗？？！ 5%，（一）😀") == ["能领", "吗", "5%", "一"]


def test_pairs_forgive_a_bad_word_boundary() -> None:
    shared = set(lexical_tokens("研发费怎么抵")) & set(lexical_tokens("研究开发费用、研发费用"))
    assert "#研发" in shared and "#发费" in shared


def test_pairs_do_not_cross_punctuation() -> None:
    assert "#额税" not in lexical_tokens("金额，税率")


@pytest.mark.parametrize("text", ["", " ", "？", "😀", "5", "a", "的" * 5000])
def test_any_text_has_tokens_or_none(text: str) -> None:
    assert all(lexical_tokens(text))


def test_jieba_gives_nearly_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "科技型中小企业开展研发活动中实际发生的研发费用，可以加计扣除，也可以申领科技创新券。"
    fast = words(text)
    monkeypatch.setitem(sys.modules, "rjieba", None)
    tokens._cutter.cache_clear()
    try:
        assert words(text) == fast
    finally:
        tokens._cutter.cache_clear()


def test_the_dictionary_has_no_doubles_and_is_identified() -> None:
    assert len(set(policy_words())) == len(policy_words())
    assert len(dictionary_digest()) == 16
