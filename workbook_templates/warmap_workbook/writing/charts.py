"""The native charts of the scoreboard, fed by computed cells: the stages as a funnel, and the power map.

XlsxWriter has no bubble chart, so the power map (influence up, support across, circles by how often we meet) is a
scatter chart with one series a size, and one without a marker for each name: a series' name is the only label that
both Excel and LibreOffice 7.4 take from a cell. Its coordinates are helper cells on the hidden status sheet.
"""

from typing import Any

from warmap.model import Contact
from warmap.scores.engagement import GONE, is_active
from warmap.terms import STAGE_CRITERIA, ContactFrequency, Influence, ProcurementStage, Support
from warmap.text import Text
from warmap.worksheet.progress import DONE as DONE_MARK
from warmap_workbook.computed import BLOCK, area
from warmap_workbook.writing import style
from warmap_workbook.writing.draft import PICKLISTS, Draft, stored
from warmap_workbook.writing.input_cells import header_of

FUNNEL = Text("阶段漏斗：每个阶段做到几条", "Stage funnel: criteria done, stage by stage")
DONE, OPEN = Text("已做到", "done"), Text("未做到", "open")
POWER = Text(
    "权力地图：横轴支持度，纵轴影响力，圆越大见得越勤",
    "Power map: support across, influence up; the larger the circle, the more often we meet",
)
UNKNOWN = Text("未知", "Unknown")
STATUS = "_status"  # the hidden sheet of helper cells
FUNNEL_COLUMN = 27  # on it, from 0: the stage, the margin that centres its bar, done, open
WIDEST = max(len(criteria) for criteria in STAGE_CRITERIA.values())
TITLE_FONT = {"size": 10, "color": style.NAVY}
SMALL = {"size": 8, "color": style.INK}

# The power map.
DRAWN = 30  # people drawn, those of the first rows; the table of the power map names everybody
FIRST = 33  # the first of its helper columns, from 0
NAME, RAW_X, RAW_Y, CROWD, X, Y, CIRCLE = range(FIRST, FIRST + 7)
WORDS = CIRCLE + len(ContactFrequency) + 1  # the words of the axes: word, x, y
SIZES = {
    ContactFrequency.FREQUENT: 24, ContactFrequency.OCCASIONAL: 17, ContactFrequency.RARE: 11, ContactFrequency.NEVER: 7,
}  # fmt: skip
ASIDE_OF_CIRCLE = "\u00a0" * 7  # before a name, so that it begins beside its circle and not on it
ASKED = ("name", "post_status", "support", "influence", "contact_frequency")  # columns found by their headers
NO_COLUMN = 16385  # beyond the last column of a sheet
OFF_CHART = -9  # outside both axes: not drawn
UNKNOWN_X = 3
# Offsets of the first, second … person in a field; sums of halves, because Gnumeric writes other decimals in full.
ASIDE = ((0.0, 0.0), (0.0, 0.25), (0.0, -0.25), (0.375, 0.125), (0.375, -0.125), (0.375, 0.375))
LEFT, RIGHT, BOTTOM, TOP = -3.5, 4.2, 0.5, 3.5  # bounds that put the grid lines between the fields
AXIS_WORD = {"size": 8, "color": style.PALE_INK, "italic": True}


def add_charts(draft: Draft) -> None:
    """Add the funnel of the stages and the power map to the scoreboard."""
    board, place = draft.sheet("scoreboard"), {"object_position": 2, "x_offset": 10, "y_offset": 2}
    _count_stages(draft)
    below_gates, why = BLOCK["wm_needs_view"].row - 2, BLOCK["wm_health_why"].row - 2  # beside narrow tables
    board.insert_chart(below_gates, 4, _funnel(draft), {**place, "description": draft.say(FUNNEL)})
    board.insert_chart(why, 2, _power_map(draft), {**place, "description": draft.say(POWER)})


def _chart(draft: Draft, kind: str, subtype: str, title: Text, size: dict[str, int]) -> Any:
    chart = draft.book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
    assert chart is not None
    chart.set_title({"name": draft.say(title), "name_font": TITLE_FONT})
    chart.set_size(size)
    return chart


def _column(column: int, first: int, last: int) -> list[str | int]:
    """Part of a column of the status sheet, as XlsxWriter names it."""
    return [STATUS, first, column, last, column]


# -- the stages --------------------------------------------------------------------------------------------------------


