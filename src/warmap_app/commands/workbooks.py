"""`warmap new`, `upgrade`, `repair`, `recalculate` and `addin`: the workbook itself, and the functions that compute in it."""

import argparse
from functools import partial
from pathlib import Path

from warmap.judgement import judge
from warmap.text import Lang, Text
from warmap_addin import cli as addin
from warmap_addin.excel.build import with_macros
from warmap_app import clock
from warmap_app.apart import SECONDS, Apart
from warmap_app.command import PASSED, WROTE, Command, UserError
from warmap_app.commands.options import (
    add_shared,
    existing_file,
    readable,
    refused,
    settings_of,
    workbook_out,
    write_file,
)
from warmap_app.outputs.destination import refuse_file
from warmap_app.outputs.terminal_table import print_findings
from warmap_app.own_functions import OwnFunctions
from warmap_app.report.native_shapes import drawing_of
from warmap_app.safe_text import shown
from warmap_workbook.editing.file_edits import repaired
from warmap_workbook.editing.picture_part import build_with_picture
from warmap_workbook.editing.recalculated import recalculated
from warmap_workbook.editing.upgrade import KEPT_NAME, upgraded
from warmap_workbook.ooxml import Unreadable, read_beside, read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.reading.refusals import unreadable
from warmap_workbook.writing.picture_sheet import PICTURE_ROWS

FROM = Text("用这份 YAML 或 JSON 填好", "fill it from this YAML or JSON map")
SETTINGS = Text("把这份设置（YAML 或 JSON）写进工作簿", "settings (YAML or JSON) to put into the workbook")
MACROS = Text("带宏的工作簿（.xlsm），函数在 Excel 里运行", "a macro workbook (.xlsm) whose functions run in Excel")
FILE = Text("工作簿", "the workbook")
OUT = Text("工作簿写到哪里", "where to write the workbook")
OUT_UPGRADED = Text("新工作簿写到哪里", "where to write the new workbook")
OUT_REPAIRED = Text("修好的工作簿写到哪里", "where to write the repaired workbook")

NEWER = Text(
    "{path} 的模板比本程序新；请先升级 warmap", "the template of {path} is newer than this program: update warmap first"
)

KEPT = Text(
    "{count} 处内容不属于任何一格，放在“{sheet}”表里：",
    "{count} entries belong to no field; they stand on the sheet “{sheet}”:",
)
OWN_SHEETS = Text(
    "您自己的工作表已带过来，只有数值和公式，没有格式和图表：{names}",
    "your own sheets came along with values and formulas, without formats and charts: {names}",
)
REPAIRED = Text("已写入 {path}：改写了 {calls} 处函数调用", "wrote {path}: {calls} function calls rewritten")
LEFT_OUT = Text(
    "去掉了宏和指向外部的内容：{parts} 项；{formulas} 个向外取数的公式只留结果",
    "left out: {parts} macros, links and outside targets; of {formulas} formulas that reach outside only the results",
)
OUT_RECALCULATED = Text("算好的工作簿写到哪里", "where to write the recalculated workbook")
OLDER = Text(
    "{path} 的模板是旧版；请先 warmap upgrade", "the template of {path} is an older version: run warmap upgrade first"
)
RECALCULATED = Text(
    "已写入 {path}：算了 {computed} 个单元格，{changed} 个有变化",
    "wrote {path}: {computed} cells calculated, {changed} of them changed",
)
LEFT_ALONE = Text(
    "{count} 个公式没有算，原来的结果照旧：", "{count} formulas were not calculated and keep their stored results:"
)
ONLY_FOR_BUILD = Text("-o 只和 build 一起用", "-o is for use with build")


def _new_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("--from", dest="source", metavar="MAP", type=Path, help=FROM.to(lang))
    parser.add_argument("-o", "--out", metavar="OUT.xlsx", type=Path, required=True, help=OUT.to(lang))
    parser.add_argument("--macros", action="store_true", help=MACROS.to(lang))
    parser.add_argument("--settings", metavar="FILE", type=Path, help=SETTINGS.to(lang))
    add_shared(parser, lang, "--force")


def new(options: argparse.Namespace, lang: Lang) -> int:
    """Build a workbook; what could not be taken from the source is said, and the rest is kept."""
    workbook_out(options.out, ".xlsm" if options.macros else ".xlsx", force=options.force)
    settings = settings_of(options.settings)
    war_map, findings = None, []
    if options.source is not None:
        loaded = readable(options.source)
        war_map, findings = loaded.map, loaded.findings
    drawn = None if war_map is None else drawing_of(judge(war_map, settings), lang, PICTURE_ROWS)
    content = build_with_picture(war_map, lang, settings, drawn)
    if options.macros:
        content = with_macros(content, lang)
    write_file(options.out, content, force=options.force, read=[options.source, options.settings])
    print_findings(findings, lang)
    print(WROTE.say(lang, {"path": options.out}))
    return PASSED


