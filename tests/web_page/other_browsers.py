"""The war map's page in Firefox and in WebKitGTK, driven by the standards that they speak themselves."""

import json
import os
import subprocess
import warnings
from base64 import b64decode
from contextlib import contextmanager
from itertools import count
from time import monotonic, sleep

import websocket
from page_in_chromium import Grid
from selenium import webdriver

MOST_SECONDS = 300
SCREEN = (1400, 900)

FAULTS = """() => {
    window.faults = [];
    for (const kind of ["error", "unhandledrejection"])
        window.addEventListener(kind, (event) => window.faults.push(String(event.reason ?? event.message)));
}"""


class DrivenPage(Grid):
    """The page in a browser that can go to an address, choose a file and call a function; a workbook is open, or none."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address

    def evaluate(self, function, argument=None):
        return self.browser.evaluate(function, argument)

    def until(self, function, argument=None):
        """Wait until a function of the page gives something true, and give it."""
        end = monotonic() + MOST_SECONDS
        while not (found := self.evaluate(function, argument)):
            assert monotonic() < end, f"waited in vain for {function}: {self.evaluate('() => document.body.innerText')}"
            sleep(0.2)
        return found

    def start(self):
        """Load the page."""
        self.browser.go(self.address)
        self.until("() => document.querySelector('#start button') !== null")
        self.evaluate(FAULTS)
        return self

    def open(self, path):
        """Choose a file, and wait until it is shown and calculated."""
        self.content = path.read_bytes()
        self.browser.choose("#file", path)
        self.is_open(path.name)
        return self

    def is_open(self, file):
        """Wait until a file is shown and calculated."""
        is_ready = "document.getElementById('state').textContent.match(/已就绪|Ready/)"
        self.until(f"(file) => document.getElementById('title').textContent === file && {is_ready}", file)

    def press(self, words):
        """Press the button with these words."""
        self.evaluate(
            "(words) => [...document.querySelectorAll('button')].find((one) => one.textContent === words).click()",
            words,
        )

    def saved(self):
        """The bytes of the file as the page would hand it over."""
        return b64decode(self.evaluate("() => window.warmap.python.ask('save')"))

    def faults(self):
        """What went wrong in the page's own code."""
        return self.evaluate("() => window.faults")


class Firefox:
    """Firefox, driven by WebDriver BiDi, which it speaks itself."""

    # The answer goes as text, for the protocol has a tongue of its own for values.
    CALL = "async (given) => JSON.stringify(await (FUNCTION)(JSON.parse(given)) ?? null)"

    def __init__(self, ws_host, ws_port):
        self._line = websocket.create_connection(
            f"ws://{ws_host}:{ws_port}/session", timeout=MOST_SECONDS, suppress_origin=True
        )
        self._numbers = count(1)
        self._ask("session.new", capabilities={})
        (top,) = self._ask("browsingContext.getTree")["contexts"]
        self._page = {"context": top["context"]}

    def _ask(self, method, **about):
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": about}))
        while (answer := json.loads(self._line.recv())).get("id") != number:
            pass
        assert answer["type"] == "success", answer
        return answer["result"]

    def go(self, address):
        self._ask("browsingContext.navigate", **self._page, url=address, wait="complete")

    def choose(self, selector, path):
        (element,) = self._ask("browsingContext.locateNodes", **self._page, locator={"type": "css", "value": selector})[
            "nodes"
        ]
        self._ask("input.setFiles", **self._page, element={"sharedId": element["sharedId"]}, files=[str(path)])

    def evaluate(self, function, argument):
        given = {"type": "string", "value": json.dumps(argument)}
        call = self.CALL.replace("FUNCTION", function)
        answer = self._ask(
            "script.callFunction", functionDeclaration=call, arguments=[given], target=self._page, awaitPromise=True
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def close(self):
        self._ask("browser.close")
        self._line.close()


class WebKit:
    """WebKitGTK's own small browser, driven by WebDriver."""

    CALL = """const [given, answer] = arguments;
        (async () => ({ value: await (FUNCTION)(given) }))().catch((fault) => ({ fault: String(fault) })).then(answer);"""

    def __init__(self, driver):
        self._driver = driver
        driver.set_window_size(*SCREEN)
        driver.set_script_timeout(MOST_SECONDS)

    def go(self, address):
        self._driver.get(address)

    def choose(self, selector, path):
        self._driver.find_element("css selector", selector).send_keys(str(path))

    def evaluate(self, function, argument):
        answer = self._driver.execute_async_script(self.CALL.replace("FUNCTION", function), argument)
        assert "fault" not in answer, answer["fault"]
        return answer.get("value")


@contextmanager
def firefox(program, folder):
    """Firefox with an empty profile in a folder."""
    (folder / "user.js").write_text('user_pref("intl.accept_languages", "en-US");', encoding="utf-8")
    with _running(program, "--headless", "--remote-debugging-port=0", "--profile", str(folder)):
        browser = Firefox(**json.loads(_once_there(folder / "WebDriverBiDiServer.json")))
        yield browser
        browser.close()


def _once_there(path):
    end = monotonic() + MOST_SECONDS
    while not path.is_file() or not (found := path.read_text(encoding="utf-8")):
        assert monotonic() < end, f"{path.name} was never written"
        sleep(0.1)
    return found


@contextmanager
def webkit(program):
    """WebKitGTK on a screen that nobody sees."""
    size = "x".join(map(str, SCREEN))
    with _running(
        "Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp", stdout=subprocess.PIPE
    ) as screen:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = program
        options.add_argument("--automation")
        shown = {
            **os.environ,
            "DISPLAY": f":{screen.stdout.readline().strip()}",
            "LANGUAGE": "en_US",
            "LANG": "en_US.UTF-8",
        }
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of Selenium's own use of itself
            driver = webdriver.WebKitGTK(options, webdriver.WebKitGTKService(env=shown))
        yield WebKit(driver)
        driver.quit()


@contextmanager
def _running(*words, **streams):
    """A program that is ended at the end, come what may."""
    with subprocess.Popen(
        words, text=True, **({"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | streams)
    ) as running:
        try:
            yield running
        finally:
            running.terminate()
