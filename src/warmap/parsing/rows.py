"""Rows of cells, by field code, to rows of the model, with a finding for every cell that cannot be taken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any, TypeAlias, cast

from warmap.findings import MUST_BE_FILLED, Finding
from warmap.model import MAX_COMPETITORS, RIVAL, Concession, Field, Kind, Model, Table
from warmap.parsing.convert import CONVERT, Convert, typed_day
from warmap.parsing.entered import PLAIN, SEEN_HERE_ONLY, Context
from warmap.parsing.headers import Place, TablePlace, column_letters
from warmap.parsing.lists import Listed
from warmap.parsing.problems import Problem, is_blank, nearest
from warmap.terms import WIN_CRITERIA, BuyingRole, Severity, Term, key, term_for
from warmap.text import Text

NEEDS_A_ROLE = Text(
    "写明角色的一行里的状态（先填“角色”）", "the status in a row that names its role (fill in “Role” first)"
)


@cache
def converters(table: Table) -> dict[str, tuple[Field, Convert]]:
    """Each cell of a table, and how what is entered in it becomes a value."""
    return {field.code: (field, CONVERT[field.kind]) for field in table.fields}


class RowReader:
    """Reads the rows of one table; collects the findings."""

    def __init__(self, table: Table, place: Place, findings: list[Finding], context: Context = PLAIN) -> None:
        self.table, self.place, self.findings, self.context = table, place, findings, context
        self.rivals: dict[str, str] = {}
        self.saw_more = False
        self.lists: list[Listed] = []
        self.quotes: dict[tuple[int, str], str] = {}
        self._listed = tuple(field.code for field in table.fields if field.kind is Kind.NAMES)
        self._days = tuple(field.code for field in table.fields if field.kind is Kind.DATE)
        self._converters = converters(table)

    def read(self, index: int, cells: Mapping[str, object]) -> Model:
        """One row from its filled cells by field code; what cannot be taken is left out and found."""
        values: dict[str, object] = {}
        failed: set[str] = set()
        context = self._context(cells)
        for code, raw in cells.items():
            known = self._converters.get(code) or self._open(code)
            if known is None:
                continue
            field, convert = known
            value = convert(field, raw, context)
            if isinstance(value, Problem):
                facts = {**value.facts, **MUST_BE_FILLED} if field.required else value.facts
                self.find(index, value.code, code, facts, value.level)
                failed.add(code)
                self.saw_more |= isinstance(raw, SEEN_HERE_ONLY)
                value = value.kept
            if value is not None and value != "":
                values[code] = value
        for field in self.table.required:
            if field.code not in values and field.code not in failed:
                self.find(index, "DV201", field.code, {"field": field.label, "help": field.help})
        row = row_of(self.table, values)
        for code in self._listed:
            if code in values and code not in failed and isinstance(cell := cells[code], str):
                self.lists.append((row, code, cell))
        self.quotes.update(
            ((index, code), words)
            for code in self._days
            if code in values and (words := typed_day(cells[code])) and words != str(values[code])
        )
        return row

    def pass_over(self, row: int, cells: Mapping[str, object]) -> None:
        """Say of a line that is no row, for it holds nothing but zeros, where they look like links to blank cells."""
        for code, raw in cells.items():
            field, convert = self._converters.get(code) or (None, None)
            if field is None or convert is None or isinstance(raw, bool):
                continue
            value = convert(field, raw, self.context)
            if isinstance(value, Problem) and value.code == "DV211" and isinstance(self.place, TablePlace):
                cell = f"{column_letters(self.place.columns[code])}{row}"
                self.findings.append(Finding("DV211", self.place.sheet, cell, code, value.facts))

    def _context(self, cells: Mapping[str, object]) -> Context:
        """The currency is read before the amounts, whose signs must agree with it."""
        if "currency" not in cells or "currency" not in self._converters:
            return self.context
        field, convert = self._converters["currency"]
        code = convert(field, cells["currency"], self.context)
        return replace(self.context, currency=code if isinstance(code, str) else None)

    def _open(self, code: str) -> tuple[Field, Convert] | None:
        """The same for a column that the user has named."""
        field = self.table.open_field
        return (field, CONVERT[field.kind]) if field is not None and code.startswith(RIVAL) else None

    def find(
        self, index: int, check: str, field: str, facts: Mapping[str, object], level: Severity | None = None
    ) -> None:
        """Report what is wrong with a field of the row with this index."""
        place = self.place
        self.findings.append(Finding(check, place.sheet, place.cell(index, field), field, facts, level))


def row_of(table: Table, values: Mapping[str, Any]) -> Model:
    """A row of the model from its values by field code, as `filled` gives them."""
    given = _nested(table, values)
    # pydantic would inspect each factory anew for every row, which takes ten times as long as the row
    given |= {name: make() for name, make in table.factories.items() if name not in given}
    return table.model.model_construct(**given)


def _nested(table: Table, values: Mapping[str, object]) -> dict[str, Any]:
    """Flat codes to the model's shape: sets from ticks, dictionaries from `name.member` columns.

    What is said of a map must not depend on where its columns stand: the members come in the order of the model.
    """
    nested: dict[str, Any] = {}
    order = table.members
    for code in sorted(values, key=lambda code: order.get(code, -1)) if order else values:
        if "." not in code:
            nested[code] = values[code]
            continue
        field = table.by_code.get(code)
        *names, last = field.path if field is not None else code.split(".", 1)  # a competitor's name is any text
        group = nested
        for name in names:
            group = group.setdefault(name, {})
        group[last] = values[code]
    return _shaped(table, nested)


def _shaped(table: Table, nested: dict[str, Any]) -> dict[str, Any]:
    """The groups as the model holds them."""
    for name, group in table.groups.items():
        if group.part is not None and name in nested:
            nested[name] = {term: group.part.model_construct(**given) for term, given in nested[name].items()}
    if "buying_roles" in nested:
        nested["buying_roles"] = frozenset(role for role, ticked in nested["buying_roles"].items() if ticked)
    if "concessions" in nested:
        nested["concessions"] = [
            given if isinstance(given, Concession) else Concession.model_construct(**given)
            for given in nested["concessions"]
        ]
    if "statuses" in nested:
        nested["statuses"] = _statuses(nested)
    return nested


def _statuses(nested: Mapping[str, Any]) -> dict[str, object]:
    """Criterion 1 … 6 of the row's role; without a role, which is a finding, nobody can tell which criteria are meant."""
    role = nested.get("role")
    if not isinstance(role, BuyingRole):
        return {}
    return {WIN_CRITERIA[role][int(place) - 1]: status for place, status in nested["statuses"].items()}


