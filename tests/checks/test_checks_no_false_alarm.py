"""Nothing is held against a workbook that was only filled in, edited as it may be, or saved by another program."""

from __future__ import annotations

import io
import subprocess

import openpyxl
import pytest

from tools.patched_books import built, input_cell, told
from warmap.layout import TAB, placements
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.office import Office
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import sample_names

EVERY = [(name, lang) for name in (None, *sample_names()) for lang in LANGUAGES]
every_workbook = pytest.mark.parametrize(("name", "lang"), EVERY)

OF_SAMPLES = {("DV210", "谈判", "B7"), ("DV210", "Negotiation", "B7")}  # a target price below the walk-away price


def alarms(intake, may=frozenset()):
    """What is found beside the required fields of an empty template, and the prices of two samples that tell of a bad deal."""
    return [found for found in told(intake) if found[0] not in {"DV201", *may} and found not in OF_SAMPLES]


@every_workbook
class TestAsBuilt:
    """Every sample in both languages, and the empty template."""

    def test_nothing_is_found(self, name, lang):
        assert alarms(read_workbook(built(lang, name))) == []

    def test_saved_by_openpyxl_only_the_missing_results_are_said(self, name, lang):
        stream = io.BytesIO()
        openpyxl.load_workbook(io.BytesIO(built(lang, name))).save(stream)
        found = alarms(read_workbook(stream.getvalue()))
        assert [code for code, _, _ in found] == ["DV305"]

    def test_saved_by_gnumeric_nothing_is_found(self, gnumeric, tmp_path, name, lang):
        path, copy = tmp_path / "book.xlsx", tmp_path / "copy.xlsx"
        path.write_bytes(built(lang, name))
        subprocess.run([gnumeric, path, copy], capture_output=True, check=True, timeout=120)
        assert alarms(read_workbook(copy)) == []


@pytest.fixture(scope="module", params=[False, True], ids=["without the extension", "with the extension"])
def office(request):
    with Office(install_addin=request.param) as running:
        yield running


def saved(office, folder, lang, name, change=None):
    path = folder / "book.xlsx"
    path.write_bytes(built(lang, name))
    document = office.open(path)
    if change is not None:
        change(document)
    document.recalculate()
    document.save_as(folder / "copy.xlsx", "xlsx")
    document.close()
    return read_workbook(folder / "copy.xlsx")


class TestSavedByLibreOffice:
    """With the extension and without."""

    @every_workbook
    def test_nothing_is_found(self, office, tmp_path, name, lang):
        assert alarms(saved(office, tmp_path, lang, name)) == []

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_rows_and_sheets_inserted_and_entries_changed(self, office, tmp_path, lang):
        def change(document):
            names = {code: tab.name.to(lang) for code, tab in TAB.items()}
            for tab in ("home", "deal", "people", "scoreboard", "red_flags", "trust"):
                document.unprotect(names[tab])
            document.set(names["people"], input_cell("contacts", "last_contact", 0), None)
            document.insert_rows(names["people"], placements()["contacts"].header_row + 3, 2)
            document.insert_rows(names["people"], 2)
            document.insert_rows(names["deal"], 7)
            document.insert_rows(names["deal"], 2)
            document.insert_rows(names["home"], 6, 2)
            document.insert_rows(names["scoreboard"], 30)
            document.insert_rows(names["scoreboard"], 3)
            document.insert_rows(names["red_flags"], 2)
            document.insert_sheet("mine", 3)
            document.set("mine", "A1", "=1+1")

        intake = saved(office, tmp_path, lang, "manufacturer_mes", change)
        assert alarms(intake, may={"DV305"} if not office.install_addin else set()) == []
        assert intake.counts["sheets_skipped"] == 1
        assert intake.counts["formulas_skipped"] == 1
