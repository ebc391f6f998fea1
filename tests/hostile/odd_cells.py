"""Rows and cells: where they say they stand, and what they say they hold."""

from __future__ import annotations

import re

from odd_workbook import cells, changed, deal, odd, own_sheet, put, shaped

# -- places -------------------------------------------------------------------------------------------------------------

PLACES = {
    "a_cell_beyond_the_sheet": b'<row r="60"><c r="ZZZZ60"><v>1</v></c></row>',
    "a_cell_just_beyond_the_sheet": b'<row r="60"><c r="XFE60"><v>1</v></c></row>',
    "a_cell_in_row_zero": b'<row r="60"><c r="A0"><v>1</v></c></row>',
    "a_cell_just_below_the_sheet": b'<row r="60"><c r="A1048577"><v>1</v></c></row>',
    "a_cell_in_no_notation": b'<row r="60"><c r="R60C1"><v>1</v></c></row>',
    "a_cell_with_an_empty_place": b'<row r="60"><c r=""><v>1</v></c></row>',
    "a_cell_in_full_width_digits": '<row r="60"><c r="A６０"><v>1</v></c></row>'.encode(),
    "a_cell_in_small_letters": b'<row r="60"><c r="h60"><v>1</v></c></row>',
    "a_cell_with_dollars": b'<row r="60"><c r="$H$60"><v>1</v></c></row>',
    "a_cell_in_another_row": b'<row r="60"><c r="H61"><v>1</v></c></row>',
    "a_cell_twice": b'<row r="60"><c r="H60"><v>1</v></c><c r="H60"><v>2</v></c></row>',
    "cells_out_of_order": b'<row r="60"><c r="J60"><v>1</v></c><c r="H60"><v>2</v></c></row>',
    "cells_without_places": b'<row r="60"><c/><c><v>1</v></c><c><v>2</v></c></row>',
    "rows_out_of_order": b'<row r="62"><c r="H62"><v>1</v></c></row><row r="60"><c r="H60"><v>2</v></c></row>',
    "a_row_twice": b'<row r="60"><c r="H60"><v>1</v></c></row><row r="60"><c r="I60"><v>2</v></c></row>',
    "a_row_without_a_number": b"<row><c><v>1</v></c></row>",
    "row_zero": b'<row r="0"><c r="A0"><v>1</v></c></row>',
    "a_row_below_zero": b'<row r="-1"><c><v>1</v></c></row>',
    "a_row_in_words": b'<row r="eight"><c><v>1</v></c></row>',
    "a_row_with_a_fraction": b'<row r="60.0"><c r="A60"><v>1</v></c></row>',
    "a_row_beyond_the_sheet": b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>',
    "a_row_of_a_thousand_digits": b'<row r="' + b"9" * 1000 + b'"><c><v>1</v></c></row>',
    "a_row_inside_a_row": b'<row r="60"><row r="61"><c r="H61"><v>1</v></c></row></row>',
    "a_cell_outside_a_row": b'<c r="H60"><v>1</v></c>',
    "the_far_corner": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "the_last_row": b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
    "the_last_column": b'<row r="60"><c r="XFD60"><v>1</v></c></row>',
    "an_empty_cell_in_the_far_corner": b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',
}  # fmt: skip
for _name, _xml in PLACES.items():
    odd(f"{_name}.xlsx")(lambda xml=_xml: changed(sheet=cells(xml)))
