"""The war map's page in a real Chromium: opened and used as a person does, and what its grid shows as plain data."""

import re
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path

from playwright.sync_api import expect

from warmap_addin.web.page_workbook import PageWorkbook
from warmap_workbook.ooxml import ErrorValue, cell_name, parse_ref, read_book

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "workbook_templates"
SLOW = 300_000  # milliseconds in which a page on a busy computer starts Python
_numbers = count(1)

# Every cell that holds something, as [sheet, row, column, value], rows and columns from 1.
CELLS = """() => {
    const { grid } = window.warmap, found = [];
    for (const id in grid.names)
        grid.book.getSheetBySheetId(id).getSheet().getCellMatrix().forValue((row, column, cell) => {
            const value = cell?.v ?? (cell?.p ? cell.p.body.dataStream.replace(/\\r\\n$/, "") : null);
            if (value !== null && value !== "") found.push([grid.names[id], row + 1, column + 1, cell.t === 3 ? Boolean(value) : value]);
        });
    return found;
}"""
FILL = """(entries) => {
    const { book } = window.warmap.grid;
    for (const [sheet, row, column, value] of entries) {
        const range = book.getSheetByName(sheet).getRange(row - 1, column - 1);
        value === null ? range.clearContent() : range.setValue(value);
    }
}"""
# What was typed has gone to Python, and what follows from it stands in the grid.
SETTLED = """async () => {
    const { grid } = window.warmap, wait = (time) => new Promise((go) => setTimeout(go, time));
    await wait(120);
    await grid.gather();
}"""


def sample(name):
    """The bytes of a sample, or of the empty template."""
    return next(TEMPLATES.rglob(f"{name}.xlsx")).read_bytes()


class Grid:
    """What a page's grid holds, and what is put into it, in any browser that can call a function of the page."""

    content = b""  # of the file that is open

    def evaluate(self, function, argument=None):
        """What a function of the page's own language gives."""
        raise NotImplementedError

    def cells(self):
        """(sheet, row, column) → what the grid holds there."""
        return {(sheet, row, column): value for sheet, row, column, value in self.evaluate(CELLS)}

    def cell(self, sheet, cell):
        """What one cell of the grid holds."""
        return self.cells().get((sheet, *parse_ref(cell)))

    def fill(self, entries):
        """Put values into cells, [sheet, row, column, value], as one paste would, and wait until they are calculated."""
        self.evaluate(FILL, entries)
        self.settle()

    def settle(self):
        """Wait until what was entered has been calculated."""
        self.evaluate(SETTLED)


