"""The war map in a browser: its size, its start and an edit, against Pyodide alone, Univer alone, and what a person notices.

Needs `make web`, Chromium, and the page's npm packages (`make web` brings them).
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from measure import Candidate, Figure, Timer, compared, environment
from playwright.sync_api import Browser, Page, sync_playwright
from workbooks import full, sample

from tools.served import serving
from warmap.text import Text
from warmap_addin.web.static_folder import ABOUT, BUILT, PAGE
from warmap_app.report.browser import browser as program

PYTHON_READY = Text("网页里的 Python 可以打开地图", "Python in the page, ready to open a map")
PYODIDE_ALONE = Text("只启动 Pyodide", "Pyodide alone, started")
SHOWN = Text("样例的全部工作表已显示（Python 已在运行）", "all sheets of a sample shown, Python running already")
OPENED = Text("样例打开并重新算完", "a sample opened and calculated anew")
UNIVER_ALONE = Text("只用 Univer 显示一份空工作簿", "Univer alone, showing an empty workbook")
NOTICED = Text("人会察觉的 200 毫秒", "200 ms, which a person notices")
WRITTEN = Text("{what}里改一格，到结果都在表格里", "one cell changed in {what}, until its results stand in the grid")
EDITED = Text("{what}里改一格，到全部显示", "one cell changed in {what}, until all is shown")
TASK = Text("{what}里改一格，主线程上最长的一段", "the longest task of the main thread at an edit in {what}")
SIZE = Text("整个文件夹（压缩后）", "the whole folder, gzipped")
BOTH_ALONE = Text("其中的 Pyodide 和 Univer", "Pyodide and Univer of it")
MAPS: Mapping[Text, Callable[[], bytes]] = {
    Text("样例", "a sample"): sample,
    Text("60 个联系人的地图", "a map of 60 contacts"): full,
}
IMMEDIATE = 0.2  # seconds
PYODIDE = """import { loadPyodide } from "./pyodide/pyodide.mjs";
const python = await loadPyodide({ indexURL: new URL("./pyodide/", self.location).href });
self.postMessage(python.runPython("1 + 1"));"""
PYODIDE_PAGE = """<!doctype html><title>…</title><script type="module">
new Worker("./pyodide-alone.js", { type: "module" }).onmessage = () => { document.title = "ready"; };
</script>"""
UNIVER = """import { LocaleType, LogLevel, Univer } from "@univerjs/core";
import { FUniver } from "@univerjs/core/lib/facade";
import { UniverSheetsCorePreset } from "@univerjs/preset-sheets-core";
import english from "@univerjs/preset-sheets-core/locales/en-US";
import "@univerjs/preset-sheets-core/lib/index.css";
const univer = new Univer({ locale: LocaleType.EN_US, locales: { [LocaleType.EN_US]: english }, logLevel: LogLevel.ERROR });
for (const one of UniverSheetsCorePreset({ container: "grid" }).plugins) univer.registerPlugin(...[one].flat());
FUniver.newAPI(univer).createWorkbook({});
requestAnimationFrame(() => requestAnimationFrame(() => { document.title = "ready"; }));"""
UNIVER_PAGE = """<!doctype html><title>…</title><link rel="stylesheet" href="univer-alone.css">
<div id="grid" style="height: 90vh"></div><script type="module" src="univer-alone.js"></script>"""
IS_STARTED = "() => /^(Ready|已就绪)/.test(document.getElementById('state').textContent)"
IS_SHOWN = "() => Boolean(window.warmap?.grid?.book) && document.querySelector('#grid canvas') !== null"
# One cell is entered: milliseconds until its results stand in the grid, until they are drawn, and the longest task meanwhile.
EDIT = """async ([sheet, row, column, words]) => {
    const tasks = [], seen = new PerformanceObserver((found) => tasks.push(...found.getEntries().map((one) => one.duration)));
    seen.observe({ type: "longtask" });
    const began = performance.now();
    const told = new Promise((go) => new MutationObserver(go).observe(document.getElementById("state"), { childList: true }));
    const { book } = window.warmap.grid, held = book.getSheetByName(sheet).getSheet().getCellRaw(row - 1, column - 1)?.v;
    book.getSheetByName(sheet).getRange(row - 1, column - 1).setValue(words.find((one) => one !== held));
    await told;
    const written = performance.now() - began;
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    const drawn = performance.now() - began;
    await new Promise((go) => setTimeout(go, 300));
    seen.disconnect();
    return [written, drawn, Math.max(0, ...tasks)];
}"""
PLACE = ("关键人", 7, 16)  # how far the second person supports us
WORDS = ("支持", "强烈支持")


def in_browser(scale: float) -> Iterator[Figure]:
    """Size, start, opening, an edit."""
    if not (BUILT / ABOUT).is_file():
        raise SystemExit("there is no build/web: make web")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "web"
        shutil.copytree(BUILT, folder)
        yield _size(folder)
        _build_floors(folder)
        address = stack.enter_context(serving(folder))
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        stack.callback(browser.close)
        rounds = round(5 * scale)
        floor = _loaded(browser, f"{address}pyodide-alone.html", "() => document.title === 'ready'")
        yield from compared(
            PYODIDE_ALONE, floor, {PYTHON_READY: Candidate(_loaded(browser, address, IS_STARTED))}, rounds
        )
        floor = _loaded(browser, f"{address}univer-alone.html", "() => document.title === 'ready'")
        others = {
            SHOWN: Candidate(_opened(browser, address, IS_SHOWN)),
            OPENED: Candidate(_opened(browser, address, IS_STARTED)),
        }
        yield from compared(UNIVER_ALONE, floor, others, rounds)
        for what, content in MAPS.items():
            yield from _edits(browser, address, what, content(), round(20 * scale))


def _size(folder: Path) -> Figure:
    sizes = {path: len(gzip.compress(path.read_bytes(), mtime=0)) for path in folder.rglob("*") if path.is_file()}
    ours = sum(sizes.values())
    alone = sum(size for path, size in sizes.items() if path.parent.name == "pyodide" or path.name.startswith("grid-"))
    return Figure(SIZE, BOTH_ALONE, ours / alone, ours / 1e9, alone / 1e9, 1, unit="MB")


def _build_floors(folder: Path) -> None:
    for name, text in (
        ("pyodide-alone.js", PYODIDE),
        ("pyodide-alone.html", PYODIDE_PAGE),
        ("univer-alone.html", UNIVER_PAGE),
    ):
        (folder / name).write_text(text, "utf-8")
    bundler = [
        str(PAGE / "node_modules" / ".bin" / "esbuild"),
        "--bundle",
        "--minify",
        "--format=esm",
        "--log-level=error",
    ]
    subprocess.run(
        [*bundler, f"--outfile={folder / 'univer-alone.js'}"],
        input=UNIVER,
        text=True,
        check=True,
        cwd=PAGE,
        env=environment(),
    )


def _new(browser: Browser) -> Page:
    """A page of a browser that has kept nothing."""
    return browser.new_context(
        service_workers="block", locale="zh-CN", viewport={"width": 1366, "height": 768}
    ).new_page()


def _until(page: Page, is_so: str) -> None:
    for _ in range(6000):
        if page.evaluate(is_so):  # the page's policy forbids the driver's own way of waiting
            return
        page.wait_for_timeout(10)
    raise SystemExit(f"the page says: {page.locator('#state').inner_text()}")


def _seconds(page: Page) -> float:
    return float(page.evaluate("() => performance.now()")) / 1000


def _loaded(browser: Browser, address: str, is_so: str) -> Timer:
    def run() -> float:
        page = _new(browser)
        page.goto(address)
        _until(page, is_so)
        taken = _seconds(page)
        page.context.close()
        return taken

    return run


def _opened(browser: Browser, address: str, is_so: str) -> Timer:
    content = sample()

    def run() -> float:
        page = _started(browser, address)
        began = _seconds(page)
        _choose(page, content)
        _until(page, is_so)
        taken = _seconds(page) - began
        page.context.close()
        return taken

    return run


def _started(browser: Browser, address: str) -> Page:
    page = _new(browser)
    page.goto(address)
    _until(page, IS_STARTED)
    return page


def _choose(page: Page, content: bytes) -> None:
    page.evaluate("() => { document.getElementById('state').textContent = ''; }")
    page.locator("#file").set_input_files({"name": "map.xlsx", "mimeType": "", "buffer": content})


def _edits(browser: Browser, address: str, what: Text, content: bytes, rounds: int) -> Iterator[Figure]:
    page = _started(browser, address)
    _choose(page, content)
    _until(page, IS_SHOWN)
    _until(page, IS_STARTED)
    taken = [page.evaluate(EDIT, [*PLACE, WORDS]) for _ in range(rounds + 1)][1:]
    page.context.close()
    for name, milliseconds in zip((WRITTEN, EDITED, TASK), zip(*taken, strict=True), strict=True):
        median = statistics.median(milliseconds) / 1000
        yield Figure(name.filled(what=what), NOTICED, median / IMMEDIATE, median, IMMEDIATE, rounds, 1)
