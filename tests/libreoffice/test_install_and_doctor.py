"""`warmap addin …` for LibreOffice: install, look, fix, remove."""

import argparse

import pytest

from warmap import VERSION
from warmap_addin import WrongPath, cli
from warmap_addin.libreoffice import doctor as doctor_module
from warmap_addin.libreoffice import install as install_module
from warmap_addin.libreoffice import locate
from warmap_addin.libreoffice.doctor import examine

pytestmark = pytest.mark.office


def run(*words, lang="en"):
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser, "en")
    return cli.run(parser.parse_args([*words, "--host", "libreoffice"]), lang)


def test_the_way_of_a_user(oxt, tmp_path, capsys):
    profile = str(tmp_path / "profile")
    assert run("doctor", "--profile", profile) == 1
    assert "✗ The extension is not installed\n  → Run warmap addin install" in capsys.readouterr().out
    assert run("install", "--profile", profile, "--file", str(oxt)) == 0
    assert run("doctor", "--profile", profile, lang="zh") == 0
    said = capsys.readouterr().out
    assert f"✓ 扩展已安装：{VERSION}" in said
    assert f"=WARMAP.VERSION() 算得 {VERSION}" in said
    assert run("uninstall", "--profile", profile) == 0
    assert run("uninstall", "--profile", profile) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "The extension was not installed"


def test_root_is_told_how_to_start_what_it_installed_in_a_profile(monkeypatch, tmp_path):
    """Root installs for everybody: started with the profile alone, LibreOffice would not see the extension."""
    monkeypatch.setattr(install_module, "is_root", lambda: True)
    monkeypatch.setattr(locate, "is_root", lambda: True)
    said = install_module.how_to_start(tmp_path).en
    assert f"soffice -env:UserInstallation={tmp_path.as_uri()} -env:UNO_SHARED_PACKAGES_CACHE=" in said
    assert install_module.how_to_start(None) is None
    monkeypatch.setattr(install_module, "is_root", lambda: False)
    assert install_module.how_to_start(tmp_path) is None


def test_a_built_file_is_not_overwritten_without_force(tmp_path, capsys):
    assert run("build", "-o", str(tmp_path)) == 0
    with pytest.raises(WrongPath, match="--force"):
        run("build", "-o", str(tmp_path))
    assert run("build", "-o", str(tmp_path), "--force") == 0


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(WrongPath, match="absent"):
        run("install", "--file", str(tmp_path / "absent.oxt"))


def test_a_file_that_is_no_extension_is_a_problem_in_words(tmp_path, capsys):
    wrong = tmp_path / "wrong.oxt"
    wrong.write_bytes(b"nothing")
    assert run("install", "--profile", str(tmp_path / "profile"), "--file", str(wrong)) == 1
    assert "Close every LibreOffice window" in capsys.readouterr().out


def test_without_libreoffice_the_doctor_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(doctor_module, "find_office", lambda: None)
    (point,) = examine()
    assert "libreoffice.org" in point.remedy.en


def test_without_uno_the_doctor_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(doctor_module, "find_python", lambda: None)
    assert "python3-uno" in examine()[-1].remedy.en


def test_an_old_python_and_another_version_are_told(monkeypatch, oxt, tmp_path):
    found = locate.find_python()
    old = locate.OfficePython(found.program, (3, 8), found.platform)
    monkeypatch.setattr(doctor_module, "find_python", lambda: old)
    monkeypatch.setattr(doctor_module, "VERSION", "99.0")
    profile = tmp_path / "profile"
    install_module.add_extension(profile, oxt=oxt)
    remedies = [point.remedy.en for point in examine(profile) if point.remedy]
    assert "newer LibreOffice" in remedies[0]
    assert "install" in remedies[1]
