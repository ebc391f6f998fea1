"""What people read first is true of the program: commands, links, languages."""

from __future__ import annotations

import re
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
    "docs/README.md",
    "docs/libreoffice.md",
    "docs/design.md",
    "docs/store.md",
    "docs/store.zh.md",
)


def text(name):
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_commands_lists_every_command_and_no_other(name):
    assert set(re.findall(r"^\| `warmap (\w+)", text(name), re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_link_into_the_repository_leads_somewhere(name):
    for link in re.findall(r"\]\(([^)#]+)", text(name)):
        assert link.startswith("https://") or (ROOT / name).parent.joinpath(link).exists(), link


def test_both_readmes_have_the_same_parts():
    shapes = [re.sub(r"[^#\n]", "", re.sub(r"```.*?```", "", text(name), flags=re.DOTALL)).split() for name in READMES]
    assert shapes[0] == shapes[1]
    assert [text(name).count("\n|") for name in READMES].count(text(READMES[0]).count("\n|")) == 2
    links = {name: re.findall(r"\]\((docs/[^)]*\.(?:md|json))\)", text(name)) for name in READMES}
    assert len({tuple(link for link in found if ".zh." not in link) for found in links.values()}) == 1


def test_the_changelog_has_this_version():
    assert f"## [{VERSION}]" in text("CHANGELOG.md")


@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_names_a_path_of_somebodys_machine(name):
    assert not re.search(r"/(tmp|home|root|Users|work)/|[A-Z]:\\\\", text(name))
