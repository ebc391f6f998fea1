"""warmap history: the trend kept inside a workbook, and a new snapshot put into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warmap.text import Text
from warmap_batch.cli import PASSED, UserError
from warmap_batch.commands.shared import add_force, readable, write_file

if TYPE_CHECKING:
    import argparse

    from warmap.text import Lang
    from warmap_batch.load import Loaded

EXAMPLE = "warmap history deal.xlsx --add -o deal_with_history.xlsx"
FILE = Text("工作簿（或带 snapshots 的 YAML、JSON）", "a workbook (or YAML or JSON with snapshots)")
ADD = Text("把现在的地图记为一份快照", "take a snapshot of the map as it stands")
AUTHOR = Text("谁记的（默认责任人）", "who takes it (default: the deal's owner)")
OUT = Text("加了快照的工作簿写到哪里", "where to write the workbook with the snapshot")
JSON = Text("输出 JSON", "print JSON")
HEADS = (Text("日期", "Date"), Text("谁", "By"), Text("改动", "Changes"))
SHOWN = ("health", "band", "plan_quality", "role_coverage", "trust", "win", "stage_reached")
NOW = Text("现在", "now")
EMPTY = Text("还没有快照；用 --add -o 记第一份。", "No snapshot yet; --add -o takes the first.")
WROTE = Text("已记下 {day} 的快照（共 {count} 份）：{path}", "snapshot of {day} taken ({count} in all): {path}")
NEED_OUT = Text("--add 要用 -o 说明写到哪里", "--add needs -o to say where to write")
NEED_WORKBOOK = Text("快照只能记进工作簿（.xlsx、.xlsm）", "a snapshot can be put only into a workbook (.xlsx, .xlsm)")
NEED_DAY = Text("地图没有评估日：先在“商机”表填上", "the map has no date it is judged at: fill it in on the Deal sheet")
NO_SHEET = Text(
    "工作簿里没有 _history 表；用 warmap new --from 重建后再记",
    "the sheet _history is gone; rebuild the workbook with warmap new --from",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """FILE --json | --add [--author] -o."""
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("--json", action="store_true", help=JSON.to(lang))
    parser.add_argument("--add", action="store_true", help=ADD.to(lang))
    parser.add_argument("--author", metavar="NAME", help=AUTHOR.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT.xlsx", type=Path, help=OUT.to(lang))
    add_force(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show the trend, or take a snapshot."""
    loaded = readable(options.file)
    if options.add:
        return _add(options, loaded, lang)
    lines = trend(loaded)
    if options.json:
        print(
            json.dumps({"file": str(options.file), "snapshots": lines}, ensure_ascii=False, indent=2, allow_nan=False)
        )
    else:
        _show(lines, lang)
    return PASSED


def trend(loaded: Loaded) -> list[dict[str, Any]]:
    """Each snapshot, the oldest first, and last the map as it stands: day, author, scores, changes since the one before."""
    from warmap.assessment import Assessment
    from warmap.changes import changes
    from warmap.evaluation import scores
    from warmap.history import map_of

    lines: list[dict[str, Any]] = []
    before = None
    for snapshot in loaded.map.snapshots:
        held = map_of(snapshot)
        day = snapshot.taken_on.isoformat() if snapshot.taken_on else None
        count = None if before is None else len(changes(before, held))
        lines.append({"taken_on": day, "author": snapshot.author, "scores": snapshot.scores, "changes": count})
        before = held
    count = None if before is None else len(changes(before, loaded.map))
    now = scores(Assessment(loaded.map, loaded.settings))
    lines.append({"taken_on": None, "author": None, "scores": now, "changes": count})
    return lines


def _show(lines: list[dict[str, Any]], lang: Lang) -> None:
    from rich.table import Table

    from warmap.functions.overview import SCORES_BY_CODE
    from warmap_batch.difference import shown_score
    from warmap_batch.tables import clean, terminal

    table = Table(header_style="bold")
    for head in (HEADS[0], HEADS[1], *(SCORES_BY_CODE[code][0] for code in SHOWN), HEADS[2]):
        table.add_column(head.to(lang), overflow="fold")
    for place, line in enumerate(lines):
        day = NOW.to(lang) if place == len(lines) - 1 else line["taken_on"] or ""
        cells = [shown_score(line["scores"].get(code)) for code in SHOWN]
        table.add_row(day, *map(clean, (line["author"] or "", *cells, shown_score(line["changes"]))))
    terminal().print(table)
    if len(lines) == 1:
        print(EMPTY.to(lang))


def _add(options: argparse.Namespace, loaded: Loaded, lang: Lang) -> int:
    """Take a snapshot at the day of judging; everything else in the workbook stays as it is."""
    from warmap.assessment import Assessment
    from warmap.evaluation import scores
    from warmap.history import snapshot_of
    from warmap_batch.load import WORKBOOKS
    from warmap_templates.history_sheet import NoHistorySheet, with_history

    if options.out is None:
        raise UserError(NEED_OUT)
    if options.file.suffix.lower() not in WORKBOOKS:
        raise UserError(NEED_WORKBOOK)
    day = loaded.map.deal.as_of
    if day is None:
        raise UserError(NEED_DAY)
    author = options.author or loaded.map.deal.owner
    taken = snapshot_of(loaded.map, scores(Assessment(loaded.map, loaded.settings)), day, author)
    snapshots = [*loaded.map.snapshots, taken]
    try:
        content = with_history(options.file.read_bytes(), snapshots)
    except NoHistorySheet:
        raise UserError(NO_SHEET) from None
    write_file(options.out, content, force=options.force)
    print(WROTE.say(lang, {"day": day, "count": len(snapshots), "path": options.out}))
    return PASSED
