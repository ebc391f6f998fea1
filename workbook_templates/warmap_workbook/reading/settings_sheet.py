"""The settings that travel in a workbook, whether it is judged by others (DV306), and those that are no longer any (DV308)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from warmap.findings import Finding
from warmap.layout import SETTINGS_NAME
from warmap.parsing import read_settings
from warmap.settings import RETIRED, BadSettings, Settings, default_settings, differences, settings_from
from warmap.text import Text, joined
from warmap_workbook.ooxml import Book, ErrorValue, Value, cell_name

FIELD = Text("设置", "Settings")
VALID_SETTING = Text("有效的设置值", "a valid value of this setting")
NAMED = 3  # settings that a finding names
ONE = Text("{code} 为 {own}（评判用 {used}）", "{code} is {own} (judged by {used})")
AND_MORE = Text("{named} 等 {count} 项", "{named} and {more} more")


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What the workbook brings: `cells` say where each setting stands; nothing stands anywhere without the sheet."""

    settings: Settings
    sheet: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def unlike(self, used: Settings) -> list[Finding]:
        """DV306 where the workbook's settings differ from those it is judged by."""
        if not self.cells or used is self.settings:
            return []
        different = differences(self.settings, used)
        if not different:
            return []
        said = [ONE.filled(code=code, own=f"{own:g}", used=f"{to:g}") for code, own, to in different[:NAMED]]
        changes, more = joined(said), len(different) - NAMED
        if more > 0:
            changes = AND_MORE.filled(named=changes, count=len(different), more=more)
        cell = next((self.cells[code] for code, *_ in different if code in self.cells), "")
        return [Finding("DV306", self.sheet, cell, facts={"changes": changes})]


def own_settings(book: Book) -> OwnSettings:
    """Read them; where one is no valid value, all are the defaults, and a finding says so."""
    found = book.named_range(SETTINGS_NAME)
    if found is None:
        return OwnSettings(default_settings())
    sheet, box = found
    last = min(box.r2, max(sheet.rows, default=0))
    rows = [[_plain(sheet.value(row, box.c1 + side)) for side in (0, 1)] for row in range(box.r1, last + 1)]
    given, retired = read_settings(rows), tuple(_retired(rows, sheet.name, box.r1, box.c1 + 1))
    cells = {code: cell_name(box.r1 + row, box.c1 + 1) for code, (row, _) in given.items()}
    try:
        settings = settings_from({code: value for code, (_, value) in given.items() if value is not None})
    except BadSettings as error:
        facts = {"field": FIELD, "wanted": VALID_SETTING, "value": error.faults[0]}
        cell = next((cell for code, cell in cells.items() if f" {code} " in error.faults[0].en), "")
        return OwnSettings(
            default_settings(), sheet.name, cells, (Finding("DV203", sheet.name, cell, facts=facts), *retired)
        )
    return OwnSettings(settings, sheet.name, cells, retired)


def _retired(rows: Sequence[Sequence[object]], sheet: str, top: int, column: int) -> Iterator[Finding]:
    """Settings of an earlier method that somebody has changed: at their defaults nothing is lost."""
    for row, (code, value) in enumerate(rows, top):
        setting = RETIRED.get(str(code).strip())
        if setting is not None and isinstance(value, int | float) and value != setting.usual:
            facts = {"code": str(code).strip(), "value": f"{value:g}", "instead": setting.instead}
            yield Finding("DV308", sheet, cell_name(row, column), facts=facts)


def _plain(value: Value | None) -> object:
    return value.code if isinstance(value, ErrorValue) else value
