"""warmap new: a workbook, empty or filled from YAML or JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_app.cli import PASSED, UserError
from warmap_app.commands.shared import add_force, readable, settings_of, write_file

EXAMPLE = "warmap new --from deal.yaml -o deal.xlsx"
FROM = Text("用这份 YAML 或 JSON 填好", "fill it from this YAML or JSON map")
OUT = Text("工作簿写到哪里", "where to write the workbook")
SETTINGS = Text("把这份设置（YAML 或 JSON）写进工作簿", "settings (YAML or JSON) to put into the workbook")
MACROS = Text("带宏的工作簿（.xlsm），函数在 Excel 里运行", "a macro workbook (.xlsm) whose functions run in Excel")
WROTE = Text("已写入 {path}", "wrote {path}")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """--from, -o, --macros, --settings, --force."""
    parser.add_argument("--from", dest="source", metavar="MAP", type=Path, help=FROM.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT.xlsx", type=Path, required=True, help=OUT.to(lang))
    parser.add_argument("--macros", action="store_true", help=MACROS.to(lang))
    parser.add_argument("--settings", metavar="FILE", type=Path, help=SETTINGS.to(lang))
    add_force(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Build and write; what could not be taken from the source is said, and the rest is kept."""
    from warmap_app.tables import print_findings
    from warmap_workbook.writing.build import build_workbook

    extension = ".xlsm" if options.macros else ".xlsx"
    if options.out.suffix.lower() != extension:
        raise UserError(Text(f"{options.out} 应以 {extension} 结尾", f"{options.out} should end in {extension}"))
    war_map = None
    if options.source is not None:
        loaded = readable(options.source)
        war_map = loaded.map
        print_findings(loaded.findings, lang)
    content = build_workbook(war_map, lang, settings_of(options.settings))
    if options.macros:
        content = _with_macros(content, lang)
    write_file(options.out, content, force=options.force)
    print(WROTE.say(lang, {"path": options.out}))
    return PASSED


def _with_macros(content: bytes, lang: Lang) -> bytes:
    from warmap_addin.excel.build import with_macros
    from warmap_addin.excel.project import CannotBuild

    try:
        return with_macros(content, lang)
    except CannotBuild as error:
        raise UserError(error.words) from None
