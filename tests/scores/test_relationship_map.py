"""ORG_MAP and the tree it draws: every seat once, whatever people enter under "reports to"."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_maps import maps

from warmap.hierarchy import MOST_LEVELS, branches, loops, seats
from warmap.judgement import judge
from warmap.model import WarMap
from warmap.names import key
from warmap.terms import BuyingRole
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS, Call, answer
from warmap.worksheet.relationships import MAP_WIDTH

DEAL = {"as_of": "2026-06-30"}
ALL_ROLES = ["coach", "user", "technical", "economic"]
NAMES = [
    "陈丽",
    "孙立",
    "Bo Li",
    "bo  li",
    "Bartholomew Featherstonehaugh-Cholmondeley-Smythe",
    "赵",
    "12",
    "-",
    "\u200b",
    " ",
]
name = st.sampled_from(NAMES)
people = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.none() | name | st.text(max_size=60),
            "reports_to": st.none() | name | st.text(max_size=60),
            "title": st.none() | st.text(max_size=80),
            "buying_roles": st.lists(st.sampled_from(ALL_ROLES), unique=True, max_size=2),
            "post_status": st.sampled_from([None, "left", "new_in_post"]),
        }
    ),
    max_size=12,
)


def judged(contacts, **more):
    return judge(WarMap.model_validate({"contacts": contacts, **more}))


def org_map(contacts, lang="zh", **more):
    return answer(FUNCTIONS["ORG_MAP"], Call(judged(contacts, **more), lang))


def everybody(*bosses):
    """People A, B, C … who report to those named, and hold all roles between them."""
    named = zip("ABCDEFGHIJ", bosses, strict=False)
    return [{"name": who, "reports_to": boss or None, "buying_roles": ALL_ROLES} for who, boss in named]


def tree(*bosses):
    return [row[0].split("\n")[0] for row in org_map(everybody(*bosses))]


class TestTree:
    @pytest.mark.parametrize(
        ("about", "bosses", "drawn"),
        [
            ("nobody reports to anybody", ("", "", ""), ["A", "B", "C"]),
            ("below and beside", ("", "A", "B", "A"), ["A", "　├─B", "　│　└─C", "　└─D"]),
            ("superiors stand above, wherever their rows are", ("B", "C", ""), ["C", "　└─B", "　　　└─A"]),
            ("two tops", ("", "", "A", "B"), ["A", "　└─C", "B", "　└─D"]),
            ("a superior who is no contact", ("", "孙总", "孙总", ""), ["A", "孙总", "　├─B", "　└─C", "D"]),
            ("the same spelt otherwise", ("Bo Li", "bo  li"), ["Bo Li", "　├─A", "　└─B"]),
            ("a loop is opened at its first person", ("", "C", "B", "B"), ["A", "B", "　├─C", "　└─D"]),
            ("whoever reports to himself", ("A", "A"), ["A", "　└─B"]),
        ],
    )
    def test_by_hand(self, about, bosses, drawn):
        assert tree(*bosses) == drawn

    def test_a_long_chain_is_cut_and_says_by_how_many_levels(self):
        assert tree("", *"ABCDEFGHI")[MOST_LEVELS:] == [
            "　　　　　　　　　└─F", "1…　　　　　　　　　└─G", "2…　　　　　　　　　└─H", "3…　　　　　　　　　└─I", "4…　　　　　　　　　└─J",
        ]  # fmt: skip

    def test_a_chain_longer_than_pythons_stack(self):
        contacts = [{"name": f"P{n}", "reports_to": f"P{n - 1}"} for n in range(3000)]
        found = seats(judged(contacts).contacts)
        assert [seat.level for seat in found] == list(range(3001))  # P-1 is nobody on the map
        assert sum(1 for _ in branches(found)) == 3001

    @settings(max_examples=200, deadline=None)
    @given(people)
    def test_every_contact_and_every_empty_seat_stands_in_it_once(self, contacts):
        judgement = judged(contacts)
        vacant = [role for role in BuyingRole if not any(role in contact.buying_roles for contact in judgement.active)]
        found = seats(judgement.contacts, vacant)
        sitting = [key(seat.contact.name) for seat in found if seat.contact]
        assert sorted(sitting) == sorted(judgement.contacts)
        bosses = {key(contact.reports_to or "") for contact in judgement.contacts.values()} - {""}
        assert sorted(key(seat.name) for seat in found if not seat.contact and not seat.role) == sorted(
            bosses - set(judgement.contacts)
        )
        assert [seat.role for seat in found if seat.role] == vacant

    @settings(max_examples=200, deadline=None)
    @given(people)
    def test_it_hangs_together(self, contacts):
        judgement = judged(contacts)
        above: list[str] = []
        for seat in seats(judgement.contacts):
            assert seat.level <= len(above)
            del above[seat.level :]
            if seat.contact and seat.level:
                assert key(seat.contact.reports_to) == above[-1]
            elif seat.contact:
                assert seat.closes_loop or not key(seat.contact.reports_to or "")
            above.append(key(seat.name))

    @settings(max_examples=100, deadline=None)
    @given(people)
    def test_a_line_that_is_begun_goes_on_until_it_ends(self, contacts):
        drawn = list(branches(seats(judged(contacts).contacts)))
        for (_, second), (first, _) in itertools.pairwise([("", ""), *drawn, ("", "")]):
            if "…" not in first:
                goes_on = {place for place, sign in enumerate(second) if sign == "│"}
                assert goes_on == {place for place, sign in enumerate(first) if sign in "│├└"}

    @settings(max_examples=100, deadline=None)
    @given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)))
    def test_each_loop_is_told_once_from_its_first_on(self, above):
        found = list(loops(above))
        members = [one for loop in found for one in loop]
        assert len(members) == len(set(members))
        for loop in found:
            assert [above[one] for one in loop] == [*loop[1:], loop[0]]
            assert loop[0] == next(one for one in above if one in loop)


class TestRows:
    def row(self, lang="zh", **person):
        return org_map([{"name": "陈丽", "buying_roles": ALL_ROLES, **person}], lang, deal=DEAL)[0]

    def test_a_person(self):
        assert self.row(
            title="总工", buying_roles=["technical", "coach", "user", "economic"], influence="high", support="strong_oppose",
            evidence_grade="stated", assessed_on="2026-06-01", contact_frequency="rare", last_contact="2026-06-20",
            counterpart="林涛", influenced_by=["孙立", "Bo Li"],
        )[:9] == ["陈丽\n总工", "", "CUTE", "▲ 高", "−− 强烈反对", "本人表态", 0.5, "", 10]  # fmt: skip

    @pytest.mark.parametrize(
        ("person", "zh", "en"),
        [
            ({}, "○ 没见过", "○ never met"),
            ({"contact_frequency": "rare"}, "", ""),
            ({"contact_frequency": "rare", "last_contact": "2026-01-01"}, "~ 久未联系", "~ gone quiet"),
            ({"contact_frequency": "rare", "support": "support"}, "~ 态度待核实", "~ recheck support"),
            ({"contact_frequency": "rare", "post_status": "new_in_post"}, "★ 新任", "★ new in post"),
            ({"post_status": "left"}, "✗ 离职", "✗ Left"),
            ({"contact_frequency": "rare", "reports_to": "陈丽"}, "▲ 汇报关系成环", "▲ reports in a circle"),
        ],
    )
    def test_what_to_watch(self, person, zh, en):
        assert (self.row(**person)[1], self.row("en", **person)[1]) == (zh, en)

    def test_of_somebody_who_left_neither_engagement_nor_trust(self):
        row = self.row(post_status="left", support="support", contact_frequency="frequent")
        assert (row[4], row[6], row[7]) == ("+ 支持", "", "")

    def test_what_is_not_known_is_said(self):
        assert self.row("en")[3:6] == ["? unknown", "? unknown", ""]
        assert self.row("en", support="neutral")[4:6] == ["0 Neutral", "None"]

    def test_seats_that_nobody_fills(self):
        found = org_map([{"name": "陈丽", "reports_to": "孙总", "buying_roles": ["user", "technical"]}], "en")
        assert [row[:3] for row in found] == [
            ["孙总\n　│", "□ empty seat: not on the People sheet", ""],
            ["　└─陈丽", "○ never met", "UT"],
            ["(Coach)", "□ empty seat: nobody holds this role", "C"],
            ["(Economic decision maker)", "□ empty seat: nobody holds this role", "E"],
        ]

    def test_an_empty_seat_bears_the_flags_of_its_role(self):
        rows = org_map([{"name": "陈丽", "buying_roles": ["user"], "contact_frequency": "rare"}], deal=DEAL)
        assert {row[2]: row[9] for row in rows[1:]} == {"C": "▲ RF101", "T": "■ RF203", "E": "▲ RF201"}

    def test_of_many_flags_the_heaviest_four_are_named(self):
        flags = self.row(
            influence="high", support="strong_oppose", contact_frequency="rare", level="director", last_contact="2025-01-01",
            post_status="new_in_post",
        )[9]  # fmt: skip
        assert flags == "▲ RF205 RF304 RF306 RF307 +1"

    def test_what_is_too_much_is_counted_in_the_last_row(self):
        contacts = [{"name": f"P{n}", "buying_roles": ALL_ROLES} for n in range(100)]
        rows = answer(FUNCTIONS["ORG_MAP"], Call(judged(contacts), "zh", height=72))
        assert len(rows) == 72
        assert rows[-1][0] == "… 还有 29 行"

    @settings(max_examples=60, deadline=None)
    @given(maps, people)
    def test_every_row_has_its_columns_and_no_line_is_too_wide(self, data, contacts):
        for lang in LANGUAGES:
            for row in org_map(
                [*data["contacts"], *contacts], lang, **{k: v for k, v in data.items() if k != "contacts"}
            ):
                assert len(row) == len(FUNCTIONS["ORG_MAP"].columns)
                assert all(isinstance(cell, str | float | int) for cell in row)
                lines = row[0].split("\n")
                assert len(lines) <= 2
                assert all(sum(2 if ord(sign) > 0x24FF else 1 for sign in line) <= MAP_WIDTH for line in lines)
