"""What may be typed (docs/entries.md): every example on the page is read, in both languages of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warmap.model import TABLE
from warmap.parsing import Context, Problem
from warmap.parsing.convert import CONVERT

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("entries.md", "entries.zh.md")
SECTION = re.compile(r"<!-- field: (\w+)\.([\w.]+)(?:, currency: (\w+))? -->")
YES_AND_NO = {"yes": True, "no": False, "是": True, "否": False}


def examples(page):
    """Every (field, currency, what is typed, what the page says of it)."""
    field = currency = None
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        if found := SECTION.match(line):
            field, currency = TABLE[found[1]].by_code[found[2]], found[3]
        elif line.startswith("| `") and field is not None:
            typed, said = line.split(" | ")[:2]
            yield from ((field, currency, one, said.strip(" |")) for one in re.findall(r"`([^`]*)`", typed))


EXAMPLES = [(page, *example) for page in PAGES for example in examples(page)]


@pytest.mark.parametrize(("page", "field", "currency", "typed", "said"), EXAMPLES)
def test_it_is_read_as_the_page_says(page, field, currency, typed, said):
    read = CONVERT[field.kind](field, typed, Context(currency=currency))
    if isinstance(read, Problem):
        assert read.code == said
    elif isinstance(read, bool):
        assert read is YES_AND_NO[said]
    elif isinstance(read, list):
        assert ", ".join(read) == said
    else:
        shown = f"{read:g}" if isinstance(read, float) else str(read)
        assert shown == said


def test_both_pages_have_the_same_examples():
    of = {page: [(field.code, said) for each, field, _, _, said in EXAMPLES if each == page] for page in PAGES}
    assert [code for code, _ in of[PAGES[0]]] == [code for code, _ in of[PAGES[1]]]
    assert len(of[PAGES[0]]) > 80
