"""What a portfolio says beside its figures: what was not taken, who has not handed in, what comes from files that failed."""

import json

import pytest
from made_portfolios import portfolio, result

from warmap_app.portfolio.forecast import notes

DEAL = {
    "account": "华信", "opportunity": "核心网", "amount": 1000, "currency": "CNY", "close_date": "2026-12-31",
    "stage": "market_research", "owner": "李晨", "as_of": "2026-06-30",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, quiet_terminal):
    for name, deal in (
        ("a.json", DEAL),
        ("b.json", {**DEAL, "account": "B", "close_date": None, "amount": 300}),
        ("c (1).json", {**DEAL, "account": "C", "amount": 5}),
        ("c.json", {**DEAL, "account": "C", "amount": 7}),
    ):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(json.dumps({"deal": deal}), "utf-8")
    (tmp_path / "in" / "plan.pdf").write_bytes(b"%PDF")
    (tmp_path / "roster.csv").write_text(
        "account,opportunity,rep,due\n华信,核心网,李晨,\nMissing,Big,Eli,2026-01-01\n", "utf-8"
    )
    return tmp_path


class TestTheCommand:
    def test_all_is_told_and_counted(self, folder, run):
        code, out, _ = run("portfolio", "in", "--roster", "roster.csv", "--lang", "en")
        assert code == 0
        assert "Files and folders that were not taken: 1, listed under “Not counted”." in out
        assert "On the roster and not handed in: 1, listed under “Not counted”." in out
        assert "in/plan.pdf" in out
        assert "Overdue" in out

    def test_a_deal_in_two_amounts_has_not_passed_here_either(self, folder, run):
        """The checks across files are made as `warmap check` makes them."""
        out = run("portfolio", "in", "--lang", "en")[1]
        assert "Deals counted that did not pass the check: 2" in out
        assert "of the amount of 1,305.00, 305.00 comes from files that did not pass the check" in out

    def test_a_roster_that_cannot_be_read_is_one_line(self, folder, run):
        code, out, err = run("portfolio", "in", "--roster", "nowhere.csv")
        assert (code, out, err.count("\n")) == (2, "", 1)

    @pytest.mark.parametrize("name", ["p.html", "p.xlsx"])
    def test_reports_list_them(self, folder, run, name):
        assert run("portfolio", "in", "--roster", "roster.csv", "-o", name, "--lang", "en")[0] == 0
        if name.endswith("html"):
            text = (folder / name).read_text("utf-8")
        else:
            from openpyxl import load_workbook

            book = load_workbook(folder / name)
            text = "\n".join(
                str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value
            )
        for words in ("plan.pdf", "Overdue", "Of it not passed", "not taken: 1"):
            assert words in text


class TestEveryTotal:
    """Each says how much of it stands on files that did not pass."""

    def test_lines_totals_and_roll_ups(self):
        made = portfolio([
            result("a", amount=100), result("b", amount=30, passed=False), result("c", amount=7, currency="USD", team="北"),
        ])  # fmt: skip
        assert {line.deal.file: line.not_passed for line in made.lines} == {"a": 0, "b": 3000, "c": 0}
        assert {currency: total.not_passed for currency, total in made.totals.items()} == {"CNY": 3000, "USD": 0}
        for rows in made.rollups.values():
            assert sum(row.not_passed for row in rows) == 3000

    def test_nothing_is_said_where_all_passed(self):
        assert not any("did not pass" in note for note in notes(portfolio([result("a")]), "en"))
