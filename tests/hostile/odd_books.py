"""The workbook as a whole: relations, sheets, names, strings, styles, and what else it carries."""

from __future__ import annotations

import io
import random
import zipfile

from odd_workbook import (
    MAIN,
    OFFICE,
    OLE,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    WORKBOOK,
    added,
    cells,
    changed,
    named,
    names,
    odd,
    parts,
    put,
    shaped,
    sheet_added,
    zipped,
)

from warmap.layout import placements
from warmap.parsing import column_letters

_DEAL = b"worksheets/sheet3.xml"
_PEOPLE = placements()["contacts"]
_LAST = f"${column_letters(_PEOPLE.left + len(_PEOPLE.table.fields) - 1)}$65".encode()  # of the table of people
_M = MAIN.encode()

# -- relations and types ------------------------------------------------------------------------------------------------

TARGETS = {
    "a_target_from_the_root": b"/xl/worksheets/sheet3.xml",
    "a_target_by_way_of_the_parent": b"../xl/worksheets/sheet3.xml",
    "a_target_in_capitals": b"Worksheets/Sheet3.XML",
    "a_target_with_a_backslash": b"worksheets\\sheet3.xml",
    "a_target_percent_encoded": b"worksheets/sheet%33.xml",
    "a_target_out_of_the_file": b"../../../../etc/passwd",
    "a_target_on_the_web": b"http://localhost:9/sheet3.xml",
    "a_target_on_the_disk": b"file:///etc/passwd",
    "a_target_that_is_empty": b"",
    "a_target_that_is_the_workbook": b"workbook.xml",
    "a_target_that_is_the_strings": b"sharedStrings.xml",
    "a_target_that_is_its_relations": b"_rels/workbook.xml.rels",
    "a_target_that_is_a_chart": b"charts/chart1.xml",
    "a_target_of_another_sheet": b"worksheets/sheet4.xml",
}
for _name, _target in TARGETS.items():
    odd(f"{_name}.xlsx")(lambda target=_target: changed(relations=put(_DEAL, target)))
odd("a_sheet_that_is_elsewhere.xlsx")(
    lambda: changed(relations=put(b'sheet3.xml"', b'sheet3.xml" TargetMode="External"'))
)
odd("a_relation_of_no_known_type.xlsx")(
    lambda: changed(relations=shaped(rb'(Id="rId3" Type=")[^"]*', rb"\1urn:nobody"))
)
odd("a_relation_twice.xlsx")(lambda: changed(relations=put(b'Id="rId4"', b'Id="rId3"')))
odd("a_sheet_without_a_relation.xlsx")(lambda: changed(workbook=put(b'r:id="rId3"', b'r:id="rId999"')))
odd("two_sheets_of_one_part.xlsx")(lambda: changed(workbook=put(b'r:id="rId4"', b'r:id="rId3"')))
odd("the_package_is_its_own_workbook.xlsx")(
    lambda: zipped({**parts(), "_rels/.rels": put(b"xl/workbook.xml", b"_rels/.rels")(parts()["_rels/.rels"])})
)
odd("the_workbook_is_on_the_web.xlsx")(
    lambda: zipped({**parts(), "_rels/.rels": put(b'"xl/workbook.xml"', b'"http://localhost:9/" TargetMode="External"')(parts()["_rels/.rels"])})
)  # fmt: skip
odd("no_type_for_the_workbook.xlsx")(
    lambda: changed(types=shaped(rb'<Override PartName="/xl/workbook.xml"[^>]*>', b""))
)
odd("no_types_at_all.xlsx")(lambda: changed(types=shaped(rb"<Default.*</Types>", b"</Types>")))

# -- sheets -------------------------------------------------------------------------------------------------------------

_CELL = b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
_OWN = b'<worksheet xmlns="%b">%b</worksheet>' % (_M, _CELL)
odd("two_sheets_of_one_name.xlsx")(lambda: changed(workbook=put(b'name="People"', b'name="DEAL"')))
odd("a_sheet_without_a_name.xlsx")(lambda: changed(workbook=put(b'name="People" ', b"")))
odd("a_sheet_name_of_many_characters.xlsx")(lambda: sheet_added("x" * 300, "worksheet", _OWN))
odd("a_sheet_name_that_is_markup.xlsx")(
    lambda: sheet_added("&lt;b&gt;'[]:*?/\\", "worksheet", _OWN, state=' state="hidden"')
)
odd("a_very_hidden_sheet.xlsx")(lambda: sheet_added("Salary", "worksheet", _OWN, state=' state="veryHidden"'))
odd("a_sheet_hidden_in_a_way_nobody_knows.xlsx")(
    lambda: sheet_added("Salary", "worksheet", _OWN, state=' state="what"')
)
odd("every_sheet_hidden.xlsx")(
    lambda: changed(
        workbook=lambda data: (
            data.replace(b' r:id="rId', b' state="hidden" r:id="rId')
            .replace(b'state="hidden" state', b"state")
            .replace(b'state="veryHidden" state="hidden"', b'state="veryHidden"')
        )
    )
)
odd("no_sheets.xlsx")(lambda: changed(workbook=shaped(rb"<sheets>.*</sheets>", b"<sheets/>")))
odd("no_list_of_sheets.xlsx")(lambda: changed(workbook=shaped(rb"<sheets>.*</sheets>", b"")))
odd("a_chart_sheet.xlsx")(
    lambda: sheet_added("Chart", "chartsheet", b'<chartsheet xmlns="%b"/>' % _M, media="chartsheet")
)
odd("a_dialog_sheet.xlsx")(
    lambda: sheet_added("Dialog", "dialogsheet", b'<dialogsheet xmlns="%b"/>' % _M, media="dialogsheet")
)


