"""Rows for this contact: its trust row and its wins rows, one for each role held, ready to fill."""

from warmap.model import TABLE
from warmap.terms import BuyingRole, key
from warmap.text import COMMA, Text
from warmap_addin.macros.edits import Edit, Say, Select, Write
from warmap_addin.macros.explaining import person_at
from warmap_addin.macros.open_book import Opened, fill, lines
from warmap_workbook.editing.entries import Entries
from warmap_workbook.ooxml import cell_name

NO_PERSON = Text(
    "请先选中“关键人”表里某个人那一行的任一格（姓名要先填好）。",
    "Select a cell in the row of a person on the People sheet first (the name must be filled in).",
)
ADDED = Text("已为{who}添加：{rows}。", "Added for {who}: {rows}.")
ALL_THERE = Text("{who}的行都已经有了，没有添加。", "{who} has all of these rows already; nothing was added.")
NO_ROLE = Text(
    "{who}还没有打 ✓ 的角色，所以没有赢标准的行。", "{who} has no role ticked yet, so there is no wins row to add."
)
NO_ROOM = Text("“{table}”表已经没有空行。", "The table “{table}” has no free row left.")
NO_TABLE = Text("找不到“{table}”表。", "The table “{table}” was not found.")
TRUST_ROW = Text("信任 1 行", "one trust row")
WINS_ROW = Text("赢标准 1 行（{role}）", "one wins row ({role})")


def rows_for_contact(opened: Opened) -> list[Edit]:
    """Add what is missing: never twice, never over something, and go to the first row added."""
    lang, at = opened.lang, opened.book.active
    who = person_at(opened, at) if at is not None else None
    contact = opened.judgement.contacts.get(key(who)) if who is not None else None
    if contact is None or contact.name is None:
        return [Say(NO_PERSON.to(lang))]
    entries, name = opened.entries.map, contact.name
    roles = [role for role in BuyingRole if role in contact.buying_roles]
    has_trust = any(row.contact and key(row.contact) == key(name) for row in entries.trust)
    held = {row.role for row in entries.wins if row.contact and key(row.contact) == key(name)}
    wanted = [] if has_trust else [("trust", {"contact": name}, TRUST_ROW.to(lang))]
    wanted += [
        ("wins", {"contact": name, "role": role.label.to(lang)}, fill(WINS_ROW, lang, role=role.label))
        for role in roles
        if role not in held
    ]
    edits: list[Edit] = []
    added: list[str] = []
    trouble: list[str] = []
    cells_of_map = Entries(opened.raw, opened.entries)
    free = {code: cells_of_map.free_rows(code) for code in ("trust", "wins")}
    for code, cells, words in wanted:
        row = next(free[code], None)
        there = columns(opened, code)
        if row is None or not cells.keys() <= there.keys():
            missing = NO_ROOM if there else NO_TABLE
            trouble.append(fill(missing, lang, table=TABLE[code].label))
            continue
        sheet = opened.entries.places[code].sheet
        edits += [Write(sheet, cell_name(row, there[field]), ((value,),)) for field, value in cells.items()]
        added.append(words)
    first = next((Select(one.sheet, one.cell) for one in edits if isinstance(one, Write)), None)
    told = [fill(ADDED, lang, who=name, rows=COMMA.to(lang).join(added))] if added else []
    told += [fill(ALL_THERE, lang, who=name)] if not wanted else []
    told += [] if roles else [fill(NO_ROLE, lang, who=name)]
    return [*edits, *([first] if first else []), Say(lines([*told, *dict.fromkeys(trouble)]))]


def columns(opened: Opened, code: str) -> dict[str, int]:
    """The columns of a table of this workbook by the codes of their fields; none where there is no such table."""
    return dict(getattr(opened.entries.places.get(code), "columns", {}))
