"""Each check of a whole workbook: what raises it, at its exact cell, and what looks like it and does not."""

from __future__ import annotations

import pytest

from tools.check_examples import all_the_same
from tools.patched_books import Patched, beside_cell, block_cell, input_cell, told
from warmap.findings import CHECKS
from warmap.parsing.cross import improper_word
from warmap.placeholders import is_placeholder
from warmap.reading import read_document
from warmap.settings import default_settings, flat
from warmap.text import LANGUAGES
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.checks import audit
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.reference_sheets import SETTINGS_TOP

every_language = pytest.mark.parametrize("lang", LANGUAGES)
HEALTH = block_cell("wm_score_health")
FLAGS = block_cell("wm_red_flags")
PILLAR = input_cell("trust", "ratings.professional.rating")
LATEST = input_cell("trust", "ratings.professional.rating", len(load_sample("telecom_core_network", "zh")["trust"]) - 1)
AMOUNT, AS_OF, CLOSE, TEAM = (input_cell("deal", code) for code in ("amount", "as_of", "close_date", "team"))
TARGET, WALK_AWAY = (input_cell("negotiation", f"{code}_price") for code in ("target", "walk_away"))
SHARE, LAST_CONTACT = input_cell("profile", "share_of_our_sales"), input_cell("contacts", "last_contact")
LIVE = "B5"
LAST_SETTING = SETTINGS_TOP + len(list(flat(default_settings())))
STATUS = beside_cell("contacts")

# further ways than the examples of tools/check_examples.py: code, how the workbook is changed, tab and cell of the finding
BAD = [
    ("DV205", lambda b: b.number("deal", AS_OF, 46203).text("people", LAST_CONTACT, "2026-07-01"), "people", LAST_CONTACT),
    ("DV205", lambda b: b.text("deal", CLOSE, "2036-07-01"), "deal", CLOSE),
    ("DV205", lambda b: b.number("deal", CLOSE, 2026), "deal", CLOSE),
    ("DV205", lambda b: b.text("deal", CLOSE, "2126-06-30"), "deal", CLOSE),
    ("DV210", lambda b: b.text("trust", LATEST, "80%"), "trust", LATEST),
    ("DV210", lambda b: b.number("negotiation", WALK_AWAY, 3580), "negotiation", WALK_AWAY),
    ("DV210", lambda b: b.number("negotiation", WALK_AWAY, 37500000), "negotiation", TARGET),
    ("DV211", lambda b: b.cell("deal", CLOSE, "<f>TODAY()</f><v>46262</v>"), "deal", CLOSE),
    ("DV211", lambda b: b.number("deal", TEAM, 0), "deal", TEAM),
    ("DV212", lambda b: b.cell("deal", TEAM, '<f>"a"&amp;"b"</f>'), "deal", TEAM),
    ("DV301", lambda b: b.text("red_flags", FLAGS, "▲"), "red_flags", FLAGS),
    ("DV301", lambda b: b.number("people", STATUS, 1), "people", STATUS),
    ("DV301", lambda b: b.number("home", "B5", 99), "home", "B5"),
    ("DV301", lambda b: b.number("marks", LIVE, 1), "marks", LIVE),
    ("DV302", lambda b: b.formula("scoreboard", HEALTH, lambda f: f"{f}+20"), "scoreboard", HEALTH),
    ("DV302", lambda b: b.formula("red_flags", FLAGS, lambda f: f.replace("wm_competition,", "wm_swot,")), "red_flags", FLAGS),
    ("DV302", lambda b: b.formula("home", "B5", lambda f: f.replace("wm_score_health", "wm_score_trust")), "home", "B5"),
    ("DV302", lambda b: b.formula("home", "C2", lambda f: f.replace("$B$8", "$B$9")), "home", "C2"),
    ("DV302", lambda b: b.cell("scoreboard", HEALTH, ""), "scoreboard", HEALTH),
    ("DV304", lambda b: b.stored("scoreboard", HEALTH, "#VALUE!", "e"), "scoreboard", HEALTH),
    ("DV304", lambda b: b.stored("home", "B5", "#DIV/0!", "e"), "home", "B5"),
    ("DV305", lambda b: b.stored("scoreboard", HEALTH, "#NAME?", "e"), "scoreboard", HEALTH),
    ("DV305", lambda b: b.stored("scoreboard", HEALTH, None), "scoreboard", HEALTH),
    # saved live, then edited by a program without the functions: the mark still says live
    ("DV305", lambda b: b.stored("marks", LIVE, 1).number("trust", LATEST, 0), "scoreboard", block_cell("wm_score_trust")),
    ("DV401", lambda b: b.text("deal", TEAM, "待定（问王总）"), "deal", TEAM),
    ("DV401", lambda b: b.text("deal", AMOUNT, "TBD"), "deal", AMOUNT),
    ("DV502", lambda b: b.link("prices.xlsx").text("guide", "A1", "x").cell("guide", "A1", "<f>[1]S!$A$1</f><v>1</v>"), "guide", "A1"),
]  # fmt: skip

