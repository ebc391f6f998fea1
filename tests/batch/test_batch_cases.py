"""The workbooks of tests/cases that only a batch shows: one deal in two files, and settings of the rep's own."""

import json
import shutil
from pathlib import Path

import pytest

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture
def submitted(tmp_path):
    """Some of the cases, under their own paths."""

    def put(*names):
        for name in names:
            (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CASES / name, tmp_path / "in" / name)

    return put


def told(result, code):
    return [
        (finding["sheet"], finding["cell"], finding["severity"])
        for finding in result["findings"]
        if finding["code"] == code
    ]


class TestOneDeal:
    def test_a_zero_width_space_makes_no_other_deal(self, submitted, checked, run):
        submitted("h1_plain.xlsx", "h10_dup_zwsp.xlsx")
        found = checked("in")
        assert [told(result, "DV404") for result in found.values()] == [[("Deal", "B6", "minor")]] * 2
        assert [result.get("counted_instead") for result in found.values()] == [None, "in/h10_dup_zwsp.xlsx"]
        assert "Deals counted: 1" in run("portfolio", "in", "--lang", "en")[1]

    @pytest.mark.parametrize("order", [("wk46", "wk47"), ("wk47", "wk46")])
    def test_two_millions_everywhere(self, submitted, checked, run, order, tmp_path):
        submitted("wk46/deal.xlsx", "wk47/deal (1).xlsx")
        words = [f"in/{name}" for name in order]
        found = checked(*words)
        assert {name: told(result, "DV404") for name, result in found.items()} == {
            key: [("Deal", "B6", "major")] for key in found
        }
        assert found["in/wk46/deal.xlsx"]["counted_instead"] == "in/wk47/deal (1).xlsx"
        assert "counted_instead" not in found["in/wk47/deal (1).xlsx"]
        document = json.loads(run("check", *words, "--format", "json", "--store", "both.db")[1])
        assert document["amounts"]["USD"]["amount"] == 2000000
        for word in words:
            run("check", word, "--store", "one_by_one.db")
        for words_of_portfolio in (words, ["--store", "both.db"], ["--store", "one_by_one.db"]):
            out = run("portfolio", *words_of_portfolio, "--lang", "en")[1]
            assert "2,000,000.00" in out
            assert "1,000,000.00" not in out
        run("check", *words, "--format", "mail", "-o", "mail", "--lang", "en")
        letter = next((tmp_path / "mail").glob("*.txt")).read_text("utf-8")
        assert "deal (1).xlsx is counted for this deal" in letter


class TestSettings:
    def test_the_same_red_in_both_and_told_where_they_were_changed(self, submitted, checked, run):
        submitted("p_settings_untouched.xlsx", "p_settings_changed.xlsx")
        found = {
            name.removeprefix("in/p_settings_").removesuffix(".xlsx"): result for name, result in checked("in").items()
        }
        for result in found.values():
            assert result["scores"]["health"] == pytest.approx(21.263821804954205)
            assert result["scores"]["band"] == "red"
        assert told(found["untouched"], "DV306") == []
        assert told(found["changed"], "DV306") == [("Settings", "B55", "major")]
        own = {name: result["scores"]["band"] for name, result in checked("in", "--own-settings").items()}
        assert own["in/p_settings_changed.xlsx"] == "green"
        assert json.loads(run("evaluate", "in/p_settings_changed.xlsx", "--json")[1])["scores"]["band"] == "green"