@odd("a_macro_sheet.xlsx")
def _macro_sheet():
    """Macros of Excel 4.0: on a sheet, run when the file is opened."""
    auto_open = b'<definedName name="_xlnm.Auto_Open" function="1" hidden="1">Macro!$A$1</definedName>'
    rows = b'<sheetData><row r="1"><c r="A1"><f>EXEC("calc")</f><v>0</v></c></row></sheetData>'
    part = (
        b'<xm:macrosheet xmlns="%b" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">%b</xm:macrosheet>'
        % (_M, rows)
    )
    with zipfile.ZipFile(io.BytesIO(sheet_added("Macro", "xlMacrosheet", part, media="macrosheet"))) as book:
        content = {name: book.read(name) for name in book.namelist()}
    content[WORKBOOK] = put(b"</definedNames>", auto_open + b"</definedNames>")(content[WORKBOOK])
    content[RELATIONS] = content[RELATIONS].replace(
        f"{OFFICE}/xlMacrosheet".encode(), b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    )
    return zipped(content)


@odd("a_thousand_sheets.xlsx")
def _thousand():
    content = dict(parts())
    listed = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rIdS%d"/>' % (n, n + 100, n) for n in range(1000))
    related = b"".join(
        b'<Relationship Id="rIdS%d" Type="%b/worksheet" Target="worksheets/s%d.xml"/>' % (n, OFFICE.encode(), n)
        for n in range(1000)
    )
    content[WORKBOOK] = put(b"</sheets>", listed + b"</sheets>")(content[WORKBOOK])
    content[RELATIONS] = put(b"</Relationships>", related + b"</Relationships>")(content[RELATIONS])
    return zipped({**content, **{f"xl/worksheets/s{n}.xml": _OWN for n in range(1000)}})


# -- names --------------------------------------------------------------------------------------------------------------

MEANINGS = {
    "of_whole_columns": b"Deal!$A:$XFD",
    "of_the_whole_sheet": b"People!$A$1:$XFD$1048576",
    "of_another_table": b"Trust!$A$7:$K$207",
    "of_several_sheets": b"Deal:Trust!$A$1:$B$9",
    "of_several_areas": b"(People!$D$5:$E$9,People!$G$5:$H$9)",
    "of_nothing": b"#REF!",
    "that_is_empty": b"",
    "of_another_file": b"[1]People!$D$5:" + _LAST,
    "of_a_sheet_that_is_gone": b"Gone!$D$5:" + _LAST,
    "of_a_formula": b"OFFSET(People!$D$5,0,0,60,26)",
    "of_itself": b"wm_contacts",
    "of_one_cell": b"People!$D$5",
    "of_a_chart_sheet": b"Home!$A$1:$B$2",
    "upside_down": b"People!" + _LAST + b":$D$5",
    "beyond_the_sheet": b"People!$D$5:$ZZZ$9999999",
    "of_a_hundred_thousand_signs": b"A1+" * 40_000,
}
for _name, _text in MEANINGS.items():
    odd(f"a_name_{_name}.xlsx")(lambda text=_text: named(b"wm_contacts", text))
odd("names_that_point_nowhere.xlsx")(lambda: changed(workbook=lambda data: data.replace(b"'Deal'!", b"#REF!")))
odd("a_name_twice.xlsx")(lambda: names(b'<definedName name="WM_CONTACTS">Deal!$A$1</definedName>'))
odd("a_name_of_one_sheet.xlsx")(
    lambda: names(b'<definedName name="wm_contacts" localSheetId="2">Deal!$A$1</definedName>')
)
odd("a_name_of_no_sheet.xlsx")(lambda: names(b'<definedName name="x" localSheetId="999">Deal!$A$1</definedName>'))
odd("a_name_without_a_name.xlsx")(lambda: names(b"<definedName>Deal!$A$1</definedName>"))
odd("no_mark.xlsx")(lambda: named(b"wm_mark", b"#REF!"))
odd("no_names.xlsx")(lambda: changed(workbook=shaped(rb"<definedNames>.*</definedNames>", b"")))
odd("very_many_names.xlsx")(lambda: names(b"".join(b'<definedName name="n%d">1</definedName>' % i for i in range(100_000))))  # fmt: skip
odd("names_over_everything.xlsx")(
    lambda: changed(workbook=lambda data: data.replace(b"$A$5:", b"$A$1:").replace(b"$205<", b"$1048576<"))
)

