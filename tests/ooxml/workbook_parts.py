"""Workbooks as small tables of parts, zipped in memory, so that each test shows the odd thing it is about."""

from __future__ import annotations

import io
import zipfile

from warmap_workbook.ooxml import Book, Sheet, read_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def zipped(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(*rows: str) -> str:
    """Rows are 'rId1 worksheet worksheets/sheet1.xml', with ' external' at the end where it is."""
    written = ""
    for row in rows:
        identity, kind, target, *mode = row.split(" ")
        external = ' TargetMode="External"' if mode else ""
        written += f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"{external}/>'
    return f'<Relationships xmlns="{PACKAGE}">{written}</Relationships>'


def types(media_type: str = WORKBOOK_TYPE) -> str:
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{media_type}"/></Types>'
    )


def worksheet(cells: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def strings(*items: str) -> str:
    """Each item is the inside of one `si`."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles(*codes: str) -> str:
    """Cell formats 0, 1, 2 … with these number formats; a code of digits is a built-in number."""
    custom = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    formats = "".join(f'<xf numFmtId="{code if code.isdigit() else 164 + n}"/>' for n, code in enumerate(codes))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{custom}</numFmts><cellXfs>{formats}</cellXfs></styleSheet>'


def parts(
    *sheets: str, shared: str | None = None, formats: str | None = None, head: str = "", tail: str = ""
) -> dict[str, str | bytes]:
    """Parts of a whole workbook; `sheets` are the parts S1, S2 …, `head` and `tail` stand around the list of sheets."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    rows = [f"rId{n} worksheet worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations("rId1 officeDocument xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{head}<sheets>{listed}</sheets>{tail}</workbook>'
        ),
    }
    for n, sheet in enumerate(sheets, start=1):
        found[f"xl/worksheets/sheet{n}.xml"] = sheet
    if shared is not None:
        rows.append("rId90 sharedStrings sharedStrings.xml")
        found["xl/sharedStrings.xml"] = shared
    if formats is not None:
        rows.append("rId91 styles styles.xml")
        found["xl/styles.xml"] = formats
    found["xl/_rels/workbook.xml.rels"] = relations(*rows)
    return found


def book_of(content: dict[str, str | bytes], **how: object) -> Book:
    return read_book(zipped(content), **how)  # type: ignore[arg-type]


def sheet_of(cells: str, **tables: str | None) -> Sheet:
    """One sheet from the inside of its cell table."""
    return book_of(parts(worksheet(cells), **tables)).sheets[0]  # type: ignore[arg-type]


def row_of(cells: str, **tables: str | None) -> dict[int, object]:
    """Values of row 1 from its `c` elements."""
    return dict(sheet_of(f'<row r="1">{cells}</row>', **tables).rows.get(1, {}))


def one(cell: str, **tables: str | None) -> object:
    """Value of A1 from its `c` element, None when it is empty."""
    return row_of(cell, **tables).get(1)
