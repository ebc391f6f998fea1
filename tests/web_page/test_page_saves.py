"""The file that is saved: the opened one with what was entered and what follows from it, and not a byte else."""

import pytest
from page_in_chromium import native, parts_of, sample

from warmap.evaluation import scores
from warmap_app.load import load

ENTRIES = [("People", "P7", "Strong support"), ("Deal", "B8", "9000000"), ("Deal", "B17", "won <b>twice</b> & “more”")]
MAY_DIFFER = {"People", "Deal", "_last", "_marks"}


@pytest.fixture(scope="module")
def edited(shared_page):
    """The page with a sample in which something was entered."""
    page = shared_page.open("manufacturer_mes.en")
    for sheet, cell, text in ENTRIES:
        page.type(text, sheet, cell)
    return page


@pytest.fixture(scope="module")
def saved(edited, tmp_path_factory):
    """The file it hands over."""
    name, content = edited.save()
    path = tmp_path_factory.mktemp("saved") / name
    path.write_bytes(content)
    return path


def told(reading):
    return {(one.code, one.sheet, one.cell) for one in reading.findings}


def test_it_bears_the_name_of_the_opened_one(edited, saved):
    assert saved.name == edited.file


def test_it_holds_what_was_entered(saved):
    deal = load(saved).map.deal
    assert (deal.amount, deal.our_win) == (9_000_000, ENTRIES[2][2])


def test_a_check_finds_nothing_that_was_not_there(edited, saved, tmp_path):
    path = tmp_path / saved.name
    path.write_bytes(edited.content)
    assert told(load(saved)) <= told(load(path))


def test_its_scores_are_those_of_the_page(edited, saved):
    assert edited.ask("evaluate") == scores(load(saved).judgement)


def test_it_is_what_the_plain_module_saves(edited, saved):
    entries = [("People", 7, 16, "Strong support"), ("Deal", 8, 2, 9_000_000), ("Deal", 17, 2, ENTRIES[2][2])]
    assert parts_of(saved.read_bytes()) == parts_of(native(edited.content, entries).save())


def test_parts_of_sheets_that_show_nothing_new_are_the_same_bytes(edited, saved):
    old, new = parts_of(edited.content), parts_of(saved.read_bytes())
    assert old.keys() == new.keys()
    touched = {name for name in old if old[name] != new[name]}
    assert "xl/worksheets/sheet4.xml" in touched, "People"
    assert all(name.startswith("xl/worksheets/sheet") for name in touched), touched


def test_without_an_entry_it_is_the_opened_file(edited):
    edited.open("hospital_imaging.zh")
    _, content = edited.save()
    assert content == sample("hospital_imaging.zh")
