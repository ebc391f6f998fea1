"""Tests of this project that need nothing but Python, run by Windows' own Python: the same files, the same results.

The quick ones run in CI, all of them by `make windows`.
"""

import re

import pytest
from under_wine import IS_FULL

QUICK = ("terms", "model", "rules")
ALL = (*QUICK, "scores", "parsing", "history", "udfs", "ooxml", "samples")
FOLDERS = ALL if IS_FULL else QUICK
WITHOUT = "not hypothesis and not office and not gnumeric and not node and not browser and not postgres"
START = "import os, sys; os.chdir('C:/warmap'); import pytest; sys.exit(pytest.main(sys.argv[1:]))"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_of_tests_passes_there(windows, folder):
    words = ("-p", "no:cacheprovider", "-m", WITHOUT, f"tests/{folder}")
    done = windows.python("-c", START, *words, timeout=1800)
    out = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, out[-5000:] + done.stderr.decode("utf-8", "replace")[-2000:]
    assert int(re.search(r"(\d+) passed", out)[1]) > 10
