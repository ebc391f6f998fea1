"""The pages say what the declarations say: each registry entry has its page or row, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tools.check_examples import EXAMPLES, finding_of
from tools.markdown import COMMAND, cell
from tools.pages import all_terms, generated_pages
from warmap.findings import CHECKS
from warmap.model import TABLES, json_schema
from warmap.rules import all_rules
from warmap.settings import default_settings, flat
from warmap.terms import PERSONAL_WINS
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.guidance import without_facts
from warmap_app.main import COMMANDS, command_named

DOCS = Path(__file__).parents[2] / "docs"
PAGES = dict(generated_pages())
RULES = [pytest.param(rule, id=rule.code) for rule in all_rules().values()]


def rows(page):
    """The rows of every table of a page, by what stands in the first cell."""
    lines = (line.strip("| \n") for line in PAGES[page].splitlines() if line.startswith("|"))
    return {line.split(" | ")[0]: line for line in lines}


def yaml_blocks(page):
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]


def links(page):
    return re.findall(r"\]\(([^)#]*)#?([^)]*)\)", PAGES[page])


def anchors(page):
    """The anchors that a reader of Markdown makes of headings, and those set by hand."""
    heads = re.findall(r"^#+ (.+)$", PAGES[page], re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    return made | set(re.findall(r'<a id="([^"]+)">', PAGES[page]))


@pytest.mark.parametrize("rule", RULES)
class TestThePageOfARule:
    """One page a rule, generated from the rule and nothing else."""

    def test_says_everything_in_both_languages(self, rule):
        page = PAGES[f"rules/{rule.code}.md"]
        for text in (rule.title, rule.message, rule.why, rule.remedy, rule.severity.label):
            assert without_facts(text).zh in page
            assert without_facts(text).en in page
        assert all(fact in page for fact in (rule.name, rule.source))

    def test_its_examples_are_the_rules_own(self, rule):
        assert yaml_blocks(PAGES[f"rules/{rule.code}.md"]) == [rule.bad, rule.good]

    def test_it_shows_what_the_bad_example_makes_the_rule_say(self, rule):
        quoted = [line for line in PAGES[f"rules/{rule.code}.md"].splitlines() if line.startswith("> ")]
        assert quoted
        assert not any("{" in line for line in quoted)

    def test_the_index_leads_to_it(self, rule):
        assert f"[{rule.code}]({rule.code}.md)" in PAGES["rules/README.md"]

    def test_it_names_the_tables_the_rule_looks_at(self, rule):
        page = PAGES[f"rules/{rule.code}.md"]
        every = {table.code for table in TABLES} <= set(rule.needs)
        for name in rule.needs:
            assert f"`{name}`" in page or (every and "All tables" in page)


def test_there_is_a_page_for_every_rule_and_no_other():
    pages = {page for page in PAGES if re.fullmatch(r"rules/RF.*", page)}
    assert pages == {f"rules/{code}.md" for code in all_rules()}


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_every_check_has_its_row_and_its_example(check):
    row = rows("checks.md")[f"[{check.code}](#{check.code.lower()})"]
    section = PAGES["checks.md"].partition(f"\n## {check.code}\n")[2].partition("\n## ")[0]
    assert f"`{check.name}`" in row
    for lang in LANGUAGES:
        assert cell(without_facts(check.message).to(lang)) in row
        found = finding_of(check.code, lang)
        for words in (EXAMPLES[check.code].said(lang), found.message(lang), found.hint(lang)):
            assert cell(words) in section


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_column_has_its_row_with_both_headers_and_helps(table):
    section = PAGES["columns.md"].partition(f" `{table.code}`\n")[2].partition("\n## ")[0]
    lines = [line.removeprefix("| ") for line in section.splitlines()]
    for field in table.fields:
        start = f"`{field.code}`" + (" *" if field.required else "")
        row = next(line for line in lines if line.startswith(f"{start} |"))
        for words in (field.label.zh, field.label.en, field.help.zh, field.help.en):
            assert cell(words) in row


@pytest.mark.parametrize("kind", all_terms(), ids=lambda kind: kind.__name__)
def test_every_term_of_every_vocabulary_has_its_row(kind):
    section = PAGES["vocabulary.md"].partition(f"\n## {kind.__name__}\n")[2].partition("\n## ")[0]
    for term in kind:
        assert f"| `{term.value}` | {cell(term.label.zh)} | {cell(term.label.en)} |" in section


def test_every_personal_win_is_listed():
    assert all(f"| {win.zh} | {win.en} |" in PAGES["vocabulary.md"] for win in PERSONAL_WINS)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_function_has_its_section(function):
    section = PAGES["functions.md"].partition(f"\n## {function.shown_name}\n")[2].partition("\n## ")[0]
    for words in (function.help.zh, function.help.en, function.result.zh, function.result.en, function.example):
        assert words in section
    for argument in function.arguments:
        assert f"| `{argument.name}` |" in section
        assert cell(argument.help.zh) in section
        assert cell(argument.help.en) in section
    for column in function.columns:
        assert column.zh in section
        assert column.en in section


def test_every_setting_has_its_row_with_its_default():
    found = rows("settings.md")
    for code, number in flat(default_settings()):
        assert f"`{code}` | {number:g} |" in found[f"`{code}`"]


def test_the_schema_is_the_programs_own():
    assert json.loads(PAGES["warmap.schema.json"]) == json_schema("en")


def test_every_page_says_that_it_is_generated_and_by_what():
    assert all(COMMAND in text.partition("\n")[0] for page, text in PAGES.items() if page.endswith(".md"))


def test_every_link_leads_to_a_page_and_a_heading():
    for page in PAGES:
        for file, anchor in links(page):
            folder = page.rpartition("/")[0]
            target = (
                page
                if not file
                else file.removeprefix("../")
                if file.startswith("../")
                else f"{folder}/{file}".lstrip("/")
            )
            if target in PAGES:
                assert not anchor or anchor in anchors(target), (page, file, anchor)
            else:  # written by hand
                assert (DOCS / target).is_file(), (page, file)
                assert not anchor


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name):
    section = PAGES["commands.md"].partition(f"\n## warmap {name}\n")[2].partition("\n## ")[0]
    about = COMMANDS[name][1]
    assert f"{about.zh}  \n{about.en}" in section
    assert command_named(name).example in section
