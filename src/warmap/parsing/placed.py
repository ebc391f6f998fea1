"""A map as the workbook lays it out: the cell of every field, and the findings those cells will show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from warmap.findings import Finding
from warmap.layout import Placement, placements, tab_name
from warmap.model import TABLES, WarMap
from warmap.parsing.cross import cross_findings
from warmap.parsing.places import Place, TablePlace
from warmap.text import Lang


def places_of(war_map: WarMap, lang: Lang) -> dict[str, Place]:
    """Where the fields of every table stand in a workbook built from this map."""
    return {code: _place(place, war_map, lang) for code, place in placements().items()}


def _place(place: Placement, war_map: WarMap, lang: Lang) -> TablePlace:
    table, sheet, first = place.table, tab_name(place.tab.code, lang), place.header_row + 1
    if table.is_record:
        rows = {field.code: row for row, field in enumerate(table.fields, first)}
        return TablePlace(sheet, dict.fromkeys(rows, place.left + 1), (), rows)
    columns = {field.code: column for column, field in enumerate(table.fields, place.left)}
    if table.open_field:
        names = dict.fromkeys(name for row in getattr(war_map, table.code) for name in row.scores)
        columns |= {f"scores.{name}": column for column, name in enumerate(names, place.left + len(table.fields))}
    return TablePlace(sheet, columns, range(first, first + len(getattr(war_map, table.code))))


def map_findings(war_map: WarMap, places: Mapping[str, Place]) -> list[Finding]:
    """What can be found in a map whose values were all taken: required fields empty, and the checks between cells."""
    return [*_required(war_map, places), *cross_findings(war_map, places)]


def _required(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    for table in TABLES:
        content, place = getattr(war_map, table.code), places.get(table.code)
        if place is None or not table.required:
            continue
        for index, row in enumerate([content] if table.is_record else content):
            if table.is_record or row != type(row)():
                for field in table.required:
                    value = getattr(row, field.code)
                    if value is None or (isinstance(value, str) and not value.strip()):
                        facts = {"field": field.label, "help": field.help}
                        yield Finding("DV201", place.sheet, place.cell(index, field.code), field.code, facts)
