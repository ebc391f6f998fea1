"""A check of ours that fails is itself a finding: never swallowed, and never the end of the file's checking."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warmap.findings import Finding

MOST_SHOWN = 200


def guarded(name: str, check: Callable[[], Iterable[Finding]], sheet: str = "") -> list[Finding]:
    """The findings of one check; where it raises, those it made before, and DV901 that names it and the last cell."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except MemoryError:
        raise  # no mistake of ours: the file needs more than it may
    except Exception as error:  # noqa: BLE001  whatever it is, the rest of the file is still checked
        what = " ".join(f"{name}: {type(error).__name__}: {error}".split())[:MOST_SHOWN]
        last = found[-1] if found else Finding("DV901", sheet)
        found.append(Finding("DV901", last.sheet, last.cell, facts={"what": what}))
    return found
