"""Nothing leaves the browser, and once opened the page needs no server any more."""

import http.server
import json
import shutil
import threading

import pytest
from page_in_chromium import SLOW, is_as_native
from playwright.sync_api import Error, expect

from tools.served import serving
from warmap_addin.web.static_folder import ABOUT, OFFLINE

WAYS_OUT = {
    "a request": "fetch('{other}', {{ mode: 'no-cors' }})",
    "a picture": "new Promise((go, stop) => {{ const one = new Image(); one.onload = go; one.onerror = stop; one.src = '{other}'; }})",
    "a script": "import('{other}')",
    "a worker": "new Promise((go, stop) => {{ const one = new Worker('data:text/javascript,fetch(\"{other}\")'); one.onerror = stop; }})",
    "a frame": "new Promise((go, stop) => {{ document.addEventListener('securitypolicyviolation', stop); "
    "const one = document.createElement('iframe'); one.src = '{other}'; document.body.append(one); }})",
    "a form": "new Promise((go, stop) => {{ document.addEventListener('securitypolicyviolation', stop); "
    "const one = document.createElement('form'); one.action = '{other}'; document.body.append(one); one.submit(); }})",
}
KEPT = "() => navigator.serviceWorker.ready.then(() => caches.keys())"


@pytest.fixture(scope="module")
def other():
    """Another server, which any page may ask: its address, and what it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(http.HTTPStatus.NO_CONTENT)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *_):
            """Nobody asked for a line a request."""

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}/", asked
    running.shutdown()
    running.server_close()
    thread.join()


def test_nothing_is_asked_of_any_other_computer(web_page):
    asked = []
    web_page.page.on("request", lambda request: asked.append(request.url))
    web_page.page.reload()
    web_page.open("manufacturer_mes.en").type("Strong support", "People", "P7")
    web_page.press("check")
    web_page.save()
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((web_page.address, f"blob:{web_page.address}", "data:"))] == []


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_policy_leaves_no_way_out(visit, other, way):
    """Whatever a file or a library wants. A page of its own, for one that is kept from leaving goes on trying."""
    address, asked = other
    with pytest.raises(Error):
        visit().page.evaluate(f"() => {WAYS_OUT[way].format(other=address + 'taken')}")
    assert asked == []


def test_a_page_without_a_policy_would_get_out(chromium, other):
    address, asked = other
    page = chromium.new_page()
    page.evaluate(f"() => {WAYS_OUT['a request'].format(other=address + 'control')}")
    page.close()
    assert asked == ["/control"]
    asked.clear()


def loaded(page, name):
    """Load the page, and wait until Python has started and the browser has kept the build of that name."""
    page.start()
    expect(page.page.locator("#state")).to_have_text("Ready", timeout=SLOW)
    for _ in range(300):
        if page.page.evaluate(KEPT) == [name]:
            return
        page.page.wait_for_timeout(200)
    pytest.fail(f"kept: {page.page.evaluate(KEPT)}, and not {name}")


def test_without_a_server_it_opens_calculates_and_saves(browse, web_folder):
    with serving(web_folder) as address:
        page = browse(address, service_workers="allow")
        loaded(page, json.loads((web_folder / ABOUT).read_text())["name"])
    page.start()
    page.open("manufacturer_mes.en").type("Strong support", "People", "P7")
    assert is_as_native(page) == {"People!P7": "Strong support"}
    name, content = page.save()
    assert (name, content == page.content) == (page.file, False)
    page.page.locator(".more summary").click()
    assert page.handed(lambda: page.press("report"))[1].startswith(b"<!doctype html>")
    page.start()
    page.page.get_by_role("button", name="Look at a sample").click()
    page.is_open("manufacturer_mes.en.xlsx")
    page.page.context.close()


def test_a_newer_build_is_taken_and_the_older_one_let_go(browse, web_folder, tmp_path):
    folder = tmp_path / "web"
    shutil.copytree(web_folder, folder)
    older = json.loads((folder / ABOUT).read_text())["name"]
    with serving(folder) as address:
        page = browse(address, service_workers="allow")
        loaded(page, older)
        for file in (ABOUT, OFFLINE):
            (folder / file).write_text((folder / file).read_text().replace(older, "warmap-newer"))
        (folder / "main.css").write_text("#title { font-style: italic }")
        loaded(page, "warmap-newer")
        page.start()
        expect(page.page.locator("#title")).to_have_css("font-style", "italic")
    page.page.context.close()
