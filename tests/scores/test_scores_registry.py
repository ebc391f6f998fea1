"""Properties of every score in the registry."""

from __future__ import annotations

import re
import string
import sys
from pathlib import Path

import pytest

from warmap import scores
from warmap.evaluation import scores as told
from warmap.judgement import judge
from warmap.model import WarMap
from warmap.reading import read_document
from warmap.scores import Kind, all_scores
from warmap.terms import Term
from warmap.text import LANGUAGES, Text
from warmap_workbook.samples import load_sample, sample_names

FOLDER = Path(scores.__file__).parent
every_score = pytest.mark.parametrize("score", [pytest.param(score, id=code) for code, score in all_scores().items()])

# The scores of the evaluated map, in the order of the specification, section 6, with the base beside health (section 3).
# Workbooks in use count the rows of SCORES: a new one stands last.
DOCUMENTED = (
    "role_coverage", "trust", "trust_assessed_share", "win", "stage", "stage_reached", "needs", "competition",
    "position", "fit", "tier", "customer_class", "negotiation", "zopa", "quadrant", "health",
    "health_assessed_share", "weakest_link", "band", "plan_quality", "health_base",
)  # fmt: skip


def module_of(score):
    return sys.modules[score.why.__module__]


def texts(score):
    return {name: getattr(score, name) for name in ("name", "help", "formula")}


def test_the_scores_are_those_of_the_specification_in_its_order():
    assert tuple(all_scores()) == DOCUMENTED
    assert tuple(told(judge(WarMap()))) == DOCUMENTED


def test_no_place_is_taken_twice():
    assert len({score.place for score in all_scores().values()}) == len(all_scores())


@every_score
def test_its_file_is_named_after_its_code(score):
    assert module_of(score).__name__ == f"warmap.scores.{score.code}"
    assert module_of(score).SCORE is score
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", score.code)


@every_score
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_there_in_both_languages(score, lang):
    for name, text in texts(score).items():
        words = text.to(lang)
        assert words.strip() == words != "", name
        assert bool(re.search(r"[\u4e00-\u9fff]", words)) is (lang == "zh"), name


@every_score
def test_a_formula_ends_as_a_sentence_and_a_help_does_not(score):
    assert score.formula.zh.endswith("。")
    assert score.formula.en.endswith(".")
    assert not score.help.zh.endswith("。")
    assert not score.help.en.endswith(".")


@every_score
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_share_is_shown_as_a_percentage_with_a_scale_to_match(score, lang):
    is_share = score.kind is Kind.SHARE
    assert score.scale.to(lang).startswith("0–100%") is is_share
    assert score.shown(0.5, lang).endswith("%") is is_share


@every_score
def test_the_words_of_why_have_the_same_placeholders_in_both_languages(score):
    said = [text for text in vars(module_of(score)).values() if type(text) is Text]
    assert said
    for text in said:
        zh, en = ({name for _, name, _, _ in string.Formatter().parse(words) if name} for words in text)
        assert zh == en


@every_score
@pytest.mark.parametrize("name", sample_names())
def test_the_value_is_of_the_kind_declared(score, name):
    value = score.compute(judge(read_document(load_sample(name, "en")).map))
    if value is None:
        return
    assert isinstance(value, Term) is (score.kind is Kind.WORD)
    assert score.kind is not Kind.SHARE or 0 <= value <= 1
    assert score.kind is not Kind.COUNT or isinstance(value, int)
    assert score.terms is None or isinstance(value, score.terms)
