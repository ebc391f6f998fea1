"""Checks put in the place of the real one: what a file makes its reader do stands in its name."""

import faulthandler
import os
import signal
import time
from pathlib import Path

from warmap_app.batch.one import check_one

HUGE = 3 * 1024**3


def by_name(source, terms):
    """`hangs…` never ends, `killed…`, `aborts…` and `exits…` end the process, `hungry…` and `greedy…` want memory."""
    name = Path(source.name).name
    if name.startswith("hangs"):
        time.sleep(3600)
    elif name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    elif name.startswith("aborts"):
        faulthandler.disable()  # the test runner's, which would tell of it
        os.abort()
    elif name.startswith("exits"):
        os._exit(3)
    elif name.startswith("hungry"):
        bytearray(HUGE)
    elif name.startswith("raises"):
        raise ZeroDivisionError("a mistake of ours")
    return check_one(source, terms)


def slow(source, terms, seconds=0.05):
    """The real check, slow enough to be interrupted; who did it is told in the folder of the file."""
    path = Path(source.place.path)
    (path.parent / f".{os.getpid()}.pid").touch()
    time.sleep(seconds)
    return check_one(source, terms)


def slowly(source, terms):
    """Slower still."""
    return slow(source, terms, 0.2)
