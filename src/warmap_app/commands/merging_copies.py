"""`warmap merge`: two copies of one deal that two colleagues worked on, put together row by row; what clashes is told."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from warmap.changes import changes, shown
from warmap.merging import Clash, Merged, MergedRow, merged
from warmap.model import TABLE, filled
from warmap.names import key
from warmap.parsing.headers import DocumentPlace, TablePlace
from warmap.reading import Reading
from warmap.text import Lang, Text
from warmap_app.apart import SECONDS, Apart
from warmap_app.command import FAILED, PASSED, WROTE, Command, UserError
from warmap_app.commands.options import NO_MACROS, add_shared, readable, workbook_out, write_file
from warmap_app.load import WORKBOOKS
from warmap_app.own_functions import OwnFunctions
from warmap_app.screen import Part, bold, line, print_parts
from warmap_workbook.editing.brought_along import new_notes, new_sheets, with_brought_along
from warmap_workbook.editing.entries import Entries
from warmap_workbook.editing.file_edits import NoHistorySheet, with_entries, with_history
from warmap_workbook.editing.notes import Placed
from warmap_workbook.editing.upgrade import own_sheets
from warmap_workbook.ooxml import Beside, Book, parse_ref, read_beside, read_book
from warmap_workbook.writing.build import build_workbook

A = Text("一份副本；结果以它为底", "one copy; the result is this one with what the other brings")
B = Text("另一份副本", "the other copy")
BASE = Text("两人开始时的那一份", "the copy that both began with")
TAKE = Text("两边都改了的地方一律取 a 或 b", "where both changed something, take a's or b's everywhere")
OUT = Text("合并后的工作簿写到哪里", "where to write the merged workbook")

NOT_ONE_DEAL = Text(
    "三份文件是三个不同的客户（{names}）；合并要同一个商机的副本",
    "the three files are of three accounts ({names}); merge takes copies of one deal",
)
TAKEN = Text("取自 {file}（{count} 处）", "Taken from {file} ({count})")
NOTHING_TAKEN = Text("{file} 没有带来什么。", "{file} brings nothing.")
CLASHES = Text("两边都改了，要有人决定（{count}）", "Changed by both: somebody must decide ({count})")
DECIDED = Text("两边都改了，按 --take {side} 取（{count}）", "Changed by both, taken as --take {side} says ({count})")
CLASH = Text("{place}{row} · {field}：原来 {base}，A {a}，B {b}", "{place}{row} · {field}: before {base}, A {a}, B {b}")
ROW = Text("整行", "the row")
REMOVED, THERE = Text("删去", "removed"), Text("保留", "kept")
KEPT_BASE = Text(
    "这些地方保留了原来的值（删去的行保留）；在工作簿里改好，或加 --take a 或 --take b。",
    "These keep the value they had before (a removed row stays): change them in the workbook, or add --take a or --take b.",
)
NO_ROOM = Text("“{table}”表没有空行，没有放进去：{row}", "no free row on “{table}”, left out: {row}")
SETTINGS = Text("两份的设置不同，保留 A 的", "the settings of both differ; those of A stay")
SHEETS = Text(
    "来自 {file} 的工作表，只有数值和公式：{names}", "sheets from {file}, with values and formulas only: {names}"
)
NOTES = Text("来自 {file} 的批注：{count} 条", "notes from {file}: {count}")
NO_HISTORY = Text("A 里没有 _history 表，快照没有合并", "A has lost its sheet _history; the snapshots were not merged")
IN_CELL = Text("两边都改了：A {a}；B {b}；原来 {base}", "changed by both: A {a}; B {b}; before {base}")
FROM = Text("{author}（{file}）：{text}", "{author} ({file}): {text}")
MOST_SHOWN = 60
MORE = Text("… 还有 {more} 处", "… {more} more")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """A B --base O [--take a|b] -o NEW."""
    parser.add_argument("a", metavar="A", type=Path, help=A.to(lang))
    parser.add_argument("b", metavar="B", type=Path, help=B.to(lang))
    parser.add_argument("--base", metavar="O", type=Path, required=True, help=BASE.to(lang))
    parser.add_argument("--take", choices=("a", "b"), help=TAKE.to(lang))
    parser.add_argument("-o", "--out", metavar="NEW.xlsx", type=Path, required=True, help=OUT.to(lang))
    add_shared(parser, lang, "--force")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when all of it is put together, 1 when somebody must decide or something found no place."""
    workbook_out(options.out, ".xlsx", force=options.force)
    base, a, b = (readable(path) for path in (options.base, options.a, options.b))
    accounts = [one.map.deal.account or "" for one in (base, a, b)]
    if len(set(map(key, accounts))) == len(accounts):
        raise UserError(NOT_ONE_DEAL.filled(names=accounts))
    result = merged(base.map, a.map, b.map, options.take)
    told = list(_told_of_rows(a, result, options, lang))
    open_questions = bool(result.clashes) and options.take is None
    if options.a.suffix.lower() in WORKBOOKS:
        writer = _Writer(base, a, b, options, lang)
        content = writer.written(result)
        told += writer.told
        open_questions |= writer.is_incomplete
    else:
        content = build_workbook(result.map, a.lang, a.settings)
    if b.settings not in (a.settings, base.settings):
        told.append(line(SETTINGS.to(lang), "yellow"))
        open_questions = True
    write_file(options.out, content, force=options.force, read=[options.base, options.a, options.b])
    print_parts([*told, line(WROTE.say(lang, {"path": options.out}))])
    return FAILED if open_questions else PASSED


