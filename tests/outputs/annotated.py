"""Workbooks to annotate, made part by part: with charts, macros, tables, controls, other people's notes and threads."""

import functools
import io
import zipfile

import openpyxl

from warmap.reading import read_document
from warmap_app.load import load_bytes
from warmap_app.outputs import FORMATS, Order, write
from warmap_app.result import result_of
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OLD_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="7"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    '<v:shape id="_x0000_s7169" type="#_x0000_t202" style="visibility:hidden"><v:textbox><div>a<br>b</div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>'
)


@functools.cache
def template(lang="zh", *, macros=False):
    """A filled workbook as the template writes it, with one required cell emptied so that it does not pass."""
    document = load_sample("bank_risk_platform", lang)
    document["deal"].pop("owner")
    return build_workbook(read_document(document).map, lang)


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return file.getvalue()


def small(sheet, *, more=None, relations=(), types="", names=("S",), prefix=""):
    """A workbook of one sheet's markup; `more` are further parts, `relations` those of the sheet."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in relations
    )
    tabs = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    tabs_rows = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}">{tabs_rows}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(more or {}),
    }
    if rows:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = f'{HEAD}<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'
    return zipped(parts)


def worksheet(inside="", after="", prefix=""):
    """A worksheet's markup with cells and what comes after them."""
    p = f"{prefix}:" if prefix else ""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'{HEAD}<{p}worksheet {name}="{MAIN}" xmlns:r="{RELATIONS}"><{p}sheetData>'
        f'<{p}row r="1"><{p}c r="A1" t="inlineStr"><{p}is><{p}t>a</{p}t></{p}is></{p}c>{inside}</{p}row>'
        f"</{p}sheetData>{after}</{p}worksheet>"
    )


def finding(sheet="S", cell="B2", code="DV202", severity="major", message="不在列表中", hint="改成列表中的值"):
    return {"file": "", "sheet": sheet, "cell": cell, "field": "", "code": code, "severity": severity,
            "message": message, "hint": hint}  # fmt: skip


def failed(*findings, file="a.xlsx", language="zh"):
    """The least of a result that a copy with notes is made of."""
    return {"passed": False, "file": file, "language": language, "findings": list(findings), "counts": {},
            "red_flags": [], "deal": {}, "scores": {"health": None}}  # fmt: skip


def checked(data, name="a.xlsx", lang="zh"):
    """The real result of a workbook."""
    return {**result_of(load_bytes(name, data), lang), "passed": False}


def annotate(data, result, folder, lang="zh", *, force=False):
    """The copy with notes, None where there is none; and what was said."""
    order = Order(FORMATS["notes"], folder, lang, force=force, read=lambda _: data)
    done = write(order, [result])
    copies = list(folder.glob("*.xls*"))
    return (copies[0].read_bytes() if copies else None), done.remarks


COMMENTS = f'{HEAD}<comments xmlns="{MAIN}"><authors><author>张总</author></authors><commentList>{{0}}</commentList></comments>'
THEIRS = '<comment ref="B1" authorId="0"><text><t>他人的批注</t></text></comment>'
TYPE = '<Override PartName="/xl/comments9.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
VML = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'


def notes_in(data):
    """Sheet and cell to the words and the author of its note, as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.comment.text, cell.comment.author)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def with_notes(comments=THEIRS, after='<legacyDrawing r:id="rId2"/>', relations=None, more=None, drawing=OLD_DRAWING):
    """A small workbook in which someone has written notes."""
    related = relations or (("rId1", "comments", "../comments9.xml"), ("rId2", "vmlDrawing", "../drawings/v.vml"))
    parts = {"xl/comments9.xml": COMMENTS.format(comments), "xl/drawings/v.vml": drawing, **(more or {})}
    return small(worksheet(after=after), more=parts, relations=related, types=TYPE + VML)
