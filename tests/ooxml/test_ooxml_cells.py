"""Cells: ECMA-376 part 1, 18.3.1, and what is found in the wild."""

from __future__ import annotations

import pytest
from workbook_parts import book_of, one, parts, row_of, sheet_of, strings, styles, worksheet

from warmap_workbook.ooxml import ErrorValue, Limits, Note, Reason, Unreadable, cell_name


class TestNumbers:
    """A number cell holds a finite number; numbers are always floats, and what is no number stays text."""

    @pytest.mark.parametrize(
        ("text", "number"), [("1", 1.0), ("0.75", 0.75), ("-2.5E-3", -0.0025), ("1e5", 1e5), (" 7 ", 7.0), (".5", 0.5)]
    )
    def test_a_number_is_a_float(self, text, number):
        value = one(f'<c r="A1"><v>{text}</v></c>')
        assert value == number
        assert type(value) is float

    @pytest.mark.parametrize("text", ["NaN", "INF", "-INF", "infinity", "1_000", "1e999", "٣", "0x1F", "1,5", "abc"])
    def test_what_float_takes_but_the_format_does_not_stays_text_and_is_noted(self, text):
        sheet = sheet_of(f'<row r="1"><c r="A1"><v>{text}</v></c></row>')
        assert sheet.value(1, 1) == text
        assert sheet.notes == {Note.not_a_number: 1}

    @pytest.mark.parametrize("cell", ['<c r="A1"><v/></c>', '<c r="A1"><v></v></c>', '<c r="A1"><v> </v></c>'])
    def test_an_empty_value_is_an_empty_cell(self, cell):
        assert row_of(cell) == {}

    def test_a_cell_with_a_style_only_is_empty(self):
        assert row_of('<c r="A1" s="0"/><c r="B1" s="0"></c>') == {}


class TestTypes:
    """18.18.11: b, d, e, inlineStr, n, s, str."""

    def test_booleans(self):
        cells = "".join(
            f'<c r="{c}1" t="b"><v>{v}</v></c>' for c, v in zip("ABCD", ("1", "0", "true", "false"), strict=True)
        )
        assert row_of(cells) == {1: True, 2: False, 3: True, 4: False}

    def test_what_is_no_boolean_stays_text(self):
        sheet = sheet_of('<row r="1"><c r="A1" t="b"><v>2</v></c></row>')
        assert sheet.value(1, 1) == "2"
        assert sheet.notes == {Note.not_a_boolean: 1}

    @pytest.mark.parametrize("code", ["#NAME?", "#VALUE!", "#N/A", "#SPILL!"])
    def test_errors_keep_their_code(self, code):
        assert one(f'<c r="A1" t="e"><v>{code}</v></c>') == ErrorValue(code)

    def test_text_results_of_formulas(self):
        assert one('<c r="A1" t="str"><f>B1</f><v>a &amp; b</v></c>') == "a & b"

    def test_an_empty_text_result_is_an_empty_text_and_not_an_empty_cell(self):
        assert row_of('<c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="str"><v/></c>') == {1: "", 2: ""}

    def test_a_formula_never_calculated_has_no_value(self):
        sheet = sheet_of('<row r="1"><c r="A1" t="str"><f>B1</f></c><c r="B1"><f>C1</f><v/></c></row>')
        assert sheet.rows == {}
        assert {place: formula.text for place, formula in sheet.formulas.items()} == {(1, 1): "B1", (1, 2): "C1"}

    def test_inline_strings_plain_and_rich(self):
        cells = (
            '<c r="A1" t="inlineStr"><is><t>plain</t></is></c>'
            '<c r="B1" t="inlineStr"><is><r><t>ri</t></r><r><rPr/><t>ch</t></r></is></c>'
            '<c r="C1" t="inlineStr"><v>written as a value</v></c>'
            '<c r="D1" t="inlineStr"><is/></c>'
        )
        assert row_of(cells) == {1: "plain", 2: "rich", 3: "written as a value", 4: ""}

    @pytest.mark.parametrize(
        ("text", "serial"),
        [("2024-01-05", 45296.0), ("2024-01-05T12:00:00Z", 45296.5), ("18:00:00", 0.75), ("1900-01-01", 1.0)],
    )
    def test_iso_dates_become_serial_numbers_and_count_as_dates(self, text, serial):
        sheet = sheet_of(f'<row r="1"><c r="A1" t="d"><v>{text}</v></c></row>')
        assert sheet.value(1, 1) == serial
        assert sheet.date_cells == {(1, 1)}

    def test_iso_dates_follow_the_1904_system(self):
        content = parts(
            worksheet('<row r="1"><c r="A1" t="d"><v>1904-01-02</v></c></row>'), head='<workbookPr date1904="1"/>'
        )
        assert book_of(content).sheets[0].value(1, 1) == 1.0

    @pytest.mark.parametrize("text", ["next week", "2024-13-01", "1899-12-01", "-"])
    def test_what_is_no_date_stays_text(self, text):
        sheet = sheet_of(f'<row r="1"><c r="A1" t="d"><v>{text}</v></c></row>')
        assert sheet.value(1, 1) == text
        assert sheet.notes == {Note.not_a_date: 1}

    def test_an_unknown_type_stays_text(self):
        sheet = sheet_of('<row r="1"><c r="A1" t="z"><v>5</v></c></row>')
        assert sheet.value(1, 1) == "5"
        assert sheet.notes == {Note.unknown_type: 1}