def _told_of_rows(a: Reading, result: Merged, options: argparse.Namespace, lang: Lang) -> Iterator[Part]:
    """What was taken from B, and what clashes, cell by cell."""
    open_cells = {(clash.table, clash.row, clash.field) for clash in result.clashes if options.take is None}
    taken = [one for one in changes(a.map, result.map) if (one.table, one.row, one.field) not in open_cells]
    facts = {"file": options.b.name, "count": len(taken), "side": options.take}
    yield bold((TAKEN if taken else NOTHING_TAKEN).say(lang, facts))
    yield from (line(f"  {change.say(lang)}") for change in taken[:MOST_SHOWN])
    if len(taken) > MOST_SHOWN:
        yield line(MORE.say(lang, {"more": len(taken) - MOST_SHOWN}))
    clashes = [(one, clash) for rows in result.rows.values() for one in rows for clash in one.clashes]
    if clashes:
        yield bold((DECIDED if options.take else CLASHES).say(lang, {**facts, "count": len(clashes)}))
        for one, clash in clashes:
            yield line(f"  {_said(clash, _cell_of(a, one, clash), lang)}", "yellow")
        if not options.take:
            yield line(KEPT_BASE.to(lang))


def _said(clash: Clash, place: str, lang: Lang) -> str:
    """A clash in one line, every value of it."""
    return CLASH.say(lang, {
        "place": f"{place} · " if place else "", "row": _row_named(clash, lang),
        "field": _field_named(clash, lang), **_values(clash, lang),
    })  # fmt: skip


def _row_named(clash: Clash, lang: Lang) -> str:
    parts = [shown(None, part, lang) for part in clash.row if part is not None]
    return " · ".join([TABLE[clash.table].label.to(lang), *parts])


def _field_named(clash: Clash, lang: Lang) -> str:
    return (TABLE[clash.table].called(clash.field) if clash.field else ROW).to(lang)


def _values(clash: Clash, lang: Lang) -> dict[str, str]:
    face, values = TABLE[clash.table].by_code.get(clash.field), {"base": clash.base, "a": clash.a, "b": clash.b}
    if not clash.field:
        return {name: (REMOVED if value is None else THERE).to(lang) for name, value in values.items()}
    return {name: shown(face, value, lang) for name, value in values.items()}


def _cell_of(a: Reading, one: MergedRow, clash: Clash) -> str:
    """Where a clash stands in A; the table's sheet alone where A has no such row."""
    place = a.places.get(clash.table)
    if one.in_a is None or place is None:
        return place.sheet if place else ""
    cell = place.cell(one.in_a, clash.field) if clash.field or isinstance(place, DocumentPlace) else ""
    return cell if isinstance(place, DocumentPlace) else f"{place.sheet}!{cell}" if cell else place.sheet


