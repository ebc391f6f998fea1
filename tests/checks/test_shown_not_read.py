"""DV504: a picture in place of a word, and entries that are struck through, at their cells; a logo beside the tables is none."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

from tools.patched_books import Patched, built, input_cell, told
from warmap.layout import TAB
from warmap.text import LANGUAGES
from warmap_workbook.reading.read import read_workbook

every_language = pytest.mark.parametrize("lang", LANGUAGES)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def struck(lang, tab, cells, *, strike=True):
    book = openpyxl.load_workbook(io.BytesIO(built(lang)))
    for cell in cells:
        book[TAB[tab].name.to(lang)][cell].font = Font(strike=strike, bold=True)
    out = io.BytesIO()
    book.save(out)
    return read_workbook(out.getvalue())


def with_picture(book, tab, start, end):
    """A picture over the cells from one (row, column from 0) to another."""
    part = book.part(tab)
    place = "".join(
        f"<xdr:{name}><xdr:col>{c}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{r}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, (r, c) in (("from", start), ("to", end))
    )
    book.parts["xl/media/image1.png"] = "png"
    book.parts["xl/drawings/drawing77.xml"] = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main"><xdr:twoCellAnchor>{place}'
        f'<xdr:pic><xdr:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="rId1"/></xdr:blipFill></xdr:pic></xdr:twoCellAnchor></xdr:wsDr>'
    )
    book.parts["xl/drawings/_rels/drawing77.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/image" Target="../media/image1.png"/></Relationships>'
    )
    name = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
    old = book.parts.get(name, f'<Relationships xmlns="{PACKAGE}"></Relationships>')
    new = f'<Relationship Id="rId77" Type="{OFFICE}/drawing" Target="../drawings/drawing77.xml"/></Relationships>'
    book.parts[name] = old.replace("</Relationships>", new)
    return book


def zero(address):
    cell = openpyxl.utils.cell.coordinate_from_string(address)
    return cell[1] - 1, openpyxl.utils.column_index_from_string(cell[0]) - 1


@every_language
class TestStruckThrough:
    def test_an_entry_is_told_at_its_cell(self, lang):
        cell = input_cell("deal", "owner")
        found = [one for one in struck(lang, "deal", [cell]).findings if one.code == "DV504"]
        assert [(one.sheet, one.cell) for one in found] == [(TAB["deal"].name.to(lang), cell)]
        assert cell in found[0].message(lang)

    def test_a_run_is_one_finding(self, lang):
        cells = [input_cell("contacts", "name", row) for row in (0, 1)]
        found = [one for one in struck(lang, "people", cells).findings if one.code == "DV504"]
        assert [one.cell for one in found] == [cells[0]]
        assert f"{cells[0]}:{cells[1]}" in found[0].message(lang)

    @pytest.mark.parametrize(("tab", "cell"), [("guide", "A3"), ("deal", "A5"), ("deal", "H30"), ("scoreboard", "A6")])
    def test_what_is_no_entry_is_not(self, lang, tab, cell):
        assert "DV504" not in {one.code for one in struck(lang, tab, [cell]).findings}

    def test_another_font_is_none(self, lang):
        cell = input_cell("deal", "owner")
        assert "DV504" not in {one.code for one in struck(lang, "deal", [cell], strike=False).findings}


@every_language
class TestPictures:
    def test_over_a_blank_entry_cell(self, lang):
        cell = input_cell("contacts", "name", 30)
        row, column = zero(cell)
        book = with_picture(Patched(lang), "people", (row, column), (row, column))
        assert [one for one in told(book.read()) if one[0] == "DV504"] == [("DV504", book.sheet("people"), cell)]

    def test_over_an_entry(self, lang):
        cell = input_cell("deal", "owner")
        row, column = zero(cell)
        book = with_picture(Patched(lang), "deal", (row, column), (row, column))
        assert ("DV504", book.sheet("deal"), cell) in told(book.read())

    @pytest.mark.parametrize("place", [(0, 0), (40, 8)], ids=["above the tables", "beside them"])
    def test_a_logo_is_none(self, lang, place):
        book = with_picture(Patched(lang), "deal", place, (place[0] + 1, place[1] + 2))
        assert "DV504" not in {one.code for one in book.read().findings}

    def test_inside_a_cell(self, lang):
        cell = input_cell("deal", "objective")
        book = Patched(lang)
        book.cell("deal", cell, "<v>#VALUE!</v>", "e")
        part = book.part("deal")
        book.parts[part] = re.sub(rf'<c r="{cell}"', rf'<c r="{cell}" vm="1"', book.parts[part])
        book.parts["xl/richData/rdrichvalue.xml"] = "<rvData/>"
        assert ("DV504", book.sheet("deal"), cell) in told(book.read())

    def test_as_wps_keeps_it(self, lang):
        cell = input_cell("deal", "objective")
        book = Patched(lang)
        book.cell("deal", cell, '<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>', "str")
        book.parts["xl/cellimages.xml"] = "<etc:cellImages/>"
        assert ("DV504", book.sheet("deal"), cell) in told(book.read())


@every_language
def test_a_drawing_that_cannot_be_read_costs_nothing(lang):
    book = with_picture(Patched(lang), "deal", (4, 1), (4, 1))
    book.parts["xl/drawings/drawing77.xml"] = "<no"
    before = read_workbook(built(lang))
    assert [one.code for one in book.read().findings] == [one.code for one in before.findings]
    with zipfile.ZipFile(io.BytesIO(book.content())) as file:
        assert "xl/media/image1.png" in file.namelist()
