"""What is entered in the page is in the file as entered, what follows from it too, and nothing else in the file changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opened_pages import ROOT, TODAY, empty, opened, part_of, sample, with_part, workbook_part

from sampling import IS_WHOLE
from warmap import TEMPLATE_VERSION
from warmap.layout import COMPUTED_ON_NAME
from warmap_addin.web.page_workbook import FROM_1904, CannotOpen, PageWorkbook, newest
from warmap_app.own_functions import OwnFunctions
from warmap_workbook.calculating.calculation import Calculation
from warmap_workbook.editing.cell_edits import as_written, put_cells
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.editing.recalculated import recalculated, results_to_write
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_open_book

HOSTILE = (
    "=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "_x0041_", "_x005F_x0041_", "a\x00b\x07c\x1f", "\ud800 alone", "\ufffe",
    "two\r\nlines\rthree", "\u202eright to left\u202c", "שלום مرحبا", "<script>alert(1)</script>", "]]>&amp;<!--", " kept ",
    "\ttab", "'", '"', "x" * 40_000, "😀" * 200, "#N/A", "#REF!", "TRUE", "1e5", "0123", "2026-07-01", "、，；", "\u200b", "　",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.sampled_from(["支持", "反对", "经济决策者", "教练", "✓", "x", "Yes", "待定", "王明", "Zhang Wei"]),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0, 1, 5, -3, 1e308, 5e-324, 46000, 46237.5, 1 / 3]),
    st.booleans(),
    st.none(),
)
ENTRY_SHEETS = {
    "zh": ("商机", "关键人", "信任", "竞争", "行动"),
    "en": ("Deal", "People", "Trust", "Competition", "Actions"),
}


def values_of(book):
    """Every cell that holds something."""
    return {
        (sheet.name, row, column): value
        for sheet in book.sheets
        for row, cells in sheet.rows.items()
        for column, value in cells.items()
        if value not in (None, "")
    }


def stored_as(value):
    """A value as a file stores it: what is no number, and a text without a sign, is a blank."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return as_written(value) or None
    try:
        return float(value) if abs(float(value)) < float("inf") else None
    except OverflowError:
        return None


def found_in(content):
    return [
        (one.code, one.sheet, one.cell, one.message("en"))
        for one in read_open_book(read_book(content), today=TODAY).findings
    ]


def parts_of(content):
    edit = PackageEdit(content)
    return {name: edit.read(name) for name in edit.names()}


@settings(max_examples=60 if IS_WHOLE else 2)
@given(data=st.data(), lang=st.sampled_from(["zh", "en"]))
def test_any_edits_are_saved_and_nothing_else(data, lang):
    content = sample(lang)
    workbook = opened(content)
    places = st.tuples(st.sampled_from(ENTRY_SHEETS[lang]), st.integers(1, 40), st.integers(1, 26))
    entered = data.draw(st.dictionaries(places, VALUES, min_size=1, max_size=8))
    may = {
        at: workbook.is_open(workbook.book.sheet(at[0]), *at[1:]) and not workbook.calculation.area_of(at)
        for at in entered
    }
    shown = {at: workbook.shown_at(at) for at in entered}
    renewed = workbook.edit([(*at, value) for at, value in entered.items()])
    assert renewed.put_back == {at: shown[at] for at, is_open in may.items() if not is_open}

    saved = workbook.save()
    book = read_book(saved)
    stored = values_of(book)
    taken = {at: stored_as(value) for at, value in entered.items() if may[at]}
    assert {at: stored.get(at) for at in taken} == taken
    before = read_book(content)
    assert [sheet.formulas for sheet in book.sheets] == [sheet.formulas for sheet in before.sheets]
    assert {
        at
        for at, is_open in may.items()
        if not is_open and stored.get(at) != shown[at] and not workbook.calculation.area_of(at)
    } == set()

    anew = Calculation(book, OwnFunctions())
    anew.run()
    assert results_to_write(anew) == ({}, {})
    assert anew.left == {}

    edit = PackageEdit(content)
    put_cells(edit, taken)
    assert found_in(saved) == found_in(recalculated(edit.content(), OwnFunctions(), TODAY).content)

    old, new = parts_of(content), parts_of(saved)
    assert list(old) == list(new)
    touched = {at[0] for at, _ in values_of(before).items() ^ stored.items()} | {at[0] for at in taken}
    may_differ = {part_of(content, name) for name in touched}
    assert {name for name in old if old[name] != new[name]} <= may_differ

    again = opened(saved)
    assert {at: again.shown_at(at) for at in anew.results} == {at: workbook.shown_at(at) for at in anew.results}
    restored = opened(content, [(*at, value) for at, value in entered.items() if may[at]])
    restored.save()  # which says the day, as the first did
    assert restored.calculation.results == workbook.calculation.results


