"""A workbook edited in the page and saved: LibreOffice recalculates every cell to what the page had worked out."""

import random
from datetime import date
from pathlib import Path

import pytest

from sampling import IS_WHOLE
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.compare import compare_live
from warmap_addin.web.page_workbook import PageWorkbook

SAMPLES = Path(__file__).parents[2] / "workbook_templates" / "samples"
SHEETS = {
    "zh": ("商机", "关键人", "信任", "竞争", "行动", "异议"),
    "en": ("Deal", "People", "Trust", "Competition", "Actions", "Objections"),
}
TYPED = {
    "zh": (
        "支持",
        "反对",
        "强烈支持",
        "经济决策者",
        "✓",
        "高",
        "低",
        "离职",
        "书面或行为证实",
        "RF302",
        "尹德昌",
        "待定",
        "，；",
    ),
    "en": (
        "Support",
        "Oppose",
        "Strong support",
        "Economic",
        "✓",
        "High",
        "Low",
        "Left",
        "Hearsay",
        "RF302",
        "Han Lijun",
        "tbd",
    ),
}
ANY = (
    0,
    1,
    3,
    5,
    -2,
    0.5,
    1e6,
    46000,
    46230,
    46900,
    "2026-07-01",
    "12%",
    "<b>",
    "=1+1",
    "a\nb",
    " spaces ",
    None,
    None,
)
# TRUE is left out: LibreOffice hands it to a function as 1, and a text that quotes it then says 1.
ROUNDS = range(12 if IS_WHOLE else 1)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("seed", ROUNDS)
def test_every_cell_is_what_the_page_had_worked_out(office, tmp_path, lang, seed):
    some = random.Random(f"{lang} {seed}")
    workbook = PageWorkbook((SAMPLES / f"manufacturer_mes.{lang}.xlsx").read_bytes(), "map.xlsx", date(2026, 8, 3))
    workbook.calculate()
    entered = 0
    while entered < 12:
        sheet = workbook.book.sheet(some.choice(SHEETS[lang]))
        at = (sheet.name, some.randint(5, 24), some.randint(1, 20))
        if workbook.is_open(sheet, *at[1:]) and not workbook.calculation.area_of(at):
            workbook.edit([(*at, some.choice((*TYPED[lang], *ANY)))])
            entered += 1
    path = tmp_path / "saved.xlsx"
    path.write_bytes(workbook.save())
    comparison = compare_live(office, path)
    assert comparison.differences == []
    assert comparison.cells > 1500
