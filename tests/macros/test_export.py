"""Export: JSON that every command reads back, CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import json

from macro_desk import blank, sample

from warmap.history import content
from warmap.reading import read_document
from warmap_app.load import load
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook


def rows_of(path):
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))


def exported(at, name):
    words = at.press(name)
    (made,) = at.files()
    assert made in words
    return at.folder / made


def test_the_json_reads_back_as_the_same_map_and_holds_the_scores(desk, lang):
    at = desk(sample(lang))
    path = exported(at, "export_json")
    loaded = load(path)
    assert content(loaded.map) == content(read_workbook(sample(lang)).map)
    assert loaded.map.deal.as_of == read_workbook(sample(lang)).map.deal.as_of
    assert loaded.passed
    judged = json.loads(path.read_text("utf-8"))["evaluation"]
    assert judged["scores"]["role_coverage"] > 0
    assert judged["language"] == lang
    assert path.name.endswith("_2026-06-30.json")


def test_the_csv_folder_has_a_file_for_each_table_in_use_and_for_the_results(desk, lang):
    at = desk(sample(lang))
    folder = exported(at, "export_csv")
    names = {path.name for path in folder.iterdir()}
    assert {
        "deal.csv",
        "contacts.csv",
        "trust.csv",
        "scores.csv",
        "red_flags.csv",
        "next_actions.csv",
        "check.csv",
    } <= names
    rows = rows_of(folder / "contacts.csv")
    war_map = read_workbook(sample(lang)).map
    assert [row[0] for row in rows[1:]] == [contact.name for contact in war_map.contacts]
    assert rows[0][0] == {"zh": "姓名", "en": "Name"}[lang]
    deal = dict(rows_of(folder / "deal.csv"))
    assert deal[{"zh": "评估日", "en": "Judged as of"}[lang]] == "2026-06-30"


def test_an_empty_map_exports_its_results_only(desk, lang):
    names = {path.name for path in exported(desk(blank(lang)), "export_csv").iterdir()}
    assert names <= {
        "scores.csv",
        "red_flags.csv",
        "next_actions.csv",
        "check.csv",
        "profile.csv",
        "deal.csv",
        "negotiation.csv",
    }


def test_what_looks_like_a_formula_is_quoted(desk, tmp_path):
    document = {"deal": {"account": "=1+1", "opportunity": "@x"}, "contacts": [{"name": "+49 Bob", "notes": "-1"}]}
    at = desk(build_workbook(read_document(document).map, "en"))
    folder = exported(at, "export_csv")
    for path in folder.iterdir():
        for row in rows_of(path):
            assert not [cell for cell in row if cell.startswith(("=", "@", "+", "\t"))]


def test_nothing_is_overwritten(desk):
    at = desk(sample("en"))
    for name in ("export_json", "export_json", "export_csv", "export_csv"):
        at.press(name)
    assert len(at.files()) == 4
