"""Where tables stand (specification, section 5, DV101 to DV104): the best match of headers, each place for one table, all told."""

from __future__ import annotations

import pytest
from edited_books import MAP, Book, entered, tab_of, told

from warmap.model import TABLE
from warmap.terms import Severity
from warmap.text import LANGUAGES

every_language = pytest.mark.parametrize("lang", LANGUAGES)


def sheet_named(book, table):
    """The sheet of a table in a book that lost its defined names."""
    return book.book[tab_of(table, book.lang)]


def copy_of(book, table, name):
    sheet = book.book.copy_worksheet(sheet_named(book, table))
    sheet.title = name
    return sheet


class TestASecondSheet:
    @every_language
    @pytest.mark.parametrize("table", ["contacts", "deal", "actions", "profile", "negotiation", "org_units"])
    def test_a_copy_is_told_and_not_read(self, lang, table):
        book = Book(lang)
        copy_of(book, table, "Copy (2)")
        intake = book.read()
        (finding,) = entered(intake)
        assert (finding.code, finding.sheet, finding.severity) == ("DV104", "Copy (2)", Severity.MINOR)
        assert getattr(intake.map, table) == getattr(MAP, table)

    @every_language
    def test_one_with_edits_fails_the_file_and_says_how_many_cells_and_where(self, lang):
        book = Book(lang)
        sheet, name = copy_of(book, "contacts", "People (2)"), book.cell("contacts", 0, "name")
        sheet[name.coordinate].value = "新人"
        sheet[book.cell("contacts", 1, "title").coordinate].value = "总监"
        (finding,) = entered(book.read())
        assert (finding.code, finding.sheet, finding.cell) == ("DV104", "People (2)", name.coordinate)
        assert finding.severity is Severity.MAJOR
        assert "2" in finding.message(lang)
        assert tab_of("contacts", lang) in finding.hint(lang)

    def test_a_list_of_ones_own_with_some_like_headers_is_none(self):
        book = Book("en")
        sheet = book.book.create_sheet("My list")
        sheet.append(["Name", "Title", "Notes", "Telephone"])
        sheet.append(["外人", "总监", "n", "1"])
        assert entered(book.read()) == []


class TestTheBestMatch:
    def lost_names(self, lang):
        book = Book(lang)
        for name in list(book.book.defined_names):
            if name.startswith("wm_") and name.removeprefix("wm_") in TABLE:
                del book.book.defined_names[name]
        return book

    @every_language
    def test_tabs_that_changed_names_are_told_apart_by_their_headers(self, lang):
        book = self.lost_names(lang)
        one, other = sheet_named(book, "trust"), sheet_named(book, "wins")
        one.title, other.title, one.title = "x", one.title, other.title
        intake = book.read()
        assert (intake.map.trust, intake.map.wins) == (MAP.trust, MAP.wins)
        assert {finding.code for finding in entered(intake)} == {"DV101"}

    @every_language
    def test_a_table_takes_no_place_of_another(self, lang):
        book = Book(lang)
        book.sheet("wins").title = "something"
        del book.book[tab_of("trust", lang)]
        intake = book.read()
        assert intake.map.trust == []
        assert intake.map.wins == MAP.wins
        assert {(f.code, f.sheet) for f in entered(intake)} == {
            ("DV101", "something"),
            ("DV101", tab_of("trust", lang)),
        }

    @every_language
    def test_a_table_moved_to_another_sheet_is_read_and_told(self, lang):
        book = self.lost_names(lang)
        sheet = copy_of(book, "contacts", "Elsewhere")
        for cell in sheet_named(book, "contacts")[5]:
            cell.value = None
        intake = book.read()
        assert intake.map.contacts == MAP.contacts
        assert [(f.code, f.sheet) for f in entered(intake)] == [("DV101", sheet.title)]

    @every_language
    def test_without_its_name_a_table_goes_on_to_the_end_of_the_sheet(self, lang):
        book = self.lost_names(lang)
        sheet_named(book, "contacts").cell(90, 4).value = "远方"
        intake = book.read()
        assert intake.map.contacts[-1].name == "远方"
        assert entered(intake) == []

    @every_language
    def test_below_its_named_range_nothing_counts(self, lang):
        book = Book(lang)
        book.sheet("contacts").cell(90, 4).value = "远方"
        intake = book.read()
        assert intake.map.contacts == MAP.contacts
        assert [(f.code, f.cell) for f in entered(intake)] == [("DV104", "D90")]


