"""The extension holds what LibreOffice needs, and the same input gives the same bytes."""

import re
import zipfile
from importlib import metadata

import pytest

from warmap_addin.libreoffice import build
from warmap_addin.libreoffice.build import CannotBuild, Target, build_oxt


def test_building_twice_gives_the_same_bytes(oxt, tmp_path):
    assert build_oxt(tmp_path).read_bytes() == oxt.read_bytes()


def test_it_holds_our_packages_and_no_stranger(oxt):
    names = zipfile.ZipFile(oxt).namelist()
    assert "pythonpath/warmap_udfs/dispatch.py" in names
    assert not [name for name in names if "xlwings" in name or "__pycache__" in name or name.endswith("RECORD")]
    top = {name.split("/")[1] for name in names if name.startswith("pythonpath/")}
    packages = {name for name in top if not name.endswith(".dist-info")}
    assert packages == {
        "warmap", "warmap_udfs", "pydantic", "pydantic_core", "annotated_types",
        "typing_extensions.py", "typing_inspection",
    }  # fmt: skip


def test_every_dependency_of_pydantic_is_named():
    found, waiting = set(), ["pydantic"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            needs = [
                line
                for line in metadata.requires(name) or ()
                if "extra ==" not in line and "python_version <" not in line
            ]
            waiting += [re.match(r"[\w.-]+", line).group().lower().replace("_", "-") for line in needs]
    assert found == set(build.DEPENDENCIES)


def test_the_licences_of_what_is_inside_are_inside(oxt):
    names = " ".join(zipfile.ZipFile(oxt).namelist())
    for package in build.DEPENDENCIES:
        assert re.search(rf"{package.replace('-', '_')}-[\w.]+\.dist-info/\S*LICEN[SC]E", names), package


def test_an_old_python_is_refused_with_words_in_both_languages(tmp_path):
    with pytest.raises(CannotBuild) as caught:
        build_oxt(tmp_path, Target((3, 8), "win-amd64"))
    assert "3.8" in caught.value.words.zh
    assert "3.11" in caught.value.words.en


def test_where_pip_cannot_help_the_words_name_the_python_that_is_wanted(tmp_path, monkeypatch):
    monkeypatch.setattr(build.sys, "executable", "/nowhere/python")
    with pytest.raises(CannotBuild, match=r"Python 3\.12 \(win-amd64\)"):
        build_oxt(tmp_path, Target((3, 12), "win-amd64"))


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("linux-aarch64", "manylinux2014_aarch64"),
        ("macosx-11.0-arm64", "macosx_11_0_arm64"),
        ("win-amd64", "win_amd64"),
    ],
)
def test_platforms_are_named_as_wheels_name_them(platform, tag):
    assert tag in build.pip_platforms(platform)


def test_a_stale_type_library_is_never_built_in(monkeypatch):
    monkeypatch.setattr(build.generate, "idl", lambda: "module org { };")
    with pytest.raises(CannotBuild, match="--write"):
        build.type_library()
