"""The two Windows of the tests. Where they are missing the tests fail; they never skip."""

import pytest
from under_wine import CODE_PAGES, HOME, IS_FULL, PYTHON, Windows, at_once

collect_ignore = [] if IS_FULL else ["test_windows_installation.py"]  # make windows runs it


def the_windows(page):
    """One Windows, its services running."""
    assert (HOME / ".ready").exists(), "Windows' parts are not set up: sh tools/windows/install.sh"
    at_once(page, "wineserver", "-p900")
    at_once(page, "wine", PYTHON, "-c", "")
    return Windows(page)


@pytest.fixture(scope="session")
def windows():
    """The English Windows."""
    return the_windows(1252)


@pytest.fixture(scope="session", params=CODE_PAGES)
def any_windows(request):
    """Each of the two."""
    return the_windows(request.param)


@pytest.fixture(scope="session", params=CODE_PAGES if IS_FULL else CODE_PAGES[:1])
def hard_windows(request):
    """The English one, whose code page is the poorer; by make windows both."""
    return the_windows(request.param)


def pytest_sessionfinish(session):
    """Let both Windows end, once the last of the processes that run tests is done."""
    if not hasattr(session.config, "workerinput") and HOME.exists():
        for page in CODE_PAGES:
            at_once(page, "wineserver", "-k")
