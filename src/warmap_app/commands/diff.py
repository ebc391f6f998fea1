"""warmap diff: what changed between two maps, field by field, with the scores that moved and the flags that came and went."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from warmap.text import Lang, Text
from warmap_app.cli import PASSED, UserError
from warmap_app.commands.shared import readable

EXAMPLE = "warmap diff last_week.xlsx this_week.xlsx"
OLD = Text("旧的一份（工作簿、YAML 或 JSON）", "the older map (workbook, YAML or JSON)")
NEW = Text(
    "新的一份；省略则与工作簿里最近一份快照比较",
    "the newer map; left out: the newest snapshot inside OLD against OLD as it stands",
)
JSON = Text("输出 JSON", "print JSON")
NO_SNAPSHOT = Text(
    "{path} 里没有快照；请给出两份文件，或先运行 warmap history --add",
    "there is no snapshot in {path}; name two files, or take one with warmap history --add",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """OLD [NEW] --json."""
    parser.add_argument("old", metavar="OLD", type=Path, help=OLD.to(lang))
    parser.add_argument("new", metavar="NEW", type=Path, nargs="?", help=NEW.to(lang))
    parser.add_argument("--json", action="store_true", help=JSON.to(lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Compare, and show or print."""
    from warmap import history
    from warmap.judgement import judge
    from warmap_app.difference import Difference

    if options.new is not None:
        first, second = readable(options.old), readable(options.new)
        before, after = first.map, second.map
        settings = first.settings, second.settings
        names = str(options.old), str(options.new)
    else:
        second = readable(options.old)
        if not second.map.snapshots:
            facts = {"path": options.old}
            raise UserError(NO_SNAPSHOT.filled(**facts))
        newest = second.map.snapshots[-1]
        before, after = history.map_of(newest), second.map
        settings = second.settings, second.settings
        names = str(newest.taken_on or ""), str(options.old)
    difference = Difference(judge(before, settings[0]), judge(after, settings[1]))
    if options.json:
        from warmap_app.outputs.wording import as_json

        told: dict[str, Any] = {"old": names[0], "new": names[1], **difference.as_data(lang)}
        print(as_json(told, indent=2))
    else:
        from warmap_app.tables import terminal

        for part in difference.tables(lang):
            terminal().print(part)
    return PASSED
