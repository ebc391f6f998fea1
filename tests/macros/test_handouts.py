"""Report and relationship picture: asked for first, then what `warmap report` makes of the saved file, saved and shown."""

from __future__ import annotations

import re

import pytest
from macro_desk import blank, sample

from warmap_app.report.one_page import build_page
from warmap_app.report.picture import picture
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

ASKED = {
    "ask_report": ("report", "_2026-06-30_report.html"),
    "ask_picture": ("relationship_picture", "_2026-06-30_relationships.svg"),
}
MADE = {
    "report": lambda judgement, lang: build_page(judgement, lang, "map.xlsx"),
    "relationship_picture": lambda judgement, lang: picture(judgement, "org", lang),
}  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_the_question_names_file_and_day_and_yes_saves_just_that(desk, lang, asked):
    at = desk(sample(lang))
    words = at.press(asked)
    assert "2026-06-30" in words
    assert at.files() == [], "No must leave nothing behind"
    macro, ending = ASKED[asked]
    assert at.answer.after == macro
    said = at.press(macro)
    (name,) = at.files()
    assert name.endswith(ending)
    assert name in words
    assert str(at.folder / name) in said
    assert at.answer.after == ""
    assert at.shown == [at.folder / name]


@pytest.mark.parametrize("macro", MADE)
def test_it_is_what_the_command_makes_of_the_saved_file(desk, lang, macro):
    at = desk(sample(lang))
    at.press(macro)
    read = read_workbook(sample(lang))
    assert at.shown[0].read_text("utf-8") == MADE[macro](read.judgement, lang)


@pytest.mark.parametrize("macro", [*ASKED, *MADE])
def test_another_workbook_is_told_so_and_an_empty_map_has_its_page_too(desk, lang, macro, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    at = desk((tmp_path / "other.xlsx").read_bytes(), lang=lang)
    (tmp_path / "other.xlsx").unlink()
    assert {"zh": "作战地图", "en": "war map"}[lang] in at.press(macro)
    assert at.files() == []
    empty = desk(blank(lang))
    assert empty.press(macro)
    assert not empty.log.exists()


def test_nothing_is_overwritten_and_a_computer_without_a_program_for_it_still_saves(desk, lang):
    at = desk(sample(lang))

    def nothing_for_it(path):
        raise OSError(1155, "no application is associated")

    at.shown = type("Nobody", (), {"append": staticmethod(nothing_for_it)})()
    for number in ("", "_2"):
        assert f"_report{number}.html" in at.press("report")
    assert len(at.files()) == 2


@pytest.mark.parametrize("macro", MADE)
def test_what_was_typed_is_escaped_for_the_page(desk, macro):
    from warmap.reading import read_document

    document = {
        "deal": {"account": "<script>x</script>"},
        "contacts": [{"name": "<script>y</script>", "roles": ["economic_buyer"]}],
    }
    at = desk(build_workbook(read_document(document).map, "en"))
    at.press(macro)
    assert not re.search("<script", at.shown[0].read_text("utf-8"))
