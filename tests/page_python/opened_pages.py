"""What the tests of the page's Python share: the samples, and a page that has one open."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from warmap_addin.web.page_calls import Page
from warmap_addin.web.page_workbook import PageWorkbook
from warmap_workbook.editing.package_edit import PackageEdit

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "workbook_templates"
TODAY = date(2026, 8, 3)


@cache
def sample(lang="zh", name="manufacturer_mes"):
    """A sample's bytes."""
    return (TEMPLATES / "samples" / f"{name}.{lang}.xlsx").read_bytes()


@cache
def empty(lang="zh"):
    """The empty template's bytes."""
    return (TEMPLATES / f"war_map.{lang}.xlsx").read_bytes()


def opened(content, entered=()):
    """A workbook as the page has it after its first calculation."""
    workbook = PageWorkbook(content, "deal.xlsx", TODAY)
    workbook.restore(entered)
    workbook.calculate()
    return workbook


def strict(answer):
    """An answer as a browser reads it, which knows no NaN."""
    answer.encode()

    def refuse(word):
        raise ValueError(word)

    return json.loads(answer, parse_constant=refuse)


def ask(page, op, content=None, **arguments):
    """What the page answers, as a browser reads it."""
    return strict(page.answer(op, json.dumps(arguments), content))


def page_with(content, file="deal.xlsx"):
    """A page with a workbook open and calculated."""
    page = Page("en", TODAY.isoformat())
    assert "value" in ask(page, "open", content, file=file)
    assert "value" in ask(page, "calculate")
    return page


def part_of(content, sheet):
    """The part that holds a sheet."""
    return next(one.part for one in PackageEdit(content).worksheets() if one.name == sheet)


def with_part(content, part, change):
    """The workbook with one part changed."""
    edit = PackageEdit(content)
    before = edit.read(part)
    after = change(before)
    assert after != before
    edit.put(part, after)
    return edit.content()


def workbook_part(content):
    """The part that lists the sheets."""
    return PackageEdit(content).package.workbook_part()
