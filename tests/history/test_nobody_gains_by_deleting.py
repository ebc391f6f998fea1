"""Nobody gains by deleting (specification, section 3): what changed says which rise comes from a removal, and of what."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scores.random_maps import maps
from warmap.judgement import judge
from warmap.model import TABLE, TABLES
from warmap.reading import read_document
from warmap.scrutiny import MOST_PIECES, marked_changes
from warmap_app.main import main
from warmap_workbook.samples import load_sample, sample_names

NEWS = {"deal": {"account": "甲", "as_of": "2026-06-30", "stage": "supplier_assessment"}}
ZHAO = {
    "name": "赵", "influence": "high", "support": "oppose", "evidence_grade": "stated", "contact_frequency": "frequent",
    "buying_roles": ["user"], "last_contact": "2026-06-20", "assessed_on": "2026-06-20", "influenced_by": ["钱"],
}  # fmt: skip
QIAN = {**ZHAO, "name": "钱", "support": "support", "influenced_by": []}
OBJECTION = {"contact": "钱", "objection": "太贵", "raised_on": "2026-03-01"}
OVERDUE = {"what": "演示", "owner": "林", "due": "2026-05-01", "status": "open", "about": ["钱"]}
PAST_VISIT = {"date": "2026-05-01", "goal": "见面", "contacts": ["钱"]}


def marked(before, after):
    old, new = (read_document({**NEWS, **data}).map for data in (before, after))
    return marked_changes(old, judge(new))


def words(before, after, lang="en"):
    return [one.note(lang) for one in marked(before, after)]


BOTH = {"contacts": [ZHAO, QIAN]}
CRITERIA = [{"criterion": "价格", "weight": 1, "our_score": 2, "scores": {"维持现状": 1, "凌岳": 4}},
            {"criterion": "质量", "weight": 1, "our_score": 3, "scores": {"维持现状": 1, "凌岳": 5}}]  # fmt: skip


class TestARemovalThatRaisesAScoreIsMarked:
    """Each removal that the specification names, in the words that cells and the terminal show."""

    @pytest.mark.parametrize(
        ("before", "after", "raised"),
        [
            (BOTH, {"contacts": [QIAN]}, "role_coverage"),
            (BOTH, {"contacts": [{**ZHAO, "support": None}, QIAN]}, "health"),
            (BOTH, {"contacts": [{**ZHAO, "influence": None}, QIAN]}, "health"),
            ({**BOTH, "objections": [OBJECTION]}, BOTH, "health"),
            ({**BOTH, "actions": [OVERDUE]}, BOTH, "health"),
            ({**BOTH, "visits": [PAST_VISIT]}, BOTH, "health"),
            ({**BOTH, "competition": CRITERIA},
             {**BOTH, "competition": [{**row, "scores": {"维持现状": 1}} for row in CRITERIA]}, "competition"),
        ],
        ids=["person", "support", "influence", "objection", "overdue action", "visit without result", "rival"],
    )  # fmt: skip
    def test_it_comes_first_with_a_sign_and_the_scores(self, before, after, raised):
        first = marked(before, after)[0]
        assert first.gained[raised] > 0
        assert first.note("en").startswith("▲ Removing this raised ")
        assert first.note("zh").startswith("▲ 删去它反而升了：")
        assert first.as_data()["raised_by_removing"][raised] == first.gained[raised]

    def test_a_person_counts_with_all_that_was_written_of_that_person(self):
        trust = [{"contact": "赵", "rated_on": "2026-06-01", "ratings": {"sincerity": {"rating": 0}}},
                 {"contact": "钱", "rated_on": "2026-06-01", "ratings": {"sincerity": {"rating": 2}}}]  # fmt: skip
        found = marked({**BOTH, "trust": trust}, {"contacts": [QIAN], "trust": trust[1:]})
        assert [(one.change.table, one.leads) for one in found] == [("contacts", True), ("trust", False)]
        assert found[0].gained["trust"] > 0, "the person alone, put back without its ratings, would not lower trust"
        assert found[1].note("zh") == "▲ 同上"

    def test_a_removal_that_raises_nothing_is_not_marked(self):
        closed = {**OBJECTION, "listened": True, "clarified": True, "restated": True, "answered": True,
                  "proof": "案例", "closed_on": "2026-03-02"}  # fmt: skip
        assert words({**BOTH, "objections": [closed]}, BOTH) == [""]
        assert words({"contacts": [{**QIAN, "notes": "x"}]}, {"contacts": [QIAN]}) == [""]


class TestAnyRemoval:
    """Whatever one takes away, a rise of health that comes of it is marked, and stands first."""

    @staticmethod
    def without_one_thing(draw, data):
        """A document with one row, cell or entry of a list less."""
        data = deepcopy(data)
        code = draw(st.sampled_from(sorted(code for code in data if data[code])))
        table = data[code]
        if isinstance(table, list):
            row = draw(st.integers(0, len(table) - 1))
            if draw(st.booleans()):
                del table[row]
                return data
            table = table[row]
        if keys := [key for key in table if key not in TABLE[code].about.key and key != "as_of"]:
            key = draw(st.sampled_from(keys))
            held = table[key]
            if isinstance(held, dict | list) and held:
                held.pop(draw(st.sampled_from(list(held))) if isinstance(held, dict) else 0)
            else:
                del table[key]
        return data

    @given(st.data())
    @settings(deadline=None, max_examples=300)
    def test_of_made_up_maps(self, data):
        before = data.draw(maps)
        self.look(before, self.without_one_thing(data.draw, before))

    @pytest.mark.parametrize("name", sample_names())
    @given(st.data())
    @settings(deadline=None, max_examples=40)
    def test_of_samples(self, name, data):
        before = load_sample(name, "zh")
        self.look(before, self.without_one_thing(data.draw, before))

    @staticmethod
    def look(before, after):
        old, new = (judge(read_document(data).map) for data in (before, after))
        if old.health.score is None or new.health.score is None or new.health.score <= old.health.score + 1e-9:
            return
        found = marked_changes(old.map, new)
        assert found[0].gained["health"] == pytest.approx(new.health.score - old.health.score)


def test_of_many_removals_the_last_are_looked_at_together():
    people = [{**ZHAO, "name": f"人{place}"} for place in range(MOST_PIECES + 8)]
    found = marked({"contacts": [QIAN, *people]}, {"contacts": [QIAN]})
    assert len(found) == len(people)
    assert sum(one.leads for one in found) == MOST_PIECES
    assert all(one.gained for one in found)


def test_removals_from_every_table_can_be_put_back():
    """All rows of a sample gone, and all cells of its records: every one of them is a removal."""
    full = read_document(load_sample("telecom_core_network", "zh")).map
    empty = read_document({"deal": {"as_of": "2026-06-30"}}).map
    found = marked_changes(full, judge(empty))
    assert {one.change.table for one in found} == {table.code for table in TABLES if getattr(full, table.code)}
    assert all(one.change.is_removal for one in found if one.change.field != "as_of")


WIN = {"contact": "钱", "role": "user", "statuses": {"reliability": "identified"}, "evidence_grade": "stated",
       "evidence": "会上说的"}  # fmt: skip
TRUST = {
    "contact": "钱",
    "rated_on": "2026-06-01",
    "ratings": {"sincerity": {"rating": 2, "evidence_grade": "stated"}},
}
MET = {"statuses": {"reliability": "met"}}
HIGHER = {"ratings": {"sincerity": {"rating": 3, "evidence_grade": "stated"}}}


class TestRaisedWithoutNewEvidence:
    """A support, a rating or a win status that is higher than before, with no new text, day or better grade beside it."""

    @pytest.mark.parametrize(
        ("table", "before", "after", "is_marked"),
        [
            ("contacts", QIAN, {"support": "strong_support"}, True),
            ("contacts", QIAN, {"support": "strong_support", "assessed_on": "2026-06-25"}, False),
            ("contacts", QIAN, {"support": "strong_support", "evidence_grade": "proven"}, False),
            ("contacts", QIAN, {"support": "strong_support", "evidence_grade": "guess"}, True),
            ("contacts", QIAN, {"support": "neutral"}, False),
            ("contacts", {**QIAN, "support": None}, {"support": "support"}, True),
            ("contacts", {**QIAN, "support": None}, {"support": "neutral"}, False),
            ("wins", WIN, MET, True),
            ("wins", WIN, {"statuses": {"reliability": "not_applicable"}}, True),
            ("wins", WIN, {**MET, "evidence": "验收单 6 月 20 日"}, False),
            ("wins", WIN, {**MET, "evidence": "TBD"}, True),
            ("wins", WIN, {**MET, "evidence_grade": "proven"}, False),
            ("trust", TRUST, HIGHER, True),
            ("trust", TRUST, {**HIGHER, "evidence": "他自己来通报了坏消息"}, False),
            ("trust", TRUST, {"ratings": {"sincerity": {"rating": 3, "evidence_grade": "proven"}}}, False),
            ("trust", TRUST, {"ratings": {"sincerity": {"rating": 1, "evidence_grade": "stated"}}}, False),
        ],
    )
    def test_a_change(self, table, before, after, is_marked):
        start = {"contacts": [QIAN]}
        (one, *_) = marked({**start, table: [before]}, {**start, table: [{**before, **after}]})
        assert (one.note("en") == "▲ Raised without new evidence") is is_marked
        assert one.is_unproven is is_marked

    @pytest.mark.parametrize(
        ("row", "is_marked"),
        [
            ({"ratings": {"sincerity": {"rating": 3}}}, True),
            ({"ratings": {"sincerity": {"rating": 3, "evidence_grade": "guess"}}}, False),
            ({"ratings": {"sincerity": {"rating": 3}}, "evidence": "他说的"}, False),
            ({"ratings": {"sincerity": {"rating": 2}}}, False),
            ({"ratings": {"expertise": {"rating": 1}}}, True),
        ],
    )
    def test_a_new_row_of_ratings_is_compared_with_what_held_before(self, row, is_marked):
        new = {"contact": "钱", "rated_on": "2026-06-20", **row}
        (one,) = marked({"contacts": [QIAN], "trust": [TRUST]}, {"contacts": [QIAN], "trust": [TRUST, new]})
        assert one.is_unproven is is_marked

    def test_it_stands_before_the_other_changes(self):
        found = marked(
            {"contacts": [{**QIAN, "title": "x"}, {**QIAN, "name": "李"}]},
            {"contacts": [{**QIAN, "title": "y"}, {**QIAN, "name": "李", "support": "strong_support"}]},
        )
        assert [one.change.field for one in found] == ["support", "title"]


def test_diff_shows_the_marks_in_text_and_json(tmp_path, capsys):
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, people in zip(paths, (BOTH["contacts"], [QIAN]), strict=True):
        path.write_text(json.dumps({**NEWS, "contacts": people}), "utf-8")
    assert main(["diff", *map(str, paths), "--lang", "en"]) == 0
    assert "▲ Removing this raised Health by" in capsys.readouterr().out
    assert main(["diff", *map(str, paths), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)["changes"][0]
    assert (first["change"], first["row"]) == ("removed", ["赵"])
    assert first["raised_by_removing"]["health"] > 0
    assert "raised_without_evidence" not in first
