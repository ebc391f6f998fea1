"""`make release`: all that people download, in one folder, with checksums and licences; the same bytes every time.

It stands beside the builders because it is the list of what they build; it is run in the folder of a checkout, with the
development packages.
"""

import argparse
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from warmap import VERSION
from warmap.text import Text
from warmap_addin import CannotDo, in_full, last_words
from warmap_addin.excel.build import build_all
from warmap_addin.libreoffice.build import HERE, SAFE, Target, extension, zipped
from warmap_workbook.saving import CannotWrite, save

OF_LIBREOFFICE = ("win-amd64", "macosx-11.0-arm64")  # there LibreOffice brings a Python of its own
TARGETS = (
    *(Target((3, minor), "linux-x86_64") for minor in (11, 12, 13)),  # Debian 12, Ubuntu 24.04, Debian 13
    *(Target((3, minor), system) for system in OF_LIBREOFFICE for minor in (11, 12)),
)
"""The Pythons that get an extension: pydantic is compiled for each by itself, and no file serves two of them."""
EPOCH = "315532800"  # the beginning of 1980, the earliest a zip can hold: whatever is built bears this one time
SITE, SUMS, LICENCES = f"warmap-web-{VERSION}", "SHA256SUMS", "THIRD-PARTY-LICENCES.txt"
TEMPLATES = Path("workbook_templates")

NO_WEB = Text("没有 {path}：先运行 make web", "there is no {path}: run make web first")
WEB_UNLICENSED = Text("{path} 里没有许可证清单（LICEN…）", "{path} holds no list of licences (LICEN…)")
NO_WHEEL = Text("生成不了安装包：{fault}。先运行 make setup", "cannot build the wheel: {fault}. Run make setup first")
UNLICENSED = Text("{package} 没有附上许可证", "{package} comes without its licence")
HEAD = f"""What the files of this release hold that others have made, each with its licence. All else is ours: LICENSE.

The wheel, the source, the workbooks and the Excel add-in hold nothing of others.
{SITE}.zip names the licences of what it holds in a file of its own.
The extensions for LibreOffice (.oxt) hold:
"""
COMPILED_IN = "Compiled in:"


class Bundled(NamedTuple):
    """A package of others inside an extension, with the text of its licence."""

    name: str
    version: str
    licence: str
    text: str


def assembled(web: Path, targets: Sequence[Target] = TARGETS) -> dict[str, bytes]:
    """Every file of the release by its name. Raises CannotDo."""
    systems = {f"{target.platform}-py{'.'.join(map(str, target.version))}": target for target in targets}
    extensions = {f"warmap-{VERSION}-{system}.oxt": extension(target) for system, target in systems.items()}
    content = {
        f"{SITE}.zip": web_folder(web),
        **distributions(),
        # as they are committed: another zlib would pack the same parts otherwise
        **{path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in TEMPLATES.glob("**/*.xlsx")},
        **build_all(),
        **extensions,
        "LICENSE": Path("LICENSE").read_bytes(),
        LICENCES: licences({one for oxt in extensions.values() for one in bundled(oxt)}).encode(),
    }
    return {**content, SUMS: sums(content)}


def distributions() -> dict[str, bytes]:
    """Wheel and source, by hatchling itself: `pip wheel` makes no source, and fetches what it builds with."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-m", "hatchling", "build", "--directory", folder]
        env = {**os.environ, SAFE: "1", "SOURCE_DATE_EPOCH": EPOCH}
        try:
            subprocess.run(command, cwd=".", env=env, check=True, capture_output=True, text=True, timeout=300)  # noqa: S603  our own list
        except (OSError, subprocess.SubprocessError) as error:
            raise CannotDo(in_full(NO_WHEEL, fault=last_words(error))) from error
        return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}


def web_folder(folder: Path) -> bytes:
    """The web folder as a zip, which unpacks into a folder with the version. Raises CannotDo."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if not files:
        raise CannotDo(in_full(NO_WEB, path=folder))
    if not any("LICEN" in file.upper() for file in files):
        raise CannotDo(in_full(WEB_UNLICENSED, path=folder))
    return zipped({f"{SITE}/{file}": path.read_bytes() for file, path in files.items()})


def bundled(archive: bytes) -> Iterator[Bundled]:
    """The packages inside a zip as they describe themselves: who is new in it cannot be forgotten. Raises CannotDo."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = opened.namelist()
        for described in (name for name in names if name.endswith(".dist-info/METADATA")):
            facts = HeaderParser().parsestr(opened.read(described).decode())
            own = [name for name in names if name.startswith(described.removesuffix("METADATA"))]
            text = [opened.read(name).decode() for name in own if "LICEN" in Path(name).name.upper()]
            licence = facts["License-Expression"] or facts["License"]
            if not text or not licence:
                raise CannotDo(UNLICENSED.filled(package=facts["Name"]))
            lists = [json.loads(opened.read(name)) for name in own if name.endswith(".cyclonedx.json")]
            for crate in (one for parts in lists for one in parts["components"] if one["scope"] != "excluded"):
                its = " AND ".join(part["expression"] for part in crate["licenses"])
                text.append(f"{COMPILED_IN} {crate['name']} {crate['version']}: {its}")
            lines = "\n".join(text).strip().splitlines()  # which a wheel for Windows ends otherwise
            yield Bundled(facts["Name"], facts["Version"], licence, "\n".join(lines))


def licences(packages: set[Bundled]) -> str:
    """The list of what is not ours, with the texts of the licences."""
    told = (f"{'=' * 78}\n{one.name} {one.version}: {one.licence}\n\n{one.text}\n" for one in sorted(packages))
    return "\n".join((HEAD, *told))


def sums(content: Mapping[str, bytes]) -> bytes:
    """The checksums, as `sha256sum -c` reads them."""
    return "".join(f"{hashlib.sha256(content[name]).hexdigest()}  {name}\n" for name in sorted(content)).encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the release into a new folder: 0 done, 1 it cannot be made, and why."""
    parser = argparse.ArgumentParser(prog="python -m warmap_addin.release", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder to make")
    parser.add_argument("--web", type=Path, default=Path("build/web"), help="the web folder (default: %(default)s)")
    parser.add_argument("--here", action="store_true", help="an extension for the Python at work here alone: offline")
    options = parser.parse_args(arguments)
    if options.out.exists():
        parser.error(f"{options.out} exists: remove it first, for nothing else may stand in it")
    try:
        content = assembled(options.web, (HERE,) if options.here else TARGETS)
        for name, data in sorted(content.items()):
            save(options.out / name, data)
    except (CannotDo, CannotWrite) as error:
        print(error.words.en, file=sys.stderr)
        return 1
    print(f"{options.out}: {len(content)} files, {sum(map(len, content.values())) // 2**20} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
