"""Two copies of one map that two people worked on, put together over the copy they began with.

Rows are the same as for the changes of a map (`warmap.changes`). What only one of them entered, changed or removed is taken;
what both changed otherwise is nobody's to decide here: it is told, and the value they began with stays.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from warmap.changes import changes, compared, is_one_name, key_of, paired
from warmap.model import RIVAL, TABLE, TABLES, Field, Kind, Snapshot, Table, WarMap, filled, reach
from warmap.names import key
from warmap.parsing.document import plain
from warmap.parsing.rows import row_of

Side: TypeAlias = Literal["a", "b"]
Cells: TypeAlias = Mapping[str, Any]
LATER = ("deal", "as_of")  # not entered by anybody: the later day of judging counts


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed otherwise: a field of a row, or with no field a row that one removed and the other worked on.

    `base`, `a` and `b` are the three values; of a whole row the row itself, None where it was removed. `row` is the row's
    key, empty for a table of one record.
    """

    table: str
    row: tuple[Any, ...]
    field: str
    base: Any
    a: Any
    b: Any


@dataclass(slots=True)
class MergedRow:
    """A row of the merged map (None: it is gone), its places in both copies (from 0), and what clashes in it."""

    row: Any
    in_a: int | None
    in_b: int | None
    clashes: list[Clash] = field(default_factory=list)


@dataclass(slots=True)
class Merged:
    """The merged map, and its rows by table: those of the first copy in its order, then those of the second."""

    map: WarMap
    rows: dict[str, list[MergedRow]]

    @property
    def clashes(self) -> list[Clash]:
        """All of them, as the tables stand."""
        return [clash for rows in self.rows.values() for one in rows for clash in one.clashes]


def merged(base: WarMap, a: WarMap, b: WarMap, take: Side | None = None) -> Merged:
    """Put two copies together; `take` decides every clash for one of them."""
    base, a, b = _with_names_alike(base, a, b)
    merger = _Merger(base, a, b, take)
    rows = {table.code: list(merger.table(table)) for table in TABLES}
    tables: dict[str, Any] = {
        code: held[0].row if TABLE[code].is_record else [one.row for one in held if one.row is not None]
        for code, held in rows.items()
    }
    tables["snapshots"] = _snapshots(a, b)
    return Merged(base.model_copy(update=tables), rows)


class _Merger:
    def __init__(self, base: WarMap, a: WarMap, b: WarMap, take: Side | None) -> None:
        self.base, self.a, self.b, self.take = base, a, b, take
        self.named_anew = {"a": set(_named_in_changes(base, a)), "b": set(_named_in_changes(base, b))}

    def table(self, table: Table) -> Iterator[MergedRow]:
        """The rows of one table."""
        base, a, b = (getattr(one, table.code) for one in (self.base, self.a, self.b))
        if table.is_record:
            yield self._row(table, base, (a, 0), (b, 0))
            return
        in_a, in_b = ({id(row): place for place, row in enumerate(rows)} for rows in (a, b))
        of_a, _, new_a = paired(table, base, a)
        of_b, _, new_b = paired(table, base, b)
        from_a, from_b = ({id(old): new for old, new in pairs} for pairs in (of_a, of_b))
        found: list[MergedRow] = []
        for old in base:
            one, other = from_a.get(id(old)), from_b.get(id(old))
            if one is not None or other is not None:
                found.append(self._row(table, old, (one, in_a.get(id(one))), (other, in_b.get(id(other)))))
        for one, other in _both_new(table, new_a, new_b):
            found.append(self._row(table, None, (one, in_a.get(id(one))), (other, in_b.get(id(other)))))
        last = len(a)
        yield from sorted(found, key=lambda row: (last if row.in_a is None else row.in_a, row.in_b or 0))

    def _row(self, table: Table, old: Any, of_a: tuple[Any, int | None], of_b: tuple[Any, int | None]) -> MergedRow:
        """One row out of up to three."""
        (one, in_a), (other, in_b) = of_a, of_b
        if old is not None and (one is None or other is None):
            return self._removed(table, old, of_a, of_b)
        if one is None or other is None:
            return MergedRow(row_of(table, self._spelt_alike(table, one if other is None else other)[0]), in_a, in_b)
        shown = key_of(table, one) if not table.is_record else ()
        base, cells_a, cells_b = self._spelt_alike(table, old, one, other)
        held: dict[str, Any] = {}
        clashes: list[Clash] = []
        for code in {**dict.fromkeys(table.by_code), **base, **cells_a, **cells_b}:
            was, here, there = base.get(code), cells_a.get(code), cells_b.get(code)
            if there in (here, was):
                value = here
            elif here == was:
                value = there
            elif here and there and is_one_name(table, code, here, there):  # each spells it in another way
                value = min(here, there)
            elif (table.code, code) == LATER and here and there:
                value = max(here, there)
            else:
                clashes.append(Clash(table.code, shown, code, was, here, there))
                value = {"a": here, "b": there, None: was}[self.take]
            if value is not None:
                held[code] = value
        return MergedRow(row_of(table, held), in_a, in_b, clashes)

    def _removed(self, table: Table, old: Any, of_a: tuple[Any, int | None], of_b: tuple[Any, int | None]) -> MergedRow:
        """A row that one of them removed: it is gone, unless the other worked on it or wrote of that person."""
        (one, in_a), (other, in_b) = of_a, of_b
        kept, remover, keeper = (other, "a", "b") if one is None else (one, "b", "a")
        is_named = table.code == "contacts" and key(old.name or "") in self.named_anew[keeper]
        if dict(filled(table, kept)) == dict(filled(table, old)) and not is_named:
            return MergedRow(None, in_a, in_b)
        clash = Clash(table.code, key_of(table, kept), "", old, one, other)
        return MergedRow(None if self.take == remover else kept, in_a, in_b, [clash])

    def _spelt_alike(self, table: Table, *rows: Any) -> list[Cells]:
        """The cells of the three rows, a rival's name spelt as in the first table that has it."""
        spelt: dict[str, str] = {}
        for one in (self.base, self.a, self.b) if table.open_field is not None else ():
            for row in getattr(one, table.code):
                for name in row.scores:
                    spelt.setdefault(key(name), name)
        found: list[Cells] = []
        for row in rows:
            cells = dict(filled(table, row)) if row is not None else {}
            found.append({
                f"{RIVAL}{spelt.get(key(code.removeprefix(RIVAL)), code.removeprefix(RIVAL))}" if code.startswith(RIVAL) else code: value
                for code, value in cells.items()
            })  # fmt: skip
        return found


