"""The customer's hierarchy as seats: who reports to whom, and the seats in which we know nobody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from warmap.model import Contact
from warmap.names import key
from warmap.terms import BuyingRole

# Each is two Chinese characters wide, gaps too, and a wide gap comes first: beside Latin names only, LibreOffice would
# take the lines from a narrower font.
INDENT, FORK, END, LINE, GAP = "　", "├─", "└─", "│　", "　　"
MOST_LEVELS = 5
"""Levels that are drawn before a seat: a longer chain would push the name out of its cell."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: who sits there, and where it hangs. `level` is 0 at the top; the last beneath its superior `is_last`.

    Without a `contact` it is empty: `name` is then that of a superior who is no contact, or `role` one nobody holds.
    Whoever `closes_loop` reports, over others, to himself or herself, and so stands at the top.
    """

    name: str
    contact: Contact | None = None
    role: BuyingRole | None = None
    level: int = 0
    is_last: bool = True
    has_reports: bool = False
    closes_loop: bool = False


def seats(contacts: Mapping[str, Contact], vacant: Iterable[BuyingRole] = ()) -> Sequence[Seat]:
    """Every seat once, each above those who report to it; side by side they stand in the order of the sheet.

    `contacts` are by the keys of their names; a superior who is not among them has an empty seat, and so have, at the
    end, the `vacant` roles.
    """
    above = {name: boss for name, contact in contacts.items() if (boss := key(contact.reports_to or ""))}
    looping = {loop[0] for loop in loops(above)}
    called = {name: contact.name or "" for name, contact in contacts.items()}
    beneath: dict[str, list[str]] = {"": []}  # who stands at the top stands beneath nobody
    for name, contact in contacts.items():
        boss = "" if name in looping else above.get(name, "")
        if boss not in beneath and boss not in contacts:
            beneath[""].append(boss)
            called[boss] = (contact.reports_to or "").strip()
        beneath.setdefault(boss, []).append(name)
    found = []
    waiting = _side_by_side(beneath[""], 0)
    while waiting:  # no recursion: a chain may be longer than Python's stack
        name, level, is_last = waiting.pop()
        reports = beneath.get(name, []) if name else []
        found.append(
            Seat(called[name], contacts.get(name), None, level, is_last, bool(reports), closes_loop=name in looping)
        )
        waiting += _side_by_side(reports, level + 1)
    return [*found, *(Seat("", role=role) for role in vacant)]


def _side_by_side(names: Sequence[str], level: int) -> list[tuple[str, int, bool]]:
    """Seats beneath one superior, the first of them on top of the pile."""
    return [(name, level, place == 0) for place, name in enumerate(reversed(names))]


def branches(drawn: Iterable[Seat]) -> Iterator[tuple[str, str]]:
    """What stands before the first line of each seat and before its second: `　│　├─` and `　│　│　`.

    Of a longer chain only the lines next to the seat are drawn, behind the number of those left out: `3…`.
    """
    follow: list[bool] = []  # by level, from the one below the top: whether another seat follows on it
    for seat in drawn:
        del follow[max(0, seat.level - 1) :]
        before = "".join(LINE if more else GAP for more in follow[-(MOST_LEVELS - 1) :])
        below = LINE if seat.has_reports else ""
        if seat.level:
            left_out = f"{seat.level - MOST_LEVELS}…" if seat.level > MOST_LEVELS else ""
            yield (
                left_out + INDENT + before + (END if seat.is_last else FORK),
                INDENT * (1 + len(left_out)) + before + (GAP if seat.is_last else LINE) + below,
            )
            follow.append(not seat.is_last)
        else:
            yield "", below and INDENT + below


def loops(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Each loop among the superiors of people, once: from superior to superior, beginning with the first of `above`."""
    order = {name: place for place, name in enumerate(above)}
    walked: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        name = start
        while name in above and name not in walked and name not in path:
            path[name] = len(path)
            name = above[name]
        if name in path:
            loop = list(path)[path[name] :]
            first = loop.index(min(loop, key=order.__getitem__))
            yield loop[first:] + loop[:first]
        walked.update(path)