_Report: TypeAlias = Callable[[str, str, Mapping[str, object]], None]


def _flattened(reader: RowReader, row: Mapping[str, object], report: _Report) -> dict[str, object]:
    """A row as JSON nests it to raw cells by field code; what has no place is reported."""
    table = reader.table
    cells: dict[str, object] = {}
    for name, value in row.items():
        code = _canonical(table, str(name))
        if code is None:
            report("DV103", str(name), {"table": table.label, "header": str(name)})
        elif code in table.by_code:
            cells[code] = value
        elif value is not None:
            cells.update(_flatten_group(reader, code, value, row, report))
    return cells


def read_document_row(reader: RowReader, index: int, row: Mapping[str, object]) -> Model:
    """One row as JSON or YAML gives it."""
    cells = _flattened(reader, row, partial(reader.find, index))
    return reader.read(index, filled_cells(cells))


def filled_cells(cells: Mapping[str, object]) -> dict[str, object]:
    """Those in which something is entered."""
    return {code: raw for code, raw in cells.items() if not is_blank(raw)}


def _canonical(table: Table, name: str) -> str | None:
    if name in table.by_code or name in table.model.model_fields:
        return name
    for field in table.fields:
        if name in field.aliases and "." not in field.code:
            return field.code
    return None


def _flatten_group(
    reader: RowReader, name: str, value: object, row: Mapping[str, object], report: _Report
) -> Iterator[tuple[str, object]]:
    label = Text(name, name)
    if name == "buying_roles":
        yield from _roles(value, report)
    elif not isinstance(value, dict):
        report("DV203", name, {"field": label, "wanted": Text("一组“名称: 值”", "a mapping"), "value": str(value)[:60]})
    elif name == "statuses":
        yield from _status_columns(value, row.get("role"), report)
    elif name == "scores":
        yield from _competitors(value, reader.rivals, report)
    else:
        vocabulary = reader.table.groups[name].key
        for member, inner in value.items():
            term = _term(vocabulary, member)
            if term is None:
                close = nearest(str(member), sorted(each.value for each in vocabulary))
                report("DV202", name, {"field": label, "value": str(member), "nearest": close})
            else:
                yield from _flatten_member(reader.table, name, term, inner, report)


