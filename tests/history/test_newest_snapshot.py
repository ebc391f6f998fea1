"""What a map is compared with: the newest snapshot that holds something else, within the rows that cells are given."""

from __future__ import annotations

from datetime import date

import pytest

from warmap import history
from warmap.earlier import newest_of
from warmap.evaluation import scores
from warmap.judgement import judge
from warmap.reading import read_document
from warmap.worksheet.declaration import NEWEST
from warmap.worksheet.ranges import parse_newest
from warmap_workbook.ooxml import read_book
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

MAP = read_document(load_sample("manufacturer_mes", "zh")).map


def with_objective(words):
    return MAP.model_copy(update={"deal": MAP.deal.model_copy(update={"objective": words})})


def taken(war_map, day):
    return history.snapshot_of(war_map, scores(judge(war_map)), day, "李")


def held(*snapshots):
    return MAP.model_copy(update={"snapshots": list(snapshots)})


def range_of(war_map):
    """The cells behind the name that functions are given."""
    book = read_book(build_workbook(war_map, "zh"))
    sheet, box = book.named_range(NEWEST.range_name)
    return tuple(
        tuple(sheet.value(row, column) for column in range(box.c1, box.c2 + 1)) for row in range(box.r1, box.r2 + 1)
    )


def befores(war_map):
    """What a map is compared with: by itself, and as the cells of its workbook see it."""
    judgement = judge(war_map)
    return newest_of(judgement).before(judgement), parse_newest(range_of(war_map)).before(judgement)


APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


def test_without_a_snapshot_there_is_nothing_to_compare_with():
    assert befores(MAP) == (None, None)


def test_the_newest_snapshot_that_differs_counts_so_that_a_submitted_copy_tells_of_its_own_week():
    april, may, june = (
        taken(with_objective("四月"), APRIL),
        taken(with_objective("五月"), MAY),
        taken(MAP, JUNE),
    )
    for snapshots, day in (([april, may], MAY), ([april, may, june], MAY), ([april, june], APRIL)):
        for before in befores(held(*snapshots)):
            assert before.taken_on == day
            assert before.map.deal.objective == {APRIL: "四月", MAY: "五月"}[day]
    assert befores(held(june)) == (None, None)


def test_scores_of_another_version_of_the_method_are_judged_anew():
    now = taken(with_objective("x"), MAY)
    wrong = {**now.scores, "health": 99.0}
    settings = judge(MAP).settings
    for stored, health in (
        (wrong, 99.0),
        ({**wrong, history.METHOD: "1"}, now.scores["health"]),
        ({"health": 99.0}, now.scores["health"]),
    ):
        for before in befores(held(now.model_copy(update={"scores": stored}))):
            assert before.scores(settings)["health"] == pytest.approx(health)


def test_scores_that_are_none_are_not_assessed():
    now = taken(with_objective("x"), MAY)
    wrong = {"health": [1], "trust": True, "band": 3, "win": float("inf"), "needs": "0.5"}
    spoilt = now.model_copy(update={"scores": {**now.scores, **wrong}})
    for before in befores(held(spoilt)):
        figures = before.scores(judge(MAP).settings)
        assert {figures[code] for code in wrong} == {None}


def test_cells_are_given_as_many_rows_as_the_method_looks_at(monkeypatch):
    monkeypatch.setattr(history, "LONGEST_PIECE", 4_000)
    rows = len(list(history.rows_of([taken(MAP, MAY)])))
    fit = history.NEWEST_ROWS // rows
    same = [taken(MAP, JUNE)] * fit
    assert befores(held(taken(with_objective("x"), MAY), *same)) == (None, None)
    assert all(before.taken_on == MAY for before in befores(held(taken(with_objective("x"), MAY), *same[1:])))
