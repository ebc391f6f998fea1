"""The portfolio from a store has the figures of the portfolio from the files; its trend adds up to them."""

import json
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kept_maps import a_map, checked, write

from warmap.settings import default_settings, settings_from
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.office import Office
from warmap_app.batch.one import Terms
from warmap_app.batch.sources import Held, Source
from warmap_app.portfolio.deals import deals_of, judged, stored_results
from warmap_app.portfolio.forecast import portfolio_of
from warmap_app.portfolio.trend import trend_of
from warmap_app.portfolio.workbook import build_portfolio
from warmap_app.store import open_store
from warmap_app.store.records import deal_of

sys.path.insert(0, str(Path(__file__).parents[1] / "workbook"))
from war_map_strategies import documents

THIRDS = settings_from({"stage_probability": {"quotation_negotiation": 0.333}, "low_trust": 55})
days = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat)
deals = st.fixed_dictionaries(
    {
        "account": st.sampled_from(["华信", "东方", "Ann Ltd"]),
        "opportunity": st.sampled_from(["甲", "乙"]),
        "amount": st.integers(1, 10**11).map(lambda cents: cents / 100),
        "currency": st.sampled_from(["CNY", "USD", "JPY"]),
        "stage": st.sampled_from(["need_identification", "quotation_negotiation", "contract_signing"]),
        "as_of": days,
    }
)


@st.composite
def submissions(draw):
    """Maps of a few deals on some days, whatever else stands in them; some lack what a portfolio needs."""
    found = {}
    for document, deal in draw(st.lists(st.tuples(documents(), deals), min_size=1, max_size=6)):
        lacking = draw(st.sampled_from([(), (), (), ("amount",), ("stage",), ("as_of",), ("account",)]))
        whole = {**document, "deal": {**document["deal"], **deal, **dict.fromkeys(lacking)}}
        found[f"{len(found)}.json"] = json.loads(json.dumps(whole, default=str))
    return found


def results_in(store, terms):
    """The result of the newest map of every deal in a store."""
    ids = store.newest()
    return stored_results(store.maps(ids), len(ids), terms)


def newest_files(files):
    """Of each deal the file that a portfolio should show: the latest day, on it the file that came last."""
    chosen = {}
    for place, (name, document) in enumerate(files.items()):
        result = checked(document, name)[0]
        rank = (result["as_of"] or "", place)
        deal = deal_of(result["deal"], name)
        chosen[deal] = max(chosen.get(deal, (("", -1), "")), (rank, name))
    return sorted(name for _, name in chosen.values())


