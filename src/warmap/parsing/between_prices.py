"""DV210 between cells: the amount of the deal and the prices of its negotiation that cannot all be meant in one unit."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from warmap.findings import Finding
from warmap.model import TABLE, WarMap
from warmap.parsing.headers import Place, at
from warmap.parsing.numbers import grouped
from warmap.terms import Severity
from warmap.text import Text, joined

TOO_FAR_APART = 100
PRICES = ("opening_price", "target_price", "walk_away_price", "customer_walk_away")
IN_ORDER = PRICES[:3]
APART = Text("它是 {value}，与{others}相差一百倍以上", "it is {value}, a hundredfold or more apart from {others}")
OTHER = Text("“{field}”（{place}）的 {value}", "“{field}” ({place}), {value}")
ONE_UNIT = Text(
    "把两处写成同一个单位（例如都写元，不写万元）；评分按填的数字计。",
    "Enter both in the same unit (in units of the currency, not thousands or 万); the figures entered are what counts.",
)
OUT_OF_ORDER = Text(
    "它是 {value}，低于{others}；开价、目标价、底价应依次不升",
    "it is {value}, below {others}; opening, target and walk-away price should not rise from one to the next",
)
ORDER_THEM = Text("核对开价、目标价和底价。", "Check the opening, the target and the walk-away price.")


def sizes_in_doubt(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A hundredfold between the amount and prices: told at the amount where all prices are apart from it, else at each."""
    amount = war_map.deal.amount
    prices = {code: value for code in PRICES if (value := getattr(war_map.negotiation, code)) is not None and value > 0}
    apart = [code for code, value in prices.items() if amount is not None and _are_apart(amount, value)]
    if not apart:
        yield from _out_of_order(war_map, places)
    elif len(apart) == len(prices):
        others = [_named(places, "negotiation", code, prices[code]) for code in apart]
        yield _doubt(places, "deal", "amount", amount, others, APART, ONE_UNIT)
    else:
        for code in apart:
            others = [_named(places, "deal", "amount", amount)]
            yield _doubt(places, "negotiation", code, prices[code], others, APART, ONE_UNIT)


def _are_apart(one: Decimal, other: Decimal) -> bool:
    return one > 0 and max(one, other) >= TOO_FAR_APART * min(one, other)


def _out_of_order(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """The first price that is below the next one given."""
    given = [(code, value) for code in IN_ORDER if (value := getattr(war_map.negotiation, code)) is not None]
    for (code, value), (after, higher) in pairwise(given):
        if value < higher:
            others = [_named(places, "negotiation", after, higher)]
            found = _doubt(places, "negotiation", code, value, others, OUT_OF_ORDER, ORDER_THEM)
            yield Finding(found.code, found.sheet, found.cell, found.field, found.facts, Severity.MINOR)
            return


def _doubt(
    places: Mapping[str, Place], table: str, code: str, value: Decimal | None, others: list[Text], what: Text, advice: Text
) -> Finding:  # fmt: skip
    said = what.filled(value=grouped(value or Decimal(0)), others=joined(others))
    facts = {"field": TABLE[table].by_code[code].label, "what": said, "advice": advice}
    return Finding("DV210", *at(places, table, 0, code), code, facts)


def _named(places: Mapping[str, Place], table: str, code: str, value: Decimal | None) -> Text:
    """A figure, the name of its field and its place: `谈判!B8`, or the path in a document."""
    sheet, cell = at(places, table, 0, code)
    place = cell if cell.startswith(f"{sheet}.") else f"{sheet}!{cell}" if cell else sheet
    return OTHER.filled(field=TABLE[table].by_code[code].label, place=place, value=grouped(value or Decimal(0)))
