"""What the account, the decision chain, the contact matrix and the plan come to, by hand (sources 000, 001, 002)."""

from __future__ import annotations

import pytest

from warmap.judgement import judge
from warmap.reading import read_document
from warmap.text import percent
from warmap.worksheet import FUNCTIONS, Call


def rows(name, document, lang="en"):
    return [list(row) for row in FUNCTIONS[name].compute(Call(judge(read_document(document).map), lang))]


class TestAccount:
    def test_each_framework_has_its_figure_and_what_stands_out(self):
        document = {
            "profile": {
                "scale": 4, "industry_attractiveness": 2, "profitability": 4, "key_account": {"large": True, "leads_us": False},
                "pest": {"political": {"impact": 1}, "economic": {"impact": -2}}, "five_forces": {"rivalry": 5, "substitutes": 3},
            },
            "swot": [{"quadrant": "strength", "text": "a", "weight": 3}, {"quadrant": "threat", "text": "b"}],
            "org_units": [{"name": "Quality", "project_related": True}, {"name": "Finance", "project_related": True}],
            "contacts": [{"name": "Li", "department": "Quality Department"}],
        }  # fmt: skip
        klass, key_account, pest, forces, swot, units = rows("ACCOUNT", document)
        assert klass[1] == "Strategic"
        assert key_account[1] == 1
        assert "Will it bring profit?" in key_account[2]
        assert pest[1:] == [-0.5, "Worst: Economic (−2)"]
        assert forces[1:] == [25.0, "Strongest force: Rivalry (5)"]
        assert swot[1] == 2
        assert units[1:] == [0.5, "Nobody known in: Finance"]

    def test_what_is_not_entered_is_not_assessed(self):
        assert [row[1] for row in rows("ACCOUNT", {"deal": {}})] == [""] * 6


class TestDecisionChain:
    @pytest.mark.parametrize(
        ("contact", "link"),
        [
            ({"contact_frequency": "rare", "support": "oppose"}, "▼ against us"),
            ({"support": "support"}, "○ never met"),
            ({"contact_frequency": "rare"}, "○ attitude unknown"),
            ({"contact_frequency": "rare", "support": "neutral"}, "○ neutral"),
            ({"contact_frequency": "rare", "support": "support", "evidence_grade": "guess"}, "○ support claimed, not stated"),
            ({"contact_frequency": "rare", "support": "support", "evidence_grade": "stated"}, "✓ supports, with evidence"),
        ],
    )  # fmt: skip
    def test_how_a_link_holds(self, contact, link):
        ((order, name, *_, said),) = rows(
            "DECISION_CHAIN", {"contacts": [{"name": "Li", "decision_order": 2, **contact}]}
        )
        assert (order, name, said) == (2, "Li", link)

    def test_in_the_order_of_the_decision_and_without_those_who_left(self):
        contacts = [
            {"name": "Last", "decision_order": 3}, {"name": "Gone", "decision_order": 2, "post_status": "left"},
            {"name": "First", "decision_order": 1}, {"name": "Nowhere"},
        ]  # fmt: skip
        assert [row[1] for row in rows("DECISION_CHAIN", {"contacts": contacts})] == ["First", "Last"]


def test_the_contact_matrix_tells_who_is_met_by_nobody():
    contacts = [
        {"name": "Li", "level": "director", "counterpart": "Wu", "counterpart_level": "manager"},
        {"name": "Han", "level": "director", "counterpart_level": "clerk"}, {"name": "Tan"},
    ]  # fmt: skip
    directors, *others, unknown = rows("CONTACT_MATRIX", {"contacts": contacts})
    assert directors[1:] == ["", "Li", "", "", "", "Han"]
    assert unknown[-1] == "Tan"
    assert all(cell == "" for row in others for cell in row[1:])


@pytest.mark.parametrize(("lang", "late"), [("zh", "2026-06-01 已逾期"), ("en", "2026-06-01 overdue")])
def test_open_actions_come_by_date_and_say_what_is_late(lang, late):
    document = {
        "deal": {"as_of": "2026-06-02"},
        "actions": [
            {"what": "Some day"}, {"what": "Today", "owner": "Li", "due": "2026-06-02", "about": "RF205"},
            {"what": "Late", "due": "2026-06-01", "status": "in_progress"}, {"what": "Over", "status": "cancelled"},
        ],
    }  # fmt: skip
    assert rows("OPEN_ACTIONS", document, lang) == [
        ["Late", "", late, "", "", ""], ["Today", "Li", "2026-06-02", "RF205", "", ""], ["Some day", "", "", "", "", ""],
    ]  # fmt: skip


class TestPowerMap:
    def test_one_name_a_line_with_role_letters_a_sign_for_the_stale_and_an_empty_seat_for_a_role_nobody_holds(self):
        here = {"influence": "high", "support": "support"}
        contacts = [
            {"name": "Li", "buying_roles": ["coach", "economic"], "assessed_on": "2026-06-01", **here},
            {"name": "Han", "buying_roles": ["user"], "assessed_on": "2025-06-01", **here}, {"name": "Tan"},
        ]  # fmt: skip
        high, _, low = rows("POWER_MAP", {"deal": {"as_of": "2026-06-30"}, "contacts": contacts})
        assert high[1:] == ["", "", "", "Li CE\n~Han U", "", ""]
        assert low[-1] == "□ T empty\nTan"


@pytest.mark.parametrize(("share", "said"), [(0.625, "63%"), (0.62499, "62%"), (0.005, "1%"), (0.145, "15%")])
def test_a_share_has_one_rounding_in_words_and_in_cells(share, said):
    assert percent(share) == said
