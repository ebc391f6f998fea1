"""The sheet with the relationship picture, as it was drawn when the workbook was made."""

from __future__ import annotations

from warmap.layout import PICTURE
from warmap.text import Text
from warmap_workbook.writing.draft import Draft
from warmap_workbook.writing.pages import page

PICTURE_ROWS = 5  # above the picture
DRAWN_ON = Text(
    "这张图按 {day} 的地图画成，以后不会自己变；随填写变化的是“{sheet}”表。要重画，用 warmap upgrade。",
    "Drawn from the map as of {day}; it does not change by itself. What follows every entry is the sheet “{sheet}”. To draw it anew: warmap upgrade.",
)
SOME_DAY = Text("做这本工作簿时", "the day this workbook was made")


def write_picture_sheet(draft: Draft) -> None:
    """Write the words of the sheet, and an empty box in whose place `editing.picture_part` puts the picture."""
    sheet = page(draft, PICTURE.code)
    facts = {"day": draft.computed_on or SOME_DAY, "sheet": draft.tab_name("relationships")}
    sheet.write_string(3, 0, DRAWN_ON.say(draft.lang, facts), draft.formats(bold=True))
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.insert_textbox(PICTURE_ROWS, 0, "")