def _count_stages(draft: Draft) -> None:
    """Write for each stage how many criteria are done and open, and the margin that centres its bar."""
    sheet, block = draft.sheet("status"), BLOCK["wm_stage_gates"]
    stages, marks = (draft.cells("scoreboard", block.row, block.column + c, block.rows) for c in (0, 2))
    rows = draft.values[block.name]
    for row, stage in enumerate(ProcurementStage, 1):
        label = f"{stage.number} {draft.say(stage.label)}"
        cell = area(row + 1, FUNNEL_COLUMN + 1, 1, 1)
        mine = [cells for cells in rows if cells[0] == label]
        done = sum(cells[2] == DONE_MARK for cells in mine)
        sheet.write_string(row, FUNNEL_COLUMN, label)
        sheet.write_number(row, FUNNEL_COLUMN + 1, (WIDEST - len(mine)) / 2)
        # LEFT: in LibreOffice 7.4 a text out of an array result of an add-in is equal to no other text as it stands
        formula = f'=SUMPRODUCT(--(LEFT({stages},1)=LEFT({cell},1)),--(LEFT({marks},1)="{DONE_MARK}"))'
        sheet.write_formula(row, FUNNEL_COLUMN + 2, formula, None, done)
        formula = f"={len(mine)}-{area(row + 1, FUNNEL_COLUMN + 3, 1, 1)}"
        sheet.write_formula(row, FUNNEL_COLUMN + 3, formula, None, len(mine) - done)


def _funnel(draft: Draft) -> Any:
    chart, last = _chart(draft, "bar", "stacked", FUNNEL, {"width": 430, "height": 260}), len(ProcurementStage)
    for column, name, fill in (
        (1, " ", {"none": True}), (2, draft.say(DONE), {"color": style.TEAL}),
        (3, draft.say(OPEN), {"color": style.LINE}),
    ):  # fmt: skip
        where = {"categories": _column(FUNNEL_COLUMN, 1, last), "values": _column(FUNNEL_COLUMN + column, 1, last)}
        chart.add_series({"name": name, **where, "fill": fill, "gap": 30})
    chart.set_legend({"position": "bottom", "font": SMALL, "delete_series": [0]})
    chart.set_y_axis({"reverse": True, "num_font": SMALL})
    chart.set_x_axis({"min": 0, "max": WIDEST, "visible": False, "major_gridlines": {"visible": False}})
    return chart


# -- the power map -----------------------------------------------------------------------------------------------------


def _power_map(draft: Draft) -> Any:
    _Helpers(draft).write()
    chart = _chart(draft, "scatter", "", POWER, {"width": 800, "height": 440})
    for place, (frequency, size) in enumerate(SIZES.items()):
        is_never = frequency is ContactFrequency.NEVER
        fill = {"color": style.LINE} if is_never else {"color": style.TEAL, "transparency": 30}
        chart.add_series({
            "name": ["_lists", 1 + frequency.place, PICKLISTS.index(ContactFrequency)],
            "categories": _column(X, 1, DRAWN),
            "values": _column(CIRCLE + place, 1, DRAWN),
            "marker": {"type": "circle", "size": size, "fill": fill, "border": {"color": style.TEAL}},
        })  # fmt: skip
    for row in range(1, DRAWN + 1):
        chart.add_series(_word_at(row, NAME, X, Y, {"position": "right", "font": SMALL}))
    words = _axis_words(draft)
    for row, position in enumerate(words, 1):
        chart.add_series(_word_at(row, WORDS, WORDS + 1, WORDS + 2, {"position": position, "font": AXIS_WORD}))
    unlisted = list(range(len(SIZES), len(SIZES) + DRAWN + len(words)))
    chart.set_legend({"position": "bottom", "font": SMALL, "delete_series": unlisted})
    lines = {"visible": True, "line": {"color": style.LINE}}
    grid = {"major_gridlines": lines, "label_position": "none", "major_unit": 1}
    chart.set_x_axis({**grid, "min": LEFT, "max": RIGHT, "crossing": LEFT})
    chart.set_y_axis({**grid, "min": BOTTOM, "max": TOP, "crossing": BOTTOM})
    return chart


def _word_at(row: int, word: int, x: int, y: int, label: dict[str, Any]) -> dict[str, Any]:
    """A point without a marker, labelled with the text of a cell so that Switch language reaches it."""
    return {
        "name": [STATUS, row, word], "categories": _column(x, row, row), "values": _column(y, row, row),
        "marker": {"type": "none"}, "data_labels": {"series_name": True, **label},
    }  # fmt: skip


