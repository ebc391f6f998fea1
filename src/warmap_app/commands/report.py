"""`warmap report`: one page a deal, or the relationship picture, as HTML, PDF, PNG or SVG."""

import argparse
import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from warmap.evaluation import scores
from warmap.judgement import Judgement
from warmap.names import file_key
from warmap.parsing.document import plain
from warmap.text import Lang, Text
from warmap_app import clock
from warmap_app.batch.asked import asked_for
from warmap_app.batch.engine import check_here
from warmap_app.batch.one import Outcome, Terms, loaded_of
from warmap_app.batch.run import progress
from warmap_app.batch.sources import Source, ids_of_sources
from warmap_app.command import FAILED, PASSED, WROTE, Command, UserError
from warmap_app.commands.options import PATHS, add_shared, date_of, settings_of, write_file
from warmap_app.outputs.destination import file_name, new_folder, refuse_existing, refuse_filled
from warmap_app.report import mutual_plan
from warmap_app.report.browser import as_pdf, as_png
from warmap_app.report.call_sheet import build_call_sheet, nobody
from warmap_app.report.no_names import without_names
from warmap_app.report.one_page import build_index, build_page, picture_page
from warmap_app.report.picture import Kind, picture
from warmap_app.safe_text import shown

A4, A5_ACROSS = (794, 1123), (794, 559)  # CSS pixels
Audience = Literal["team", "customer", "no-names"]
OUT = Text(
    "写到哪里：.html、.pdf 或 .png；--picture 时 .svg 或 .png；几个文件时写一个文件夹",
    "where to write: .html, .pdf or .png; with --picture .svg or .png; for several files a folder",
)
PICTURE = Text(
    "只要关系图：org 谁管谁，power 影响力与支持度",
    "the relationship picture only: org, who reports to whom; power, influence against support",
)
AUDIENCE = Text(
    "给谁：team 自己人；customer 给客户的共同推进计划（也可写成 .xlsx，客户填好发回，用 warmap diff 核对）；no-names 以角色代替人名",
    "for whom: team; customer, the mutual plan (as .xlsx too, which comes back filled in through warmap diff); no-names, roles instead of names",
)  # fmt: skip
PERSON = Text("只要拜访此人的一张纸", "the sheet for a call on this person only")
PERSON_ALONE = Text("--person 不和 --picture、--audience 同用", "--person goes with neither --picture nor --audience")
NO_PICTURE = Text("给客户的计划里没有关系图", "the plan for the customer has no picture")
FORMAT = Text("写进文件夹时用哪种格式", "the format of the files in a folder")
ENDING = Text("-o 应以 {endings} 结尾，不是“{given}”", "-o should end in {endings}, not “{given}”")
SEVERAL = Text("有 {count} 个文件：-o 请给一个文件夹", "there are {count} files: name a folder with -o")
NOT_READ = Text("{file}：没有报告（{why}）", "{file}: no report ({why})")
INDEX, CASE = "index.html", Text("案例{number}", "case {number}")
DRAWN, WHY = "drawn", "why"
"""Keys of what comes of a file: its page or picture (a workbook in base64); or why there is none, though it can be read."""
LISTED = ("health", "band")
"""The scores that the index of a folder shows."""


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """PATH…, -o, --picture, --person, --audience, --format, --as-of, --settings, --force."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help=PATHS.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, required=True, help=OUT.to(lang))
    parser.add_argument("--picture", choices=("org", "power"), help=PICTURE.to(lang))
    parser.add_argument("--person", metavar="NAME", help=PERSON.to(lang))
    parser.add_argument("--audience", choices=("team", "customer", "no-names"), default="team", help=AUDIENCE.to(lang))
    parser.add_argument("--format", choices=("html", "pdf", "png", "svg", "xlsx"), help=FORMAT.to(lang))
    add_shared(parser, lang, "--as-of", "--settings", "--force")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made of each file: the page, the sheet for a call on one person, one picture, or a copy for others."""

    picture: Kind | None
    audience: Audience
    person: str | None
    ending: str

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of the files that can be made of it."""
        if self.picture:
            return ".svg", ".png"
        return (".html", ".pdf", ".xlsx") if self.audience == "customer" else (".html", ".pdf", ".png")


def _wanted(options: argparse.Namespace, *, to_folder: bool) -> Wanted:
    """What was asked for. UserError for what does not go together."""
    ending = f".{options.format or ('svg' if options.picture else 'html')}" if to_folder else options.out.suffix.lower()
    wanted = Wanted(options.picture, options.audience, options.person, ending)
    if wanted.picture and wanted.audience == "customer":
        raise UserError(NO_PICTURE)
    if wanted.person and (wanted.picture or wanted.audience != "team"):
        raise UserError(PERSON_ALONE)
    if ending not in wanted.endings:
        given = ending if to_folder else options.out.name
        raise UserError(ENDING.filled(endings=list(wanted.endings), given=given))
    return wanted


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when every file has its page, 1 when some have none."""
    out: Path = options.out
    to_folder = not out.suffix or out.is_dir()
    wanted = _wanted(options, to_folder=to_folder)
    sources = asked_for(options.paths, leave_out=[out]).sources
    if to_folder:
        refuse_filled(out, force=options.force)
    elif len(sources) > 1:
        raise UserError(SEVERAL.filled(count=len(sources)))
    else:
        refuse_existing(out, force=options.force, inputs=ids_of_sources(sources))
    terms = Terms(lang, date_of(options.as_of), settings_of(options.settings), today=clock.today())
    done = list(_drawn(sources, terms, wanted))
    for one in done:
        if WHY in one:
            print(shown(NOT_READ.say(lang, {"file": one["file"], "why": one[WHY]})))
    pages = [one for one in done if DRAWN in one]
    if to_folder:
        _write_folder(pages, out, wanted, lang, force=options.force)
    elif pages:
        _write(out, pages[0], wanted, force=options.force)
        print(WROTE.say(lang, {"path": out}))
    return PASSED if len(pages) == len(done) else FAILED


