"""Which deal of today is one of then under another name, as far as that can be known, and how it is known.

A deal is its account and opportunity. Where a name is gone and another has come, the deal may have been renamed, split or
merged. Certain is a snapshot in the new map that holds what the store has of the old one; the rest is likely: the same file,
an account that is only spelt otherwise, the same account, rep and amount, or amounts of one account that add up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TypeAlias

from warmap.names import account_core, key
from warmap.terms import Outcome
from warmap.text import Text
from warmap_app.portfolio.moves import Same, Stand

BY_SNAPSHOT = Text("新地图的快照里就是它", "a snapshot in the new map is it")
BY_FILE = Text("同一个文件名", "the same file name")
BY_SPELLING = Text("客户只是写法不同", "the account is only spelt otherwise")
BY_AMOUNT = Text("看来是：同一客户、销售和金额", "probably: the same account, rep and amount")
BY_SUM = Text("看来是：同一客户，金额相加相等", "probably: amounts of one account that add up")

Sign: TypeAlias = Callable[[Stand], tuple[object, ...] | None]
"""What two stands share that are one deal; None where a stand lacks it."""

Follows: TypeAlias = Callable[[Stand, Stand], bool]
"""Whether the second of two stands may be the first one later on."""


def renamed(then: Mapping[str, Stand], now: Mapping[str, Stand], snapshots: Mapping[str, Sequence[str]]) -> list[Same]:
    """The deals of today that are deals of then, or parts of such; `snapshots`: the deals that a new one was in its snapshots."""
    gone = {identity: one for identity, one in then.items() if identity not in now and _is_at_work(one)}
    came = {identity: one for identity, one in now.items() if identity not in then and _is_at_work(one)}
    found: list[Same] = []
    taken: set[str] = set()
    for identity in list(came):
        was = next((one for one in snapshots.get(identity, ()) if one in then and one != identity), None)
        if was is not None:
            found.append(Same(was, identity, BY_SNAPSHOT, is_part=was in now or was in taken))
            taken.add(was)
            gone.pop(was, None)
            came.pop(identity)
    found += _by_signs(gone, came, is_not_older)
    return [*found, *_adding_up(then, now, gone, came)]


def followed(
    gone: Mapping[str, Stand],
    came: Mapping[str, Stand],
    snapshots: Mapping[str, Sequence[str]],
    may_follow: Follows,
) -> list[Same]:
    """Which of the deals that are gone went on as one that came later, and may be gone itself by now."""
    left = {identity: one for identity, one in gone.items() if _is_at_work(one)}
    by_day: dict[date, dict[str, Stand]] = {}
    for identity, one in came.items():
        if _is_at_work(one):
            by_day.setdefault(one.as_of or date.min, {})[identity] = one
    found = []
    for _, new in sorted(by_day.items()):  # day after day, so that a deal is followed through several names
        for identity in list(new):
            earlier = (one for one in snapshots.get(identity, ()) if one in left and one != identity)
            was = next((one for one in earlier if may_follow(left[one], new[identity])), None)
            if was is not None:
                found.append(Same(was, identity, BY_SNAPSHOT))
                left.pop(was)
                new.pop(identity)
        found += _by_signs(left, new, may_follow)
    return found


def _by_signs(gone: dict[str, Stand], came: dict[str, Stand], may_follow: Follows) -> Iterator[Same]:
    """The deals that share a sign, the surest first; both are taken out."""
    for sign, why in ((_file, BY_FILE), (_spelling, BY_SPELLING), (_figures, BY_AMOUNT)):
        for was, identity in _pairs(gone, came, sign, may_follow):
            if was in gone:
                yield Same(was, identity, why)
                gone.pop(was)
                came.pop(identity)


def _is_at_work(one: Stand) -> bool:
    return one.outcome in {Outcome.OPEN, Outcome.WON}


def _pairs(
    gone: Mapping[str, Stand], came: Mapping[str, Stand], sign: Sign, may_follow: Follows
) -> list[tuple[str, str]]:
    """Where exactly one that is gone and one that came share a sign."""
    old, new = _by_mark(gone, sign), _by_mark(came, sign)
    pairs = []
    for mark in new.keys() & old.keys():
        mine = [(o, n) for o in old[mark] for n in new[mark] if o != n and may_follow(gone[o], came[n])]
        if len(mine) == 1:
            pairs += mine
    return sorted(pairs)


def _by_mark(stands: Mapping[str, Stand], sign: Sign) -> dict[tuple[object, ...], list[str]]:
    found: dict[tuple[object, ...], list[str]] = {}
    for identity, one in stands.items():
        if (mark := sign(one)) is not None:
            found.setdefault(mark, []).append(identity)
    return found


def is_not_older(was: Stand, is_now: Stand) -> bool:
    """Whether the second is of the same day or a later one, as far as both say."""
    return was.as_of is None or is_now.as_of is None or was.as_of <= is_now.as_of


def is_later(was: Stand, is_now: Stand) -> bool:
    """Whether the second is of a later day, as both say."""
    return was.as_of is not None and is_now.as_of is not None and was.as_of < is_now.as_of


def _file(one: Stand) -> tuple[object, ...] | None:
    return (PurePosixPath(one.file.replace("\\", "/")).name.casefold(),) if one.file else None


def _spelling(one: Stand) -> tuple[object, ...] | None:
    core, opportunity = account_core(one.account), key(one.opportunity)
    return (core, opportunity) if core and opportunity else None


def _figures(one: Stand) -> tuple[object, ...] | None:
    account, rep = account_core(one.account) or key(one.account), key(one.rep)
    return (account, rep, one.stated, _amount(one)) if account and rep else None


def _adding_up(
    then: Mapping[str, Stand], now: Mapping[str, Stand], gone: Mapping[str, Stand], came: Mapping[str, Stand]
) -> Iterator[Same]:
    """Deals of both days whose amount fell by what new ones of the account bring, or rose by what vanished ones had."""
    for others, is_split in ((came, True), (gone, False)):
        by_account: dict[tuple[object, ...], list[str]] = {}
        for identity, one in others.items():
            by_account.setdefault(_account(one), []).append(identity)
        used: set[tuple[object, ...]] = set()
        for identity, one in now.items():
            account = _account(one)
            if account in used or identity not in then or account not in by_account or not _is_at_work(one):
                continue
            change = _less(then[identity], one)
            if change and change == (1 if is_split else -1) * sum(_amount(others[o]) or 0 for o in by_account[account]):
                used.add(account)
                yield from (
                    Same(identity, other, BY_SUM, is_part=True)
                    if is_split
                    else Same(other, identity, BY_SUM, is_part=True)
                    for other in by_account[account]
                )


def _account(one: Stand) -> tuple[object, ...]:
    return account_core(one.account) or key(one.account) or one.identity, one.stated


def _less(was: Stand, now: Stand) -> object:
    before, after = _amount(was), _amount(now)
    return None if before is None or after is None or was.stated != now.stated else before - after


def _amount(stand: Stand) -> Decimal | None:
    return stand.forecast.amount if stand.forecast else None
