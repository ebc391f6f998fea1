"""Odd and hostile files, each made from a good workbook by one change: what submitted folders hold, and worse."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from functools import cache

from warmap.intake import read_document
from warmap_templates.build import build_workbook
from warmap_templates.samples import load_sample

WORKBOOK, TYPES, STRINGS, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/sharedStrings.xml", "xl/styles.xml"
RELATIONS, SHEET = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"  # sheet2 is Deal
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAKERS = {}


def odd(name):
    """Register the maker of one odd file."""

    def keep(maker):
        assert name not in MAKERS
        MAKERS[name] = maker
        return maker

    return keep


@cache
def good():
    """A filled workbook that passes."""
    return build_workbook(read_document(load_sample("manufacturer_mes", "en")).map, "en")


@cache
def parts():
    """Its parts, in order."""
    with zipfile.ZipFile(io.BytesIO(good())) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(content, *, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as book:
        for name, data in content.items():
            book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, compression)
    return out.getvalue()


def changed(**edits):
    """The workbook with parts edited: `part=function of its bytes`, the part's constant in lower case."""
    names = {
        "workbook": WORKBOOK,
        "types": TYPES,
        "strings": STRINGS,
        "styles": STYLES,
        "relations": RELATIONS,
        "sheet": SHEET,
    }
    content = dict(parts())
    for key, edit in edits.items():
        before = content[names[key]]
        content[names[key]] = edit(before)
        assert content[names[key]] != before, f"{key}: nothing was changed"
    return zipped(content)


def without(*names):
    return zipped({name: data for name, data in parts().items() if name not in names})


def added(**more):
    return zipped({**parts(), **{name.replace("__", "/"): data for name, data in more.items()}})


def put(old, new, count=1):
    """Replace some bytes of a part."""
    return lambda data: data.replace(old, new, count)


def cells(xml):
    """The Deal sheet with more rows."""
    return put(b"</sheetData>", xml + b"</sheetData>")


def after_head(insert):
    return lambda data: data.replace(b"?>", b"?>" + insert, 1)


# -- no workbook at all -------------------------------------------------------------------------------------------------

PLAIN = {
    "empty.xlsx": b"",
    "one_byte.xlsx": b"P",
    "zip_signature_only.xlsx": b"PK\x03\x04",
    "noise.xlsx": bytes(range(256)) * 40,
    "text.xlsx": b"account,opportunity\r\nA,B\r\n",
    "page.xlsx": b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>",
    "spreadsheet_2003.xlsx": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "document.xlsx": b"%PDF-1.7\n1 0 obj\n",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "old_excel.xls": OLE + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512,
    "encrypted.xlsx": OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
    "map_alias_bomb.yaml": b"a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a]\ndeal: {account: *b}\n",
    "map_runs_code.yaml": b"deal: !!python/object/apply:os.system ['echo owned']\n",
    "map_deep.json": b"[" * 100_000 + b"]" * 100_000,
    "map_nan.json": b'{"deal": {"amount": NaN}}',
    "map_huge_number.json": b'{"deal": {"account": "a", "amount": ' + b"9" * 5000 + b"}}",
    "map_not_utf8.json": b'{"deal": {"account": "\xff\xfe"}}',
    "map_cut_off.json": b'{"deal": {"account": "a',
    "map_of_something_else.json": b'{"hello": "world"}',
    "map_wrong_shapes.json": json.dumps({"deal": [1], "contacts": {"name": 3}, "trust": [None, "x", 7], "wins": "no"}).encode(),
}  # fmt: skip
for _name, _data in PLAIN.items():
    MAKERS[_name] = lambda data=_data: data

