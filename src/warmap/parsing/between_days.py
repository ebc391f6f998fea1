"""DV205 between cells: days that cannot be, seen from the day of judging, from one another, or from the day of the check."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from warmap.findings import Finding
from warmap.model import TABLE, TABLES, Field, Kind, Table, WarMap, When
from warmap.parsing.headers import Place, at, quoted
from warmap.text import Text

PLANNED_YEARS = 10
AFTER = Text("晚于评估日 {day}", "after the day of judging, {day}")
TOO_FAR = Text("比评估日 {day} 晚十年以上", "more than ten years after the day of judging, {day}")
BEFORE_RAISED = Text("早于提出日期 {day}", "before the day it was raised, {day}")
NOT_YET = Text("晚于检查的这一天 {day}", "later than the day of this check, {day}")


@cache
def _days_of(table: Table) -> tuple[Field, ...]:
    return tuple(field for field in table.fields if field.kind is Kind.DATE and field.code != "as_of")


def impossible_days(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """What has happened after the day of judging, what is planned ten years ahead, what was closed before it was raised."""
    as_of = war_map.deal.as_of
    for table in TABLES:
        fields = _days_of(table)
        content = getattr(war_map, table.code) if fields else ()
        for index, row in enumerate([content] if table.is_record else content):
            for field in fields:
                value = getattr(row, field.code)
                limit = _limit(row, field, value, as_of) if value is not None else None
                if limit is not None:
                    yield _impossible(places, table, index, field, value, limit)


def _limit(row: Any, field: Field, value: date, as_of: date | None) -> Text | None:
    """Why a day cannot be; None where it can."""
    if as_of is not None and value > as_of:
        if _has_happened(row, field):
            return AFTER.filled(day=as_of)
        if value > _years_later(as_of):
            return TOO_FAR.filled(day=as_of)
    raised = row.raised_on if field.code == "closed_on" else None
    return BEFORE_RAISED.filled(day=raised) if raised is not None and value < raised else None


def _has_happened(row: Any, field: Field) -> bool:
    return field.when is When.PAST or (field.when is When.BY_RESULT and bool(row.actual_result))


def newest_day(war_map: WarMap) -> date | None:
    """The newest day on which, as entered, something has happened, or on which a snapshot was taken."""
    days = [snapshot.taken_on for snapshot in war_map.snapshots]
    for table in TABLES:
        fields = _days_of(table)
        content = getattr(war_map, table.code) if fields else ()
        for row in [content] if table.is_record else content:
            days += [getattr(row, field.code) for field in fields if _has_happened(row, field)]
    return max((day for day in days if day is not None), default=None)


def _years_later(day: date) -> date:
    year = day.year + PLANNED_YEARS
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def judged_ahead(as_of: date | None, places: Mapping[str, Place], today: date | None) -> Iterator[Finding]:
    """A day of judging that has not come on the day of the check, where that is told."""
    if as_of is not None and today is not None and as_of > today:
        deal = TABLE["deal"]
        yield _impossible(places, deal, 0, deal.by_code["as_of"], as_of, NOT_YET.filled(day=today))


def _impossible(
    places: Mapping[str, Place], table: Table, index: int, field: Field, value: date, limit: Text
) -> Finding:
    where = (table.code, index, field.code)
    facts = {"field": field.label, "value": quoted(places, *where, value), "limit": limit}
    return Finding("DV205", *at(places, *where), field.code, facts)
