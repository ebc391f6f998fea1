"""The week of docs/a-week.md, entered in the page day by day: health is what the docs say, and the saved file holds it."""

import re
from itertools import pairwise

import pytest
from page_in_chromium import as_cells, entries_of, parts_of

from sampling import IS_WHOLE
from warmap.reading import read_document
from warmap.text import LANGUAGES, tenths
from warmap_app.load import load_bytes
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook
from week_of_the_docs import START, entered, figures, steps_of


def workbooks(lang):
    """The workbook of each day, the first before any step."""
    data = load_sample(START, lang)
    days = [data, *(data := entered(data, step) for step in steps_of(lang))]
    return [build_workbook(read_document(day).map, lang) for day in days]


def typed(before, after):
    """What a rep types to get from one workbook to the next: the cells that no formula fills."""
    return [[*at, value] for at, value in entries_of(as_cells(after), before).items() if at[0][0] != "_"]


@pytest.mark.parametrize("lang", LANGUAGES if IS_WHOLE else ["zh"])
def test_health_rises_as_the_docs_say(web_page, lang):
    days = workbooks(lang)
    web_page.open(f"week.{lang}", days[0])
    seen = []
    for before, after in pairwise(days):
        entries = typed(before, after)
        assert entries
        web_page.fill(entries)
        seen.append(re.search(r"(?:health|健康度) ([\d.]+)", web_page.state())[1])
    assert seen == [health for health, *_ in figures(lang, steps_of(lang))][1:]
    _, content = web_page.save()
    assert content != days[0]
    assert tenths(load_bytes("week.xlsx", content).judgement.health.score) == seen[-1]
    assert parts_of(content).keys() == parts_of(days[0]).keys()
