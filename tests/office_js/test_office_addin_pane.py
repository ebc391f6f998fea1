"""The page that Excel keeps open, in a real Chromium with stand-ins of office.js and the worker."""

import os
import re
import shutil
import subprocess

import pytest

from real_programs import CHROMIUM, installed

OFFICE = """
var order = [], CustomFunctions = { associate: (name) => order.push(name), Error, ErrorCode: {} };
var Excel = { run: async () => ({ written: 3, left: ["Settings!D7"], locked: [] }) };
var Office = {
    context: { displayLanguage: "LANGUAGE" }, StartupBehavior: { load: "Load" },
    addin: { setStartupBehavior: async (how) => (document.body.dataset.startup = how) },
    onReady: (work) => addEventListener("load", work),
};
var Worker = class {
    constructor(address, options) { Object.assign(document.body.dataset, { worker: address, kind: options.type, functions: order.length }); }
    postMessage({ id, op, args }) {
        document.body.dataset.asked = op + " " + JSON.stringify(args);
        setTimeout(() => { this.onmessage({ data: { id, ANSWER } }); setTimeout(() => document.getElementById("connect").click()); });
    }
};
"""


@pytest.fixture
def browser(folder, tmp_path):
    """What the page shows in the end, as its text by id, and the marks that the stand-ins left on its body."""
    program = installed(*CHROMIUM)

    def shows(language, answer="value: true"):
        place = tmp_path / "page"
        shutil.copytree(folder, place)
        page = (place / "taskpane.html").read_text("utf-8")
        (place / "taskpane.html").write_text(re.sub(r'https://[^"]+/office\.js', "office.js", page), "utf-8")
        (place / "office.js").write_text(OFFICE.replace("LANGUAGE", language).replace("ANSWER", answer), "utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        flags += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom"]
        done = subprocess.run(
            [program, *flags, (place / "taskpane.html").as_uri()],
            capture_output=True, encoding="utf-8", check=True, cwd=tmp_path, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        )  # fmt: skip
        texts = dict(re.findall(r'id="(\w+)"[^>]*>([^<]*)<', done.stdout))
        return {**texts, **dict(re.findall(r'(?:data-|<html )(\w+)="([^"]*)"', done.stdout))}

    return shows


def test_it_starts_python_in_a_worker_and_connects(browser):
    page = browser("en-US")
    assert (page["worker"], page["kind"], page["startup"]) == ("../worker.js", "module", "Load")
    assert int(page["functions"]) > 30, "Excel knew every function before anything was started"
    assert re.fullmatch(r'start {"lang":"en","today":"\d{4}-\d\d-\d\d"}', page["asked"].replace("&quot;", '"'))
    assert (page["lang"], page["title"], page["state"]) == ("en", "War Map", "The functions are ready")
    assert page["said"].splitlines() == [
        "Wrote 3 formulas anew; sheets are protected again as they were.",
        "Could not be written, please look at: Settings!D7",
    ]


def test_it_speaks_chinese_where_excel_does(browser):
    page = browser("zh-CN")
    assert (page["lang"], page["title"], page["state"], page["connect"]) == ("zh-CN", "作战地图", "函数已就绪", "连接")
    assert page["said"].startswith("已重写 3 个公式")


def test_it_says_why_python_did_not_start(browser):
    assert browser("en-US", 'failed: true, words: "no network"')["state"].startswith(
        "Python did not start: no network."
    )
