"""The relationship picture on a sheet of its own: shapes that every spreadsheet program draws, made by `new` and `upgrade`."""

import io
import re
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap.judgement import judge
from warmap.layout import PICTURE, tab_name
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_app.report.native_shapes import drawing_of
from warmap_app.report.picture import picture
from warmap_workbook.editing.picture_part import build_with_picture
from warmap_workbook.editing.upgrade import upgraded
from warmap_workbook.ooxml import read_beside, read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.picture_sheet import PICTURE_ROWS

SVG = "{http://www.w3.org/2000/svg}"
A, XDR = (f"{{http://schemas.openxmlformats.org/drawingml/2006/{name}}}" for name in ("main", "spreadsheetDrawing"))
pytestmark = pytest.mark.usefixtures("quiet_terminal")


def sample(name, lang):
    return read_document(load_sample(name, lang)).map


def shapes(war_map, lang="en"):
    return drawing_of(judge(war_map), lang, PICTURE_ROWS)


def with_picture(war_map, lang="en"):
    return build_with_picture(war_map, lang, None, shapes(war_map, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sample_names())
def test_it_says_what_the_picture_says_in_the_same_order(name, lang):
    drawn, svg = (
        ET.fromstring(shapes(sample(name, lang), lang)),
        ET.fromstring(picture(judge(sample(name, lang)), "org", lang)),
    )
    assert [one.text for one in drawn.iter(f"{A}t")] == [one.text for one in svg.iter(f"{SVG}text")]
    boxes = [one.find(f"{SVG}title").text for one in svg.iter(f"{SVG}g") if one.find(f"{SVG}title") is not None]
    described = [one.get("descr") for one in drawn.iter(f"{XDR}cNvPr") if one.get("descr")]
    assert described[1:] == boxes


@pytest.mark.parametrize(("name", "lang"), [("manufacturer_mes", "zh"), ("telecom_core_network", "en")])
def test_the_validator_finds_nothing_and_the_check_nothing_more(name, lang, tmp_path, validator):
    path = tmp_path / "book.xlsx"
    path.write_bytes(with_picture(sample(name, lang), lang))
    assert validator(path) == []
    plain = read_workbook(build_workbook(sample(name, lang), lang))
    assert read_workbook(path).findings == plain.findings


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6), st.sampled_from(LANGUAGES))
def test_whatever_people_are_called_the_drawing_is_sound(names, lang):
    war_map = read_document(
        {
            "contacts": [
                {"name": name, "title": name, "reports_to": names[0], "influenced_by": names[-1:]} for name in names
            ]
        }
    ).map
    made = shapes(war_map, lang)
    if made is not None:
        drawn = ET.fromstring(made)
        numbers = [one.get("id") for one in drawn.iter(f"{XDR}cNvPr")]
        assert len(set(numbers)) == len(numbers)
        assert all(int(one.get("cx")) >= 0 and int(one.get("cy")) >= 0 for one in drawn.iter(f"{A}ext"))
        assert made == shapes(war_map, lang)


def test_where_nobody_is_on_the_map_there_is_no_picture(run, tmp_path):
    assert run("new", "-o", str(tmp_path / "blank.xlsx"), "--lang", "en")[0] == 0
    assert (tmp_path / "blank.xlsx").read_bytes() == build_workbook(None, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_new_makes_it_beside_the_live_map_and_says_of_which_day_it_is(run, tmp_path, lang):
    path = tmp_path / "deal.xlsx"
    (tmp_path / "deal.json").write_text(
        '{"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "Zhao <b>"}]}', "utf-8"
    )
    assert run("new", "--from", "deal.json", "-o", str(path), "--lang", lang)[0] == 0
    book = openpyxl.load_workbook(path)
    live = book.sheetnames.index(tab_name("relationships", lang))
    assert book.sheetnames[live + 1] == tab_name(PICTURE.code, lang)
    words = book.worksheets[live + 1]["A4"].value
    assert "2026-06-30" in words
    assert tab_name("relationships", lang) in words
    with zipfile.ZipFile(path) as parts:
        drawn = [parts.read(name) for name in parts.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
    assert sum(b"Zhao &lt;b&gt;" in one for one in drawn) == 1


class TestUpgrade:
    def again(self, content, lang="en"):
        reading = read_workbook(content)
        return upgraded(read_book(content), reading, read_beside(content), shapes(reading.map, lang))

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_draws_it_anew_and_keeps_nothing_of_the_old(self, lang):
        made = with_picture(sample("port_logistics", lang), lang)
        result = self.again(made, lang)
        assert (result.content, result.kept, result.own_sheets) == (made, [], [])

    def test_what_somebody_wrote_there_is_kept_and_so_is_it_that_they_drew(self):
        book = openpyxl.load_workbook(io.BytesIO(with_picture(sample("port_logistics", "en"))))  # loses the shapes
        book[PICTURE.name.en]["H30"] = "ask Hao"
        edited = io.BytesIO()
        book.save(edited)
        kept = {(one.sheet, one.cell, one.value) for one in self.again(edited.getvalue()).kept}
        assert (PICTURE.name.en, "H30", "ask Hao") in kept

    def test_a_workbook_without_one_gets_one(self):
        result = self.again(build_workbook(sample("port_logistics", "en"), "en"))
        assert result.content == with_picture(sample("port_logistics", "en"))


def test_gnumeric_takes_it(gnumeric, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(with_picture(sample("manufacturer_mes", "en")))
    subprocess.run([gnumeric, path, tmp_path / "again.xlsx"], capture_output=True, check=True, timeout=120)
    assert read_book(tmp_path / "again.xlsx").sheet(PICTURE.name.en) is not None


def test_the_command_upgrade_draws_it(run, tmp_path):
    (tmp_path / "old.xlsx").write_bytes(build_workbook(sample("port_logistics", "en"), "en"))
    assert run("upgrade", "old.xlsx", "-o", "new.xlsx", "--lang", "en")[0] == 0
    assert (tmp_path / "new.xlsx").read_bytes() == with_picture(sample("port_logistics", "en"))
