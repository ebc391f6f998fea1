"""One LibreOffice with the extension and one without, for all tests. Where LibreOffice is missing they fail."""

import pytest

from warmap_addin.libreoffice.build import build_oxt
from warmap_addin.libreoffice.office import Office


@pytest.fixture(scope="session")
def oxt(tmp_path_factory):
    return build_oxt(tmp_path_factory.mktemp("oxt") / "warmap.oxt")


@pytest.fixture(scope="session")
def office(oxt):
    """With the extension."""
    with Office(oxt=oxt) as started:
        yield started


@pytest.fixture(scope="session")
def plain_office():
    """Without the extension."""
    with Office() as started:
        yield started
