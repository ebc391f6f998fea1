"""docs/a-week.md: the week of the worked example, entered step by step; the page shows what the program computes."""

from __future__ import annotations

import itertools
import re

import pytest

from warmap.judgement import judge
from warmap.reading import read_document
from warmap.scrutiny import marked_changes
from warmap.text import LANGUAGES, tenths
from warmap_workbook.samples import load_sample
from week_of_the_docs import PAGE, START, days_of, figures, steps_of

PRESIDENT = {"en": "Yin Dechang", "zh": "尹德昌"}


def removal(lang):
    """Health of the first day, without the president, and the line that says so."""
    data = load_sample(START, lang)
    people = [row for row in data["contacts"] if row["name"] != PRESIDENT[lang]]
    old, new = (judge(read_document(one).map) for one in (data, {**data, "contacts": people}))
    first = marked_changes(old.map, new)[0]
    return tenths(old.health.score), tenths(new.health.score), f"{first.change.say(lang)} {first.note(lang)}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_shows_what_is_computed(lang):
    rows = re.findall(r"^\| .* \| ([\d.]+) \| ([\d.]+) \| (.*) \|$", PAGE[lang].read_text("utf-8"), re.MULTILINE)
    assert rows == figures(lang, steps_of(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_six_steps_raises_health(lang):
    health = [day.health.score for day in days_of(lang, steps_of(lang))]
    assert len(health) == 7
    assert all(before < after for before, after in itertools.pairwise(health))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_step_gains_by_deleting_or_lacks_its_evidence(lang):
    days = days_of(lang, steps_of(lang))
    for before, after in itertools.pairwise(days):
        assert [one.note(lang) for one in marked_changes(before.map, after) if one.note(lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_deleting_does(lang):
    page = PAGE[lang].read_text("utf-8")
    start, without, note = removal(lang)
    assert float(start) < float(without)
    assert f"> {note}\n" in page
    assert start in page.rpartition("\n## ")[2]
    assert without in page.rpartition("\n## ")[2]


def test_both_pages_tell_the_same_week():
    assert figures("en", steps_of("en")) == figures("zh", steps_of("zh"))
    assert [[*step] for step in steps_of("en")] == [[*step] for step in steps_of("zh")]
