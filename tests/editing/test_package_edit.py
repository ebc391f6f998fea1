"""A workbook's file with a few parts changed: all the others keep their bytes, their order and their day."""

import io
import zipfile

import pytest

from warmap.layout import TABS
from warmap_workbook.editing.package_edit import PackageEdit, plain_sheet
from warmap_workbook.ooxml import Reason, Unreadable, read_book
from warmap_workbook.writing.build import build_workbook

BOOK = build_workbook(None, "en")
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


def entries(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {info.filename: (file.read(info), info.date_time) for info in file.infolist()}


def test_an_edit_without_changes_gives_the_same_parts_in_the_same_order():
    before, after = entries(BOOK), entries(PackageEdit(BOOK).content())
    assert after == before
    assert list(after) == list(before)


def test_a_changed_part_stays_in_its_place_whatever_the_case_of_its_name():
    edit = PackageEdit(BOOK)
    edit.put("XL/Worksheets/SHEET1.xml", b"<new/>")
    after = entries(edit.content())
    assert list(after) == list(entries(BOOK))
    assert [name for name in after if after[name] != entries(BOOK)[name]] == ["xl/worksheets/sheet1.xml"]


def test_an_added_part_gets_a_free_number_and_its_content_type():
    edit = PackageEdit(BOOK)
    part = edit.add("xl/worksheets/sheet", "xml", "text/mine", plain_sheet([["a", "", "b & c\x00"]]))
    assert part == f"xl/worksheets/sheet{len(TABS) + 1}.xml"
    assert part in edit
    assert edit.names()[-1] == part
    assert f'<Override PartName="/{part}" ContentType="text/mine"/></Types>'.encode() in edit.read(TYPES)
    assert b'<t xml:space="preserve">b &amp; c</t>' in edit.read(part)


def test_a_sheet_has_the_name_that_the_reader_gives_it():
    """A name may hold escapes, as texts do (ECMA-376, ST_Xstring)."""
    edit = PackageEdit(BOOK)
    edit.put("xl/workbook.xml", edit.read("xl/workbook.xml").replace(b'name="Review"', b'name="Re_x0076_iew"'))
    content = edit.content()
    assert [one.name for one in PackageEdit(content).worksheets()] == [one.name for one in read_book(content).sheets]


def test_relations_get_ids_of_their_own():
    edit = PackageEdit(BOOK)
    assert [edit.relate("xl/workbook.xml", "worksheet", "xl/a.xml") for _ in range(2)] == ["warmap1", "warmap2"]
    assert edit.relate("xl/styles.xml", "image", "xl/b.png") == "warmap1"
    assert b'Target="/xl/b.png"' in edit.read("xl/_rels/styles.xml.rels")


def test_a_part_left_out_goes_with_its_content_type_and_its_relation_can_be_cut():
    edit = PackageEdit(BOOK)
    edit.leave_out(["xl/sharedStrings.xml"])
    edit.cut(RELATIONS, "Relationship", lambda one: "sharedStrings" in one.attribute("Target"))
    after = entries(edit.content())
    assert set(entries(BOOK)) - set(after) == {"xl/sharedStrings.xml"}
    assert b"sharedStrings" not in after[TYPES][0] + after[RELATIONS][0]


def test_the_worksheets_are_told_with_their_parts_and_whether_they_are_in_sight():
    sheets = PackageEdit(BOOK).worksheets()
    assert [sheet.name for sheet in sheets] == [sheet.name for sheet in read_book(BOOK).sheets]
    assert [sheet.name for sheet in sheets if not sheet.is_visible] == [
        "_lists",
        "_status",
        "_last",
        "_history",
        "_marks",
    ]
    assert sheets[0].part == "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(("data", "reason"), [(b"no zip", None), (b"x" * (21 * 1024 * 1024), Reason.too_large)])
def test_what_the_reader_refuses_is_refused(data, reason):
    with pytest.raises(Unreadable) as refused:
        PackageEdit(data)
    assert reason in (None, refused.value.reason)
