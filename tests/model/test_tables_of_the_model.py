"""Specification, section 2, written out again: every table, every field, what must be filled in, and how each cell is labelled."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from warmap import terms as vocabulary
from warmap.layout import TABS, placements
from warmap.model import TABLE, TABLES, Kind, WarMap
from warmap.parsing.headers import header_key, labels, match_header, spellings
from warmap.text import LANGUAGES
from warmap_workbook.writing.build import build_workbook

HAN = re.compile(r"[\u3400-\u9fff]")
EXCEL_MESSAGE = 255  # characters of an input message

PILLARS = ("professional", "expertise", "relationship", "sincerity")

# `*` = required; a name in brackets holds one cell for each member listed
SPECIFIED = {
    "deal": (
        "account* opportunity* objective amount* currency* close_date* stage* stage_since owner* team quoted_on"
        " as_of* our_win outcome outcome_on outcome_reason"
    ),
    "profile": (
        "industry scale industry_attractiveness profitability share_of_our_sales"
        " key_account(large,future_profit,leads_us,must_not_be_lost)"
        " pest(political.note,political.impact,economic.note,economic.impact,social.note,social.impact,"
        "technological.note,technological.impact)"
        " five_forces(rivalry,new_entrants,substitutes,supplier_power,buyer_power)"
        " product_channel_notes pain_points"
    ),
    "org_units": "name* parent kind project_related",
    "contacts": (
        "name* department title position_class level buying_roles(coach,user,technical,economic) influence support"
        " contact_frequency response_mode style post_status post_since evidence_grade assessed_on reports_to influenced_by"
        " counterpart counterpart_level wants_our_success decision_order last_contact notes"
    ),
    "trust": "contact* ratings(" + ",".join(f"{p}.rating,{p}.evidence_grade" for p in PILLARS) + ") evidence rated_on",
    "wins": "contact* role* statuses(1,2,3,4,5,6) evidence_grade evidence personal_win measurable_result",
    "stage_evidence": "stage* criterion* done evidence done_on",
    "needs": (
        "contact spin_type* aspect question answer need_state need_level capability impact confidence ease"
    ),
    "competition": "criterion* weight* our_score",
    "swot": "quadrant text* weight",
    "strengths": "text* differs_from answers",
    "negotiation": (
        "opening_price target_price walk_away_price customer_walk_away our_alternative our_alternative_strength"
        " customer_alternative customer_alternative_strength concessions feelings"
    ),
    "objections": (
        "contact* objection* source listened clarified restated answered proof raised_on closed_on"
    ),
    "visits": "date* contacts goal* expected_result actual_result next_step",
    "actions": "what* owner* due* status about customer_owner",
    "ideal_customer": "attribute* weight* score",
    "resources": "resource owner committed needed",
    "reviews": "reviewed_on* reviewer* subject* score* rep_score comment agreed_action due",
}  # fmt: skip

COLUMNS_OF_THE_FIRST_TEMPLATE = {
    "deal": 13, "profile": 24, "org_units": 4, "contacts": 25, "trust": 11, "wins": 12, "stage_evidence": 5, "needs": 11,
    "competition": 3, "swot": 3, "strengths": 3, "negotiation": 10, "objections": 10, "visits": 6, "actions": 5,
    "ideal_customer": 3, "resources": 4, "reviews": 6,
}  # fmt: skip

BOUNDS = {
    "deal.amount": "> 0", "profile.scale": "1 5", "profile.industry_attractiveness": "1 5", "profile.profitability": "1 5",
    "profile.share_of_our_sales": "0 1", "profile.pest.social.impact": "-2 2", "profile.five_forces.rivalry": "1 5",
    "trust.ratings.sincerity.rating": "0 5", "needs.impact": "1 10", "needs.confidence": "1 10", "needs.ease": "1 10",
    "competition.weight": "> 0", "competition.our_score": "0 5", "swot.weight": "1 5",
    "negotiation.our_alternative_strength": "1 5", "negotiation.customer_alternative_strength": "1 5",
    "ideal_customer.weight": "> 0", "ideal_customer.score": "0 5",
}  # fmt: skip

PICKLISTS = {
    "deal.stage": "ProcurementStage", "deal.outcome": "Outcome", "org_units.kind": "OrgUnitKind", "contacts.position_class": "PositionClass",
    "contacts.level": "OrgLevel", "contacts.influence": "Influence", "contacts.support": "Support",
    "contacts.contact_frequency": "ContactFrequency", "contacts.response_mode": "ResponseMode",
    "contacts.style": "SocialStyle", "contacts.post_status": "PostStatus", "contacts.evidence_grade": "EvidenceGrade",
    "contacts.counterpart_level": "OrgLevel", "trust.ratings.professional.evidence_grade": "EvidenceGrade",
    "trust.ratings.expertise.evidence_grade": "EvidenceGrade", "trust.ratings.relationship.evidence_grade": "EvidenceGrade",
    "trust.ratings.sincerity.evidence_grade": "EvidenceGrade", "wins.role": "BuyingRole",
    **{f"wins.statuses.{place}": "WinStatus" for place in range(1, 7)}, "wins.evidence_grade": "EvidenceGrade",
    "stage_evidence.stage": "ProcurementStage", "stage_evidence.criterion": "StageCriterion",
    "needs.spin_type": "SpinType", "needs.aspect": "FiveWTwoH", "needs.need_state": "NeedState",
    "needs.need_level": "NeedLevel", "swot.quadrant": "SwotQuadrant", "objections.source": "ObjectionSource",
    "actions.status": "ActionStatus",
}  # fmt: skip

DATES = {
    "deal.close_date", "deal.stage_since", "deal.quoted_on", "deal.as_of", "deal.outcome_on", "contacts.post_since", "contacts.assessed_on",
    "contacts.last_contact", "trust.rated_on", "stage_evidence.done_on", "objections.raised_on", "objections.closed_on",
    "visits.date", "actions.due", "reviews.reviewed_on", "reviews.due",
}  # fmt: skip
YES_NO = {
    *(f"profile.key_account.{q}" for q in ("large", "future_profit", "leads_us", "must_not_be_lost")),
    "org_units.project_related", "contacts.wants_our_success", "stage_evidence.done", "objections.listened",
    "objections.clarified", "objections.restated", "objections.answered", "resources.committed", "resources.needed",
}  # fmt: skip
MONEY = {
    "deal.amount", "negotiation.opening_price", "negotiation.target_price", "negotiation.walk_away_price",
    "negotiation.customer_walk_away",
}  # fmt: skip
NAMES_OF_CONTACTS = {
    "contacts.reports_to", "trust.contact", "wins.contact", "needs.contact", "objections.contact", "visits.contacts",
    "contacts.influenced_by", "actions.customer_owner",
}  # fmt: skip


FIELDS = [(table, field) for table in TABLES for field in table.fields]
every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
every_field = pytest.mark.parametrize(
    ("table", "field"), FIELDS, ids=[f"{table.code}.{field.code}" for table, field in FIELDS]
)


def named(path):
    table, _, code = path.partition(".")
    return TABLE[table].by_code[code]


def cells(line):
    """The cells of a table as (code, required), in the words of the specification."""
    found = []
    for word in re.findall(r"[\w.]+(?:\([^)]*\))?\*?", line):
        name, _, members = word.rstrip("*").rstrip(")").partition("(")
        codes = [f"{name}.{member}" for member in members.split(",")] if members else [name]
        found += [(code, word.endswith("*")) for code in codes]
    return found


class TestEveryField:
    """Field names are the codes; `*` = required."""

    def test_the_tables_are_the_specified_ones(self):
        assert {table.code for table in TABLES} == set(SPECIFIED)
        assert set(WarMap.model_fields) == {*SPECIFIED, "snapshots"}

    @every_table
    def test_every_field_exists_under_its_code_and_no_other(self, table):
        assert {field.code for field in table.fields} == {code for code, _ in cells(SPECIFIED[table.code])}

    def test_a_later_column_says_since_which_template_it_is_there(self):
        """Else older workbooks, which cannot have it, are asked for it (DV102)."""
        counted = {table.code: sum(field.since == 1 for field in table.fields) for table in TABLES}
        assert counted == COLUMNS_OF_THE_FIRST_TEMPLATE, "a new column is declared with since=<TEMPLATE_VERSION>"

    @every_table
    def test_required_is_what_is_marked_so(self, table):
        marked = {code for code, required in cells(SPECIFIED[table.code]) if required}
        assert {field.code for field in table.fields if field.required} == marked

    def test_the_competitors_columns_are_open(self):
        assert [table.code for table in TABLES if table.open_field is not None] == ["competition"]
        rival = TABLE["competition"].open_field
        assert (rival.low, rival.high) == (0, 5)

    @pytest.mark.parametrize(("path", "limits"), BOUNDS.items())
    def test_numbers_are_bounded_as_specified(self, path, limits):
        field = named(path)
        said = f"> {field.above:g}" if field.above is not None else f"{field.low:g} {field.high:g}"
        assert said == limits

    @pytest.mark.parametrize(("path", "enum"), PICKLISTS.items())
    def test_picklists_come_from_the_vocabulary(self, path, enum):
        assert named(path).kind is Kind.PICK
        assert named(path).enum is getattr(vocabulary, enum)

    @pytest.mark.parametrize(
        ("kind", "paths"),
        [
            (Kind.PICK, set(PICKLISTS)), (Kind.DATE, DATES), (Kind.YES_NO, YES_NO), (Kind.MONEY, MONEY),
            (Kind.TICK, {f"contacts.buying_roles.{role}" for role in ("coach", "user", "technical", "economic")}),
            (Kind.WHOLE, {"contacts.decision_order"}), (Kind.GIVE_GET, {"negotiation.concessions"}),
            (Kind.NAMES, {"visits.contacts", "strengths.answers", "actions.about", "contacts.influenced_by"}),
        ],
        ids=lambda value: value.value if isinstance(value, Kind) else "",
    )  # fmt: skip
    def test_kinds_of_cell(self, kind, paths):
        assert {f"{table.code}.{field.code}" for table, field in FIELDS if field.kind is kind} == paths

    def test_names_of_contacts_are_known_to_be_such(self):
        assert {f"{table.code}.{field.code}" for table, field in FIELDS if field.ref == "contacts"} == NAMES_OF_CONTACTS


class TestLabels:
    """Everything is bilingual: a stable code, a Chinese label and an English label, and help beside it."""

    @every_field
    def test_both_languages(self, table, field):
        for text in (field.label, field.help):
            assert text.zh.strip() == text.zh != ""
            assert text.en.strip() == text.en != ""
            assert not HAN.search(text.en)

    @every_field
    def test_help_fits_an_input_message(self, table, field):
        assert max(len(field.help.zh), len(field.help.en)) <= EXCEL_MESSAGE

    @every_table
    def test_a_table_says_what_it_is_for(self, table):
        for text in (table.label, table.about.purpose):
            assert text.zh
            assert text.en
            assert not HAN.search(text.en)


class TestHeadersOfATab:
    """No header names two columns: within a table never, and on a tab with several tables not between them either."""

    every_tab = pytest.mark.parametrize("tab", [tab for tab in TABS if tab.tables], ids=lambda tab: tab.code)

    def test_every_table_lies_on_one_tab(self):
        assert Counter(code for tab in TABS for code in tab.tables) == Counter(list(SPECIFIED))

    @every_tab
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_label_stands_once_on_a_tab(self, tab, lang):
        heads = [header_key(field.label.to(lang)) for code in tab.tables for field in TABLE[code].fields]
        assert [head for head, count in Counter(heads).items() if count > 1] == []

    @every_tab
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_header_row_of_a_tab_reads_as_each_of_its_tables(self, tab, lang):
        heads = [(code, field.code, field.label.to(lang)) for code in tab.tables for field in TABLE[code].fields]
        row = [label for _, _, label in heads]
        for code in tab.tables:
            siblings = frozenset().union(*(labels(TABLE[other]) for other in tab.tables if other != code))
            found = match_header(TABLE[code], row, others=siblings - labels(TABLE[code]))
            own = {field: place for place, (table, field, _) in enumerate(heads) if table == code}
            assert {field: place for field, place in found.columns.items() if not field.startswith("scores.")} == own
            assert found.lang == lang
            assert found.missing == ()

    @every_table
    def test_every_spelling_reads_to_its_column(self, table):
        known = spellings(table)
        for field in table.fields:
            for words in (field.code, field.label.zh, field.label.en, *field.aliases):
                assert known[header_key(words)][0] == field.code


class TestRoomInTheWorkbook:
    """Inputs are named `wm_<table>`, header row included; no table lies on another."""

    def test_every_table_has_a_place(self):
        assert set(placements()) == set(SPECIFIED)

    def test_tables_side_by_side_do_not_overlap(self):
        for tab in TABS:
            spans = sorted((placements()[code].left, placements()[code].width) for code in tab.tables)
            for (left, width), (after, _) in pairwise(spans):
                assert left + width < after

    @pytest.mark.parametrize(("code", "least"), [("contacts", 60), ("stage_evidence", 16)])
    def test_room_for_what_the_method_asks(self, code, least):
        assert placements()[code].room >= least

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_builds_without_a_warning_of_the_writer(self, lang):
        assert build_workbook(lang=lang)[:2] == b"PK"
