"""Other people's programs take our templates: Microsoft's validator and Gnumeric."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook

CASES = [(None, lang) for lang in LANGUAGES] + [(name, lang) for name in sample_names() for lang in LANGUAGES]


def written(folder: Path, name: str | None, lang: str) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(build_workbook(read_document(load_sample(name, lang)).map if name else None, lang))
    return path


def calls_in(path: Path) -> dict[str, int]:
    """How often each function is called, over all sheets."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/sheet"):
                for name in re.findall(r"WARMAP\.([A-Z_]+)\(", book.read(part).decode()):
                    counts[name] = counts.get(name, 0) + 1
    return counts


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_microsofts_validator_finds_nothing(validator, tmp_path, name, lang):
    path = written(tmp_path, name, lang)
    assert validator(path) == []


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_gnumeric_loads_it_without_losing_a_function_name(gnumeric, tmp_path, name, lang):
    path = written(tmp_path, name, lang)
    subprocess.run([gnumeric, path, tmp_path / "again.xlsx"], capture_output=True, check=True, timeout=120)
    before, after = calls_in(path), calls_in(tmp_path / "again.xlsx")
    assert before == after
    assert set(before) <= set(FUNCTIONS)


def test_a_full_recalculation_makes_at_most_32_calls(tmp_path):
    """VERSION, which every formula asks for first, is answered without Python (tests/excel) and does not count."""
    calls = calls_in(written(tmp_path, None, "zh"))
    asked = calls.pop("VERSION")
    assert 10 <= sum(calls.values()) <= 32
    assert asked == sum(calls.values()) + 2  # the mark and the line that tell
