"""New map, settings, log, about; every button has its macro; a user's mistake is words, ours goes into the log."""

from __future__ import annotations

import inspect
from pkgutil import iter_modules

import pytest
from macro_desk import NOW, sample

import warmap_addin.macros
from warmap import VERSION
from warmap_addin.excel.ribbon import BUTTONS
from warmap_addin.macros import excel_edits, running, session
from warmap_addin.macros.edits import Edit, Formula, Say, Write
from warmap_udfs.excel_calls import MARK
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook

NOT_ON_THE_RIBBON = {"submit", "report", "relationship_picture", "undo"}  # after a question; by Excel's own Undo


def read_log(path):
    return path.read_bytes().removeprefix(b"\xff\xfe").decode("utf-16-le")


def test_a_new_map_is_saved_under_a_free_name_and_opened(desk, lang):
    at = desk(sample(lang))
    words = at.press("new_map")
    at.press("new_map")
    assert at.files() == ["war_map_2026-07-03.xlsm", "war_map_2026-07-03_2.xlsm"]
    assert at.app.books.opened == [str(at.folder / name) for name in at.files()]
    made = read_workbook(at.folder / "war_map_2026-07-03.xlsm")
    assert made.lang == lang
    assert read_book(at.folder / "war_map_2026-07-03.xlsm").has_macros
    assert "war_map_2026-07-03.xlsm" in words


@pytest.mark.parametrize("name", ["new_map", "about", "show_log"])
def test_some_buttons_work_without_a_workbook(desk, lang, name):
    at = desk(lang=lang)
    words = at.press(name)
    assert {"zh": "意外", "en": "unexpected"}[lang] not in words
    if name == "new_map":
        assert read_workbook(at.folder / "home" / "war_map_2026-07-03.xlsm").lang == lang


def test_settings_goes_to_the_first_value(desk, lang):
    at = desk(sample(lang))
    assert at.press("settings") == ""
    assert at.book.at == ({"zh": "设置", "en": "Settings"}[lang], 6, 2)


def test_about_names_every_version(desk, lang):
    at = desk(sample(lang))
    words = at.press("about")
    assert VERSION in words
    assert "xlwings" in words
    assert "16.0" in words
    assert str(at.log) in words


def test_the_log_is_opened_with_the_program_for_it(desk, lang):
    at = desk(sample(lang))
    session.note(at.log, NOW, "something")
    assert str(at.log) in at.press("show_log")
    assert at.shown == [at.log]


def test_where_nothing_ever_went_wrong_there_is_no_log_to_open(desk, lang):
    at = desk(sample(lang))
    assert {"zh": "还没有日志", "en": "no log yet"}[lang] in at.press("show_log")
    assert at.shown == []


def test_every_button_of_the_ribbon_has_its_macro_and_the_other_way_round():
    named = {button.macro for button in BUTTONS if button.macro}
    assert named | NOT_ON_THE_RIBBON == running.MACROS.keys()
    for name, plain in running.MACROS.items():
        assert not inspect.signature(getattr(warmap_addin.macros, name)).parameters
        assert plain.__doc__


def test_each_macro_is_called_by_its_name_and_answers_as_vba_reads_it(monkeypatch):
    """By `getattr`, as xlwings' server does for VBA."""
    monkeypatch.setattr(warmap_addin.macros, "this_session", lambda: "the session")
    monkeypatch.setattr(warmap_addin.macros, "run", lambda name, session: running.Answer(f"{name}, {session}", "undo"))
    for name in running.MACROS:
        assert getattr(warmap_addin.macros, name)() == f"undo{MARK}{name}, the session"


def test_no_module_bears_the_name_of_a_macro():
    """Imported, it would stand where VBA looks for the macro."""
    modules = {module.name for module in iter_modules(warmap_addin.macros.__path__)}
    assert modules
    assert modules.isdisjoint(running.MACROS)


def test_words_are_in_the_workbooks_language_and_given_to_excel_to_show(desk, lang):
    """A message box of Python's own would make Excel complain that it waits for another program."""
    at = desk(sample(lang), lang="zh" if lang == "en" else "en")
    assert {"zh": "作战地图", "en": "war map"}[lang] in at.press("about")
    assert at.answer.after == ""


def test_what_changed_says_it_and_goes_there(desk, lang):
    at = desk(sample(lang))
    assert at.press("what_changed")
    assert at.book.at[0] == {"zh": "历史", "en": "Deal history"}[lang]


def test_what_nobody_expected_is_a_short_message_and_the_rest_in_the_log(desk, lang, monkeypatch):
    def fails(opened):
        raise RuntimeError("boom 炸")

    monkeypatch.setattr(running, "MACROS", {**running.MACROS, "about": fails})
    at = desk(sample(lang))
    words = at.press("about")
    assert "RuntimeError: boom 炸" in words
    assert str(at.log) in words
    assert "Traceback" not in words
    kept = read_log(at.log)
    assert "2026-07-03 09:30:00 about" in kept
    assert "Traceback" in kept
    assert at.log.read_bytes().startswith(b"\xff\xfe")


def test_a_log_that_cannot_be_written_stops_nobody(desk, monkeypatch):
    monkeypatch.setattr(running, "MACROS", {"about": lambda opened: 1 / 0})
    at = desk(sample("en"))
    at.log = at.folder / "map.xlsx" / "no" / "folder.log"
    (at.folder / "map.xlsx").write_bytes(b"")
    assert "ZeroDivisionError" in at.press("about")


def test_a_log_that_has_grown_large_begins_anew(tmp_path):
    from datetime import datetime

    path, now = tmp_path / "warmap.log", datetime(2026, 7, 3)  # noqa: DTZ001
    session.note(path, now, "first")
    session.note(path, now, "second")
    assert read_log(path).splitlines() == ["2026-07-03 00:00:00 first", "2026-07-03 00:00:00 second"]
    path.write_bytes(b"\xff\xfe" + b"x" * session.LARGEST_LOG)
    session.note(path, now, "third")
    assert read_log(path).splitlines() == ["2026-07-03 00:00:00 third"]


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("王芳", "王芳"), ("Bob Gray", "Bob Gray"), ("1/1", "'1/1"), ("2026-06-30", "'2026-06-30"), ("=1+1", "'=1+1"),
        ("+1", "'+1"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("TRUE", "'TRUE"), ("'quoted", "''quoted"),
        ("5%", "'5%"), ("三月5日", "'三月5日"), (1.5, 1.5), (None, None), (True, True), ("", ""),
    ],
)  # fmt: skip
def test_a_text_is_written_so_that_excel_takes_it_for_a_text(value, typed):
    assert excel_edits.as_typed(value) == typed


def test_every_kind_of_edit_can_be_carried_out(desk):
    at = desk(sample("en"))
    shell = excel_edits.Shell(at)
    assert shell._ways.keys() == set(Edit.__args__)
    assert {Write, Formula, Say} <= shell._ways.keys()


@pytest.mark.parametrize("name", ["check_map", "submit", "switch_language"])
def test_while_a_macro_writes_excel_does_not_recalculate_and_afterwards_it_does(desk, name):
    at = desk(sample("en"))
    at.book.saved = lambda: b""
    at.press(name)
    assert at.book.slow_writes == 0
    assert any(sheet.written for sheet in at.book.sheets)
    assert (at.app.calculation, at.app.screen_updating) == ("automatic", True)
