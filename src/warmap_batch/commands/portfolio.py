"""warmap portfolio: many maps, one forecast: bridge, funnel against quota, roll-ups, worst risks, what was not counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warmap.text import Text
from warmap_batch.cli import FAILED, PASSED, UserError
from warmap_batch.commands.shared import add_as_of, add_force, date_of, settings_of, write_file

if TYPE_CHECKING:
    import argparse

    from warmap.text import Lang
    from warmap_batch.portfolio.figures import Portfolio

EXAMPLE = "warmap portfolio submitted/ --quota CNY=12000000 -o portfolio.xlsx"
PATHS = Text(
    "文件、文件夹、通配符、zip 压缩包或网址（s3://…）", "files, folders, patterns, zip archives or URLs (s3://…)"
)
QUOTA = Text(
    "销售指标；几种币种时各给一次，例如 CNY=12000000",
    "the quota; for several currencies once each, such as CNY=12000000",
)
OUT = Text("写成 .xlsx 或 .html；不给则显示简表", "write an .xlsx or .html; without it a short table is shown")
ENDING = Text("-o 应以 .xlsx 或 .html 结尾，不是“{given}”", "-o should end in .xlsx or .html, not “{given}”")
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists; add --force to overwrite it")
WRITTEN = Text("已写入 {path}", "written: {path}")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """PATH…, --quota, -o, --as-of, --settings, --force."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help=PATHS.to(lang))
    parser.add_argument("--quota", metavar="N", action="append", help=QUOTA.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help=OUT.to(lang))
    add_as_of(parser, lang)
    add_force(parser, lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when at least one deal counts, 1 when none does."""
    _refuse_out(options)
    portfolio = _read(options, lang)
    if options.out is None:
        from warmap_batch.portfolio.terminal import portfolio_table
        from warmap_batch.tables import terminal

        for part in portfolio_table(portfolio, lang):
            terminal().print(part)
    else:
        write_file(options.out, _report(portfolio, options.out, lang), force=options.force)
        from warmap_batch.portfolio.notes import notes

        print("\n".join([WRITTEN.say(lang, {"path": str(options.out)}), *notes(portfolio, lang)]))
    return PASSED if portfolio.lines else FAILED


def _refuse_out(options: argparse.Namespace) -> None:
    """What can be refused before any file is read."""
    out: Path | None = options.out
    if out is None:
        return
    if out.suffix.lower() not in {".xlsx", ".html"}:
        facts = {"given": out.name}
        raise UserError(Text(ENDING.say("zh", facts), ENDING.say("en", facts)))
    if out.exists() and not options.force:
        facts = {"path": str(out)}
        raise UserError(Text(EXISTS.say("zh", facts), EXISTS.say("en", facts)))


def _read(options: argparse.Namespace, lang: Lang) -> Portfolio:
    from warmap.settings import default_settings
    from warmap_batch.batch.one import Terms
    from warmap_batch.portfolio.deals import deals_of
    from warmap_batch.portfolio.figures import portfolio_of
    from warmap_batch.portfolio.quotas import quotas_of, read_quotas
    from warmap_batch.portfolio.reading import OwnDays, results_of, submitted
    from warmap_batch.portfolio.rollup import pandas

    pandas()
    given = read_quotas(options.quota)
    terms = Terms(lang, date_of(options.as_of), settings_of(options.settings))
    sources = submitted(options.paths, options.out)
    deals, left_out = deals_of(results_of(sources, terms), lang, OwnDays(sources, terms))
    quotas = quotas_of(given, sorted({deal.forecast.currency for deal in deals}))
    return portfolio_of(len(sources), deals, left_out, terms.settings or default_settings(), quotas)


def _report(portfolio: Portfolio, out: Path, lang: Lang) -> bytes:
    if out.suffix.lower() == ".html":
        from warmap_batch.portfolio.page import build_page

        return build_page(portfolio, lang, out.parent).encode()
    from warmap_batch.portfolio.workbook import build_portfolio

    return build_portfolio(portfolio, lang, out.parent)
