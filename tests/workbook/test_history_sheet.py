"""The sheet “history”: what changed, and the snapshots as a table, with none, one and many, in both languages."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest

from warmap import history
from warmap.earlier import MOST_SHOWN, SHOWN, SHOWN_AT, sheet_rows
from warmap.evaluation import scores
from warmap.judgement import judge
from warmap.layout import tab_name
from warmap.reading import read_document
from warmap.settings import default_settings
from warmap.text import LANGUAGES
from warmap_app.own_functions import OwnFunctions
from warmap_udfs.dispatch import call
from warmap_workbook.computed import BLOCK
from warmap_workbook.editing.file_edits import with_history
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.history_sheet import NEWEST

BELOW = BLOCK["wm_what_changed"].row + BLOCK["wm_what_changed"].rows + 3  # the first row of the older snapshots
SHOWN_ROWS = [*range(7, 7 + NEWEST), *range(BELOW, BELOW + MOST_SHOWN - NEWEST)]
SCREEN = 768 - 248  # pixels of a laptop's, at 100 %, without the bars and the ribbon of the program


def with_snapshots(count, lang="zh"):
    """A sample with a history: each week the objective was another."""
    data = load_sample("telecom_core_network", lang)
    taken = []
    for place in range(count):
        was = read_document({**data, "deal": {**data["deal"], "objective": f"week {place}"}}).map
        day = was.deal.as_of - timedelta(7 * (count - place))
        taken.append(history.snapshot_of(was, scores(judge(was)), day, f"Rep {place}"))
    return read_document(data).map.model_copy(update={"snapshots": taken})


def rows_shown(content, lang):
    """The table of snapshots as its cells are stored, day and author first."""
    sheet = read_book(content).sheet(tab_name("history", lang))
    rows = [[sheet.value(row, column) for column in range(1, 3 + len(SHOWN))] for row in SHOWN_ROWS]
    return [row for row in rows if row[0]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 3, MOST_SHOWN + 2])
def test_the_table_shows_the_newest_snapshots_first(count, lang):
    held = with_snapshots(count, lang)
    rows = rows_shown(build_workbook(held, lang), lang)
    assert [row[1] for row in rows] == [f"Rep {place}" for place in reversed(range(count))][:MOST_SHOWN]
    if rows:
        health, band = rows[0][2], rows[0][2 + SHOWN.index("band")]
        assert health == pytest.approx(judge(held).health.score)
        assert band == {"zh": "● 绿", "en": "● Green"}[lang]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_cells_and_the_plain_module_say_the_same_of_what_changed(count):
    content = build_workbook(with_snapshots(count), "zh")
    book = read_book(content)
    block = BLOCK["wm_what_changed"]
    ranges = []
    for argument in block.function.arguments:
        found = book.named_range(argument.range_name) if argument.table else None
        ranges.append(found and [
            [found[0].value(row, column) for column in range(found[1].c1, found[1].c2 + 1)]
            for row in range(found[1].r1, found[1].r2 + 1)
        ])  # fmt: skip
    rows = call("WHAT_CHANGED", ranges)
    sheet = book.sheet(tab_name("history", "zh"))
    stored = [
        [sheet.value(block.row + row, column + 1) or "" for column in range(block.width)] for row in range(len(rows))
    ]
    assert stored == [[*row] for row in rows]
    assert len(rows) == (2 if count else 1)
    assert not [found for found in read_workbook(content).findings if found.code in {"DV301", "DV302", "DV303"}]


def test_the_newest_snapshots_and_what_changed_stand_on_the_first_screen():
    book = openpyxl.load_workbook(io.BytesIO(build_workbook(with_snapshots(3), "en")))
    sheet = book[tab_name("history", "en")]
    first_change = BLOCK["wm_what_changed"].row + 1  # below the line of the scores that moved
    heights = (sheet.row_dimensions[row].height or 15 for row in range(1, first_change + 1))
    assert sum(heights) * 4 / 3 <= SCREEN


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("before", "after"), [(0, 1), (2, 3), (MOST_SHOWN, MOST_SHOWN + 1), (3, 0)])
def test_the_cells_store_what_they_show_once_the_history_was_put_in(lang, before, after):
    """Excel shows what is stored until something is recalculated."""
    held = with_snapshots(after, lang)
    put_in = with_history(build_workbook(with_snapshots(before, lang), lang), held.snapshots, OwnFunctions())
    assert rows_shown(put_in, lang) == rows_shown(build_workbook(held, lang), lang)
    assert not [found for found in read_workbook(put_in).findings if found.code in {"DV301", "DV302", "DV303"}]


def test_the_figures_stand_beside_the_snapshots_whoever_writes_them():
    held = with_snapshots(3)
    built = read_book(build_workbook(held, "zh")).sheet("_history")
    put_in = read_book(with_history(build_workbook(with_snapshots(0), "zh"), held.snapshots, OwnFunctions())).sheet(
        "_history"
    )
    expected = [row[SHOWN_AT:] for row in sheet_rows(held.snapshots, default_settings())]
    for sheet in (built, put_in):
        found = [[sheet.value(row + 1, SHOWN_AT + 1 + column) or "" for column in range(len(expected[0]))]
                 for row in range(len(expected))]  # fmt: skip
        assert found == expected


def test_a_snapshot_of_the_first_version_is_judged_anew():
    held = with_snapshots(1)
    (one,) = held.snapshots
    first_version = one.model_copy(update={"scores": {"health": 1.0, "band": "red"}})
    assert (
        sheet_rows([first_version], default_settings())[1][SHOWN_AT:]
        == sheet_rows([one], default_settings())[1][SHOWN_AT:]
    )
