"""A real LibreOffice computes submissions of the corpus and stores what it gets: the same faults are found, and no others.

So the results that the corpus stores itself (`results_in_cells.py`) are held to a program that has the functions.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from programs import saved_by_libreoffice
from saved_template import SavedError, SavedTemplate
from submission import UNSTORED

import corpus
from warmap.text import LANGUAGES
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook

pytestmark = pytest.mark.office
OF_FORMULAS = {"DV211", "DV212"}  # LibreOffice calculates what was never calculated, and TODAY() anew
IN_ENTRIES = [code for code in corpus.IN_ONE_FILE if code.startswith(("DV2", "DV4", "CP")) and code not in OF_FORMULAS]
FILES = 8
FAULTS = 4


@pytest.fixture(scope="module")
def submissions():
    """{name: (bytes, findings that must be made)}, without stored results."""
    books = [SavedTemplate(build_workbook(None, lang), lang, "XlsxWriter") for lang in LANGUAGES]
    made = {}
    for serial in range(FILES):
        tries = (with_faults(books, f"{corpus.SEED} calculated {serial} {attempt}", serial) for attempt in range(20))
        sub = next(sub for sub in tries if not arrives_otherwise(sub))
        made[f"{serial}"] = (sub.bytes(), sub.expected)
    return made


def with_faults(books, seed, serial):
    rng = random.Random(seed)
    sub = corpus.submission(books, rng, serial, UNSTORED)
    assert [code for code in rng.sample(IN_ENTRIES, FAULTS) if corpus.IN_ONE_FILE[code](sub, rng)]
    return sub


def arrives_otherwise(sub):
    """LibreOffice hands no range with an error value to an add-in, and a truth value as 1 (docs/design.md)."""
    values = (value for lines in sub.lines.values() for line in lines for value in line.cells.values())
    return any(isinstance(value, SavedError | bool) for value in values)


def told(data):
    return Counter((finding.code, finding.sheet, finding.cell) for finding in read_workbook(data).findings)


def test_what_libreoffice_computes_is_what_the_check_expects(submissions, tmp_path):
    books = {name: data for name, (data, _) in submissions.items()}
    saved = saved_by_libreoffice(books, tmp_path, install_addin=True)
    for name, (data, expected) in submissions.items():
        wanted = Counter(tuple(one[:3]) for one in expected)
        assert told(data) == wanted
        entries = Counter({finding: count for finding, count in wanted.items() if finding[0] != "DV305"})
        assert told(saved[name]) == entries
