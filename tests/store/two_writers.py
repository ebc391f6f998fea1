"""Processes of their own that write into a store: one of two that write at once, and one that hangs."""

import sys
import time
from pathlib import Path

from kept_maps import a_map, checked

from warmap_app.main import main
from warmap_app.store import kept, open_store

MAPS = 60


def made(numbers):
    """Some maps, each the same in every process."""
    return [checked(a_map(account=f"客户{place % 20}", amount=place + 1)) for place in numbers]


def write_with_the_other(store, mine, others):
    """Write in small batches, in an order of one's own, when the other is ready too."""
    numbers = range(MAPS) if mine == "a" else range(MAPS - 1, -1, -1)
    results = made(numbers)
    kept.WRITTEN_AT_ONCE = 3
    Path(mine).touch()
    while not Path(others).exists():
        time.sleep(0.001)
    with open_store(store, write=True) as opened:
        counted = opened.keep(results)
    print(counted.added, counted.known)


def check_and_hang(*words):
    """`warmap check`, two maps a transaction; after two of them it tells so and goes no further."""
    kept.WRITTEN_AT_ONCE = 2
    at_once, done = kept._keep, []

    def once_more(*what):
        if len(done) == 2:
            Path("stuck").touch()
            time.sleep(3600)
        done.append(at_once(*what))

    kept._keep = once_more
    sys.exit(main(list(words)))


if __name__ == "__main__":
    {"write": write_with_the_other, "check": check_and_hang}[sys.argv[1]](*sys.argv[2:])
