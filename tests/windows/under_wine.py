"""A Windows under Wine, as the user 王小明: its own Python, pywin32, xlwings' DLL and COM. Set up by tools/windows/install.sh."""

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PureWindowsPath

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "windows"
RUN = ROOT / "tools" / "windows" / "run.sh"
PYTHON = r"C:\Python313\python.exe"
CODE_PAGES = (1252, 936)
"""An English Windows, whose code page has no Chinese, and a Chinese one."""
IS_FULL = os.environ.get("WARMAP_WINDOWS") == "full"  # make windows
COMMAND = """"{python}" -I -B -c "import xlwings; xlwings.serve('$(CLSID)')\""""
"""How the VBA starts Python (WarmapPython.bas)."""
OUR_OWN = {
    "COLUMNS",
    "PYTHONSAFEPATH",
    "WARMAP_DEBUG",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
}  # environment of these tests


@dataclass(frozen=True)
class Windows:
    """One Windows; `C:\\warmap` is this project."""

    page: int

    @property
    def drive(self):
        return HOME / str(self.page) / "drive_c"

    def here(self, path):
        """A path of that Windows as this system has it."""
        return self.drive.joinpath(*PureWindowsPath(path).parts[1:])

    @cached_property
    def profile(self):
        return self.here(r"C:\users\王小明")

    def run(self, *command, given="", environment=None, timeout=300):
        """A program run to its end: exit code, output and errors as bytes. Its streams are pipes: Wine 8.0 needs that."""
        words = ["sh", RUN, str(self.page), "wine", *command]
        named = {name: value for name, value in os.environ.items() if name not in OUR_OWN}
        return subprocess.run(
            words,
            input=given.encode(),
            capture_output=True,
            check=False,
            timeout=timeout,
            env={**named, **(environment or {})},
        )

    def python(self, *words, **named):
        return self.run(PYTHON, *words, **named)

    def warmap(self, *words, **named):
        """The `warmap` command, its output to a pipe: exit code and output as text in UTF-8."""
        done = self.python("-c", "from warmap_app.main import main; raise SystemExit(main())", *words, **named)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def answer(self, script, *words, given=None):
        """What a script of this folder prints as JSON, when it reads what it is given as JSON."""
        done = self.python(rf"C:\warmap\tests\windows\{script}", *words, given=json.dumps(given))
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return json.loads(done.stdout)


def at_once(page, *words):
    """A program whose streams nobody reads: what it leaves running in that Windows holds no pipe open."""
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    subprocess.run(["sh", RUN, str(page), *words], check=False, timeout=120, **streams)
