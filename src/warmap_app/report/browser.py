"""A page as PDF or PNG, by the browser that is here anyway: Edge is on every Windows, Chrome or Chromium elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from warmap.text import Text
from warmap_app.command import UserError

SETTING = "WARMAP_BROWSER"
SECONDS = 90
ON_PATH = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome", "brave-browser",
)  # fmt: skip
ON_WINDOWS = (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe")
ON_A_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NONE_HERE = Text(
    "PDF 和 PNG 要用浏览器来做，这里没有找到 Edge、Chrome 或 Chromium；装一个，或用环境变量 WARMAP_BROWSER 指明它在哪里，或写成 .html 再自己打印",
    "PDF and PNG are made by a browser, and neither Edge nor Chrome nor Chromium is here; install one, name one in the environment variable WARMAP_BROWSER, or write .html and print that",
)
NOT_THERE = Text("WARMAP_BROWSER 指的 {path} 不是程序", "WARMAP_BROWSER names {path}, which is no program")
FAILED = Text(
    "浏览器 {path} 没有做出来（{why}）；可以写成 .html 再自己打印",
    "the browser {path} did not make it ({why}); write .html and print that",
)
TOO_LONG = Text("超过 {seconds} 秒", "it took longer than {seconds} s")
ENDED = Text("退出码 {code}", "exit code {code}")


def browser() -> str:
    """The program to use. UserError where there is none."""
    if named := os.environ.get(SETTING):
        found = shutil.which(named)
        if found is None:
            raise UserError(NOT_THERE.filled(path=named))
        return found
    found = next(_here(), None)
    if found is None:
        raise UserError(NONE_HERE)
    return found


def _here() -> Iterator[str]:
    yield from filter(None, map(shutil.which, ON_PATH))
    folders = filter(None, (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")))
    likely = [*(Path(folder, name) for folder in folders for name in ON_WINDOWS), *map(Path, ON_A_MAC)]
    yield from (str(path) for path in likely if path.is_file())


def as_pdf(html: str) -> bytes:
    """A page printed on paper of its own size. UserError."""
    return _made(html, "page.pdf", "--no-pdf-header-footer", "--print-to-pdf={out}")


def as_png(html: str, width: int, height: int, dots: int = 2) -> bytes:
    """A page as it stands on a screen of this size in CSS pixels, each of `dots` × `dots` dots. UserError."""
    look = ("--hide-scrollbars", f"--force-device-scale-factor={dots}", f"--window-size={width},{height}")
    return _made(html, "page.png", *look, "--screenshot={out}")


def _made(html: str, name: str, *flags: str) -> bytes:
    program = browser()
    with TemporaryDirectory(prefix="warmap-", ignore_cleanup_errors=True) as folder:
        page, out = Path(folder, "page.html"), Path(folder, name)
        page.write_text(html, "utf-8")
        # Chromium refuses to run as root with its sandbox; the page is ours, runs no script and loads nothing.
        root = ["--no-sandbox"] if sys.platform != "win32" and os.geteuid() == 0 else []
        still = ["--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions"]
        command = [program, *still, *root, f"--user-data-dir={Path(folder, 'profile')}"]
        command += [flag.replace("{out}", str(out)) for flag in flags]
        _run([*command, page.as_uri()], program, folder)
        if not out.is_file():
            raise UserError(FAILED.filled(path=program, why=ENDED.filled(code=0)))
        return out.read_bytes()


def _run(command: list[str], program: str, folder: str) -> None:
    # A folder of our own, and nothing that tells the loader where else to look: no library comes from where we stand.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LD_", "DYLD_", "PYTHON"))}
    try:
        done = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False, cwd=folder, env=env
        )
    except subprocess.TimeoutExpired:
        raise UserError(FAILED.filled(path=program, why=TOO_LONG.filled(seconds=SECONDS))) from None
    except OSError as error:
        raise UserError(FAILED.filled(path=program, why=error.strerror or str(error))) from None
    if done.returncode:
        raise UserError(FAILED.filled(path=program, why=ENDED.filled(code=done.returncode)))