def _drawn(sources: Sequence[Source], terms: Terms, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """What comes of each file, in the order given."""
    found: dict[int, dict[str, Any]] = {}
    with progress(len(sources), terms.lang) as watch:
        for place, outcome in check_here(sources, range(len(sources)), terms, check=partial(drawn, wanted=wanted)):
            watch(outcome)
            found[place] = outcome["result"]
    for place in sorted(found):
        one = found[place]
        if DRAWN not in one and WHY not in one:  # a file that killed its reader, or could not be fetched
            one[WHY] = next((finding["message"] for finding in one["findings"]), "")
        yield one


def drawn(source: Source, terms: Terms, *, wanted: Wanted) -> Outcome:
    """One file as what is wanted of it, with what the index of a folder shows; or why there is nothing."""
    loaded, lang = loaded_of(source, terms), terms.lang
    told: dict[str, Any] = {"file": source.name, "passed": loaded.passed}
    if not loaded.is_map:
        return {"result": {**told, WHY: loaded.findings[0].message(lang)}, "prints": None}
    if wanted.person and (why := nobody(loaded.judgement, wanted.person, lang)):
        return {"result": {**told, WHY: why}, "prints": None}
    values = scores(loaded.judgement)
    told |= {"deal": plain(loaded.map.deal), "scores": {code: values[code] for code in LISTED}}
    return {"result": {**told, DRAWN: _made(loaded.judgement, source.name, wanted, lang)}, "prints": None}


def _made(judgement: Judgement, file: str, wanted: Wanted, lang: Lang) -> str:
    if wanted.audience == "customer":
        if wanted.ending == ".xlsx":
            return base64.b64encode(mutual_plan.build_plan(judgement, lang)).decode()
        return mutual_plan.build_page(judgement, lang)
    if wanted.person:
        return build_call_sheet(judgement, wanted.person, lang)
    if wanted.audience == "no-names":
        judgement, file = without_names(judgement, lang), ""
    return picture(judgement, wanted.picture, lang) if wanted.picture else build_page(judgement, lang, Path(file).name)


def _write(path: Path, one: dict[str, Any], wanted: Wanted, *, force: bool) -> None:
    made = one[DRAWN]
    if wanted.ending == ".xlsx":
        content = base64.b64decode(made)
    elif wanted.ending == ".pdf":
        content = as_pdf(made)
    elif wanted.ending == ".png":
        page, size = picture_page(made) if wanted.picture else (made, A5_ACROSS if wanted.person else A4)
        content = as_png(page, *size)
    else:
        content = made.encode()
    write_file(path, content, force=force)


def _write_folder(pages: Sequence[dict[str, Any]], folder: Path, wanted: Wanted, lang: Lang, *, force: bool) -> None:
    """A page a deal; for the team an index of them too, those of the lowest health first."""
    new_folder(folder)
    taken = {file_key(INDEX)}
    listed = []
    for number, one in enumerate(pages, 1):  # a file's own name may well hold somebody's
        stem = CASE.say(lang, {"number": number}) if wanted.audience == "no-names" else Path(one["file"]).stem
        listed.append((file_name(stem, taken, wanted.ending), one))
    for name, one in listed:
        _write(folder / name, one, wanted, force=force)
    place = folder
    if wanted.audience == "team":  # the list tells health and whose deal it is, which is for nobody else
        place = folder / INDEX
        write_file(place, build_index(listed, lang).encode(), force=force)
    print(WROTE.say(lang, {"path": place}))


COMMANDS = {"report": Command("warmap report deal.xlsx -o deal.html", add_arguments, run)}
