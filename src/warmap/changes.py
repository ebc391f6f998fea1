"""What changed between two maps of one deal, field by field, as people would put it.

Two rows are one row when the key of their table agrees; a row whose key was corrected is recognised by the rest of its
cells. The order of rows does not matter.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from warmap.model import RIVAL, TABLE, TABLES, Field, Kind, StageEvidence, Table, WarMap, filled, reach
from warmap.names import key
from warmap.parsing.document import plain
from warmap.terms import STAGE_LINES, Term
from warmap.text import COMMA, NO, YES, Lang, Text

Kinds = Literal["added", "removed", "changed"]
SAME_ROW_FROM = 0.5  # of two rows whose keys differ: so much of what is filled in agrees
LONGEST_SHOWN = 60
TICK = "✓"
BEARERS = frozenset({"name", "account", "owner", "counterpart", "reviewer", "parent", "department"})  # names of others

BLANK = Text("（空白）", "(blank)")
CHANGED = Text("{table} · {row} · {field}：{old} → {new}", "{table} · {row} · {field}: {old} → {new}")
CHANGED_RECORD = Text("{table} · {field}：{old} → {new}", "{table} · {field}: {old} → {new}")
ADDED = Text("{table}：新增 {row}", "{table}: added {row}")
REMOVED = Text("{table}：删去 {row}", "{table}: removed {row}")
UNNAMED = Text("（未命名的一行）", "(a row without a name)")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of a field (`old` to `new`, None is blank), or of a whole row, which is then `old` or `new`.

    `row` holds the values of the row's key, from the newer map if the row is there; empty for a table of one record.
    `rows` are the rows themselves, before and after.
    """

    kind: Kinds
    table: str
    row: tuple[Any, ...] = ()
    field: str = ""
    old: Any = None
    new: Any = None
    rows: tuple[Any, Any] = dataclasses.field(default=(None, None), compare=False, repr=False)

    @property
    def is_removal(self) -> bool:
        """Whether something is gone: a row, what stood in a cell, or an entry of a list."""
        if self.kind == "removed" or (self.kind == "changed" and self.new is None):
            return True
        return isinstance(self.old, list) and not all(_folded(item) in _folded(self.new) for item in self.old)

    def as_data(self) -> dict[str, Any]:
        """The change as JSON has it: codes and ISO dates."""
        return {
            "change": self.kind, "table": self.table, "row": [plain(part) for part in self.row], "field": self.field,
            "old": plain(self.old), "new": plain(self.new),
        }  # fmt: skip

    def field_name(self, lang: Lang) -> str:
        """The header of the field; of a rival's score the rival."""
        return TABLE[self.table].called(self.field).to(lang)

    def say(self, lang: Lang) -> str:
        """The change in words, on one line."""
        table = TABLE[self.table]
        parts = [shown(None, part, lang) for part in self.row if part is not None]
        facts: dict[str, object] = {"table": table.label.to(lang), "row": " · ".join(parts) or UNNAMED.to(lang)}
        if self.kind != "changed":
            return (ADDED if self.kind == "added" else REMOVED).say(lang, facts)
        face = table.by_code.get(self.field)
        facts |= {
            "field": self.field_name(lang),
            "old": shown(face, self.old, lang),
            "new": shown(face, self.new, lang),
        }
        return (CHANGED_RECORD if table.is_record else CHANGED).say(lang, facts)


