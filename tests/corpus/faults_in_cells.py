"""Faults that one cell shows: blank, not in the list, of the wrong type, out of range, impossible, filler, improper."""

from __future__ import annotations

from datetime import date

from saved_template import SavedError

from warmap.model import TABLE, Kind, When
from warmap.parsing.days import EXCEL

NO_NAME_ANY_MORE = "nobody bears the name any more"
NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.MONEY)
ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!")
NO_NUMBERS = ("很多", "about 5", "3 or 4", "5k", "高", True, "2.500", "1.234,56", "12.8M", "1 234", "1,5")
NO_DATES = (
    "5/6/2026",
    "03-04-2026",
    "上周",
    "Q3 2026",
    "2026-13-40",
    "31.12.26",
    "月底前",
    "next Monday",
    True,
    -5,
    3_000_000,
)
NOT_LISTED = ("非常高", "maybe", "不好说", "rather yes", "7", 42, True, "Hight")
NO_TICKS = ("maybe", "待核实后再说", 5, "主要是他")
NO_CURRENCIES = ("元元", "XXQ", "dollars and cents", "人民币元整")
FILLERS = (
    "TBD",
    "待定",
    "xxx",
    "？？",
    "n/a",
    "N/A",
    "to be confirmed",
    "待补充",
    "——",
    "…",
    "某某公司",
    "todo",
    "同上",
    "测试",
    "TBD (ask Ann)",
    "待定（问王总）",
    "XXX",
    "暂无",
)
IMPROPER = (
    "拿{0}个点的回扣",
    "过年送{0}元红包",
    "a {0}% kickback",
    "commission of {0}% for himself",
    "{0}元购物卡",
    "cash in hand, {0} thousand",
    "礼金{0}元",
    "a gift card of {0}",
)


def _losing_a_name(sub, table, line, name):
    """What follows when a contact's name can no longer be read; False where other faults stand in the way."""
    if (table, name) != ("contacts", "name"):
        return True
    places = list(sub.references(line.cells["name"]))
    if not all(sub.is_free(*place[:3]) for place in places):
        return False
    for other, there, field, _ in places:
        sub.used.add((other, field) if TABLE[other].is_record else (other, there.row))
        sub.must_find("DV206", other, there, field, NO_NAME_ANY_MORE)
    return True


def _plant(sub, code, candidates, value_of, *, loses=True):
    """One fault at one of the cells: `value_of(field)` gives what is typed there."""
    chosen = sub.choose(candidates)
    if chosen is None:
        return False
    table, line, name = chosen
    if loses and not _losing_a_name(sub, *chosen):
        return False
    value = value_of(TABLE[table].by_code[name])
    sub.put(table, line, name, value)
    sub.must_find(code, table, line, name)
    return True


def required_field_empty(sub, rng):
    places = [
        (table, line, name)
        for table, line, name in sub.fields(lambda item: item.required)
        if TABLE[table].is_record or sum(value is not None for value in line.cells.values()) > 2
    ]
    return _plant(sub, "DV201", places, lambda _: rng.choice((None, None, "  ", "\n")))


def value_not_in_list(sub, rng):
    def value(item):
        if item.code == "currency":
            return rng.choice(NO_CURRENCIES)
        if item.kind in (Kind.TICK, Kind.YES_NO):
            return rng.choice(NO_TICKS)
        return rng.choice((*NOT_LISTED, SavedError(rng.choice(ERRORS))))

    kinds = (Kind.PICK, Kind.TICK, Kind.YES_NO)
    return _plant(sub, "DV202", sub.fields(lambda item: item.kind in kinds or item.code == "currency"), value)


def wrong_type(sub, rng):
    def value(item):
        error = SavedError(rng.choice(ERRORS))
        if item.kind is Kind.DATE:
            return rng.choice((*NO_DATES, error))
        if item.kind is Kind.WHOLE:
            return rng.choice((*NO_NUMBERS, 2.5, error))
        if item.kind is Kind.MONEY:  # TRUE counts as 1, which is far from the other amounts and told of again
            return rng.choice((*("yes" if word is True else word for word in NO_NUMBERS), error))
        return rng.choice((*NO_NUMBERS, error)) if item.kind in NUMBERS else error

    kinds = (*NUMBERS, Kind.DATE, Kind.TEXT, Kind.NAME)
    return _plant(sub, "DV203", sub.fields(lambda item: item.kind in kinds), value)


def out_of_range(sub, rng):
    def value(item):
        wrong = [10**15, -2 * 10**15]
        if item.high is not None:
            wrong += [item.high + 1, item.high + 0.5 if item.kind is Kind.NUMBER else item.high + 2, str(item.high + 3)]
        if item.low is not None:
            wrong += [item.low - 1, item.low - 7]
        if item.above is not None:
            wrong += [item.above, item.above - 3]
        return rng.choice(wrong)

    return _plant(sub, "DV204", sub.fields(lambda item: item.kind in NUMBERS), value)


