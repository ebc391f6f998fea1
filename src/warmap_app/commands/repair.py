"""warmap repair: the names of our functions as every program understands them."""

from __future__ import annotations

import argparse
from pathlib import Path

from warmap.text import Lang, Text
from warmap_app.cli import PASSED, UserError
from warmap_app.commands.shared import add_force, refused, write_file

EXAMPLE = "warmap repair deal.xlsx -o deal_repaired.xlsx"
FILE = Text("工作簿", "the workbook")
OUT = Text("修好的工作簿写到哪里", "where to write the repaired workbook")
WROTE = Text("已写入 {path}：改写了 {calls} 处函数调用", "wrote {path}: {calls} function calls rewritten")
DROPPED = Text("去掉了没有用到的外部链接", "links that nothing used were dropped")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """FILE -o NEW."""
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("-o", "--out", metavar="NEW.xlsx", type=Path, required=True, help=OUT.to(lang))
    add_force(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Mend and write; everything but formulas stays as it is."""
    from warmap_workbook.editing.repair import repaired
    from warmap_workbook.ooxml import Unreadable
    from warmap_workbook.reading.words import unreadable

    try:
        result = repaired(options.file.read_bytes())
    except FileNotFoundError:
        raise UserError(Text(f"{options.file} 不存在", f"{options.file} does not exist")) from None
    except OSError as error:
        raise UserError(
            Text(f"{options.file} 打不开：{error.strerror}", f"{options.file} cannot be opened: {error.strerror}")
        ) from None
    except Unreadable as error:
        raise refused(options.file, unreadable(error)) from None
    write_file(options.out, result.content, force=options.force)
    print(WROTE.say(lang, {"path": options.out, "calls": result.calls}))
    if result.dropped_links:
        print(DROPPED.to(lang))
    return PASSED
