"""A year of weekly submissions through the store: every planted movement is found in its week, and nothing in any other."""

from __future__ import annotations

import os
from datetime import timedelta

import openpyxl
from made_year import kinds_planted, year

from warmap.names import key
from warmap.terms import STAGE_CRITERIA, ProcurementStage
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.office import Office
from warmap_app import clock
from warmap_app.portfolio import report_tables as tables
from warmap_app.portfolio.moves import Move
from warmap_app.portfolio.report_book import HEAD_ROW

DEALS, WEEKS = (300, 52) if os.environ.get("WARMAP_CORPUS") == "full" else (25, 9)
CRITERIA = [one.value for one in STAGE_CRITERIA[ProcurementStage.NEED_IDENTIFICATION]]
KINDS = {kind.label.en: kind for kind in Move}
WITH_HEALTH = {Move.STAGE, Move.EARNED}  # which health depends on
PLACE = tables.places(tables.STEPS)
LIVE = {2, WEEKS - 1}  # weeks whose workbook LibreOffice computes


def found_in(path):
    """The moves of a workbook: deal and kind; and whether every currency adds up."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book["Moves by deal"].iter_rows(min_row=HEAD_ROW + 2, values_only=True))
    found = {
        (tuple(key(str(row[PLACE[name]] or "")) for name in ("account", "opportunity")), KINDS[row[PLACE["kind"]]])
        for row in rows
    }
    marks = [row[-1] for row in book["Moves"].iter_rows(min_row=HEAD_ROW + 2, values_only=True) if row[-1]]
    return {one for one in found if one[1] is not Move.THEN}, marks


def test_every_planted_movement_is_found_in_its_week_and_in_no_other(tmp_path, run, keep, monkeypatch):
    planted = list(year(DEALS, WEEKS, criteria=CRITERIA))
    often = kinds_planted(planted[1:])
    assert set(often) == set(Move) - {Move.THEN, Move.REJUDGED}
    store, out = str(tmp_path / "year.db"), tmp_path / "week.xlsx"
    with Office() as office:
        for place, week in enumerate(planted):
            monkeypatch.setattr(clock, "today", lambda day=week.day: day)
            folder = tmp_path / "in"
            for file in folder.glob("*"):
                file.unlink()
            folder.mkdir(exist_ok=True)
            for name, data in week.files.items():
                (folder / name).write_bytes(data)
            if place:
                day = (week.day - timedelta(weeks=1)).isoformat()
                words = ("portfolio", "in", "--store", store, "--since", day, "-o", str(out), "--force", "--lang", "en")
                code, told, err = run(*words)
                assert code == 0, err
                found, marks = found_in(out)
                wanted = {((key(names[0]), key(names[1])), kind) for names, kind in week.moved}
                with_health = {deal for deal, kind in wanted if kind in WITH_HEALTH}
                found -= {(deal, Move.HEALTH) for deal in with_health}
                assert found == wanted, f"week {place}"
                assert set(marks) == {"✓"}
                assert "were restated" not in told
                if place in LIVE:
                    compared = compare_live(office, out)
                    assert compared.differences == []
                    assert compared.cells > 300
            keep(store, "in")
