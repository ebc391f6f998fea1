"""Workbooks that people could hand in, each a sample with one thing changed: what must be found, where, and what is read.

The files were saved by a program without the functions, so DV305 (results not stored) may stand beside any finding.
Everything else must be exactly what is wanted: found at its cell, and nothing else anywhere.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from warmap.parsing.problems import is_blank
from warmap.terms import HealthBand
from warmap_workbook.reading.read import read_workbook

HERE = Path(__file__).parent
MAY_STAND_BESIDE = {"DV003", "DV305"}  # they are made on the first template
OF_THE_SAMPLE = {("DV210", "Negotiation", "B7"), ("DV210", "谈判", "B7")}
"""The target of a sample is below its walk-away price: that is the story it tells."""


def dv(code, sheet, *cells):
    return {(code, sheet, cell) for cell in cells}


NAMED_AS_BEFORE = (  # who is called "Smith, John" now is still "Shen Guoliang" there
    dv("DV206", "People", "F13") | dv("DV206", "Trust", "A10") | dv("DV206", "Wins", "A10")
    | dv("DV206", "Needs", "A9") | dv("DV206", "Negotiation", "E7") | dv("DV206", "Actions", "E6", "H10", "H12")
)  # fmt: skip
PLACEHOLDERS = (
    dv("DV401", "Deal", "B7", "B17")
    | dv("DV401", "Trust", *(f"K{row}" for row in range(8, 16)))
    | dv("DV401", "Wins", *(f"{column}{row}" for column in "KL" for row in range(10, 13)))
    | dv("DV401", "Stages", *(f"D{row}" for row in range(6, 14)))
)

# file, (code, sheet, cell) of everything that is found
FOUND = [
    ("amt12", dv("DV203", "Deal", "B8")),
    ("f03a", dv("DV210", "Trust", "C8")),
    ("j03_percent_format_rating", dv("DV210", "Trust", "C8") | dv("DV210", "Competition", "B6")),
    ("j04_wan_format", dv("DV210", "Deal", "B8")),
    ("p_amount_in_wan", dv("DV210", "商机", "B8")),
    ("s02_1904_general_serial", set()),
    ("l01_1904_consistent", set()),
    ("i08_future", dv("DV205", "Actions", "C6", "G6") | dv("DV205", "Deal", "B10", "B12")),
    ("j01_past_dates_in_future",
     dv("DV205", "Deal", "B12", "B15") | dv("DV205", "People", "O6", "S6", "X6") | dv("DV205", "Trust", "B8")
     | dv("DV205", "Stages", "E6") | dv("DV205", "Negotiation", "M6", "N8")),
    ("c01_today_asof", dv("DV211", "Deal", "B16")),
    ("c03_influence_no_cache", dv("DV212", "People", "L6", "S6")),
    ("D3_formula_no_stored_result", dv("DV212", "Deal", "B7")),
    ("c05_ext_zero_names", dv("DV211", "People", "A15", "B15", "A16")),
    ("c07_checkbox_false_rows", set()),
    ("c10_total_row", dv("DV105", "Competition", "A11")),
    ("c12_repeated_header", dv("DV105", "People", "A15")),
    ("d02_people2_edited", {("DV104", "People (2)")}),
    ("f01_dm_beyond", dv("DV104", "People", "A66")),
    ("i01_merged_contact", dv("DV104", "Trust", "A10")),
    ("i02_merged_support", dv("DV104", "People", "M7")),
    ("m05_unknown_both", dv("DV103", "Needs", "L5") | dv("DV103", "Deal", "A18")),
    ("d04_all_names_ref", {("DV307",)}),
    ("d09_google_dummy", {("DV305",)}),
    ("D2_values_only_forged_score", {("DV307",)}),
    ("p_home_overwritten", dv("DV301", "Home", "B3", "J3", "B6", "D6")),
    ("e01_space_ref", set()),
    ("p_names_spacing_zh", dv("DV206", "赢标准", "A10", "A11")),  # 李总 and a name with a remark are nobody
    ("e03_twice", dv("DV207", "关键人", "A15")),
    ("e04b_zwsp_ref", set()),
    ("e08_comma", NAMED_AS_BEFORE),
    ("h1_plain", set()),
    ("h10_dup_zwsp", set()),
    ("wk46/deal", set()),
    ("wk47/deal (1)", set()),
    ("o01_x_among_ticks", dv("DV202", "关键人", "H6", "I6", "K6", "H7", "I7", "K7")),
    ("n06_two_roles", dv("DV202", "Wins", "B10", "B11")),
    ("p_stages_without_evidence", set()),
    ("p_tbd_evidence", PLACEHOLDERS),
    ("D1_blank_bmp", set()),
    ("D1_vml_shapes", set()),
    ("D6_cell_type_zz", dv("DV203", "Deal", "B7")),
    ("D7_dde_formula", dv("DV502", "Deal", "E40")),
    ("D8_space_in_row_30000", dv("DV104", "Deal", "A30000")),
]  # fmt: skip


def reading(name):
    return read_workbook(HERE / f"{name}.xlsx")


def rows(table):
    return [pytest.param(name, *rest, id=name) for name, *rest in table]


@pytest.mark.parametrize(("name", "wanted"), rows(FOUND))
def test_what_is_found_is_what_is_wanted_and_nothing_else(name, wanted):
    found = {(one.code, one.sheet, one.cell) for one in reading(name).findings}
    beside = {one for one in found if one[0] in MAY_STAND_BESIDE} | (found & OF_THE_SAMPLE)
    matched = {one for one in found for some in wanted if one[: len(some)] == some}
    assert found - beside - matched == set(), "nothing that was not wanted"
    assert [some for some in wanted if not any(one[: len(some)] == some for one in found)] == [], "all that is wanted"


@pytest.mark.parametrize("name", [name for name, *_ in FOUND])
def test_the_first_template_is_read_and_said_to_be_older(name):
    told = [(one.code, one.severity.value) for one in reading(name).findings if one.code == "DV003"]
    assert told == [("DV003", "minor")]


def deal(field):
    return lambda war_map: getattr(war_map.deal, field)


def rating(row):
    return lambda war_map: next(iter(war_map.trust[row].ratings.values())).rating


# file, where to look in the map, the value that counts
READ = [
    ("amt12", deal("amount"), None),
    ("j04_wan_format", deal("amount"), Decimal(1280)),
    ("p_amount_in_wan", deal("amount"), Decimal(3860)),
    ("s02_1904_general_serial", deal("close_date"), date(2026, 6, 26)),
    ("l01_1904_consistent", deal("close_date"), date(2026, 6, 26)),
    ("c03_influence_no_cache", lambda m: m.contacts[0].influence, None),
    ("c05_ext_zero_names", lambda m: [c.name for c in m.contacts].count("0"), 0),
    ("c10_total_row", lambda m: [c.criterion for c in m.competition].count("Total"), 0),
    ("c12_repeated_header", lambda m: [c.name for c in m.contacts].count("Name"), 0),
    ("f01_dm_beyond", lambda m: [c.name for c in m.contacts].count("Big Boss"), 0),
    ("e08_comma", lambda m: [v.contacts for v in m.visits if "Smith, John" in v.contacts or "Smith" in v.contacts],
     [["Smith, John"]]),
    ("p_tbd_evidence", deal("objective"), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "look", "value"), rows(READ))
def test_what_counts_is_what_was_meant(name, look, value):
    assert look(reading(name).map) == value


def said(name, code):
    """The messages of one check in English, as one text."""
    return "\n".join(one.message("en") for one in reading(name).findings if one.code == code)


# file, code, words that its messages must hold
SAID = [
    ("amt12", "DV203", ["12.800", "12,800"]),
    ("p_amount_in_wan", "DV210", ["3,860", "35,800,000"]),
    ("i08_future", "DV205", ["2613", "2612", "9999"]),
    ("p_home_overwritten", "DV301", ["B3", "J3", "B6", "D6"]),
    ("d02_people2_edited", "DV104", ["People (2)"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code", "words"), rows(SAID))
def test_messages_quote_what_was_entered_and_where(name, code, words):
    messages = said(name, code)
    places = " ".join(one.cell for one in reading(name).findings if one.code == code)
    assert [word for word in words if word not in messages and word not in places] == []


@pytest.mark.parametrize("name", ["p_settings_untouched", "p_settings_changed"])
def test_the_cells_of_a_workbook_go_by_its_own_settings(name):
    health = reading(name).judgement.health
    assert health.score == pytest.approx(21.263821804954205)
    assert health.band is (HealthBand.RED if name.endswith("untouched") else HealthBand.GREEN)


def test_sixteen_ticks_without_evidence_are_claimed_and_earn_no_stage():
    assert reading("p_stages_without_evidence").judgement.scores["stage_reached"] == 1


@pytest.mark.parametrize("name", [name for name, *_ in FOUND])
def test_every_message_speaks_both_languages_and_quotes_no_blank(name):
    for one in reading(name).findings:
        for lang in ("zh", "en"):
            assert not is_blank(one.message(lang))
            assert "{" not in one.message(lang) + one.hint(lang)
