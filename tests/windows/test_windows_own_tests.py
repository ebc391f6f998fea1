"""Tests of this project that need nothing but Python, run by Windows' own Python: the same files, the same results.

CI runs, in one go, those that Windows might tell otherwise: texts, days, sums, files. `make windows` runs whole folders.
"""

import re

import pytest
from under_wine import IS_FULL

FOLDERS = ("terms", "model", "rules", "scores", "parsing", "history", "udfs", "ooxml", "samples")
QUICK = (
    "terms/test_same_name.py",
    "model/test_models_are_pydantic.py",
    "rules/test_rules_mitigation.py",
    "scores/test_scores_by_hand.py",
    "scores/test_sums.py",
    "parsing/test_days.py",
    "ooxml/test_ooxml_book.py",
    "ooxml/test_ooxml_strings.py",
)
RUNS = [(folder,) for folder in FOLDERS] if IS_FULL else [QUICK]
WITHOUT = "not hypothesis and not office and not gnumeric and not node and not browser and not postgres"
START = "import os, sys; os.chdir('C:/warmap'); import pytest; sys.exit(pytest.main(sys.argv[1:]))"


@pytest.mark.parametrize("names", RUNS, ids=lambda names: names[0])
def test_they_pass_there(windows, names):
    words = ("-p", "no:cacheprovider", "-m", WITHOUT, *(f"tests/{name}" for name in names))
    done = windows.python("-c", START, *words, timeout=1800)
    out = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, out[-5000:] + done.stderr.decode("utf-8", "replace")[-2000:]
    assert int(re.search(r"(\d+) passed", out)[1]) > 10
