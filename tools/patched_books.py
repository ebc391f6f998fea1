"""A built workbook changed in its XML, cell by cell, as a program or a person may have left it."""

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Self
from xml.sax.saxutils import escape

from warmap.layout import TAB, placements
from warmap.parsing import column_letters
from warmap.reading import Reading, read_document
from warmap.text import Lang
from warmap_workbook.computed import BLOCK
from warmap_workbook.editing.cell_edits import Cell, put_cells
from warmap_workbook.editing.package_edit import PackageEdit
from warmap_workbook.ooxml import cell_name, parse_ref
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

SAMPLE = "telecom_core_network"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = re.compile(r"<definedNames>.*</definedNames>", re.DOTALL)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@cache
def built(lang: Lang, name: str | None = SAMPLE) -> bytes:
    """The workbook of a sample; of no map at all where no name is given."""
    return build_workbook(read_document(load_sample(name, lang)).map if name else None, lang)


def input_cell(table: str, field: str, row: int = 0) -> str:
    """Address of a field of the row with this index."""
    place = placements()[table]
    offset = [item.code for item in place.table.fields].index(field)
    if place.table.is_record:
        return cell_name(place.header_row + 1 + offset, place.left + 1)
    return cell_name(place.header_row + 1 + row, place.left + offset)


def beside_cell(table: str, row: int = 0) -> str:
    """Address of the first result that is looked up beside the fields of the row with this index."""
    place = placements()[table]
    return cell_name(place.header_row + 1 + row, place.left + len(place.table.fields) + 1)


def block_cell(name: str, row: int = 0, column: int = 0) -> str:
    """Address of a cell of a computed block."""
    block = BLOCK[name]
    return f"{column_letters(block.column + column)}{block.row + row}"


