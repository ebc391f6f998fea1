"""The book: parts, relations, sheets, names (ECMA-376 part 1, 18.2, and part 2)."""

from __future__ import annotations

import pytest
from workbook_parts import (
    MACRO_TYPE,
    MAIN,
    OFFICE,
    STRICT,
    WORKBOOK_TYPE,
    book_of,
    parts,
    relations,
    strings,
    styles,
    types,
    worksheet,
    zipped,
)

from warmap_workbook.ooxml import Book, BookNote, Limits, Reason, Unreadable, read_book

ONE = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')
TEXT = worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')


class TestWhereItComesFrom:
    """A path, its text, or the bytes; what cannot be opened is Unreadable as well."""

    def test_path_text_and_bytes_give_the_same(self, tmp_path):
        file = tmp_path / "a.xlsx"
        file.write_bytes(zipped(parts(ONE)))
        assert read_book(file) == read_book(str(file)) == read_book(file.read_bytes())

    def test_a_missing_file(self, tmp_path):
        with pytest.raises(Unreadable) as refusal:
            read_book(tmp_path / "none.xlsx")
        assert refusal.value.reason is Reason.not_found

    @pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
    def test_a_name_that_no_file_can_have(self, name):
        with pytest.raises(Unreadable) as refusal:
            read_book(name)
        assert refusal.value.reason in (Reason.not_found, Reason.cannot_open)

    def test_a_folder(self, tmp_path):
        with pytest.raises(Unreadable) as refusal:
            read_book(tmp_path)
        assert refusal.value.reason is Reason.cannot_open


