"""A map as JSON or YAML gives it: whatever its shape, nothing raises, everything wrong is a finding, the rest is kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from warmap.evaluation import evaluate
from warmap.judgement import Judgement, judge
from warmap.model import TABLES, WarMap
from warmap.parsing import to_document
from warmap.reading import read_document
from warmap.terms import WIN_CRITERIA, BuyingRole
from warmap.text import LANGUAGES

CALM = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)

CODES = sorted({code for table in TABLES for field in table.fields for code in (field.code, field.path[0])})
SAID = sorted(
    {term.value for table in TABLES for field in table.fields for term in (field.enum or ())}
    | {term.label.zh for table in TABLES for field in table.fields for term in (field.enum or ())}
)
GOOD = {
    "deal": {
        "account": "华信", "opportunity": "核心网", "objective": "三年框架", "amount": 100, "currency": "CNY", "close_date": "2026-12-31",
        "stage": "market_research", "owner": "李", "as_of": "2026-06-30",
    },
    "contacts": [{"name": "王芳", "buying_roles": ["user"]}, {"name": "李强", "reports_to": "王芳"}],
}  # fmt: skip

numbers = st.one_of(
    st.integers(-(10**30), 10**30), st.floats(), st.decimals(allow_nan=True).filter(lambda d: not d.is_snan())
)
leaves = st.one_of(
    st.none(), st.booleans(), numbers, st.text(max_size=12), st.sampled_from(SAID), st.dates(), st.datetimes(),
    st.sampled_from(["2026-06-30", "1999-01-01", "王芳", "RF205", "{0}", "{name}", "x" * 90, "5", "50%"]),
)  # fmt: skip
keys = st.one_of(
    st.sampled_from(CODES), st.sampled_from(SAID), st.sampled_from(["rating", "give", "get", "note", "impact"]),
    st.text(min_size=1, max_size=6).filter(lambda text: bool(text.strip())), st.integers(), st.booleans(), st.none(),
)  # fmt: skip
anything = st.recursive(
    leaves, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)), max_leaves=8
)


def rows(table):
    names = sorted(
        {field.path[0] for field in table.fields}
        | {field.code for field in table.fields}
        | set(table.model.model_fields)
    )
    return st.dictionaries(st.one_of(st.sampled_from(names), keys), anything, max_size=6)


documents = st.fixed_dictionaries(
    {},
    optional={
        table.code: st.one_of(
            rows(table) if table.is_record else st.lists(st.one_of(rows(table), anything), max_size=3), anything
        )
        for table in TABLES
    },
)


def with_row(table, **row):
    return (
        {**GOOD, table: [*GOOD.get(table, []), row]} if table != "deal" else {**GOOD, "deal": {**GOOD["deal"], **row}}
    )


def found(data):
    return [(finding.code, finding.sheet, finding.cell, finding.field) for finding in read_document(data).findings]


def complete(finding):
    """Both languages are fully formatted."""
    for lang in LANGUAGES:
        for words in (finding.message(lang), finding.hint(lang)):
            assert words
    return True


class TestAnything:
    """Nothing raises, everything wrong is a finding."""

    @CALM
    @given(anything)
    def test_any_data_at_all(self, data):
        intake = read_document(data)
        assert isinstance(intake.map, WarMap)
        assert all(complete(finding) for finding in intake.findings)

    @CALM
    @given(documents)
    def test_any_data_in_the_tables(self, data):
        intake = read_document(data)
        for finding in intake.findings:
            assert complete(finding)
            if finding.code != "DV001":
                assert finding.sheet
                assert finding.cell.startswith(finding.sheet)
        assert intake.findings == read_document(data).findings

    @CALM
    @given(documents)
    def test_what_was_read_is_still_scored_and_written_out(self, data):
        intake = read_document(data)
        evaluate(judge(intake.map), intake.findings, lang="en")
        assert read_document(to_document(intake.map)).map == intake.map

    @pytest.mark.parametrize("data", [None, 5, "deal", [], [{"deal": {}}], {}, {"Deal": {}}, {"contact": []}, True])
    def test_what_is_no_map_is_said_to_be_none(self, data):
        assert [finding.code for finding in read_document(data).findings] == ["DV001"]


class TestPlaces:
    """A finding carries code, sheet, cell, field: in a document the cell is the path."""

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (with_row("deal", amount=-1), ("DV204", "deal", "deal.amount", "amount")),
            (with_row("deal", as_of=""), ("DV201", "deal", "deal.as_of", "as_of")),
            (with_row("deal", stage="七"), ("DV202", "deal", "deal.stage", "stage")),
            (with_row("deal", colour="red"), ("DV103", "deal", "deal.colour", "colour")),
            (with_row("contacts", name="张", influence="huge"), ("DV202", "contacts", "contacts[2].influence", "influence")),
            (with_row("contacts", name="张", buying_roles=["boss"]), ("DV202", "contacts", "contacts[2].buying_roles", "buying_roles")),
            (with_row("contacts", name="张", decision_order="x"), ("DV203", "contacts", "contacts[2].decision_order", "decision_order")),
            (with_row("contacts", name="张", last_contact="1990-01-01"), ("DV205", "contacts", "contacts[2].last_contact", "last_contact")),
            (with_row("contacts", name="张", last_contact="2026-07-01"), ("DV205", "contacts", "contacts[2].last_contact", "last_contact")),
            (with_row("contacts", name="张", reports_to="赵"), ("DV206", "contacts", "contacts[2].reports_to", "reports_to")),
            (with_row("contacts", name=" 王芳 "), ("DV207", "contacts", "contacts[2].name", "name")),
            (with_row("contacts", name="张", reports_to="张"), ("DV209", "contacts", "contacts[2].reports_to", "reports_to")),
            (with_row("contacts", department="采购"), ("DV201", "contacts", "contacts[2].name", "name")),
            (with_row("trust", contact="王芳", ratings={"professional": {"rating": 6}}),
             ("DV204", "trust", "trust[0].ratings.professional.rating", "ratings.professional.rating")),
            (with_row("trust", contact="王芳", ratings={"warmth": {"rating": 3}}), ("DV202", "trust", "trust[0].ratings", "ratings")),
            (with_row("trust", contact="王芳", ratings=5), ("DV203", "trust", "trust[0].ratings", "ratings")),
            (with_row("wins", contact="王芳", role="user", statuses={"reliability": "yes!"}), ("DV202", "wins", "wins[0].statuses.1", "statuses.1")),
            (with_row("wins", contact="王芳", role="user", statuses={"low_cost": "met"}), ("DV202", "wins", "wins[0].statuses", "statuses")),
            (with_row("competition", criterion="价格", weight=1, scores={"A": 9}), ("DV204", "competition", "competition[0].scores.A", "scores.A")),
            (with_row("competition", criterion="价格", weight=1, scores=dict.fromkeys("ABCDE", 1)), ("DV204", "competition", "competition[0].scores", "scores")),
            (with_row("visits", date="2026-06-01", goal="g", contacts=["王芳", "赵"]), ("DV206", "visits", "visits[0].contacts", "contacts")),
            ({**GOOD, "profile": {"pest": {"social": {"impact": 3}}}}, ("DV204", "profile", "profile.pest.social.impact", "pest.social.impact")),
            ({**GOOD, "contacts": {}}, ("DV203", "contacts", "contacts", "")),
            ({**GOOD, "contacts": [*GOOD["contacts"], "张"]}, ("DV203", "contacts", "contacts[2]", "")),
            ({**GOOD, "negotiation": []}, ("DV203", "negotiation", "negotiation", "")),
            ({**GOOD, "colour": "red"}, ("DV103", "colour", "colour", "")),
        ],
        ids=lambda value: f"{value[0]} {value[2]}" if isinstance(value, tuple) else "",
    )  # fmt: skip
    def test_one_thing_wrong_is_one_finding_at_its_place(self, data, expected):
        assert found(data) == [expected]

    def test_nothing_wrong_is_no_finding(self):
        assert found(GOOD) == []

    def test_two_wins_rows_for_one_contact_and_role(self):
        row = {"contact": "王芳", "role": "user"}
        other = {"contact": "王芳", "role": "coach"}
        assert found({**GOOD, "wins": [row, other, row]}) == [("DV208", "wins", "wins[2].contact", "contact")]

    def test_a_loop_is_said_once_with_everybody_in_it(self):
        people = [{"name": name, "reports_to": boss} for name, boss in zip("ABCDE", "BCADA", strict=True)]
        findings = read_document({**GOOD, "contacts": people}).findings
        assert [(f.code, f.cell) for f in findings] == [
            ("DV209", "contacts[0].reports_to"),
            ("DV209", "contacts[3].reports_to"),
        ]
        assert "A → B → C → A" in findings[0].message("zh")

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_words_name_what_was_entered_and_what_would_do(self, lang):
        finding = read_document(with_row("contacts", name="张", reports_to="王方")).findings[0]
        assert "王方" in finding.message(lang)
        assert "王芳" in finding.hint(lang)

    @pytest.mark.parametrize("braces", ["{", "}", "{}", "{0}", "{value}", "{field.__class__}", "%s", "{!r}"])
    def test_braces_in_what_was_entered_are_only_quoted(self, braces):
        for data in (with_row("contacts", name="张", influence=braces), with_row("contacts", name="张", reports_to=braces),
                     with_row("contacts", **{"name": "张", braces: 1}), {**GOOD, braces: 1}):  # fmt: skip
            for finding in read_document(data).findings:
                for lang in LANGUAGES:
                    assert braces in finding.message(lang)


class TestWhatIsKept:
    """Bad input never stops anything, and what could be read is kept."""

    def test_a_row_with_a_bad_cell_keeps_its_good_ones(self):
        war_map = read_document(with_row("contacts", name="张", influence="huge", support="oppose")).map
        assert (war_map.contacts[2].name, war_map.contacts[2].influence, war_map.contacts[2].support.value) == (
            "张",
            None,
            "oppose",
        )

    def test_shapes_of_domain_section_2(self):
        """In JSON and YAML a set is a list, yes/no is a boolean, a blank field is absent or null."""
        data = {
            **GOOD,
            "contacts": [{"name": "王芳", "buying_roles": ["coach", "决策者"], "wants_our_success": True, "influence": None}],
            "trust": [{"contact": "王芳", "rated_on": dt.date(2026, 6, 1), "ratings": {"sincerity": {"rating": 4, "evidence_grade": "stated"}}}],
            "wins": [{"contact": "王芳", "role": "economic", "statuses": {"cash_flow": "met", "低成本": "identified"}}],
            "competition": [{"criterion": "价格", "weight": 2, "our_score": 3, "scores": {"维持现状": 1, "对手": 4.5}}],
            "negotiation": {"target_price": "1,200.50", "concessions": [{"give": "折扣", "get": "框架"}]},
            "profile": {"key_account": {"large": True, "leads_us": False}, "pest": {"political": {"note": "n", "impact": -2}}, "five_forces": {"rivalry": 4}},
        }  # fmt: skip
        intake = read_document(data)
        assert intake.findings == []
        contact, trust, win, criterion = (
            getattr(intake.map, t)[0] for t in ("contacts", "trust", "wins", "competition")
        )
        assert contact.buying_roles == {BuyingRole.COACH, BuyingRole.ECONOMIC}
        assert (contact.wants_our_success, contact.influence) == (True, None)
        assert [(p.value, j.rating, j.evidence_grade.value) for p, j in trust.ratings.items()] == [
            ("sincerity", 4.0, "stated")
        ]
        economic = WIN_CRITERIA[BuyingRole.ECONOMIC]
        assert {economic.index(c): s.value for c, s in win.statuses.items()} == {5: "met", 0: "identified"}
        assert criterion.scores == {"维持现状": 1.0, "对手": 4.5}
        assert intake.map.negotiation.target_price == Decimal("1200.5")
        assert intake.map.profile.key_account == {"large": True, "leads_us": False}
        assert intake.map.profile.pest["political"].impact == -2

    @pytest.mark.parametrize("blank", [None, "", "   ", "\n", "\u3000"])
    def test_a_blank_is_a_blank_in_every_kind_of_field(self, blank):
        data = {
            **GOOD,
            "contacts": [
                {
                    "name": "王芳",
                    **{
                        field.code: blank
                        for field in TABLES[3].fields
                        if field.code != "name" and "." not in field.code
                    },
                }
            ],
        }
        assert found(data) == []
        assert judge(read_document(data).map).map.contacts[0].support is None


class TestHistory:
    """Snapshots are rows like any others: what is wrong with one is found, and stops nothing."""

    @pytest.mark.parametrize("rows", [[{"taken_on": "x"}], [{"colour": 1}], [{"map": []}], [{"scores": None}]])
    def test_snapshots_of_a_wrong_shape(self, rows):
        assert found({**GOOD, "snapshots": rows}) != []

    @pytest.mark.parametrize("content", [5, "x", {"taken_on": "2026-01-01"}, [5], ["x"]])
    def test_snapshots_that_are_no_rows(self, content):
        assert found({**GOOD, "snapshots": content}) != []


class TestNothingIsLostInSilence:
    """Shapes that once raised, or took entries away without a word."""

    @pytest.mark.parametrize(
        "data",
        [
            {"deal": {"amount": 10**400}},
            {"deal": {"account": 10**5000}},
            {"contacts": [{"name": "A", "decision_order": -(10**400)}]},
        ],
    )
    def test_huge_whole_numbers(self, data):
        assert {f.code for f in read_document(data).findings} <= {"DV001", "DV201", "DV203", "DV204"}

    @pytest.mark.parametrize("name", ["", "  "])
    def test_a_competitor_without_a_name(self, name):
        assert found(with_row("competition", criterion="价格", weight=1, scores={name: 3})) != []

    def test_a_fifth_competitor_in_another_row(self):
        rows = [
            {"criterion": "a", "weight": 1, "scores": dict.fromkeys("ABCD", 1)},
            {"criterion": "b", "weight": 1, "scores": {"E": 1}},
        ]
        assert [code for code, *_ in found({**GOOD, "competition": rows})] == ["DV204"]

    @pytest.mark.parametrize(
        "data",
        [
            with_row("trust", contact="王芳", ratings={"professional": {"ratng": 3}}),
            {**GOOD, "profile": {"key_account": {"large": {"answer": True}}}},
            {**GOOD, "profile": {"pest": {"social": {"notes": "x"}}}},
        ],
    )
    def test_an_unknown_part_of_a_group_is_said(self, data):
        assert found(data) != []

    def test_statuses_without_a_role_are_said_to_be_lost(self):
        said = found(with_row("wins", contact="王芳", statuses={"reliability": "met"}))
        assert any(field.startswith("statuses") for _, _, _, field in said)

    def test_what_is_said_of_a_win_does_not_depend_on_the_order_of_its_statuses(self):
        statuses = [("easier_work", "met"), ("reliability", "met"), ("skills", "met")]
        said = {
            tuple(flag.message("zh") for flag in Judgement(read_document(with_row("wins", contact="王芳", role="user", statuses=dict(order))).map).flags)
            for order in (statuses, statuses[::-1])
        }  # fmt: skip
        assert len(said) == 1

    def test_money_survives_the_way_out_and_back(self):
        war_map = read_document(with_row("deal", amount="12345678901234.123456")).map
        assert read_document(to_document(war_map)).map.deal.amount == war_map.deal.amount

    def test_what_only_a_sheet_can_have_is_said_not_to_be_looked_for(self):
        told_of_sheets = {"DV104", "DV105", "DV212", "DV306", "DV307", "DV501", "DV504"}
        assert read_document(GOOD).skipped_checks >= told_of_sheets

    @pytest.mark.parametrize("number", [123_456_789_012_345_678, -(10**30)])
    def test_a_long_number_under_words_keeps_its_digits(self, number):
        assert read_document(with_row("deal", account=number)).map.deal.account == str(number)