class Patched:
    """The parts of a built workbook, to be changed and read."""

    def __init__(self, lang: Lang, name: str | None = SAMPLE) -> None:
        self.lang = lang
        with zipfile.ZipFile(io.BytesIO(built(lang, name))) as file:
            self.parts = {info.filename: file.read(info).decode() for info in file.infolist()}
        self._entered: dict[tuple[str, int, int], Cell] = {}

    def sheet(self, tab: str) -> str:
        """The name of a tab."""
        return TAB[tab].name.to(self.lang)

    def part(self, tab: str) -> str:
        """The part with the cells of a tab."""
        return f"xl/worksheets/sheet{list(TAB).index(tab) + 1}.xml"

    def replace(self, part: str, old: str, new: str) -> Self:
        """Put one text of a part in place of another, which is there."""
        assert old in self.parts[part], (part, old)
        self.parts[part] = self.parts[part].replace(old, new, 1)
        return self

    def enter(self, tab: str, address: str, value: Cell) -> Self:
        """Type something into a cell, also where none is stored; None empties it."""
        self._entered[(self.sheet(tab), *parse_ref(address))] = value
        return self

    def cell(self, tab: str, address: str, content: str, kind: str | None = None) -> Self:
        """Put XML inside a cell that is there."""
        found = re.search(rf'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)', self.parts[self.part(tab)])
        assert found, (tab, address)
        style = re.search(r's="\d+"', found[1])
        head = f'<c r="{address}"' + (f" {style[0]}" if style else "") + (f' t="{kind}"' if kind else "")
        return self.replace(self.part(tab), found[0], f"{head}>{content}</c>")

    def number(self, tab: str, address: str, value: float) -> Self:
        """A number in a cell, in place of a formula too."""
        return self.cell(tab, address, f"<v>{value}</v>")

    def text(self, tab: str, address: str, value: str) -> Self:
        """A text in a cell, in place of a formula too."""
        return self.cell(tab, address, f"<is><t>{escape(value)}</t></is>", "inlineStr")

    def formula(self, tab: str, address: str, change: Callable[[str], str]) -> Self:
        """Rewrite the formula of a cell, its stored value kept."""
        part = self.part(tab)
        found = re.search(rf'(<c r="{address}"[^>]*><f[^>]*>)(.*?)(</f>)', self.parts[part])
        assert found, (tab, address)
        return self.replace(part, found[0], found[1] + change(found[2]) + found[3])

    def stored(self, tab: str, address: str, content: str | float | None, kind: str | None = None) -> Self:
        """The stored result of a formula cell, its formula kept."""
        found = re.search(rf'<c r="{address}"[^>]*>(<f.*?</f>)', self.parts[self.part(tab)])
        assert found, (tab, address)
        return self.cell(tab, address, f"{found[1]}<v>{content}</v>" if content is not None else found[1], kind)

    def macros(self) -> Self:
        """A part with macros, which nobody reads."""
        self.parts["xl/vbaProject.bin"] = "not read"
        kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        return self._related(f'<Relationship Id="rIdV" Type="{kind}" Target="vbaProject.bin"/>')

    def link(self, target: str) -> Self:
        """A link to another file."""
        self.parts["xl/externalLinks/externalLink1.xml"] = (
            f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATION}" r:id="rId1"/></externalLink>'
        )
        self.parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATION}/externalLinkPath" Target="{target}" TargetMode="External"/></Relationships>'
        )
        kind = f"{RELATION}/externalLink"
        self._related(f'<Relationship Id="rIdL" Type="{kind}" Target="externalLinks/externalLink1.xml"/>')
        references = '<externalReferences><externalReference r:id="rIdL"/></externalReferences>'
        return self.replace(BOOK, "<definedNames>", f"{references}<definedNames>")

    def hidden_sheet(self, name: str) -> Self:
        """A sheet of the rep's own, hidden."""
        self.parts["xl/worksheets/sheet90.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
        kind = f"{RELATION}/worksheet"
        self._related(f'<Relationship Id="rIdH" Type="{kind}" Target="worksheets/sheet90.xml"/>')
        sheet = f'<sheet name="{escape(name)}" sheetId="90" state="hidden" r:id="rIdH"/>'
        return self.replace(BOOK, "</sheets>", f"{sheet}</sheets>")

    def _related(self, relation: str) -> Self:
        return self.replace(RELATIONS, "</Relationships>", f"{relation}</Relationships>")

    def struck(self, tab: str, address: str) -> Self:
        """A cell in a format with a line through its text."""
        styles = self.parts["xl/styles.xml"]
        counts = [re.search(rf"<{name} count=\"(\d+)\"", styles) for name in ("fonts", "cellXfs")]
        font, format_ = (found[1] for found in counts if found)
        styles = styles.replace("</fonts>", "<font><strike/></font></fonts>")
        styles = styles.replace("</cellXfs>", f'<xf numFmtId="0" fontId="{font}"/></cellXfs>')
        self.parts["xl/styles.xml"] = styles
        part, head = self.part(tab), f'<c r="{address}"'
        found = re.search(rf'{head}( s="\d+")?', self.parts[part])
        assert found, (tab, address)
        return self.replace(part, found[0], f'{head} s="{format_}"')

    def without_names(self) -> Self:
        """Without any defined name, as when sheets were copied to another workbook."""
        self.parts[BOOK], count = NAMES.subn("", self.parts[BOOK])
        assert count == 1
        return self

    def rename(self, old: str, new: str) -> Self:
        """Another name for a tab; no formula follows."""
        return self.replace(BOOK, f'name="{old}"', f'name="{new}"')

    def content(self) -> bytes:
        """The file."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in self.parts.items():
                file.writestr(name, text)
        if not self._entered:
            return stream.getvalue()
        edit = PackageEdit(stream.getvalue())
        put_cells(edit, self._entered)
        return edit.content()

    def read(self) -> Reading:
        """What is read from it, and found."""
        return read_workbook(self.content())


def told(intake: Reading) -> list[tuple[str, str, str]]:
    """(code, sheet, cell) of every finding."""
    return sorted((finding.code, finding.sheet, finding.cell) for finding in intake.findings)