class TestText:
    """18.4.8 and 18.4.4: shared strings, rich text, phonetic runs; 22.9.2.19: escapes."""

    @pytest.mark.parametrize(
        ("item", "text"),
        [
            ("<t>plain</t>", "plain"),
            ('<t xml:space="preserve"> kept </t>', " kept "),
            ("<r><t>经济</t></r><r><rPr><b/></rPr><t>买家</t></r>", "经济买家"),
            ('<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>', "東京"),
            ("<t/>", ""),
            ("", ""),
            ("<t>a_x000D_\nb</t>", "a\r\nb"),
            ("<t>_x005F_x000D_</t>", "_x000D_"),
            ("<t>_xD83D__xDE00_</t>", "😀"),
            ("<t>_xD83D_ alone</t>", "_xD83D_ alone"),
            ("<t>_xyz_ a_x12</t>", "_xyz_ a_x12"),
            ("<t><![CDATA[<b> & c]]></t>", "<b> & c"),
        ],
    )
    def test_a_shared_string_is_its_text(self, item, text):
        assert one('<c r="A1" t="s"><v>0</v></c>', shared=strings(item)) == text

    def test_escapes_are_read_in_results_and_inline_text_too(self):
        cells = '<c r="A1" t="str"><v>a_x0041_</v></c><c r="B1" t="inlineStr"><is><t>_x0042_</t></is></c>'
        assert row_of(cells) == {1: "aA", 2: "B"}

    def test_an_index_may_be_written_with_zeros_and_spaces(self):
        cells = '<c r="A1" t="s"><v>01</v></c><c r="B1" t="s"><v> 0 </v></c>'
        assert row_of(cells, shared=strings("<t>a</t>", "<t>b</t>")) == {1: "b", 2: "a"}

    @pytest.mark.parametrize("index", ["2", "-1", "1_0", "x", "1.0"])
    def test_a_string_that_is_not_there_makes_the_book_unreadable(self, index):
        with pytest.raises(Unreadable) as refusal:
            one(f'<c r="A1" t="s"><v>{index}</v></c>', shared=strings("<t>a</t>", "<t>b</t>"))
        assert refusal.value.reason is Reason.corrupt
        assert refusal.value.facts == {"shared_string": index, "sheet": "S1", "cell": "A1"}

    def test_shared_strings_without_their_part_are_missed(self):
        with pytest.raises(Unreadable) as refusal:
            one('<c r="A1" t="s"><v>0</v></c>')
        assert refusal.value.reason is Reason.missing_part