def impossible_date(sub, rng):
    if not sub.lines["deal"]:  # the sheet is gone
        return False
    judged = sub.lines["deal"][0].cells.get("as_of")
    if rng.random() < 0.6 and isinstance(judged, int) and sub.is_free("deal", None, "as_of"):
        when, steps = rng.choice(((When.PAST, (1, 400)), (When.PLANNED, (3660, 9000))))
        days = sub.fields(lambda item: item.when is when and item.code not in ("as_of", "raised_on", "closed_on"))
        if _plant(sub, "DV205", days, lambda _: judged + rng.randint(*steps)):
            sub.used.add(("deal", "as_of"))
            return True
    wrong = (
        rng.randint(61, 36000), date(1999, 12, 31).isoformat(), "1998/5/1", EXCEL.number(date(1999, 12, 31)), 2026,
        EXCEL.number(date(2101, 1, 1)), "2626-06-30",
    )  # fmt: skip
    return _plant(sub, "DV205", sub.fields(lambda item: item.kind is Kind.DATE), lambda _: rng.choice(wrong))


def size_in_doubt(sub, rng):
    """A percentage where no share is meant, or an amount in another unit than the prices."""
    if not (sub.lines["negotiation"] and sub.lines["deal"]):  # a sheet that is gone
        return False
    negotiation = sub.lines["negotiation"][0].cells
    if rng.random() < 0.3 and any(negotiation.get(name) for name in ("opening_price", "walk_away_price")):
        amount = sub.lines["deal"][0].cells.get("amount")
        is_free = sub.is_free("deal", None, "amount") and not any(mark[0] == "negotiation" for mark in sub.used)
        if is_free and isinstance(amount, int | float):
            sub.used |= {("deal", "amount"), ("negotiation",)}
            sub.put("deal", sub.lines["deal"][0], "amount", round(amount / 10_000, 4))
            sub.must_find("DV210", "deal", sub.lines["deal"][0], "amount")
            return True
    places = sub.fields(lambda item: item.kind in NUMBERS and (item.low, item.high) != (0, 1))
    return _plant(sub, "DV210", places, lambda _: f"{rng.randint(1, 99)}%")


def changes_by_itself(sub, rng):
    """A formula that gives another day tomorrow, or a link to a blank cell."""
    if rng.random() < 0.5:
        days = sub.fields(lambda item: item.kind is Kind.DATE)
        chosen = sub.choose(place for place in days if isinstance(place[1].cells[place[2]], int))
        if chosen is None:
            return False
        table, line, name = chosen
        sub.formulas[table, id(line), name] = f"TODAY()-{rng.randint(1, 99)}"
        sub.must_find("DV211", table, line, name)
        return True
    words = sub.fields(lambda item: item.kind in (Kind.TEXT, Kind.DATE) and not item.required)
    return _plant(sub, "DV211", words, lambda _: 0)


def never_calculated(sub, rng):
    """A formula that a program wrote which does not calculate; none on which a result hangs that is planted as wrong."""
    wrong = {
        code for planted, block, _ in sub.results.in_blocks if planted == "DV303" for code in block.function.tables
    }
    places = sub.fields(lambda item: item.kind in (Kind.PICK, Kind.DATE, *NUMBERS) and item.code != "role")
    chosen = sub.choose(place for place in places if place[0] not in wrong)
    if chosen is None:
        return False
    table, line, name = chosen
    sub.put(table, line, name, None)
    sub.formulas[table, id(line), name] = rng.choice(('IF(TRUE,"High","")', "1+1", "Sheet9!A1"))
    sub.results.uncalculated.add(table)
    sub.must_find("DV212", table, line, name)
    sub.used |= {(code,) for code in sub.lines}  # what hangs on it is not compared
    return True


def placeholder(sub, rng):
    """In any field: what only fills it is no value of the field."""
    kinds = (Kind.TEXT, Kind.PICK, Kind.DATE, *NUMBERS)
    places = [
        place for place in sub.fields(lambda item: item.kind in kinds and item.code != "currency")
        if place[0] != "contacts" or place[2] != "name"
    ]  # fmt: skip
    return _plant(sub, "DV401", places, lambda _: rng.choice(FILLERS), loses=False)


def improper_win(sub, rng):
    places = sub.fields(lambda item: item.code == "personal_win", filled=False)
    return _plant(sub, "CP001", places, lambda _: rng.choice(IMPROPER).format(rng.randint(2, 900)), loses=False)
