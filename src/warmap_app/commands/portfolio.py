"""`warmap portfolio`: many maps, one forecast: bridge, funnel against quota, roll-ups, worst risks, what was not counted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from warmap.periods import Calendar
from warmap.settings import default_settings
from warmap.text import Lang, Text
from warmap_app import clock
from warmap_app.batch.asked import asked_for
from warmap_app.batch.one import Terms
from warmap_app.batch.sources import Source, ids_of_sources
from warmap_app.command import FAILED, PASSED, WROTE, Command, UserError
from warmap_app.commands.one_set import add_set_options, one_set_of
from warmap_app.commands.options import PATHS, add_shared, date_of
from warmap_app.opening import NotTaken
from warmap_app.outputs.destination import refuse_existing
from warmap_app.portfolio.baseline import (
    NO_STORE,
    Behind,
    baseline_of,
    gone_of,
    same_deals,
    with_what_was_removed,
    without_renamed,
)
from warmap_app.portfolio.chosen import chosen_of
from warmap_app.portfolio.deals import (
    Deal,
    LeftOut,
    deals_of,
    not_handed_in,
    not_taken_of,
    results_of,
    stored_results,
)
from warmap_app.portfolio.figures import pandas
from warmap_app.portfolio.footing import doubted, left_out_by, read_doubts
from warmap_app.portfolio.forecast import notes
from warmap_app.portfolio.gathered import Gathered
from warmap_app.portfolio.quotas import is_file, quotas_of, read_quota_file, read_quotas
from warmap_app.portfolio.rates import one_currency, rates_said
from warmap_app.portfolio.terminal import portfolio_table
from warmap_app.portfolio.written import refuse, write
from warmap_app.roster import ROSTER_HELP, Attendance, read_roster
from warmap_app.screen import print_parts
from warmap_app.store import NOTHING_THERE, open_store
from warmap_workbook.saving import ids_of

if TYPE_CHECKING:
    from warmap_app.store.kept import Store  # needs SQLAlchemy, an optional extra

QUOTA = Text(
    "销售指标；几种币种时各给一次，例如 CNY=12000000；或指标文件（CSV、.xlsx、YAML、JSON；列：团队、销售、期间、币种、金额），与 --by 同用",
    "the quota; for several currencies once each, such as CNY=12000000; or with --by a file of quotas (CSV, .xlsx, YAML, "
    "JSON; columns: team, rep, period, currency, amount)",
)
BY_HELP = Text("按月或按季度给出漏斗、赢单和缺口", "give pipeline, won and gap by month or by quarter")
CURRENCY_HELP = Text(
    "全部按 --rates 的汇率换成这种币种", "convert everything to this currency, at the rates of --rates"
)
RATES_HELP = Text(
    "汇率文件（CSV、.xlsx、YAML、JSON；列：原币种、目标币种、汇率、日期、来源）",
    "a file of rates (CSV, .xlsx, YAML, JSON; columns: from, to, rate, date, source)",
)
SINCE_HELP = Text(
    "与 --store 里这一天的数字比较：逐个商机列出变动",
    "compare with the figures of this day in --store: what moved, deal by deal",
)
WITHOUT_HELP = Text(
    "不计入这些商机，用逗号分开：failed（未通过检查）、settings（另一组设置）、copies（疑似重复）、removed（靠删去升高）、old（评估已久）",
    "leave out these deals, separated by commas: failed (the check), settings (others), copies (probable), removed (rose by "
    "removing), old (judged long ago)",
)
SINCE_OF_SOME = Text(
    "--since 可以和 --team、--rep 同用；分档和红旗只看得出今天的，不能比较",
    "--since goes with --team and --rep; a band or a flag is of today only and cannot be compared",
)
BOTH = Text("--currency 和 --rates 要一起给", "--currency and --rates go together")
NEEDS_BY = Text(
    "指标文件按期间给出指标：请加 --by quarter 或 --by month",
    "a file gives quotas by period: add --by quarter or --by month",
)
ONE_FILE = Text("--quota 只能给一个文件", "--quota takes one file only")
OUT = Text(
    "写成 .xlsx 或 .html，或只写各商机的 .csv、.parquet；没有扩展名则是文件夹，每个团队一页；不给则显示简表",
    "write an .xlsx or .html, or the deals' lines as .csv or .parquet; without an ending a folder with a page a team; "
    "without -o a short table is shown",
)
ONLY = {
    "team": (Text("只看这个团队的商机（可给几次）", "only the deals of this team (may be repeated)"), "NAME"),
    "rep": (Text("只看这位销售的商机（可给几次）", "only the deals of this rep (may be repeated)"), "NAME"),
    "band": (Text("只看这一档的商机（可给几次）", "only the deals of this band (may be repeated)"), "BAND"),
    "code": (
        Text("只看有这面红旗未应对的商机（可给几次）", "only deals with this red flag open (may be repeated)"),
        "CODE",
    ),
}
QUOTA_OF_SOME = Text(
    "--quota 是团队或销售的；和 --band、--code 一起就没有缺口可言",
    "a quota is of teams and reps; with --band or --code there is no gap to it",
)

NOTHING_NAMED = Text(
    "请给出文件或文件夹，或用 --store 从地图库读", "name files or folders, or with --store the store to read from"
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """PATH…, --quota, --by, --currency, --rates, -o, --as-of, --settings or --own-settings, --roster, --force, --store."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help=PATHS.to(lang))
    parser.add_argument("--quota", metavar="N", action="append", help=QUOTA.to(lang))
    parser.add_argument("--by", choices=("month", "quarter"), help=BY_HELP.to(lang))
    parser.add_argument("--currency", metavar="CUR", help=CURRENCY_HELP.to(lang))
    parser.add_argument("--rates", metavar="FILE", type=Path, help=RATES_HELP.to(lang))
    parser.add_argument("--roster", metavar="FILE", type=Path, help=ROSTER_HELP.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help=OUT.to(lang))
    add_shared(parser, lang, "--as-of")
    add_set_options(parser, lang)
    for name, (words, what) in ONLY.items():
        parser.add_argument(f"--{name}", metavar=what, action="append", help=words.to(lang))
    add_shared(parser, lang, "--force", "--store")
    parser.add_argument("--since", metavar="DATE", help=SINCE_HELP.to(lang))
    parser.add_argument("--without", metavar="KINDS", action="append", help=WITHOUT_HELP.to(lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when at least one deal counts, 1 when none does."""
    if not options.paths and options.store is None:
        raise UserError(NOTHING_NAMED)
    out: Path | None = options.out
    if out is not None:
        refuse(out, force=options.force)
    if options.by:
        pandas()
    chosen = chosen_of(vars(options))
    if options.quota and not chosen.is_of_people:
        raise UserError(QUOTA_OF_SOME)
    if options.since and not chosen.is_of_people:
        raise UserError(SINCE_OF_SOME)
    gathered = _gathered(options, lang)
    chosen.refuse_unknown(gathered.deals, gathered.left_out)
    portfolio = gathered.portfolio(chosen)
    if out is None:
        print_parts(portfolio_table(portfolio, lang))
    else:
        remarks = write(gathered, portfolio, lang, out, force=options.force)
        told = [WROTE.say(lang, {"path": str(out)}), *notes(portfolio, lang), *(text.to(lang) for text in remarks)]
        print("\n".join(told))
    return PASSED if portfolio.lines or portfolio.closed else FAILED


def _gathered(options: argparse.Namespace, lang: Lang) -> Gathered:
    """The deals of the files, or without any of the newest maps of a store; with a store its days too."""
    beside = _quota_files(options)
    given = read_quotas([text for text in options.quota or () if not is_file(text)])
    quota_lines = [line for path in beside for line in read_quota_file(path)]
    if (options.currency is None) != (options.rates is None):
        raise UserError(BOTH)
    converted = None if options.currency is None else one_currency(options.currency, options.rates)
    since, without = date_of(options.since, "--since"), read_doubts(options.without)
    if since and options.store is None:
        raise UserError(NO_STORE)
    one_set = one_set_of(options)
    terms = Terms(lang, date_of(options.as_of), one_set.settings, today=clock.today())
    settings = terms.settings or default_settings()
    today = terms.as_of or clock.today()
    with nullcontext() if options.store is None else open_store(options.store) as store:
        files, deals, left_out, sources = _deals(options, terms, store)
        gone = None
        if store is not None and options.paths:
            gone = gone_of(store, deals, left_out, converted)
        elif store is not None:
            deals, elsewhere, gone = without_renamed(store, deals, converted, lang)
            left_out += elsewhere
        baseline = baseline_of(store, since, terms, converted, gone) if store is not None and since else None
        if store is not None and baseline is not None:
            deals = with_what_was_removed(store, baseline, deals, sources, terms)
        deals, doubtful = left_out_by(doubted(deals, today), without, lambda text: text.to(lang))
        left_out += doubtful
        rates: list[str] = []
        if converted is not None:
            stated = {deal.forecast.currency for deal in deals}
            deals, too_large = converted.deals(deals, lang)
            left_out += too_large
            rates = rates_said(converted, stated)
        quotas = quotas_of(given, sorted({deal.forecast.currency for deal in deals}))
        if converted is not None:
            converted.refuse_quotas(quotas, quota_lines)
        calendar = Calendar(date_of(options.as_of) or clock.today(), options.by) if options.by else None
        moments = None
        if store is not None:
            days = store.moments() if converted is None else converted.moments(store.moments())
            moments = list(days if gone is None else gone.by_last_name(days))
        same = same_deals(store, baseline, deals) if store is not None and baseline is not None else []
        return Gathered(
            files=files, deals=deals, left_out=left_out, settings=settings, judged_by=one_set.name, quotas=quotas,
            quota_lines=quota_lines, calendar=calendar, rates=rates, moments=moments,
            behind=Behind(today, settings, baseline, same, gone),
            read_from="" if options.paths or store is None else store.address.shown,
        )  # fmt: skip


def _quota_files(options: argparse.Namespace) -> list[Path]:
    """The file that --quota names, if any. UserError."""
    files = [Path(text) for text in options.quota or () if is_file(text)]
    if len(files) > 1 or (files and not options.by):
        raise UserError(ONE_FILE if options.by else NEEDS_BY)
    return files


def _deals(
    options: argparse.Namespace, terms: Terms, store: Store | None
) -> tuple[int, list[Deal], list[LeftOut], dict[str, Source] | None]:
    """The number of files, the deals, what is left out; and the files by name, None where the deals are from the store."""
    sources = None
    attendance = Attendance(read_roster(options.roster), clock.today()) if options.roster else None
    not_taken: Sequence[NotTaken] = ()
    beside = [path for path in (options.roster, options.rates, *_quota_files(options)) if path]
    if options.paths or store is None:
        asked = asked_for(options.paths, leave_out=[*beside, *([options.out] if options.out else [])])
        not_taken, count = asked.not_taken, len(asked.sources)
        sources = {source.name: source for source in asked.sources}
        if options.out is not None and options.out.suffix:
            inputs = ids_of_sources(asked.sources) | set(ids_of(beside))
            refuse_existing(options.out, force=options.force, inputs=inputs)
        results = results_of(asked.sources, terms, store)
    else:
        ids = store.newest()
        if not ids:
            raise store.address.refused(NOTHING_THERE)
        results, count = stored_results(store.maps(ids), len(ids), terms), len(ids)
    deals, left_out = deals_of(results if attendance is None else attendance.seen(results), terms.lang)
    missing = [] if attendance is None else not_handed_in(attendance, terms.lang)
    return count, deals, [*left_out, *not_taken_of(not_taken, terms.lang), *missing], sources


COMMANDS = {
    "portfolio": Command(
        "warmap portfolio submitted/ --quota CNY=12000000 --store history.db -o portfolio.xlsx", add_arguments, run
    )
}