@settings(max_examples=40 if IS_WHOLE else 2)
@given(data=st.data(), lang=st.sampled_from(["zh", "en"]))
def test_what_is_typed_back_leaves_the_map_as_it_was(data, lang):
    content = sample(lang)
    workbook = opened(content)
    entries = sorted(
        at for at in values_of(workbook.book)
        if at[0] in ENTRY_SHEETS[lang] and workbook.is_open(workbook.book.sheet(at[0]), *at[1:]) and not workbook.calculation.area_of(at)
    )  # fmt: skip
    before, results = values_of(workbook.book), dict(workbook.calculation.results)
    chosen = data.draw(st.dictionaries(st.sampled_from(entries), VALUES, min_size=1, max_size=6))
    workbook.edit([(*at, value) for at, value in chosen.items()])
    workbook.edit([(*at, before[at]) for at in chosen])
    assert workbook.calculation.results == results
    one, other = read_open_book(read_book(content)), read_open_book(read_book(workbook.save()))
    assert other.map == one.map
    assert [(f.code, f.sheet, f.cell) for f in other.findings] == [(f.code, f.sheet, f.cell) for f in one.findings]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("make", [sample, empty])
def test_saving_without_an_edit_gives_the_very_file(make, lang):
    workbook = opened(make(lang))
    assert workbook.save() == make(lang)
    assert workbook.save() == make(lang)


def test_computed_cells_and_the_templates_words_are_put_back():
    workbook = opened(sample("en"))
    name, *computed = next(box for box in workbook.calculation.areas() if box[0] == "Home")
    head = next((row, column) for (name_, row, column) in values_of(workbook.book) if name_ == "People" and row == 5)
    at = (name, *computed[:2])
    was = {at: workbook.shown_at(at), ("People", *head): workbook.shown_at(("People", *head))}
    renewed = workbook.edit([(*at, "mine"), ("People", *head, "mine")])
    assert renewed.put_back == was
    assert renewed.results == {}
    assert workbook.save() == sample("en")


def test_a_sheet_that_is_not_there_is_passed_over():
    workbook = opened(sample("en"))
    assert workbook.edit([("Nowhere", 1, 1, "x")]).results == {}
    assert workbook.save() == sample("en")


def test_a_sheet_is_known_by_its_name_in_any_case():
    """Else what is locked under one spelling could be written under another."""
    workbook = opened(sample("en"))
    name, row, column, *_ = next(iter(workbook.calculation.areas()))
    assert list(workbook.edit([(name.upper(), row, column, "mine")]).put_back) == [(name, row, column)]
    workbook.restore([(name.upper(), row, column, "mine")])
    assert workbook.save() == sample("en")


def test_what_was_entered_on_an_earlier_visit_counts_as_if_it_were_typed_now():
    """Also below the last row that the file has."""
    entered = [("Competition", 33, 4, 1 / 3), ("People", 60, 4, "Zhang Wei"), ("Actions", 190, 1, "call the customer")]
    typed = opened(sample("en"))
    typed.edit(entered)
    assert opened(sample("en"), entered).calculation.results == typed.calculation.results


