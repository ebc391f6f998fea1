"""The public door: `from warmap import ...` gives all that a program needs to judge a map."""

from __future__ import annotations

import subprocess
import sys

import pytest

import warmap
from warmap.reading import read_document
from warmap_workbook.samples import load_sample


@pytest.mark.parametrize("name", warmap.__all__)
def test_every_public_name_is_there(name):
    assert getattr(warmap, name) is not None


def test_another_name_is_not():
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        warmap.nothing_of_ours  # noqa: B018  asked for on purpose


def test_a_map_is_judged_in_a_few_lines():
    judgement = warmap.judge(read_document(load_sample("telecom_core_network", "en")).map)
    assert isinstance(judgement, warmap.Judgement)
    assert 0 <= judgement.health.score <= 100
    assert all(flag.code.startswith("RF") and flag.message("en") for flag in judgement.flags)
    assert judgement.scores["health"] == judgement.health.score


def test_the_package_by_itself_imports_next_to_nothing():
    """`warmap --version` waits for it."""
    script = "import sys, warmap; print(sorted({'pydantic', 'warmap.model', 'warmap.rules'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
