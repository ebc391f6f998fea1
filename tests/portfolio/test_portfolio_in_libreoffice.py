"""LibreOffice computes in every cell what is stored there, hostile names and odd currencies included."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_portfolios import ENDED, THREE, portfolio, portfolio_of_deals, result, some_deals

from warmap.periods import Calendar, QuotaLine
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.office import Office
from warmap_app.portfolio.workbook import build_portfolio

NAMES = ["North", "*", "N?rth", "N*", "<5", ">a", "=x", "~", "#N/A", "1", "TRUE", ".*", "[a-z]", 'a"b', "'", "长" * 300]
ODD = [
    result(
        str(place), owner=name, team=name, amount=amount, currency=currency, health=health, stage_reached=place % 6 + 1
    )
    for place, (name, amount, currency, health) in enumerate(
        (name, 1000000.01 + 3333.33 * step, "CNY", 12.345 * step % 100) for step, name in enumerate(NAMES)
    )
] + [result("bhd", amount=10.001, currency="BHD", health=33.3), result("jpy", amount=7, currency="JPY", health=0.0)]
CASES = {
    "three": (THREE, {"CNY": Decimal(400000), "JPY": Decimal(1)}),
    "no quota": (THREE, {}),
    "ended": ([*THREE, *ENDED], {"CNY": Decimal(650000), "USD": Decimal("9.5")}),
    "all ended": (ENDED, {"CNY": Decimal("650000.7")}),
    "odd": (ODD, {"CNY": Decimal("99999999.99"), "BHD": Decimal("1.234"), "JPY": Decimal(5), "EUR": Decimal(9)}),
    "nothing": ([result(amount=None)], {}),
}

QUOTAS = {"CNY": Decimal("9999999999.99"), "JPY": Decimal(999999999999), "BHD": Decimal("999999999.999")}


@pytest.fixture(scope="module")
def office():
    with Office() as running:
        yield running


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_live_result_is_the_stored_one(office, tmp_path, case, lang):
    results, quotas = CASES[case]
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_portfolio(portfolio(results, quotas, lang), lang, tmp_path))
    compared = compare_live(office, path)
    assert compared.differences == []
    assert compared.cells >= {"nothing": 0, "all ended": 40, "odd": 500}.get(case, 200)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("by", ["month", "quarter"])
def test_so_it_is_by_periods(office, tmp_path, by, lang):
    path = tmp_path / "book.xlsx"
    lines = [QuotaLine(name, "", "2026-Q4", "CNY", 7777777) for name in NAMES] + [
        QuotaLine("", "Ann", "2026", "JPY", 5)
    ]
    results = [
        {**one, "deal": {**one["deal"], "close_date": f"202{5 + place % 4}-{place % 12 + 1:02}-28"}}
        for place, one in enumerate([*ODD, *THREE, *ENDED])
    ]
    made = portfolio(results, {}, lang, calendar=Calendar(date(2026, 6, 30), by), quota_lines=lines)
    path.write_bytes(build_portfolio(made, lang, tmp_path))
    compared = compare_live(office, path)
    assert compared.differences == []
    assert compared.cells >= 800


@settings(  # without shrinking: each look costs a second
    deadline=None, max_examples=5, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deals=st.lists(some_deals, min_size=1, max_size=30))
def test_so_it_is_for_any_portfolio(office, tmp_path, deals):
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_portfolio(portfolio_of_deals(deals, QUOTAS), "en", tmp_path))
    assert [told for told in compare_live(office, path).differences if not is_dust(told)] == []


def is_dust(told):
    """The needed pipeline is a quotient of products, rounded up: from ten billion on a cell's number can be a cent off."""
    found = re.fullmatch(r"Overview!P\d+: expected (\S+), found (\S+)", told)
    return bool(found) and float(found[1]) == pytest.approx(float(found[2]), rel=1e-12)


def test_a_quota_typed_into_the_sheet_moves_gap_and_pipeline(office, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_portfolio(portfolio(THREE), "en", tmp_path))
    document = office.open(path)
    cards = document.cells("Overview")
    (row,) = [row for row in range(1, 20) if cards.value(f"B{row}") == "Claimed"]
    quota, gap, needed = (f"{column}{row + 1}" for column in "LNP")
    assert cards.value(gap) == ""
    document.set("Overview", quota, 400000)
    document.recalculate()
    after = document.cells("Overview")
    document.close()
    assert after.value(gap) == pytest.approx(218000)
    assert after.value(needed) == pytest.approx(1597069.60)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_microsofts_validator_finds_nothing(validator, tmp_path, case, lang):
    path = tmp_path / "book.xlsx"
    results, quotas = CASES[case]
    path.write_bytes(build_portfolio(portfolio(results, quotas, lang), lang, tmp_path))
    assert validator(path) == []
