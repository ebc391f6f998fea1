"""The week of docs/a-week.md: what each day enters, and what the plain module then says."""

import re
from copy import deepcopy
from pathlib import Path

import yaml

from warmap.judgement import judge
from warmap.model import TABLE
from warmap.reading import read_document
from warmap.text import tenths
from warmap_workbook.samples import load_sample

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = {"en": DOCS / "a-week.md", "zh": DOCS / "a-week.zh.md"}
START = "hospital_imaging"


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
