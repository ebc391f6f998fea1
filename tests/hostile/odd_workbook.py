"""A good workbook, and the ways to make an odd one of it by one change."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

from warmap.reading import read_document
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

WORKBOOK, TYPES, STRINGS, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/sharedStrings.xml", "xl/styles.xml"
RELATIONS, SHEET = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet3.xml"  # sheet3 is Deal
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
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


def shaped(pattern, new):
    """Replace one piece of a part by a pattern; `new` may be bytes or a function of the match."""
    return lambda data: re.sub(pattern, new, data, count=1, flags=re.DOTALL)


def deal(cell, xml):
    """The workbook with one cell of the Deal sheet written otherwise: B5 account, B8 amount, B10 close date.

    STYLE in the new cell is the style it had.
    """
    old = rb'<c r="%b" s="(\d+)"[^>]*>.*?</c>' % cell.encode()
    return changed(sheet=shaped(old, lambda found: xml.replace(b"STYLE", found[1])))


def names(xml):
    """The workbook with more defined names."""
    return changed(workbook=put(b"</definedNames>", xml + b"</definedNames>"))


def named(name, text):
    """The workbook with one of its names meaning something else."""
    found = rb'(<definedName name="%b">)[^<]*' % name
    return changed(workbook=shaped(found, lambda match: match[1] + text))


def sheet_added(name, kind, data, *, state="", media="worksheet"):
    """The workbook with one more sheet of its own."""
    part = f"xl/{kind}s/odd.xml"
    content = {**parts(), part: data}
    content[WORKBOOK] = put(
        b"</sheets>", f'<sheet name="{name}" sheetId="99"{state} r:id="rIdOdd"/></sheets>'.encode()
    )(content[WORKBOOK])
    content[RELATIONS] = put(
        b"</Relationships>",
        f'<Relationship Id="rIdOdd" Type="{OFFICE}/{kind}" Target="/{part}"/></Relationships>'.encode(),
    )(content[RELATIONS])
    content[TYPES] = put(
        b"</Types>",
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{media}+xml"/></Types>'.encode(),
    )(content[TYPES])
    return zipped(content)


def own_sheet(rows, name="Mine"):
    """The workbook with a sheet of the rep's own, from the inside of its cell table."""
    return sheet_added(
        name, "worksheet", b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (MAIN.encode(), rows)
    )
