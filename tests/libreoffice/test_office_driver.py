"""The driver: open, read, change, save, and end without leaving anything behind."""

from datetime import date

import pytest
from small_book import write_book

from tools.pictures import picture
from warmap_addin import CannotDo
from warmap_addin.libreoffice import locate
from warmap_addin.libreoffice.locate import OfficeMissing
from warmap_addin.libreoffice.office import Office, OfficeFault

pytestmark = pytest.mark.office


@pytest.fixture
def document(plain_office, tmp_path):
    opened = plain_office.open(write_book(tmp_path / "book.xlsx", {"A1": "=1+1", "A2": "=1/0"}, protected=True))
    yield opened
    opened.close()


def test_values_formulas_shown_text_and_errors_are_read(document):
    document.recalculate()
    cells = document.cells("main")
    assert (cells.value("A1"), cells.formula("A1"), cells.strings["A1"]) == (2.0, "=1+1", "2")
    assert (cells.value("A2"), cells.strings["A2"], cells.errors) == (None, "#DIV/0!", {"A2": 532})
    assert cells.value("Z99") == ""
    assert set(document.all_cells()) == set(document.sheets)


def test_numbers_dates_texts_formulas_and_nothing_are_entered(document):
    for cell, value in {"B1": 3, "B2": "文字", "B3": "=B1*2", "B4": date(2026, 6, 30), "A1": None}.items():
        document.set("main", cell, value)
    cells = document.cells("main")
    assert [cells.value(f"B{row}") for row in (1, 2, 3, 4)] == [3.0, "文字", 6.0, 46203.0]
    assert cells.value("A1") == ""


def test_an_input_cell_of_a_protected_sheet_can_be_set(document):
    document.set("关键人", "A2", "赵敏")
    assert document.cells("关键人").value("A2") == "赵敏"


def test_a_locked_cell_refuses_until_the_protection_is_off(document):
    with pytest.raises(OfficeFault, match="locked"):
        document.set("关键人", "Z90", "x")
    document.unprotect("关键人")
    document.set("关键人", "Z90", "x")


def test_rows_are_inserted_and_deleted_and_formulas_follow(document):
    document.set("main", "C1", "=A5")
    document.insert_rows("main", 3, 2)
    assert document.cells("main").formula("C1") == "=A7"
    document.delete_rows("main", 3)
    assert document.cells("main").formula("C1") == "=A6"


def test_a_protected_sheet_refuses_rows_with_words(document):
    with pytest.raises(OfficeFault, match="protected"):
        document.insert_rows("关键人", 2)


def test_a_sheet_is_inserted(document):
    document.insert_sheet("新表", 1)
    assert document.sheets[1] == "新表"
    assert document.cells("新表").values == [[""]]


def test_a_copy_is_saved_and_the_original_stays(plain_office, tmp_path):
    path = write_book(tmp_path / "book.xlsx", {"A1": "=1+1"})
    before = path.read_bytes()
    document = plain_office.open(path)
    document.set("main", "B1", "new")
    for kind in ("xlsx", "ods"):
        copy = plain_office.open(document.save_as(tmp_path / f"copy.{kind}", kind))
        assert copy.cells("main").value("B1") == "new"
        copy.close()
    document.close()
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["book.xlsx", "copy.ods", "copy.xlsx"]


def test_a_page_becomes_a_picture(document, tmp_path):
    pdf = document.save_as(tmp_path / "book.pdf", "pdf")
    drawn = picture(pdf, tmp_path / "page.png", 0.0, 0.5)
    assert drawn.read_bytes()[:4] == b"\x89PNG"


def test_without_pdftoppm_the_words_say_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CannotDo, match="poppler-utils"):
        picture(tmp_path / "x.pdf", tmp_path / "x.png", 0.0, 1.0)


def test_what_is_no_spreadsheet_and_what_is_not_there_is_refused(plain_office, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(OfficeFault, match="cannot open"):
        plain_office.open(broken)
    with pytest.raises(FileNotFoundError):
        plain_office.open(tmp_path / "absent.xlsx")


def test_without_libreoffice_the_words_say_how_to_get_it(monkeypatch):
    monkeypatch.setattr(locate, "find_office", lambda: None)
    with pytest.raises(OfficeMissing, match=r"libreoffice\.org") as caught:
        Office()
    assert "请安装" in caught.value.words.zh


def test_without_uno_the_words_say_how_to_get_it(monkeypatch):
    monkeypatch.setattr(locate, "find_python", lambda: None)
    with pytest.raises(OfficeMissing, match="python3-uno"):
        Office()


def test_no_answer_in_time_ends_everything():
    with Office(timeout=0.001) as office:
        folder, soffice = office.profile.parent, office._soffice
        with pytest.raises(OfficeFault, match="no answer"):
            office.open()
        assert soffice.poll() is not None
        assert not folder.exists()
        with pytest.raises(OfficeFault, match="not running"):
            office.open()


def test_at_the_end_nothing_is_left_behind():
    with Office() as office:
        folder, soffice, worker = office.profile.parent, office._soffice, office._worker
    assert not folder.exists()
    assert soffice.poll() is not None
    assert worker.poll() is not None
