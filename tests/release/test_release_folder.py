"""The release folder is whole, says what it holds, and is the same bytes wherever and whenever it is made.

It is made twice: here, and from a copy of the tracked files in another place, at another time zone, with other rights and
another order of sets. The web folder is a made-up one; extensions for other Pythons than this one want the network.
"""

from __future__ import annotations

import getpass
import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from warmap import VERSION
from warmap.text import LANGUAGES
from warmap_addin import release
from warmap_addin.libreoffice.build import DEPENDENCIES, HERE
from warmap_workbook.reading import read_workbook

ROOT = Path(__file__).parents[2]
ROOMS = ("src", "udfs", "addin", "workbook_templates")
SITE_PACKAGES = Path(pytest.__file__).parents[1]
OTHERS = re.compile(r"pythonpath/(?!warmap(?:_udfs)?/)")  # what others have made, inside an extension
EARLIEST = (1980, 1, 1, 0, 0, 0)
PLACES = re.compile(r"(?<![\w.:/])/(?:tmp|home|root|Users|work)/\w")  # as tests/house looks for them
LONG_ENOUGH = re.compile(r"\S{6}").search  # a name as short as “root” or “vm” stands in any text
A_TIME = re.compile(r"\b20\d\d-\d\d-\d\dT(?!00:00:00)\d\d:\d\d")  # a made-up one is a midnight


def made(root, out, web, **environment):
    """The release folder of a checkout, made as `make release` makes it, by that checkout's own code."""
    path = os.pathsep.join([*(str(root / room) for room in ROOMS), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-m", "warmap_addin.release", str(out), "--web", str(web), "--here"],
        cwd=root, env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web")
    (folder / "LICENCES.txt").write_text("MIT\n")
    (folder / "index.html").write_text("<!doctype html>\n")
    (folder / "lib").mkdir()
    (folder / "lib" / "warmap.js").write_text("export {};\n")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory, web):
    return made(ROOT, tmp_path_factory.mktemp("here") / "release", web)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, web):
    """The same from a copy: tracked files and new ones, without what lies about."""
    copy = tmp_path_factory.mktemp("copy")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
            target.chmod(0o600)
    out = tmp_path_factory.mktemp("there") / "release"
    return made(copy, out, web, PYTHONHASHSEED="7", TZ="Asia/Shanghai", LANG="zh_CN.UTF-8", SOURCE_DATE_EPOCH="1")


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def test_it_is_the_same_bytes_twice(folder, elsewhere):
    one, other = files_of(folder), files_of(elsewhere)
    assert set(one) == set(other)
    assert [name for name, path in one.items() if path.read_bytes() != other[name].read_bytes()] == []


def test_the_sums_are_right_and_nothing_else_stands_there(folder):
    lines = (folder / release.SUMS).read_text("ascii").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = files_of(folder)
    assert set(sums) == set(files) - {release.SUMS}
    assert {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in sums} == sums
    assert subprocess.run(["sha256sum", "--check", "--quiet", release.SUMS], cwd=folder, env=os.environ, check=False).returncode == 0  # fmt: skip


def test_all_that_people_download_is_there(folder):
    version, system = f"{HERE.version[0]}.{HERE.version[1]}", HERE.platform
    named = {path.stem for path in (ROOT / "workbook_templates" / "samples").glob("*.xlsx")}
    assert set(files_of(folder)) == {
        f"warmap-{VERSION}-py3-none-any.whl", f"warmap-{VERSION}.tar.gz", f"warmap-web-{VERSION}.zip", "warmap.xlam",
        *(f"war_map.{lang}.{kind}" for lang in LANGUAGES for kind in ("xlsx", "xlsm")),
        *(f"samples/{name}.xlsx" for name in named), f"warmap-{VERSION}-{system}-py{version}.oxt",
        "LICENSE", "THIRD-PARTY-LICENCES.txt", "SHA256SUMS",
    }  # fmt: skip
    assert len(named) >= 14


def test_an_extension_is_named_after_the_python_it_is_for():
    targets = set(release.TARGETS)
    assert len(targets) == len(release.TARGETS)
    assert {target.platform for target in targets} == {"linux-x86_64", "win-amd64", "macosx-11.0-arm64"}


def test_the_source_is_all_that_the_wheel_is_built_from(folder, tmp_path):
    (source,) = folder.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    env = {**os.environ, "SOURCE_DATE_EPOCH": release.EPOCH}
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=tmp_path / f"warmap-{VERSION}", env=env, check=True, capture_output=True, timeout=120)
    (built,), (wheel,) = tmp_path.glob("*.whl"), folder.glob("*.whl")
    assert built.read_bytes() == wheel.read_bytes()


@pytest.fixture(scope="module")
def installed(folder, tmp_path_factory):
    target = tmp_path_factory.mktemp("installed")
    (wheel,) = folder.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", target, wheel], cwd=target, env=os.environ, check=True, timeout=120)
    return target


