"""Does a sentence say what the clauses say that it cites? Figures, bounds, years, yes and no, quotations, names.

What stands in the clause to the letter needs no check. The rest is compared claim by claim, and the first claim that
the clause does not carry is told. A sentence that passes may still leave something out; it does not say anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer.carried import carries, composed, limits_alike, same_value
from assistant.answer.evidence import Evidence, pairs, squeezed
from assistant.answer.figures import figures, normalise, without_figures
from assistant.answer.model import Run, Statement
from assistant.answer.pairing import swapped
from assistant.answer.placing import confused
from assistant.answer.polarity import contradicted, opposite, promise
from assistant.documents.glossary import Glossary

RELATED = 0.3  # the share of a sentence's character pairs that must stand in what it cites
RELATED_WITH_FIGURES = 0.2  # … where its figures stand there too
SHORTEST = 5  # characters below which a sentence of a model (可以。) says nothing that a clause could carry
PASSAGE = 15  # characters from which a quotation is a passage rather than a word
_LINK = re.compile(r"https?://|www\.|!?\[[^\]]*\]\([^)]*\)|<[A-Za-z/!][^>]{0,200}>|```|javascript:|data:\w+/", re.I)
_TITLE = re.compile(r"《([^《》]+)》")
_QUOTE = re.compile(r"[“「『]([^“”「」『』]+)[”」』]")
_PASSAGE = re.compile(r"“((?:[^“”]|“[^“”]*”)+)”")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_BASIS = re.compile(r"(?:根据|依据|按照|依照)(?:《[^》]*》)?(第[\d零一二三四五六七八九十百]+条)")
_PLACE = re.compile(r"松江|上海|长三角")


class FaultKind(StrEnum):
    """What a sentence says that its clauses do not."""

    UNCITED = "uncited"
    FIGURE = "figure"
    BOUND = "bound"
    PAIRING = "pairing"
    NEGATION = "negation"
    QUOTATION = "quotation"
    NAME = "name"  # another document, programme or place
    PROMISE = "promise"
    LINK = "link"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that is not carried, in its own words."""

    kind: FaultKind
    text: str


def unfounded(statement: Statement, run: Run, glossary: Glossary | None = None) -> Fault | None:
    """What a statement says that the clauses do not that it cites; a statement without markers cites none.

    Args:
        glossary: given for a sentence of a language model, every claim of which is compared. Without it the statement
            is one of ours, words of the clause in a fixed frame, of which figures and quotations are compared.
    """
    cited = [citation for citation in run.citations if citation.marker in statement.markers]
    if not cited:
        return None
    steps = [step for citation in cited for step in citation.path]
    evidence = Evidence.of([(citation.found.version, citation.found.clause) for citation in cited], steps)
    return fault(statement.text, evidence, glossary)


def fault(statement: str, evidence: Evidence, glossary: Glossary | None = None) -> Fault | None:
    """The first claim of a statement that its evidence does not carry; None if it carries them all.

    Args:
        glossary: as in `unfounded`.
    """
    said = _LINK.search(statement)
    if said and (
        said.group().startswith(("<", "[", "!")) or squeezed(normalise(said.group())) not in evidence.squeezed
    ):
        return Fault(FaultKind.LINK, said.group())
    for sentence in _SENTENCE.findall(_without_quotations(normalise(statement), evidence)):
        if glossary and 0 < len(re.findall(r"\w", sentence)) < SHORTEST:
            return Fault(FaultKind.UNRELATED, sentence)
        if len(words := squeezed(sentence)) < 2 or _to_the_letter(words, evidence):
            continue
        for check in _OF_OURS if glossary is None else _OF_A_MODEL:
            if found := check(sentence, evidence):
                return found
        if glossary and (found := _programmes(sentence, evidence, glossary)):
            return found
    return None


def _without_quotations(statement: str, evidence: Evidence) -> str:
    """The statement without the passages that it quotes to the letter; words put in quotation marks stay."""

    def leave_out(match: re.Match[str]) -> str:
        return "" if len(match[1]) >= PASSAGE and squeezed(match[1]) in evidence.squeezed else match.group()

    return _PASSAGE.sub(leave_out, statement)


def _to_the_letter(words: str, evidence: Evidence) -> bool:
    """Whether the words stand in the evidence from where a phrase begins to where it ends."""
    return re.search(rf"(?<![^\W_]){re.escape(words)}(?![^\W_])", evidence.squeezed) is not None


def _figures(sentence: str, evidence: Evidence) -> Fault | None:
    for figure in figures(sentence):
        known = [other for other in evidence.figures if same_value(figure, other)]
        if not known and not composed(figure, evidence.figures):
            return Fault(FaultKind.FIGURE, figure.text)
        if known and not any(limits_alike(figure, other) for other in known):
            return Fault(FaultKind.BOUND, figure.text)
    return None


def _places(sentence: str, evidence: Evidence) -> Fault | None:
    if pair := swapped(sentence, evidence.items, carries):
        return Fault(FaultKind.PAIRING, f"{pair[0].text}、{pair[1].text}")
    if misplaced := confused(sentence, evidence.units, carries):
        return Fault(FaultKind.PAIRING, misplaced.text)
    return None


def _names(sentence: str, evidence: Evidence) -> Fault | None:
    for title in _TITLE.findall(sentence):
        if squeezed(title) not in evidence.squeezed:
            return Fault(FaultKind.NAME, title)
    for said in _BASIS.findall(sentence):
        if not any(figure.key == other.key for figure in figures(said) for other in evidence.labels):
            return Fault(FaultKind.NAME, said)
    for place in _PLACE.findall(sentence):
        if place not in evidence.text and not (place == "上海" and "松江" in evidence.text):
            return Fault(FaultKind.NAME, place)
    return None


def _quotations(sentence: str, evidence: Evidence) -> Fault | None:
    for quotation in _QUOTE.findall(sentence):
        if squeezed(quotation) not in evidence.squeezed:
            return Fault(FaultKind.QUOTATION, quotation)
    return None


def _polarity(sentence: str, evidence: Evidence) -> Fault | None:
    if said := promise(sentence, evidence.text):
        return Fault(FaultKind.PROMISE, said)
    if said := contradicted(sentence, evidence.phrases) or opposite(sentence, evidence.text):
        return Fault(FaultKind.NEGATION, said)
    return None


def _related(sentence: str, evidence: Evidence) -> Fault | None:
    own = pairs(without_figures(sentence))
    share = RELATED if not figures(sentence) else RELATED_WITH_FIGURES
    if len(own & evidence.pairs) < share * len(own):
        return Fault(FaultKind.UNRELATED, sentence)
    return None


def _programmes(sentence: str, evidence: Evidence, glossary: Glossary) -> Fault | None:
    """Another programme than the documents are about: 科小 with a clause on 高企."""
    known = set(glossary.terms_in(evidence.text))
    for term in glossary.terms_in(sentence):
        homes = glossary.homes(term)
        if homes and term not in known and not set(homes) & set(evidence.policies):
            return Fault(FaultKind.NAME, term)
    return None


_Check = Callable[[str, Evidence], Fault | None]
_OF_OURS: tuple[_Check, ...] = (_figures, _quotations)
_OF_A_MODEL: tuple[_Check, ...] = (_figures, _places, _names, _quotations, _polarity, _related)
