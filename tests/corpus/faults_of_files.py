"""What a file brings along or is: macros, links, hidden sheets, no map at all, no readable workbook."""

from __future__ import annotations

import io
import re
from xml.sax.saxutils import escape

import openpyxl

from warmap.layout import placements
from warmap_workbook.ooxml import cell_name

RELATIONS, TYPES, BOOK = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/workbook.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKED = (
    "file:///C:/Users/li/价格表.xlsx",
    "prices 2026.xlsx",
    "\\\\server\\share\\报价.xlsx",
    "https://example.com/book.xlsx",
)
FREE_CELL = (400, 6)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _before(parts, name, end, insert):
    text = parts[name].decode()
    assert end in text, (name, end)
    parts[name] = text.replace(end, insert + end, 1).encode()


def macros(sub, rng):
    """DV501."""
    if not sub.take(("macros",)):
        return False
    sub.suffix = rng.choice((".xlsm", ".xlsm", ".xlsx"))
    program = rng.randbytes(rng.randint(200, 4000))

    def change(parts):
        parts["xl/vbaProject.bin"] = OLE + program
        relation = '<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
        _before(parts, RELATIONS, "</Relationships>", relation)
        _before(
            parts,
            TYPES,
            "</Types>",
            '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        )

    sub.part_changes.append(change)
    sub.expect("DV501")
    return True


def links(sub, rng):
    """DV502: at the cell that uses the link, or of the whole file."""
    if not sub.take(("links",)):
        return False
    target, is_used = rng.choice(LINKED), rng.random() < 0.5
    sub.part_changes.append(lambda parts: _link(parts, target))
    if is_used:
        from saved_template import Formula

        sub.edit("guide", *FREE_CELL, Formula(f"<f>[1]Sheet1!$B${rng.randint(1, 90)}*2</f>", 12.5))
        sub.expect("DV502", sub.sheet_name("guide"), cell_name(*FREE_CELL))
    else:
        sub.expect("DV502")
    return True


def _link(parts, target):
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>'
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    _before(
        parts,
        RELATIONS,
        "</Relationships>",
        f'<Relationship Id="rIdL" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>',
    )
    _before(
        parts, TYPES, "</Types>", f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{kind}"/>'
    )
    _before(
        parts,
        BOOK,
        "<definedNames>",
        f'<externalReferences><externalReference xmlns:r="{OFFICE}" r:id="rIdL"/></externalReferences>',
    )


def link_to_our_addin(sub):
    """No fault: Excel itself writes this where the functions come from an add-in."""
    sub.take(("links",))
    sub.part_changes.append(
        lambda parts: _link(parts, "file:///C:/Users/x/AppData/Roaming/Microsoft/AddIns/warmap.xlam")
    )


def _sheet(parts, name, state, words):
    add_sheet(parts, name, state, [[word] for word in words])


def add_sheet(parts, name, state, lines):
    """One more sheet, of rows of texts."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(
            f'<c r="{cell_name(row, column)}" t="inlineStr"><is><t>{escape(word)}</t></is></c>'
            for column, word in enumerate(words, 1)
        )
        + "</row>"
        for row, words in enumerate(lines, 1)
    )
    parts["xl/worksheets/sheet90.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    _before(
        parts,
        RELATIONS,
        "</Relationships>",
        f'<Relationship Id="rIdH" Type="{OFFICE}/worksheet" Target="worksheets/sheet90.xml"/>',
    )
    _before(parts, TYPES, "</Types>", f'<Override PartName="/xl/worksheets/sheet90.xml" ContentType="{kind}"/>')
    shown = f' state="{state}"' if state else ""
    _before(parts, BOOK, "</sheets>", f'<sheet name="{name}" sheetId="990"{shown} xmlns:r="{OFFICE}" r:id="rIdH"/>')


def hidden_sheet(sub, rng):
    """DV503."""
    if not sub.take(("own sheet",)):
        return False
    name, state = rng.choice(("mine", "旧数据", "Sheet1", "_backup")), rng.choice(("hidden", "veryHidden"))
    words = ["Name", "TBD", "李某"][: rng.randint(0, 3)]
    sub.part_changes.append(lambda parts: _sheet(parts, name, state, words))
    sub.expect("DV503", name)
    return True


def visible_sheet(sub, rng):
    """No fault: a sheet of the rep's own in plain sight, whatever stands on it."""
    sub.take(("own sheet",))
    name = rng.choice(("我的笔记", "Scratch", "会议纪要"))
    sub.part_changes.append(lambda parts: _sheet(parts, name, "", ["TBD", "#N/A", "回扣", "99"]))


def struck_through(sub, _):
    """DV504: an entry that is crossed out and still stands."""
    chosen = sub.choose(list(sub.fields(lambda item: item.code not in ("stage", "criterion"))))
    if chosen is None:
        return False
    table, line, name = chosen
    tab = placements()[table].tab.code
    part, address = sub.template.sheet_parts[tab], cell_name(*sub.address(table, line, name))
    sub.part_changes.append(lambda parts: _strike(parts, part, address))
    sub.expect("DV504", sub.sheet_of(table), address)
    return True


def _strike(parts, part, address):
    """A format with a line through the text, for one cell."""
    styles = parts["xl/styles.xml"].decode()
    font = len(re.findall(r"<font[\s>/]", styles[styles.index("<fonts") : styles.index("</fonts>")]))
    number = len(re.findall(r"<xf[\s>]", styles[styles.index("<cellXfs") : styles.index("</cellXfs>")]))
    styles = styles.replace("</fonts>", "<font><strike/></font></fonts>")
    parts["xl/styles.xml"] = styles.replace("</cellXfs>", f'<xf numFmtId="0" fontId="{font}"/></cellXfs>').encode()
    text, count = re.subn(
        rf'(<c\b[^>]*\br="{address}")(?: s="\d+")?', rf'\1 s="{number}"', parts[part].decode(), count=1
    )
    assert count == 1, (part, address)
    parts[part] = text.encode()


# -- files that are no map ---------------------------------------------------------------------------------------------


def another_workbook(rng, serial):
    """DV001: a workbook, and no war map."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = rng.choice(("费用", "Prices", "Sheet1", "Plan"))
    sheet.append(
        rng.choice(
            (["日期", "金额", "摘要"], ["Item", "Unit price", "Quantity"], ["Week", "Calls", "Orders", "Remarks"])
        )
    )
    for row in range(rng.randint(1, 40)):
        sheet.append([serial, row, rng.choice(("上海", "Berlin", 3.5, None))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def unreadable(rng, good):
    """DV002: what is left of a good workbook after an accident, or was never one. `good` are its bytes."""
    cut = rng.randint(len(good) // 5, len(good) - 200)
    spot = rng.randint(len(good) // 4, len(good) // 2)
    return rng.choice((
        b"",
        good[:cut],
        b"PK\x03\x04" + rng.randbytes(300),
        OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512,
        OLE + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * rng.randint(100, 900),
        b"<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>",
        "客户,商机\r\n甲,乙\r\n".encode("gbk"),
        b"%PDF-1.7\n" + rng.randbytes(100),
        good[:spot] + rng.randbytes(4000) + good[spot + 4000 :],
        good[:-30],
    ))  # fmt: skip
