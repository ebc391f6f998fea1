"""No published name vanishes, moves or means something else: docs/names.md, held against a committed list.

A new name wants a line of its own, which `python tests/release/test_names_hold.py` adds; it never takes one away.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from published_names import ROOT, defined_names, published

from warmap.text import LANGUAGES

LIST = Path(__file__).with_name("names.txt")
RENEW = "python tests/release/test_names_hold.py"
PAGES = ("docs/names.md", "docs/names.zh.md")
WHAT_HOLDS = "others hold on to these names; keep them answering (docs/names.md)"


@pytest.fixture(scope="module")
def today():
    return set(published())


def listed():
    return LIST.read_text("utf-8").splitlines()


def lost(names):
    """The lines of the list that are no longer answered: renamed, removed, moved or given to something else."""
    return [line for line in listed() if line not in names]


def test_no_published_name_has_vanished_or_moved(today):
    assert lost(today) == [], WHAT_HOLDS


def test_every_name_is_in_the_list(today):
    assert sorted(today - set(listed())) == [], f"a new name is a promise; make it with: {RENEW}"


def test_the_list_is_in_order_and_names_nothing_twice():
    assert listed() == sorted(set(listed()))


@pytest.mark.parametrize("kind", ["argument", "result", "row", "operand"])
def test_a_place_belongs_to_one_name(kind):
    places = [re.match(rf"{kind} \S+ \d+ ", line)[0] for line in listed() if line.startswith(f"{kind} ")]
    assert len(places) == len(set(places))


def test_a_code_is_never_given_to_something_else():
    codes = [line.split()[1] for line in listed() if line.startswith("code ")]
    assert len(codes) == len(set(codes)) > 80


def test_both_templates_define_the_same_names():
    zh, en = map(defined_names, LANGUAGES)
    assert zh == en


class TestTheListNotices:
    """What the rule forbids, done to the list of today."""

    def test_a_name_that_vanishes(self, today):
        assert lost(today - {"defined wm_contacts"}) == ["defined wm_contacts"]

    def test_an_argument_before_an_old_one(self, today):
        first, second = "argument WARMAP.TRUST_SCORE 01 contacts", "argument WARMAP.TRUST_SCORE 02 trust"
        moved = today - {first, second} | {first.replace("01", "02"), second.replace("02", "01")}
        assert lost(moved) == [first, second]

    def test_a_code_that_says_something_else(self, today):
        (code,) = (line for line in today if line.startswith("code DV101 "))
        assert lost(today - {code} | {"code DV101 another-problem"}) == [code]

    def test_a_header_that_is_no_longer_read(self, today):
        (header,) = (line for line in today if line.startswith("header contacts.influence 影"))
        assert lost(today - {header} | {"header contacts.influence 权力"}) == [header]


@pytest.mark.parametrize("page", PAGES)
def test_the_rule_speaks_of_every_kind_of_name(page):
    told = set(re.findall(r"`(\w+)`", (ROOT / page).read_text("utf-8")))
    assert {line.split()[0] for line in listed()} <= told


if __name__ == "__main__":
    LIST.write_text("".join(f"{line}\n" for line in sorted({*listed(), *published()} - {""})), "utf-8")