def upgrade(options: argparse.Namespace, lang: Lang) -> int:
    """Rebuild a workbook on the newest template, and say what found no field there."""
    workbook_out(options.out, ".xlsx", force=options.force)
    reading = read_workbook(existing_file(options.file))
    no_map = next((finding for finding in reading.findings if finding.code in {"DV001", "DV002"}), None)
    if no_map is not None:
        raise refused(options.file, no_map)
    if any(finding.code == "DV004" for finding in reading.findings):
        raise UserError(NEWER.filled(path=options.file))
    drawn = drawing_of(reading.judgement, reading.lang, PICTURE_ROWS)
    result = upgraded(read_book(options.file), reading, read_beside(options.file), drawn)
    write_file(options.out, result.content, force=options.force, read=[options.file])
    print(WROTE.say(lang, {"path": options.out}))
    if result.kept:
        print(KEPT.say(lang, {"count": len(result.kept), "sheet": KEPT_NAME.to(reading.lang)}))
        for sheet, cell, value, why in result.kept:  # one by one: nothing is lost in silence
            print(shown(f"  {sheet}!{cell}: {value} ({why.to(lang)})"))
    if result.own_sheets:
        print(shown(OWN_SHEETS.say(lang, {"names": ", ".join(result.own_sheets)})))
    return PASSED


def repair(options: argparse.Namespace, lang: Lang) -> int:
    """Put the names of our functions back into the form that every program understands; macros and links to the outside are left out."""
    content = existing_file(options.file).read_bytes()
    workbook_out(options.out, ".xlsx", force=options.force)  # no copy carries macros
    try:
        result = repaired(content)
    except Unreadable as error:
        raise refused(options.file, unreadable(error)) from None
    write_file(options.out, result.content, force=options.force, read=[options.file])
    print(REPAIRED.say(lang, {"path": options.out, "calls": result.calls}))
    if any(result.left_out):
        print(LEFT_OUT.say(lang, result.left_out._asdict()))
    return PASSED


def recalculate(options: argparse.Namespace, lang: Lang) -> int:
    """Renew the stored results of a workbook; a person's own, so that it keeps its macros."""
    content = existing_file(options.file).read_bytes()
    workbook_out(options.out, options.file.suffix.lower(), force=options.force)
    reading = read_workbook(content)
    told = {finding.code: finding for finding in reversed(reading.findings)}
    for code in ("DV001", "DV002"):
        if code in told:
            raise refused(options.file, told[code])
    if "DV003" in told or "DV004" in told:
        raise UserError((OLDER if "DV003" in told else NEWER).filled(path=options.file))
    result = recalculated(content, OwnFunctions(), clock.today())
    write_file(options.out, result.content, force=options.force, read=[options.file])
    print(RECALCULATED.say(lang, {"path": options.out, "computed": result.computed, "changed": result.changed}))
    if result.left:
        print(LEFT_ALONE.say(lang, {"count": len(result.left)}))
        for sheet, cell, why in result.left:
            print(shown(f"  {sheet}!{cell}: {why.to(lang)}"))
    return PASSED


def add_in(options: argparse.Namespace, lang: Lang) -> int:
    """Build, install, uninstall or diagnose the add-ins."""
    for given in (options.file, options.package):
        if given is not None:
            existing_file(Path(given))
    if options.profile is not None:
        refuse_file(Path(options.profile))
    if options.out is not None and options.action != "build":
        raise UserError(ONLY_FOR_BUILD)
    return addin.run(options, lang)


def _file_arguments(parser: argparse.ArgumentParser, lang: Lang, out: Text) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("-o", "--out", metavar="NEW.xlsx", type=Path, required=True, help=out.to(lang))
    add_shared(parser, lang, "--force")


COMMANDS = {
    "new": Command("warmap new --from deal.yaml -o deal.xlsx", _new_arguments, Apart(new, ("source",), 2 * SECONDS)),
    "upgrade": Command(
        "warmap upgrade deal.xlsx -o deal_new.xlsx", partial(_file_arguments, out=OUT_UPGRADED), Apart(upgrade)
    ),
    "repair": Command(
        "warmap repair deal.xlsx -o deal_repaired.xlsx", partial(_file_arguments, out=OUT_REPAIRED), Apart(repair)
    ),
    "recalculate": Command(
        "warmap recalculate deal.xlsx -o deal_new.xlsx",
        partial(_file_arguments, out=OUT_RECALCULATED),
        Apart(recalculate),
    ),
    "addin": Command("warmap addin install --host libreoffice", addin.add_arguments, add_in),
}