def shown(field: Field | None, value: Any, lang: Lang) -> str:
    """A value as people read it, long texts cut."""
    if value is None:
        return BLANK.to(lang)
    if isinstance(value, bool):
        return TICK if field is not None and field.kind is Kind.TICK else (YES if value else NO).to(lang)
    if isinstance(value, Term):
        return value.label.to(lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return COMMA.to(lang).join(str(plain(item)) for item in value)
    words = " ".join(str(value).split())
    return words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…"


def changes(old: WarMap, new: WarMap) -> list[Change]:
    """Every change from the older map to the newer, table by table, the history left out."""
    return [
        change for table in TABLES for change in _of_table(table, getattr(old, table.code), getattr(new, table.code))
    ]


def _of_table(table: Table, old: Any, new: Any) -> Iterator[Change]:
    if old == new:  # quick, and true of most tables in most weeks
        return
    if table.is_record:
        yield from _of_row(table, (), old, new)
        return
    if table.code == "stage_evidence":
        old, new = _printed(old), _printed(new)
    pairs, gone, come = paired(table, old, new)
    for before, after in pairs:
        if before == after:
            continue
        yield from _of_row(table, key_of(table, after), before, after)
    for row in come:
        yield Change("added", table.code, key_of(table, row), new=row, rows=(None, row))
    for row in gone:
        yield Change("removed", table.code, key_of(table, row), old=row, rows=(row, None))


def _printed(rows: Sequence[StageEvidence]) -> list[StageEvidence]:
    """The stage lines with those nobody has answered yet: an answer is a change of a line, not a new line."""
    given = {(row.stage, row.criterion) for row in rows}
    missing = (pair for pair in STAGE_LINES if pair not in given)
    return [*rows, *(StageEvidence.model_construct(stage=stage, criterion=criterion) for stage, criterion in missing)]


def key_of(table: Table, row: Any) -> tuple[Any, ...]:
    """The values of a row's key."""
    return tuple(reach(row, table.by_code[code]) for code in table.about.key)


def _of_row(table: Table, row: tuple[Any, ...], old: Any, new: Any) -> Iterator[Change]:
    after = dict(filled(table, new))
    spelt = {key(code): code for code in after if code.startswith(RIVAL)}
    before = {spelt.get(key(code), code) if spelt else code: value for code, value in filled(table, old)}
    for code in {**dict.fromkeys(table.by_code), **before, **after}:
        was, now = before.get(code), after.get(code)
        if was != now and not is_one_name(table, code, was, now):
            yield Change("changed", table.code, row, code, was, now, (old, new))


def is_one_name(table: Table, code: str, old: Any, new: Any) -> bool:
    """Whether a name, or a list of names, is only spelt otherwise."""
    field = table.by_code.get(code)
    if field is None or not (field.kind in (Kind.NAME, Kind.NAMES) or field.code in BEARERS):
        return False
    return bool(_folded(old) == _folded(new))


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return key(value) if isinstance(value, str) and not isinstance(value, Term) else value


def paired(table: Table, old: Sequence[Any], new: Sequence[Any]) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Rows of both maps that are one row, in the newer order; then what is gone, and what has come."""
    waiting: dict[tuple[Any, ...], list[Any]] = {}
    for row in old:
        waiting.setdefault(compared(table, row), []).append(row)
    matched: list[tuple[Any, Any]] = []
    come: list[Any] = []
    for row in new:
        same = waiting.get(compared(table, row))
        if same:
            matched.append((same.pop(0), row))
        else:
            come.append(row)
    gone = [row for rows in waiting.values() for row in rows]
    for before, after in _alike(table, gone, come):
        matched.append((gone[before], come[after]))
    taken = {id(row) for pair in matched for row in pair}
    return matched, [row for row in gone if id(row) not in taken], [row for row in come if id(row) not in taken]


def _alike(table: Table, gone: Sequence[Any], come: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Rows whose key was corrected: the most alike first, each row once; the same pairs whichever map is the older."""
    lefts, rights = ([dict(filled(table, row)) for row in rows] for rows in (gone, come))
    found = sorted(
        (-likeness, i + j, i, j)
        for i, left in enumerate(lefts)
        for j, right in enumerate(rights)
        if (likeness := _likeness(table, left, right)) >= SAME_ROW_FROM
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, i, j in found:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            yield i, j


def compared(table: Table, row: Any) -> tuple[Any, ...]:
    """The key of a row as it is compared."""
    return tuple(map(_folded, key_of(table, row)))


def _likeness(table: Table, left: Mapping[str, Any], right: Mapping[str, Any]) -> float:
    """The share of filled cells that agree, 0 … 1; rows with nothing beside their key are not alike."""
    cells = (left.keys() | right.keys()) - set(table.about.key)
    return sum(left.get(code) == right.get(code) for code in cells) / len(cells) if cells else 0.0
