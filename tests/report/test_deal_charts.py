"""The charts of one deal: what the map says, drawn inside the field, with text as text and the same bytes every time."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmap._version import METHOD_VERSION
from warmap.history import METHOD
from warmap.judgement import Judgement
from warmap.model import Snapshot
from warmap.reading import read_document
from warmap.scores.stage import stage_gates
from warmap.terms import ProcurementStage
from warmap.text import LANGUAGES
from warmap_app.report.deal_charts import BOTTOM, LEFT, NO_SNAPSHOTS, RIGHT, TOP, chart
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.history_sheet import LINES

SVG = "{http://www.w3.org/2000/svg}"
KINDS = ("trend", "stages")
ODD = "<script>alert(1)</script> & \"Co\" 'x'\u202e\x07"


FIGURES = st.one_of(
    st.none(), st.floats(allow_nan=False), st.integers(-(10**30), 10**30), st.text(max_size=3), st.booleans()
)


def judged(document, scores=()):
    """The map judged, with a snapshot of so many scores by their codes."""
    war_map = read_document(document).map
    days = [date(2026, 1, 5) + timedelta(days=7 * week) for week in range(len(scores))]
    taken = [Snapshot(taken_on=day, map={"deal": {}}, scores={METHOD: METHOD_VERSION, **one}) for day, one in zip(days, scores, strict=True)]  # fmt: skip
    return Judgement(war_map.model_copy(update={"snapshots": taken}))


def sample(name="port_logistics", lang="en", scores=()):
    return judged(load_sample(name, lang), scores)


def words(drawing):
    return [one.text for one in ET.fromstring(drawing).iter(f"{SVG}text")]


def lines(drawing):
    """The points of each line, in the order of LINES, a line with gaps in several parts."""
    return [
        [tuple(map(float, point.split(","))) for point in one.get("points").split()]
        for one in ET.fromstring(drawing).iter(f"{SVG}polyline")
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sample_names())
def test_of_every_sample_the_same_bytes_with_the_deals_name_as_text(name, lang, kind):
    judgement = sample(name, lang)
    drawing = chart(judgement, kind, lang)
    assert drawing == chart(sample(name, lang), kind, lang)
    assert any(said.startswith(judgement.map.deal.account) for said in words(drawing))
    root = ET.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_typed_is_text_and_nothing_else(kind):
    drawing = chart(judged({"deal": {"account": ODD, "opportunity": "R&D ]]>"}}), kind, "en")
    assert "<script" not in drawing
    assert "\u202e" not in drawing
    assert "<script>alert(1)</script> & \"Co\" 'x' — R&D ]]>" in words(drawing)


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_empty_map_there_is_a_chart_too(kind):
    assert words(chart(judged({"deal": {}}), kind, "zh"))


class TestTrend:
    def test_a_point_a_snapshot_and_one_for_now(self):
        judgement = sample(scores=[{"health": 20.0}, {"health": 40.0}])
        health = lines(chart(judgement, "trend", "en"))[0]
        assert [point[0] for point in health] == [LEFT, (LEFT + RIGHT) / 2, RIGHT]
        height = (BOTTOM - TOP) / 100
        figures = [20.0, 40.0, judgement.scores["health"]]
        assert [point[1] for point in health] == [pytest.approx(BOTTOM - height * one, abs=0.06) for one in figures]

    def test_a_gap_where_a_score_is_not_known(self):
        first, *_, last = [{"health": 20.0, "trust": 50.0}, {"health": 30.0}, {"health": 30.0, "trust": 70.0}]
        drawn = lines(chart(sample(scores=[first, {"health": 30.0}, last]), "trend", "en"))
        assert [len(one) for one in drawn if len(one) < 4][-2:] == [1, 2]

    def test_a_word_says_how_points_come_about_while_there_are_none(self):
        assert NO_SNAPSHOTS.en in words(chart(sample(), "trend", "en"))
        assert NO_SNAPSHOTS.en not in words(chart(sample(scores=[{"health": 1.0}]), "trend", "en"))

    def test_days_do_not_stand_upon_each_other(self):
        drawing = chart(sample(scores=[{"health": 10.0}] * 16), "trend", "en")
        days = [float(one.get("x")) for one in ET.fromstring(drawing).iter(f"{SVG}text") if re.fullmatch(r"2026-\d\d-\d\d|now", one.text)]  # fmt: skip
        assert 3 < len(days) <= 5
        assert min(b - a for a, b in pairwise(days)) > 50

    @given(st.lists(st.fixed_dictionaries(dict.fromkeys(LINES, FIGURES)), max_size=20))
    @settings(deadline=None)
    def test_whatever_a_snapshot_says_everything_is_inside(self, scores):
        drawing = chart(sample(scores=scores), "trend", "en")
        for x, y in (point for line in lines(drawing) for point in line):
            assert LEFT - 0.1 <= x <= RIGHT + 0.1
            assert TOP <= y <= BOTTOM
        names = [float(one.get("y")) for one in ET.fromstring(drawing).iter(f"{SVG}text") if one.get("style")]
        assert len(names) == len(LINES)
        assert all(b - a > 14 for a, b in pairwise(names))
        assert names[-1] < BOTTOM + 30


class TestStages:
    @pytest.mark.parametrize("name", sample_names())
    def test_each_stage_with_what_is_done_of_it(self, name):
        judgement = sample(name)
        said = words(chart(judgement, "stages", "en"))
        for stage in ProcurementStage:
            gates = [line for line in stage_gates(judgement) if line.stage is stage]
            figure = said[said.index(f"{stage.number} {stage.label.en}") + 1]
            assert figure.split()[0] == f"{sum(one.done for one in gates)}/{len(gates)}"

    def test_where_the_deal_is_said_to_be_and_where_it_is(self):
        drawing = chart(judged({"deal": {"stage": "contract_signing"}}), "stages", "en")
        said = words(drawing)
        assert [one for one in said if "◀" in one] == ["0/3 ◀ earned", "0/2 ◀ claimed"]
        both = chart(judged({"deal": {"stage": "need_identification"}}), "stages", "zh")
        assert [one for one in words(both) if "◀" in one] == ["0/3 ◀ 申报与实际都在此"]
