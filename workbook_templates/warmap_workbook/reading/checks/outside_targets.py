"""DV502: what a workbook would fetch from outside, open or start. One look over all relations and formulas; nothing is followed.

One finding a kind, at the first cell that has it, with the first targets. Hyperlinks to web pages are none.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from warmap.findings import Finding
from warmap.parsing.entered import shown
from warmap.text import Text
from warmap_workbook.ooxml import Book, OutsideKind, Sheet, cell_name
from warmap_workbook.ooxml.outside import shown_target
from warmap_workbook.ooxml.reaching_out import Reach, may_reach_out, reach_of
from warmap_workbook.reading.checks.formula_text import TemplateFormulas

OUR_ADDIN = re.compile(r"(?:^|[/\\])warmap[^/\\]*\.xlam?$", re.IGNORECASE)
ELSEWHERE = re.compile(r"\\\\|//|(?!file:)[a-z][a-z0-9+.-]+:|file:(?:\\\\|//(?!/)|////)", re.IGNORECASE)
LINK = re.compile(r"\[(\d{1,6})\]")
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of target is named, and what to do about it."""

    name: Text
    remedy: Text


LINKS = Kind(
    Text("到外部文件的链接", "links to other files"),
    Text("在“数据 → 编辑链接”里断开链接；别人打不开您电脑上的文件。", "Break the links (Data → Edit Links): nobody else can open files on your computer."),
)  # fmt: skip
HYPERLINKS = Kind(
    Text("指向文件或网络位置的超链接", "hyperlinks to files or network places"),
    Text("删去超链接，把位置写成文字；网页链接可以保留。", "Remove the hyperlinks and write the places as text; links to web pages may stay."),
)  # fmt: skip
PICTURES = Kind(
    Text("从外部取来的图片", "pictures that are fetched from outside"),
    Text("改为插入图片本身，不要链接。", "Insert the pictures themselves instead of links to them."),
)
CONNECTIONS = Kind(
    Text("数据连接或网页查询", "data connections or web queries"),
    Text(
        "在“数据 → 查询和连接”里删除它们，只留数值。",
        "Delete them under Data → Queries & Connections and keep the values.",
    ),
)
OBJECTS = Kind(
    Text("其他程序的对象或控件", "objects or controls of other programs"),
    Text("删去对象，把要说的写在格里。", "Delete the objects and write what matters into the cells."),
)
PROGRAMS = Kind(
    Text("会启动其他程序的公式（如 DDE）", "formulas that start other programs (such as DDE)"),
    Text("删去这些公式；不是您写的，就不要再用这个文件，请告诉信息安全人员。", "Delete these formulas; if you did not write them, stop using the file and tell your IT security."),
)  # fmt: skip
FETCHING = Kind(
    Text("会从外部取数的公式", "formulas that fetch data from outside"),
    Text("把公式换成它的结果。", "Replace the formulas by their results."),
)
OF_RELATIONS: Mapping[OutsideKind, Kind] = {
    OutsideKind.hyperlink: HYPERLINKS,
    OutsideKind.picture: PICTURES,
    OutsideKind.connection: CONNECTIONS,
    OutsideKind.embedded: OBJECTS,
    OutsideKind.link: LINKS,
}
OF_FORMULAS: Mapping[Reach, Kind] = {Reach.program: PROGRAMS, Reach.fetching: FETCHING, Reach.place: HYPERLINKS}


@dataclass(slots=True)
class Told:
    """What was found of one kind: the targets in their order, and the first place."""

    targets: dict[str, None] = field(default_factory=dict)
    count: int = 0
    sheet: str = ""
    cell: str = ""

    def add(self, target: str, sheet: str = "", cell: str = "") -> None:
        """One more; a place with a cell goes before one without."""
        self.count += 1
        self.targets.setdefault(target)
        if cell and not self.cell:
            self.sheet, self.cell = sheet, cell
        elif sheet and not self.sheet:
            self.sheet = sheet


def outside_targets(book: Book, sheets: Mapping[str, Sheet], expected: TemplateFormulas) -> Iterator[Finding]:
    """One finding a kind. `sheets` are those of the template's tabs, whose own formulas need not be looked at."""
    told: dict[int, tuple[Kind, Told]] = {}

    def of(kind: Kind) -> Told:
        return told.setdefault(id(kind), (kind, Told()))[1]

    _links(book, of(LINKS))
    for one in book.outside:
        of(OF_RELATIONS[one.kind]).add(one.target, book.sheet_parts.get(one.source.casefold(), ""), one.cell)
    for sheet, cell, formula, reach in _reaching(book, sheets, expected):
        of(OF_FORMULAS[reach]).add(shown(f"={formula}"), sheet, cell)
    for kind, found in told.values():
        if found.count:
            named = [*found.targets][:MOST_NAMED]
            facts = {
                "kind": kind.name, "count": found.count, "remedy": kind.remedy,
                "targets": [*named, *["…"] * (len(found.targets) > MOST_NAMED)],
            }  # fmt: skip
            yield Finding("DV502", found.sheet, found.cell, facts=facts)


def is_our_addin(target: str) -> bool:
    """Whether a link is the one that Excel writes where the functions come from the add-in on this computer."""
    return OUR_ADDIN.search(target) is not None and ELSEWHERE.match(target) is None


def _links(book: Book, told: Told) -> None:
    targets = {number: target for number, target in enumerate(book.external_links, 1) if not is_our_addin(target)}
    sheet, cell = next(_uses(book, targets.keys()), ("", "")) if targets else ("", "")
    for target in targets.values():
        told.add(shown_target(target), sheet, cell)


def _uses(book: Book, numbers: Container[int]) -> Iterator[tuple[str, str]]:
    for sheet in book.sheets:
        for at, formula in sorted(sheet.formulas.items()):
            if "[" in formula.text and any(int(match) in numbers for match in LINK.findall(formula.text)):
                yield sheet.name, cell_name(*at)


def _reaching(
    book: Book, sheets: Mapping[str, Sheet], expected: TemplateFormulas
) -> Iterator[tuple[str, str, str, Reach]]:
    """(sheet, cell, formula, what it does) of every formula that reaches out; names have no cell."""
    names = [sheet.name for sheet in book.sheets]
    tab_of = {id(sheet): tab for tab, sheet in sheets.items()}
    for sheet in book.sheets:
        own = expected.stored.get(tab_of.get(id(sheet), ""), {})
        if own == sheet.formulas:
            continue
        texts = [formula.text for at, formula in sheet.formulas.items() if own.get(at) != formula]
        if not may_reach_out(texts):
            continue
        for at, formula in sorted(sheet.formulas.items()):
            reach = reach_of(formula.text, names) if own.get(at) != formula else None
            if reach is not None:
                yield sheet.name, cell_name(*at), formula.text, reach
    for sheet_name, meanings in (
        ("", book.defined_names),
        *((sheet.name, sheet.defined_names) for sheet in book.sheets),
    ):
        for text in meanings.values() if may_reach_out(meanings.values()) else ():
            reach = reach_of(text, names)
            if reach is not None:
                yield sheet_name, "", text, reach
