"""Submit: checks first, freezes the day of judging, stamps, saves a copy; the open workbook stays what it is."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from macro_desk import blank, sample

from warmap import history
from warmap.model import Deal
from warmap.rules import all_rules
from warmap_addin.excel.added_parts import parts_of
from warmap_addin.excel.build import with_macros
from warmap_addin.macros.exporting import file_name, safe
from warmap_workbook.computed import BLOCK
from warmap_workbook.editing.file_edits import without_macros
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook

DEAL = {"zh": "商机", "en": "Deal"}


def as_of_cell(lang):
    return read_workbook(sample(lang)).places["deal"].cell(0, "as_of")


def only_named(at):
    """A desk whose copies are empty files: quicker where nobody reads them."""
    at.book.saved = lambda: b""
    return at


def copy_of(at):
    """The one copy that was saved, read back."""
    (name,) = at.files()
    return name, read_workbook(at.folder / name)


def book_of(at):
    """The raw book of the same."""
    (name,) = at.files()
    return read_book(at.folder / name)


def test_an_empty_map_is_refused_with_the_list_and_nothing_is_saved(desk, lang):
    at = desk(blank(lang))
    words = at.press("submit")
    assert {"zh": "还不能提交", "en": "cannot be submitted"}[lang] in words
    assert words.count("DV201") == 7, "a blank day of judging bars nobody: submitting freezes it"
    assert at.files() == []
    assert {"zh": "检查结果", "en": "Check result"}[lang] in [sheet.name for sheet in at.book.sheets]


def test_a_clean_map_is_saved_under_account_opportunity_and_day(desk, lang):
    at = only_named(desk(sample(lang)))
    words = at.press("submit")
    (name,) = at.files()
    deal = read_workbook(sample(lang)).map.deal
    assert name == f"{safe(deal.account)}_{safe(deal.opportunity)}_2026-06-30.xlsx"
    assert name in words
    assert at.book.name == "map.xlsx"
    assert at.app.calculated == 1


def test_the_copy_holds_the_same_entries_and_a_snapshot_of_them(desk, lang):
    at = desk(sample(lang))
    before = read_workbook(sample(lang)).map
    at.press("submit")
    _, copy = copy_of(at)
    assert history.content(copy.map) == history.content(before)
    (snapshot,) = copy.map.snapshots
    assert snapshot.taken_on == date(2026, 6, 30)
    assert snapshot.author == before.deal.owner
    assert history.holds_the_same(snapshot, history.fingerprint(before))
    assert not [f for f in copy.findings if f.code in {"DV203", "DV303"}]


@pytest.mark.parametrize("lang", ["en"])
def test_the_day_it_was_computed_on_is_stamped_and_the_last_values_are_true(desk, lang):
    at = desk(sample(lang))
    at.book.sheets["_last"].range("A2").value = 0.123
    at.press("submit")
    assert at.book.cell("_marks", "B4") == "2026-07-03"
    block = BLOCK["wm_score_role_coverage"]
    pristine = read_book(sample(lang)).sheet("_last")
    assert book_of(at).sheet("_last").value(block.last_row, 1) == pristine.value(block.last_row, 1)


def test_the_rule_that_somebody_looks_up_keeps_its_own_words_among_the_last_values(desk):
    at = desk(sample("en"))
    at.book.sheets["Red flags"].range("D3").value = "RF907"
    at.press("submit")
    told = book_of(at).sheet("_last").value(BLOCK["wm_rule"].last_row, 1)
    assert told.startswith(all_rules()["RF907"].title.en)


@pytest.mark.parametrize("lang", ["en"])
def test_a_blank_day_of_judging_becomes_today(desk, lang):
    at = desk(sample(lang))
    at.book.sheets[DEAL[lang]].range(as_of_cell(lang)).value = None
    at.press("submit")
    name, copy = copy_of(at)
    assert name.endswith("_2026-07-03.xlsx")
    assert copy.map.deal.as_of == date(2026, 7, 3)
    assert copy.map.snapshots[0].taken_on == date(2026, 7, 3)


@pytest.mark.parametrize("lang", ["en"])
def test_a_formula_for_the_day_is_frozen_in_the_copy_and_stands_again_in_the_open_workbook(desk, lang):
    at = desk(sample(lang))
    sheet, cell = at.book.sheets[DEAL[lang]], as_of_cell(lang)
    sheet.range(cell).formula = "=TODAY()"
    row, column = sheet.range(cell).row, sheet.range(cell).column
    sheet.cells_[row, column] = datetime(2026, 7, 3)  # noqa: DTZ001  as Excel computes it
    at.press("submit")
    _, copy = copy_of(at)
    assert copy.map.deal.as_of == date(2026, 7, 3)
    assert (row, column) not in book_of(at).sheet(DEAL[lang]).formulas
    assert sheet.range(cell).formula == "=TODAY()"


def test_submitted_twice_on_one_day_there_are_two_files_and_one_snapshot(desk):
    at = only_named(desk(sample("en")))
    at.press("submit")
    at.press("submit")
    first, second = sorted(at.files(), key=len)
    assert second == first.replace(".xlsx", "_2.xlsx")
    history_sheet = at.book.sheets["_history"]
    assert history_sheet.range("A2").value == "2026-06-30"
    assert history_sheet.range("D2").value == "1/1"
    assert history_sheet.range("A3").value is None


def test_a_workbook_in_the_cloud_is_saved_into_the_users_own_folder(desk):
    at = only_named(desk(sample("en")))
    at.book._path = "https://example.sharepoint.com/sites/x/map.xlsx"
    at.press("submit")
    assert len(list((at.folder / "home").iterdir())) == 1


def test_a_folder_that_takes_no_file_is_said_in_words(desk, lang, monkeypatch):
    at = desk(sample(lang))

    def refuse(Filename):  # noqa: N803
        raise OSError("disk full")

    monkeypatch.setattr(at.book.api, "SaveCopyAs", refuse)
    words = at.press("submit")
    assert {"zh": "写不进", "en": "No file can be written"}[lang] in words
    assert "disk full" in words


@pytest.mark.parametrize("day", ["=TODAY()", None, datetime(2026, 6, 30)], ids=["formula", "blank", "entered"])  # noqa: DTZ001
def test_where_nothing_could_be_saved_the_workbook_is_as_it_was(desk, monkeypatch, day):
    at = desk(sample("en"))
    sheet, cell = at.book.sheets[DEAL["en"]], as_of_cell("en")
    setattr(sheet.range(cell), "formula" if isinstance(day, str) else "value", day)
    if isinstance(day, str):
        sheet.cells_[sheet.range(cell).row, sheet.range(cell).column] = datetime(2026, 7, 3)  # noqa: DTZ001
    before = {
        one.name: (dict(one.formulas_), {c: v for c, v in one.cells_.items() if v is not None})
        for one in at.book.sheets
    }
    monkeypatch.setattr(at.book.api, "SaveCopyAs", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    at.press("submit")
    for one in at.book.sheets:
        formulas, values = before[one.name]
        assert one.formulas_ == formulas
        if one.name not in {"_last", "_marks"}:  # these hold what is true today, saved or not
            assert {c: v for c, v in one.cells_.items() if v is not None and c not in formulas} == {
                c: v for c, v in values.items() if c not in formulas
            }
    assert at.files() == []


@pytest.mark.parametrize(
    ("account", "opportunity", "name"),
    [
        ("华信 通信", "核心网/二期", "华信_通信_核心网_二期_2026-06-30"),
        ('a<b>:"c|d?*', "..\\..\\etc", "a_b_c_d_etc_2026-06-30"),
        (None, None, "war_map_2026-06-30"),
        ("=cmd|' /C calc'!A0", "x", "cmd_C_calc_A0_x_2026-06-30"),
        ("\u202egpj.exe", "tab\there", "gpj.exe_tab_here_2026-06-30"),
        ("x" * 200, "y", "x" * 60 + "_y_2026-06-30"),
    ],
)
def test_a_file_name_has_only_characters_that_every_disk_takes(account, opportunity, name):
    assert file_name(Deal(account=account, opportunity=opportunity), date(2026, 6, 30)) == name


def test_of_a_macro_workbook_a_plain_one_is_handed_in(desk, lang):
    at = desk(sample(lang), name="map.xlsm")
    at.book.saved = lambda: with_macros(sample(lang), lang)
    words = at.press("submit")
    name, copy = copy_of(at)
    assert name.endswith("_2026-06-30.xlsx")
    assert name in words
    assert not book_of(at).has_macros
    assert book_of(at).media_type.endswith("sheet.main+xml")
    assert copy.map == read_workbook(sample(lang)).map
    assert not [f for f in copy.findings if f.code.startswith("DV5")]
    assert openpyxl.load_workbook(at.folder / name).sheetnames[0] == {"zh": "首页", "en": "Home"}[lang]


def test_what_is_no_macro_workbook_is_not_made_one(desk):
    with pytest.raises(ValueError, match="no macro workbook"):
        without_macros(sample("en"))


def test_nothing_of_the_vba_is_left_in_the_plain_copy():
    parts = parts_of(without_macros(with_macros(sample("en"), "en")))
    assert not [name for name in parts if "vba" in name.lower()]
    assert not [name for name, part in parts.items() if b"vbaProject" in part]


def test_before_it_submits_it_asks_with_file_name_and_day(desk, lang):
    at = desk(sample(lang))
    words = at.press("ask_submit")
    assert at.answer.after == "submit"
    assert at.files() == []
    at.press("submit")
    name, saved = copy_of(at)
    assert name in words
    assert saved.map.deal.as_of.isoformat() in words


def test_what_cannot_be_submitted_is_not_asked_about(desk, lang):
    at = desk(blank(lang))
    assert {"zh": "还不能提交", "en": "cannot be submitted"}[lang] in at.press("ask_submit")
    assert at.answer.after == ""
    assert at.files() == []
