"""Every name that others hold on to, collected from the declarations: one line a name, `kind name …`.

What has an order that others count on (arguments, columns of a result, operands of a command) bears its number, so that
a new one at the end is a new line and a shifted one is a lost line.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import warmap
from warmap.findings import CHECKS
from warmap.layout import TAB
from warmap.model import TABLES
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.settings import RETIRED, default_settings
from warmap.terms import Term
from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_app import command
from warmap_app.arguments import parser_for
from warmap_app.main import COMMANDS, command_named
from warmap_app.outputs.columns import FILES, FINDINGS
from warmap_app.portfolio.deal_lines import LINES
from warmap_app.portfolio.moves_sheets import MOVED_PREFIX
from warmap_app.portfolio.report_book import CLOSED_PREFIX, PREFIX
from warmap_app.portfolio.report_tables import CLOSED, DEALS, STEPS
from warmap_app.store.database import METADATA, TREND
from warmap_workbook.presets import preset_names
from warmap_workbook.reading import read_workbook

ROOT = Path(__file__).parents[2]
WORKBOOKS = ROOT / "workbook_templates"
SAMPLES = [WORKBOOKS / "samples" / f"{name}.en.xlsx" for name in ("port_logistics", "bank_risk_platform")]
OTHERWISE = ("--as-of", "2031-01-01", "--settings", "public_sector", "--lang", "zh")
"""Late, by other settings and in another language than the file's: then a result has all that it may have."""


def published():
    """Every published name as it is today."""
    return [*of_the_workbook(), *of_the_functions(), *of_the_method(), *of_the_program(), *of_the_json()]


def defined_names(lang):
    """The names that a template defines for others; `wm_` begins them."""
    with zipfile.ZipFile(WORKBOOKS / f"war_map.{lang}.xlsx") as template:
        return set(re.findall(r'<definedName name="(wm_\w+)"', template.read("xl/workbook.xml").decode()))


def of_the_workbook():
    for lang in LANGUAGES:
        yield from (f"defined {name}" for name in defined_names(lang))
    for tab in TAB.values():
        yield from (f"sheet {tab.code} {lang} {tab.name.to(lang)}" for lang in LANGUAGES)
    for table in TABLES:
        yield f"table {table.code}"
        for field in table.fields:
            yield f"column {table.code}.{field.code}"
            read_as = (*(field.label.to(lang) for lang in LANGUAGES), *field.aliases)
            yield from (f"header {table.code}.{field.code} {words}" for words in read_as)


def of_the_functions():
    for function in FUNCTIONS.values():
        yield f"function {function.shown_name}"
        for place, argument in enumerate(function.arguments, 1):
            yield f"argument {function.shown_name} {place:02} {argument.name}"
        for place, column in enumerate(function.columns, 1):
            yield f"result {function.shown_name} {place:02} {column.en}"


def of_the_method():
    for code, named in {**CHECKS, **all_rules()}.items():
        yield f"code {code} {named.name}"
    yield from (f"score {code}" for code in all_scores())
    yield from (f"row WARMAP.SCORES {place:02} {code}" for place, code in enumerate(all_scores(), 1))
    for name in type(default_settings()).model_fields:
        value = getattr(default_settings(), name)
        yield from (f"setting {name}.{member}" for member in value) if isinstance(value, dict) else (f"setting {name}",)
    yield from (f"setting {code}" for code in RETIRED)  # answered with what takes its place (DV308)
    yield from (f"preset {name}" for name in preset_names())
    for picklist in (kind for kind in Term.__subclasses__() if kind.__module__ == Term.__module__):
        for term in picklist:
            yield f"value {picklist.__name__} {term.value}"
            read_as = (*(term.label.to(lang) for lang in LANGUAGES), *term.aliases)
            yield from (f"word {picklist.__name__} {term.value} {words}" for words in read_as)


def of_the_program():
    for name in ("PASSED", "FAILED", "USAGE_ERROR", "INTERRUPTED"):
        yield f"exit {getattr(command, name)} {name}"
    for name in COMMANDS:
        yield f"command {name}"
        parser = parser_for([name], "en", {name: about for name, (_, about) in COMMANDS.items()}, command_named)
        operands = 0
        for action in parser.called._actions:
            operands += not action.option_strings
            own = action.option_strings or [f"{operands} {action.dest}"]
            kind = "option" if action.option_strings else "operand"
            yield from (f"{kind} {name} {words}" for words in own)
            yield from (f"choice {name} {own[-1].split()[-1]} {choice}" for choice in action.choices or ())
    for name, columns in {"files": FILES, "findings": FINDINGS, "deals": LINES}.items():
        yield from (f"field {name} {column.code}" for column in columns)
    for prefix, columns in {PREFIX: DEALS, CLOSED_PREFIX: CLOSED, MOVED_PREFIX: STEPS}.items():
        yield from (f"defined {prefix}{column.code}" for column in columns)
    yield from (f"python warmap.{name}" for name in warmap.__all__ if hasattr(warmap, name))
    yield f"python {read_workbook.__module__.rpartition('.')[0]}.{read_workbook.__name__}"
    for table in (*METADATA.sorted_tables, TREND):
        yield from (f"field {table.name} {column.name}" for column in table.columns)


def of_the_json():
    with TemporaryDirectory() as folder:
        (Path(folder) / "picture.gif").write_bytes(b"GIF89a")  # what is not taken is told
        roster = Path(folder) / "roster.csv"
        roster.write_text("account,opportunity,rep,due\nNobody,Nothing,No one,2026-01-01\n")
        told = {
            "evaluate": said("evaluate", SAMPLES[0], "--json", *OTHERWISE),
            "check": said("check", *SAMPLES, folder, "--format", "json", "--roster", roster, *OTHERWISE),
            "diff": said("diff", *SAMPLES, "--json"),
        }
    told["check.files[]"] = next(one for one in told["check"]["files"] if one["findings"])
    for name, content in told.items():
        for key, value in content.items():
            yield f"json {name} {key}"
            if isinstance(value, list) and value and isinstance(value[0], dict):
                yield from (f"json {name} {key}[].{part}" for part in value[0])


def said(*words):
    """What a command of ours prints, as JSON."""
    path = os.pathsep.join(filter(None, sys.path))  # what this process imports from
    done = subprocess.run(
        [sys.executable, "-m", "warmap_app", *map(str, words)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr.decode()
    return json.loads(done.stdout)