class TestTheWheel:
    """Installed beside the packages it needs, and nothing else of ours within reach."""

    def said(self, installed, *words):
        """What the installed command prints: without `site`, so that no editable install is found."""
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(SITE_PACKAGES)])}
        script = [sys.executable, "-S", str(installed / "bin" / "warmap")]
        return subprocess.run([*script, *words], cwd=installed, env=env, check=True, capture_output=True, text=True, timeout=60).stdout  # fmt: skip

    def test_it_says_its_version(self, installed):
        assert self.said(installed, "--version") == f"warmap {VERSION}\n"

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_makes_the_template_of_the_release(self, installed, folder, lang):
        self.said(installed, "new", "--lang", lang, "-o", f"new.{lang}.xlsx", "--force")
        assert parts(installed / f"new.{lang}.xlsx") == parts(folder / f"war_map.{lang}.xlsx")

    def test_it_comes_from_the_wheel_alone(self, installed):
        assert {path.name for path in installed.iterdir()} > {"warmap", "warmap_app", "warmap_addin", "warmap_workbook"}
        assert not (installed / "tools").exists()


def parts(archive):
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("name", ["war_map.zh.xlsx", "war_map.en.xlsx", "samples/port_logistics.en.xlsx"])
def test_our_reader_has_nothing_to_say_of_the_workbooks(folder, name):
    said = {finding.code for finding in read_workbook(folder / name).findings}
    assert said == (set() if name.startswith("samples") else {"DV201"})  # of an empty one, that it is empty


def texts_of(folder):
    """Every text of ours that the folder holds, by where it stands; and each entry's time."""
    for name, path in files_of(folder).items():
        content = path.read_bytes()
        if name.endswith(".tar.gz"):
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                for entry in archive:
                    assert (entry.mtime, entry.uname, entry.gname, entry.uid) == (int(release.EPOCH), "", "", 0)
                    yield f"{name}/{entry.name}", archive.extractfile(entry).read()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for entry in archive.infolist():
                    assert entry.date_time == EARLIEST, (name, entry.filename)
                    if not OTHERS.match(entry.filename):
                        yield f"{name}/{entry.filename}", archive.read(entry)
        else:
            yield name, content


def test_nothing_tells_who_made_it_where_or_when(folder):
    found = set()
    hints = {
        str(ROOT),
        str(Path.home()) + os.sep,
        str(folder.parent),
        *filter(LONG_ENOUGH, {getpass.getuser(), platform.node()}),
    }
    for name, content in texts_of(folder):
        found |= {(name, hint) for hint in hints if hint.encode() in content}
        if b"\0" not in content:
            found |= {(name, place) for place in PLACES.findall(content.decode("utf-8", "replace"))}
        if name.endswith(("docProps/core.xml", "METADATA", "PKG-INFO", "WHEEL", ".txt")):
            found |= {(name, time) for time in A_TIME.findall(content.decode())}
    assert found == set()


@pytest.fixture(scope="module")
def told(folder):
    return (folder / release.LICENCES).read_text("utf-8")


class TestLicences:
    @pytest.mark.parametrize("package", DEPENDENCIES)
    def test_every_package_inside_an_extension_is_named_with_its_text(self, told, package):
        name = re.sub("[-_]", "[-_]", package)
        head, text = re.search(
            rf"^{name} (\d\S+: \S+)\n\n(.*?)(?:^={{78}}|\Z)", told, re.DOTALL | re.MULTILINE
        ).groups()
        assert head.split(": ")[1] in {"MIT", "PSF-2.0"}
        assert "copyright" in text.lower()

    def test_what_is_compiled_in_is_named(self, told):
        assert re.search(r"^Compiled in: pyo3 \S+: MIT OR Apache-2.0$", told, re.MULTILINE)

    def test_no_other_artefact_holds_packages_of_others(self, folder):
        for name, path in files_of(folder).items():
            if zipfile.is_zipfile(path) and not name.endswith(".oxt"):
                assert [one for one in parts(path) if ".dist-info/" in one and not one.startswith("warmap-")] == [], (
                    name
                )

    def test_a_package_is_named_once_however_its_lines_end(self):
        described = {"a-1.dist-info/METADATA": b"Name: a\nVersion: 1\nLicense-Expression: MIT\n\n"}
        one, other = (
            release.zipped({**described, "a-1.dist-info/licenses/LICENSE": text}) for text in (b"A\nB\n", b"A\r\nB\r\n")
        )
        assert list(release.bundled(one)) == list(release.bundled(other)) == [("a", "1", "MIT", "A\nB")]

    def test_a_package_without_its_licence_stops_the_release(self):
        archive = release.zipped({"pythonpath/x-1.dist-info/METADATA": b"Name: x\nVersion: 1\nLicense: MIT\n\n"})
        with pytest.raises(release.CannotDo, match="x comes without its licence"):
            list(release.bundled(archive))


class TestWhatStopsIt:
    def test_a_missing_web_folder_names_the_command_that_makes_it(self, tmp_path, capsys, monkeypatch):
        monkeypatch.chdir(ROOT)
        assert release.main([str(tmp_path / "out"), "--web", str(tmp_path / "none"), "--here"]) == 1
        assert "make web" in capsys.readouterr().err
        assert not (tmp_path / "out").exists()

    def test_a_web_folder_without_licences(self, tmp_path):
        (tmp_path / "index.html").write_text("x")
        with pytest.raises(release.CannotDo, match="no list of licences"):
            release.web_folder(tmp_path)

    def test_a_folder_in_which_something_stands(self, tmp_path, capsys):
        with pytest.raises(SystemExit):
            release.main([str(tmp_path)])
        assert "remove it first" in capsys.readouterr().err

    def test_a_missing_hatchling_names_the_command_that_installs_it(self, monkeypatch, tmp_path):
        monkeypatch.setattr(release.sys, "executable", str(tmp_path / "python"))
        with pytest.raises(release.CannotDo, match="make setup"):
            release.distributions()
