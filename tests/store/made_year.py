"""A year of weekly submissions: deals that live through a plan of movements, typed in as people type, one plan a seed."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from warmap_app.portfolio.moves import Move

FIRST_WEEK = date(2026, 1, 4)
STAGES = ["need_identification", "market_research", "supplier_assessment", "quotation_negotiation"]
GATES = {1: ["need_confirmed", "owner_named"], 2: []}
PEOPLE = [("East", "Ann"), ("East", "李晨"), ("华南", "王芳"), ("West", "Bob O'Neil")]
CURRENCIES = ["CNY", "CNY", "USD", "JPY"]
PERSONS = [
    {"name": "王芳", "buying_roles": ["user"], "contact_frequency": "frequent"},
    {
        "name": "张伟",
        "buying_roles": ["coach"],
        "contact_frequency": "frequent",
        "support": "support",
        "level": "manager",
    },
    {
        "name": "赵敏",
        "buying_roles": ["economic"],
        "contact_frequency": "occasional",
        "support": "support",
        "level": "director",
    },
]
SPELT = {"CNY": ["CNY", "人民币", "cny"], "USD": ["USD", "美元", "usd"], "JPY": ["JPY", "日元"]}


@dataclass(frozen=True)
class Kept:
    """A deal in a week, as it is meant."""

    number: int
    account: str
    opportunity: str
    people: tuple[str, str]
    amount: int | None
    currency: str
    stage: int
    gates: int
    friends: int
    close_date: date
    outcome: str | None = None
    file: str = ""
    is_handed_in: bool = True


@dataclass
class Week:
    """What is handed in, by file, and what moved: deal and kind."""

    day: date
    files: dict[str, bytes] = field(default_factory=dict)
    moved: set[tuple[tuple[str, str], Move]] = field(default_factory=set)


def name_of(deal):
    return deal.account, deal.opportunity


def year(deals, weeks, seed=7, criteria=()):
    """The weeks, the first of which only starts; `criteria` are the exit criteria of stage 1, in their order."""
    chance = random.Random(seed)
    alive = [_new(number, chance) for number in range(1, deals + 1)]
    yet = {one.number: chance.choice([0, 0, 0, chance.randrange(weeks)]) for one in alive}
    alive = {one.number: one for one in alive}
    last = {}
    numbers = iter(range(deals + 1, 100 * deals))
    for place in range(weeks):
        week = Week(FIRST_WEEK + timedelta(weeks=place))
        for number, before in list(alive.items()):
            deal = before
            if yet.get(number, 0) > place:
                continue
            is_new = number not in last
            if is_new:
                week.moved.add((name_of(deal), Move.NEW))
            else:
                deal, others = _one_week(before, week, chance, numbers)
                for one in others:
                    alive[one.number] = one
                    yet[one.number] = 0
                    last[one.number] = _typed(one, week.day, chance, criteria)
                    if one.is_handed_in:
                        week.files[one.file] = last[one.number]
            alive[number] = deal
            if not deal.is_handed_in:
                continue
            is_stale = not is_new and chance.random() < 0.04 and not any(n == name_of(deal) for n, _ in week.moved)
            data = last[number] if is_stale and number in last else _typed(deal, week.day, chance, criteria)
            week.files[deal.file] = last[number] = data
        yield week


def _new(number, chance):
    return Kept(
        number, f"客户{number}股份" if number % 2 else f"Account {number} Works", "MES", chance.choice(PEOPLE),
        chance.randrange(1, 9000) * 1000 + number, chance.choice(CURRENCIES), chance.randrange(2), 0, 1,
        date(2029, 1, 1) + timedelta(days=chance.randrange(300)), file=f"deal {number}.json",
    )  # fmt: skip


def _one_week(deal, week, chance, numbers):
    """The deal a week later, with what it moved by; and the deals it brings along."""

    def moved(kind, of=deal):
        week.moved.add((name_of(of), kind))

    if not deal.is_handed_in:  # last week it was forgotten
        return replace(deal, is_handed_in=True), []
    if deal.amount is None:
        moved(Move.COMPLETED)
        return replace(deal, amount=chance.randrange(1, 9000) * 1000 + deal.number), []
    if deal.outcome is not None:
        if deal.outcome != "won" and chance.random() < 0.1:
            moved(Move.REOPENED)
            return replace(deal, outcome=None), []
        return deal, []
    if chance.random() > 0.4:
        return deal, []
    kind = chance.choice([
        Move.AMOUNT, Move.STAGE, Move.EARNED, Move.HEALTH, Move.CLOSE_DATE, Move.CURRENCY, Move.OWNER, Move.RENAMED,
        Move.SPLIT, Move.WON, Move.LOST, Move.NO_DECISION, Move.MISSING, Move.UNCOUNTED, "respelt",
    ])  # fmt: skip
    return _moved_by(kind, deal, moved, chance, numbers)


def _moved_by(kind, deal, moved, chance, numbers):
    other = chance.randrange(1, 9000) * 1000 + deal.number
    changes = {
        Move.AMOUNT: {"amount": other},
        Move.STAGE: {"stage": (deal.stage + 1) % len(STAGES)},
        Move.HEALTH: {"friends": deal.friends % 3 + 1},
        Move.CLOSE_DATE: {"close_date": deal.close_date + timedelta(days=chance.choice([-20, 40, 100]))},
        Move.CURRENCY: {"currency": "USD" if deal.currency != "USD" else "CNY", "amount": other},
        Move.OWNER: {"people": PEOPLE[(PEOPLE.index(deal.people) + 1) % len(PEOPLE)]},
        Move.MISSING: {"is_handed_in": False},
        Move.UNCOUNTED: {"amount": None},
        **{one: {"outcome": one.value} for one in (Move.WON, Move.LOST, Move.NO_DECISION)},
    }  # fmt: skip
    if kind in changes:
        after = replace(deal, **changes[kind])
        if after != deal:
            moved(kind)
        return after, []
    if kind is Move.EARNED and deal.gates == 0 and deal.stage > 0:
        moved(kind)
        return replace(deal, gates=1), []
    if kind is Move.RENAMED:
        if chance.random() < 0.5:  # the same file under another opportunity
            after = replace(deal, opportunity=deal.opportunity + " II")
        else:  # the account with its legal form, in another file
            after = replace(deal, account=deal.account + "有限公司", file=f"again {deal.number}.json")
            if deal.account.endswith("有限公司"):
                return deal, []
        moved(kind, after)
        return after, []
    if kind is Move.SPLIT and deal.amount > 10 and "有限公司" not in deal.account:
        number = next(numbers)
        part = replace(
            deal,
            number=number,
            opportunity=f"{deal.opportunity} 分{number}",
            amount=deal.amount // 3,
            file=f"part {number}.json",
        )
        moved(kind)
        moved(kind, part)
        return replace(deal, amount=deal.amount - part.amount), [part]
    return deal, []


def _typed(deal, day, chance, criteria):
    """The map as somebody types it: numbers with commas, units or signs, dates in words, names in any width."""
    amount = deal.amount
    typed = {
        "account": chance.choice([deal.account, f" {deal.account} ", deal.account.upper(), _wide(deal.account)]),
        "opportunity": chance.choice([deal.opportunity, deal.opportunity.lower(), f"{deal.opportunity}\u200b"]),
        "team": chance.choice([deal.people[0], deal.people[0].lower()]),
        "owner": chance.choice([deal.people[1], f"{deal.people[1]} "]),
        "amount": None if amount is None else chance.choice([amount, f"{amount:,}", _wide(str(amount)), f"{amount / 10000:.4f}万"]),
        "currency": chance.choice(SPELT[deal.currency]),
        "stage": STAGES[deal.stage],
        "close_date": chance.choice([
            deal.close_date.isoformat(), f"{deal.close_date:%Y/%m/%d}", f"{deal.close_date.year}年{deal.close_date.month}月{deal.close_date.day}日",
        ]),
        "as_of": day.isoformat(),
        "outcome": deal.outcome,
        "outcome_on": day.isoformat() if deal.outcome else None,
        "outcome_reason": "价格" if deal.outcome else None,
    }  # fmt: skip
    contacts = PERSONS[: deal.friends]
    gates = [
        {"criterion": one, "done": "✓", "evidence": f"邮件 {deal.number}-{one}"}
        for one in criteria[: deal.gates * len(criteria)]
    ]
    document = {
        "deal": {k: v for k, v in typed.items() if v is not None},
        "contacts": contacts,
        "stage_evidence": gates,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _wide(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def kinds_planted(weeks):
    return Counter(kind for week in weeks for _, kind in week.moved)
