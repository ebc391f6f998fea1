"""A map as JSON or YAML gives it (already parsed to plain data), and a map back to such data."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from warmap.findings import Finding
from warmap.model import TABLES, Model, Snapshot, StoredPart, WarMap, blank_map
from warmap.parsing.between_days import judged_ahead
from warmap.parsing.cross import cross_findings
from warmap.parsing.entered import PLAIN, Context
from warmap.parsing.headers import DocumentPlace, Place
from warmap.parsing.lists import Listed, people_of, with_lists_parted
from warmap.parsing.no_entries import is_printed_only
from warmap.parsing.rows import RowReader, read_document_row
from warmap.terms import Term
from warmap.text import Text


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """The map of a document, what was wrong with it, where everything stands, and the day of judging it gives itself."""

    map: WarMap
    findings: list[Finding]
    places: dict[str, Place]
    own_as_of: date | None = None


def read_map(data: object, as_of: date | None = None, today: date | None = None) -> DocumentRead | None:
    """Read a map from plain data with the tables' names as keys; None for data that are no map.

    `as_of` replaces the day of judging that the data give; `today` is the day of the check. Nothing raises: everything
    wrong is a finding.
    """
    findings: list[Finding] = []
    if not isinstance(data, dict) or not any(table.code in data for table in TABLES):
        return None
    places: dict[str, Place] = {}
    tables: dict[str, Any] = {}
    context = PLAIN
    lists: dict[str, list[Listed]] = {}
    known = {table.code for table in TABLES} | {"snapshots"}
    findings += [
        Finding("DV103", name, name, "", {"table": Text("整份地图", "the map"), "header": name})
        for name in map(str, data)
        if name not in known
    ]
    for table in TABLES:
        taken: list[int] = []
        place = DocumentPlace(table.code, table.is_record, taken)
        reader = RowReader(table, place, findings, context)
        tables[table.code] = content = _read_table(reader, data.get(table.code), findings, taken)
        places[table.code] = place._replace(quotes=reader.quotes)
        if table.code == "deal":
            context = Context(currency=content.currency)
        if reader.lists and isinstance(content, list):
            lists[table.code] = reader.lists
    people = people_of(tables["contacts"])
    for code, cells in lists.items():
        tables[code] = with_lists_parted(tables[code], cells, people)
    tables["snapshots"] = _snapshots(data.get("snapshots"), findings)
    if as_of is None:
        findings += judged_ahead(tables["deal"].as_of, places, today)
    own = blank_map().model_copy(update=tables)
    war_map = judged_on(as_of, own, findings)
    return DocumentRead(war_map, findings + cross_findings(war_map, places), places, own.deal.as_of)


def judged_on(as_of: date | None, war_map: WarMap, findings: list[Finding]) -> WarMap:
    """Give the map with another day of judging, where one is given; that its own is missing is then no finding."""
    if as_of is None:
        return war_map
    findings[:] = [found for found in findings if found.code != "DV201" or found.field != "as_of"]
    return war_map.model_copy(update={"deal": war_map.deal.model_copy(update={"as_of": as_of})})


def _read_table(reader: RowReader, content: object, findings: list[Finding], taken: list[int]) -> Any:
    table = reader.table
    if table.is_record:
        if content is not None and not isinstance(content, dict):
            findings.append(_not_a(table.code, Text("一组“字段: 值”", "a mapping of fields"), content))
        return read_document_row(reader, 0, content if isinstance(content, dict) else {})
    if content is not None and not isinstance(content, list):
        findings.append(_not_a(table.code, Text("由行组成的列表", "a list of rows"), content))
    rows: list[Model] = []
    for index, row in enumerate(content if isinstance(content, list) else []):
        if isinstance(row, dict) and is_printed_only(table, row):
            continue
        if isinstance(row, dict):
            taken.append(index)
            rows.append(read_document_row(reader, len(rows), row))
        else:
            findings.append(_not_a(f"{table.code}[{index}]", Text("一行", "a row"), row))
    return rows


def _not_a(path: str, wanted: Text, value: object) -> Finding:
    facts = {"field": Text(path, path), "wanted": wanted, "value": str(value)[:60]}
    return Finding("DV203", path.partition("[")[0], path, "", facts)


def _snapshots(content: object, findings: list[Finding]) -> list[Snapshot]:
    snapshots = []
    if content is not None and not isinstance(content, list):
        findings.append(_not_a("snapshots", Text("由快照组成的列表", "a list of snapshots"), content))
    for index, row in enumerate(content if isinstance(content, list) else []):
        try:
            snapshot = Snapshot.model_validate(row)
        except ValueError:
            findings.append(_not_a(f"snapshots[{index}]", Text("一份快照", "a snapshot"), row))
        else:  # as JSON has it: YAML reads dates as dates
            kept = {"map": plain(snapshot.map), "scores": {code: plain(s) for code, s in snapshot.scores.items()}}
            snapshots.append(snapshot.model_copy(update=kept))
    return snapshots


def to_document(war_map: WarMap, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """A map as plain data that `read_map` reads back the same: codes, ISO dates, blanks and `leave_out` left out."""
    document: dict[str, Any] = {}
    for name in WarMap.model_fields:
        if name in leave_out:
            continue
        content = getattr(war_map, name)
        data = [plain(row) for row in content] if isinstance(content, list) else plain(content)
        if data or name == "deal":
            document[name] = data
    return document


def plain(value: Any) -> Any:
    """Any piece of a map as plain data: codes, ISO dates, blanks left out."""
    if isinstance(value, str):
        return value.value if isinstance(value, Term) else value
    if isinstance(value, Model):
        held = vars(value).items()
        return {k: p for k, v in held if v is not None and (p := plain(v)) not in (None, [], {}, "")}
    if isinstance(value, dict | StoredPart):
        return {str(getattr(k, "value", k)): p for k, v in value.items() if (p := plain(v)) not in (None, [], {})}
    if isinstance(value, frozenset | set):
        return [term.value for term in sorted(value, key=lambda term: term.place)]
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