# what programs and users may rightly do to the same cells
GOOD = [
    ("DV205", lambda b: b.text("deal", CLOSE, "2036-06-30")),
    ("DV205", lambda b: b.text("people", LAST_CONTACT, "2026-06-30")),
    ("DV210", lambda b: b.number("deal", AMOUNT, 3580001)),
    ("DV210", lambda b: b.text("deal", AMOUNT, "3860万元")),
    ("DV210", lambda b: b.text("profile", SHARE, "12%")),
    ("DV211", lambda b: b.cell("deal", CLOSE, "<f>DATE(2026,8,28)</f><v>46262</v>")),
    ("DV211", lambda b: b.cell("deal", TEAM, '<f>"TODAY("&amp;")"</f><v>x</v>')),
    ("DV211", lambda b: b.number("trust", LATEST, 0)),
    ("DV212", lambda b: b.cell("deal", AMOUNT, "<f>38600000</f><v>38600000</v>")),
    ("DV301", lambda b: b),
    ("DV301", lambda b: b.cell("people", STATUS, "")),  # a row the user inserted has no formula there
    ("DV302", lambda b: b.formula("scoreboard", HEALTH, lambda f: f.replace("WARMAP.HEALTH", "_xll.WARMAP.HEALTH"))),
    ("DV302", lambda b: b.formula("scoreboard", HEALTH, lambda f: f.replace("WARMAP.HEALTH", "_xldudf_WARMAP_HEALTH"))),
    ("DV302", lambda b: b.formula("scoreboard", HEALTH, lambda f: f.replace("WARMAP.HEALTH", "[1]!HEALTH"))),
    ("DV302", lambda b: b.formula("scoreboard", HEALTH, lambda f: f.replace("WARMAP.HEALTH", "warmap.health"))),
    ("DV302", lambda b: b.formula("scoreboard", HEALTH, lambda f: f.replace(",", " ; ").lower())),
    ("DV302", lambda b: b.formula("home", "B5", lambda f: "@" + f.replace("wm_score_health", "_xlfn.SINGLE(WM_SCORE_HEALTH)"))),
    ("DV302", lambda b: b.formula("home", "C2", lambda f: f.replace("'", ""))),  # LibreOffice takes off the quotes
    ("DV303", lambda b: b.stored("scoreboard", HEALTH, _nearly(b))),
    ("DV303", lambda b: b.number("trust", LATEST, 0)),  # last values are shown: said as DV305
    ("DV304", lambda b: b.stored("scoreboard", HEALTH, "#NAME?", "e")),
    ("DV305", lambda b: b),
    ("DV308", lambda b: b.text("settings", f"A{LAST_SETTING}", "penalty_limit").number("settings", f"B{LAST_SETTING}", 40)),
    ("DV307", lambda b: b),
    ("DV401", lambda b: b.text("trust", input_cell("trust", "ratings.professional.evidence_grade"), "无")),  # a grade
    ("DV401", lambda b: b.text("deal", input_cell("deal", "owner"), "无锡 王某某")),
    ("DV402", lambda b: all_the_same(b).enter("trust", PILLAR, 4)),
    ("DV501", lambda b: b),
    ("DV502", lambda b: b.link("file:///C:/Users/x/AppData/Roaming/Microsoft/AddIns/warmap.xlam")),
    ("DV503", lambda b: b),
    ("DV504", lambda b: b.struck("deal", "A5")),  # a label is no entry
    ("CP001", lambda b: b.text("wins", input_cell("wins", "personal_win"), "改善现金流；项目 commissioning 顺利；拒绝回扣")),
]  # fmt: skip


def _nearly(book):
    value = read_book(book.content()).sheet(book.sheet("scoreboard")).value(*_at(HEALTH))
    return repr(value * (1 + 1e-12))


def _at(address):
    from warmap_workbook.ooxml import parse_ref

    return parse_ref(address)


def ids(cases):
    return [f"{case[0]}-{place}" for place, case in enumerate(cases)]