class MapPage(Grid):
    """One page in Chromium, with a workbook open or none."""

    def __init__(self, page, address):
        self.page, self.address, self.file = page, address, ""
        self.said, self.dialogs = [], []
        page.on("pageerror", self._hear)
        page.on("dialog", self._answer)
        self.agrees = True

    def evaluate(self, function, argument=None):
        return self.page.evaluate(function, argument)

    def _hear(self, fault):
        # Univer checks the drop-downs of sheets out of sight in idle moments, and of a workbook that was closed meanwhile
        if not str(fault).startswith("cannot find current workbook"):
            self.said.append(str(fault))

    def _answer(self, dialog):
        self.dialogs.append((dialog.type, dialog.message))
        (dialog.accept if self.agrees else dialog.dismiss)()

    def start(self):
        """Load the page, without waiting for Python."""
        self.page.goto(self.address)
        expect(self.page.locator("#start button").first).to_be_visible()
        return self

    # -- files ---------------------------------------------------------------------------------------------------------

    def give(self, name, content):
        """Choose a file, as the file dialog does; the page does with it what it will."""
        self.page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": content})

    def open(self, name, content=None):
        """Choose a file and wait until it is shown and calculated."""
        self.content = sample(name) if content is None else content
        self.file = f"{name}-{next(_numbers)}.xlsx"  # so that the title tells this opening from the one before
        self.give(self.file, self.content)
        self.is_open(self.file)
        return self

    def is_open(self, file):
        """Wait until a file is shown and calculated."""
        expect(self.page.locator("#title")).to_have_text(file, timeout=SLOW)
        expect(self.page.locator("#state")).to_have_text(re.compile("已就绪|Ready"), timeout=SLOW)

    def save(self):
        """Press the button; the name and the bytes of the file that was handed over, once what was kept is let go."""
        handed = self.handed(lambda: self.press("save"))
        expect(self.page.locator("#state")).to_have_text(re.compile("已保存|Saved"))
        return handed

    def handed(self, deed):
        """The name and the bytes of the file that the page hands over."""
        with self.page.expect_download() as caught:
            deed()
        return caught.value.suggested_filename, Path(caught.value.path()).read_bytes()

    # -- the grid ------------------------------------------------------------------------------------------------------

    def go(self, sheet, cell):
        """Go to a cell, which then takes what is typed."""
        assert self.page.evaluate("([sheet, cell]) => window.warmap.grid.go(sheet, cell)", [sheet, cell])

    def select(self, sheet, area):
        """Mark cells."""
        self.go(sheet, area.partition(":")[0])
        self.page.evaluate("(area) => window.warmap.grid.book.getActiveSheet().getRange(area).activate()", area)

    def type(self, text, sheet=None, cell=None):
        """Type into a cell, and Enter."""
        if sheet:
            self.go(sheet, cell)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.settle()

    # -- around it -----------------------------------------------------------------------------------------------------

    def press(self, name):
        """Press a button of the bar by the name it has in the page's code."""
        self.page.locator(f"#buttons [data-name={name}]").click()

    def ask(self, op, **about):
        """What the page's Python answers."""
        return self.page.evaluate("([op, about]) => window.warmap.python.ask(op, about)", [op, about])

    def state(self):
        """What the bar says of the work."""
        return self.page.locator("#state").inner_text()

    def told(self):
        """The words that the page shows for a moment."""
        expect(self.page.locator("#toast")).to_be_visible()
        return self.page.locator("#toast").inner_text()

    def hear_nothing(self):
        """Let go of what was said before, so that `told` gives what comes next."""
        self.page.evaluate("() => { document.getElementById('toast').hidden = true; }")


def plain(value):
    """A result as a grid holds it."""
    if isinstance(value, ErrorValue):
        return value.code
    return None if value == "" else value


def native(content, entries=(), file="map.xlsx"):
    """The same workbook in this process, without any page, with these entries."""
    workbook = PageWorkbook(content, file, date.today())  # noqa: DTZ011  the browser's own day
    workbook.calculate()
    workbook.edit(entries)
    return workbook


@cache
def _as_opened(content):
    """What a file stores by place, and the places that its formulas fill."""
    return as_cells(content), frozenset(native(content).calculation.results)


def as_cells(content):
    """A workbook's cells as the grid holds them."""
    sheets = (sheet for sheet in read_book(content).sheets if sheet.was_read)
    return {
        (s.name, row, c): plain(value) for s in sheets for row, cells in s.rows.items() for c, value in cells.items()
    }


def entries_of(cells, content):
    """What was entered, as the grid shows it: its cells that hold no result and differ from the file's."""
    stored, computed = _as_opened(content)
    places = {*cells, *stored} - computed
    return {at: cells.get(at) for at in places if cells.get(at) != stored.get(at)}


def unlike(cells, results):
    """Computed cells that the grid shows otherwise: place → (grid, native)."""
    return {
        f"{name}!{cell_name(row, column)}": (cells.get((name, row, column)), plain(value))
        for (name, row, column), value in results.items()
        if cells.get((name, row, column)) != plain(value)
    }


def is_as_native(page):
    """Whether every computed cell of the grid is what the same entries come to in this process; gives the entries."""
    cells = page.cells()
    entries = entries_of(cells, page.content)
    workbook = native(page.content, [(*at, value) for at, value in entries.items()])
    assert (found := unlike(cells, workbook.calculation.results)) == {}, f"grid and plain module differ: {found}"
    return {f"{name}!{cell_name(row, column)}": value for (name, row, column), value in entries.items()}


def parts_of(content):
    """The parts of a file by name."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def on_clipboard(page, html, text):
    """Put on the clipboard what a spreadsheet program puts there: a table as HTML, and its text."""
    page.evaluate(
        """async ([html, text]) => {
            const as = (type, words) => [type, new Blob([words], { type })];
            await navigator.clipboard.write([new ClipboardItem(Object.fromEntries([as("text/html", html), as("text/plain", text)]))]);
        }""",
        [html, text],
    )
