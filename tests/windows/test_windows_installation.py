"""A whole installation for Excel, as 王小明 makes it: Windows' own venv and pip, without a network; then out again.

Only `make windows` runs this: it takes some minutes.
"""

import json
import subprocess
import sys

import pytest
from under_wine import COMMAND, HOME, ROOT

from warmap import VERSION
from warmap_addin.excel.machine import read_config

LOCAL = r"C:\users\王小明\AppData\Local\warmap"
XLSTART = r"C:\users\王小明\AppData\Roaming\Microsoft\Excel\XLSTART"
TOOLS = r"C:\tools"
WITHOUT_NETWORK = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "C:/wheels", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
START = "from warmap_app.main import main; raise SystemExit(main())"


@pytest.fixture(scope="module")
def tools(any_windows):
    """The `warmap` command in an environment of its own, from our wheel: what a user has before installing the add-in."""
    for link, target in ((r"C:\wheels", HOME / "wheels"), (r"C:\Clean313", HOME / "clean")):
        if not any_windows.here(link).is_symlink():
            any_windows.here(link).symlink_to(target)
    if any_windows.here(LOCAL + r"\python").is_symlink():  # test_windows_user.py put it there
        any_windows.here(LOCAL + r"\python").unlink()
    built = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", HOME / "wheels", ROOT]
    subprocess.run(built, check=True, capture_output=True)
    (wheel,) = (HOME / "wheels").glob(f"warmap-{VERSION}-*.whl")

    def python(*words, timeout=1200):
        done = any_windows.run(TOOLS + r"\Scripts\python.exe", *words, environment=WITHOUT_NETWORK, timeout=timeout)
        return done.returncode, done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")

    assert any_windows.run(r"C:\Clean313\python.exe", "-m", "venv", "--clear", TOOLS, timeout=1200).returncode == 0
    code, out = python("-m", "pip", "install", "--quiet", rf"C:\wheels\{wheel.name}[excel]")
    assert code == 0, out
    return python


def warmap(python, *words):
    return python("-c", START, "addin", *words, "--host", "excel", "--lang", "zh")


def test_in_and_out_again(any_windows, tools):
    before = {path for path in any_windows.profile.rglob("*") if path.is_file()}
    code, out = warmap(tools, "install")
    assert code == 0, out
    assert any_windows.here(XLSTART + r"\warmap.xlam").is_file()
    settings = read_config(any_windows.here(LOCAL + r"\warmap.conf"))
    assert settings["python"] == LOCAL + r"\python\Scripts\python.exe"

    code, out = warmap(tools, "doctor", "--json")
    wrong = [point["code"] for point in json.loads(out) if not point["well"]]
    assert (code, wrong) == (1, ["excel"])  # there is none under Wine

    steps = [["python", settings["python"]], ["command", COMMAND], ["call", "VERSION", []]]
    assert any_windows.answer("real_dll.py", given=steps)[-1] == {"value": VERSION}

    code, out = warmap(tools, "uninstall")
    assert code == 0, out
    left = {path for path in any_windows.profile.rglob("*") if path.is_file()} - before
    assert {path for path in left if "warmap" in str(path).lower() and "pip" not in str(path).lower()} == set()
