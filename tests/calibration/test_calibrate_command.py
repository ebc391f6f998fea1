"""`warmap calibrate`: a store whose truth is known gives that truth, in the terminal and in every file."""

import csv
import io
import json
import re

import openpyxl
import pytest
from made_up_stores import course, fill, judgement

from warmap.text import LANGUAGES
from warmap_app.calibration.foretold import courses_of
from warmap_app.store import open_store

GREEN_WON, GREEN_LOST, RED_WON, RED_LOST, STILL_OPEN = 18, 2, 3, 12, 4
GREEN, RED = (80.0,), (20.0,)


@pytest.fixture(autouse=True)
def _own_folder(quiet_terminal):
    """Every test here."""


@pytest.fixture
def store(tmp_path):
    """Of 20 green deals 18 were won, of 15 red ones 3; four green ones are open, five amber ones were lost."""
    told = [
        *(("won", GREEN),) * GREEN_WON, *(("lost", GREEN),) * GREEN_LOST, *(("won", RED),) * RED_WON,
        *(("no_decision", RED),) * RED_LOST, *(("open", GREEN),) * STILL_OPEN, *(("lost", (60.0,)),) * 5,
    ]  # fmt: skip
    return fill(tmp_path / "h.db", (one for n, (how, bands) in enumerate(told) for one in course(n, how, bands)))


def of_store(judgements, tmp_path, lead=1):
    """The courses of the deals in a store with these judgements."""
    with open_store(fill(tmp_path / "c.db", judgements)) as opened:
        moments = list(opened.moments())
        ids = {moment.map_id: (moment.deal, moment.as_of) for moment in moments}
        found = courses_of(moments, lead)
    start = min(day for _, day in ids.values())
    return [
        (one.outcome.value, {stage.value: (ids[name][1] - start).days for stage, name in one.firsts.items()})
        for one in found
    ]


NEED, RESEARCH, QUOTE = "need_identification", "market_research", "quotation_negotiation"


class TestWhichJudgementIsTaken:
    """The first at every stage, while the deal was open and before the day of its outcome."""

    @pytest.mark.parametrize(
        ("judgements", "taken"),
        [
            ([(0, NEED, {}), (7, NEED, {}), (14, RESEARCH, {})], ("open", {NEED: 0, RESEARCH: 14})),
            # a stage that is claimed again is no second judgement
            ([(0, RESEARCH, {}), (7, NEED, {}), (14, RESEARCH, {})], ("open", {RESEARCH: 0, NEED: 7})),
            # the day of the outcome is the one named, whenever the map was handed in
            (
                [(0, NEED, {}), (20, RESEARCH, {}), (30, RESEARCH, {"outcome": "lost", "outcome_on": "2026-01-15"})],
                ("lost", {NEED: 0}),
            ),
            # without one it is the day of the first map that says so
            ([(0, NEED, {}), (7, RESEARCH, {"outcome": "won"}), (9, QUOTE, {"outcome": "won"})], ("won", {NEED: 0})),
            # a signed contract is won
            ([(0, NEED, {}), (7, QUOTE, {"signed": True})], ("won", {NEED: 0})),
            # judged for the first time when all was over
            ([(7, NEED, {"outcome": "lost"})], ("lost", {})),
            # shelved and taken up again: open, and what the shelved one claimed is no judgement
            ([(0, NEED, {}), (7, RESEARCH, {"outcome": "no_decision"}), (14, QUOTE, {})], ("open", {NEED: 0, QUOTE: 14})),
            # no stage is no claim
            ([(0, None, {}), (7, NEED, {})], ("open", {NEED: 7})),
        ],
    )  # fmt: skip
    def test_of_one_deal(self, tmp_path, judgements, taken):
        given = [judgement("a", 0, None), *(judgement("a", day, stage, **more) for day, stage, more in judgements)]
        assert of_store(given, tmp_path) == [taken]

    @pytest.mark.parametrize(
        ("lead", "taken"), [(1, {NEED: 0, QUOTE: 20}), (10, {NEED: 0, QUOTE: 20}), (11, {NEED: 0})]
    )
    def test_it_is_so_many_days_ahead(self, tmp_path, lead, taken):
        end = judgement("a", 40, QUOTE, outcome="won", outcome_on="2026-02-04")  # the thirtieth day
        given = [judgement("a", 0, NEED), judgement("a", 20, QUOTE), end]
        assert of_store(given, tmp_path, lead) == [("won", taken)]