class TestSheets:
    """18.2.19 and 18.2.20: sheets in the order of their tabs, of four kinds and three states."""

    def test_kinds_and_states(self):
        content = parts(ONE)
        content["xl/workbook.xml"] = (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Data" r:id="rId1"/>'
            '<sheet name="Chart" state="hidden" r:id="rId2"/><sheet name="Dialog" r:id="rId3"/>'
            '<sheet name="Macro" state="veryHidden" r:id="rId4"/></sheets></workbook>'
        )
        content["xl/_rels/workbook.xml.rels"] = relations(
            "rId1 worksheet worksheets/sheet1.xml",
            "rId2 chartsheet chartsheets/sheet1.xml",
            "rId3 dialogsheet dialogsheets/sheet1.xml",
            "rId4 xlMacrosheet macrosheets/sheet1.xml",
        )
        content["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{MAIN}"/>'
        content["xl/dialogsheets/sheet1.xml"] = f'<dialogsheet xmlns="{MAIN}"/>'
        content["xl/macrosheets/sheet1.xml"] = (
            '<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
            f'xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f>HALT()</f><v>1</v></c></row></sheetData></xm:macrosheet>'
        )
        book = book_of(content)
        assert [(sheet.name, sheet.kind, sheet.state, sheet.was_read) for sheet in book.sheets] == [
            ("Data", "worksheet", "visible", True),
            ("Chart", "chartsheet", "hidden", False),
            ("Dialog", "dialogsheet", "visible", False),
            ("Macro", "macrosheet", "veryHidden", True),
        ]
        assert book.sheets[3].formulas[(1, 1)].text == "HALT()"
        assert (len(book.sheets), book.cell_count, book.formula_count) == (4, 2, 1)

    def test_only_the_sheets_asked_for_are_read(self):
        book = book_of(parts(ONE, "this part is broken"), sheets=["s1"])
        assert [(sheet.was_read, sheet.rows) for sheet in book.sheets] == [(True, {1: {1: 1.0}}), (False, {})]

    def test_sheets_are_found_in_any_case(self):
        book = book_of(parts(ONE))
        assert book.sheet("s1") is book.sheets[0]
        assert book.sheet("S2") is None

    def test_an_empty_sheet_was_read_and_is_empty(self):
        for empty in (worksheet(""), f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'):
            sheet = book_of(parts(empty)).sheets[0]
            assert (sheet.was_read, sheet.rows) == (True, {})

    def test_never_a_silent_empty_result(self):
        for broken in (f'<worksheet xmlns="{MAIN}"/>', "<worksheet><sheetData/></worksheet>", "<html/>"):
            with pytest.raises(Unreadable) as refusal:
                book_of(parts(broken))
            assert refusal.value.reason is Reason.corrupt

    def test_a_book_without_sheets_is_corrupt(self):
        with pytest.raises(Unreadable) as refusal:
            book_of(parts())
        assert refusal.value.reason is Reason.corrupt

    @pytest.mark.parametrize(
        "lost", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels", "[Content_Types].xml"]
    )
    def test_a_missing_part_is_named_or_at_least_missed(self, lost):
        content = parts(ONE)
        del content[lost]
        with pytest.raises(Unreadable) as refusal:
            book_of(content)
        assert refusal.value.reason is Reason.missing_part

    def test_a_sheet_without_relation_is_corrupt(self):
        content = parts(ONE)
        del content["xl/_rels/workbook.xml.rels"]
        with pytest.raises(Unreadable) as refusal:
            book_of(content)
        assert refusal.value.facts == {"sheet": "S1", "problem": "relation"}


class TestForms:
    """Other writers' ways of saying the same."""

    def test_prefixed_namespaces(self):
        content = parts(TEXT, shared=strings("<t>a</t>"))
        for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            text = str(content[name]).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
            for tag in ("workbook", "sheets", "sheet", "worksheet", "sheetData", "row", "c", "v", "sst", "si", "t"):
                text = (
                    text.replace(f"<{tag} ", f"<x:{tag} ")
                    .replace(f"<{tag}>", f"<x:{tag}>")
                    .replace(f"</{tag}>", f"</x:{tag}>")
                )
            content[name] = text
        assert "<x:row" in str(content["xl/worksheets/sheet1.xml"])
        assert book_of(content).sheets[0].rows == {1: {1: "a"}}

    def test_the_strict_namespaces(self):
        content = {
            name: str(text)
            .replace(MAIN, STRICT)
            .replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            for name, text in parts(TEXT, shared=strings("<t>a</t>"), formats=styles("14")).items()
        }
        assert book_of(dict(content)).sheets[0].rows == {1: {1: "a"}}

    @pytest.mark.parametrize(
        "target",
        [
            "/xl/worksheets/sheet1.xml",
            "./worksheets/sheet1.xml",
            "../xl/worksheets/sheet1.xml",
            "worksheets\\sheet1.xml",
            "Worksheets/SHEET1.xml",
            "worksheets/sheet%31.xml",
        ],
    )
    def test_relation_targets(self, target):
        content = parts(ONE)
        content["xl/_rels/workbook.xml.rels"] = relations(f"rId1 worksheet {target}")
        assert book_of(content).cell_count == 1

    def test_part_names_in_another_case(self):
        content = {name.replace("xl/worksheets", "XL/Worksheets"): text for name, text in parts(ONE).items()}
        assert book_of(content).cell_count == 1

    def test_a_workbook_in_another_folder(self):
        content = {name.replace("xl/", ""): text for name, text in parts(ONE).items()}
        content["_rels/.rels"] = relations("rId1 officeDocument /workbook.xml")
        assert book_of(content).cell_count == 1

    def test_a_byte_order_mark_and_a_declaration(self):
        content = parts(ONE)
        content["xl/worksheets/sheet1.xml"] = (
            b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8" standalone="yes"?>' + ONE.encode()
        )
        assert book_of(content).cell_count == 1

    def test_a_table_that_looks_plain_but_stands_in_a_comment_is_none(self):
        content = parts(
            f'<worksheet xmlns="{MAIN}"><!--<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>--></worksheet>'
        )
        with pytest.raises(Unreadable):
            book_of(content)

    def test_what_excel_writes_around_cells_is_no_matter(self):
        cells = (
            '<row r="1" spans="1:3" s="1" customFormat="1" x14ac:dyDescent="0.2" xmlns:x14ac="urn:x"><c r="A1" s="1" t="s"><v>0</v></c>'
            '<c r="B1" t="str" cm="1"><f t="array" ref="B1:C1">F(&quot;a&quot;)</f><v>a &amp; b</v></c>'
            '<c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="b"><f>A1=1</f><v>1</v></c><c r="E1" s="1"/></row><row r="2"/>'
        )
        assert book_of(parts(worksheet(cells), shared=strings("<t>x</t>"))).cell_count == 4


class TestFacts:
    """What checks want to know about the book besides its cells."""

    def test_the_1904_flag(self):
        assert not book_of(parts(ONE)).date1904
        assert book_of(parts(ONE, head='<workbookPr date1904="true"/>')).date1904

    def test_macros_and_media_type(self):
        content = parts(ONE)
        assert (book_of(content).has_macros, book_of(content).media_type) == (False, WORKBOOK_TYPE)
        content["[Content_Types].xml"] = types(MACRO_TYPE)
        content["xl/vbaProject.bin"] = b"vba"
        content["xl/_rels/workbook.xml.rels"] = relations(
            "rId1 worksheet worksheets/sheet1.xml", "rId2 vbaProject vbaProject.bin"
        )
        assert (book_of(content).has_macros, book_of(content).media_type) == (True, MACRO_TYPE)

    def test_names_of_the_book_and_of_a_sheet(self):
        names = (
            "<definedNames><definedName name=\"wm_deal\">'S1'!$A$1:$B$9</definedName>"
            '<definedName name="_xlnm.Print_Area" localSheetId="0">S1!$A$1</definedName>'
            '<definedName name="lost" localSheetId="99">S1!$A$1</definedName></definedNames>'
        )
        book = book_of(parts(ONE, tail=names))
        assert book.defined_names == {"wm_deal": "'S1'!$A$1:$B$9"}
        assert book.defined_name("WM_Deal") == "'S1'!$A$1:$B$9"
        assert book.defined_name("wm_trust") is None
        assert book.sheets[0].defined_names == {"_xlnm.Print_Area": "S1!$A$1"}

    def test_external_links_keep_their_numbers(self):
        links = (
            '<externalReferences><externalReference r:id="rId8"/><externalReference r:id="rId9"/></externalReferences>'
        )
        content = parts(ONE, tail=links)
        content["xl/_rels/workbook.xml.rels"] = relations(
            "rId1 worksheet worksheets/sheet1.xml",
            "rId9 externalLink externalLinks/externalLink1.xml",
        )
        content["xl/externalLinks/externalLink1.xml"] = f'<externalLink xmlns="{MAIN}"/>'
        content["xl/externalLinks/_rels/externalLink1.xml.rels"] = relations(
            "rId1 externalLinkPath file:///C:/a.xlam external"
        )
        assert book_of(content).external_links == ["", "file:///C:/a.xlam"]


class TestStyles:
    """Styles only tell dates from numbers: without readable ones the book is still read, and says so."""

    CELLS = worksheet('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')

    def read(self, formats: str | None, limits: Limits) -> Book:
        return book_of(parts(self.CELLS, formats=formats), limits=limits)

    @pytest.mark.parametrize(
        ("formats", "limits", "note"),
        [
            (None, Limits(), BookNote.styles_missing),
            (styles("14"), Limits(style_bytes=10), BookNote.styles_too_large),
            ("<styleSheet", Limits(), BookNote.styles_unreadable),
        ],
    )
    def test_unread_styles_are_said(self, formats, limits, note):
        book = self.read(formats, limits)
        assert book.notes == [note]
        assert book.sheets[0].rows == {1: {1: 1.0}}
        assert book.sheets[0].date_cells == set()

    def test_read_styles_need_no_note(self):
        book = self.read(styles("14"), Limits())
        assert book.notes == []
        assert book.sheets[0].date_cells == {(1, 1)}