class TestRecords:
    @every_language
    def test_a_row_of_ones_own_is_said(self, lang):
        book = Book(lang)
        row = book.header("deal", "outcome_reason").offset(2, 0)
        row.value, row.offset(0, 1).value = "折扣", "30%"
        intake = book.read()
        assert told(intake) == [("DV103", row.parent.title, row.coordinate, "")]
        assert intake.map.deal == MAP.deal

    @every_language
    def test_words_without_a_value_are_none(self, lang):
        book = Book(lang)
        book.header("deal", "outcome_reason").offset(2, 0).value = "以上由销售填写"
        assert entered(book.read()) == []

    @every_language
    def test_a_field_named_again_is_told_and_the_first_counts(self, lang):
        book = Book(lang)
        again = book.header("deal", "outcome_reason").offset(2, 0)
        again.value, again.offset(0, 1).value = TABLE["deal"].by_code["amount"].label.to(lang), 5
        intake = book.read()
        assert told(intake) == [("DV104", again.parent.title, again.coordinate, "amount")]
        assert intake.map.deal == MAP.deal

    @every_language
    def test_a_field_moved_out_of_the_range_is_told_once(self, lang):
        book = Book(lang)
        label, value = book.header("deal", "amount"), book.cell("deal", 0, "amount")
        far = book.header("deal", "outcome_reason").offset(3, 0)
        far.value, far.offset(0, 1).value = label.value, value.value
        label.value = value.value = None
        intake = book.read()
        assert told(intake) == [("DV104", far.parent.title, far.coordinate, "amount")]
        assert intake.map.deal.amount is None


class TestMergedCells:
    @every_language
    def test_a_value_swallowed_is_told_and_its_absence_is_no_second_fault(self, lang):
        book = Book(lang)
        one, two = book.cell("trust", 0, "contact"), book.cell("trust", 1, "contact")
        one.parent.merge_cells(f"{one.coordinate}:{two.coordinate}")
        intake = book.read()
        assert told(intake) == [("DV104", two.parent.title, two.coordinate, "contact")]
        assert intake.map.trust[1].contact is None

    @every_language
    def test_one_beside_it_too(self, lang):
        book = Book(lang)
        left, right = book.cell("contacts", 0, "title"), book.cell("contacts", 0, "level")
        left.parent.merge_cells(f"{left.coordinate}:{right.coordinate}")
        assert told(book.read()) == [("DV104", right.parent.title, right.coordinate, "level")]

    @every_language
    def test_a_value_that_is_only_hidden_still_counts_as_in_the_cells(self, lang):
        book = Book(lang)
        one, two = book.cell("contacts", 0, "influence"), book.cell("contacts", 1, "influence")
        two.value = "高"
        one.parent.merged_cells.add(f"{one.coordinate}:{two.coordinate}")  # as a program that keeps the cells below
        intake = book.read()
        (finding,) = entered(intake)
        assert (finding.code, finding.cell) == ("DV104", two.coordinate)
        assert "高" in finding.message(lang)
        assert intake.map.contacts[1].influence is not None

    @every_language
    def test_a_merge_of_rows_that_are_not_in_use_or_beside_the_tables_is_none(self, lang):
        book = Book(lang)
        far = book.cell("contacts", 30, "name")
        far.parent.merge_cells(f"A{far.row}:C{far.row + 3}")
        book.sheet("deal").merge_cells("C5:D7")
        book.sheet("contacts").merge_cells("AF6:AG9")
        assert entered(book.read()) == []

    @every_language
    def test_in_a_record(self, lang):
        book = Book(lang)
        one, two = book.cell("deal", 0, "objective"), book.cell("deal", 0, "amount")
        one.parent.merge_cells(f"{one.coordinate}:{two.coordinate}")
        assert told(book.read()) == [("DV104", two.parent.title, two.coordinate, "amount")]

    def test_a_thousand_odd_merges_are_read_in_no_time(self):
        book = Book("en")
        sheet = book.sheet("contacts")
        for row in range(6, 1006):
            sheet.merged_cells.add(f"A6:Y{row}")
        intake = book.read()
        assert {finding.code for finding in entered(intake)} == {"DV104"}
        assert len(entered(intake)) <= 50


class TestFarCells:
    @every_language
    @pytest.mark.parametrize(("value", "level"), [(" ", Severity.MINOR), ("note", Severity.MAJOR), (7, Severity.MAJOR)])
    def test_they_are_told_and_cost_nothing(self, lang, value, level):
        book = Book(lang)
        cell = book.sheet("contacts").cell(30_000, 2)
        cell.value = value
        intake = book.read()
        (finding,) = entered(intake)
        assert (finding.code, finding.cell, finding.severity) == ("DV104", "B30000", level)
        assert intake.map.contacts == MAP.contacts

    def test_on_a_sheet_of_ones_own_they_are_nobodys_business(self):
        book = Book("en")
        book.book.create_sheet("Data").cell(30_000, 2).value = "x"
        assert entered(book.read()) == []


class TestColumnsOutside:
    @every_language
    def test_a_column_beyond_the_named_range_is_told_once_and_not_taken(self, lang):
        book = Book(lang)
        head = book.header("competition", "weight")
        far = head.parent.cell(head.row, 30)
        for offset in range(3):
            far.offset(offset, 0).value, head.offset(offset, 0).value = head.offset(offset, 0).value, None
        intake = book.read()
        assert told(intake) == [("DV104", far.parent.title, far.coordinate, "weight")]
        assert [row.weight for row in intake.map.competition] == [None, None]

    @every_language
    def test_a_competitor_beyond_it_is_a_column_of_ones_own(self, lang):
        book = Book(lang)
        cell = book.header("competition", "scores.对手甲").offset(0, 3)
        cell.value, cell.offset(1, 0).value = "对手丁", 5
        intake = book.read()
        assert told(intake) == [("DV103", cell.parent.title, cell.coordinate, "")]
        assert intake.map == MAP
