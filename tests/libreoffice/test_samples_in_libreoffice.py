"""Every sample, computed by the functions in the cells of a real LibreOffice, equals the plain module to 1e-9."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from plain_comparison import compare_with_plain

from warmap.layout import TAB, placements
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.office import Office
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.home import FOOT_ROW, LIVE

EVERY_SAMPLE = [(name, lang) for name in sample_names() for lang in LANGUAGES]


@pytest.fixture(scope="module")
def office():
    with Office(install_addin=True) as running:
        yield running


@pytest.fixture(scope="module")
def bare_office():
    with Office() as running:
        yield running


def sample(folder: Path, name: str, lang: str) -> Path:
    path = folder / f"{name}.{lang}.xlsx"
    path.write_bytes(build_workbook(read_document(load_sample(name, lang)).map, lang))
    return path


def cell(table: str, field: str, row: int = 0) -> str:
    """The cell of a field of the row with this index (from 0)."""
    from warmap.parsing import column_letters

    place = placements()[table]
    offset = [item.code for item in place.table.fields].index(field)
    if place.table.is_record:
        return f"B{place.header_row + 1 + offset}"
    return f"{column_letters(place.left + offset)}{place.header_row + 1 + row}"


def assert_same(comparison, at_least):
    assert comparison.differences == []
    assert comparison.cells >= at_least


@pytest.mark.parametrize(("name", "lang"), EVERY_SAMPLE)
class TestEveryComputedCell:
    """A full recalculation gives in every formula cell what was stored when the file was written."""

    def test_the_live_result_is_the_stored_one(self, office, tmp_path, name, lang):
        assert_same(compare_live(office, sample(tmp_path, name, lang)), at_least=2000)

    def test_after_changes_made_in_libreoffice_it_is_what_the_plain_module_says(self, office, tmp_path, name, lang):
        document = office.open(sample(tmp_path, name, lang))
        zh = lang == "zh"
        people, trust, actions = (TAB[code].name.to(lang) for code in ("people", "trust", "actions"))
        before = document.cells(TAB["scoreboard"].name.to(lang)).rows("C6:C9")
        document.set(people, cell("contacts", "post_status", 0), "离职" if zh else "Left")  # a contact leaves
        document.set(trust, cell("trust", "ratings.expertise.rating", 1), 5)  # a rating rises …
        document.set(
            trust,
            cell("trust", "ratings.expertise.evidence_grade", 1),
            "Proven in writing or deed" if not zh else "书面或行为证实",
        )
        document.unprotect(people)
        document.insert_rows(people, placements()["contacts"].header_row + 2)  # … a row is added (index 1, from 0)
        document.set(people, cell("contacts", "name", 1), "新来的人" if zh else "Newcomer")
        document.set(people, cell("contacts", "influence", 1), "高" if zh else "High")
        document.set(people, cell("contacts", "buying_roles.economic", 1), "✓")
        document.set(people, cell("contacts", "last_contact", 1), date(2026, 1, 2))
        document.set(actions, cell("actions", "about", 0), "RF302")
        comparison = compare_with_plain(document, tmp_path / "saved.xlsx")
        after = document.cells(TAB["scoreboard"].name.to(lang)).rows("C6:C9")
        document.close()
        assert_same(comparison, at_least=1500)
        assert after != before
        saved = read_workbook(tmp_path / "saved.xlsx")
        assert [contact.name for contact in saved.map.contacts][1] in {"新来的人", "Newcomer"}
        assert saved.lang == lang

    def test_a_copy_saved_by_libreoffice_computes_and_reads_the_same(self, office, tmp_path, name, lang):
        path = sample(tmp_path, name, lang)
        document = office.open(path)
        document.recalculate()
        document.save_as(tmp_path / "copy.xlsx", "xlsx")
        document.close()
        assert read_workbook(tmp_path / "copy.xlsx").map == read_workbook(path).map
        assert read_workbook(tmp_path / "copy.xlsx").findings == read_workbook(path).findings
        assert_same(compare_live(office, tmp_path / "copy.xlsx"), at_least=2000)


@pytest.mark.parametrize("lang", LANGUAGES)
class TestWithoutTheFunctions:
    """Nobody sees #NAME? or 0 where a score should be."""

    def test_the_last_results_are_shown_and_the_front_page_says_so(self, bare_office, tmp_path, lang):
        path = sample(tmp_path, sample_names()[0], lang)
        assert_same(compare_live(bare_office, path), at_least=2000)
        document = bare_office.open(path)
        document.recalculate()
        shown = document.all_cells()
        document.close()
        assert {name: cells.errors for name, cells in shown.items() if cells.errors} == {}
        line = shown[TAB["home"].name.to(lang)].value(f"B{FOOT_ROW + 1}")
        assert "函数未连接" in line if lang == "zh" else "not connected" in line

    def test_saved_there_it_still_reads_the_same(self, bare_office, tmp_path, lang):
        path = sample(tmp_path, sample_names()[1], lang)
        document = bare_office.open(path)
        document.recalculate()
        document.save_as(tmp_path / "copy.xlsx", "xlsx")
        document.close()
        assert read_workbook(tmp_path / "copy.xlsx").map == read_workbook(path).map

    def test_saved_live_then_edited_without_then_opened_with_them_again(self, office, bare_office, tmp_path, lang):
        document = office.open(sample(tmp_path, sample_names()[0], lang))
        document.recalculate()
        document.save_as(tmp_path / "live.xlsx", "xlsx")
        document.close()
        document = bare_office.open(tmp_path / "live.xlsx")
        document.set(
            TAB["people"].name.to(lang), cell("contacts", "post_status", 0), "离职" if lang == "zh" else "Left"
        )
        document.save_as(tmp_path / "edited.xlsx", "xlsx")
        shown = document.all_cells()
        document.close()
        assert {name: cells.errors for name, cells in shown.items() if cells.errors} == {}
        assert "DV303" not in {finding.code for finding in read_workbook(tmp_path / "edited.xlsx").findings}
        document = office.open(tmp_path / "edited.xlsx")
        comparison = compare_with_plain(document, tmp_path / "again.xlsx")
        line = document.cells(TAB["home"].name.to(lang)).value(f"B{FOOT_ROW + 1}")
        document.close()
        assert_same(comparison, at_least=1500)
        assert line == LIVE.to(lang)


class TestTheEmptyTemplate:
    """An empty template shows what is not assessed, never a zero."""

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_computes_without_an_error(self, office, tmp_path, lang):
        path = tmp_path / "empty.xlsx"
        path.write_bytes(build_workbook(None, lang))
        assert_same(compare_live(office, path), at_least=2000)
        document = office.open(path)
        document.recalculate()
        cells = document.all_cells()
        document.close()
        assert {name: found.errors for name, found in cells.items() if found.errors} == {}
        home = cells[TAB["home"].name.to(lang)]
        assert (home.value("H5"), home.value("I5")) == ("–", "○ 未评估" if lang == "zh" else "○ not assessed")


def test_a_day_passes_and_trust_fades(office, tmp_path):
    """The date comes from the map: moving `as_of` by 180 days halves relationship trust and ages every judgement."""
    path = sample(tmp_path, "telecom_core_network", "zh")
    document = office.open(path)
    as_of = read_workbook(path).map.deal.as_of
    document.set("商机", cell("deal", "as_of"), as_of + timedelta(days=180))
    comparison = compare_with_plain(document, tmp_path / "later.xlsx")
    document.close()
    assert_same(comparison, at_least=1500)
