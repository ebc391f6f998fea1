"""docs/a-week.md: the week of the worked example, entered step by step; the page shows what the program computes."""

from __future__ import annotations

import itertools
import re
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from warmap.judgement import judge
from warmap.model import TABLE
from warmap.reading import read_document
from warmap.scrutiny import marked_changes
from warmap.text import LANGUAGES, tenths
from warmap_workbook.samples import load_sample

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = {"en": DOCS / "a-week.md", "zh": DOCS / "a-week.zh.md"}
START = "hospital_imaging"
PRESIDENT = {"en": "Yin Dechang", "zh": "尹德昌"}


def entered(data, step):
    """The map with what a step enters: fields of a record, and rows by the key of their table."""
    data = deepcopy(data)
    for code, content in step.items():
        if isinstance(content, dict):
            data.setdefault(code, {}).update(content)
            continue
        held = data.setdefault(code, [])
        for row in content:
            same = [one for one in held if all(one.get(name) == row.get(name) for name in TABLE[code].about.key)]
            if same:
                same[0].update(row)
            else:
                held.append(row)
    return data


def steps_of(lang):
    """The blocks of the page, one a day."""
    return [
        yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE[lang].read_text("utf-8"), re.DOTALL)
    ]


def days_of(lang, steps):
    """The map of each day, judged, the first before any step."""
    data = load_sample(START, lang)
    maps = [data, *(data := entered(data, step) for step in steps)]
    return [judge(read_document(one).map) for one in maps]


def figures(lang, steps):
    """The columns of the table behind the day: health, base, open flags."""
    return [
        (tenths(day.health.score), tenths(day.health.base), " ".join(flag.code for flag in day.open_flags))
        for day in days_of(lang, steps)
    ]


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
