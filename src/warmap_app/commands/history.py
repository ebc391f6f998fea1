"""`warmap history`: the trend of a deal, from its workbook or from a store; and a new snapshot put into a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from warmap.evaluation import scores
from warmap.history import snapshot_of
from warmap.reading import Reading
from warmap.text import Lang, Text
from warmap_app.apart import Apart
from warmap_app.command import PASSED, Command, UserError
from warmap_app.commands.options import add_shared, readable, workbook_out, write_file
from warmap_app.deal_history import changed_lines, days_table, deal_data, deals_table, of_kept_maps, of_workbook
from warmap_app.load import WORKBOOKS
from warmap_app.own_functions import OwnFunctions
from warmap_app.safe_text import as_json, shown
from warmap_app.screen import bold, print_parts
from warmap_app.store import open_store
from warmap_app.store.records import Moment, deal_of, deals_named
from warmap_workbook.editing.file_edits import NoHistorySheet, with_history

if TYPE_CHECKING:
    from warmap_app.store.kept import Store  # needs SQLAlchemy, an optional extra

FILE = Text("工作簿（或带 snapshots 的 YAML、JSON）", "a workbook (or YAML or JSON with snapshots)")
ADD = Text("把现在的地图记为一份快照", "take a snapshot of the map as it stands")
AUTHOR = Text("谁记的（默认责任人）", "who takes it (default: the deal's owner)")
OUT = Text("加了快照的工作簿写到哪里", "where to write the workbook with the snapshot")
ACCOUNT = Text("客户名里有这些字的商机", "deals of accounts whose name holds these words")
OPPORTUNITY = Text("商机名里有这些字的商机", "deals whose own name holds these words")
EMPTY = Text("还没有快照；用 --add -o 记第一份。", "No snapshot yet; --add -o takes the first.")
WROTE = Text("已记下 {day} 的快照（共 {count} 份）：{path}", "snapshot of {day} taken ({count} in all): {path}")
NEED_OUT = Text("--add 要用 -o 说明写到哪里", "--add needs -o to say where to write")
NEED_WORKBOOK = Text("快照只能记进工作簿（.xlsx、.xlsm）", "a snapshot can be put only into a workbook (.xlsx, .xlsm)")
NEED_DAY = Text("地图没有评估日：先在“商机”表填上", "the map has no date it is judged at: fill it in on the Deal sheet")
NO_SHEET = Text(
    "工作簿里没有 _history 表；用 warmap new --from 重建后再记",
    "the sheet _history is gone; rebuild the workbook with warmap new --from",
)


NOTHING_NAMED = Text(
    "请给出工作簿，或用 --store 指明从哪个地图库读", "name a workbook, or with --store the store to read from"
)
ONLY_A_STORE = Text(
    "--account、--opportunity 要和 --store 一起用", "--account and --opportunity are for use with --store"
)
FILE_OR_NAMES = Text(
    "给了文件就从文件里取客户和商机；不要再给 --account、--opportunity",
    "account and opportunity are taken from the file; leave out --account and --opportunity",
)
NOT_BOTH = Text(
    "--add 记进工作簿；存进地图库用 warmap check … --store",
    "--add puts a snapshot into the workbook; warmap check … --store puts the map into a store",
)
NO_DEAL = Text(
    "{store} 里没有这样的商机；warmap history --store 列出全部",
    "there is no such deal in {store}; warmap history --store lists them all",
)
NOT_KEPT_YET = Text("这个商机还没有存进 {store}。", "This deal is not kept in {store} yet.")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """FILE --json | --add [--author] -o | --store [--account] [--opportunity]."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=FILE.to(lang))
    add_shared(parser, lang, "--json")
    parser.add_argument("--add", action="store_true", help=ADD.to(lang))
    parser.add_argument("--author", metavar="NAME", help=AUTHOR.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT.xlsx", type=Path, help=OUT.to(lang))
    add_shared(parser, lang, "--force", "--store")
    parser.add_argument("--account", metavar="NAME", help=ACCOUNT.to(lang))
    parser.add_argument("--opportunity", metavar="NAME", help=OPPORTUNITY.to(lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show the trend, or take a snapshot."""
    _refuse(options)
    if options.store is not None:
        return _from_store(options, lang)
    if options.add:
        return _add(options, lang)
    loaded = readable(options.file)
    days = of_workbook(loaded)
    if options.json:
        print(as_json({"file": str(options.file), "snapshots": [day.as_data() for day in days]}, indent=2))
    else:
        print_parts(days_table(days, lang))
        if len(days) == 1:
            print(EMPTY.to(lang))
    return PASSED


def _refuse(options: argparse.Namespace) -> None:
    named = options.account is not None or options.opportunity is not None
    if named and options.store is None:
        raise UserError(ONLY_A_STORE)
    if options.file is None and options.store is None:
        raise UserError(NOTHING_NAMED)
    if named and options.file is not None:
        raise UserError(FILE_OR_NAMES)
    if options.add and options.store is not None:
        raise UserError(NOT_BOTH)


def _from_store(options: argparse.Namespace, lang: Lang) -> int:
    """The trend of the deal that a file or names tell of; of several deals a list."""
    loaded = readable(options.file) if options.file else None
    with open_store(options.store) as store:
        if loaded is not None:
            deal = loaded.map.deal
            whose = deal_of({"account": deal.account, "opportunity": deal.opportunity}, loaded.file)
            return _show_deal(options, lang, store, list(store.moments(whose)), loaded)
        deals = deals_named(store.moments(), options.account, options.opportunity)
        if not deals:
            raise store.address.refused(NO_DEAL)
        if len(deals) == 1:
            return _show_deal(options, lang, store, next(iter(deals.values())))
    if options.json:
        print(as_json({"deals": [deal_data(found) for found in deals.values()]}, indent=2))
    else:
        print_parts([deals_table(deals, lang)])
    return PASSED


def _show_deal(
    options: argparse.Namespace, lang: Lang, store: Store, found: Sequence[Moment], loaded: Reading | None = None
) -> int:
    """The trend of one deal; of a file also as it stands now, where it was not kept like that."""
    days = of_kept_maps(store.maps([moment.map_id for moment in found]), loaded)
    deal = loaded.map.deal if loaded is not None else found[-1]
    if options.json:
        told = [{**day.as_data(), "changed": [one.as_data() for one in day.changed or ()]} for day in days]
        print(as_json({"account": deal.account, "opportunity": deal.opportunity, "trend": told}, indent=2))
        return PASSED
    title = bold(" — ".join(shown(name) for name in (deal.account, deal.opportunity) if name))
    print_parts([title, *days_table(days, lang), *changed_lines(days, lang)])
    if not found:
        print(NOT_KEPT_YET.say(lang, {"store": store.address.shown}))
    return PASSED


def _add(options: argparse.Namespace, lang: Lang) -> int:
    """Take a snapshot at the day of judging; everything else in the workbook stays as it is."""
    if options.out is None:
        raise UserError(NEED_OUT)
    if options.file.suffix.lower() not in WORKBOOKS:
        raise UserError(NEED_WORKBOOK)
    workbook_out(options.out, options.file.suffix.lower(), force=options.force)
    loaded = readable(options.file)
    day = loaded.map.deal.as_of
    if day is None:
        raise UserError(NEED_DAY)
    author = options.author or loaded.map.deal.owner
    taken = snapshot_of(loaded.map, scores(loaded.judgement), day, author)
    snapshots = [*loaded.map.snapshots, taken]
    try:
        content = with_history(options.file.read_bytes(), snapshots, OwnFunctions(), loaded.settings)
    except NoHistorySheet:
        raise UserError(NO_SHEET) from None
    write_file(options.out, content, force=options.force, read=[options.file])
    print(WROTE.say(lang, {"day": day, "count": len(snapshots), "path": options.out}))
    return PASSED


COMMANDS = {"history": Command("warmap history deal.xlsx --store history.db", add_arguments, Apart(run))}
