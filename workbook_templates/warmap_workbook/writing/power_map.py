"""The power map as a native chart: everybody by name, influence up, support across, the circle by how often we meet.

XlsxWriter has no bubble chart, so there is one series a size, and one without a marker for each name: a series' name is
the only label that both Excel and LibreOffice 7.4 take from a cell. Everything is fed by computed cells on a hidden sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warmap.layout import TAB
from warmap.model import Contact
from warmap.scores.engagement import GONE, is_active
from warmap.terms import ContactFrequency, Influence, Support
from warmap.text import Text
from warmap_workbook.computed import area
from warmap_workbook.writing import style
from warmap_workbook.writing.inputs import REQUIRED_MARK
from warmap_workbook.writing.writer import stored

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from warmap_workbook.writing.build import Draft

POWER = Text(
    "权力地图：横轴支持度，纵轴影响力，圆越大见得越勤",
    "Power map: support across, influence up; the larger the circle, the more often we meet",
)
UNKNOWN = Text("未知", "Unknown")
DRAWN = 30  # people of the first rows; the table of the power map names everybody
FIRST = 33  # the first of the helper columns on the hidden status sheet, from 0
NAME, RAW_X, RAW_Y, CROWD, X, Y, CIRCLE = range(FIRST, FIRST + 7)
WORDS = CIRCLE + len(ContactFrequency) + 1  # where the words of the axes stand: word, x, y
SIZES = {
    ContactFrequency.FREQUENT: 24, ContactFrequency.OCCASIONAL: 17, ContactFrequency.RARE: 11, ContactFrequency.NEVER: 7,
}  # fmt: skip
ASIDE_OF_CIRCLE = "\u00a0" * 7  # before a name, so that it begins beside its circle and not on it
ASKED = (
    "name",
    "post_status",
    "support",
    "influence",
    "contact_frequency",
)  # whose columns are looked up by their headers
NO_COLUMN = 16385  # beyond the last column of a sheet
OFF_CHART = -9  # outside both axes: not drawn
UNKNOWN_X = 3
# The first, second … in a field; sums of halves, for Gnumeric writes other decimals with all their digits.
ASIDE = ((0.0, 0.0), (0.0, 0.25), (0.0, -0.25), (0.375, 0.125), (0.375, -0.125), (0.375, 0.375))
LEFT, RIGHT, BOTTOM, TOP = -3.5, 4.2, 0.5, 3.5  # so that the grid parts the fields
LABEL = {"size": 8, "color": style.INK}
AXIS_WORD = {"size": 8, "color": style.PALE_INK, "italic": True}


def write_power_map(draft: Draft, width: int, height: int) -> Any:
    """The helper cells, and the chart over them."""
    people = _People(draft)
    people.write()
    chart = draft.book.add_chart({"type": "scatter"})
    assert chart is not None
    status = TAB["status"].name.to(draft.lang)
    for place, (frequency, size) in enumerate(SIZES.items()):
        is_never = frequency is ContactFrequency.NEVER
        fill = {"color": style.LINE} if is_never else {"color": style.TEAL, "transparency": 30}
        chart.add_series({
            "name": ["_lists", 1 + frequency.place, draft.lists.columns[ContactFrequency]],
            "categories": [status, 1, X, DRAWN, X],
            "values": [status, 1, CIRCLE + place, DRAWN, CIRCLE + place],
            "marker": {"type": "circle", "size": size, "fill": fill, "border": {"color": style.TEAL}},
        })  # fmt: skip
    for row in range(1, DRAWN + 1):
        chart.add_series({
            "name": [status, row, NAME],
            "categories": [status, row, X, row, X],
            "values": [status, row, Y, row, Y],
            "marker": {"type": "none"},
            "data_labels": {"series_name": True, "position": "right", "font": LABEL},
        })  # fmt: skip
    named = _axis_words(draft, chart, people.sheet)
    first = len(SIZES)
    chart.set_legend({"position": "bottom", "font": LABEL, "delete_series": list(range(first, first + DRAWN + named))})
    chart.set_title({"name": POWER.to(draft.lang), "name_font": {"size": 10, "color": style.NAVY}, "overlay": False})
    grid = {
        "major_gridlines": {"visible": True, "line": {"color": style.LINE}},
        "label_position": "none",
        "major_unit": 1,
    }
    chart.set_x_axis({**grid, "min": LEFT, "max": RIGHT, "crossing": LEFT})
    chart.set_y_axis({**grid, "min": BOTTOM, "max": TOP, "crossing": BOTTOM})
    chart.set_size({"width": width, "height": height})
    return chart


def _axis_words(draft: Draft, chart: Any, sheet: Worksheet) -> int:
    """The words of both axes, each the name of a point without a marker; how many series they take.

    As names they stand in cells, so that they are switched with the language of the workbook.
    """
    status = TAB["status"].name.to(draft.lang)
    up = [(influence.label, LEFT, 3 - influence.place, "right") for influence in Influence]
    across = [(support.label, support.score, BOTTOM, "above") for support in Support]
    across.append((UNKNOWN, UNKNOWN_X, BOTTOM, "above"))
    for row, (word, x, y, position) in enumerate((*up, *across), 1):
        sheet.write_string(row, WORDS, word.to(draft.lang))
        sheet.write_number(row, WORDS + 1, x)
        sheet.write_number(row, WORDS + 2, y)
        chart.add_series({
            "name": [status, row, WORDS],
            "categories": [status, row, WORDS + 1, row, WORDS + 1],
            "values": [status, row, WORDS + 2, row, WORDS + 2],
            "marker": {"type": "none"},
            "data_labels": {"series_name": True, "position": position, "font": AXIS_WORD},
        })  # fmt: skip
    return len(up) + len(across)


class _People:
    """Where everybody of the first rows stands, as formulas over the People sheet with their values."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.sheet = draft, draft.sheet("status")
        self.fields = draft.places["contacts"].table.by_code
        self.crowds: dict[tuple[int, int], int] = {}

    def write(self) -> None:
        """All helper cells."""
        codes = [field.code for field in self.draft.places["contacts"].table.fields]
        for place, code in enumerate(ASKED):
            header = self.fields[code].label.to(self.draft.lang) + (REQUIRED_MARK if self.fields[code].required else "")
            formula = f'=IFERROR(MATCH("{header}",INDEX(wm_contacts,1,0),0),{NO_COLUMN})'
            self.sheet.write_formula(0, FIRST + place, formula, None, codes.index(code) + 1)
        contacts = self.draft.map.contacts
        for row in range(1, DRAWN + 1):
            self._line(row, contacts[row - 1] if row <= len(contacts) else None)

    def _cell(self, code: str, row: int) -> str:
        """The cell of a field in the row-th row of People, wherever rows are inserted and columns moved."""
        return f"INDEX(wm_contacts,{row + 1},{area(1, FIRST + 1 + ASKED.index(code), 1, 1, absolute=True)})"

    def _match(self, code: str, row: int, kind: type[Influence | Support | ContactFrequency]) -> str:
        cells = area(2, self.draft.lists.columns[kind] + 1, len(kind), 1, absolute=True)
        return f"MATCH({self._cell(code, row)},_lists!{cells},0)"

    def _line(self, row: int, contact: Contact | None) -> None:
        lang = self.draft.lang

        def cell(column: int) -> str:
            return area(row + 1, column + 1, 1, 1)

        shown = contact if contact is not None and contact.name and is_active(contact) else None
        gone = ",".join(f'{self._cell("post_status", row)}="{status.label.to(lang)}"' for status in sorted(GONE))
        name = self._cell("name", row)
        self._put(
            row,
            NAME,
            f'IFERROR(IF(OR({gone},LEN({name})=0),"","{ASIDE_OF_CIRCLE}"&{name}),"")',
            f"{ASIDE_OF_CIRCLE}{shown.name}" if shown else "",
        )
        x, y = OFF_CHART, OFF_CHART
        if shown:
            x = shown.support.score if shown.support else UNKNOWN_X
            y = 3 - shown.influence.place if shown.influence else 1
        on = f"LEN({cell(NAME)})=0"
        support, influence = self._match("support", row, Support), self._match("influence", row, Influence)
        self._put(row, RAW_X, f"IF({on},{OFF_CHART},IFERROR({len(Influence)}-{support},{UNKNOWN_X}))", x)
        self._put(row, RAW_Y, f"IF({on},{OFF_CHART},IFERROR({len(Influence) + 1}-{influence},1))", y)
        crowd = self.crowds[x, y] = self.crowds.get((x, y), 0) + 1
        above = (f"{area(2, c + 1, 1, 1, absolute=True)}:{cell(c)},{cell(c)}" for c in (RAW_X, RAW_Y))
        self._put(row, CROWD, f"MIN({len(ASIDE)},COUNTIFS({','.join(above)}))", min(len(ASIDE), crowd))
        aside = ASIDE[min(len(ASIDE), crowd) - 1]
        for axis, (column, raw, base) in enumerate(((X, RAW_X, x), (Y, RAW_Y, y))):
            steps = ",".join(f"{step[axis]:g}" for step in ASIDE)
            self._put(row, column, f"{cell(raw)}+CHOOSE({cell(CROWD)},{steps})", base + aside[axis])
        self._circles(row, shown, y + aside[1])

    def _circles(self, row: int, shown: Contact | None, y: float) -> None:
        """The height of the circle in the column of its size; in the others off the chart."""
        frequency = (shown.contact_frequency or ContactFrequency.NEVER) if shown else None
        never = ContactFrequency.NEVER.place + 1
        name, height = area(row + 1, NAME + 1, 1, 1), area(row + 1, Y + 1, 1, 1)
        met = f"IFERROR({self._match('contact_frequency', row, ContactFrequency)},{never})"
        for place, size in enumerate(SIZES):
            formula = f"IF(AND(LEN({name})>0,{met}={size.place + 1}),{height},{OFF_CHART})"
            self._put(row, CIRCLE + place, formula, y if size is frequency else OFF_CHART)

    def _put(self, row: int, column: int, formula: str, value: str | float | None) -> None:
        self.sheet.write_formula(row, column, f"={formula}", None, stored(value))
