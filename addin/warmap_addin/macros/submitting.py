"""Submit: check first, freeze the day of judging, stamp, save a copy under the naming rule; the open workbook stays."""

from collections.abc import Iterator, Sequence
from datetime import date

from warmap.earlier import sheet_rows
from warmap.evaluation import scores
from warmap.findings import Finding
from warmap.history import fingerprint as fingerprint_of
from warmap.history import holds_the_same, snapshot_of
from warmap.judgement import judge
from warmap.layout import COMPUTED_ON_NAME, HISTORY_NAME, TAB
from warmap.model import Snapshot, WarMap
from warmap.parsing.cross import cross_findings
from warmap.text import Lang, Text
from warmap.worksheet.this_week import in_order
from warmap_addin.macros.checking import counts, is_barring, result_sheet
from warmap_addin.macros.edits import PATH, Ask, Attempt, Cell, Edit, Formula, Recalculate, SaveCopy, Say, Write
from warmap_addin.macros.exporting import file_name
from warmap_addin.macros.open_book import Opened, fill, lines
from warmap_workbook.computed import BLOCKS, RULE_CELL, compute
from warmap_workbook.ooxml import cell_name, parse_ref

MOST_NAMED = 8
REFUSED = Text("还不能提交：{counts}要改好的有：", "It cannot be submitted yet: {counts} These must be fixed:")
LINE = Text("· {where} {code} {message}", "· {where} {code} {message}")
MORE = Text("…… 还有 {more} 条，见“检查结果”表。", "… {more} more, on the sheet “Check result”.")
QUESTION = Text(
    "提交这张地图？\n\n文件：{name}\n评估日：{day}\n\n会记下一份快照，另存一份不含宏的副本。",
    "Submit this map?\n\nFile: {name}\nJudged as of: {day}\n\nA snapshot is taken, and a copy without macros is saved.",
)
SAVED = Text(
    "已存为：\n{path}\n\n评估日 {day}，历史里共有 {count} 份快照。您打开着的工作簿没有改名，可以接着填。",
    "Saved as:\n{path}\n\nJudged as of {day}; the history holds {count} snapshots. The workbook you have open keeps its name: go on with it.",
)
MINOR = Text("\n检查：{counts}", "\nChecked: {counts}")


def submit(opened: Opened) -> list[Edit]:
    """A refusal with its list, or the stamps and the copy."""
    findings, barring = findings_of(opened)
    if barring:
        return [*result_sheet(opened, findings), Say(_refusal(opened, findings, barring))]
    day = day_of(opened)
    war_map = judged_at(opened.entries.map, day)
    snapshots = with_snapshot(opened, war_map, day)
    facts = {"path": PATH, "day": day.isoformat(), "count": len(snapshots)}
    words = fill(SAVED, opened.lang, **facts) + (
        fill(MINOR, opened.lang, counts=counts(findings, opened.lang)) if findings else ""
    )
    saving = (
        *_freeze(opened, day),
        *history_rows(opened, snapshots),
        *_computed(opened, war_map),
        Recalculate(),
        SaveCopy(file_name(war_map.deal, day)),
    )
    back = (*_unfreeze(opened), *history_rows(opened, opened.entries.map.snapshots, height=_height(opened, snapshots)))
    return [Attempt(saving, tuple(_thaw(opened)), back), Say(words, names_path=True)]


def ask_submit(opened: Opened) -> list[Edit]:
    """The question with file name and day; a refusal is said at once."""
    if findings_of(opened)[1]:
        return submit(opened)
    day = day_of(opened)
    name = file_name(judged_at(opened.entries.map, day).deal, day)
    return [Ask(fill(QUESTION, opened.lang, name=f"{name}.xlsx", day=day.isoformat()), "submit")]


def findings_of(opened: Opened) -> tuple[list[Finding], list[Finding]]:
    """All of them, and those that keep the map from being submitted."""
    findings = sorted(opened.checked.findings, key=in_order)
    # A blank day of judging, or one that changes by itself, is not a mistake here: submitting freezes it.
    return findings, [
        f for f in findings if is_barring(f) and not (f.field == "as_of" and f.code in {"DV201", "DV211"})
    ]


def day_of(opened: Opened) -> date:
    """The day on which the map is judged; today where none is entered."""
    return opened.entries.map.deal.as_of or opened.today


def _refusal(opened: Opened, findings: Sequence[Finding], barring: Sequence[Finding]) -> str:
    lang = opened.lang
    named = [
        fill(LINE, lang, where=f"{f.sheet}!{f.cell}" if f.cell else f.sheet, code=f.code, message=f.message(lang))
        for f in barring[:MOST_NAMED]
    ]
    more = len(barring) - len(named)
    return lines([
        fill(REFUSED, lang, counts=counts(findings, lang)), *named, fill(MORE, lang, more=more) if more else "",
    ])  # fmt: skip


