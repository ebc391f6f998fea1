"""`warmap import-contacts`: the people of a CRM's list or a stakeholder register, shown first and then put on a map."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from warmap.model import TABLE, Deal, WarMap, blank_map
from warmap.parsing.headers import TablePlace
from warmap.reading import Reading
from warmap.text import COMMA, Lang, Text
from warmap_app import clock
from warmap_app.apart import SECONDS, Apart
from warmap_app.command import PASSED, Command, UserError
from warmap_app.commands.options import NO_MACROS, add_shared, existing_file, readable, workbook_out, write_file
from warmap_app.load import WORKBOOKS
from warmap_app.own_functions import OwnFunctions
from warmap_app.people.aliases import UNUSED, aliases
from warmap_app.people.list_file import sheets_of
from warmap_app.people.listed import LeftOut, Listed, likeness, people_of
from warmap_app.people.plan import Plan, Source, enter, label_of, of_account, plan_of, put_on
from warmap_app.people.told import told
from warmap_app.screen import BLANK, Head, Part, Table, bold, line, print_parts
from warmap_workbook.editing.entries import Entries
from warmap_workbook.editing.file_edits import with_entries
from warmap_workbook.ooxml import read_book
from warmap_workbook.writing.build import build_workbook

FILE = Text(
    "名单：CSV 或 .xlsx（CRM 导出、干系人登记册）", "the list: CSV or .xlsx (a CRM's export, a stakeholder register)"
)
INTO = Text("放进这份工作簿的副本；不给则新建一份", "put them into a copy of this workbook; left out: a new one")
COLUMNS = Text(
    "列名文件（YAML）：名单里的列名和用词对应地图的什么",
    "a file (YAML) that says what its columns and words are called",
)
ACCOUNT = Text("只要这个客户的人（默认 --into 里的客户）", "only people of this account (default: that of --into)")
YES = Text("不问就写", "write without asking")
OUT = Text("工作簿写到哪里", "where to write the workbook")

NEED_WORKBOOK = Text("--into 要一份工作簿（.xlsx、.xlsm）", "--into takes a workbook (.xlsx, .xlsm)")
NO_PEOPLE_SHEET = Text("{path} 里找不到“关键人”表", "the table of people was not found in {path}")
SEVERAL = Text(
    "名单里有 {count} 个客户的人（{names}…）；用 --account 指明一个",
    "the list holds people of {count} accounts ({names} …): name one with --account",
)
NOBODY = Text(
    "名单里没有“{account}”的人；里面有：{names}", "the list holds nobody of “{account}”; it has people of {names}"
)
READ = Text("{file}{sheet}：表头在第 {row} 行，共 {count} 人", "{file}{sheet}: heads in row {row}, people: {count}")
SHEET = Text("，工作表“{name}”", ", sheet “{name}”")
COLUMN_HEADS = (
    Head(Text("名单的列", "Column of the list")),
    Head(Text("当作", "Taken as")),
    Head(Text("备注", "Remark"), "prose"),
)
NOT_TAKEN = Text("没有采用的列：{names}", "Columns not taken: {names}")
UNMAPPED = Text(
    "“{head}”里不认识的内容（写进备注或略去）：{words}",
    "not understood under “{head}” (kept in the notes or left out): {words}",
)
SAME = Text("已在地图上、没有新内容：{count} 人", "On the map already with nothing new: {count}")
ROOM = Text(
    "“关键人”表最多 {room} 人，还放得下 {free} 人：从名单里删去用不着的人，或用 --account 只取一个客户",
    "People holds {room} at most and has room for {free}: take those you do not need off the list, or name one --account",
)
NOTHING = Text("没有要写的；{path} 没有生成。", "There is nothing to write; {path} was not made.")
QUESTION = Text("写入 {path} 吗？[y/N] ", "Write {path}? [y/N] ")
TO_WRITE = frozenset({"y", "yes", "是"})
ONLY_SHOWN = Text(
    "只是预览，没有写；加 --yes 写入 {path}。", "This was a preview and nothing was written; --yes writes {path}."
)
MOST_SHOWN, MOST_WORDS = 40, 8
MORE = Text("… 还有 {more} 条", "… {more} more")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """FILE [--into MAP] [--columns FILE] [--account NAME] [--yes] -o NEW."""
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("--into", metavar="MAP", type=Path, help=INTO.to(lang))
    parser.add_argument("--columns", metavar="FILE", type=Path, help=COLUMNS.to(lang))
    parser.add_argument("--account", metavar="NAME", help=ACCOUNT.to(lang))
    parser.add_argument("--yes", action="store_true", help=YES.to(lang))
    parser.add_argument("-o", "--out", metavar="NEW.xlsx", type=Path, required=True, help=OUT.to(lang))
    add_shared(parser, lang, "--force")


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show what the list holds and what it would change; what is made is written when somebody says so."""
    into: Path | None = options.into
    if into is not None and into.suffix.lower() not in WORKBOOKS:
        raise UserError(NEED_WORKBOOK)
    workbook_out(options.out, ".xlsx", force=options.force)
    known = aliases(existing_file(options.columns) if options.columns else None)
    reading = readable(into) if into is not None else None
    today = (reading.map.deal.as_of if reading else None) or clock.today()
    sheets = sheets_of(existing_file(options.file), partial(likeness, known))
    listed = people_of(sheets, known, options.file, today)
    account = _account(options.account, reading, listed)
    people, others = of_account(listed, account)
    if listed.people and not people:
        raise UserError(NOBODY.filled(account=account, names=_some(listed.accounts, lang)))
    map_lang = reading.lang if reading else lang
    entries = Entries(read_book(into), reading) if into is not None and reading is not None else None
    if entries is not None and not isinstance(entries.reading.places.get("contacts"), TablePlace):
        raise UserError(NO_PEOPLE_SHEET.filled(path=into))
    room = entries.room("contacts") if entries else TABLE["contacts"].about.room
    plan = plan_of(
        reading.map if reading else blank_map(), people, room, Source(options.file.name, clock.today(), map_lang)
    )
    print_parts(list(_preview(options.file.name, listed, plan, [*listed.left_out, *others, *plan.left_out], lang)))
    if room < len(plan.new) + len(plan.left_out):
        print(ROOM.say(lang, {"room": TABLE["contacts"].about.room, "free": room}))
    if plan.is_empty:
        print(NOTHING.say(lang, {"path": options.out}))
        return PASSED
    content = _written(entries, into, plan, lang) if entries and into else _new_workbook(plan, account, lang)
    write_file(options.out, content, force=options.force, read=[options.file, into, options.columns])
    return PASSED


