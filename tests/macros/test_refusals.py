"""Whatever Excel, the disk or the user's own locks refuse is said in the user's language, with what to do; never a traceback."""

from __future__ import annotations

import pytest
from macro_desk import NOW, sample
from stand_in_range import com_error

from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.running import MACROS, UNDO
from warmap_addin.macros.session import NO_REASON, is_refusal, read_open_book, reason
from warmap_workbook.computed import BLOCK

PEOPLE = {"zh": "关键人", "en": "People"}
UNEXPECTED = {"zh": "意外", "en": "unexpected"}
NEED_A_MAP = sorted(MACROS.keys() - {"new_map", "show_log", "about"})


def press(at, name, lang):
    """The words of a press: there are some, in the language, and none of a program's."""
    words = at.press(name)
    assert UNEXPECTED[lang] not in words
    assert "Traceback" not in words
    assert "com_error" not in words
    return words


@pytest.mark.parametrize("name", NEED_A_MAP)
def test_without_an_open_workbook_a_button_asks_for_a_map(desk, lang, name):
    assert {"zh": "不是作战地图", "en": "not a war map"}[lang] in press(desk(lang=lang), name, lang)


@pytest.mark.parametrize("lang", ["zh"])
@pytest.mark.parametrize("name", sorted(MACROS))
def test_a_workbook_that_was_never_saved_is_worked_on_like_any_other(desk, lang, name):
    at = desk(sample(lang), name="")
    at.book.saved = lambda: b""
    at.book.go(PEOPLE[lang], "A6")
    press(at, name, lang)
    assert at.files() == [], "files go to the user's own folder"


@pytest.mark.parametrize("name", [*sorted(UNDO), "explain_cell"])
def test_of_a_read_only_workbook_it_is_said_that_a_change_must_be_saved_elsewhere(desk, lang, name):
    at = desk(sample(lang))
    at.book.saved, at.book.api.ReadOnly = lambda: b"", True
    at.book.go(PEOPLE[lang], "A6")
    words = press(at, name, lang)
    wrote = any(sheet.written for sheet in at.book.sheets)
    assert ({"zh": "只读", "en": "read-only"}[lang] in words) is wrote


@pytest.mark.parametrize("name", ["check_map", "switch_language"])
def test_a_workbook_whose_structure_is_protected_is_left_as_it_is_and_named(desk, lang, name):
    at = desk(sample(lang))
    at.book.api.ProtectStructure = True
    words = press(at, name, lang)
    assert {"zh": "结构受保护", "en": "structure is protected"}[lang] in words
    assert not any(sheet.written for sheet in at.book.sheets)


@pytest.mark.parametrize("name", ["rows_for_contact", "submit"])
def test_a_locked_table_of_the_users_own_is_named_with_excels_reason(desk, lang, name):
    at = desk(sample(lang))
    at.book.go(PEOPLE[lang], f"A{unrated(at, lang)}")

    def refuses(cell, value, formula):
        raise com_error("The cell is on a protected sheet.")

    for sheet in at.book.sheets:
        sheet.put = refuses
    words = press(at, name, lang)
    assert "The cell is on a protected sheet." in words
    assert {"zh": "受保护", "en": "protected"}[lang] in words


def unrated(at, lang):
    """The row of a person without a trust row."""
    opened = Opened(read_open_book(at.book), NOW.date())
    rated = {row.contact for row in opened.entries.map.trust}
    rows = opened.entries.places["contacts"].rows
    return next(row for row, c in zip(rows, opened.entries.map.contacts, strict=True) if c.name not in rated)


@pytest.mark.parametrize("name", ["settings", "weekly_update", "next_actions"])
def test_a_sheet_that_somebody_has_hidden_is_named(desk, lang, name):
    at = desk(sample(lang))
    for sheet in list(at.book.sheets)[1:]:
        if sheet.visible == -1:
            sheet.hide()
    words = press(at, name, lang)
    assert {"zh": "隐藏", "en": "hidden"}[lang] in words


def test_an_excel_that_answers_nothing_is_said_in_words_too(desk, lang, monkeypatch):
    at = desk(sample(lang), lang=lang)

    def busy(_):
        raise com_error("Call was rejected by callee.")

    monkeypatch.setattr("warmap_addin.macros.running.read_open_book", busy)
    words = press(at, "check_map", lang)
    assert "Call was rejected by callee." in words
    assert "Call was rejected" in at.log.read_text("utf-16")


@pytest.mark.parametrize("cell", ["A1", "A2", "A300", "Z90"])
@pytest.mark.parametrize("name", ["rows_for_contact", "plan_it", "explain_cell"])
def test_a_cell_that_the_button_has_nothing_to_say_about_is_told_so(desk, lang, name, cell):
    at = desk(sample(lang))
    at.book.go({"zh": "组织", "en": "Organisation"}[lang], cell)
    assert press(at, name, lang)
    assert not any(sheet.written for sheet in at.book.sheets)


def test_where_a_picture_is_selected_a_cell_is_asked_for(desk, lang):
    at = desk(sample(lang))
    at.book.selection = None
    assert {"zh": "请先选中", "en": "Select a cell"}[lang] in press(at, "explain_cell", lang)
    assert {"zh": "请先选中", "en": "Select a cell"}[lang] in press(at, "rows_for_contact", lang)


@pytest.mark.parametrize("name", sorted(MACROS))
def test_what_changes_the_workbook_says_how_to_go_back_and_what_does_not_leaves_excels_undo_alone(desk, lang, name):
    """Anything that a program writes empties Excel's list of steps to undo."""
    at = desk(sample(lang))
    at.book.saved = lambda: b""
    if name == "plan_it":
        at.book.go({"zh": "红旗", "en": "Red flags"}[lang], f"A{BLOCK['wm_red_flags'].row}")
    else:
        at.book.go(PEOPLE[lang], f"A{unrated(at, lang)}")
    words = press(at, name, lang)
    wrote = any(sheet.written for sheet in at.book.sheets)
    assert wrote is (name in UNDO)
    assert (name in UNDO) is any(UNDO[one].to(lang) in words for one in UNDO)
    assert ("Ctrl+Z" in words) is wrote


@pytest.mark.parametrize(
    ("fault", "refused", "why"),
    [
        (com_error("Locked."), True, "Locked."),
        (com_error(None), True, "Exception occurred."),
        (OSError(28, "No space left on device"), False, "No space left on device"),
        (ValueError("a\nb"), False, "a b"),
        (ValueError(), False, NO_REASON),
    ],
)
def test_the_reason_is_one_line_of_the_one_who_refused(fault, refused, why):
    assert is_refusal(fault) is refused
    assert reason(fault) == why