def judged_at(war_map: WarMap, day: date) -> WarMap:
    """The map as judged on that day."""
    return war_map.model_copy(update={"deal": war_map.deal.model_copy(update={"as_of": day})})


# -- the day of judging ------------------------------------------------------------------------------------------------


def _as_of_cell(opened: Opened) -> tuple[str, str, str]:
    """Sheet and cell of the day of judging, and its formula (empty where it has none)."""
    place = opened.entries.places["deal"]
    cell = place.cell(0, "as_of")
    sheet = opened.raw.sheet(place.sheet)
    formula = sheet.formulas.get(parse_ref(cell)) if sheet and cell else None
    return place.sheet, cell, f"={formula.text}" if formula else ""


def _freeze(opened: Opened, day: date) -> Iterator[Edit]:
    """Write the day as a date where it is blank or a formula such as TODAY()."""
    sheet, cell, formula = _as_of_cell(opened)
    if cell and (formula or opened.entries.map.deal.as_of is None):
        yield Write(sheet, cell, ((day,),))


def _unfreeze(opened: Opened) -> Iterator[Edit]:
    """Blank a day that was blank before, where nothing was saved."""
    sheet, cell, formula = _as_of_cell(opened)
    if cell and not formula and opened.entries.map.deal.as_of is None:
        yield Write(sheet, cell, ((None,),))


def _thaw(opened: Opened) -> Iterator[Edit]:
    """Put the formula back into the open workbook; the copy keeps the frozen day."""
    sheet, cell, formula = _as_of_cell(opened)
    if formula:
        yield Formula(sheet, cell, formula)


# -- stamps ------------------------------------------------------------------------------------------------------------


def with_snapshot(opened: Opened, war_map: WarMap, day: date) -> list[Snapshot]:
    """The history with this map at its end; a map submitted twice on one day is one snapshot."""
    kept = list(war_map.snapshots)
    if kept and kept[-1].taken_on == day and holds_the_same(kept[-1], fingerprint_of(war_map)):
        return kept
    figures = scores(judge(war_map, opened.entries.settings))
    return [*kept, snapshot_of(war_map, figures, day, war_map.deal.owner)]


def history_rows(opened: Opened, snapshots: Sequence[Snapshot], height: int = 0) -> Iterator[Edit]:
    """Write the history sheet, blanking rows down to the height it had before."""
    found = opened.area(HISTORY_NAME)
    sheet = found[0] if found else opened.raw.sheet(TAB["snapshots"].name.en)
    if sheet is not None:
        rows = sheet_rows(snapshots, opened.entries.settings)
        rows += [[""] * len(rows[0])] * (height - len(rows))
        yield Write(sheet.name, "A1", tuple(tuple(value if value != "" else None for value in row) for row in rows))


def _height(opened: Opened, snapshots: Sequence[Snapshot]) -> int:
    return len(sheet_rows(snapshots, opened.entries.settings))


def _computed(opened: Opened, war_map: WarMap) -> Iterator[Edit]:
    """The results as they now are on the hidden sheet of last values, and the day they were computed."""
    yield from last_values(opened, war_map, opened.lang)
    found = opened.area(COMPUTED_ON_NAME)
    if found is not None:
        yield Write(found[0].name, cell_name(found[1].r1, found[1].c1), ((opened.today.isoformat(),),))


def last_values(opened: Opened, war_map: WarMap, lang: Lang) -> Iterator[Edit]:
    """Every result in a language, for a program without the functions."""
    sheet = opened.raw.sheet(TAB["last"].name.en)
    if sheet is None:
        return
    entries = opened.entries
    across = cross_findings(entries.map, entries.places)
    own = [f for f in entries.findings if f.code[:3] in {"DV1", "DV2", "DV4"} and f not in across and f.code != "DV101"]
    own = [f for f in own if "formula" not in f.facts]  # the functions see values, not the formulas they come from
    own = [f for f in own if not (f.field == "as_of" and f.code == "DV201" and war_map.deal.as_of)]
    rows = getattr(entries.places.get("contacts"), "rows", ())
    people = opened.area("wm_contacts")
    beside = [row - people[1].r1 - 1 for row in rows] if people else None
    now = [*own, *cross_findings(war_map, entries.places)]
    rule = opened.area("wm_rule")
    looked_up = str(rule[0].value(*parse_ref(RULE_CELL)) or "") if rule else ""
    values = compute(war_map, entries.settings, lang, beside, now, entries.places, looked_up)
    width = max(block.width for block in BLOCKS)
    cells: list[tuple[Cell, ...]] = []
    for block in BLOCKS:
        cells += [
            (*(value if value != "" else None for value in row), *[None] * (width - len(row)))
            for row in values[block.name]
        ]
    yield Write(sheet.name, f"A{BLOCKS[0].last_row}", tuple(cells))
