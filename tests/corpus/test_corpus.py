"""The batch check on a generated corpus: every planted fault is found at its cell, and nothing else is found anywhere.

In CI a part of the corpus is checked, with every code planted six times or more; `make corpus` checks all of it
(`WARMAP_CORPUS=full`), with every code planted twenty times or more.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from programs import templates
from saved_template import SavedTemplate

import corpus
from warmap.findings import CHECKS
from warmap_app.main import main

pytestmark = [pytest.mark.office, pytest.mark.gnumeric]  # they save some of the templates
IS_FULL = os.environ.get("WARMAP_CORPUS") == "full"
SIZE, COMPARED = (corpus.FULL, corpus.FULL) if IS_FULL else (corpus.PART, 30)
INTERNAL = {
    "DV901",
    "DV902",
}  # a check of ours that fails, more findings than are listed: planted in tests of their own


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The empty templates as every program saves them."""
    return templates(tmp_path_factory.mktemp("programs"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the corpus is written and checked from."""
    return tmp_path_factory.mktemp("batch")


@pytest.fixture(scope="module")
def made(books, folder):
    """{name of a file: what was planted, and what must be found}."""
    (folder / "in").mkdir()
    return corpus.write(folder / "in", SIZE, books=books)


def checked(folder, words, out):
    """The bytes of the results as JSON Lines."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["check", "--lang", "en", "--format", "jsonl", "-o", out, *words]) == 1
        return Path(out).read_bytes()
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def results(made, folder):
    """{name of a file: its result} of one run over all."""
    lines = checked(folder, ["in", "--jobs", "2"], "all.jsonl").splitlines()
    return {result["file"].removeprefix("in/"): result for result in map(json.loads, lines)}


def differences(made, results):
    """What was found and need not be, and what was not found and must be; file by file."""
    wrong = {}
    for name, one in made.items():
        found = Counter((finding["code"], finding["sheet"], finding["cell"]) for finding in results[name]["findings"])
        wanted = Counter((code, sheet, cell) for code, sheet, cell, _ in one.expected)
        if found != wanted:
            wrong[name] = {"more": list(found - wanted), "missed": list(wanted - found), "planted": one.planted}
    return wrong


class TestEveryFault:
    """One run over the whole corpus."""

    def test_every_planted_fault_is_found_at_its_cell_and_nothing_else_anywhere(self, made, results):
        assert results.keys() == made.keys()
        assert len(made) == SIZE
        assert differences(made, results) == {}

    def test_every_code_was_planted_often(self, made):
        planted = Counter(code for one in made.values() for code in one.planted)
        assert planted.keys() == CHECKS.keys() - INTERNAL
        assert min(planted.values()) >= (20 if IS_FULL else corpus.LEAST)

    def test_a_quarter_is_clean_and_passes_without_a_finding(self, made, results):
        clean = [name for name, one in made.items() if not one.planted]
        assert len(clean) == SIZE // 4
        assert [name for name in clean if results[name]["findings"] or not results[name]["passed"]] == []

    def test_what_a_fault_implies_is_listed_with_its_reason(self, made):
        for one in made.values():
            implied = {finding.code for finding in one.expected if finding.because}
            direct = {finding.code for finding in one.expected if not finding.because}
            assert direct | (implied & {"DV305"}) == set(one.planted) | (implied & {"DV305"}), one

    def test_no_two_maps_are_the_same(self, made, results):
        deals = Counter(json.dumps(result["deal"], sort_keys=True) for result in results.values() if result["deal"])
        assert deals.most_common(1)[0][1] == 1


@pytest.fixture(scope="module")
def part(made, folder):
    """Some of the corpus, those that share something together."""
    chosen = sorted(made)[:: max(1, SIZE // COMPARED)]
    for code in corpus.ACROSS_FILES:
        chosen += [name for name, one in made.items() if code in one.planted]
    (folder / "part").mkdir()
    for name in set(chosen):
        shutil.copy(folder / "in" / name, folder / "part" / name)
    return len(set(chosen))


class TestEveryEngine:
    """The same findings to the byte, from this computer and from Dask, with one job and with two."""

    def test_the_same_bytes(self, part, folder):
        engines = {
            f"{engine} {jobs}": ["--engine", engine, "--jobs", jobs] for engine in ("local", "dask") for jobs in "12"
        }
        found = {name: checked(folder, ["part", *words], f"{name}.jsonl") for name, words in engines.items()}
        first, *others = found.values()
        assert first.count(b"\n") == part
        assert b'"DV403"' in first
        assert b'"DV404"' in first
        assert [name for name, other in zip(list(found)[1:], others, strict=True) if other != first] == []


class TestTheGenerator:
    """It gives the same corpus each time, and templates that were taken apart go together again."""

    def test_the_same_seed_gives_the_same_bytes(self, books, tmp_path):
        units = corpus.plan(SIZE)[:12]
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            for unit in units:
                corpus.make(books, tmp_path / name, unit)
        one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
        assert one == two

    def test_nothing_changed_is_nothing_lost(self, books):
        for book in books:
            again = SavedTemplate(book.workbook({}), book.lang, book.program)
            assert again.parts == book.parts