def _both_new(table: Table, of_a: Sequence[Any], of_b: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """The rows that came with either copy, those with one key together; without a key only where they are equal."""
    waiting: dict[Any, list[Any]] = {}
    for row in of_b:
        waiting.setdefault(_identity(table, row), []).append(row)
    for row in of_a:
        same = waiting.get(_identity(table, row))
        yield row, same.pop(0) if same else None
    yield from ((None, row) for rows in waiting.values() for row in rows)


def _identity(table: Table, row: Any) -> Any:
    names = compared(table, row)
    return names if any(name is not None for name in names) else json.dumps(plain(row), sort_keys=True)


# -- people ------------------------------------------------------------------------------------------------------------


def _with_names_alike(base: WarMap, a: WarMap, b: WarMap) -> tuple[WarMap, WarMap, WarMap]:
    """The three maps with each corrected name of a person everywhere: the other copy writes of him by the old one.

    A name that both corrected otherwise stays as each has it, and clashes.
    """
    of_a, of_b = _renamed(base, a), _renamed(base, b)
    for name in of_a.keys() & of_b.keys():
        if key(of_a[name]) != key(of_b[name]):
            del of_a[name], of_b[name]
    return _with_names(base, {**of_a, **of_b}), _with_names(a, of_b), _with_names(b, of_a)


def _renamed(base: WarMap, copy: WarMap) -> dict[str, str]:
    pairs, _, _ = paired(TABLE["contacts"], base.contacts, copy.contacts)
    return {key(old.name): new.name for old, new in pairs if old.name and new.name and key(old.name) != key(new.name)}


def _with_names(war_map: WarMap, names: Mapping[str, str]) -> WarMap:
    """The map with people under other names, wherever it names them."""
    if not names:
        return war_map
    tables: dict[str, Any] = {}
    for table in TABLES:
        fields = [
            one for one in table.fields if one.ref == "contacts" or (table.code, one.code) == ("contacts", "name")
        ]
        if fields:
            tables[table.code] = [_with_names_in(row, fields, names) for row in getattr(war_map, table.code)]
    return war_map.model_copy(update=tables)


def _with_names_in(row: Any, fields: Iterable[Field], names: Mapping[str, str]) -> Any:
    new: dict[str, Any] = {}
    for one in fields:
        value = reach(row, one)
        if isinstance(value, str) and key(value) in names:
            new[one.code] = names[key(value)]
        elif isinstance(value, list) and any(key(name) in names for name in value):
            new[one.code] = [names.get(key(name), name) for name in value]
    return row.model_copy(update=new) if new else row


def _named_in_changes(base: WarMap, copy: WarMap) -> Iterator[str]:
    """The people whom a copy newly writes of, by their keys."""
    for change in changes(base, copy):
        row = change.rows[1]
        if row is None or not change.row:
            continue
        for one in TABLE[change.table].fields:
            if (
                one.ref == "contacts"
                and one.kind in (Kind.NAME, Kind.NAMES)
                and change.field in ("", one.code, *_judgements(change.table))
            ):
                value = reach(row, one)
                yield from map(key, value if isinstance(value, list) else [value] if value else [])


def _judgements(table: str) -> Iterable[str]:
    """Any field of a row that is about one person: a change of it is about that person."""
    return TABLE[table].by_code if "contact" in TABLE[table].by_code else ()


# -- history -----------------------------------------------------------------------------------------------------------


def _snapshots(a: WarMap, b: WarMap) -> list[Snapshot]:
    """The snapshots of both, each once, the oldest first."""
    found = {json.dumps(plain(one), sort_keys=True): one for one in [*a.snapshots, *b.snapshots]}
    return [
        one
        for _, one in sorted(
            found.items(), key=lambda pair: (pair[1].taken_on or date.min, pair[1].author or "", pair[0])
        )
    ]
