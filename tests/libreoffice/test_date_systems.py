"""A workbook that counts its days from 1904, in LibreOffice with the functions: the cells say what the batch says."""

from pathlib import Path

import pytest

from warmap_workbook.reading.read import read_workbook

pytestmark = pytest.mark.office
CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize("case", ["l01_1904_consistent", "s02_1904_general_serial"])
def test_the_sheet_and_the_batch_agree(office, tmp_path, case):
    document = office.open(CASES / f"{case}.xlsx")
    document.set("Trust", "C8", 3)  # so that every result is computed anew
    document.recalculate()
    flags = document.cells("Red flags")
    saved = document.save_as(tmp_path / "saved.xlsx", "xlsx")
    document.close()
    reading = read_workbook(saved)
    assert [f.message("en") for f in reading.findings if f.code in ("DV303", "DV304", "DV305")] == []
    told = "\n".join(str(flags.value(f"D{row}")) for row in range(5, 40))
    assert "2026" in told
    assert "2022" not in told
    assert reading.map.deal.close_date.isoformat() == "2026-06-26"