class TestEveryCode:
    """What raises a code in other ways than its example, and a good case per code."""

    @every_language
    @pytest.mark.parametrize(("code", "change", "tab", "cell"), BAD, ids=ids(BAD))
    def test_the_bad_case_is_found_at_its_cell(self, lang, code, change, tab, cell):
        book = Patched(lang)
        intake = change(book).read()
        assert (code, book.sheet(tab), cell) in told(intake)
        others = {finding.code for finding in intake.findings} - {code}
        assert others <= {"DV305"}  # an entry changed: the last values are out of date

    @every_language
    @pytest.mark.parametrize(("code", "change"), GOOD, ids=ids(GOOD))
    def test_the_good_case_is_not(self, lang, code, change):
        intake = change(Patched(lang)).read()
        assert code not in {finding.code for finding in intake.findings}
        assert {finding.code for finding in intake.findings} <= {"DV305"}

    def test_the_table_is_complete(self):
        here = {
            code
            for code in CHECKS
            if code.startswith(("DV3", "DV5", "CP")) or code in {"DV205", "DV210", "DV211", "DV212", "DV401", "DV402"}
        }
        here -= {"DV306"}  # of batches: tests/batch/test_batch_one_set.py
        assert {case[0] for case in GOOD} == here >= {case[0] for case in BAD}

    def test_one_finding_a_block_not_hundreds(self):
        book = Patched("zh")
        for row in range(24):
            book.number("people", beside_cell("contacts", row), row + 6)
        assert told(book.read()) == [("DV301", "关键人", STATUS)]

    def test_another_template_is_not_compared_and_that_is_said(self):
        book = Patched("en").number("scoreboard", HEALTH, 99)
        book.text("marks", "B2", "0")
        intake = book.read()
        assert told(intake) == [("DV003", "", "")]
        assert "DV301" in intake.skipped_checks
        assert intake.counts["formulas"] == 0
        assert intake.counts["formulas_skipped"] > 400

    def test_a_renamed_front_page_is_told_as_such(self):
        book = Patched("en").rename("Home", "Dashboard")
        (finding,) = book.read().findings
        assert (finding.code, finding.sheet) == ("DV101", "Dashboard")


class TestAFailingCheck:
    """A check of ours that fails is a finding of its own, and the rest is still checked."""

    def test_it_is_named(self, monkeypatch):
        def broken(*_):
            raise RuntimeError("boom")

        monkeypatch.setattr(audit, "outside_targets", broken)
        intake = Patched("zh").macros().read()
        assert told(intake) == [("DV501", "", ""), ("DV901", "", "")]
        (finding,) = [finding for finding in intake.findings if finding.code == "DV901"]
        assert "DV502: RuntimeError: boom" in finding.message("en")

    def test_one_between_rows_too(self, monkeypatch):
        from warmap.parsing import cross

        def broken(war_map, places):
            raise ZeroDivisionError
            yield

        monkeypatch.setitem(cross._CHECKS, "DV402", broken)
        intake = read_document({**load_sample("telecom_core_network", "zh"), "deal": {"account": "TBD"}})
        codes = [finding.code for finding in intake.findings]
        assert "DV401" in codes
        assert codes.count("DV901") == 1


PLACEHOLDERS = "TBD|tbc|待定|待补充|xxx|ＸＸＸ|？？|???|n/a|N／A|无|-|——|…|（待定）|某某公司|To be confirmed|NA"
NO_PLACEHOLDERS = "Na|无锡|王|1|A|空客|某某科技|TBD Corp|5G|Xiu|暂无锡分公司"
IMPROPER = (
    "拿回扣|给5%提成|过年送红包|现金|礼品卡|拿佣金|好处费|返点|购物卡|不要现金，要购物卡|收礼金|a kickback|Gift card for the family|5% commission|"
    "wants cash|cash in hand|commission on the deal|gifts|Commissions.|a bribe|a brown envelope"
)
PROPER = (
    "改善现金流|现金周转更快|cash flow|cash-flow|cashflow|Commissioning on time|commission the plant|被提成副总|提成本优势|European Commission seat|"
    "拒绝回扣，廉洁|no kickbacks, a clean record|cashless shop|升任 CTO|commissioned in May|has a gifted team|提成功率|杜绝供应商送礼|a gift for explaining things"
)


class TestWords:
    """Whole cells of filler, and words of money gifts, in both languages."""

    @pytest.mark.parametrize("words", PLACEHOLDERS.split("|"))
    def test_filler(self, words):
        assert is_placeholder(words)

    @pytest.mark.parametrize("words", NO_PLACEHOLDERS.split("|"))
    def test_no_filler(self, words):
        assert not is_placeholder(words)

    @pytest.mark.parametrize("words", IMPROPER.split("|"))
    def test_a_person_should_look_at_it(self, words):
        assert improper_word(words)

    @pytest.mark.parametrize("words", PROPER.split("|"))
    def test_business_talk(self, words):
        assert improper_word(words) is None
