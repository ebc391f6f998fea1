"""docs/batch.md and its Chinese version say what the program does."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from warmap_app.batch.archives import ARCHIVE_LIMITS
from warmap_app.batch.engine import FILE_LIMITS
from warmap_app.main import main
from warmap_app.opening import MOST_BYTES

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("batch.md", "batch.zh.md")
UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


def limits(page):
    """The table of limits: name → number."""
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d,]+)(?: (\w+))? \|$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    return {name: int(number.replace(",", "")) * UNITS.get(unit, 1) for name, number, unit in rows}


@pytest.mark.parametrize("page", PAGES)
def test_the_limits_are_those_of_the_code(page):
    assert limits(page) == {**asdict(FILE_LIMITS), **asdict(ARCHIVE_LIMITS), "remote_bytes": MOST_BYTES}


@pytest.mark.parametrize("page", PAGES)
def test_every_command_shown_is_one_that_the_parser_takes(page, instead_of):
    seen = []
    instead_of("check", lambda options, lang: seen.append(options) or 0)
    shown = re.findall(r"^warmap (check .*)$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    assert [main(line.replace('"', "").split()) for line in shown] == [0] * len(seen)
    assert len(seen) == 3


@pytest.mark.parametrize("page", PAGES)
def test_every_flag_of_the_batch_is_told_of(page):
    text = (DOCS / page).read_text("utf-8")
    for flag in (
        "--jobs",
        "--engine",
        "--scheduler",
        "--resume",
        "--journal",
        "--force",
        "--as-of",
        "--roster",
        "--settings",
        "--own-settings",
    ):
        assert flag in text
