"""The extension as a file: our packages, the component, and pydantic for the Python that LibreOffice runs."""

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from warmap.text import Lang, Text
from warmap_addin import CannotDo, WrongPath, in_full, last_words
from warmap_addin.libreoffice import generate
from warmap_addin.libreoffice.locate import find_python
from warmap_workbook.editing.zip_out import zip_of
from warmap_workbook.saving import save

FILE_NAME = "warmap.oxt"
OUR_PACKAGES = ("warmap", "warmap_udfs")
LEFT_OUT = frozenset({"warmap_udfs/excel.py"})  # it imports xlwings
DEPENDENCIES = ("annotated-types", "pydantic", "pydantic-core", "typing-extensions", "typing-inspection")
NOT_FOR_USERS = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"})  # of the machine, not the package
UNIX = 3  # what a zip says that the rights of its files are those of, on every system
LOWEST_PYTHON = (3, 11)
SAFE = "PYTHONSAFEPATH"  # for what pip starts


class CannotBuild(CannotDo):
    """The extension cannot be built here."""


@dataclass(frozen=True, slots=True)
class Target:
    """The Python an extension is for: version and platform as sysconfig names it (`linux-x86_64`)."""

    version: tuple[int, int]
    platform: str


HERE = Target(sys.version_info[:2], sysconfig.get_platform())
TOO_OLD = Text(
    "LibreOffice 自带的 Python 是 {found}，这些函数需要 {wanted} 或更新：请安装更新的 LibreOffice。",
    "LibreOffice runs Python {found}, and the functions need {wanted} or newer: install a newer LibreOffice.",
)
NO_PACKAGES = Text(
    "LibreOffice 运行 Python {found}（{platform}），与当前的 Python 不同，pip 也取不到 pydantic 的对应版本：{fault}。"
    "请用 Python {found} 运行 warmap addin build，或联网后重试。",
    "LibreOffice runs Python {found} ({platform}), not the Python at work here, and pip could not get pydantic for it: "
    "{fault}. Run warmap addin build with Python {found}, or try again with a connection.",
)
TYPE_LIBRARY_COMMAND = "python -m tools.type_library --write"
STALE = Text("warmap.rdb 已过期：请运行 {command}", "warmap.rdb is stale: run {command}")
BUILT = Text(
    "已生成 {path}（{size} KB）；用 warmap addin install --host libreoffice 安装",
    "Built {path} ({size} KB); install it with: warmap addin install --host libreoffice",
)
EXISTS = Text("{path} 已存在；加 --force 覆盖", "{path} exists already; add --force to overwrite it")


def build(arguments: argparse.Namespace, lang: Lang) -> int:
    """`warmap addin build --host libreoffice [-o PATH] [--force]`: 0 built. Raises CannotBuild, WrongPath, CannotWrite."""
    out = Path(arguments.out or FILE_NAME)
    path = out / FILE_NAME if out.is_dir() else out
    if path.exists() and not arguments.force:
        raise WrongPath(in_full(EXISTS, path=path))
    build_oxt(path)
    print(in_full(BUILT, path=path, size=path.stat().st_size // 1024).to(lang))
    return 0


def office_target() -> Target:
    """What LibreOffice on this machine runs; without LibreOffice, the Python at work here."""
    python = find_python()
    return Target(python.version, python.platform) if python else HERE


def build_oxt(out: Path, target: Target | None = None) -> Path:
    """Write the extension to `out` (a file, or a folder that gets `warmap.oxt`); the same input gives the same bytes.

    Raises CannotBuild, CannotWrite.
    """
    path = out / FILE_NAME if out.is_dir() else out
    save(path, extension(target or office_target()))
    return path


def extension(target: Target) -> bytes:
    """The extension for one Python; the same input gives the same bytes. Raises CannotBuild."""
    if target.version < LOWEST_PYTHON:
        raise CannotBuild(TOO_OLD.filled(found=_dotted(target), wanted=".".join(map(str, LOWEST_PYTHON))))
    return zipped({**generate.documents(), "warmap.rdb": type_library(), **own_files(), **dependency_files(target)})


def zipped(content: Mapping[str, bytes]) -> bytes:
    """A zip of these files by name, in the order of the names."""
    return zip_of(dict(sorted(content.items())), 0o644, system=UNIX)


def _dotted(target: Target) -> str:
    return ".".join(map(str, target.version))


def type_library() -> bytes:
    """The kept type library. Raises CannotBuild where the function table has changed since it was written."""
    if generate.KEPT_IDL.read_text(encoding="utf-8") != generate.idl():
        raise CannotBuild(STALE.filled(command=TYPE_LIBRARY_COMMAND))
    return generate.KEPT_RDB.read_bytes()


def own_files() -> dict[str, bytes]:
    """The components at the top, our packages under pythonpath/."""
    components = (generate.COMPONENT, generate.JOB_COMPONENT)
    files = {name: Path(__file__).with_name(name).read_bytes() for name in components}
    for package in OUR_PACKAGES:
        spec = find_spec(package)
        assert spec is not None
        assert spec.submodule_search_locations is not None
        root = Path(next(iter(spec.submodule_search_locations)))
        for path in _sources(root):
            name = f"{package}/{path.relative_to(root).as_posix()}"
            if name not in LEFT_OUT:
                files[f"pythonpath/{name}"] = path.read_bytes()
    return files


def _sources(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.endswith((".pyc", ".pyi")):
            yield path


def dependency_files(target: Target) -> dict[str, bytes]:
    """Pydantic and what it needs, with their licences, for the target's Python."""
    if target == HERE:
        return {name: data for package in DEPENDENCIES for name, data in _installed(package)}
    with tempfile.TemporaryDirectory() as folder:
        _download(target, Path(folder))
        return {
            f"pythonpath/{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in _sources(Path(folder))
            if _wanted(PurePosixPath(path.relative_to(folder).as_posix()))
        }


def _wanted(path: PurePosixPath) -> bool:
    return (
        ".." not in path.parts and "__pycache__" not in path.parts and path.suffix not in {".pyc", ".pyi"}
        and path.parts[0] != "bin" and not (".dist-info" in path.parts[0] and path.name in NOT_FOR_USERS)
    )  # fmt: skip


def _installed(package: str) -> Iterator[tuple[str, bytes]]:
    for path in metadata.files(package) or ():
        if _wanted(PurePosixPath(path.as_posix())):
            yield f"pythonpath/{path.as_posix()}", Path(str(path.locate())).read_bytes()


def pip_platforms(platform: str) -> list[str]:
    """The tags of wheels that run on a platform as sysconfig names it."""
    if platform.startswith("linux-"):
        machine = platform.removeprefix("linux-")
        return [f"manylinux_2_17_{machine}", f"manylinux2014_{machine}"]
    return [platform.replace("-", "_").replace(".", "_")]


def _download(target: Target, folder: Path) -> None:
    """Download the versions installed here, for another Python, with pip."""
    wanted = [f"{package}=={metadata.version(package)}" for package in DEPENDENCIES]
    platforms = [word for tag in pip_platforms(target.platform) for word in ("--platform", tag)]
    command = [
        sys.executable, "-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps",
        "--only-binary=:all:", "--implementation", "cp", "--python-version", _dotted(target), *platforms,
        "--target", str(folder), *wanted,
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300, env={**os.environ, SAFE: "1"})  # noqa: S603  our own list
    except (OSError, subprocess.SubprocessError) as error:
        words = in_full(NO_PACKAGES, found=_dotted(target), platform=target.platform, fault=last_words(error))
        raise CannotBuild(words) from error
