"""warmap demo: the sample deals as workbooks in both languages, recalculated, checked, and shown."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import LANGUAGES, Lang, Text
from warmap_app.command import FAILED, PASSED, Command
from warmap_app.commands.options import add_force, write_file

OUT = Text("放到哪个文件夹（默认 demo）", "folder to put it in (default: demo)")
BUILDING = Text("生成样例工作簿 …", "Building the sample workbooks …")
RECALCULATING = Text(
    "在 LibreOffice 里打开并重算（函数由 .oxt 提供）…",
    "Opening and recalculating in LibreOffice (the functions come from the .oxt) …",
)
SAME = Text(
    "  ✓ {name}：{cells} 个公式单元格在 LibreOffice 里实时算出，与存储值全部一致",
    "  ✓ {name}: {cells} formula cells computed live in LibreOffice, all equal to the stored values",
)
DIFFERENT = Text(
    "  ✗ {name}：{count} 个单元格与存储值不同，例如 {cell}",
    "  ✗ {name}: {count} cells differ from the stored values, such as {cell}",
)
NO_OFFICE = Text("没有重算：{why}", "Not recalculated: {why}")
CHECKING = Text("检查每份工作簿 …", "Checking every workbook …")
FILES = Text("做好的文件：", "The files:")
SHOWN = "telecom_core_network"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """-o, --force."""
    parser.add_argument("-o", "--out", metavar="DIR", type=Path, default=Path("demo"), help=OUT.to(lang))
    add_force(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Build, recalculate where there is a LibreOffice, check, and show the scoreboard of one deal."""
    from warmap_app.load import load
    from warmap_app.outputs import order_for, write
    from warmap_app.result import result_of
    from warmap_app.scoreboard import print_scoreboard, terminal

    console = terminal()
    console.print(BUILDING.to(lang))
    files = build_samples(options.out, force=options.force)
    agrees = _recalculate(files, lang)
    console.print(CHECKING.to(lang))
    results = [load(file) for file in files]
    write(order_for("table", out=None, lang=lang), (result_of(one, lang) for one in results))
    shown = next(one for one in results if Path(one.file).name == f"{SHOWN}.{lang}.xlsx")
    print_scoreboard(shown, lang)
    print(FILES.to(lang))
    for file in files:
        print(f"  {file}")
    return PASSED if agrees and all(one.passed for one in results) else FAILED


def build_samples(folder: Path, *, force: bool) -> list[Path]:
    """Every sample in both languages, and the two empty templates."""
    from warmap.reading import read_document
    from warmap_workbook.samples import load_sample, sample_names
    from warmap_workbook.writing.build import build_workbook

    files = []
    for lang in LANGUAGES:
        write_file(folder / f"war_map.{lang}.xlsx", build_workbook(None, lang), force=force)
        for name in sample_names():
            file = folder / f"{name}.{lang}.xlsx"
            write_file(file, build_workbook(read_document(load_sample(name, lang)).map, lang), force=force)
            files.append(file)
    return files


def _recalculate(files: list[Path], lang: Lang) -> bool:
    """Open each file in LibreOffice with the add-in, recalculate, and compare every formula cell with what it stored."""
    from warmap_addin.libreoffice.compare import compare_live
    from warmap_addin.libreoffice.locate import OfficeMissing
    from warmap_addin.libreoffice.office import Office

    print(RECALCULATING.to(lang))
    agrees = True
    try:
        with Office(install_addin=True) as office:
            for file in files:
                result = compare_live(office, file)
                facts = {"name": file.name, "cells": result.cells, "count": len(result.differences)}
                if result.differences:
                    agrees = False
                    print(DIFFERENT.say(lang, {**facts, "cell": result.differences[0]}))
                else:
                    print(SAME.say(lang, facts))
    except OfficeMissing as missing:
        print(NO_OFFICE.say(lang, {"why": missing.words.to(lang)}))
    return agrees


COMMANDS = {"demo": Command("warmap demo -o demo", add_arguments, run)}
