"""Plan it: the remedy of a red flag as an action of the plan, with the flag it answers, its owner and its day; and taking it back."""

from warmap.advice import advice_on
from warmap.flags import DEAL, subject_label
from warmap.model import TABLE
from warmap.text import COMMA, Text
from warmap.worksheet.guidance import answered_by
from warmap_addin.macros.contact_rows import NO_ROOM, NO_TABLE, columns
from warmap_addin.macros.edits import Cell, Edit, Say, Select, Write
from warmap_addin.macros.explaining import flag_at
from warmap_addin.macros.open_book import Opened, fill, stored_as
from warmap_workbook.editing.entries import Entries
from warmap_workbook.ooxml import cell_name, parse_ref

NO_FLAG = Text(
    "请先选中“红旗”表里某面红旗那一行的任一格。", "Select a cell in the row of a flag on the Red flags sheet first."
)
ANSWERED = Text("{code} 已有回应：{answer}", "{code} is answered already: {answer}")
NOTHING_TO_UNDO = Text("没有可以撤销的。", "There is nothing to undo.")
UNDONE = Text("已清空刚才写的 {count} 格。", "The {count} cells just written are blank again.")
PLANNED = Text("已写进“行动”：{code}（{owner}，{due}）。", "Now on the Actions sheet: {code} ({owner}, {due}).")


def plan_it(opened: Opened) -> list[Edit]:
    """Write the flag of the active row into the first free row of the actions, and go there."""
    lang, at = opened.lang, opened.book.active
    flag = flag_at(opened, at) if at is not None else None
    if flag is None:
        return [Say(NO_FLAG.to(lang))]
    if flag.mitigated_by is not None:
        return [Say(fill(ANSWERED, lang, code=flag.code, answer=answered_by(flag, lang)))]
    at_columns, row = columns(opened, "actions"), next(Entries(opened.raw, opened.entries).free_rows("actions"), None)
    line = advice_on(opened.judgement, [flag])
    about = flag.code if flag.subject == DEAL else COMMA.to(lang).join((flag.code, subject_label(flag.subject, lang)))
    cells: dict[str, Cell] = {"what": line.remedy(lang), "owner": line.owner, "due": line.due, "about": about}
    if row is None or not cells.keys() <= at_columns.keys():
        return [Say(fill(NO_ROOM if at_columns else NO_TABLE, lang, table=TABLE["actions"].label))]
    sheet = opened.entries.places["actions"].sheet
    return [
        *(Write(sheet, cell_name(row, at_columns[code]), ((value,),)) for code, value in cells.items() if value),
        Select(sheet, cell_name(row, at_columns["what"])),
        Say(fill(PLANNED, lang, code=flag.code, owner=line.owner or "—", due=line.due or "—")),
    ]


def undo(opened: Opened) -> list[Edit]:
    """Blank what the last macro wrote into blank cells, wherever it still stands as it was written."""
    lang = opened.lang
    cells = [one for one in opened.written if isinstance(one, Write) and still_stands(opened, one)]
    if not cells:
        return [Say(NOTHING_TO_UNDO.to(lang))]
    return [*(Write(one.sheet, one.cell, ((None,),)) for one in cells), Say(fill(UNDONE, lang, count=len(cells)))]


def still_stands(opened: Opened, one: Write) -> bool:
    """Whether a cell holds what was written into it."""
    sheet = opened.raw.sheet(one.sheet)
    wanted = stored_as(one.rows[0][0], opened.raw.dates)
    return sheet is not None and sheet.value(*parse_ref(one.cell)) == wanted
