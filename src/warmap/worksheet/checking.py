"""CHECK: what `warmap check` finds in the tables, while they are being filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from warmap.findings import Finding
from warmap.layout import TABS
from warmap.parsing import Place
from warmap.parsing.cross import map_findings, places_of
from warmap.text import LANGUAGES, Text
from warmap.worksheet.declaration import ALL_TABLES, LANG, ROWS, SETTINGS, Call, Function, Rows, table_arguments

TAB_PLACE: Mapping[str, int] = {tab.name.to(lang): place for place, tab in enumerate(TABS) for lang in LANGUAGES}
CELL = re.compile(r"([A-Z]*)(\d*)")


def found(call: Call) -> tuple[Sequence[Finding], Mapping[str, Place]]:
    """The findings about the tables of a call, and where the tables stand."""
    war_map = call.judgement.map
    if call.findings is None or call.places is None:
        places: Mapping[str, Place] = places_of(war_map, call.lang) if call.places is None else call.places
        return map_findings(war_map, places), places
    return call.findings(), call.places


def in_order(finding: Finding) -> tuple[int, int, int, int, str, str]:
    """By severity, then as one meets the cells: tab, row, column."""
    match = CELL.match(finding.cell)
    letters, digits = match.groups() if match else ("", "")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    tab = TAB_PLACE.get(finding.sheet, len(TABS))
    return (finding.severity.place, tab, int(digits or 0), column, finding.code, finding.field)


def check(call: Call) -> Rows:
    """Rows: sheet, cell, code, message, hint; the heavy ones first, then in the order of the sheets."""
    lang = call.lang
    findings = sorted(found(call)[0], key=in_order)
    return [[item.sheet, item.cell, item.code, item.message(lang), item.hint(lang)] for item in findings]


CHECK = Function(
    "CHECK",
    Text("填写中的问题：在哪一格、是什么、怎么改", "What is wrong in the entries: which cell, what, and how to mend it"),
    (*table_arguments(*ALL_TABLES, required=2), SETTINGS, LANG, ROWS),
    Text(
        "每个问题一行，与 warmap check 一致；表格上方或左侧插入过行列时，单元格按模板的位置给出",
        "One row a finding, the same as `warmap check`; cells are those of the template's layout",
    ),
    check,
    "=WARMAP.CHECK(wm_deal,wm_contacts,wm_trust,wm_wins)",
    (
        Text("工作表", "Sheet"), Text("单元格", "Cell"), Text("检查代码", "Check"), Text("发现", "Finding"),
        Text("怎么改", "How to mend it"),
    ),
)  # fmt: skip
