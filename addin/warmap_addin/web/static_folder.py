"""The static folder that runs the war map in any browser: built from npm and PyPI packages, found, copied, served.

    python -m warmap_addin.web.static_folder build/web

Both package lists are pinned with sums (`page/package-lock.json`, `python_packages.txt`). The same sources give the same bytes.
"""

import gzip
import hashlib
import http.server
import json
import os
import shutil
import socketserver
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from warmap.text import Text
from warmap_addin import CannotDo, in_full
from warmap_addin.web.office.office_files import FOLDER, office_files
from warmap_workbook.saving import save

HERE = Path(__file__).resolve().parent
PAGE = HERE / "page"
ROOT = HERE.parents[2]  # of a checkout
BUILT = ROOT / "build" / "web"
CARRIED = "warmap_web"  # the package that carries the folder where there is no checkout
AS_IS = ("index.html", "icon.svg", "app.webmanifest")
ARCHIVE = "python.zstdtar"  # of all modules but the library's, named after the kind that Python unpacks
LIBRARY = "python_stdlib.zip"
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", LIBRARY, "pyodide-lock.json")
NEVER_IMPORTED = (  # by a page; with code pages that no list of people comes in, 0.7 MB
    "_pyio", "_pyrepl/", "bdb", "doctest", "imaplib", "mailbox", "optparse", "pdb", "pickletools", "pydoc", "smtplib",
    "statistics", "turtle", "unittest/", "wsgiref/", "xml/dom/", "xmlrpc/",
    *(f"encodings/{page}" for page in (
        "cp5", "cp7", "cp8", "cp10", "cp11", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "euc_",
        "hp_", "iso2022_", "iso8859_", "johab", "koi8_", "kz1048", "mac_", "palmos", "ptcp154", "shift_", "tis_620",
    )),
)  # fmt: skip
COMPILED = "pydantic_core"  # its code is WebAssembly and is loaded as a wheel
LEFT_OUT = (
    "pydantic/v1/", "pydantic/mypy", "pydantic/_hypothesis", "xlsxwriter/test", "warmap_addin/libreoffice/", "warmap_addin/excel/vba", "warmap_addin/web/page/",
    "warmap_addin/web/office/", "warmap_addin/release", "warmap_workbook/samples/",
    *(f"warmap_app/{room}/" for room in ("batch", "calibration", "commands", "portfolio", "store")),
)  # fmt: skip
SAMPLES = ("war_map.zh.xlsx", "war_map.en.xlsx", "samples/manufacturer_mes.zh.xlsx", "samples/manufacturer_mes.en.xlsx")
MOST_BYTES = 12_000_000  # over the wire, gzipped
ABOUT = "folder.json"
OFFLINE = "offline.js"  # keeps the folder in a browser
UNNAMED = "NAME-OF-THE-BUILD"  # stands in it for the name
TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}

NO_FOLDER = Text(
    "这里没有网页文件夹。在源码目录里运行 make web 生成，或者 pip install warmap-web。",
    "There is no web folder here: run make web in a checkout, or pip install warmap-web.",
)
NO_PROGRAM = Text(
    "找不到 {program}：生成网页要 Node.js 20 以上", "{program} is not here: the page is built with Node.js 20 or newer"
)
FAILED = Text("{program} 没有成功：{why}", "{program} failed: {why}")
TOO_LARGE = Text("网页压缩后有 {found} 字节，最多 {most}", "the folder is {found} bytes when gzipped; at most {most}")


def find() -> Path:
    """The built folder: that of a checkout, else the one that a package carries. CannotDo where there is none."""
    carried = find_spec(CARRIED)
    places = [
        BUILT,
        *(Path(place) / "folder" for place in (carried.submodule_search_locations or () if carried else ())),
    ]
    found = next((place for place in places if (place / ABOUT).is_file()), None)
    if found is None:
        raise CannotDo(NO_FOLDER)
    return found


def files_of(folder: Path) -> list[str]:
    """The files of the folder as its own list names them, the list itself included."""
    return [*json.loads((folder / ABOUT).read_text("utf-8"))["files"], ABOUT]


def build(out: Path) -> int:
    """Build the folder; gives its size over the wire in bytes. CannotDo for what is missing or fails."""
    out = out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    (out / "wheels").mkdir(parents=True)
    if not (PAGE / "node_modules" / "esbuild").is_dir():
        _run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=PAGE)
    packages = json.loads(_run("node", "build.mjs", str(out), cwd=PAGE))
    for name in AS_IS:
        save(out / name, (PAGE / name).read_bytes())
    (out / "pyodide").mkdir()
    for name in PYODIDE:
        save(out / "pyodide" / name, (PAGE / "node_modules" / "pyodide" / name).read_bytes())
    with TemporaryDirectory() as made:
        save(Path(made) / LIBRARY, (out / "pyodide" / LIBRARY).read_bytes())
        (out / "pyodide" / LIBRARY).unlink()
        _run("node", "compile.mjs", made, str(out / "pyodide" / LIBRARY), *NEVER_IMPORTED, cwd=PAGE)
    with TemporaryDirectory() as made:
        wheels = Path(made)
        _collect_wheels(wheels)
        licences = _Licences()
        _of_npm([*packages, "pyodide"], licences)
        _of_wheels(wheels, licences)
        for wheel in wheels.glob(f"{COMPILED}*.whl"):
            save(out / "wheels" / wheel.name, wheel.read_bytes())
            wheel.unlink()
        _run("node", "compile.mjs", str(wheels), str(out / ARCHIVE), *LEFT_OUT, cwd=PAGE)
    for name, content in office_files().items():
        save(out / FOLDER / name, content)
    save(out / "LICENCES.txt", "\n".join(licences.lines).encode())
    (out / "samples").mkdir()
    for name in SAMPLES:
        save(out / "samples" / Path(name).name, (ROOT / "workbook_templates" / name).read_bytes())
    return _list_files(out)