class TestPlaces:
    """18.3.1.4 and 18.3.1.73: `r` is optional in rows and in cells."""

    def test_rows_and_cells_without_references_follow_each_other(self):
        sheet = sheet_of('<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="5"/><row><c><v>6</v></c></row>')
        assert sheet.rows == {1: {1: 1.0, 3: 3.0}, 6: {1: 6.0}}

    def test_a_cell_without_reference_follows_the_one_before(self):
        assert row_of('<c r="C1"><v>3</v></c><c><v>4</v></c>') == {3: 3.0, 4: 4.0}

    def test_a_first_row_may_be_missing(self):
        assert sheet_of('<row r="3"><c r="B3"><v>1</v></c></row>').rows == {3: {2: 1.0}}

    def test_the_last_of_two_cells_with_one_name_wins(self):
        sheet = sheet_of(
            '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="A1"><v>3</v></c><c r="A1"/></row>'
            '<row r="1"><c r="B1"><v>4</v></c><c r="A1"><v></v></c></row>'
        )
        assert sheet.rows == {1: {1: 3.0, 2: 4.0}}
        assert sheet.formulas == {}
        assert sheet.notes == {Note.duplicate_cell: 1}

    def test_an_empty_cell_does_not_wipe_out_the_one_before(self):
        sheet = sheet_of(
            '<row r="1"><c r="A1" s="0"><f>B1</f><v>2</v></c><c r="A1"><v/></c></row>', formats=styles("14")
        )
        assert sheet.rows == {1: {1: 2.0}}
        assert sheet.formulas[(1, 1)].text == "B1"
        assert sheet.date_cells == {(1, 1)}

    def test_cells_out_of_order_are_all_read(self):
        assert row_of('<c r="C1"><v>3</v></c><c r="A1"><v>1</v></c>') == {1: 1.0, 3: 3.0}

    def test_a_cell_in_another_row_goes_where_its_reference_says(self):
        sheet = sheet_of('<row r="1"><c r="A2"><v>2</v></c><c r="B1"><v>1</v></c></row>')
        assert sheet.rows == {1: {2: 1.0}, 2: {1: 2.0}}
        assert sheet.notes == {Note.cell_in_another_row: 1}

    def test_references_in_lower_case_are_read(self):
        assert row_of('<c r="b1"><v>2</v></c>') == {2: 2.0}

    @pytest.mark.parametrize(
        "row", ['<row r="0"/>', '<row r="-1"/>', '<row r="1_0"/>', '<row r="x"/>', f'<row r="{"9" * 5000}"/>']
    )
    def test_an_impossible_row_is_corrupt(self, row):
        with pytest.raises(Unreadable) as refusal:
            sheet_of(row)
        assert refusal.value.reason is Reason.corrupt

    @pytest.mark.parametrize("name", ["A0", "1", "AAAA1", "A1048577", "XFE1", "A", "", "A1:B2"])
    def test_an_impossible_cell_is_corrupt(self, name):
        with pytest.raises(Unreadable) as refusal:
            sheet_of(f'<row r="1"><c r="{name}"><v>1</v></c></row>')
        assert refusal.value.reason is Reason.corrupt

    def test_what_is_neither_row_nor_cell_is_noted(self):
        sheet = sheet_of('<row r="1"><c r="A1"><v>1</v></c><extLst/><odd/></row><odd xmlns="urn:x"/>')
        assert sheet.rows == {1: {1: 1.0}}
        assert sheet.notes == {Note.foreign_element: 2}


