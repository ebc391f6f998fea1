"""warmap check: submitted files, folders, patterns, archives and URLs; who passed and what each must fix."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from warmap.text import Lang, Text
from warmap_app import clock
from warmap_app.apart import answer_of
from warmap_app.arguments import whole_number
from warmap_app.batch.asked import asked_for, is_url
from warmap_app.batch.engine import check_here
from warmap_app.batch.journal import Journal
from warmap_app.batch.one import Outcome, Terms
from warmap_app.batch.remembered import Remembering, to_remember
from warmap_app.batch.run import GOING_ON, Engine, Results, checked_batch, progress
from warmap_app.batch.sources import Place, Source, bytes_of, ids_of_sources, is_in_memory, is_remote
from warmap_app.command import FAILED, INTERRUPTED, PASSED, Command, UserError
from warmap_app.commands.one_set import add_set_options, one_set_of
from warmap_app.commands.options import PATHS, add_shared, date_of
from warmap_app.opening import CannotRead
from warmap_app.outputs import FILE_NAMES, FORMATS, WRITTEN, Order, order_for, prepare, ready, write
from warmap_app.outputs.beside import Beside
from warmap_app.outputs.destination import refuse_existing, refuse_file
from warmap_app.roster import ROSTER_HELP, read_roster
from warmap_app.store import open_store
from warmap_workbook.saving import ids_of

if TYPE_CHECKING:
    from warmap_app.store.kept import Store  # needs SQLAlchemy, an optional extra

FORMAT = Text(
    "输出格式（默认 table）：{formats}；可给几次，都写进 -o 的文件夹",
    "output format (default: table): {formats}; several may be given, and all are written to the folder of -o",
)
SEVERAL = Text("几种 --format 一起写时需要 -o 文件夹", "several --format need -o FOLDER")
OUT = Text("写入文件（或文件夹）而不是屏幕", "write to a file (or folder) instead of the screen")
WHAT = Text("csv、parquet 只写其中一张表：文件或问题", "of csv and parquet one table only: the files or the findings")
NO_GUARD = Text(
    "csv：不给以 = + - @ 开头的文字加撇号（给程序读时用）",
    "csv: no apostrophe before text that begins with = + - @ (for programs to read)",
)
RECALCULATE = Text(
    "模板的普通公式（求和、查找、比率）也重新计算，与存的结果比较；检查时间约为五倍",
    "work out the template's plain formulas too (sums, look-ups, ratios) and compare their stored results; "
    "a check takes about five times as long",
)
JOBS = Text("同时检查的进程数（默认：处理器核数）", "processes that check at once (default: the cores)")
ENGINE = Text(
    "在本机检查（local，默认）或用 Dask 集群（dask）", "check on this computer (local, the default) or on Dask (dask)"
)
SCHEDULER = Text(
    "Dask 调度器的地址，例如 tcp://host:8786；省略则在本机起一个",
    "address of a Dask scheduler, such as tcp://host:8786; without it one is started here",
)
RESUME = Text("接着上次中断的检查做", "go on with a check that was interrupted")
JOURNAL = Text("边检查边记录到此文件（默认在输出旁）", "file to keep what is done so far (default: beside the output)")
ONE_AT_LEAST = Text("--jobs 至少为 1", "--jobs is at least 1")
RESUME_WHAT = Text(
    "--resume 需要 -o OUT 或 --journal FILE：接着哪一次做",
    "--resume needs -o OUT or --journal FILE: which check to go on with",
)
NO_URL = Text("结果和日志只能写到本机的文件", "results and journals are written to files of this computer only")
GO_ON = Text(
    "已中断；再次运行并加 --resume 可接着做（已有结果在 {path}）",
    "stopped; run it again with --resume to go on (what is done is in {path})",
)
NOT_KEPT = Text(
    "已中断；加 -o OUT 或 --journal FILE，中断后就能用 --resume 接着做",
    "stopped; with -o OUT or --journal FILE a check can go on after this with --resume",
)

STORED = Text(
    "{store}：存入 {added} 份地图，{known} 份原来就有", "{store}: maps added: {added}, already there: {known}"
)
UNCHANGED = Text(
    "{count} 个文件的内容上次已检查过，没有变，不再重读",
    "files whose content was checked before and has not changed, not read again: {count}",
)
STORE_AGAIN = Text(
    "{why}。检查结果已照常写出，但地图没有全部存入；再次运行并加 --resume --force 可补上",
    "{why}. The result of the check is written all the same, but not every map is kept; "
    "run it again with --resume --force",
)
STORE_ANEW = Text(
    "{why}。检查结果已照常写出，但地图没有全部存入；请再运行一次",
    "{why}. The result of the check is written all the same, but not every map is kept; run it again",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """PATH…, what comes out, by what is judged, and how the work is done."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help=PATHS.to(lang))
    formats = FORMAT.say(lang, {"formats": ", ".join(FORMATS)})
    parser.add_argument("--format", choices=tuple(FORMATS), action="append", metavar="FORMAT", help=formats)
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help=OUT.to(lang))
    parser.add_argument("--roster", metavar="FILE", type=Path, help=ROSTER_HELP.to(lang))
    parser.add_argument("--what", choices=("files", "findings"), help=WHAT.to(lang))
    parser.add_argument("--no-guard", action="store_true", help=NO_GUARD.to(lang))
    add_shared(parser, lang, "--as-of")
    add_set_options(parser, lang)
    parser.add_argument("--recalculate", action="store_true", help=RECALCULATE.to(lang))
    add_shared(parser, lang, "--force")
    parser.add_argument("--jobs", metavar="N", type=whole_number, help=JOBS.to(lang))
    parser.add_argument("--engine", choices=("local", "dask"), help=ENGINE.to(lang))
    parser.add_argument("--scheduler", metavar="ADDRESS", help=SCHEDULER.to(lang))
    parser.add_argument("--resume", action="store_true", help=RESUME.to(lang))
    parser.add_argument("--journal", metavar="FILE", type=Path, help=JOURNAL.to(lang))
    add_shared(parser, lang, "--store")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when every file passed, 1 when some did not, 130 when the user stopped it."""
    if options.jobs is not None and options.jobs < 1:
        raise UserError(ONE_AT_LEAST)
    if any(path is not None and is_url(path) for path in (options.out, options.journal)):
        raise UserError(NO_URL)
    if options.resume and not (options.out or options.journal):
        raise UserError(RESUME_WHAT)
    with nullcontext() if options.store is None else open_store(options.store, write=True) as store:
        return _check(options, lang, store)


def _check(options: argparse.Namespace, lang: Lang, store: Store | None) -> int:
    one_set, today = one_set_of(options), clock.today()
    terms = Terms(
        lang,
        date_of(options.as_of),
        one_set.settings,
        keep=store is not None,
        today=today,
        recalculate=options.recalculate,
    )
    beside = options.journal or (options.out and options.out.with_name(f"{options.out.name}.journal"))
    named: dict[str, Source] = {}
    orders = _orders(options, lang, judged_by=one_set.name, read=partial(_bytes_of, named))
    roster = read_roster(options.roster) if options.roster else None
    own = (options.out, beside, store and store.address.path, options.roster)
    asked = asked_for(options.paths, leave_out=[path for path in own if path])
    sources = asked.sources
    named.update((source.name, source) for source in sources)
    inputs = ids_of_sources(sources) | set(ids_of([options.settings, options.roster]))
    orders = [replace(order, inputs=inputs, beside=Beside(asked.not_taken, roster, today)) for order in orders]
    for order in orders:
        ready(order)
    path = beside if options.journal or len(sources) > 1 else None
    if path is not None:
        refuse_existing(path, force=True, inputs=inputs)
    with Journal(sources, terms, path, resume=options.resume, force=options.force) as journal:
        todo = len(journal.todo())
        if journal.begun_anew is not None:
            print(journal.begun_anew.to(lang), file=sys.stderr)
        elif options.resume:
            print(GOING_ON.say(lang, {"taken": len(sources) - todo, "todo": todo}), file=sys.stderr)
        try:
            with progress(todo, lang) as watch:
                engine = _engine(options, partial(prepare, *orders))
                memory = None if store is None else Remembering(engine, store)
                results = checked_batch(sources, terms, journal, memory or engine, watch)
            outcomes = to_remember(sources, journal.outcomes(), terms)
            kept, failure = _kept(store, results, outcomes, memory)
            written = [write(order, results) for order in orders]
        except KeyboardInterrupt:
            print((GO_ON if path else NOT_KEPT).say(lang, {"path": path or ""}), file=sys.stderr)
            return INTERRUPTED
        if failure is None:
            journal.remove()
    totals = written[0].totals
    if options.out is not None:
        print(WRITTEN.say(lang, {"passed": totals.passed, "failed": totals.failed, "path": str(options.out)}))
    for remark in dict.fromkeys([*kept, *(remark for one in written for remark in one.remarks)]):
        print(remark.to(lang), file=sys.stderr)
    if failure is not None:
        again = STORE_AGAIN if path else STORE_ANEW
        raise UserError(again.filled(why=failure.words))
    return FAILED if totals.failed else PASSED


def _orders(options: argparse.Namespace, lang: Lang, **more: Any) -> list[Order]:
    """What to write: one format to the screen, a file or a folder as it is; several into the folder of -o. UserError."""
    names = list(dict.fromkeys(options.format or ["table"]))
    shared = {
        "lang": lang, "force": options.force, "guard": not options.no_guard, "what": options.what, **more,
    }  # fmt: skip
    if len(names) == 1:
        return [order_for(names[0], out=options.out, **shared)]
    if options.out is None:
        raise UserError(SEVERAL)
    refuse_file(options.out)
    return [order_for(name, out=options.out / FILE_NAMES[name], **shared) for name in names]


def _kept(
    store: Store | None, results: Results, outcomes: Iterable[tuple[str, Outcome]], memory: Remembering | None
) -> tuple[list[Text], UserError | None]:
    """Put the maps into the store: what to tell of it, or why it could not be done; the result is written all the same."""
    if store is None:
        return [], None
    try:
        counted = store.keep(results.kept())
        store.remember(outcomes)
    except UserError as error:
        return [], error
    unchanged = [UNCHANGED.filled(count=memory.recalled)] if memory and memory.recalled else []
    return [*unchanged, STORED.filled(store=store.address.shown, added=counted.added, known=counted.known)], None


def _engine(options: argparse.Namespace, meanwhile: Callable[[], object]) -> Engine:
    """What checks; with a store it is asked only about what the store does not remember."""
    if options.engine == "local" or not (options.engine or options.scheduler):
        return partial(check_here, jobs=options.jobs, meanwhile=meanwhile)
    # Loaded by name: its logging is 5 ms that the check of one file can do without.
    check_on_cluster = import_module("warmap_app.batch.cluster").check_on_cluster
    return partial(check_on_cluster, scheduler=options.scheduler, jobs=options.jobs)


def _bytes_of(named: Mapping[str, Source], name: str) -> bytes:
    """The bytes of a checked file by its shown name, for an output that writes copies. OSError when they are gone."""
    place = named[name].place
    try:
        if is_remote(place) and not is_in_memory(place):
            return cast("bytes", answer_of(partial(_remote_bytes, place), name))
        return bytes_of(place)
    except CannotRead as error:
        raise OSError(error.why[0].en) from None
    except UserError as error:
        raise OSError(error.words.en) from None


def _remote_bytes(place: Place) -> bytes:
    """In a process of its own: a server may send without end."""
    try:
        return bytes_of(place)
    except CannotRead as error:
        raise UserError(error.why[0]) from None


COMMANDS = {
    "check": Command("warmap check submitted/ --format json -o result.json --store history.db", add_arguments, run)
}
