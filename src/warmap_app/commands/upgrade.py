"""warmap upgrade: a workbook rebuilt on the newest template, with everything that was entered."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_app.cli import PASSED, UserError
from warmap_app.commands.shared import add_force, refused, write_file

EXAMPLE = "warmap upgrade deal.xlsx -o deal_new.xlsx"
FILE = Text("工作簿", "the workbook")
OUT = Text("新工作簿写到哪里", "where to write the new workbook")
WROTE = Text("已写入 {path}", "wrote {path}")
KEPT = Text(
    "{count} 处内容不属于任何一格，放在“{sheet}”表里：",
    "{count} entries belong to no field; they stand on the sheet “{sheet}”:",
)
OWN = Text(
    "您自己的工作表已带过来，只有数值和公式，没有格式和图表：{names}",
    "your own sheets came along with values and formulas, without formats and charts: {names}",
)
NEWER = Text(
    "{path} 的模板比本程序新；请先升级 warmap", "the template of {path} is newer than this program: update warmap first"
)
MOST_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """FILE -o NEW."""
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("-o", "--out", metavar="NEW.xlsx", type=Path, required=True, help=OUT.to(lang))
    add_force(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Rebuild, write, and say what could not be put in its place."""
    from warmap_app.tables import clean
    from warmap_workbook.editing.upgrade import KEPT_NAME, upgraded
    from warmap_workbook.reading.read import read_workbook

    intake = read_workbook(options.file)
    no_map = next((f for f in intake.findings if f.code in {"DV001", "DV002"}), None)
    if no_map is not None:
        raise refused(options.file, no_map)
    if any(finding.code == "DV004" for finding in intake.findings):
        raise UserError(NEWER.filled(path=options.file))
    result = upgraded(intake)
    write_file(options.out, result.content, force=options.force)
    print(WROTE.say(lang, {"path": options.out}))
    if result.kept:
        print(KEPT.say(lang, {"count": len(result.kept), "sheet": KEPT_NAME.to(intake.lang)}))
        for sheet, cell, value, why in result.kept[:MOST_SHOWN]:
            print(clean(f"  {sheet}!{cell}: {value} ({why.to(lang)})"))
        if len(result.kept) > MOST_SHOWN:
            print("  …")
    if result.own_sheets:
        print(clean(OWN.say(lang, {"names": ", ".join(result.own_sheets)})))
    return PASSED
