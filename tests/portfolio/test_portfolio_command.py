"""`warmap portfolio PATH… [--quota N] [-o OUT.xlsx|.html]`, as people call it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from warmap.text import LANGUAGES
from warmap_workbook.samples import load_sample

every_language = pytest.mark.parametrize("lang", LANGUAGES)
every_format = pytest.mark.parametrize("ending", [".xlsx", ".html"])
DEAL = {
    "account": "华信", "opportunity": "核心网", "amount": 1200000, "currency": "CNY", "close_date": "2026-12-31",
    "stage": "market_research", "owner": "李晨", "as_of": "2026-06-30",
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("quiet_terminal")


@pytest.fixture
def report(run):
    """Run the command: exit code, what was printed, what was said on the side."""
    return lambda *words: run("portfolio", *words)


@pytest.fixture
def folder(tmp_path):
    """Two deals in CNY and one in USD, one file that is broken and one that lacks its amount."""
    put(tmp_path / "in" / "a.json", **DEAL)
    put(tmp_path / "in" / "deep" / "b.json", **{**DEAL, "account": "东港"})
    put(tmp_path / "in" / "c.json", **{**DEAL, "account": "Acme", "currency": "USD"})
    put(tmp_path / "in" / "lacks.json", **{**DEAL, "account": "缺额", "amount": None})
    (tmp_path / "in" / "broken.yaml").write_text("not: [a map", "utf-8")
    return tmp_path / "in"


def put(path, **deal):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"deal": deal}, ensure_ascii=False), "utf-8")
    return path


@every_language
def test_it_names_the_deals_whose_health_rose_by_removing_something(report, tmp_path, lang):
    """Nobody gains by deleting: the map is compared with the newest snapshot inside the file."""
    met = {"name": "钱", "buying_roles": ["user"], "contact_frequency": "frequent", "support": "support"}
    against = {"name": "赵", "influence": "high", "support": "oppose"}
    (tmp_path / "in").mkdir()
    for account, people in (("删了反对者", [met]), ("没有删", [met, against])):
        was = {"deal": {**DEAL, "account": account}, "contacts": [met, {**against, "title": "x"}]}
        told = {"deal": was["deal"], "contacts": people, "snapshots": [{"taken_on": "2026-06-23", "map": was}]}
        (tmp_path / "in" / f"{account}.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    code, out, _ = report(str(tmp_path / "in"), "--lang", lang)
    assert code == 0
    (said,) = [part for part in out.split("\n") if part.startswith("▲")]
    assert "删了反对者" in said
    assert "没有删" not in said


class TestTerminal:
    """Without -o: per currency the bridge, expected, quota, gap, needed pipeline; the worst deals; what was not counted."""

    @every_language
    def test_it_shows_the_figures_and_what_was_left_out(self, report, folder, lang, monkeypatch):
        monkeypatch.chdir(folder.parent)  # a short name is not folded
        code, out, err = report(folder.name, "--quota", "CNY=900000", "--lang", lang)
        assert (code, err) == (0, "")
        for shown in ("CNY", "USD", "600,000.00", "900,000.00", "broken.yaml", "lacks.json", "东港"):
            assert shown in out
        assert ("未计入 2 份" if lang == "zh" else "Files not counted: 2") in out
        assert ("缺少金额" if lang == "zh" else "it lacks: amount") in out

    @every_language
    def test_deals_that_ended_are_shown_with_why(self, report, folder, lang):
        put(
            folder / "won.json",
            **{**DEAL, "account": "赢家", "outcome": "won", "outcome_on": "2026-06-01", "amount": 77},
        )
        put(folder / "lost.json", **{**DEAL, "account": "输家", "outcome": "lost", "outcome_reason": "价格太高"})
        _, out, _ = report(folder, "--quota", "CNY=900000", "--lang", lang)
        for shown in ("77.00", "2026-06-01", "价格太高", "赢家", "600,000.00"):
            assert shown in out
        assert ("赢单 1，丢单 1，客户搁置 0" if lang == "zh" else "won 1, lost 1, no decision 0") in out

    def test_files_in_an_archive_count_too(self, report, folder, tmp_path):
        with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
            archive.write(folder / "a.json", "a.json")
            archive.write(folder / "lacks.json", "lacks.json")
        code, out, _ = report("in.zip")
        assert code == 0
        assert "300,000.00" in out
        assert "in.zip" in out

    def test_many_files_read_by_many_processes_give_the_same_table(self, report, tmp_path):
        for place in range(9):
            put(tmp_path / "in" / f"{place}.json", **{**DEAL, "account": f"客户{place}", "team": f"T{place % 2}"})
        assert len({report("in")[1] for _ in range(2)}) == 1

    def test_five_worst_deals_at_most(self, report, tmp_path):
        for place in range(7):
            put(tmp_path / "in" / f"{place}.json", **{**DEAL, "account": f"客户{place}"})
        out = report("in")[1].partition("Missing or old")[0]  # they are old, too
        assert sum(f"客户{place}" in out for place in range(7)) == 5

    def test_no_deal_counted_is_one(self, report, tmp_path):
        put(tmp_path / "bad.json", **{**DEAL, "stage": None})
        code, out, _ = report("bad.json")
        assert code == 1
        assert "bad.json" in out

    def test_control_characters_do_not_reach_the_terminal(self, report, tmp_path):
        put(tmp_path / "a.json", **{**DEAL, "account": "华\x1b[31m信\u202e", "owner": "[red]x[/red]"})
        _, out, _ = report("a.json")
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[red]x[/red]" in out


class TestReport:
    """With -o: a workbook or a page, whole in either language, nothing overwritten without --force."""

    @every_format
    @every_language
    def test_it_is_written_and_says_what_was_counted(self, report, folder, lang, ending):
        code, out, err = report(folder, "-o", f"out/report{ending}", "--lang", lang)
        assert (code, err) == (0, "")
        assert f"report{ending}" in out
        assert ("计入 3 个商机" if lang == "zh" else "Deals counted: 3") in out

    @every_format
    def test_nothing_is_overwritten_without_force(self, report, folder, tmp_path, ending):
        (tmp_path / f"r{ending}").write_text("mine")
        code, out, err = report(folder, "-o", f"r{ending}")
        assert (code, out) == (2, "")
        assert "--force" in err
        assert (tmp_path / f"r{ending}").read_text() == "mine"
        assert report(folder, "-o", f"r{ending}", "--force")[0] == 0

    @every_format
    def test_the_report_in_the_folder_itself_is_no_submission(self, report, folder, ending):
        for _ in range(2):
            _, out, _ = report(folder, "-o", folder / f"r{ending}", "--force")
            assert "Files read: 5." in out

    @every_format
    def test_the_same_files_give_the_same_bytes(self, report, folder, tmp_path, ending):
        report(folder, "-o", f"a{ending}")
        report(folder, "-o", f"b{ending}")
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()

    @pytest.mark.parametrize("name", ["r.pdf", "r.xls"])
    def test_another_ending_is_refused_before_anything_is_read(self, report, name):
        code, out, err = report("nowhere", "-o", name)
        assert (code, out) == (2, "")
        assert ".xlsx" in err
        assert ".html" in err

    @every_language
    def test_a_bad_quota_is_one_line(self, report, folder, lang):
        code, out, err = report(folder, "--quota", "abc", "--lang", lang)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert "abc" in err

    def test_a_quota_without_currency_needs_deals_of_one_currency(self, report, folder):
        assert "CNY, USD" in report(folder, "--quota", "5")[2]
        assert report(folder / "a.json", "--quota", "5")[0] == 0


class TestWhichCopyCounts:
    """Of two files about one deal the newest by its own as-of date counts, whatever --as-of says."""

    @pytest.mark.parametrize("more", [[], ["--as-of", "2026-09-30"]])
    def test_the_newest_by_its_own_day(self, report, tmp_path, more):
        put(tmp_path / "a.json", **{**DEAL, "as_of": "2026-06-30", "amount": 100})
        put(tmp_path / "b.json", **{**DEAL, "as_of": "2026-05-31", "amount": 200})
        _, out, _ = report("a.json", "b.json", *more)
        assert "25.00" in out
        assert "50.00" not in out
        assert "b.json" in out


class TestSettings:
    """One set of probabilities for all deals: --settings, else the defaults; a workbook that brings others is named."""

    def test_the_probabilities_of_the_settings_file(self, report, tmp_path):
        put(tmp_path / "a.json", **DEAL)
        (tmp_path / "s.yaml").write_text("stage_probability: {market_research: 0.5}", "utf-8")
        assert "600,000.00" in report("a.json", "--settings", "s.yaml")[1]

    def test_a_workbook_with_its_own_probabilities_is_said(self, report, tmp_path):
        from warmap.reading import read_document
        from warmap.settings import settings_from
        from warmap_workbook.writing.build import build_workbook

        war_map = read_document(load_sample("lubricants_group", "en")).map
        own = settings_from({"stage_probability.market_research": 0.9})
        (tmp_path / "own.xlsx").write_bytes(build_workbook(war_map, "en", own))
        assert "Files with settings of their own (DV306), which were not used: 1" in report("own.xlsx")[1]
        out = report("own.xlsx", "--own-settings")[1]
        assert "Workbooks with stage probabilities of their own: 1" in out
        assert "Judged by each file's own settings." in out
        assert "1,700,000.00" in out  # 6,800,000 × 0.25, not × 0.9


@pytest.mark.parametrize("words", [("-o", "p.xlsx"), ("-o", "p.html"), ("--by", "month")])
def test_without_pandas_one_line_says_what_to_install(report, folder, monkeypatch, words):
    """Roll-ups and periods are its work; the terminal's table and the deals' lines need none."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert report(folder)[0] == 0
    code, out, err = report(folder, *words)
    assert (code, out) == (2, "")
    assert 'pip install "warmap[portfolio]"' in err
    assert err.count("\n") == 1


def test_only_the_portfolio_loads_pandas(folder):
    script = (
        "import sys; from warmap_app.main import main; main(['check', 'in/a.json']);"
        "assert 'pandas' not in sys.modules; import warmap_app.commands.portfolio; assert 'pandas' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_cards_of_the_workbook_are_the_figures_of_the_terminal(report, folder, tmp_path):
    _, out, _ = report(folder, "--quota", "CNY=900000")
    report(folder, "--quota", "CNY=900000", "-o", "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx", data_only=True)["Overview"]
    numbers = [f"{cell.value:,.2f}" for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert {"600,000.00", "900,000.00"} <= set(numbers)
    assert all(number in out for number in numbers)
