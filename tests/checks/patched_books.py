"""A built workbook changed in its XML, cell by cell, as a program or a person may have left it."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from warmap.layout import TAB, placements
from warmap.parsing import column_letters
from warmap.reading import read_document
from warmap_workbook.computed import BLOCK
from warmap_workbook.ooxml import cell_name
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

SAMPLE = "telecom_core_network"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = re.compile(r"<definedNames>.*</definedNames>", re.DOTALL)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@cache
def built(lang, name=SAMPLE):
    return build_workbook(read_document(load_sample(name, lang)).map if name else None, lang)


def input_cell(table, field, row=0):
    """Address of a field of the row with this index."""
    place = placements()[table]
    offset = [item.code for item in place.table.fields].index(field)
    if place.table.is_record:
        return cell_name(place.header_row + 1 + offset, place.left + 1)
    return cell_name(place.header_row + 1 + row, place.left + offset)


def block_cell(name, row=0, column=0):
    block = BLOCK[name]
    return f"{column_letters(block.column + column)}{block.row + row}"


class Patched:
    """The parts of a built workbook, to be changed and read."""

    def __init__(self, lang, name=SAMPLE):
        self.lang = lang
        with zipfile.ZipFile(io.BytesIO(built(lang, name))) as file:
            self.parts = {info.filename: file.read(info).decode() for info in file.infolist()}

    def sheet(self, tab):
        return TAB[tab].name.to(self.lang)

    def part(self, tab):
        return f"xl/worksheets/sheet{list(TAB).index(tab) + 1}.xml"

    def replace(self, part, old, new):
        assert old in self.parts[part], (part, old)
        self.parts[part] = self.parts[part].replace(old, new, 1)
        return self

    def cell(self, tab, address, content, kind=None):
        """Put XML inside a cell that is there."""
        found = re.search(rf'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)', self.parts[self.part(tab)])
        assert found, (tab, address)
        style = re.search(r's="\d+"', found[1])
        head = f'<c r="{address}"' + (f" {style[0]}" if style else "") + (f' t="{kind}"' if kind else "")
        return self.replace(self.part(tab), found[0], f"{head}>{content}</c>")

    def number(self, tab, address, value):
        return self.cell(tab, address, f"<v>{value}</v>")

    def text(self, tab, address, value):
        return self.cell(tab, address, f"<is><t>{escape(value)}</t></is>", "inlineStr")

    def formula(self, tab, address, change):
        """Rewrite the formula of a cell, its stored value kept."""
        part = self.part(tab)
        found = re.search(rf'(<c r="{address}"[^>]*><f[^>]*>)(.*?)(</f>)', self.parts[part])
        assert found, (tab, address)
        return self.replace(part, found[0], found[1] + change(found[2]) + found[3])

    def stored(self, tab, address, content, kind=None):
        """The stored result of a formula cell, its formula kept."""
        found = re.search(rf'<c r="{address}"[^>]*>(<f.*?</f>)', self.parts[self.part(tab)])
        assert found, (tab, address)
        return self.cell(tab, address, f"{found[1]}<v>{content}</v>" if content is not None else found[1], kind)

    def macros(self):
        self.parts["xl/vbaProject.bin"] = "not read"
        relation = '<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
        return self.replace("xl/_rels/workbook.xml.rels", "</Relationships>", f"{relation}</Relationships>")

    def link(self, target):
        self.parts["xl/externalLinks/externalLink1.xml"] = (
            f'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook xmlns:r="{RELATION}" r:id="rId1"/></externalLink>'
        )
        self.parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATION}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
        )
        relation = f'<Relationship Id="rIdL" Type="{RELATION}/externalLink" Target="externalLinks/externalLink1.xml"/>'
        self.replace("xl/_rels/workbook.xml.rels", "</Relationships>", f"{relation}</Relationships>")
        references = '<externalReferences><externalReference r:id="rIdL"/></externalReferences>'
        return self.replace("xl/workbook.xml", "<definedNames>", f"{references}<definedNames>")

    def struck(self, tab, address):
        """A cell in a format with a line through its text."""
        styles = self.parts["xl/styles.xml"]
        fonts, formats = (re.search(rf"<{name} count=\"(\d+)\"", styles) for name in ("fonts", "cellXfs"))
        styles = styles.replace("</fonts>", "<font><strike/></font></fonts>")
        styles = styles.replace("</cellXfs>", f'<xf numFmtId="0" fontId="{fonts[1]}"/></cellXfs>')
        self.parts["xl/styles.xml"] = styles
        part, head = self.part(tab), f'<c r="{address}"'
        found = re.search(rf'{head}( s="\d+")?', self.parts[part])
        return self.replace(part, found[0], f'{head} s="{formats[1]}"')

    def without_names(self):
        """Without any defined name, as when sheets were copied to another workbook."""
        self.parts["xl/workbook.xml"], count = NAMES.subn("", self.parts["xl/workbook.xml"])
        assert count == 1
        return self

    def rename(self, old, new):
        return self.replace("xl/workbook.xml", f'name="{old}"', f'name="{new}"')

    def bytes(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in self.parts.items():
                file.writestr(name, text)
        return stream.getvalue()

    def read(self):
        return read_workbook(self.bytes())


def told(intake):
    """(code, sheet, cell) of every finding."""
    return sorted((finding.code, finding.sheet, finding.cell) for finding in intake.findings)