class TestTheCommand:
    def test_the_terminal_says_how_often_green_won(self, store, run):
        code, out, _ = run("calibrate", "--store", store)
        first = [re.split(r"\s{2,}", line) for line in out.splitlines() if line.startswith("First judgement")]
        assert code == 0
        assert [row[:5] for row in first] == [
            ["First judgement", "All", "40", "21", "53%"],
            ["First judgement", "● Green", "20", "18", "90%"],
            ["First judgement", "■ Amber", "5", "0", "too few"],
            ["First judgement", "▲ Red", "15", "3", "20%"],
        ]
        assert first[1][5:] == ["70–97%", "20%", "4"]
        assert "Won 21, lost 7, no decision 12, still open 4" in " ".join(out.split())

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_file_says_the_same(self, store, run, tmp_path, lang):
        for ending in ("csv", "xlsx", "html"):
            assert run("calibrate", "--store", store, "-o", tmp_path / f"c.{ending}", "--lang", lang)[0] == 0
        rows = list(csv.reader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))[1:]
        of_bands = [row[:1] + row[2:7] for row in rows if row[1] == {"zh": "按分档", "en": "By band"}[lang]]
        assert [row[2:] for row in of_bands[:3]] == [
            list("20") * 0 + ["20", "18", "2", "0"],
            ["5", "0", "5", "0"],
            ["15", "3", "0", "12"],
        ]
        book = openpyxl.load_workbook(tmp_path / "c.xlsx")
        sheet = book.worksheets[0]
        green = next(row for row in sheet.iter_rows(values_only=True) if str(row[1]).startswith("●"))
        assert green[2:6] == (20, 18, 2, 0)
        assert green[6] == pytest.approx(0.9)
        page = (tmp_path / "c.html").read_text("utf-8")
        assert page.count("<tr") - 2 == len(rows)
        assert "http" not in page.replace("http-equiv", "")
        assert {"zh": "太少", "en": "too few"}[lang] in page

    def test_other_settings_judge_anew(self, run, tmp_path):
        """The first maps say nothing but an account: whatever was stored, nobody on the map is no health."""
        store = fill(tmp_path / "h.db", (one for n in range(10) for one in course(n, "won", GREEN)))
        (tmp_path / "s.json").write_text(json.dumps({"low_trust": 55}))
        _, out, _ = run("calibrate", "--store", store, "--settings", "s.json")
        assert re.search(r"First judgement +○? ?.*Incomplete +10 +10 +100%", out)
        assert "Green" not in out
        assert "judged anew by s.json" in out

    def test_several_sets_of_settings_are_told(self, run, tmp_path):
        given = [*course(1, "won", GREEN), judgement(2, 0, NEED, settings="abcdef12")]
        _, out, _ = run("calibrate", "--store", fill(tmp_path / "h.db", given))
        assert "2 different sets of settings" in " ".join(out.split())

    def test_deals_that_ended_in_a_span_of_days(self, run, tmp_path):
        early = [one for n in range(3) for one in course(n, "won", GREEN, ended=50)]
        late = [one for n in range(3, 9) for one in course(n, "lost", GREEN, ended=100)]
        store = fill(tmp_path / "h.db", [*early, *late, *course(9, "open", GREEN)])
        _, out, _ = run("calibrate", "--store", store, "--ended-to", "2026-03-01")
        assert "Deals in the store: 3. Won 3" in out
        _, out, _ = run("calibrate", "--store", store, "--ended-from", "2026-03-01")
        assert "Deals in the store: 6. Won 0, lost 6" in out

    def test_nothing_has_ended_is_one(self, run, tmp_path):
        store = fill(tmp_path / "h.db", course(1, "open", GREEN))
        code, out, _ = run("calibrate", "--store", store)
        assert code == 1
        assert "none has ended" in out

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ((), "name the store with --store"),
            (("--store", "no.db"), "no map is kept in no.db yet"),
            (("--store", "h.db", "-o", "c.pdf"), "-o should end in .xlsx, .html or .csv"),
            (("--store", "h.db", "--lead", "0"), "--lead is at least 1"),
            (("--store", "h.db", "--ended-to", "June"), "--ended-to should be a date such as 2026-06-30, not “June”"),
        ],
    )
    def test_what_cannot_be_meant_is_one_line(self, store, run, words, told):
        code, _, err = run("calibrate", *words)
        assert code == 2
        assert told in err
        assert err.count("\n") == 1

    def test_nothing_is_overwritten_without_force(self, store, run, tmp_path):
        (tmp_path / "c.csv").write_text("mine")
        assert run("calibrate", "--store", store, "-o", "c.csv")[0] == 2
        assert (tmp_path / "c.csv").read_text() == "mine"
        assert run("calibrate", "--store", store, "-o", "c.csv", "--force")[0] == 0
