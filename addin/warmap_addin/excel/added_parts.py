"""Parts of an Excel file: sheets, types and relations added to what the workbook writer made, to the same bytes."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from warmap.parsing import column_letters
from warmap_workbook.editing.package_edit import plain_sheet

Kind = Literal["xlsm", "xlam"]
MAIN_TYPE: dict[Kind, str] = {
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
TYPES, BOOK, BOOK_RELATIONS, RELATIONS, APP = (
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "docProps/app.xml",
)  # fmt: skip
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
RIBBON_PART = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"

Parts = dict[str, bytes]


def parts_of(content: bytes) -> Parts:
    """The parts of a file, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def set_kind(parts: Parts, kind: Kind) -> None:
    """Set the main part's content type to that of the file's extension; Excel refuses to open anything else.

    pyOpenVBA leaves the type of an .xlsx behind, and Open XML validators do not notice.
    """
    types = parts[TYPES].decode()
    types, count = re.subn(r'(PartName="/xl/workbook\.xml" ContentType=")[^"]*', rf"\g<1>{MAIN_TYPE[kind]}", types)
    assert count == 1
    parts[TYPES] = types.encode()


def hide_window(parts: Parts) -> None:
    """Keep an add-in's window hidden, also where Excel opens the file as a workbook."""
    parts[BOOK] = parts[BOOK].replace(b"<workbookView ", b'<workbookView visibility="hidden" ')


def drop_sheet_titles(parts: Parts) -> None:
    """Leave out the list of sheets in the file's properties: it is optional, and would no longer be true."""
    parts[APP] = re.sub(r"<(HeadingPairs|TitlesOfParts)>.*?</\1>", "", parts[APP].decode(), flags=re.DOTALL).encode()


def add_hidden_sheet(parts: Parts, name: str, rows: Sequence[Sequence[str]], defined_name: str = "") -> None:
    """A very hidden sheet of texts after the last one; optionally a defined name over its cells."""
    book, relations = parts[BOOK].decode(), parts[BOOK_RELATIONS].decode()
    number = 1 + sum(part.startswith("xl/worksheets/sheet") for part in parts)
    relation = "rId" + str(_next(r'Id="rId([0-9]+)"', relations))
    sheet_id = _next(r'sheetId="([0-9]+)"', book)
    part = f"xl/worksheets/sheet{number}.xml"
    entry = f'<sheet name={quoteattr(name)} sheetId="{sheet_id}" state="veryHidden" r:id="{relation}"/>'
    book = book.replace("</sheets>", f"{entry}</sheets>")
    if defined_name:
        width = max(map(len, rows))
        book = _with_name(book, defined_name, f"{name}!$A$1:${column_letters(width)}${len(rows)}")
    target = f'<Relationship Id="{relation}" Type="{SHEET_RELATION}" Target="worksheets/sheet{number}.xml"/>'
    override = f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}"/>'
    parts[BOOK] = book.encode()
    parts[BOOK_RELATIONS] = relations.replace("</Relationships>", f"{target}</Relationships>").encode()
    parts[TYPES] = parts[TYPES].decode().replace("</Types>", f"{override}</Types>").encode()
    parts[part] = plain_sheet(rows)


def _next(pattern: str, text: str) -> int:
    return 1 + max(map(int, re.findall(pattern, text)))


def _with_name(book: str, name: str, refers_to: str) -> str:
    # In alphabetical order, ignoring case, as Excel itself writes defined names.
    entry = f'<definedName name="{name}">{escape(refers_to)}</definedName>'
    if "<definedNames>" not in book:
        return book.replace("</sheets>", f"</sheets><definedNames>{entry}</definedNames>")
    for found in re.finditer(r'<definedName name="([^"]*)"', book):
        if found.group(1).casefold() > name.casefold():
            return book[: found.start()] + entry + book[found.start() :]
    return book.replace("</definedNames>", f"{entry}</definedNames>")


def add_ribbon(parts: Parts, xml: str) -> None:
    """Add the ribbon for Office 2010 and later: part and relation must both be of that version."""
    relation = f'<Relationship Id="rIdRibbon" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    parts[RELATIONS] = parts[RELATIONS].decode().replace("</Relationships>", f"{relation}</Relationships>").encode()
    parts[RIBBON_PART] = xml.encode()
