"""A sample map as the stand-in of Excel has it, and the built folder. Where Node.js is missing the tests fail."""

import json

import pytest
from excel_in_node import ExcelInNode
from opened_book import book

from warmap_addin.web.office.office_files import office_files


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The folder of the add-in, as it is hosted."""
    place = tmp_path_factory.mktemp("office")
    for name, content in office_files("https://maps.firm.example/warmap").items():
        (place / name).write_bytes(content)
    return place


@pytest.fixture(scope="session")
def declared(folder):
    """functions.json: name → what Excel is told of it."""
    return {one["name"]: one for one in json.loads((folder / "functions.json").read_text("utf-8"))["functions"]}


@pytest.fixture
def node_excel(folder):
    """A stand-in of Excel in Node.js with a sample open, whose host sends `blank` for a blank cell."""
    started = []

    def start(sample, blank):
        started.append(ExcelInNode(folder, book(sample), blank))
        return started[-1]

    yield start
    for one in started:
        one.close()