# -- strings and styles -------------------------------------------------------------------------------------------------

odd("counts_of_strings_that_lie.xlsx")(lambda: changed(strings=shaped(rb' count="\d+" uniqueCount="\d+"', b' count="-1" uniqueCount="99999999999"')))  # fmt: skip
odd("strings_without_text.xlsx")(lambda: changed(strings=put(b"</sst>", b"<si/><si><t/></si><si></si></sst>")))
odd("a_string_of_runs_and_reading_aids.xlsx")(lambda: changed(strings=put(b"<si><t>", b'<si><r><rPr><b/></rPr><t></t></r><rPh sb="0" eb="1"><t>x</t></rPh><t>')))  # fmt: skip
odd("things_between_the_strings.xlsx")(lambda: changed(strings=put(b"<si>", b"<x/><!-- c --><si>")))
odd("strings_in_another_case.xlsx")(lambda: changed(relations=put(b"sharedStrings.xml", b"SharedStrings.xml")))
odd("strings_that_are_a_sheet.xlsx")(lambda: changed(relations=put(b'"sharedStrings.xml"', b'"worksheets/sheet1.xml"')))
odd("no_relation_to_the_strings.xlsx")(
    lambda: changed(relations=shaped(rb"<Relationship [^>]*sharedStrings[^>]*>", b""))
)
odd("one_string_too_few.xlsx")(lambda: changed(strings=shaped(rb"<si>(?:(?!<si>).)*</si></sst>", b"</sst>")))
odd("styles_that_are_damaged.xlsx")(lambda: changed(styles=lambda data: data[:-20]))
odd("styles_without_formats.xlsx")(lambda: changed(styles=shaped(rb"<cellXfs.*</cellXfs>", b"")))
odd("a_million_styles.xlsx")(lambda: changed(styles=put(b"</cellXfs>", b"".join(b'<xf numFmtId="%d"/>' % (n * 7919 % 99_991) for n in range(500_000)) + b"</cellXfs>")))  # fmt: skip
odd("a_number_format_of_many_signs.xlsx")(
    lambda: changed(styles=put(b'formatCode="0%"', b'formatCode="' + b"[h" * 30_000 + b'"'))
)
odd("dates_since_1904.xlsx")(lambda: changed(workbook=put(b"<workbookPr", b'<workbookPr date1904="1"')))

# -- what else it carries -----------------------------------------------------------------------------------------------

odd("cells_merged_over_the_entries.xlsx")(
    lambda: changed(sheet=put(b"</sheetData>", b'</sheetData><mergeCells count="2"><mergeCell ref="B5:C8"/><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
)  # fmt: skip
odd("notes_and_threads.xlsx")(lambda: added(**{
    "xl__comments1.xml": b'<comments xmlns="%b"><authors><author>x</author></authors><commentList/></comments>' % _M,
    "xl__threadedComments__threadedComment1.xml": b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
    "xl__persons__person.xml": b"<personList/>",
}))  # fmt: skip
odd("an_embedded_object.xlsx")(lambda: added(**{"xl__embeddings__oleObject1.bin": OLE + bytes(9_000)}))


@odd("a_link_to_another_file.xlsx")
def _linked():
    content = dict(parts())
    content[WORKBOOK] = put(
        b"</definedNames>", b'</definedNames><externalReferences><externalReference r:id="rIdL"/></externalReferences>'
    )(content[WORKBOOK])
    content[RELATIONS] = put(
        b"</Relationships>",
        b'<Relationship Id="rIdL" Type="%b/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
        % OFFICE.encode(),
    )(content[RELATIONS])
    content["xl/externalLinks/externalLink1.xml"] = b'<externalLink xmlns="%b"/>' % _M
    content["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%b/externalLinkPath" Target="http://localhost:9/prices.xlsx" TargetMode="External"/></Relationships>'
        % OFFICE.encode()
    )
    return zipped(content)


@odd("fifteen_megabytes_of_pictures.xlsx")
def _pictures():
    noise = random.Random(1).randbytes(5_000_000)
    content = {**parts(), **{f"xl/media/image{n}.png": noise for n in range(3)}}
    return zipped(content, compression=zipfile.ZIP_STORED)


@odd("a_pivot_cache_of_fifty_megabytes.xlsx")
def _pivot():
    row = b"".join(b'<r><x v="%d"/><n v="%d.%d"/></r>' % (n % 97, n * 7919 % 99_991, n % 10) for n in range(20_000))
    return added(
        **{
            "xl__pivotCache__pivotCacheRecords1.xml": b'<pivotCacheRecords xmlns="%b">%b</pivotCacheRecords>'
            % (_M, row * 80)
        }
    )


assert {SHEET, STRINGS, STYLES, TYPES} <= parts().keys()
assert cells(b"")(b"</sheetData>") == b"</sheetData>"