@settings(  # without shrinking: a map of every table takes long to make smaller
    max_examples=10, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(files=submissions(), other=st.sampled_from([None, THIRDS]), lang=st.sampled_from(["zh", "en"]))
def test_every_deal_is_what_it_is_in_its_newest_file(tmp_path_factory, files, other, lang):
    store = str(tmp_path_factory.mktemp("store") / "h.db")
    terms = Terms(lang, None, other)
    with open_store(store, write=True) as opened:
        opened.keep([checked(document, name) for name, document in files.items()])
    with open_store(store) as opened:
        stored, left = deals_of(results_in(opened, terms), lang)
    sources = [Source(name, Held(json.dumps(files[name]).encode())) for name in newest_files(files)]
    wanted, left_of_files = deals_of((judged(source, terms)["result"] for source in sources), lang)
    assert sorted(stored, key=lambda deal: deal.file) == wanted
    assert sorted(one.file for one in left) == [one.file for one in left_of_files]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_results_come_in_the_order_of_the_maps_however_many_are_in_memory(tmp_path, monkeypatch, at_once):
    """Two readers work on each handful of maps; a slow one does not change the order."""
    names = [f"{number}.json" for number in range(7)]
    tables = {"contacts": [{"name": f"王{number}"} for number in range(60)]}
    with open_store(str(tmp_path / "h.db"), write=True) as opened:
        maps = [a_map(tables if number % 3 == 0 else None, account=name) for number, name in enumerate(names)]
        opened.keep([checked(document, name) for document, name in zip(maps, names, strict=True)])
    with open_store(str(tmp_path / "h.db")) as opened:
        all_at_once = list(results_in(opened, Terms("en")))
        monkeypatch.setattr("warmap_app.portfolio.deals.AT_ONCE", at_once)
        assert list(results_in(opened, Terms("en"))) == all_at_once
    assert [result["file"] for result in all_at_once] == names


@pytest.fixture
def kept(store, keep, tmp_path):
    """Two deals in two currencies over three days, judged and kept; the files hold the last day."""
    for day, amount in (("2026-05-01", 1000000), ("2026-06-01", 2000000), ("2026-06-30", 1500000)):
        write(tmp_path / "in" / "a.json", a_map(as_of=day, amount=amount))
        if day != "2026-06-01":
            write(tmp_path / "in" / "b.json", a_map(account="东方", currency="USD", as_of=day, amount=amount / 10))
        keep(store, "in")
    return store


def portfolio_with_trend(store, chosen=None):
    """The portfolio of a store, with its trend."""
    chosen = chosen or default_settings()
    with open_store(store) as opened:
        found, left = deals_of(results_in(opened, Terms("en")), "en")
        portfolio = portfolio_of(len(found), found, left, chosen, {})
        return replace(portfolio, trend=trend_of(portfolio.lines, portfolio.closed, opened.moments(), chosen))


class TestTrend:
    """Day by day, and each deal since its day before."""

    def test_the_last_point_of_a_currency_is_what_the_portfolio_says(self, kept):
        for chosen in (default_settings(), THIRDS):
            portfolio = portfolio_with_trend(kept, chosen)
            for currency, total in portfolio.totals.items():
                last = portfolio.trend.by_currency()[currency][-1]
                assert (last.claimed, last.adjusted) == (total.claimed, total.adjusted)
                assert last.deals == sum(line.currency == currency for line in portfolio.lines)

    def test_a_deal_counts_on_every_day_with_its_newest_map_by_then(self, kept):
        points = portfolio_with_trend(kept).trend.points
        assert [(point.day.isoformat(), point.currency, point.deals, point.claimed) for point in points] == [
            ("2026-05-01", "CNY", 1, 25000000), ("2026-06-01", "CNY", 1, 50000000), ("2026-06-30", "CNY", 1, 37500000),
            ("2026-05-01", "USD", 1, 2500000), ("2026-06-30", "USD", 1, 3750000),
        ]  # fmt: skip

    def test_a_deal_that_changes_its_currency_leaves_the_old_one(self, store, keep, tmp_path):
        for day, currency in (("2026-05-01", "CNY"), ("2026-06-01", "USD")):
            keep(store, write(tmp_path / "a.json", a_map(as_of=day, currency=currency)))
        portfolio = portfolio_with_trend(store)
        by_currency = defaultdict(list)
        for point in portfolio.trend.points:
            by_currency[point.currency].append((point.deals, point.claimed > 0))
        assert by_currency == {"CNY": [(1, True), (0, False)], "USD": [(1, True)]}
        (since,) = portfolio.trend.since
        assert since.adjusted is None
        assert since.remark.en == "in another currency then"

    def test_a_deal_that_is_lost_counts_until_the_day_of_its_outcome(self, store, keep, tmp_path):
        for day, more in (
            ("2026-05-01", {}),
            ("2026-06-01", {}),
            ("2026-07-01", {"outcome": "lost", "outcome_on": "2026-05-20"}),
        ):
            keep(store, write(tmp_path / "a.json", a_map(as_of=day, **more)))
        points = portfolio_with_trend(store).trend.points
        assert [(point.day.isoformat(), point.deals) for point in points] == [("2026-05-01", 1), ("2026-05-20", 0)]

    def test_a_deal_is_compared_with_its_day_before(self, kept):
        since = {one.line.currency: one for one in portfolio_with_trend(kept).trend.since}
        assert {currency: one.day.isoformat() for currency, one in since.items()} == {
            "CNY": "2026-06-01",
            "USD": "2026-05-01",
        }
        assert since["CNY"].health_change == since["CNY"].line.health - since["CNY"].health
        assert since["CNY"].adjusted_change == since["CNY"].line.adjusted - since["CNY"].adjusted

    def test_a_map_judged_by_other_settings_is_said_to_be(self, kept, keep, run, tmp_path):
        write(tmp_path / "in" / "a.json", a_map(as_of="2026-07-31"))
        write(tmp_path / "s.json", b'{"low_trust": 55}')
        keep(kept, "in", "--settings", "s.json")
        out = run("portfolio", "--store", kept, "--settings", "s.json", "--lang", "zh")[1]
        assert "2 个商机上次是用另一组设置评的" in out
        assert "上次是用另一组设置评的" not in run("portfolio", "in", "--store", kept, "--lang", "zh")[1]

    def test_days_after_the_portfolio_s_own_do_not_count(self, kept, run, tmp_path):
        write(tmp_path / "in" / "a.json", a_map(as_of="2026-05-15", amount=7))
        out = run("portfolio", "in/a.json", "--store", kept)[1]
        assert "2026-05-15" in out
        assert "2026-06" not in out


class TestCommand:
    """`warmap portfolio … --store`."""

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_the_workbook_has_two_more_sheets_and_a_chart_a_currency(self, kept, run, lang):
        assert run("portfolio", "--store", kept, "--lang", lang, "-o", "out.xlsx")[0] == 0
        book = openpyxl.load_workbook("out.xlsx")
        trend, since = {"zh": ("走势", "变化"), "en": ("Trend", "Changes")}[lang]
        assert len(book[trend]._charts) == 2
        assert [row[1] for row in book[trend].iter_rows(min_row=5, values_only=True)] == ["CNY"] * 3 + ["USD"] * 2
        assert book[since].max_row == 6
        assert str(book[since]["H5"].value).startswith("=")

    def test_the_page_has_a_section_with_a_drawing_a_currency(self, kept, run):
        run("portfolio", "--store", kept, "-o", "out.html")
        page = Path("out.html").read_text("utf-8")
        section = page.partition('<section class="trend">')[2].partition("</section>")[0]
        assert section.count('aria-roledescription="line mark"') == 4
        assert section.count('aria-roledescription="point"') == 10
        assert '<td class="money">' in section

    @pytest.mark.parametrize("ending", [".xlsx", ".html"])
    def test_a_currency_that_no_deal_is_in_any_more_is_drawn_all_the_same(self, store, keep, run, tmp_path, ending):
        for day, currency in (("2026-05-01", "CNY"), ("2026-06-01", "USD")):
            keep(store, write(tmp_path / "a.json", a_map(as_of=day, currency=currency)))
        assert run("portfolio", "--store", store, "-o", f"out{ending}")[0] == 0

    def test_without_a_store_there_is_neither(self, kept, run):
        run("portfolio", "in", "-o", "out.xlsx")
        run("portfolio", "in", "-o", "out.html")
        assert "Trend" not in openpyxl.load_workbook("out.xlsx").sheetnames
        assert "polyline" not in Path("out.html").read_text("utf-8")

    def test_from_files_or_from_the_store_the_figures_are_the_same(self, kept, run):
        of_files = run("portfolio", "in", "--store", kept)[1]
        assert of_files.partition("Files read")[0] == run("portfolio", "--store", kept)[1].partition("Files read")[0]

    def test_another_day_of_judging_holds_for_kept_maps_too(self, kept, run):
        assert "Judged as of 2026-09-30." in run("portfolio", "--store", kept, "--as-of", "2026-09-30")[1]

    def test_earlier_days_are_converted_too(self, kept, run, tmp_path):
        (tmp_path / "rates.csv").write_text("from,to,rate,date,source\nUSD,CNY,7.1,2026-06-30,PBoC\n", "utf-8")
        out = run("portfolio", "--store", kept, "--currency", "CNY", "--rates", "rates.csv")[1]
        assert "1 USD = 7.1 CNY (2026-06-30, PBoC)" in out
        assert "427,500.00" in out  # on 2026-05-01 250,000 + 25,000 × 7.1
        assert "  USD" not in out

    def test_a_verdict_on_cells_is_remembered(self, kept, run, keep, tmp_path):
        write(tmp_path / "in" / "b.json", a_map(account="东方", currency="USD", as_of="2026-06-30", owner=None))
        keep(kept, "in")
        assert "Deals counted that did not pass the check: 1" in run("portfolio", "--store", kept)[1]

    def test_without_files_and_store_it_says_what_to_name(self, run):
        code, _, err = run("portfolio")
        assert code == 2
        assert "--store" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_formula_of_the_trend_is_computed_so_in_libreoffice(office, kept_once, tmp_path, lang):
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_portfolio(kept_once, lang, tmp_path))
    compared = compare_live(office, path)
    assert compared.differences == []
    assert compared.cells > 200


def test_microsofts_validator_finds_nothing_in_the_trend(validator, kept_once, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_portfolio(kept_once, "zh", tmp_path))
    assert validator(path) == []


@pytest.fixture(scope="module")
def office():
    with Office() as running:
        yield running


@pytest.fixture(scope="module")
def kept_once(tmp_path_factory):
    """A portfolio with its trend: hostile names, a currency without decimals, a deal kept once."""
    store = str(tmp_path_factory.mktemp("kept") / "h.db")
    made = [
        a_map(account=account, as_of=day, amount=amount, currency=currency)
        for account, currency in (("=1+1", "CNY"), ("<b>", "JPY"), ("'", "BHD"))
        for day, amount in (("2026-05-01", 1234567), ("2026-06-30", 7654321))
    ]
    with open_store(store, write=True) as opened:
        opened.keep([checked(document) for document in [*made, a_map(account="once")]])
    return portfolio_with_trend(store)