def _flatten_member(
    table: Table, name: str, member: Term, value: object, report: _Report
) -> Iterator[tuple[str, object]]:
    """One member of a group: its one cell, or a cell for each of its parts."""
    codes = [f for f in table.by_code if f == f"{name}.{member}" or f.startswith(f"{name}.{member}.")]
    if not isinstance(value, dict):
        yield codes[0], value
        return
    for part, cell in value.items():
        code = f"{name}.{member}.{part}"
        if code in codes:
            yield code, cell
        else:
            report("DV103", name, {"table": table.label, "header": code})


def _roles(value: object, report: _Report) -> Iterator[tuple[str, object]]:
    field = Text("角色", "Role")
    items = value if isinstance(value, list | tuple | set | frozenset) else [value]
    for item in items:
        role = _term(BuyingRole, item)
        if role is None:
            close = nearest(str(item), [term.value for term in BuyingRole])
            report("DV202", "buying_roles", {"field": field, "value": str(item)[:60], "nearest": close})
        else:
            yield f"buying_roles.{role.value}", True


def _term(enum: type[Term], item: object) -> Term | None:
    return term_for(enum, item) if isinstance(item, str) else None


def _status_columns(value: Mapping[str, object], role_name: object, report: _Report) -> Iterator[tuple[str, object]]:
    role = cast("BuyingRole | None", _term(BuyingRole, role_name))
    if role is None:
        if any(status is not None for status in value.values()):
            wanted = {"field": Text("标准", "Criterion"), "wanted": NEEDS_A_ROLE, "value": "…"}
            report("DV203", "statuses", wanted)
        return
    places = {key(name): place for place, term in enumerate(WIN_CRITERIA[role], 1)
              for name in (term.value, term.label.zh, term.label.en)}  # fmt: skip
    for name, status in value.items():
        place = places.get(key(str(name)))
        if place is None:
            close = nearest(str(name), [term.value for term in WIN_CRITERIA[role]])
            report("DV202", "statuses", {"field": role.label, "value": str(name)[:60], "nearest": close})
        else:
            yield f"statuses.{place}", status


def _competitors(value: Mapping[str, object], rivals: dict[str, str], report: _Report) -> Iterator[tuple[str, object]]:
    """Scores by competitor, under the name met first; the table has room for four over all of its rows."""
    for given, score in value.items():
        name = str(given).strip()
        if not name:
            wanted = Text("竞争对手的名字", "a competitor's name")
            report("DV203", "scores", {"field": Text("竞争对手", "Competitor"), "wanted": wanted, "value": "“”"})
        elif key(name) in rivals or len(rivals) < MAX_COMPETITORS:
            yield f"scores.{rivals.setdefault(key(name), name)}", score
        else:
            facts = {"field": Text("竞争对手", "Competitors"), "value": name, "range": f"≤ {MAX_COMPETITORS}"}
            report("DV204", "scores", facts)
