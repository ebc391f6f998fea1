"""`warmap demo`: the sample deals as workbooks in both languages, recalculated, checked, and shown."""

import argparse
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from warmap.reading import read_document
from warmap.text import LANGUAGES, Lang, Text
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.libreoffice.locate import OfficeMissing
from warmap_addin.libreoffice.office import Office, OfficeFault
from warmap_app.command import FAILED, PASSED, Command
from warmap_app.commands.options import add_shared, write_file
from warmap_app.load import load
from warmap_app.outputs import order_for, write
from warmap_app.outputs.destination import new_folder, refuse_file
from warmap_app.result import result_of
from warmap_app.scoreboard import scoreboard
from warmap_app.screen import print_parts
from warmap_workbook.samples import load_sample, sample_names
from warmap_workbook.writing.build import build_workbook

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
TRY_AGAIN = Text(
    "  LibreOffice 中断了（{why}）；重新启动，再试一次 …",
    "  LibreOffice has failed ({why}); trying again with a fresh one …",
)
GAVE_UP = Text(
    "  LibreOffice 又中断了（{why}）：{all} 份工作簿里重算了 {done} 份；工作簿都已生成，下面照常检查",
    "  LibreOffice has failed again ({why}): {done} of {all} workbooks were recalculated; all of them are built, "
    "and are checked below",
)
NO_OFFICE = Text("没有重算：{why}", "Not recalculated: {why}")
CHECKING = Text("检查每份工作簿 …", "Checking every workbook …")
FILES = Text("做好的文件：", "The files:")
SHOWN = "telecom_core_network"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """-o, --force."""
    parser.add_argument("-o", "--out", metavar="DIR", type=Path, default=Path("demo"), help=OUT.to(lang))
    add_shared(parser, lang, "--force")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Build, recalculate where there is a LibreOffice, check, and show the scoreboard of one deal."""
    refuse_file(options.out)
    new_folder(options.out)
    print(BUILDING.to(lang))
    files = build_samples(options.out, force=options.force)
    agrees = recalculate(files, lang)
    print(CHECKING.to(lang))
    results = [load(file) for file in files]
    write(order_for("table", out=None, lang=lang), (result_of(one, lang) for one in results))
    print_parts(scoreboard(next(one for one in results if Path(one.file).name == f"{SHOWN}.{lang}.xlsx"), lang))
    print(FILES.to(lang))
    for file in files:
        print(f"  {file}")
    return PASSED if agrees and all(one.passed for one in results) else FAILED


def build_samples(folder: Path, *, force: bool) -> list[Path]:
    """Every sample in both languages, and the two empty templates."""
    files = []
    for lang in LANGUAGES:
        write_file(folder / f"war_map.{lang}.xlsx", build_workbook(None, lang), force=force)
        for name in sample_names():
            file = folder / f"{name}.{lang}.xlsx"
            write_file(file, build_workbook(read_document(load_sample(name, lang)).map, lang), force=force)
            files.append(file)
    return files


def recalculate(files: Sequence[Path], lang: Lang) -> bool:
    """Open each file in LibreOffice with the add-in, recalculate, and compare every formula cell with what it stored.

    LibreOffice now and then dies, or does not answer, on a machine that has much else to do. What is left is tried once
    more with a fresh one; then it is said what was not recalculated, and that is no difference found.
    """
    print(RECALCULATING.to(lang))
    agrees, left = True, deque(files)
    for is_last in (False, True):
        try:
            with Office(install_addin=True) as office:
                while left:
                    agrees &= _compare(office, left[0], lang)
                    left.popleft()
        except OfficeMissing as missing:
            print(NO_OFFICE.say(lang, {"why": missing.words}))
            return agrees
        except OfficeFault as fault:
            facts = {"why": str(fault), "done": len(files) - len(left), "all": len(files)}
            print((GAVE_UP if is_last else TRY_AGAIN).say(lang, facts))
        else:
            break
    return agrees


def _compare(office: Office, file: Path, lang: Lang) -> bool:
    result = compare_live(office, file)
    facts = {"name": file.name, "cells": result.cells, "count": len(result.differences)}
    if not result.differences:
        print(SAME.say(lang, facts))
        return True
    print(DIFFERENT.say(lang, {**facts, "cell": result.differences[0]}))
    return False


COMMANDS = {"demo": Command("warmap demo -o demo", add_arguments, run)}
