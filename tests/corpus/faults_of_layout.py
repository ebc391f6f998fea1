"""Faults of the layout: sheets renamed or deleted, headers changed, columns of the rep's own, other template versions."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from faults_of_files import add_sheet

from warmap import TEMPLATE_VERSION
from warmap.layout import TAB, TABS, TabKind, placements
from warmap.model import TABLE, TABLES, Kind
from warmap.settings import default_settings, flat
from warmap_workbook.computed import BLOCKS
from warmap_workbook.ooxml import cell_name
from warmap_workbook.writing.reference_sheets import SETTINGS_TOP

NOT_FOUND = "its column is not found under the changed header"
OWN_HEADER = "the changed header is a column of the rep's own"
NOBODY = "the sheet of the people is gone"
VERSION_CELL = (2, 2)
KEPT = ("settings", "lists", "status", "last", "snapshots", "marks")
OWN = ("备注2", "内部编号", "Our own", "Remarks 2", "跟进人", "Region", "打分依据", "To discuss")
REFERRING = re.compile(r"<((?:c:)?(?:f|formula1?|formula2|definedName))\b([^>]*)>([^<]*)</\1>")
BOOK = "xl/workbook.xml"


def _may_move(sub, tab):
    """Whether a tab is as yet untouched; from now on it is taken."""
    tables = TAB[tab].tables
    if any(mark[0] in {*tables, tab} or mark[:1] == ("block",) for mark in sub.used) or ("tab",) in sub.used:
        return False
    return sub.take(("tab",), (tab,), *((code,) for code in tables))


def _references_changed(parts, change):
    """`change` applied to every formula, name and rule that may refer to another sheet."""
    for name, data in list(parts.items()):
        if name == BOOK or name.startswith(("xl/worksheets/sheet", "xl/charts/chart")):
            text = data.decode()
            new = REFERRING.sub(lambda found: f"<{found[1]}{found[2]}>{change(found[3])}</{found[1]}>", text)
            if new != text:
                parts[name] = new.encode()


def _reference_to(name):
    """A reference to a sheet as it stands in a formula's XML, its cells included."""
    quoted = escape(f"'{name}'", {"'": "&apos;"})
    return re.compile(
        rf"(?<![\w.'])(?:'{re.escape(name)}'|{re.escape(quoted)}|{re.escape(name)})!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?|\$\d+:\$\d+|\$[A-Z]+:\$[A-Z]+)"
    )


def sheet_gone(sub, rng):
    """DV101: renamed (the program follows in all formulas), or deleted (formulas dangle or turn to #REF!)."""
    tabs = [tab.code for tab in TABS if tab.kind in (TabKind.INPUT, TabKind.COMPUTED) or tab.code in KEPT]
    tab = rng.choice(tabs)
    if sub.is_other_version or not _may_move(sub, tab):
        return False
    if rng.random() < 0.5:
        _rename(sub, rng, tab)
    else:
        _delete(sub, rng, tab)
    return True


def settings_changed(sub, rng):
    """DV306: probabilities raised on the rep's own Settings sheet; no cell is computed with them."""
    marks = {mark[0] for mark in sub.used}
    if "settings" in marks or any(finding.code == "DV307" for finding in sub.expected):
        return False
    codes = [
        (row, code)
        for row, (code, _) in enumerate(flat(default_settings()), SETTINGS_TOP + 1)
        if code.startswith("stage_probability.")
    ]
    raised = sorted(rng.sample(codes[:-1], rng.randint(1, 4)))
    for row, _ in raised:
        sub.edit("settings", row, 2, 0.95)
        sub.used.add(("settings", row))
    sub.expect("DV306", sub.sheet_name("settings"), cell_name(raised[0][0], 2))
    return True


def retired_setting(sub, rng):
    """DV308: a limit that an earlier version had, put back in place of a setting that nobody changed."""
    row = SETTINGS_TOP + len(list(flat(default_settings())))
    if ("settings", row) in sub.used or any(finding.code == "DV307" for finding in sub.expected):
        return False
    sub.edit("settings", row, 1, "penalty_limit")
    sub.edit("settings", row, 2, rng.choice((0, 25, 60)))
    sub.used.add(("settings", row))
    sub.expect("DV308", sub.sheet_name("settings"), cell_name(row, 2))
    return True


def _rename(sub, rng, tab):
    old = TAB[tab].name.to(sub.lang)
    new = rng.choice((f"{old} (2)", f"{old}新", f"My {old}", f"工作表{rng.randint(1, 40)}"))
    sub.tab_names[tab] = new
    pattern = _reference_to(old)

    def change(parts):
        book = parts[BOOK].decode()
        assert f'name="{escape(old)}"' in book
        parts[BOOK] = book.replace(f'name="{escape(old)}"', f'name="{escape(new)}"', 1).encode()
        _references_changed(parts, lambda text: pattern.sub(lambda found: f"'{escape(new)}'!{found[1]}", text))

    sub.part_changes.append(change)
    sub.expect("DV101", new)