class TestBox:
    """Only cells that hold something count against the box and the number of cells."""

    @pytest.mark.parametrize("name", ["AMK1", "A20001", "XFD1048576"])
    @pytest.mark.parametrize(
        ("inside", "text"),
        [("<v>1</v>", "1"), ("<f>B1</f>", "="), ("<f>B1</f><v>7</v>", "7"), ("<is><t> </t></is>", " ")],
    )
    def test_a_cell_beyond_the_box_is_counted_and_takes_no_room(self, name, inside, text):
        row = "".join(filter(str.isdigit, name))
        sheet = sheet_of(f'<row r="{row}"><c r="{name}">{inside}</c></row>')
        assert (sheet.rows, sheet.formulas) == ({}, {})
        assert sheet.far.count == 1
        assert (cell_name(*sheet.far.first[:2]), sheet.far.first[2]) == (name, text)
        assert sheet.far.are_blank is (text == " ")

    def test_what_stands_near_in_the_same_row_is_read(self):
        sheet = sheet_of('<row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>2</v></c><c r="B2"><v>3</v></c></row>')
        assert sheet.rows == {2: {1: 1.0, 2: 3.0}}
        assert sheet.far.count == 1

    def test_cells_beyond_the_box_count_as_cells(self):
        far = worksheet("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(30_000, 30_005)))
        with pytest.raises(Unreadable) as refusal:
            book_of(parts(far), limits=Limits(cells=4))
        assert refusal.value.reason is Reason.too_many_cells

    def test_formatting_beyond_the_box_is_of_no_concern(self):
        sheet = sheet_of('<row r="1"><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"><v/></c></row>')
        assert sheet.rows == {}

    def test_the_number_of_cells_counts_over_all_sheets(self):
        sheet = worksheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>')
        assert book_of(parts(sheet, sheet), limits=Limits(cells=4)).cell_count == 4
        with pytest.raises(Unreadable) as refusal:
            book_of(parts(sheet, sheet), limits=Limits(cells=3))
        assert refusal.value.reason is Reason.too_many_cells

    @pytest.mark.parametrize(
        "cell", ['t="str"><v>{}</v>', 't="inlineStr"><is><t>{}</t></is>', "><f>{}</f>", 't="e"><v>{}</v>', "><v>{}</v>"]
    )
    def test_text_has_the_length_of_excels_own_limit(self, cell):
        row = f'<row r="1"><c r="A1" {cell}</c></row>'
        sheet_of(row.format("x" * 32_767))
        with pytest.raises(Unreadable) as refusal:
            sheet_of(row.format("x" * 32_768))
        assert refusal.value.reason is Reason.text_too_long
        assert refusal.value.facts["cell"] == "A1"


class TestDates:
    """18.8.30: a number is a date when the format of its cell shows one."""

    @pytest.mark.parametrize(
        "code",
        [
            "14",
            "22",
            "31",
            "47",
            "57",
            "yyyy-mm-dd",
            "d.m.yy;@",
            "[$-409]d-mmm",
            "[h]:mm",
            "yyyy&quot;年&quot;m&quot;月&quot;",
        ],
    )
    def test_date_formats(self, code):
        assert sheet_of('<row r="1"><c r="A1" s="0"><v>1</v></c></row>', formats=styles(code)).date_cells == {(1, 1)}

    @pytest.mark.parametrize(
        "code",
        ["0", "9", "49", "General", "0.0E+00", "[Red]0;[Blue]-0", "0&quot; days&quot;", "\\d0", "_d0", "#,##0;d"],
    )
    def test_other_formats(self, code):
        assert sheet_of('<row r="1"><c r="A1" s="0"><v>1</v></c></row>', formats=styles(code)).date_cells == set()

    def test_only_numbers_are_dates(self):
        cells = (
            '<c r="A1" s="1" t="str"><v>soon</v></c><c r="B1" s="1"/><c r="C1" s="1"><v>1</v></c><c r="D1"><v>1</v></c>'
        )
        assert sheet_of(f'<row r="1">{cells}</row>', formats=styles("0", "14")).date_cells == {(1, 3)}

    def test_a_cell_without_style_has_the_first_format(self):
        assert sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>', formats=styles("14")).date_cells == {(1, 1)}