odd("cut_in_half.xlsx")(lambda: good()[: len(good()) // 2])
odd("directory_cut_off.xlsx")(lambda: good()[:-30])
odd("garbage_in_front.xlsx")(lambda: b"x" * 100 + good())
odd("garbage_behind.xlsx")(lambda: good() + b"\0" * 1000)
odd("a_zip_of_pictures.xlsx")(lambda: zipped({"a.png": PLAIN["picture.xlsx"], "b.png": b"x"}))
odd("a_text_document.xlsx")(lambda: zipped({TYPES: b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>', "word/document.xml": b"<w/>", "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'}))  # fmt: skip
odd("opendocument.xlsx")(
    lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
)
odd("binary_workbook.xlsb")(
    lambda: changed(types=put(b"spreadsheetml.sheet.main+xml", b"excel.sheet.binary.macroEnabled.main"))
)


@odd("another_workbook.xlsx")
def another_program():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Sales", "2026"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- the package --------------------------------------------------------------------------------------------------------


@odd("two_parts_of_one_name.xlsx")
def _twice():
    out = io.BytesIO(good())
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as book:
        warnings.simplefilter("ignore")
        book.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


odd("two_parts_but_for_case.xlsx")(lambda: added(**{"XL__WORKBOOK.XML": b"<x/>"}))
odd("a_path_upwards.xlsx")(lambda: added(**{"..__..__etc__passwd": b"x"}))
odd("an_absolute_path.xlsx")(lambda: added(__etc__passwd=b"x"))
odd("a_windows_path.xlsx")(lambda: added(**{"C:\\temp\\x.exe": b"x"}))
odd("no_workbook_part.xlsx")(lambda: without(WORKBOOK))
odd("no_sheet_part.xlsx")(lambda: without(SHEET))
odd("no_styles.xlsx")(lambda: without(STYLES))
odd("no_shared_strings.xlsx")(lambda: without(STRINGS))
odd("no_relations.xlsx")(lambda: without(RELATIONS))
odd("stored_without_compression.xlsx")(lambda: zipped(parts(), compression=zipfile.ZIP_STORED))
odd("compressed_with_lzma.xlsx")(lambda: zipped(parts(), compression=zipfile.ZIP_LZMA))
odd("inflates_a_thousandfold.xlsx")(lambda: added(xl__media__image1=b"\0" * 30_000_000))
odd("a_sheet_that_inflates.xlsx")(lambda: changed(sheet=cells(b" " * 40_000_000)))
odd("thousands_of_parts.xlsx")(lambda: added(**{f"customXml__item{i}.xml": b"<x/>" for i in range(3000)}))


def _directory(data):
    """Where the entries of a zip's directory begin."""
    start = data.index(b"PK\x01\x02")
    while start >= 0:
        yield start
        start = data.find(b"PK\x01\x02", start + 4)


@odd("a_password_on_a_part.xlsx")
def _locked():
    data = bytearray(good())
    for at in _directory(bytes(data)):
        data[at + 8] |= 1
    return bytes(data)


@odd("sizes_that_lie.xlsx")
def _lying():
    data = bytearray(good())
    for at in _directory(bytes(data)):
        data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


@odd("parts_in_the_same_bytes.xlsx")
def _overlapping():
    data = bytearray(good())
    places = list(_directory(bytes(data)))
    data[places[5] + 42 : places[5] + 46] = data[places[4] + 42 : places[4] + 46]
    return bytes(data)


@odd("a_part_damaged.xlsx")
def _damaged():
    data = bytearray(good())
    at = data.index(SHEET.encode()) + len(SHEET) + 40
    data[at : at + 20] = b"\xff" * 20
    return bytes(data)


# -- markup -------------------------------------------------------------------------------------------------------------

for _part in ("workbook", "strings", "sheet", "types"):
    odd(f"entity_bomb_in_{_part}.xlsx")(lambda part=_part: changed(**{part: after_head(BOMB)}))
odd("an_external_entity.xlsx")(
    lambda: changed(sheet=after_head(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))
)
odd("in_utf_16.xlsx")(lambda: changed(sheet=lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")))
odd("not_well_formed.xlsx")(lambda: changed(sheet=put(b"</sheetData>", b"</sheetdata>")))
odd("nested_too_deep.xlsx")(lambda: changed(sheet=cells(b"<x>" * 50_000 + b"</x>" * 50_000)))
odd("a_million_elements.xlsx")(lambda: changed(strings=put(b"</sst>", b"<si/>" * 1_000_000 + b"</sst>")))
odd("a_prefix_before_every_name.xlsx")(lambda: changed(sheet=_prefixed))
odd("no_cell_references.xlsx")(lambda: changed(sheet=_unreferenced))
odd("a_string_index_out_of_range.xlsx")(
    lambda: changed(sheet=cells(b'<row r="60"><c r="A60" t="s"><v>999999</v></c></row>'))
)
odd("a_string_index_below_zero.xlsx")(lambda: changed(sheet=cells(b'<row r="60"><c r="A60" t="s"><v>-1</v></c></row>')))
odd("numbers_that_are_none.xlsx")(
    lambda: changed(
        sheet=cells(
            b'<row r="60"><c r="F60"><v>NaN</v></c><c r="G60"><v>1_000</v></c><c r="H60"><v>1e999</v></c></row>'
        )
    )
)
odd("the_far_corner.xlsx")(lambda: changed(sheet=cells(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))
odd("the_last_row.xlsx")(lambda: changed(sheet=cells(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')))
odd("a_cell_beyond_the_sheet.xlsx")(lambda: changed(sheet=cells(b'<row r="60"><c r="ZZZZ60"><v>1</v></c></row>')))
odd("a_row_beyond_the_sheet.xlsx")(
    lambda: changed(sheet=cells(b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'))
)
odd("a_cell_twice.xlsx")(
    lambda: changed(sheet=cells(b'<row r="60"><c r="H60"><v>1</v></c><c r="H60"><v>2</v></c></row>'))
)
odd("a_text_too_long.xlsx")(lambda: changed(sheet=cells(b'<row r="60"><c r="H60" t="inlineStr"><is><t>' + b"long " * 20_000 + b"</t></is></c></row>")))  # fmt: skip
odd("a_string_of_many_megabytes.xlsx")(lambda: changed(strings=put(b"</sst>", b"<si><t>" + zlib.compress(b"x").hex().encode() * 300_000 + b"</t></si></sst>")))  # fmt: skip
odd("very_many_cells.xlsx")(lambda: changed(sheet=cells(b"".join(b'<row r="%d">%s</row>' % (r, b"<c><v>1</v></c>" * 60) for r in range(60, 4060)))))  # fmt: skip
odd("very_many_names.xlsx")(lambda: changed(workbook=put(b"</definedNames>", b"".join(b'<definedName name="n%d">1</definedName>' % i for i in range(100_000)) + b"</definedNames>")))  # fmt: skip
odd("names_that_point_nowhere.xlsx")(lambda: changed(workbook=lambda data: data.replace(b"'Deal'!", b"#REF!")))
odd("dates_since_1904.xlsx")(lambda: changed(workbook=put(b"<workbookPr", b'<workbookPr date1904="1"')))
odd("a_formula_for_an_account.xlsx")(
    lambda: changed(
        sheet=put(b'<c r="B5"', b'<c r="B5" t="inlineStr"><is><t>=cmd|\'/C calc\'!A0</t></is></c><c r="J5"')
    )
)
odd("macros_inside.xlsm")(lambda: zipped({**parts(), "xl/vbaProject.bin": OLE + b"\0" * 600, TYPES: parts()[TYPES].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml").replace(b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'), RELATIONS: parts()[RELATIONS].replace(b"</Relationships>", b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')}))  # fmt: skip


def _prefixed(data):
    import re

    named = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1m:\2", data)
    return named.replace(b'xmlns="', b'xmlns:m="', 1)


def _unreferenced(data):
    """The cells without their references: those of each row then follow one another, so the sheet reads otherwise."""
    import re

    return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", data)


def make(folder):
    """Write every odd file; the paths by name."""
    paths = {}
    for name, maker in sorted(MAKERS.items()):
        paths[name] = folder / name
        paths[name].write_bytes(maker())
    return paths
