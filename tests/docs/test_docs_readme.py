"""What people read first is true of the program: commands, links, languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from warmap import VERSION
from warmap_app.main import COMMANDS

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh.md")
WRITTEN = (
    *READMES,
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/index.md",
    "docs/index.zh.md",
    "docs/tour.md",
    "docs/tour.zh.md",
    "docs/libreoffice.md",
    "docs/libreoffice.zh.md",
    "docs/design.md",
    "docs/names.md",
    "docs/names.zh.md",
    "docs/performance.md",
    "docs/specification.md",
    "docs/store.md",
    "docs/store.zh.md",
)


def text(name):
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_is_one_of_the_programs(name):
    shown = set(re.findall(r"^warmap (\w+)", text(name), re.MULTILINE)) | set(re.findall(r"`warmap (\w+)", text(name)))
    assert {"new", "diff", "portfolio", "check", "settings", "addin"} <= shown <= set(COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_it_fits_two_screens(name):
    assert len(text(name).splitlines()) <= 90


@pytest.mark.parametrize("name", READMES)
def test_the_lines_of_python_run(name):
    """They print what `warmap evaluate` says of the same workbook."""
    (lines,) = re.findall(r"```python\n(.*?)```", text(name), re.DOTALL)
    assert len(lines.split("\n")) - lines.count("\n\n") <= 7
    sample = re.search(r'"(workbook_templates/[^"]+)"', lines)[1]
    printed, told = (
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8"
        ).stdout
        for command in (["-c", lines], ["-m", "warmap_app", "evaluate", sample, "--json", "--lang", sample[-7:-5]])
    )
    evaluation = json.loads(told)
    head, *messages = printed.splitlines()
    assert int(re.search(r"\d+", head)[0]) == round(evaluation["scores"]["health"])
    assert messages == [flag["message"] for flag in evaluation["red_flags"]]


@pytest.mark.parametrize("name", WRITTEN)
def test_every_link_into_the_repository_leads_somewhere(name):
    for link in re.findall(r"\]\(([^)#]+)", text(name)):
        assert link.startswith("https://") or (ROOT / name).parent.joinpath(link).exists(), link


def test_both_readmes_have_the_same_parts():
    shapes = [re.sub(r"[^#\n]", "", re.sub(r"```.*?```", "", text(name), flags=re.DOTALL)).split() for name in READMES]
    assert shapes[0] == shapes[1]
    assert [text(name).count("\n|") for name in READMES].count(text(READMES[0]).count("\n|")) == 2
    links = [
        re.findall(r"\]\(((?:docs/|workbook_templates/)?[^)]*\.(?:md|json|xlsx|png))\)", text(name)) for name in READMES
    ]
    english, chinese = (
        [re.sub(r"\.(zh|en)(?=\.)", "", link) for link in found if "README" not in link] for found in links
    )
    assert english == chinese


def test_the_changelog_has_this_version():
    assert f"## [{VERSION}]" in text("CHANGELOG.md")


@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_names_a_path_of_somebodys_machine(name):
    assert not re.search(r"/(tmp|home|root|Users|work)/|[A-Z]:\\\\", text(name))