def test_a_day_typed_into_a_cell_of_days_is_a_day_to_the_reader():
    workbook = opened(empty("en"))
    place = read_open_book(workbook.book, entries_only=True).places["deal"]
    cell = place.cell(0, "as_of")
    row, column = int(re.sub(r"\D", "", cell)), ord(cell[0]) - 64
    workbook.edit([(place.sheet, row, column, 46237)])
    assert read_open_book(read_book(workbook.save())).map.deal.as_of.isoformat() == "2026-08-03"
    workbook.edit([(place.sheet, row, column, None)])
    assert read_open_book(read_book(workbook.save())).map.deal.as_of is None


def test_the_day_of_computing_is_kept_and_follows_only_from_an_edit():
    workbook = opened(sample("en"))
    workbook.edit([("Deal", 7, 2, "Another name")])
    sheet, box = read_book(workbook.save()).named_range(COMPUTED_ON_NAME)
    assert sheet.value(box.r1, box.c1) == TODAY.isoformat()


def test_a_book_that_counts_from_1904_is_brought_over_first():
    """The page's grid counts from 1900: every date would be shown, and entered, four years off."""
    content = sample("en")
    other = with_part(
        content, workbook_part(content), lambda part: part.replace(b"<workbookPr", b'<workbookPr date1904="1"')
    )
    with pytest.raises(CannotOpen) as told:
        opened(other)
    assert (told.value.words, told.value.is_older) == (FROM_1904, True)
    before, after = read_open_book(read_book(other)), read_open_book(opened(newest(other)).book)
    assert after.map.deal == before.map.deal


def test_two_sheets_of_one_part_are_refused_in_words():
    content = sample("en")
    rels = f"{Path(workbook_part(content)).parent}/_rels/{Path(workbook_part(content)).name}.rels"
    with pytest.raises(CannotOpen):
        opened(with_part(content, rels, lambda part: part.replace(b"sheet3.xml", b"sheet4.xml")))


CASES = sorted((ROOT / "tests" / "cases").rglob("*.xlsx"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_is_brought_over_or_refused_in_words(path):
    content = path.read_bytes()
    with pytest.raises(CannotOpen) as told:
        PageWorkbook(content, path.name, TODAY)
    assert told.value.words.zh
    assert told.value.words.en
    if told.value.is_older and (IS_WHOLE or CASES.index(path) % 8 == 0):
        workbook = opened(newest(content))
        assert workbook.save() == workbook.content


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"<html>", sample("en")[:-100], sample("en")[:3000]]
)
def test_what_is_no_workbook_is_refused_in_words(content):
    for deed in (opened, newest):
        with pytest.raises(CannotOpen) as told:
            deed(content)
        assert told.value.words.zh != told.value.words.en
        assert not told.value.is_older


def test_the_newest_template_is_what_opens():
    assert opened(empty("en")).book.named_range("wm_template_version")[0].value(
        *opened(empty("en")).book.named_range("wm_template_version")[1][1:3]
    ) in (TEMPLATE_VERSION, float(TEMPLATE_VERSION))  # fmt: skip


class TestWhetherTheFunctionsAreThere:
    """A file that another program will show says that they are not; the page says that they are."""

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_only_the_cells_that_tell_it_differ(self, lang):
        book = read_book(sample(lang))
        calculation = Calculation(book, OwnFunctions(), answers=True)
        calculation.run()
        yes = dict(calculation.results)
        changed = calculation.answer(answers=False)
        other = Calculation(book, OwnFunctions())
        other.run()
        assert calculation.results == other.results
        assert changed == {at: value for at, value in other.results.items() if yes[at] != value}
        sheet, box = book.named_range("wm_live")
        live = (sheet.name, box.r1, box.c1)
        assert live in changed
        assert all(at == live or isinstance(value, str) for at, value in changed.items())
        assert 1 < len(changed) < 6
        calculation.answer(answers=True)
        assert calculation.results == yes
