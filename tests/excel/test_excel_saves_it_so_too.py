"""What Excel itself writes into a workbook with macros and into an add-in, and so do we.

The twins were saved by Excel (`AppVersion` 16.0300) and are public: they lie in the package of xlwings (github.com/xlwings/xlwings).
"""

import io
import re
from importlib.resources import files
from xml.etree import ElementTree as ET

import olefile
import pytest

from warmap_addin.excel.added_parts import parts_of
from warmap_addin.excel.build import FILES
from warmap_addin.excel.machine import ADDIN_FILE

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TWINS = {"xlsm": ("quickstart.xlsm", "quickstart_standalone.xlsm"), "xlam": ("quickstart_addin_ribbon.xlam",)}
NEEDED = {"PROJECT", "PROJECTwm", "VBA/_VBA_PROJECT", "VBA/dir"}
"""The streams of a VBA project that are not modules."""


def facts(content):
    """What a package says of itself, as far as it hangs on macros."""
    parts = parts_of(content)
    types = ET.fromstring(parts["[Content_Types].xml"])
    named = {one.get("PartName"): one.get("ContentType") for one in types if one.get("PartName")}
    by_ending = {one.get("Extension"): one.get("ContentType") for one in types if one.get("Extension")}
    book = ET.fromstring(parts["xl/workbook.xml"])
    with olefile.OleFileIO(io.BytesIO(parts["xl/vbaProject.bin"])) as project:
        streams = {"/".join(path) for path in project.listdir()}
        mark = project.openstream("VBA/_VBA_PROJECT").read(2).hex()
    return {
        "type of the workbook": named["/xl/workbook.xml"],
        "type of the project": named.get("/xl/vbaProject.bin", by_ending.get("bin")),
        "relation to the project": relations(parts["xl/_rels/workbook.xml.rels"], "vbaProject.bin"),
        "relation to the ribbon": relations(parts["_rels/.rels"], "customUI"),
        "code name of the workbook": book.find(f"{MAIN}workbookPr").get("codeName"),
        "its window": book.find(f"{MAIN}bookViews/{MAIN}workbookView").get("visibility"),
        "streams of the project": streams & NEEDED,
        "how its cache begins": mark,
    }


def relations(content, target):
    return {one.get("Type") for one in ET.fromstring(content) if target in one.get("Target")}


def saved_by_excel(name):
    content = files("xlwings").joinpath(name).read_bytes()
    assert re.search(rb"<Application>Microsoft Excel</Application>", parts_of(content)["docProps/app.xml"])
    return content


@pytest.mark.parametrize("name", FILES)
def test_ours_says_the_same_as_excels_own(built, name):
    ours = facts((built / name).read_bytes())
    for twin in TWINS[name.rpartition(".")[2]]:
        assert facts(saved_by_excel(twin)) == ours, twin
    assert ours["streams of the project"] == NEEDED
    assert (ours["its window"] == "hidden") is (name == ADDIN_FILE)
