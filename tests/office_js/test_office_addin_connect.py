"""*Connect*: what stands as #NAME? in an opened war map computes again, and the sheets are as locked as before."""

import pytest

SAMPLE = "bank_risk_platform.en"


@pytest.fixture
def excel(node_excel):
    return node_excel(SAMPLE, 0)


def ours(sheets):
    """Arrays that call our functions, by sheet and first cell."""
    return {
        (name, one["row"], one["column"]): one
        for name, sheet in sheets.items()
        for one in sheet["arrays"]
        if "WARMAP" in one["formula"]
    }


def test_every_call_is_written_anew_as_a_spill_into_the_same_cells(excel):
    before = excel("sheets")
    report = excel("connect")
    after = excel("sheets")
    old, new = ours(before), ours(after)
    assert report == {"written": len(old), "left": [], "locked": []}
    assert len(old) > 30
    assert {at: (one["rows"], one["columns"], one["formula"]) for at, one in new.items()} == {
        at: (one["rows"], one["columns"], one["formula"]) for at, one in old.items()
    }
    assert all(one["spills"] for one in new.values())


def test_everything_else_stays_and_sheets_are_locked_as_they_were(excel):
    before = excel("sheets")
    excel("connect")
    after = excel("sheets")

    def others(sheets):
        return [[one for one in sheet["arrays"] if "WARMAP" not in one["formula"]] for sheet in sheets.values()]

    assert others(after) == others(before)
    assert [(one["protected"], one["options"]) for one in after.values()] == [
        (one["protected"], one["options"]) for one in before.values()
    ]
    assert after["People"]["rows"] == before["People"]["rows"]


def test_connecting_twice_does_no_harm(excel):
    excel("connect")
    once = ours(excel("sheets"))
    assert excel("connect")["written"] == len(once)
    assert ours(excel("sheets")) == once


def test_a_sheet_with_a_password_is_left_and_named(excel):
    excel("change", ["Red flags", {"password": "secret"}])
    before = excel("sheets")["Red flags"]
    report = excel("connect")
    assert report["locked"] == ["Red flags"]
    assert excel("sheets")["Red flags"] == before
    assert "Red flags" in excel("told", ["en", report])
    assert "Red flags" in excel("told", ["zh", report])


def test_the_form_in_which_excel_stores_an_add_ins_call_becomes_ours(excel):
    formula = "=_xldudf_WARMAP_ROLE_COVERAGE(wm_contacts)"
    excel(
        "change",
        [
            "Settings",
            {"arrays": [{"row": 100, "column": 3, "rows": 1, "columns": 1, "formula": formula, "spills": False}]},
        ],
    )
    excel("grow", ["Settings", 101])
    excel("connect")
    (found,) = excel("sheets")["Settings"]["arrays"]
    assert found["formula"] == "=WARMAP.ROLE_COVERAGE(wm_contacts)"


def test_an_array_of_ones_own_without_a_name_is_left_whole_and_named(excel):
    own = {
        "row": 100,
        "column": 29,
        "rows": 4,
        "columns": 1,
        "formula": "=WARMAP.ROLE_STATUS(wm_contacts)",
        "spills": False,
    }
    excel("change", ["Settings", {"arrays": [own]}])
    excel("grow", ["Settings", 105])
    report = excel("connect")
    assert report["left"] == [f"Settings!AD{row}" for row in range(101, 105)]
    assert excel("sheets")["Settings"]["arrays"] == [own]
    assert "AD101" in excel("told", ["zh", report])


def test_a_workbook_without_calls_is_told_so(excel):
    assert excel("told", ["en", {"written": 0, "left": [], "locked": []}]) == "This workbook has no WARMAP formula."
    assert excel("told", ["zh", {"written": 3, "left": [], "locked": []}]).startswith("已重写 3 个公式")