def _delete(sub, rng, tab):
    name = TAB[tab].name.to(sub.lang)
    sub.expect("DV101", name)
    if tab == "people":
        for table, line, code, _ in sub.references():
            if table != "contacts":
                sub.must_find("DV206", table, line, code, NOBODY)
    sub.gone.add(tab)
    sub.is_changed = True
    for code in TAB[tab].tables:
        sub.lines[code] = []
    pattern, dangles = _reference_to(name), rng.random() < 0.5
    if tab == "last" and not dangles:  # then no formula says any more what it should: no result is compared
        sub.results.overwritten |= {block.name for block in BLOCKS}

    def change(parts):
        _drop_sheet(parts, name, sub.template.sheet_parts[tab])
        if not dangles:
            _references_changed(parts, lambda text: pattern.sub("#REF!", text))

    sub.part_changes.append(change)


def _drop_sheet(parts, name, part):
    book = parts[BOOK].decode()
    entries = re.findall(r"<sheet\b[^>]*/>", book)
    place = next(place for place, entry in enumerate(entries) if f'name="{escape(name)}"' in entry)
    relation = re.search(r'r:id="([^"]*)"', entries[place])[1]
    book = book.replace(entries[place], "", 1)

    def local(found):
        number = int(found[2])
        return (
            ""
            if number == place
            else found[0].replace(f'localSheetId="{number}"', f'localSheetId="{number - (number > place)}"')
        )

    book = re.sub(r'<definedName\b([^>]*?)localSheetId="(\d+)"[^>]*>[^<]*</definedName>', local, book)
    parts[BOOK] = book.encode()
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    parts["xl/_rels/workbook.xml.rels"] = re.sub(rf'<Relationship\b[^>]*Id="{relation}"[^>]*/>', "", relations).encode()
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = re.sub(rf'<Override\b[^>]*PartName="/{re.escape(part)}"[^>]*/>', "", types).encode()
    del parts[part]


def header_changed(sub, rng):
    """DV102: a header of a word of the rep's own, or none."""
    table = rng.choice([table for table in TABLES if not sub.gone & {placements()[table.code].tab.code}])
    if not sub.take_table(table.code):
        return False
    words = rng.choice((*OWN, None))
    change = _record_label_changed if table.is_record else _column_header_changed
    return change(sub, rng, table, words)


def _record_label_changed(sub, rng, table, words):
    offset = rng.randrange(len(table.fields))
    sub.headers[table.code] = {offset + 1: words}
    sub.expect("DV102", sub.sheet_of(table.code))
    if words is not None and sub.lines[table.code][0].cells.get(table.fields[offset].code) is not None:
        place = placements()[table.code]
        where = cell_name(place.header_row + 1 + offset, place.left)
        sub.expect("DV103", sub.sheet_of(table.code), where, OWN_HEADER)
    if table.fields[offset].required:
        sub.expect("DV201", sub.sheet_of(table.code), "", NOT_FOUND)
    sub.is_changed = True
    return True


def _column_header_changed(sub, rng, table, words):
    code, place = table.code, placements()[table.code]
    columns = sub.columns[code]
    names = [name for name in columns if name in table.by_code and (code, name) != ("contacts", "name")]
    if table.open_field:  # a header to the right of our own score is a competitor's name
        names = columns[: columns.index("our_score")]
    if not names:
        return False
    offset = columns.index(rng.choice(names))
    sub.headers[code] = {offset: words}
    sheet, first = sub.sheet_of(code), place.left + (offset == 0)
    sub.expect("DV102", sheet, cell_name(place.header_row, first))
    if words is not None:
        sub.expect("DV103", sheet, cell_name(place.header_row, place.left + offset), OWN_HEADER)
    name = columns[offset]
    printed = {"stage", "criterion"} if code == "stage_evidence" else set()
    for line in sub.lines[code]:
        filled = {other for other, value in line.cells.items() if value is not None} - {name}
        if not filled - printed:
            continue
        if table.by_code[name].required:
            sub.expect("DV201", sheet, "", NOT_FOUND)
        if (code, name) == ("wins", "role"):
            statuses = [other for other in columns if other.startswith("statuses.") and other in filled]
            if statuses:
                sub.must_find("DV203", code, line, statuses[0], NOT_FOUND)
    sub.is_changed = True
    return True


def own_row_or_column(sub, rng):
    """DV103: one more column beside a table, or one more row below a record."""
    return (_own_row if rng.random() < 0.3 else _own_column)(sub, rng)


def _own_row(sub, rng):
    table = rng.choice(("deal", "profile", "negotiation"))
    place = placements()[table]
    if place.tab.code in sub.gone or not sub.take((table, "below")) or (table,) in sub.used:
        return False
    row = place.header_row + len(TABLE[table].fields) + rng.randint(1, 3)
    sub.edit(place.tab.code, row, place.left, rng.choice(OWN))
    sub.edit(place.tab.code, row, place.left + 1, rng.choice(("A", 7, "30%", "见附件")))
    sub.expect("DV103", sub.sheet_of(table), cell_name(row, place.left))
    return True


