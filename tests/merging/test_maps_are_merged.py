"""Two copies of one map put together: nothing that only one side entered is lost, and nothing is decided in silence."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmap.merging import merged
from warmap.model import TABLE, TABLES, filled
from warmap.parsing.document import plain, to_document
from warmap.reading import read_document
from warmap_workbook.samples import load_sample

BASE = load_sample("manufacturer_mes", "en")
SOMETHING = {  # a field of each table whose rows have one, and values that may stand there
    "contacts": ("title", ["CEO", "Head of works", None]), "trust": ("evidence", ["said so", "wrote it", None]),
    "wins": ("personal_win", ["peace", "a name", None]), "needs": ("answer", ["yes", "no", None]),
    "competition": ("our_score", [1, 5, None]), "objections": ("closed_on", ["2026-06-01", "2026-06-02", None]),
    "visits": ("actual_result", ["agreed", "put off", None]), "actions": ("due", ["2026-07-20", "2026-07-21", None]),
    "strengths": ("differs_from", ["Rival", "nobody", None]),
}  # fmt: skip


def test_the_fields_worked_on_are_fields():
    assert all(field in TABLE[code].by_code for code, (field, _) in SOMETHING.items())


def map_of(document):
    return read_document(deepcopy(document)).map


def table_rows(war_map):
    """The rows of every table, whatever their order."""
    found = {}
    for table in TABLES:
        held = getattr(war_map, table.code)
        rows = [held] if table.is_record else held
        found[table.code] = Counter(
            json.dumps({code: plain(value) for code, value in filled(table, row)}, sort_keys=True) for row in rows
        )
        found[table.code].pop("{}", None)
    return found


@st.composite
def copies(draw):
    """The sample as somebody worked on it: cells changed or emptied, rows added and removed."""
    document = deepcopy(BASE)
    for code in draw(st.lists(st.sampled_from([code for code in SOMETHING if document.get(code)]), max_size=6)):
        rows, (field, values) = document[code], SOMETHING[code]
        what = draw(st.sampled_from(["change", "add", "remove"]))
        if what == "change" and rows:
            draw(st.sampled_from(rows))[field] = draw(st.sampled_from(values))
        elif what == "remove" and rows:
            rows.pop(draw(st.integers(0, len(rows) - 1)))
        elif what == "add":
            key = {"contacts": "name", "competition": "criterion", "actions": "what", "strengths": "text", "visits": "goal",
                   "objections": "objection", "needs": "question"}.get(code)  # fmt: skip
            if key:
                rows.append(
                    {
                        key: draw(st.sampled_from(["One more", "Another", "A third"])),
                        field: draw(st.sampled_from(values)),
                    }
                )
    for field, values in {"amount": [1, 2], "our_win": ["a", "b"], "team": ["N", "S"]}.items():
        if draw(st.booleans()):
            document["deal"][field] = draw(st.sampled_from(values))
    return map_of(document)


few = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
ORIGIN = map_of(BASE)


class TestProperties:
    @few
    @given(copies())
    def test_what_only_one_side_did_is_the_result(self, one):
        for result in (merged(ORIGIN, ORIGIN, one), merged(ORIGIN, one, ORIGIN), merged(ORIGIN, one, one)):
            assert table_rows(result.map) == table_rows(one)
            assert result.clashes == []

    @few
    @given(copies(), copies())
    def test_it_does_not_matter_which_copy_comes_first(self, one, other):
        there, back = merged(ORIGIN, one, other), merged(ORIGIN, other, one)
        assert table_rows(there.map) == table_rows(back.map)
        told = Counter(
            json.dumps(plain([c.table, list(c.row), c.field, c.base, *sorted([str(plain(c.a)), str(plain(c.b))])]))
            for c in there.clashes
        )
        assert told == Counter(
            json.dumps(plain([c.table, list(c.row), c.field, c.base, *sorted([str(plain(c.a)), str(plain(c.b))])]))
            for c in back.clashes
        )

    @few
    @given(copies(), copies())
    def test_nothing_that_only_one_side_entered_is_lost(self, one, other):
        result = merged(ORIGIN, one, other)
        clashing = {(c.table, json.dumps(plain(list(c.row))), c.field) for c in result.clashes}
        origin, there, merged_rows = ({t.code: _by_key(t, m) for t in TABLES} for m in (ORIGIN, other, result.map))
        for table in TABLES:
            for row, cells in _by_key(table, one).items():
                for code, value in cells.items():
                    was, theirs = (m[table.code].get(row, {}).get(code) for m in (origin, there))
                    if value != was and theirs in (was, value, None) and (table.code, row, code) not in clashing:
                        assert merged_rows[table.code][row][code] == value, (table.code, row, code)

    @few
    @given(copies(), copies())
    def test_a_side_taken_for_all_leaves_no_clash_as_it_was(self, one, other):
        left = merged(ORIGIN, one, other)
        taken = merged(ORIGIN, one, other, "b")
        assert len(taken.clashes) == len(left.clashes)
        rows = {t.code: _by_key(t, taken.map) for t in TABLES}
        for clash in taken.clashes:
            row = rows[clash.table].get(json.dumps(plain(list(clash.row))))
            assert (row is None) == (clash.b is None) if not clash.field else row.get(clash.field) == plain(clash.b)


def _by_key(table, war_map):
    held = getattr(war_map, table.code)
    rows = [held] if table.is_record else held
    found = {}
    for row in rows:
        cells = {code: plain(value) for code, value in filled(table, row)}
        key = [] if table.is_record else [cells.get(code) for code in table.about.key]
        found[json.dumps(key)] = cells
    return found


def deal(**tables):
    return map_of({"deal": {"account": "A", "as_of": "2026-06-01"}, **tables})


PEOPLE = [{"name": "Jane Doe", "title": "CFO", "support": "neutral"}, {"name": "Ben Moss"}]


class TestClashes:
    def test_both_changed_one_cell_so_the_value_they_began_with_stays(self):
        base, a, b = (
            deal(contacts=[{**PEOPLE[0], "support": word}, PEOPLE[1]]) for word in ("neutral", "support", "oppose")
        )
        result = merged(base, a, b)
        (clash,) = result.clashes
        assert (clash.table, clash.row, clash.field, plain(clash.base), plain(clash.a), plain(clash.b)) == (
            "contacts", ("Jane Doe",), "support", "neutral", "support", "oppose",
        )  # fmt: skip
        assert [plain(merged(base, a, b, take).map.contacts[0].support) for take in (None, "a", "b")] == [
            "neutral",
            "support",
            "oppose",
        ]

    def test_different_cells_of_one_row_go_together(self):
        base = deal(contacts=PEOPLE)
        a = deal(contacts=[{**PEOPLE[0], "title": "CEO"}, PEOPLE[1]])
        b = deal(contacts=[{**PEOPLE[0], "support": "support", "buying_roles": ["economic"]}, PEOPLE[1]])
        result = merged(base, a, b)
        assert result.clashes == []
        assert plain(result.map.contacts[0]) == {
            "name": "Jane Doe",
            "title": "CEO",
            "support": "support",
            "buying_roles": ["economic"],
        }

    def test_one_removed_a_row_the_other_worked_on(self):
        base, a = deal(contacts=PEOPLE), deal(contacts=PEOPLE[1:])
        b = deal(contacts=[{**PEOPLE[0], "title": "CEO"}, PEOPLE[1]])
        result = merged(base, a, b)
        (clash,) = result.clashes
        assert (clash.field, clash.a, clash.b.title) == ("", None, "CEO")
        assert sorted(one.name for one in result.map.contacts) == ["Ben Moss", "Jane Doe"]
        assert [one.name for one in merged(base, a, b, "a").map.contacts] == ["Ben Moss"]

    def test_one_removed_a_person_of_whom_the_other_wrote(self):
        base, a = deal(contacts=PEOPLE), deal(contacts=PEOPLE[1:])
        b = deal(
            contacts=PEOPLE,
            trust=[{"contact": "Jane Doe", "rated_on": "2026-05-01", "ratings": {"expertise": {"rating": 3}}}],
        )
        result = merged(base, a, b)
        assert [clash.table for clash in result.clashes] == ["contacts"]
        assert {one.name for one in result.map.contacts} == {"Jane Doe", "Ben Moss"}

    def test_both_added_one_person(self):
        base = deal(contacts=PEOPLE)
        a = deal(contacts=[*PEOPLE, {"name": "Li Na", "title": "CTO"}])
        b = deal(contacts=[*PEOPLE, {"name": "li  na", "title": "CIO", "influence": "high"}])
        result = merged(base, a, b)
        assert [(clash.field, clash.base, clash.a, clash.b) for clash in result.clashes] == [
            ("title", None, "CTO", "CIO")
        ]
        assert [one.name for one in result.map.contacts] == ["Jane Doe", "Ben Moss", "Li Na"]

    def test_a_corrected_name_reaches_what_the_other_wrote(self):
        base = deal(contacts=[{**PEOPLE[0], "level": "director"}, PEOPLE[1]])
        a = deal(contacts=[{**PEOPLE[0], "level": "director", "name": "Jane Roe"}, PEOPLE[1]])
        b = deal(contacts=[{**PEOPLE[0], "level": "director"}, {**PEOPLE[1], "reports_to": "Jane Doe"}],
                 visits=[{"date": "2026-05-01", "goal": "g", "contacts": ["Ben Moss", "Jane Doe"]}])  # fmt: skip
        result = merged(base, a, b)
        assert result.clashes == []
        assert (result.map.contacts[0].name, result.map.contacts[1].reports_to) == ("Jane Roe", "Jane Roe")
        assert result.map.visits[0].contacts == ["Ben Moss", "Jane Roe"]

    def test_a_rival_spelt_in_two_ways_is_one(self):
        base = deal(competition=[{"criterion": "Price", "weight": 1, "scores": {"Rival": 1}}])
        a = deal(competition=[{"criterion": "Price", "weight": 1, "scores": {"Rival": 2}}])
        b = deal(
            competition=[
                {"criterion": "Price", "weight": 1, "scores": {"rival": 1}},
                {"criterion": "Service", "weight": 1, "scores": {"RIVAL": 4}},
            ]
        )
        result = merged(base, a, b)
        assert [one.scores for one in result.map.competition] == [{"Rival": 2.0}, {"Rival": 4.0}]

    def test_the_later_day_of_judging_counts(self):
        days = [map_of({"deal": {"account": "A", "as_of": day}}) for day in ("2026-06-01", "2026-06-10", "2026-06-08")]
        result = merged(*days)
        assert (result.clashes, str(result.map.deal.as_of)) == ([], "2026-06-10")


def test_the_snapshots_of_both_are_kept_each_once():
    one, two, three = (
        {"taken_on": f"2026-05-0{day}", "author": "x", "scores": {"health": day}, "map": {}} for day in (1, 2, 3)
    )
    base, a, b = (map_of({"deal": {"account": "A"}, "snapshots": held}) for held in ([one], [one, three], [one, two]))
    assert [snapshot.taken_on.day for snapshot in merged(base, a, b).map.snapshots] == [1, 2, 3]


@pytest.mark.parametrize("name", ["bank_risk_platform", "telecom_core_network"])
def test_a_sample_with_itself_is_itself(name):
    war_map = map_of(load_sample(name, "zh"))
    assert to_document(merged(war_map, war_map, war_map).map) == to_document(war_map)
