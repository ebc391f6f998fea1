"""warmap check: submitted files and folders, who passed and what each must mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from warmap.text import Text
from warmap_batch.cli import FAILED, PASSED, UserError
from warmap_batch.commands.shared import add_as_of, add_force, date_of, settings_of, write_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from warmap.text import Lang

EXAMPLE = "warmap check submitted/ --format json -o result.json"
PATHS = Text("文件或文件夹", "files or folders")
FORMAT = Text("输出格式（默认 table）", "output format (default: table)")
OUT = Text("写入文件而不是屏幕", "write to a file instead of the screen")
PROGRESS = Text("检查中", "Checking")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """PATH…, --format, -o, --as-of, --settings, --force."""
    parser.add_argument("paths", metavar="PATH", type=Path, nargs="+", help=PATHS.to(lang))
    parser.add_argument("--format", choices=("table", "json"), default="table", help=FORMAT.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help=OUT.to(lang))
    add_as_of(parser, lang)
    add_force(parser, lang)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files to check: those named, and in folders every workbook and map, in order of name."""
    from warmap_batch.load import DOCUMENTS, WORKBOOKS

    wanted = WORKBOOKS | DOCUMENTS | {".xls", ".xlsb", ".ods"}
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UserError(Text(f"{path} 不存在", f"{path} does not exist"))
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            taken = file.is_file() and (file == path or file.suffix.lower() in wanted)
            if taken and not file.name.startswith(("~$", ".")):
                found.setdefault(file)
    if not found:
        raise UserError(Text("没有可检查的文件", "there is no file to check"))
    return list(found)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when every file passed, 1 when some did not."""
    from rich.console import Console
    from rich.progress import track

    from warmap_batch.load import load
    from warmap_batch.result import result_of

    as_of, settings = date_of(options.as_of), settings_of(options.settings)
    files = files_of(options.paths)
    errors = Console(stderr=True)
    steps = track(files, PROGRESS.to(lang), console=errors, disable=not errors.is_terminal, transient=True)
    loaded = [load(file, as_of, settings) for file in steps]
    if options.format == "json":
        results = {"files": [result_of(one, lang) for one in loaded], "passed": sum(one.passed for one in loaded),
                   "failed": sum(not one.passed for one in loaded)}  # fmt: skip
        text = json.dumps(results, ensure_ascii=False, indent=2, allow_nan=False)
        if options.out:
            write_file(options.out, text.encode(), force=options.force)
        else:
            print(text)
    else:
        from warmap_batch.tables import check_table, shown_text, terminal

        if options.out:
            write_file(options.out, shown_text(check_table(loaded, lang)).encode(), force=options.force)
        else:
            for part in check_table(loaded, lang):
                terminal().print(part)
    return PASSED if all(one.passed for one in loaded) else FAILED