def _list_files(out: Path) -> int:
    """Write the list of files with a name made of all they hold, so that a browser keeps each build apart."""
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    total = hashlib.sha256()
    for name in files:
        total.update(name.encode() + hashlib.sha256((out / name).read_bytes()).digest())
    build_name = f"warmap-{total.hexdigest()[:16]}"
    offline = out / OFFLINE
    save(offline, offline.read_text("utf-8").replace(UNNAMED, build_name).encode(), force=True)
    size = sum(len(gzip.compress((out / name).read_bytes(), mtime=0)) for name in files)
    wheels = [Path(name).name for name in files if name.startswith("wheels/")]
    about = {"name": build_name, "archive": ARCHIVE, "wheels": wheels, "files": files}
    if size > MOST_BYTES:  # before there is a list: without it nobody takes the folder for whole
        raise CannotDo(in_full(TOO_LARGE, found=size, most=MOST_BYTES))
    save(out / ABOUT, (json.dumps(about, indent=1) + "\n").encode())
    return size


def _run(program: str, *arguments: str, cwd: Path) -> str:
    found = shutil.which(program)
    if found is None:
        raise CannotDo(in_full(NO_PROGRAM, program=program))
    done = subprocess.run(  # noqa: S603  node, npm and Python, with arguments of ours
        [found, *arguments],
        cwd=cwd,
        env=os.environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise CannotDo(in_full(FAILED, program=program, why=(done.stderr or done.stdout).strip()[-1500:]))
    return done.stdout


def _collect_wheels(folder: Path) -> None:
    """Everything that Python needs in the page, each file as its index served it, and ourselves."""
    wanted = [
        line for line in (HERE / "python_packages.txt").read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    pip = ("-I", "-m", "pip", "--disable-pip-version-check", "--quiet")
    python = sys.executable
    for line in wanted:
        save(folder / "one.txt", f"{line}\n".encode())
        # these have no wheel for browsers; of any other their Python files serve
        platform = "manylinux2014_x86_64" if line.startswith(("markupsafe", "pyyaml")) else "pyemscripten_2026_0_wasm32"
        kind = ("--python-version=3.14", "--implementation=cp", "--abi=cp314", "--abi=none", f"--platform={platform}")
        _run(
            python, *pip, "download", "--no-deps", "--require-hashes", "--only-binary=:all:", *kind, "--platform=any",
            "-r", "one.txt", "-d", ".", cwd=folder,
        )  # fmt: skip
    (folder / "one.txt").unlink()
    _run(python, *pip, "wheel", "--no-deps", "-w", str(folder), str(ROOT), cwd=folder)


# -- licences ----------------------------------------------------------------------------------------------------------


def _of_npm(packages: list[str], licences: "_Licences") -> None:
    for name in sorted(set(packages)):
        folder = PAGE / "node_modules" / name
        about = json.loads((folder / "package.json").read_text("utf-8"))
        texts = [path.read_text("utf-8", "replace") for path in sorted(folder.glob("LICEN[CS]E*")) if path.is_file()]
        licences.add(name, about.get("version", ""), str(about.get("license", "")), texts)


def _of_wheels(folder: Path, licences: "_Licences") -> None:
    for path in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            about = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
            lines = wheel.read(about).decode("utf-8").splitlines()
            said = {key: value for key, _, value in (line.partition(": ") for line in reversed(lines)) if value}
            texts = [
                wheel.read(name).decode("utf-8", "replace") for name in sorted(wheel.namelist())
                if ".dist-info/" in name and "LICEN" in name.upper().rpartition("/")[2]
            ]  # fmt: skip
        licences.add(said["Name"], said["Version"], said.get("License-Expression") or said.get("License", ""), texts)


class _Licences:
    """Every package with its licence; a text that several share stands once."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._holders: dict[str, str] = {}

    def add(self, name: str, version: str, licence: str, texts: list[str]) -> None:
        """One package."""
        self.lines.append(f"== {name} {version}: {licence or '-'}")
        for text in texts:
            holder = self._holders.setdefault(text, name)
            self.lines += [text if holder == name else f"The same text as of {holder}.", ""]


# -- for a user --------------------------------------------------------------------------------------------------------


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012  the base's own kind

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's own name
        """Nobody asked for a line a request."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder is not listed."""
        del path
        self.send_error(http.HTTPStatus.NOT_FOUND)

    def translate_path(self, path: str) -> str:
        """The file of an address; a link that leads out of the folder is no file of it."""
        found = Path(super().translate_path(path))
        return str(found if found.resolve().is_relative_to(Path(self.directory).resolve()) else found / "outside")


def server(folder: Path, port: int = 0) -> socketserver.TCPServer:
    """A server of the folder on this computer only; port 0 takes a free one."""

    def handler(request: object, address: object, of: socketserver.BaseServer) -> _Handler:
        return _Handler(request, address, of, directory=str(folder))  # type: ignore[arg-type]

    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


if __name__ == "__main__":
    try:
        print(f"{sys.argv[1]}: {build(Path(sys.argv[1])) / 1e6:.1f} MB gzipped")
    except CannotDo as refusal:
        sys.exit(refusal.words.en)
