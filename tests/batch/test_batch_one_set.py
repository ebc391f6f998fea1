"""One set of settings judges a batch (specification, section 5, DV306): named, configured, or the defaults."""

import json
from pathlib import Path

import pytest
from submitted import MAP

from warmap.reading import read_document
from warmap.settings import settings_from
from warmap_app.commands.one_set import VARIABLE, profile_file
from warmap_app.load import load
from warmap_workbook.writing.build import build_workbook

LOWERED = {"flag_cost.critical": 0, "flag_cost.major": 0, "flag_cost.minor": 0, "band.green": 10, "band.amber": 5}
COMPANY = b"flag_cost:\n  critical: 0.07\n"


def book(path, lang="en", **settings):
    """A workbook with these settings on its own Settings sheet."""
    path.write_bytes(build_workbook(read_document(MAP).map, lang, settings_from(settings) if settings else None))
    return path


@pytest.fixture
def handed_in(tmp_path):
    """One with the settings of the template, one with lowered ones."""
    folder = tmp_path / "in"
    folder.mkdir()
    book(folder / "plain.xlsx")
    book(folder / "own.xlsx", **LOWERED)
    return folder


def healths(found):
    return {Path(name).stem: result["scores"]["health"] for name, result in found.items()}


def told(result):
    return [(f["sheet"], f["cell"], f["severity"]) for f in result["findings"] if f["code"] == "DV306"]


class TestTheSet:
    def test_lowered_penalties_change_nothing_and_are_told(self, handed_in, checked):
        found = checked("in")
        assert healths(found)["own"] == healths(found)["plain"]
        assert told(found["in/plain.xlsx"]) == []
        assert told(found["in/own.xlsx"]) == [("Settings", "B49", "major")]
        assert not found["in/own.xlsx"]["passed"]

    def test_what_differs_is_named_and_the_rest_counted(self, handed_in, checked):
        (finding,) = [
            f for f in checked("in/own.xlsx", "--lang", "en")["in/own.xlsx"]["findings"] if f["code"] == "DV306"
        ]
        assert "flag_cost.critical is 0 (judged by 0.1)" in finding["message"]
        assert finding["message"].endswith("and 2 more.")
        assert "--settings FILE or WARMAP_SETTINGS" in finding["hint"]

    def test_own_settings_count_where_they_are_asked_for(self, handed_in, checked):
        found = checked("in", "--own-settings")
        assert healths(found)["own"] > healths(found)["plain"]
        assert told(found["in/own.xlsx"]) == []
        assert found["in/own.xlsx"]["settings"]["changed"] == LOWERED

    def test_a_named_set_judges_all(self, handed_in, checked, tmp_path):
        (tmp_path / "company.yaml").write_bytes(COMPANY)
        found = checked("in", "--settings", "company.yaml")
        assert {result["settings"]["changed"]["flag_cost.critical"] for result in found.values()} == {0.07}
        assert all(told(result) for result in found.values())

    def test_a_workbook_made_with_the_companys_set_agrees(self, handed_in, checked, tmp_path):
        (tmp_path / "company.yaml").write_bytes(COMPANY)
        book(handed_in / "own.xlsx", **{"flag_cost.critical": 0.07})
        assert told(checked("in", "--settings", "company.yaml")["in/own.xlsx"]) == []

    def test_the_variable_names_one(self, handed_in, checked, tmp_path, monkeypatch):
        (tmp_path / "company.yaml").write_bytes(COMPANY)
        monkeypatch.setenv(VARIABLE, str(tmp_path / "company.yaml"))
        assert checked("in/plain.xlsx")["in/plain.xlsx"]["settings"]["changed"] == {"flag_cost.critical": 0.07}
        assert "settings" not in checked("in/plain.xlsx", "--own-settings")["in/plain.xlsx"]

    def test_the_profile_holds_one_and_the_variable_goes_before_it(self, handed_in, checked, tmp_path, monkeypatch):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "profile"))
        profile_file().parent.mkdir(parents=True)
        profile_file().write_bytes(COMPANY)
        assert checked("in/plain.xlsx")["in/plain.xlsx"]["settings"]["changed"] == {"flag_cost.critical": 0.07}
        monkeypatch.setenv(VARIABLE, "public_sector")
        assert "flag_cost.critical" not in checked("in/plain.xlsx")["in/plain.xlsx"]["settings"]["changed"]

    def test_a_set_that_is_not_there_is_one_line(self, handed_in, run, monkeypatch):
        monkeypatch.setenv(VARIABLE, "nowhere.yaml")
        code, out, err = run("check", "in")
        assert (code, out) == (2, "")
        assert "nowhere.yaml" in err
        assert VARIABLE in err

    def test_only_one_of_the_two_options(self, handed_in, run):
        assert run("check", "in", "--settings", "public_sector", "--own-settings")[0] == 2

    def test_a_document_brings_no_settings(self, tmp_path, checked):
        (tmp_path / "m.json").write_bytes(json.dumps(MAP).encode())
        assert told(checked("m.json", "--settings", "public_sector")["m.json"]) == []

    def test_the_rest_goes_by_the_workbooks_own(self, handed_in, run):
        assert load(handed_in / "own.xlsx").settings.flag_cost["critical"] == 0
        assert json.loads(run("evaluate", "in/own.xlsx", "--json")[1])["settings"]["changed"] == LOWERED

    def test_stored_results_are_compared_by_the_workbooks_own(self, handed_in, checked):
        assert not [f for f in checked("in")["in/own.xlsx"]["findings"] if f["code"] == "DV303"]


class TestTheSummary:
    """Everything that has a summary counts the files with settings of their own, and names the set."""

    def test_json(self, handed_in, run):
        document = json.loads(run("check", "in", "--format", "json")[1])
        assert (document["files_with_own_settings"], document["judged_by"]) == (1, "the default settings")

    @pytest.mark.parametrize(
        ("lang", "words"),
        [("zh", "1 个文件自带的设置不同（DV306）"), ("en", "settings of their own (DV306), which were not used: 1")],
    )
    @pytest.mark.parametrize("format_name", ["table", "html"])
    def test_words(self, handed_in, run, tmp_path, format_name, lang, words):
        run("check", "in", "--lang", lang, "--format", format_name, "-o", "out")
        assert words in (tmp_path / "out").read_text("utf-8")

    def test_portfolio(self, handed_in, run):
        out = run("portfolio", "in", "--lang", "en")[1]
        assert (
            "Files with settings of their own (DV306), which were not used: 1; all are judged by the default settings."
            in out
        )

    def test_nothing_is_said_where_there_is_nothing_to_say(self, handed_in, run):
        assert "udged by" not in run("check", "in/plain.xlsx", "--lang", "en")[1]


class TestTheTemplate:
    def test_settings_are_locked(self, tmp_path):
        from openpyxl import load_workbook

        sheet = load_workbook(book(tmp_path / "a.xlsx"))["Settings"]
        assert sheet.protection.sheet
        assert all(sheet.cell(row, 2).protection.locked for row in range(6, sheet.max_row + 1))


class TestResume:
    def test_the_set_belongs_to_what_is_gone_on_with(self, handed_in, run, tmp_path):
        """A journal of other terms is not taken over."""
        from warmap_app.batch.journal import terms_line
        from warmap_app.batch.one import Terms

        own, defaults = terms_line(Terms("en")), terms_line(Terms("en", settings=settings_from({})))
        company = terms_line(Terms("en", settings=settings_from({"flag_cost.critical": 0.07})))
        assert len({json.dumps(one) for one in (own, defaults, company)}) == 3
