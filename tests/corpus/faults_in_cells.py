"""Faults that one cell shows: blank, not in the list, of the wrong type, out of range, impossible, filler, improper."""

from __future__ import annotations

from datetime import date

from saved_template import SavedError

from warmap.model import TABLE, Kind
from warmap.parsing.days import EXCEL

NO_NAME_ANY_MORE = "nobody bears the name any more"
NO_ROLE_ANY_MORE = "without its role nobody can tell which criteria a wins row means"
NUMBERS = (Kind.NUMBER, Kind.WHOLE, Kind.MONEY)
ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!")
NO_NUMBERS = ("很多", "about 5", "3 or 4", "1.2亿", "5k", "高", True)
NO_DATES = ("上周", "Q3 2026", "2026-13-40", "31.12.26", "月底前", "next Monday", True, -5, 3_000_000)
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


def _losing_a_role(sub, table, line, name):
    """What follows when the role of a wins row can no longer be read."""
    if (table, name) == ("wins", "role"):
        statuses = [
            code for code in sub.columns["wins"] if code.startswith("statuses.") and line.cells.get(code) is not None
        ]
        if statuses:
            sub.must_find("DV203", "wins", line, statuses[0], NO_ROLE_ANY_MORE)


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
    if loses:
        _losing_a_role(sub, *chosen)
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
    judged = sub.lines["deal"][0].cells.get("as_of")
    if rng.random() < 0.5 and isinstance(judged, int) and sub.is_free("deal", None, "as_of"):
        later = _plant(
            sub, "DV205", sub.fields(lambda item: item.code == "last_contact"), lambda _: judged + rng.randint(1, 400)
        )
        if later:
            sub.used.add(("deal", "as_of"))
            return True
    early = (rng.randint(61, 36000), date(1999, 12, 31).isoformat(), "1998/5/1", EXCEL.number(date(1999, 12, 31)))
    return _plant(sub, "DV205", sub.fields(lambda item: item.kind is Kind.DATE), lambda _: rng.choice(early))


def placeholder(sub, rng):
    def is_wanted(item):
        return item.required and item.kind is Kind.TEXT and item.code != "currency"

    places = [place for place in sub.fields(is_wanted) if place[0] != "contacts"]
    return _plant(sub, "DV401", places, lambda _: rng.choice(FILLERS), loses=False)


def improper_win(sub, rng):
    places = sub.fields(lambda item: item.code == "personal_win", filled=False)
    return _plant(sub, "CP001", places, lambda _: rng.choice(IMPROPER).format(rng.randint(2, 900)), loses=False)
