"""`warmap check` in a process of its own, with a slow check in the place of the real one."""

import signal
import sys
from functools import partial

import fake_checks

from warmap_app.batch.engine import check_here
from warmap_app.commands import check
from warmap_app.main import main

if __name__ == "__main__":
    # A shell's background job ignores Ctrl-C, and so would this one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    check._engine = lambda options, meanwhile: partial(check_here, jobs=1, check=fake_checks.slow)
    sys.exit(main(sys.argv[1:]))
