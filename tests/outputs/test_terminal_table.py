"""The table on the terminal: the first findings, how many more there are, and what was checked."""

import pytest
from made_results import BELL, OVERRIDE, SCRIPT, result, several, unreadable, written

from warmap.text import LANGUAGES


@pytest.fixture
def table(capsys, monkeypatch):
    def show(results, lang="en", width=200):
        monkeypatch.setenv("COLUMNS", str(width))
        written("table", results, lang=lang)
        return capsys.readouterr().out

    return show


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_a_file_its_findings_and_the_sums(table, lang):
    said = table(several(lang), lang)
    assert {"zh": "4 个通过，4 个未通过", "en": "4 passed, 4 did not pass"}[lang] in said
    for words in ("good.json", "broken.xlsx", "DV002", "DV201", {"zh": "✗ 未通过", "en": "✗ not passed"}[lang]):
        assert words in said
    assert {"zh": "没有检查", "en": "Not checked"}[lang] in said


def test_thirty_findings_and_how_many_more(table):
    one = result(stage=None)
    one["findings"] *= 20
    said = table([{**one, "file": f"{number}.json"} for number in range(4)])
    assert said.count("DV201") == 30
    assert "… 50 more findings" in said


def test_a_file_that_passed_takes_no_room_from_one_that_failed(table):
    few = result("bad.json", stage=None)
    many = {**few, "file": "good.json", "passed": True, "findings": [few["findings"][0] | {"severity": "minor"}] * 40}
    said = table([many, few])
    place = said.rindex("bad.json")
    assert place < said.rindex("good.json")
    assert "DV201" in said[place : said.rindex("good.json")]


def test_a_thousand_files_are_not_all_shown_and_the_failed_come_first(table):
    results = [*(result(f"good {number}.json") for number in range(230)), unreadable("broken.xlsx")]
    said = table(results)
    assert "broken.xlsx" in said
    assert "… 31 more files" in said
    assert "230 passed, 1 did not pass" in said


def test_a_narrow_screen_shows_fewer_columns(table):
    assert "Plan quality" in table(several())
    assert "Plan quality" not in table(several(), width=80)


def test_text_of_a_workbook_cannot_steer_the_terminal(table):
    said = table([result(f"[red]{BELL}{OVERRIDE}x\x1b[2J.json", stage=None, account=SCRIPT)])
    assert "[red]x[2J.json" in said
    assert not {BELL, OVERRIDE, "\x1b"} & set(said)


def test_the_same_goes_into_a_file(tmp_path):
    written("table", several(), tmp_path / "t.txt", lang="en")
    assert "4 passed, 4 did not pass" in (tmp_path / "t.txt").read_text("utf-8")
