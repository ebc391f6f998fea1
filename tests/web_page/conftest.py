"""The page in each browser, and the built folder as a web server gives it.

Where a browser or the folder is missing the tests fail, and say what to install.
"""

import pytest
from other_browsers import DrivenPage, firefox, webkit
from page_in_chromium import MapPage

from real_programs import installed, mini_browser
from tools.served import serving
from warmap_addin.web.static_folder import ABOUT, BUILT


@pytest.fixture(scope="session")
def web_folder():
    """The built folder."""
    assert (BUILT / ABOUT).is_file(), "there is no build/web: make web"
    return BUILT


@pytest.fixture(scope="session")
def address(web_folder):
    """The address of the page."""
    with serving(web_folder) as found:
        yield found


@pytest.fixture(scope="session")
def browse(chromium):
    """A new browser profile at an address: `browse(address, locale=…, …)`, as Playwright's `new_context` takes them."""
    open_ones = []

    def opened(address, **about):
        kind = {"locale": "en-US", "viewport": {"width": 1400, "height": 900}, "service_workers": "block"}
        context = chromium.new_context(**(kind | about))
        open_ones.append(context)
        return MapPage(context.new_page(), address)

    yield opened
    for context in open_ones:
        context.close()


@pytest.fixture
def visit(browse, address):
    """A page of its own, in a browser profile of its own, closed after the test."""
    open_ones = []

    def opened(**about):
        open_ones.append(browse(address, **about).start())
        return open_ones[-1]

    yield opened
    for one in open_ones:
        one.page.context.close()


@pytest.fixture(scope="session")
def shared_page(browse, address):
    """The one page for all tests that need none of their own: Python takes its time to start."""
    return browse(address, permissions=["clipboard-read", "clipboard-write"]).start()


@pytest.fixture
def web_page(shared_page):
    """The shared page; what it says and asks in this test is heard alone. Each test opens the file it works on."""
    shared_page.said.clear()
    shared_page.dialogs.clear()
    yield shared_page
    assert shared_page.said == [], "a fault in the page's own code"


@pytest.fixture(scope="module")
def in_firefox(address, tmp_path_factory):
    """The page in Firefox, with nothing open."""
    with firefox(installed("firefox-esr", "firefox"), tmp_path_factory.mktemp("firefox")) as browser:
        yield DrivenPage(browser, address).start()


@pytest.fixture(scope="module")
def in_webkit(address):
    """The page in WebKitGTK, with nothing open."""
    installed("WebKitWebDriver")
    installed("Xvfb")
    program = mini_browser()
    assert program, "WebKitGTK's MiniBrowser is not installed: tools/install-browser.sh"
    with webkit(program) as browser:
        yield DrivenPage(browser, address).start()
