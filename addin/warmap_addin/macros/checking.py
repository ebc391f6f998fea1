"""Check this map: the findings on a sheet of their own, each with a link to its cell, and a link back on each sheet."""

from collections.abc import Iterator, Sequence

from warmap.findings import Finding
from warmap.layout import TABS
from warmap.names import key
from warmap.text import LANGUAGES, Lang, Text
from warmap.worksheet.this_week import in_order
from warmap_addin.macros.edits import AddSheet, Edit, Link, Say, Select, Unlocked, Write
from warmap_addin.macros.open_book import Opened, fill, free_name
from warmap_workbook.ooxml import Sheet

SHEET = Text("检查结果", "Check result")
TITLE = Text("作战地图检查结果", "What was found in this war map")
HEADS = (
    Text("轻重", "Severity"), Text("工作表", "Sheet"), Text("单元格", "Cell"), Text("代码", "Check"),
    Text("发现", "Finding"), Text("怎么改", "How to fix it"),
)  # fmt: skip
WIDTHS = (10, 14, 10, 9, 64, 64)
TOP = 4  # the header row
BACK = Text("↩ 检查结果", "↩ Check result")
BACK_CELL = "B3"  # beside the link home
BACK_AT = (3, 2)
OURS = frozenset(key(tab.name.to(lang)) for tab in TABS if tab.code != "home" for lang in LANGUAGES)

COUNTS = Text(
    "{critical} 条严重，{major} 条重要，{minor} 条一般。", "{critical} critical, {major} major, {minor} minor."
)
PASSES = Text("可以提交。", "It can be submitted.")
FAILS = Text("严重和重要的改好后才能提交。", "Fix the critical and major ones before you submit.")
CLEAN = Text("检查通过：没有发现问题。", "Checked: nothing was found.")
WRITTEN_ANEW = Text(
    "每次检查都会重写 A–F 列；您的批注请写在 G 列以后，下次检查会另开一张表。",
    "Each check rewrites columns A–F. Put your own notes in column G and beyond: the next check then uses another sheet.",
)
FOUND = Text(
    "检查完毕：{counts}{verdict}点“单元格”一列可跳过去，点“{back}”可跳回来。",
    "Checked: {counts} {verdict} Click a cell's name to go there, and “{back}” to come back.",
)


def check_map(opened: Opened) -> list[Edit]:
    """The findings of `warmap check`, the heaviest first, on the sheet “Check result”."""
    findings = sorted(opened.checked.findings, key=in_order)
    return [*result_sheet(opened, findings), Say(verdict(findings, opened.lang))]


def is_barring(finding: Finding) -> bool:
    """Whether a map with this finding may not be submitted; a CP finding is for a person to judge."""
    return finding.code.startswith("DV") and finding.severity.value in {"critical", "major"}


def counts(findings: Sequence[Finding], lang: Lang) -> str:
    """How many there are of each weight."""
    numbers = {name: sum(f.severity.value == name for f in findings) for name in ("critical", "major", "minor")}
    return fill(COUNTS, lang, **numbers)


def verdict(findings: Sequence[Finding], lang: Lang) -> str:
    """What the check came to."""
    if not findings:
        return CLEAN.to(lang)
    ending = FAILS if any(map(is_barring, findings)) else PASSES
    return fill(FOUND, lang, counts=counts(findings, lang), verdict=ending, back=BACK)


def result_sheet(opened: Opened, findings: Sequence[Finding]) -> Iterator[Edit]:
    """The sheet itself, the links there and back, and the way to it."""
    lang, name = opened.lang, free_name(opened.raw, SHEET, opened.lang, _is_ours)
    yield AddSheet(name, WIDTHS)
    yield Write(name, "A1", ((TITLE.to(lang),), (counts(findings, lang) if findings else CLEAN.to(lang),)))
    yield Write(name, "A2", ((WRITTEN_ANEW.to(lang),),))
    yield Write(name, f"A{TOP}", (tuple(head.to(lang) for head in HEADS),))
    rows = tuple(
        (f.severity.label.to(lang), f.sheet, f.cell or None, f.code, f.message(lang), f.hint(lang)) for f in findings
    )
    if rows:
        yield Write(name, f"A{TOP + 1}", rows)
    for row, finding in enumerate(findings, TOP + 1):
        sheet = opened.raw.sheet(finding.sheet) if finding.cell else None
        if sheet is not None:
            yield Link(name, f"C{row}", sheet.name, finding.cell, finding.cell)
    yield from _ways_back(opened, name, {finding.sheet.casefold() for finding in findings})
    yield Select(name, f"A{TOP + 1}" if rows else "A1")


def _is_ours(sheet: Sheet) -> bool:
    """Whether a sheet holds an earlier result and nothing beside it: what somebody noted there is kept."""
    return sheet.value(1, 1) in (TITLE.zh, TITLE.en) and not any(
        column > len(WIDTHS) and value not in (None, "")
        for cells in sheet.rows.values()
        for column, value in cells.items()
    )


def _ways_back(opened: Opened, name: str, needed: set[str]) -> Iterator[Edit]:
    """Link back from every template sheet with a finding; remove the link where there are none left."""
    for sheet in opened.raw.sheets:
        if sheet.state != "visible" or key(sheet.name) not in OURS or not _is_free(sheet):
            continue
        if sheet.name.casefold() in needed:
            words = BACK.to(opened.lang)
            yield Unlocked(sheet.name, (Link(sheet.name, BACK_CELL, name, "A1", words),), is_needed=False)
        elif sheet.value(*BACK_AT) is not None:
            yield Unlocked(sheet.name, (Write(sheet.name, BACK_CELL, ((None,),)),), is_needed=False)


def _is_free(sheet: Sheet) -> bool:
    """Whether nothing stands where the link back goes, or our own link does."""
    return sheet.value(*BACK_AT) in (None, "", BACK.zh, BACK.en)
