"""The forecast by month or quarter, against quotas from a file."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_portfolios import ENDED, THREE, portfolio, portfolio_of_deals, result, some_deals

from warmap.periods import Calendar, QuotaLine, parts_of, quota_of, read_period
from warmap.text import LANGUAGES
from warmap_app.command import UserError
from warmap_app.portfolio import report_text as words
from warmap_app.portfolio.figures import OF_PERIODS
from warmap_app.portfolio.quotas import read_quota_file
from warmap_app.portfolio.report_book import HEAD_ROW
from warmap_app.portfolio.workbook import build_portfolio

TODAY = date(2026, 8, 15)
QUARTERS, MONTHS = Calendar(TODAY, "quarter"), Calendar(TODAY, "month")
QUOTAS = [
    QuotaLine("华东", "", "2026", "CNY", 100000000), QuotaLine("华东", "李晨", "2026-Q4", "CNY", 30000000),
    QuotaLine("华东", "王芳", "2026-Q4", "CNY", 40000000), QuotaLine("华南", "", "2026-Q4", "CNY", 5000000),
    QuotaLine("华南", "", "2026", "CNY", 5000000),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026", "2026"), ("2026年", "2026"), ("2026-Q3", "2026-Q3"), ("2026q3", "2026-Q3"), ("２０２６ Q3", "2026-Q3"),
        ("2026年第三季度", "2026-Q3"), ("2026年3季度", "2026-Q3"), ("2026-07", "2026-07"), ("2026/7", "2026-07"),
        ("2026年7月", "2026-07"), ("2026-13", None), ("2026-Q5", None), ("26", None), ("", None), ("Jul-26", None),
    ],
)  # fmt: skip
def test_a_period_is_read_as_people_write_it(text, period):
    assert read_period(text) == period


class TestWhereADealFalls:
    """Overdue, this year and next by month or quarter, later, undated; what was won before this year is apart."""

    @pytest.mark.parametrize(
        ("day", "is_open", "won"),
        [
            (date(2026, 8, 14), "overdue", "2026-Q3"), (date(2026, 8, 15), "2026-Q3", "2026-Q3"),
            (date(2026, 12, 31), "2026-Q4", "2026-Q4"), (date(2027, 1, 1), "2027-Q1", "2027-Q1"),
            (date(2028, 1, 1), "later", "later"), (date(2025, 12, 31), "overdue", "earlier"), (None, "undated", "undated"),
        ],
    )  # fmt: skip
    def test_by_quarter(self, day, is_open, won):
        assert (QUARTERS.of_open(day), QUARTERS.of_won(day)) == (is_open, won)

    def test_by_month(self):
        assert MONTHS.of_open(date(2026, 9, 30)) == "2026-09"

    def test_a_year_stands_after_its_parts(self):
        assert QUARTERS.order == ["earlier", "overdue", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026", "2027-Q1",
                                  "2027-Q2", "2027-Q3", "2027-Q4", "2027", "later", "undated"]  # fmt: skip
        assert len(MONTHS.order) == 4 + 2 * 13

    def test_no_name_of_a_period_is_as_long_as_a_year(self):
        assert all(len(name.to(lang)) != 4 for name in words.PERIOD_NAMES.values() for lang in LANGUAGES)


class TestQuotas:
    """What is given for the whole counts, else the sum of its parts; a sum that lacks a part is none."""

    @pytest.mark.parametrize(
        ("scope", "period", "units"),
        [
            ({"rep": "李晨"}, "2026-Q4", 30000000), ({"rep": "李晨"}, "2026", None), ({"rep": "李晨"}, "2026-Q3", None),
            ({"team": "华东"}, "2026", 100000000), ({"team": "华东"}, "2026-Q4", 70000000), ({"team": "华北"}, "2026", None),
            ({}, "2026-Q4", 75000000), ({}, "2026", 105000000), ({}, "2027", None),
        ],
    )  # fmt: skip
    def test_of_all_of_a_team_and_of_a_rep(self, scope, period, units):
        assert quota_of(QUOTAS, "CNY", period, **scope) == units

    def test_a_quarter_is_the_sum_of_its_months(self):
        months = [QuotaLine("", "", month, "USD", 7) for month in parts_of("2026-Q2")]
        assert months[0].period == "2026-04"
        assert quota_of(months, "USD", "2026-Q2") == 21
        assert quota_of(months, "USD", "2026") is None
        assert quota_of(months, "CNY", "2026-Q2") is None
        year = [QuotaLine("", "", f"2026-{month:02}", "USD", month) for month in range(1, 13)]
        assert quota_of(year, "USD", "2026") == 78
        assert quota_of(year[1:], "USD", "2026-Q1") is None

    def test_teams_without_a_quarter_leave_all_without_it(self):
        lines = [
            QuotaLine("东", "", "2026", "CNY", 9),
            QuotaLine("南", "", "2026-Q1", "CNY", 4),
            QuotaLine("西", "", "2025", "CNY", 4),
        ]
        assert quota_of(lines, "CNY", "2026-Q1") is None
        assert quota_of(lines[1:], "CNY", "2026-Q1") == 4


class TestByHand:
    """The deals of `made_portfolios`: three close on 31 December 2026; won were 200,000 in May and 50,000.50 undated."""

    made = portfolio([*THREE, *ENDED, result("old", close_date="2026-08-01")], calendar=QUARTERS, quota_lines=QUOTAS)

    def rows(self, whose, label="", currency="CNY"):
        found = [row for row in self.made.periods[whose] if (row.label, row.currency) == (label, currency)]
        return {row.period: row for row in found}

    def test_of_all(self):
        rows = self.rows("all")
        assert list(rows) == ["overdue", "2026-Q2", "2026-Q4", "2026"]
        assert (rows["overdue"].deals, rows["overdue"].amount, rows["overdue"].gap) == (1, 100000000, None)
        assert (rows["2026-Q2"].deals, rows["2026-Q2"].amount, rows["2026-Q2"].won) == (0, 0, 20000000)
        assert (rows["2026-Q4"].deals, rows["2026-Q4"].adjusted, rows["2026-Q4"].won) == (2, 18200000, 5000050)
        assert (rows["2026-Q4"].quota, rows["2026-Q4"].gap) == (75000000, 75000000 - 5000050 - 18200000)
        assert (rows["2026"].adjusted, rows["2026"].won, rows["2026"].quota) == (18200000, 25000050, 105000000)
        assert rows["2026"].claimed_gap == 105000000 - 25000050 - 73333333

    def test_of_teams_and_reps(self):
        assert self.rows("team", "华南")["2026-Q4"].gap == 5000000 - 5000050
        assert self.rows("team", "华东")["2026"].gap == 100000000 - 20000000 - 18200000
        assert self.rows("rep", "王芳")["2026-Q4"].gap == 40000000 - 8200000
        assert self.rows("rep", "李晨")["2026-Q4"].quota == 30000000

    def test_a_quota_without_a_deal_has_its_row(self):
        made = portfolio([result()], calendar=MONTHS, quota_lines=[QuotaLine("北", "", "2027-02", "USD", 5)])
        assert [(row.label, row.currency, row.period, row.gap) for row in made.periods["team"]][-1:] == [
            ("北", "USD", "2027-02", 5)
        ]

    def test_without_a_calendar_there_are_none(self):
        assert portfolio(THREE).periods == {}


@settings(deadline=None, max_examples=40)
@given(deals=st.lists(some_deals, max_size=25), by=st.sampled_from([QUARTERS, MONTHS]))
def test_periods_add_up_to_the_totals_and_years_to_their_periods(deals, by):
    made = portfolio_of_deals(deals, calendar=by, quota_lines=QUOTAS)
    for rows in made.periods.values():
        assert len({(row.label, row.period, row.currency) for row in rows}) == len(rows)
        for currency, total in made.totals.items():
            mine = [row for row in rows if row.currency == currency]
            for code in OF_PERIODS:
                assert sum(getattr(row, code) for row in mine if not row.period.isdecimal()) == getattr(total, code)
                years = Counter()
                for row in mine:
                    years[row.label, row.period[:4], row.period.isdecimal()] += getattr(row, code)
                assert all(
                    units == years[label, year, True]
                    for (label, year, whole), units in years.items()
                    if year.isdecimal() and not whole
                )
        for row in rows:
            if row.quota is not None:
                assert row.won + row.adjusted + row.gap == row.won + row.claimed + row.claimed_gap == row.quota


class TestFile:
    """CSV, .xlsx, YAML or JSON; what cannot be meant is one line that names the line."""

    def write(self, tmp_path, text, name="q.csv"):
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    def test_a_csv(self, tmp_path):
        path = self.write(
            tmp_path,
            'team,rep,period,currency,amount\n华东,,2026-Q3,CNY,"1,200.50"\n,,,,\n华东,李晨,2026-07,人民币,5\n',
        )
        assert read_quota_file(path) == [
            QuotaLine("华东", "", "2026-Q3", "CNY", 120050), QuotaLine("华东", "李晨", "2026-07", "CNY", 500),
        ]  # fmt: skip

    def test_a_yaml_without_teams(self, tmp_path):
        path = self.write(tmp_path, "- {期间: 2026, 币种: JPY, 金额: 12}\n", "q.yaml")
        assert read_quota_file(path) == [QuotaLine("", "", "2026", "JPY", 12)]

    def test_a_workbook_whose_month_has_become_a_day(self, tmp_path):
        book = openpyxl.Workbook()
        for row in (
            ["Period", "Currency", "Quota", "Rep"],
            [date(2026, 7, 1), "CNY", 5.5, "Ann"],
            [2026, "CNY", 6, "Ann"],
        ):
            book.active.append(row)
        book.save(tmp_path / "q.xlsx")
        assert read_quota_file(tmp_path / "q.xlsx") == [
            QuotaLine("", "Ann", "2026-07", "CNY", 550), QuotaLine("", "Ann", "2026", "CNY", 600),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("lines", "told"),
        [
            ("period,amount\n2026,5", "row of the quota file"), ("", "row of the quota file"),
            ("period,currency,amount\nQ3,CNY,5", "line 2: the period “Q3”"),
            ("period,currency,amount\n2026,CNY,5\n2026-Q1,XYZ,5", "line 3: the currency “XYZ”"),
            ("period,currency,amount\n2026,CNY,-5", "line 2: the amount “-5”"),
            ("period,currency,amount\n2026,JPY,5.5", "line 2: the amount “5.5”"),
            ("period,currency,amount\n2026,CNY,", "line 2: the amount “”"),
            ("period,currency,amount\n2026,CNY,1e999999", "line 2: the amount"),
            ("period,currency,amount\n2026-Q1,CNY,5\n2026Q1,cny,6", "line 3: team, rep, period and currency are those of line 2"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_meant_names_its_line(self, tmp_path, lines, told):
        with pytest.raises(UserError) as refused:
            read_quota_file(self.write(tmp_path, lines))
        assert told in refused.value.words.en

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(UserError):
            read_quota_file(tmp_path / "none.csv")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_has_a_sheet_for_all_for_teams_and_for_reps(lang):
    made = portfolio([*THREE, *ENDED], lang=lang, calendar=QUARTERS, quota_lines=QUOTAS)
    book = openpyxl.load_workbook(io.BytesIO(build_portfolio(made, lang, Path())), data_only=True)
    names = {"zh": ["按季度", "团队按季度", "销售按季度"], "en": ["By quarter", "Teams by quarter", "Reps by quarter"]}[
        lang
    ]
    assert book.sheetnames[3:6] == names
    rows = list(book[names[0]].iter_rows(min_row=HEAD_ROW + 2, values_only=True))
    assert ("2026-Q4", "CNY", 2, 1333333.33, 733333.33, 182000, 50000.5, 750000, 517999.5, -33333.83) in rows
    assert sum(str(row[0]).startswith("✓") for row in rows) == 2


def test_the_command_shows_periods_in_the_terminal_and_on_the_page(run, tmp_path, quiet_terminal):
    (tmp_path / "in").mkdir()
    deal = "{deal: {account: A, opportunity: B, owner: Ann, amount: 1000, currency: CNY, stage: market_research, close_date: 2026-12-31}}"
    (tmp_path / "in" / "a.yaml").write_text(deal, "utf-8")
    (tmp_path / "in" / "q.csv").write_text("rep,period,currency,amount\nAnn,2026-Q4,CNY,777\n", "utf-8")
    words_ = ("portfolio", "in", "--as-of", "2026-06-30", "--quota", "in/q.csv", "--lang", "en")
    code, out, _ = run(*words_, "--by", "quarter")
    assert code == 0
    for shown in (
        "By quarter",
        "Reps by quarter",
        "2026-Q4",
        "777.00",
        "Files read: 1.",
        "Periods as seen on 2026-06-30",
    ):
        assert shown in out
    assert run(*words_, "--by", "month", "-o", "p.html")[0] == 0
    page = (tmp_path / "p.html").read_text("utf-8")
    assert "Reps by month" in page
    assert ">2026-12<" in page
    assert run(*words_)[0] == 2
    assert "--by quarter" in run(*words_)[2]