def _account(asked: str | None, reading: Reading | None, listed: Listed) -> str | None:
    """The account whose people are wanted; UserError where the list holds several and nobody says which."""
    account = asked or (reading.map.deal.account if reading else None)
    found = listed.accounts
    if account is None and len(found) > 1:
        raise UserError(SEVERAL.filled(count=len(found), names=COMMA.en.join(found[:MOST_WORDS])))
    return account or next(iter(found), None)


def _new_workbook(plan: Plan, account: str | None, lang: Lang) -> bytes:
    war_map: WarMap = blank_map().model_copy(update={"deal": Deal.model_construct(account=account)})
    return build_workbook(put_on(war_map, plan), lang)


def _written(entries: Entries, into: Path, plan: Plan, lang: Lang) -> bytes:
    """The workbook with what the plan says; all else stays as it is."""
    enter(entries, plan)
    print_parts(line(words.to(lang), "yellow") for words in entries.not_written())
    if into.suffix.lower() == ".xlsm":
        print(NO_MACROS.to(lang))
    return with_entries(into.read_bytes(), entries.cells, OwnFunctions())


# -- the preview -------------------------------------------------------------------------------------------------------


def _preview(file: str, listed: Listed, plan: Plan, left_out: Sequence[LeftOut], lang: Lang) -> Iterator[Part]:
    sheet = SHEET.say(lang, {"name": listed.sheet}) if listed.sheet else ""
    yield bold(READ.say(lang, {"file": file, "sheet": sheet, "row": listed.head_row, "count": len(listed.people)}))
    columns = Table(COLUMN_HEADS, lang)
    for column in listed.columns:
        if column.field != UNUSED:
            columns.add_row(column.head, label_of(column.field, lang), column.remark.to(lang) if column.remark else "")
    yield columns
    unused = [column.head for column in listed.columns if column.field == UNUSED]
    if unused:
        yield line(NOT_TAKEN.say(lang, {"names": COMMA.to(lang).join(unused)}))
    for head, words in listed.unmapped.items():
        yield line(UNMAPPED.say(lang, {"head": head, "words": _some(words, lang)}), "yellow")
    for title, items, is_odd in told(plan, left_out, lang):
        yield BLANK
        yield bold(title)
        yield from (line(f"  {item}", "yellow" if is_odd else "") for item in items[:MOST_SHOWN])
        if len(items) > MOST_SHOWN:
            yield line(MORE.say(lang, {"more": len(items) - MOST_SHOWN}))
    yield BLANK
    if plan.same:
        yield line(SAME.say(lang, {"count": len(plan.same)}))


def _some(words: Sequence[str], lang: Lang) -> str:
    return COMMA.to(lang).join(word[:30] for word in words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")


def is_at_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _is_wanted(options: argparse.Namespace, lang: Lang) -> bool:
    """Whether to write, asked of whoever sits at the terminal."""
    facts = {"path": options.out}
    with suppress(EOFError):
        if options.yes or (is_at_a_terminal() and input(QUESTION.say(lang, facts)).strip().lower() in TO_WRITE):
            return True
    print(ONLY_SHOWN.say(lang, facts))
    return False


COMMANDS = {
    "import-contacts": Command(
        "warmap import-contacts contacts.csv --into deal.xlsx -o deal_new.xlsx",
        add_arguments,
        Apart(run, ("file", "into", "columns"), 2 * SECONDS, _is_wanted),
    ),
}
