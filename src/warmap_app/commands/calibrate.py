"""`warmap calibrate`: kept maps against how their deals ended, so that weights are mended with facts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from warmap.settings import Settings, default_settings, stamp
from warmap.terms import Outcome
from warmap.text import Lang, Text
from warmap_app.arguments import whole_number
from warmap_app.batch.one import Terms
from warmap_app.calibration.calibration_report import (
    Calibration,
    calibration_table,
    columns,
    notes,
)
from warmap_app.calibration.foretold import Course, Judged, courses_of, judged
from warmap_app.calibration.win_rates import rates_of
from warmap_app.command import FAILED, PASSED, WROTE, Command, UserError
from warmap_app.commands.one_set import NAMED
from warmap_app.commands.options import add_shared, date_of, settings_of, write_file
from warmap_app.outputs.csv_tables import csv_file
from warmap_app.outputs.destination import refuse_existing
from warmap_app.portfolio.deals import stored_results
from warmap_app.screen import print_parts
from warmap_app.store import open_store

if TYPE_CHECKING:
    from warmap_app.store.kept import Store  # needs SQLAlchemy, an optional extra

OUT = Text(
    "写成 .xlsx、.html 或 .csv；不给则显示简表", "write an .xlsx, .html or .csv; without it a short table is shown"
)
ENDING = Text(
    "-o 应以 .xlsx、.html 或 .csv 结尾，不是“{given}”", "-o should end in .xlsx, .html or .csv, not “{given}”"
)
LEAD = Text("评估至少早于结局多少天（默认 1）", "days that a judgement is ahead of the outcome, at least (default 1)")
AHEAD = Text(
    "--lead 至少为 1：结局当天或之后的评估不是预测", "--lead is at least 1: on its day an outcome is no longer foretold"
)
SETTINGS = Text(
    "按这组设置（文件或行业预设的名字）重评这些地图，代替当时存入的得分",
    "judge these maps anew by this set (a file, or the name of a preset) instead of taking the scores stored at the time",
)
ENDED_FROM = Text("只看这一天起结束的商机（YYYY-MM-DD）", "only deals that ended on this day or later (YYYY-MM-DD)")
ENDED_TO = Text("只看到这一天为止结束的商机（YYYY-MM-DD）", "only deals that ended on this day or earlier (YYYY-MM-DD)")
NEEDS_STORE = Text(
    "请用 --store 指明地图库；warmap check … --store 存入地图",
    "name the store with --store; warmap check … --store puts maps there",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """--store, -o, --settings, --lead, --ended-from, --ended-to, --force."""
    add_shared(parser, lang, "--store")
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, help=OUT.to(lang))
    parser.add_argument("--settings", metavar="FILE", type=Path, help=SETTINGS.to(lang))
    parser.add_argument("--lead", metavar="DAYS", type=whole_number, default=1, help=LEAD.to(lang))
    parser.add_argument("--ended-from", metavar="DATE", help=ENDED_FROM.to(lang))
    parser.add_argument("--ended-to", metavar="DATE", help=ENDED_TO.to(lang))
    add_shared(parser, lang, "--force")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when some deal has ended, 1 when none has."""
    if options.store is None:
        raise UserError(NEEDS_STORE)
    if options.lead < 1:
        raise UserError(AHEAD)
    out: Path | None = options.out
    if out is not None:
        if out.suffix.lower() not in {".xlsx", ".html", ".csv"}:
            raise UserError(ENDING.filled(given=out.name))
        refuse_existing(out, force=options.force)
    found = _found(options, lang)
    if out is None:
        print_parts(calibration_table(found, lang))
    else:
        write_file(out, _content(found, lang, out.suffix.lower()), force=options.force)
        print("\n".join([WROTE.say(lang, {"path": str(out)}), *notes(found, lang)]))
    return PASSED if any(rate.ended for rate in found.rates) else FAILED


def _content(found: Calibration, lang: Lang, ending: str) -> bytes:
    if ending == ".csv":
        return csv_file(columns(lang), found.rates, lang)
    # Loaded by name: what writes workbooks and pages is heavy, and the terminal needs neither.
    files = import_module("warmap_app.calibration.calibration_files")
    content: bytes = files.build_calibration(found, lang) if ending == ".xlsx" else files.calibration_page(found, lang)
    return content


def _found(options: argparse.Namespace, lang: Lang) -> Calibration:
    first, last = date_of(options.ended_from, "--ended-from"), date_of(options.ended_to, "--ended-to")
    settings = settings_of(options.settings)
    with open_store(options.store) as store:
        moments = list(store.moments())
        courses = courses_of(moments, options.lead)
        courses = [course for course in courses if _is_between(course, first, last)]
        ids = list(dict.fromkeys(map_id for course in courses for map_id in course.firsts.values()))
        told = dict(_judged(store, ids, settings, lang))
    sets = {moment.settings for moment in moments if moment.map_id in told}
    rates = rates_of(courses, told, (settings or default_settings()).stage_probability)
    anew = NAMED.filled(path=options.settings, stamp=stamp(settings)) if settings else None
    return Calibration(courses, rates, options.lead, len(sets), anew, (first, last) if first or last else None)


def _judged(store: Store, ids: Sequence[str], settings: Settings | None, lang: Lang) -> Iterator[tuple[str, Judged]]:
    """The judgements of these maps: the stored ones, or those by other settings."""
    if settings is None:
        yield from ((kept.id, judged(kept.scores)) for kept in store.maps(ids))
        return
    results = stored_results(store.maps(ids), len(ids), Terms(lang, settings=settings))
    yield from ((map_id, judged(result["scores"])) for map_id, result in zip(ids, results, strict=True))


def _is_between(course: Course, first: date | None, last: date | None) -> bool:
    """Deals that have not ended have no day to be between; without bounds they are counted beside the others."""
    if first is None and last is None:
        return True
    return course.outcome is not Outcome.OPEN and (first or date.min) <= (course.ended_on or date.min) <= (
        last or date.max
    )


COMMANDS = {"calibrate": Command("warmap calibrate --store history.db -o calibration.xlsx", add_arguments, run)}