odd("a_million_rows_and_one_cell.xlsx")(lambda: own_sheet(b'<row r="1000000"><c r="A1000000"><v>1</v></c></row>'))
odd("no_cell_references.xlsx")(lambda: changed(sheet=lambda data: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", data)))
odd("two_cell_tables.xlsx")(lambda: changed(sheet=put(b"</sheetData>", b'</sheetData><sheetData><row r="60"><c r="H60"><v>1</v></c></row></sheetData>')))  # fmt: skip
odd("no_cell_table.xlsx")(lambda: changed(sheet=shaped(rb"<sheetData>.*</sheetData>", b"")))
odd("an_empty_cell_table.xlsx")(lambda: changed(sheet=shaped(rb"<sheetData>.*</sheetData>", b"<sheetData/>")))
odd("dimensions_that_lie.xlsx")(lambda: changed(sheet=put(b'ref="A1:C20"', b'ref="A1:XFD1048576"')))
odd("very_many_cells.xlsx")(lambda: own_sheet(b"".join(b'<row r="%d">%s</row>' % (r, b"".join(b"<c><v>%d</v></c>" % (r * c * 7919 % 99_991) for c in range(60))) for r in range(1, 4001))))  # fmt: skip
odd("very_many_blank_rows.xlsx")(lambda: own_sheet(b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (r, r) for r in range(1, 200_001))))  # fmt: skip
odd("rows_and_columns_far_apart.xlsx")(
    lambda: own_sheet(b"".join(b'<row r="%d"><c r="AMJ%d"><v>%d</v></c></row>' % (r, r, r) for r in range(1, 15_001)))
)

# -- values: the amount of the deal, which should be 12800000 --------------------------------------------------------------

AMOUNTS = {
    "nan": b"<v>NaN</v>",
    "infinite": b"<v>INF</v>",
    "with_an_underscore": b"<v>1_000</v>",
    "in_full_width_digits": "<v>１２８</v>".encode(),
    "with_a_comma": b"<v>12,800,000</v>",
    "in_hexadecimal": b"<v>0x10</v>",
    "enormous": b"<v>1e308</v>",
    "beyond_all_numbers": b"<v>1e999</v>",
    "below_zero": b"<v>-12800000</v>",
    "minus_zero": b"<v>-0</v>",
    "of_a_thousand_digits": b"<v>" + b"9" * 1000 + b"</v>",
    "with_nothing_in_it": b"<v></v>",
    "twice_in_one_cell": b"<v>1</v><v>2</v>",
    "with_an_element_in_it": b"<v>1<x/>2</v>",
}
for _name, _xml in AMOUNTS.items():
    odd(f"an_amount_{_name}.xlsx")(lambda xml=_xml: deal("B8", b'<c r="B8" s="STYLE">' + xml + b"</c>"))
TYPES = {
    "a_type_nobody_knows": b'<c r="B8" t="q"><v>12800000</v></c>',
    "an_empty_type": b'<c r="B8" t=""><v>12800000</v></c>',
    "a_truth_in_words": b'<c r="B8" t="b"><v>true</v></c>',
    "a_truth_of_two": b'<c r="B8" t="b"><v>2</v></c>',
    "an_error_for_an_amount": b'<c r="B8" t="e"><v>#REF!</v></c>',
    "an_error_nobody_knows": b'<c r="B8" t="e"><v>#WHAT!</v></c>',
    "a_text_for_an_amount": b'<c r="B8" t="str"><v>12800000</v></c>',
    "an_inline_text_for_an_amount": b'<c r="B8" t="inlineStr"><is><t>much</t></is></c>',
    "an_inline_text_and_a_value": b'<c r="B8" t="inlineStr"><is><t>much</t></is><v>5</v></c>',
    "an_inline_text_without_text": b'<c r="B8" t="inlineStr"/>',
    "a_date_for_an_amount": b'<c r="B8" t="d"><v>2026-06-26T00:00:00Z</v></c>',
    "no_style_of_this_number": b'<c r="B8" s="999999"><v>12800000</v></c>',
    "a_style_below_zero": b'<c r="B8" s="-1"><v>12800000</v></c>',
    "a_style_in_words": b'<c r="B8" s="bold"><v>12800000</v></c>',
    "an_empty_style": b'<c r="B8" s=""><v>12800000</v></c>',
    "a_string_index_out_of_range": b'<c r="B8" t="s"><v>999999</v></c>',
    "a_string_index_below_zero": b'<c r="B8" t="s"><v>-1</v></c>',
    "a_string_index_in_words": b'<c r="B8" t="s"><v>first</v></c>',
    "a_string_index_with_a_fraction": b'<c r="B8" t="s"><v>1.0</v></c>',
    "a_string_index_of_a_thousand_digits": b'<c r="B8" t="s"><v>' + b"9" * 1000 + b"</v></c>",
    "a_string_without_an_index": b'<c r="B8" t="s"><v/></c>',
}
for _name, _xml in TYPES.items():
    odd(f"{_name}.xlsx")(lambda xml=_xml: deal("B8", xml))
DAYS = {
    "by_iso_8601": b'<c r="B10" t="d"><v>2026-06-26</v></c>',
    "by_iso_8601_that_is_none": b'<c r="B10" t="d"><v>2026-13-45</v></c>',
    "that_never_was": b'<c r="B10" s="STYLE"><v>60</v></c>',
    "below_zero": b'<c r="B10" s="STYLE"><v>-1</v></c>',
    "enormous": b'<c r="B10" s="STYLE"><v>1e308</v></c>',
    "after_the_year_9999": b'<c r="B10" s="STYLE"><v>2958466</v></c>',
    "nan": b'<c r="B10" s="STYLE"><v>NaN</v></c>',
    "in_words": b'<c r="B10" t="str"><v>next summer</v></c>',
    "true": b'<c r="B10" t="b"><v>1</v></c>',
}
for _name, _xml in DAYS.items():
    odd(f"a_date_{_name}.xlsx")(lambda xml=_xml: deal("B10", xml))

# -- texts: the account -------------------------------------------------------------------------------------------------


def inline(xml):
    return b'<c r="B5" t="inlineStr"><is>' + xml + b"</is></c>"


TEXTS = {
    "in_runs": b"<r><rPr><b/></rPr><t>Yun</t></r><r><t>ling</t></r>",
    "with_a_reading_aid": '<t>云岭</t><rPh sb="0" eb="2"><t>yun ling</t></rPh><phoneticPr fontId="1"/>'.encode(),
    "that_is_a_formula": b"<t>=cmd|'/C calc'!A0</t>",
    "that_is_a_script": b"<t>&lt;script&gt;alert(1)&lt;/script&gt;</t>",
    "that_leaves_an_attribute": b"<t>&quot;&gt;&lt;img src=x onerror=alert(1)&gt;</t>",
    "that_ends_cdata": b"<t>a]]&gt;b</t>",
    "with_escapes_of_control_characters": b"<t>a_x001B_[31m_x0007__x000D_</t>",
    "with_half_a_character": b"<t>a_xD800_b</t>",
    "with_no_character": b"<t>a_xFFFF_b</t>",
    "with_a_zero": b"<t>a_x0000_b</t>",
    "written_backwards": "<t>a\u202etxt.exe\u202cb</t>".encode(),
    "of_spaces": b'<t xml:space="preserve">   </t>',
    "of_nothing_to_see": "<t>\u200b\u2060\ufeff</t>".encode(),
    "with_braces": b"<t>{0} {account} %s %(x)s ${x}</t>",
    "in_emoji": "<t>👩‍👩‍👧‍👦 Ltd</t>".encode(),
    "too_long": b"<t>" + b"long " * 20_000 + b"</t>",
    "of_32767_characters": b"<t>" + b"x" * 32_767 + b"</t>",
}
for _name, _xml in TEXTS.items():
    odd(f"a_text_{_name}.xlsx")(lambda xml=_xml: deal("B5", inline(xml)))

# -- formulas -----------------------------------------------------------------------------------------------------------

FORMULAS = {
    "shared_without_a_first": b'<f t="shared" si="7"/><v>1</v>',
    "shared_with_an_odd_number": b'<f t="shared" si="x">1+1</f><v>2</v>',
    "shared_over_everything": b'<f t="shared" ref="A1:XFD1048576" si="0">A1</f><v>2</v>',
    "array_without_an_area": b'<f t="array">SUM(A1:A9)</f><v>2</v>',
    "array_over_everything": b'<f t="array" ref="A1:XFD1048576">1</f><v>2</v>',
    "of_a_data_table": b'<f t="dataTable" ref="H60:I61" dt2D="1" dtr="1" r1="A1" r2="A2"/><v>2</v>',
    "of_a_type_nobody_knows": b'<f t="what">1</f><v>2</v>',
    "that_runs_a_program": b"<f>cmd|'/C calc'!A0</f><v>0</v>",
    "that_calls_the_web": b'<f>WEBSERVICE("http://localhost:9/")</f><v>0</v>',
    "that_looks_outside": b"<f>[1]Sheet1!A1</f><v>0</v>",
    "of_a_hundred_thousand_signs": b"<f>" + b"1+" * 50_000 + b"1</f><v>0</v>",
    "nested_ten_thousandfold": b"<f>" + b"(" * 10_000 + b"1" + b")" * 10_000 + b"</f><v>0</v>",
    "of_quotes": b"<f>" + b"\"'[" * 8_000 + b"</f><v>0</v>",
    "on_itself": b"<f>H60</f><v>0</v>",
    "without_a_result": b"<f>1+1</f>",
}
for _name, _xml in FORMULAS.items():
    odd(f"a_formula_{_name}.xlsx")(
        lambda xml=_xml: changed(sheet=cells(b'<row r="60"><c r="H60">' + xml + b"</c></row>"))
    )
odd("a_formula_for_an_amount.xlsx")(lambda: deal("B8", b'<c r="B8"><f>SUM(1,2)*1000</f><v>3000</v></c>'))
odd("shared_formulas_that_overlap.xlsx")(lambda: changed(sheet=cells(
    b'<row r="60"><c r="H60"><f t="shared" ref="H60:H62" si="0">A1</f><v>1</v></c><c r="I60"><f t="shared" ref="H60:I61" si="0">B1</f><v>1</v></c></row>'
    b'<row r="61"><c r="H61"><f t="shared" si="0"/><v>1</v></c></row>'
)))  # fmt: skip
odd("a_shared_formula_of_many_megabytes.xlsx")(lambda: own_sheet(
    b'<row r="1"><c r="A1"><f t="shared" ref="A1:A9000" si="0">' + b'B1&amp;"' + b"long " * 1_500 + b'"</f><v>1</v></c></row>'
    + b"".join(b'<row r="%d"><c r="A%d"><f t="shared" si="0"/><v>1</v></c></row>' % (r, r) for r in range(2, 9001))
))  # fmt: skip
