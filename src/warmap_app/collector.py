"""How often Python looks for cycles: what is made of a file is kept or let go of by counting, so it need hardly look at all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALLOCATIONS_BETWEEN = 50_000  # collections: imports alone would set off dozens, a file several


def collect_seldom() -> None:
    """From now on look seldom, and never again at what is there already."""
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BETWEEN)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Do not look at all, whatever the program at large has set."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
