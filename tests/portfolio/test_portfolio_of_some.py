"""Some of the deals: by team, rep, band and open flag; their lines as CSV and Parquet; totals are of what is shown."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_portfolios import THREE, WON, flag, portfolio, portfolio_of_deals, result, some_deals, some_names

from warmap.names import key
from warmap.settings import default_settings
from warmap.terms import HealthBand
from warmap.text import LANGUAGES, Text
from warmap_app.outputs.csv_tables import csv_file
from warmap_app.outputs.parquet_tables import parquet_file
from warmap_app.portfolio.chosen import Chosen, chosen_of
from warmap_app.portfolio.deal_lines import LINES, rows_of
from warmap_app.portfolio.deals import RISKS_SHOWN
from warmap_app.portfolio.gathered import Gathered

DEAL = {
    "account": "Ann Ltd", "opportunity": "Core", "amount": 1000, "currency": "CNY", "stage": "market_research",
    "owner": "Li Chen", "team": "East", "as_of": "2026-06-30", "close_date": "2026-12-31",
}  # fmt: skip


def gathered(deals, **given):
    """What was read, with these deals."""
    return Gathered(
        files=len(deals),
        deals=deals,
        left_out=[],
        settings=default_settings(),
        judged_by=Text("x", "x"),
        quotas={},
        **given,
    )


some = st.builds(
    Chosen,
    st.lists(some_names, max_size=2),
    st.lists(some_names, max_size=2),
    st.lists(st.sampled_from(list(HealthBand)), max_size=2),
    st.sampled_from([(), ("RF101",)]),
)


class TestWhichDealsAreShown:
    @given(st.lists(some_deals, max_size=12), some)
    def test_those_that_are_named_and_their_totals_alone(self, deals, chosen):
        wanted = [
            deal
            for deal in deals
            if (not chosen.team or key(deal.team) in map(key, chosen.team))
            and (not chosen.rep or key(deal.rep) in map(key, chosen.rep))
            and (not chosen.band or deal.band in chosen.band)
            and (not chosen.code or deal.risks)
        ]
        shown, alone = gathered(deals).portfolio(chosen), portfolio_of_deals(wanted)
        assert shown.totals == alone.totals
        assert shown.rollups == alone.rollups
        assert [row.deal for row in rows_of(shown)] == [row.deal for row in rows_of(alone)]
        assert (shown.chosen is None) is (not chosen)

    @pytest.mark.parametrize("team", ["华 东", "华东 ", "华东"])
    def test_names_are_compared_as_everywhere(self, team):
        deals = [line.deal for line in portfolio(THREE).lines]
        assert [deal.file for deal in Chosen(team=(team,)).of_deals(deals)] == ["a.yaml", "b.yaml"]

    @pytest.mark.parametrize("word", ["", "（未填）", "(blank)"])
    def test_a_blank_is_named_by_its_word(self, word):
        deals = [line.deal for line in portfolio(THREE).lines]
        assert [deal.file for deal in Chosen(team=(word,)).of_deals(deals)] == ["c.yaml"]

    @pytest.mark.parametrize("word", ["green", "Green", "绿", " GREEN "])
    def test_a_band_is_named_in_either_language(self, word):
        assert chosen_of({"band": [word]}).band == (HealthBand.GREEN,)

    def test_a_flag_beyond_those_that_are_shown_counts(self):
        many = [flag(f"RF10{n}", "critical") for n in range(1, 5)]
        deals = [line.deal for line in portfolio([result("x.yaml", red_flags=many)]).lines]
        assert len(deals[0].risks) == 4
        assert [bool(risk.message) for risk in deals[0].risks] == [True] * RISKS_SHOWN + [False] * 2
        assert Chosen(code=("RF104",)).of_deals(deals) == deals
        assert Chosen(code=("RF306",)).of_deals(deals) == []


@pytest.fixture
def folder(tmp_path, quiet_terminal):
    """Three deals of two teams, one of them spelt in two ways, and a file without an amount."""
    given = {
        "a": {}, "b": {"account": "Bob Ltd", "team": "ＥＡＳＴ", "owner": "Ann", "amount": 500},
        "c": {"account": "=HYPERLINK(1)", "team": "West", "amount": 70, "currency": "USD"},
        "d": {"account": "Dan Ltd", "team": "West", "amount": None},
    }  # fmt: skip
    (tmp_path / "in").mkdir()
    for name, deal in given.items():
        (tmp_path / "in" / f"{name}.json").write_text(json.dumps({"deal": {**DEAL, **deal}}))
    return tmp_path


class TestTheCommand:
    def test_the_filter_and_what_it_leaves_is_said(self, folder, run):
        code, out, _ = run("portfolio", "in", "--team", "east")
        assert code == 0
        assert "Shown only: Team: east. Deals: 2 of 3; not counted: 0 of 1. All totals are of the deals shown." in out
        assert "USD" not in out
        assert "West" not in out

    @pytest.mark.parametrize("ending", ["xlsx", "html", "csv", "parquet"])
    def test_so_it_is_with_every_output(self, folder, run, ending):
        code, out, _ = run("portfolio", "in", "--team", "West", "-o", f"p.{ending}")
        assert code == 0
        assert "Shown only: Team: West. Deals: 1 of 3; not counted: 1 of 1." in out
        if ending == "html":
            assert "Shown only: Team: West." in (folder / "p.html").read_text("utf-8")
        if ending == "xlsx":
            cells = [
                cell
                for row in openpyxl.load_workbook("p.xlsx").worksheets[0].iter_rows(values_only=True)
                for cell in row
            ]
            assert any("Shown only: Team: West." in str(cell) for cell in cells)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("--team", "North"), "no team is called “North”; there are: "),
            (("--rep", "Zoe"), "no rep is called “Zoe”; there are: Ann, Li Chen"),
            (("--band", "purple"), "“purple” is no band; use one of: Green, Amber, Red, Incomplete"),
            (("--code", "RF000"), "there is no red flag “RF000”"),
            (("--band", "red", "--quota", "100"), "with --band or --code there is no gap to it"),
        ],
    )
    def test_what_cannot_be_meant_is_one_line(self, folder, run, words, told):
        code, _, err = run("portfolio", "in", *words)
        assert code == 2
        assert told in err

    def test_a_quota_of_the_team_that_is_shown(self, folder, run):
        (folder / "q.csv").write_text("team,period,currency,amount\nEast,2027,CNY,9000\nWest,2027,USD,800\n")
        _, out, _ = run("portfolio", "in", "--team", "EAST", "--by", "quarter", "--quota", "q.csv")
        assert "9,000.00" in out
        assert "800.00" not in out

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_csv_is_in_words_and_guarded(self, folder, run, lang):
        run("portfolio", "in", "-o", "p.csv", "--lang", lang)
        text = (folder / "p.csv").read_bytes().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        heads = {column.code: column.head.to(lang) for column in LINES}
        assert list(rows[0]) == list(heads.values())
        assert [row[heads["account"]] for row in rows] == ["Ann Ltd", "Bob Ltd", "'=HYPERLINK(1)"]
        assert {row[heads["stage"]] for row in rows} == {{"zh": "市场调研", "en": "Market research"}[lang]}
        assert [row[heads["amount"]] for row in rows] == ["1000.00", "500.00", "70.00"]

    def test_a_parquet_has_codes_exact_amounts_and_days(self, folder, run):
        run("portfolio", "in", "-o", "p.parquet")
        table = pyarrow.parquet.read_table("p.parquet")
        assert table.column_names == [column.code for column in LINES]
        kinds = {
            name: str(table.schema.field(name).type) for name in ("amount", "health", "critical", "as_of", "passed")
        }
        assert kinds == {
            "amount": "decimal128(38, 4)",
            "health": "double",
            "critical": "int64",
            "as_of": "date32[day]",
            "passed": "bool",
        }
        row = table.to_pylist()[2]
        assert row["account"] == "=HYPERLINK(1)"
        assert (row["stage"], row["amount"], row["as_of"]) == ("market_research", Decimal("70.0000"), date(2026, 6, 30))

    def test_nothing_is_loaded_that_the_terminal_does_not_need(self, folder):
        code = (
            "import sys; from warmap_app.main import main; main(['portfolio', 'in']);"
            "print(sorted({'pandas', 'numpy', 'xlsxwriter', 'jinja2', 'sqlalchemy', 'pyarrow', 'rich'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"


@given(st.lists(some_deals, max_size=10))
def test_the_lines_add_up_to_the_totals(deals):
    found = portfolio_of_deals(deals)
    content, remarks = parquet_file(LINES, rows_of(found))
    table = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
    assert remarks == []
    assert len(table) == len(deals) == len(csv_file(LINES, rows_of(found), "en").splitlines()) - 1
    for currency, total in found.totals.items():
        digits = {"JPY": 0, "BHD": 3}.get(currency, 2)
        mine = [row for row in table if row["currency"] == currency]
        assert sum(row["adjusted"] or 0 for row in mine) == Decimal(total.adjusted).scaleb(-digits)
        assert sum(row["won"] or 0 for row in mine) == Decimal(total.won).scaleb(-digits)


def test_a_closed_deal_has_its_outcome_and_no_forecast():
    content, _ = parquet_file(LINES, rows_of(portfolio([WON])))
    row = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()[0]
    assert (row["outcome"], row["won"], row["claimed"]) == ("won", Decimal(200000), None)