class _Writer:
    """Puts a merged map into the workbook A, and what B has beside its entries."""

    def __init__(self, base: Reading, a: Reading, b: Reading, options: argparse.Namespace, lang: Lang) -> None:
        self.base, self.a, self.b, self.options, self.lang = base, a, b, options, lang
        self.book = read_book(options.a)
        self.entries = Entries(self.book, a)
        self.told: list[Part] = []
        self.is_incomplete = False
        self.notes: dict[str, Placed] = {}
        self.places: dict[tuple[str, int], tuple[str, str]] = {}  # of B's rows in A: sheet, a cell of the row

    def written(self, result: Merged) -> bytes:
        """The bytes of the merged workbook."""
        for code, rows in result.rows.items():
            for one in rows:
                self._row(code, one)
        for words in self.entries.not_written():
            self._unplaced(words.to(self.lang))
        if self.options.a.suffix.lower() == ".xlsm":
            self.told.append(line(NO_MACROS.to(self.lang)))
        content = with_entries(self.options.a.read_bytes(), self.entries.cells, OwnFunctions())
        if len(result.map.snapshots) != len(self.a.map.snapshots):
            try:
                content = with_history(content, result.map.snapshots, OwnFunctions(), self.a.settings)
            except NoHistorySheet:
                self._unplaced(NO_HISTORY.to(self.lang))
        return self._with_what_is_beside(content)

    def _unplaced(self, words: str) -> None:
        self.told.append(line(words, "yellow"))
        self.is_incomplete = True

    def _row(self, code: str, one: MergedRow) -> None:
        place = self.a.places.get(code)
        at: tuple[str, str] | None = None
        if one.in_a is not None:
            at = self.entries.change(code, one.in_a, one.row)
        elif one.row is not None:
            at = self.entries.add(code, one.row)
            if at is None:
                name = next((shown(None, value, self.lang) for _, value in filled(TABLE[code], one.row)), "")
                self._unplaced(NO_ROOM.say(self.lang, {"table": TABLE[code].label, "row": name}))
        if at is None or not at[1] or not isinstance(place, TablePlace):
            return
        if one.in_b is not None:
            self.places[code, one.in_b] = at
        for clash in one.clashes if self.options.take is None else ():
            self._note(
                place.sheet,
                self._beside(place, code, one, clash.field, at),
                IN_CELL.say(self.a.lang, _values(clash, self.a.lang)),
            )

    @staticmethod
    def _beside(place: TablePlace, code: str, one: MergedRow, field: str, at: tuple[str, str]) -> tuple[int, int]:
        """The cell of a field in a row, by any cell of that row."""
        if TABLE[code].is_record and one.in_a is not None:
            return parse_ref(place.cell(0, field) or at[1])
        row, column = parse_ref(at[1])
        return row, place.columns.get(field, column)

    def _note(self, sheet: str, at: tuple[int, int], words: str) -> None:
        self.notes.setdefault(sheet, []).append((at, words))

    # -- beside the entries ------------------------------------------------------------------------------------------

    def _with_what_is_beside(self, content: bytes) -> bytes:
        sheets, file = [], self.options.b.name
        if self.options.b.suffix.lower() in WORKBOOKS:
            theirs, before = read_book(self.options.b), self._base_book()
            known = own_sheets(before, self.base) if before else []
            sheets = new_sheets(known, own_sheets(self.book, self.a), own_sheets(theirs, self.b), self.options.b.stem)
            if sheets:
                self.told.append(line(SHEETS.say(self.lang, {"file": file, "names": [one.name for one in sheets]})))
            self._notes_of_b(before is not None)
        if not sheets and not self.notes:
            return content
        return with_brought_along(content, sheets, self.notes, self.a.lang)

    def _base_book(self) -> Book | None:
        return read_book(self.options.base) if self.options.base.suffix.lower() in WORKBOOKS else None

    def _notes_of_b(self, has_base: bool) -> None:
        nothing = Beside([], [])
        before = read_beside(self.options.base) if has_base else nothing
        found = new_notes(before.notes, read_beside(self.options.a).notes, read_beside(self.options.b).notes)
        for one in found:
            sheet, at = self._home_of(one.sheet, one.row, one.column)
            facts = {"author": one.author or "…", "file": self.options.b.name, "text": one.text}
            self._note(sheet, at, FROM.to(self.a.lang).format_map(facts) if facts["author"] else one.text)
        if found:
            self.told.append(line(NOTES.say(self.lang, {"file": self.options.b.name, "count": len(found)})))

    def _home_of(self, sheet: str, row: int, column: int) -> tuple[str, tuple[int, int]]:
        """Where a cell of B is in A: of a table's row the row that it became; else the cell of the same name."""
        for code, place in self.b.places.items():
            ours = self.a.places.get(code)
            if not isinstance(place, TablePlace) or not isinstance(ours, TablePlace) or place.sheet != sheet:
                continue
            field = next((name for name, number in place.columns.items() if number == column), None)
            if row in place.rows and field is not None and (at := self.places.get((code, list(place.rows).index(row)))):
                return at[0], (parse_ref(at[1])[0], ours.columns.get(field, 1))
            if not place.rows or row not in place.rows:
                sheet = ours.sheet
        return sheet, (row, column)


COMMANDS = {
    "merge": Command(
        "warmap merge mine.xlsx theirs.xlsx --base before.xlsx -o deal.xlsx",
        add_arguments,
        Apart(run, ("a", "b", "base"), 2 * SECONDS),
    ),
}
