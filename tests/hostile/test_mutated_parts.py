"""Every part of a sound workbook, changed as XML: whatever comes of it, no check of ours fails.

`tools/fuzz_reader.py` does the same with bytes, for as long as a person likes.
"""

from __future__ import annotations

import functools
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from odd_workbook import RELATIONS, WORKBOOK, parts, zipped

from warmap_workbook.reading.read import read_workbook

KEPT = {"xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml", "xl/worksheets/sheet29.xml"}  # Deal, People, marks
UNREAD = re.compile("docProps|theme|drawings|charts|worksheets/_rels")
TEXTS = st.sampled_from(
    ["", "0", "-1", "1", "99999999999", "1e308", "NaN", "A1", "XFD1048576", "A0", "A1:XFD1048576", "#REF!", "s", "shared", "array",
     "rId1", "../../x", "_x0000_", "Deal", "true", "x" * 300, "\u202e", "1_0", "１", "=1+1", "'"]
)  # fmt: skip
ACTIONS = st.sampled_from(
    ["delete attribute", "change attribute", "add attribute", "delete", "double", "move", "text", "rename"]
)
some = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@functools.cache
def small():
    """The parts of a workbook of three sheets, for speed."""
    content = {name: data for name, data in parts().items() if "heets/sheet" not in name or name in KEPT}
    for name, tag in (
        (WORKBOOK, rb"<sheet [^>]*r:id=\"(rId\d+)\"/>"),
        (RELATIONS, rb'<Relationship Id="(rId\d+)"[^>]*worksheet"[^>]*/>'),
    ):
        content[name] = re.sub(
            tag, lambda found: found[0] if found[1] in {b"rId3", b"rId4", b"rId29"} else b"", content[name]
        )
    return {
        name: data for name, data in content.items() if name.endswith((".xml", ".rels")) and not UNREAD.search(name)
    }


def mutated(data, draw):
    """The part with one to three changes, each at an element picked at random."""
    root = ET.fromstring(data)
    for _ in range(draw(st.integers(1, 3))):
        elements = list(root.iter())
        parents = {child: parent for parent in elements for child in parent}
        one = elements[draw(st.integers(0, len(elements) - 1))]
        change(draw(ACTIONS), one, elements, parents, draw)
    return ET.tostring(root, xml_declaration=True, encoding="UTF-8")


def change(action, one, elements, parents, draw):
    names, parent = sorted(one.keys()), parents.get(one)
    if action == "text":
        one.text = draw(TEXTS)
    elif action == "add attribute":
        one.set(draw(st.sampled_from(["r", "s", "t", "ref", "si", "name", "xmlns"])), draw(TEXTS))
    elif action == "rename":
        one.tag = draw(st.sampled_from([element.tag for element in elements[:40]]))
    elif "attribute" in action and names:
        name = draw(st.sampled_from(names))
        if action.startswith("delete"):
            del one.attrib[name]
        else:
            one.set(name, draw(TEXTS))
    elif parent is not None:
        if action != "double":
            parent.remove(one)
        if action in {"double", "move"}:
            target = parent if action == "double" else elements[draw(st.integers(0, len(elements) - 1))]
            if target not in set(one.iter()):
                target.insert(draw(st.integers(0, len(target))), one)


def test_the_workbook_itself_is_sound():
    intake = read_workbook(zipped(small()))
    assert intake.map.deal.account
    assert len(intake.map.contacts) > 3
    assert not {finding.code for finding in intake.findings} & {"DV001", "DV002", "DV901"}


@pytest.mark.parametrize("name", sorted(small()))
@some
@given(data=st.data())
def test_a_part_changed_as_xml(name, data):
    book = zipped({**small(), name: mutated(small()[name], data.draw)})
    findings = read_workbook(book).findings
    assert not [finding.message("en") for finding in findings if finding.code == "DV901"]
    for lang in ("zh", "en"):
        assert all(finding.message(lang) and finding.hint(lang) for finding in findings)