def _own_column(sub, rng):
    beside = ("trust", "wins", "needs", "org_units", "stage_evidence", "contacts", "actions", "strengths", "objections")
    table = rng.choice(beside)
    place = placements()[table]
    if place.tab.code in sub.gone or not sub.take((table, "beside")) or (table,) in sub.used:
        return False
    offset = len(TABLE[table].fields)
    sub.headers.setdefault(table, {})[offset] = rng.choice(OWN)
    for line in rng.sample(sub.lines[table], min(3, len(sub.lines[table]))):
        sub.edit(place.tab.code, line.row, place.left + offset, rng.choice(("A", 7, "待定", "见附件")))
    sub.expect("DV103", sub.sheet_of(table), cell_name(place.header_row, place.left + offset))
    return True


BEYOND = ("contacts", "trust", "competition", "actions", "org_units", "reviews")
TOTALS = ("合计", "总计：", "小计", "Total", "Sub-total", "Average", "平均分")
END_MARKS = ("以下空白", "（以下空白）", "end of list", "-- END --", "示例", "e.g. somebody", "注：以上来自客户官网")


def not_read(sub, rng):
    """DV104: a row below the named range, a cell far away, or a second sheet that bears a table's header."""
    return rng.choice((_row_beyond, _far_cell, _second_sheet))(sub, rng)


def _row_beyond(sub, rng):
    table = rng.choice(BEYOND)
    place = placements()[table]
    if place.tab.code in sub.gone or not sub.take_table(table):
        return False
    name = (TABLE[table].required or TABLE[table].fields)[0]
    row, column = place.last_row + rng.randint(1, 30), place.left + sub.columns[table].index(name.code)
    sub.edit(place.tab.code, row, column, rng.choice(("远方先生", "Somebody beyond")))
    sub.expect("DV104", sub.sheet_of(table), cell_name(row, column))
    return True


def _far_cell(sub, rng):
    tab = rng.choice([tab.code for tab in TABS if tab.tables and tab.code not in sub.gone])
    if not sub.take((tab, "far")):
        return False
    row, column = rng.choice(((30_000, 2), (1_048_576, 1), (20_001, 5)))
    sub.edit(tab, row, column, rng.choice((" ", "note", 7)))
    sub.expect("DV104", sub.sheet_name(tab), cell_name(row, column))
    return True


def _second_sheet(sub, rng):
    table = rng.choice(("contacts", "trust", "wins", "needs", "objections"))
    if placements()[table].tab.code in sub.gone or not sub.take(("own sheet",)) or not sub.take_table(table):
        return False
    name = f"{sub.sheet_of(table)} (2)"
    fields = [field for field in TABLE[table].fields if field.kind is not Kind.DATE]
    lines = [[field.label.to(sub.lang) for field in fields], ["Somebody else"]]
    sub.part_changes.append(lambda parts: add_sheet(parts, name, "", lines))
    sub.expect("DV104", name, "A2")
    return True


def no_entry(sub, rng):
    """DV105: a total, a repeated header, an end mark."""
    return rng.choice((_total, _header_again, _end_mark))(sub, rng)


def _total(sub, rng):
    table, name = rng.choice((("competition", "criterion"), ("ideal_customer", "attribute")))
    return _added(sub, table, {name: rng.choice(TOTALS), "weight": 100})


def _header_again(sub, rng):
    table = rng.choice(("contacts", "trust", "needs", "org_units", "actions", "visits"))
    return _added(sub, table, {field.code: field.label.to(sub.lang) for field in TABLE[table].fields})


def _end_mark(sub, rng):
    table, name = rng.choice((("contacts", "name"), ("trust", "contact"), ("wins", "contact"), ("org_units", "name")))
    return _added(sub, table, {name: rng.choice(END_MARKS)})


def _added(sub, table, cells):
    """A row below the last one that is no entry, and is told at its first cell."""
    if placements()[table].tab.code in sub.gone or not sub.take_table(table):
        return False
    line = sub.add_line(table, {})
    if line is None:
        return False
    for name, value in cells.items():
        sub.put(table, line, name, value)
    first = min(cells, key=lambda name: sub.address(table, line, name)[1])
    sub.must_find("DV105", table, line, first)
    return True


def _version(sub, version, code):
    if any(mark[0] == "block" or mark[-1] in ("DV301", "DV302", "DV304") for mark in sub.used) or ("tab",) in sub.used:
        return False
    if sub.is_other_version or "marks" in sub.gone or sub.results.in_blocks:
        return False
    sub.is_other_version = True
    sub.edit("marks", *VERSION_CELL, version)
    sub.expect(code)
    return True


def older(sub, rng):
    """DV003; a version that is still read has sheets of its own, and is not made of this one by its mark."""
    del rng
    return _version(sub, "0", "DV003")


def newer(sub, rng):
    """DV004."""
    return _version(sub, rng.choice((str(int(TEMPLATE_VERSION) + 1), "17", "2.0-beta")), "DV004")
