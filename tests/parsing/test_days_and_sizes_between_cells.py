"""Specification, section 5: days that cannot be, and amounts that cannot all be meant in one unit, told between cells."""

from __future__ import annotations

from datetime import date

import pytest

from warmap.model import TABLES, Kind, When
from warmap.reading import read_document

AS_OF = "2026-06-30"


def found(document, code, **more):
    told = read_document({"deal": {"as_of": AS_OF, **document.pop("deal", {})}, **document}, **more).findings
    return [(one.cell, one.severity.value) for one in told if one.code == code]


class TestDays:
    """Each day is past or planned: the one not after the day of judging, the other not ten years after it."""

    @pytest.mark.parametrize(
        ("table", "field"),
        [(table.code, field.code) for table in TABLES for field in table.fields if field.kind is Kind.DATE and field.code != "as_of"],
    )  # fmt: skip
    @pytest.mark.parametrize(("day", "is_late"), [(AS_OF, set()), ("2026-07-01", {When.PAST}), ("2036-06-30", {When.PAST}),
                                                  ("2036-07-01", {When.PAST, When.PLANNED, When.BY_RESULT})])  # fmt: skip
    def test_the_bounds_of_each(self, table, field, day, is_late):
        held = next(each for each in TABLES if each.code == table)
        row = {field: day}
        told = found({table: row if held.is_record else [row]}, "DV205")
        assert bool(told) is (held.by_code[field].when in is_late)

    def test_a_visit_is_past_once_it_has_a_result(self):
        visits = [{"date": "2026-07-01", "goal": "g"}, {"date": "2026-07-01", "goal": "g", "actual_result": "r"}]
        assert found({"visits": visits}, "DV205") == [("visits[1].date", "major")]

    def test_closed_before_it_was_raised(self):
        rows = [
            {"contact": "A", "objection": "o", "raised_on": "2026-05-02", "closed_on": day}
            for day in ("2026-05-02", "2026-05-01")
        ]
        assert found({"objections": rows}, "DV205") == [("objections[1].closed_on", "major")]

    @pytest.mark.parametrize(("today", "told"), [
        (None, []), (date(2026, 6, 30), []), (date(2026, 6, 29), [("deal.as_of", "major")]),
    ])  # fmt: skip
    def test_no_map_is_judged_after_the_day_of_the_check(self, today, told):
        assert found({}, "DV205", today=today) == told

    def test_with_a_day_given_the_maps_own_is_not_asked_for(self):
        assert found({}, "DV205", today=date(2026, 6, 29), as_of=date(2026, 6, 1)) == []

    @pytest.mark.parametrize(
        ("typed", "quoted"),
        [("30 July 2026", "30 July 2026"), ("2026年7月30日（周四）", "2026年7月30日（周四）"), ("2026-07-30", "2026-07-30"),
         (20260730, "20260730"), (46233, "2026-07-30")],
    )  # fmt: skip
    def test_it_is_quoted_as_it_was_typed(self, typed, quoted):
        document = {"deal": {"as_of": typed}, "visits": [{"date": "2026-07-30", "goal": "g"}]}
        visits = [{"goal": "no day"}, {"date": typed, "goal": "g", "actual_result": "r"}]
        (ahead,) = [f for f in read_document(document, today=date(2026, 7, 1)).findings if f.code == "DV205"]
        (late,) = [f for f in read_document({"deal": {"as_of": AS_OF}, "visits": visits}).findings if f.code == "DV205"]
        for lang in ("zh", "en"):
            assert f" {quoted} " in ahead.message(lang)
            assert f" {quoted} " in late.message(lang)

    def test_the_path_is_that_of_the_document_where_rows_before_it_are_none(self):
        printed = {"stage": "need", "criterion": "need_written"}
        rows = ["no row", printed, {**printed, "done_on": "2026-07-01"}]
        assert found({"stage_evidence": rows}, "DV205") == [("stage_evidence[2].done_on", "major")]

    def test_what_counts_all_the_same(self):
        deal = {"close_date": "2099-01-01", "stage_since": "2026-07-09", "quoted_on": "2101-01-01"}
        read = read_document({"deal": {"as_of": AS_OF, **deal}}).map.deal
        assert (read.close_date, read.stage_since, read.quoted_on) == (date(2099, 1, 1), date(2026, 7, 9), None)


class TestSizes:
    """Amount and prices a hundredfold apart, and prices out of order."""

    @pytest.mark.parametrize(("amount", "prices", "told"), [
        (3860, {"walk_away_price": 35_800_000}, [("deal.amount", "major")]),
        (38_600_000, {"walk_away_price": 3580}, [("deal.amount", "major")]),
        (38_600_000, {"opening_price": 38_600_000, "walk_away_price": 3580}, [("negotiation.walk_away_price", "major")]),
        (38_600_000, {"customer_walk_away": 3780, "target_price": 38_000_000}, [("negotiation.customer_walk_away", "major")]),
        (100, {"walk_away_price": 9_999}, []), (100, {"walk_away_price": 10_000}, [("deal.amount", "major")]),
        (100, {"walk_away_price": -5}, []), (100, {"walk_away_price": 0}, []), (None, {"walk_away_price": 9}, []),
        (100, {"opening_price": 90, "target_price": 95, "walk_away_price": 80}, [("negotiation.opening_price", "minor")]),
        (100, {"opening_price": 90, "walk_away_price": 95}, [("negotiation.opening_price", "minor")]),
        (100, {"opening_price": 90, "target_price": 90, "walk_away_price": 90}, []),
    ])  # fmt: skip
    def test_told_where_it_stands(self, amount, prices, told):
        assert found({"deal": {"amount": amount}, "negotiation": prices}, "DV210") == told

    def test_both_cells_are_named(self):
        document = {"deal": {"amount": 3860}, "negotiation": {"walk_away_price": 35_800_000}}
        (finding,) = [one for one in read_document(document).findings if one.code == "DV210"]
        for lang in ("zh", "en"):
            for words in ("3,860", "35,800,000", "negotiation.walk_away_price"):
                assert words in finding.message(lang)