def _axis_words(draft: Draft) -> list[str]:
    """Write the words of both axes with their coordinates; return for each on which side of its point it stands."""
    sheet = draft.sheet("status")
    up = [(influence.label, LEFT, 3 - influence.place, "right") for influence in Influence]
    across = [(support.label, support.score, BOTTOM, "above") for support in Support]
    words = [*up, *across, (UNKNOWN, UNKNOWN_X, BOTTOM, "above")]
    for row, (word, x, y, _) in enumerate(words, 1):
        sheet.write_string(row, WORDS, draft.say(word))
        sheet.write_number(row, WORDS + 1, x)
        sheet.write_number(row, WORDS + 2, y)
    return [position for *_, position in words]


class _Helpers:
    """Writes the helper cells: where each of the first people stands, as formulas over People with their values."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.sheet = draft, draft.sheet("status")
        self.crowds: dict[tuple[int, int], int] = {}

    def write(self) -> None:
        fields = self.draft.places["contacts"].table.fields
        codes = [field.code for field in fields]
        for place, code in enumerate(ASKED):
            header = header_of(fields[codes.index(code)], self.draft.lang)
            formula = f'=IFERROR(MATCH("{header}",INDEX(wm_contacts,1,0),0),{NO_COLUMN})'
            self.sheet.write_formula(0, FIRST + place, formula, None, codes.index(code) + 1)
        contacts = self.draft.map.contacts
        for row in range(1, DRAWN + 1):
            contact = contacts[row - 1] if row <= len(contacts) else None
            self._line(row, contact if contact is not None and contact.name and is_active(contact) else None)

    def _field(self, code: str, row: int) -> str:
        """A field in the row-th row of People, found again after users insert rows and move columns."""
        return f"INDEX(wm_contacts,{row + 1},{area(1, FIRST + 1 + ASKED.index(code), 1, 1, absolute=True)})"

    def _match(self, code: str, row: int, terms: type[Influence | Support | ContactFrequency]) -> str:
        return f"MATCH({self._field(code, row)},{self.draft.picklist(terms)},0)"

    def _line(self, row: int, shown: Contact | None) -> None:
        def cell(column: int) -> str:
            return area(row + 1, column + 1, 1, 1)

        name = self._field("name", row)
        status = self._field("post_status", row)
        gone = ",".join(f'{status}="{self.draft.say(post.label)}"' for post in sorted(GONE))
        words = f"{ASIDE_OF_CIRCLE}{shown.name}" if shown else ""
        self._put(row, NAME, f'IFERROR(IF(OR({gone},LEN({name})=0),"","{ASIDE_OF_CIRCLE}"&{name}),"")', words)
        x, y = OFF_CHART, OFF_CHART
        if shown:
            x = shown.support.score if shown.support else UNKNOWN_X
            y = 3 - shown.influence.place if shown.influence else 1
        nobody = f"LEN({cell(NAME)})=0"
        support, influence = self._match("support", row, Support), self._match("influence", row, Influence)
        self._put(row, RAW_X, f"IF({nobody},{OFF_CHART},IFERROR({len(Influence)}-{support},{UNKNOWN_X}))", x)
        self._put(row, RAW_Y, f"IF({nobody},{OFF_CHART},IFERROR({len(Influence) + 1}-{influence},1))", y)
        crowd = self.crowds[x, y] = self.crowds.get((x, y), 0) + 1
        above = (f"{area(2, c + 1, 1, 1, absolute=True)}:{cell(c)},{cell(c)}" for c in (RAW_X, RAW_Y))
        self._put(row, CROWD, f"MIN({len(ASIDE)},COUNTIFS({','.join(above)}))", min(len(ASIDE), crowd))
        aside = ASIDE[min(len(ASIDE), crowd) - 1]
        for axis, (column, raw, base) in enumerate(((X, RAW_X, x), (Y, RAW_Y, y))):
            steps = ",".join(f"{step[axis]:g}" for step in ASIDE)
            self._put(row, column, f"{cell(raw)}+CHOOSE({cell(CROWD)},{steps})", base + aside[axis])
        # Each size of circle is a series of its own: the height stands in its column, the others are off the chart.
        frequency = (shown.contact_frequency or ContactFrequency.NEVER) if shown else None
        met = f"IFERROR({self._match('contact_frequency', row, ContactFrequency)},{ContactFrequency.NEVER.place + 1})"
        for place, size in enumerate(SIZES):
            formula = f"IF(AND(LEN({cell(NAME)})>0,{met}={size.place + 1}),{cell(Y)},{OFF_CHART})"
            self._put(row, CIRCLE + place, formula, y + aside[1] if size is frequency else OFF_CHART)

    def _put(self, row: int, column: int, formula: str, value: str | float | None) -> None:
        self.sheet.write_formula(row, column, f"={formula}", None, stored(value))
