"""warmap evaluate: one map, as a scoreboard or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_app.cli import FAILED, PASSED
from warmap_app.commands.shared import add_as_of, date_of, settings_of

EXAMPLE = "warmap evaluate deal.xlsx --json"
FILE = Text("工作簿（.xlsx、.xlsm）、YAML 或 JSON", "a workbook (.xlsx, .xlsm), YAML or JSON")
AS_JSON = Text("输出 JSON", "print JSON")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """FILE, --json, --as-of, --settings."""
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("--json", action="store_true", help=AS_JSON.to(lang))
    add_as_of(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when the map could be read, 1 when it could not."""
    from warmap_app.load import evaluation_of, load

    loaded = load(options.file, date_of(options.as_of), settings_of(options.settings))
    if options.json:
        from warmap_app.outputs.wording import as_json

        print(as_json(evaluation_of(loaded, lang), indent=2))
    else:
        from warmap_app.tables import print_findings, print_scoreboard

        if loaded.is_readable:
            print_scoreboard(loaded, lang)
        print_findings(loaded.findings, lang)
    return PASSED if loaded.is_readable else FAILED
