"""`warmap addin install|uninstall --host excel`: into the profile, and out of it again without a trace."""

from __future__ import annotations

import argparse
import json

import pytest
from excel_machine import ADDIN, Runner, machine

from warmap import VERSION
from warmap_addin import WrongPath, cli
from warmap_addin.cli import outcome
from warmap_addin.excel import install as install_module
from warmap_addin.excel.install import install, own_source, requirements, uninstall
from warmap_addin.excel.machine import XLWINGS_VERSION, read_configuration, this_machine


def arguments(**given):
    return argparse.Namespace(**{"file": None, "dry_run": False, **given})


def everything(folder):
    """Each file below a folder with its content."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def addin(tmp_path):
    path = tmp_path / "given.xlam"
    path.write_bytes(ADDIN)
    return str(path)


@pytest.fixture
def pc(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    return machine(home)


def test_the_addin_lies_in_xlstart_and_the_configuration_names_python_and_xlwings(pc, addin, capsys):
    runner = Runner()
    assert outcome(install, arguments(file=addin), "en", pc, runner) == 0
    assert pc.addin.read_bytes() == ADDIN
    settings = read_configuration(pc.config.read_bytes())
    assert settings == {"python": str(pc.venv_python), "xlwings": XLWINGS_VERSION}
    assert "the ribbon has a tab" in capsys.readouterr().out
    make, pip = runner.commands
    assert make == [str(pc.python), "-I", "-m", "venv", "--clear", str(pc.venv)]
    assert pip[-3:] == requirements(own_source())
    assert f"xlwings=={XLWINGS_VERSION}" in pip


def test_pywin32_finds_a_folder_for_what_it_generates(pc, addin):
    """The one below TEMP, which it would make otherwise, has no readable name for 王小明 on an English Windows."""
    assert outcome(install, arguments(file=addin), "en", pc, Runner()) == 0
    assert pc.generated.is_dir()


class Distribution:
    """Of an installed package, where it came from."""

    def __init__(self, noted):
        self.noted = noted

    def read_text(self, name):
        assert name == "direct_url.json"
        return self.noted


class TestWhereOurOwnPackageComesFrom:
    """Never a name asked for at an index that ours did not come from: somebody else may have published one there."""

    def came_from(self, monkeypatch, noted):
        monkeypatch.setattr(install_module, "distribution", lambda _: Distribution(noted))
        return own_source()

    def test_the_wheel_that_the_running_program_was_installed_from(self, monkeypatch, tmp_path):
        wheel = tmp_path / "war map-0.1.0-py3-none-any.whl"
        wheel.write_bytes(b"PK")
        assert self.came_from(monkeypatch, json.dumps({"url": wheel.as_uri()})) == str(wheel)
        assert requirements(str(wheel))[-1] == f"{wheel}[excel]"

    @pytest.mark.parametrize(
        "noted", [None, "{}", "no json", '{"url": "https://example.org/w.whl"}', '{"url": "file:///gone.whl"}']
    )
    def test_else_this_very_version_from_the_index_that_pip_is_set_to(self, monkeypatch, noted):
        assert self.came_from(monkeypatch, noted) is None
        assert requirements(None)[-1] == f"warmap[excel]=={VERSION}"

    def test_one_that_is_named(self, pc, addin, tmp_path, capsys):
        wheel, runner = tmp_path / "given.whl", Runner()
        wheel.write_bytes(b"PK")
        assert outcome(install, arguments(file=addin, package=str(wheel)), "en", pc, runner) == 0
        assert runner.commands[-1][-1] == f"{wheel}[excel]"
        with pytest.raises(WrongPath, match=r"gone\.whl"):
            outcome(install, arguments(file=addin, package=str(tmp_path / "gone.whl")), "en", pc, runner)


def test_everything_lies_in_the_users_own_profile(pc, addin, tmp_path):
    outcome(install, arguments(file=addin), "en", pc, Runner())
    assert {p.split("/")[0] for p in everything(pc.home)} == {"Local", "Roaming"}
    assert set(everything(tmp_path)) - {f"home/{name}" for name in everything(pc.home)} == {"given.xlam"}


def test_xlwings_own_add_in_which_antivirus_software_objects_to_is_not_left_there(pc, addin):
    outcome(install, arguments(file=addin), "en", pc, Runner())
    assert list(pc.local.rglob("*.xlam")) == []


def test_uninstalling_leaves_the_profile_as_it_was(pc, addin, capsys):
    (pc.home / "Roaming" / "other.txt").parent.mkdir(parents=True)
    (pc.home / "Roaming" / "other.txt").write_text("mine", "utf-8")
    before = everything(pc.home)
    outcome(install, arguments(file=addin), "en", pc, Runner())
    assert outcome(uninstall, arguments(), "en", pc) == 0
    assert everything(pc.home) == before
    assert not pc.local.exists()
    assert "removed" in capsys.readouterr().out


def test_a_file_of_somebody_elses_in_its_place_is_kept_and_put_back(pc, addin):
    pc.addin.parent.mkdir(parents=True)
    pc.addin.write_bytes(b"another add-in")
    outcome(install, arguments(file=addin), "en", pc, Runner())
    outcome(install, arguments(file=addin), "en", pc, Runner())
    assert pc.addin.read_bytes() == ADDIN
    outcome(uninstall, arguments(), "en", pc)
    assert pc.addin.read_bytes() == b"another add-in"
    assert not pc.local.exists()


def test_a_file_changed_since_is_left_alone_and_named(pc, addin, capsys):
    outcome(install, arguments(file=addin), "en", pc, Runner())
    pc.addin.write_bytes(b"changed by hand")
    outcome(uninstall, arguments(), "en", pc)
    assert pc.addin.read_bytes() == b"changed by hand"
    assert "left as it is" in capsys.readouterr().out


def test_the_log_of_the_past_stays(pc, addin):
    outcome(install, arguments(file=addin), "en", pc, Runner())
    pc.log.write_bytes(b"x")
    outcome(uninstall, arguments(), "en", pc)
    assert everything(pc.home) == {"Local/warmap/warmap.log": b"x"}


def test_installed_again_the_python_stays_and_the_packages_are_renewed(pc, addin):
    outcome(install, arguments(file=addin), "en", pc, Runner())
    again = Runner()
    outcome(install, arguments(file=addin), "en", pc, again)
    assert [("venv" in command, "pip" in command) for command in again.commands] == [(False, True)]


def test_the_language_that_it_has_set_stays_at_an_upgrade(pc, addin):
    from warmap_addin.excel.machine import configuration_bytes

    outcome(install, arguments(file=addin), "en", pc, Runner())
    settings = read_configuration(pc.config.read_bytes())
    pc.config.write_bytes(configuration_bytes({**settings, "language": "zh"}))
    outcome(install, arguments(file=addin), "en", pc, Runner())
    assert read_configuration(pc.config.read_bytes())["language"] == "zh"
    outcome(uninstall, arguments(), "en", pc)
    assert not pc.local.exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_dry_run_says_each_step_and_changes_nothing(pc, addin, capsys, lang):
    pc.addin.parent.mkdir(parents=True)
    pc.addin.write_bytes(b"another add-in")
    before, runner = everything(pc.home), Runner()
    assert outcome(install, arguments(file=addin, dry_run=True), lang, pc, runner) == 0
    said = capsys.readouterr().out
    assert everything(pc.home) == before
    assert runner.commands == []
    assert all(str(path) in said for path in (pc.venv, pc.addin, pc.config, pc.backups))
    assert {"zh": "试运行", "en": "dry run"}[lang] in said


def test_a_dry_run_of_uninstalling_changes_nothing(pc, addin, capsys):
    outcome(install, arguments(file=addin), "en", pc, Runner())
    before = everything(pc.home)
    capsys.readouterr()
    assert outcome(uninstall, arguments(dry_run=True), "en", pc) == 0
    assert everything(pc.home) == before
    assert str(pc.addin) in capsys.readouterr().out


@pytest.mark.parametrize(("step", "left"), [("venv", set()), ("pip", None)])
def test_a_step_that_fails_is_one_message_and_no_addin_is_left(pc, addin, capsys, step, left):
    assert outcome(install, arguments(file=addin), "zh", pc, Runner(fails_at=step)) == 1
    assert "没有网络" in capsys.readouterr().out
    assert not pc.addin.exists()
    assert not pc.config.exists()
    assert outcome(uninstall, arguments(), "zh", pc) == 0
    assert everything(pc.home) == {}


def test_what_was_not_installed_is_not_uninstalled(pc, capsys):
    assert outcome(uninstall, arguments(), "en", pc) == 0
    assert "was not installed" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "words"), [(None, "There is no file"), (b"nothing", "is not an Excel add-in")])
def test_a_file_that_is_no_addin_is_wrong_use(pc, tmp_path, capsys, content, words):
    path = tmp_path / "wrong.xlam"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WrongPath, match=words):
        outcome(install, arguments(file=str(path)), "en", pc, Runner())
    assert everything(pc.home) == {}


def test_an_old_python_is_said_before_anything_is_done(tmp_path, addin, capsys):
    pc = machine(tmp_path / "old", python_version=(3, 9))
    assert outcome(install, arguments(file=addin), "en", pc, Runner()) == 1
    assert "3.11 or newer is needed, this is 3.9" in capsys.readouterr().out


def test_a_file_that_excel_holds_open_is_said(pc, addin, capsys, monkeypatch):
    outcome(install, arguments(file=addin), "en", pc, Runner())

    def refuse(self, missing_ok=False):
        raise PermissionError("in use")

    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    assert outcome(uninstall, arguments(), "en", pc) == 1
    assert "close every Excel window" in capsys.readouterr().out


def test_a_manifest_that_is_none_is_no_installation(pc):
    pc.local.mkdir(parents=True)
    pc.manifest.write_text(json.dumps({"files": [{"path": "C:\\Windows"}], "folders": []}), "utf-8")
    assert outcome(uninstall, arguments(), "en", pc) == 0


@pytest.mark.parametrize(("platform", "words"), [("linux", "--host libreoffice"), ("darwin", "--host libreoffice")])
@pytest.mark.parametrize("action", [install, uninstall])
def test_elsewhere_it_says_what_to_use_instead(pc, capsys, platform, words, action):
    from dataclasses import replace

    assert outcome(action, arguments(), "zh", replace(pc, platform=platform)) == 1
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("action", ["install", "uninstall", "doctor"])
def test_the_commands_know_this_computer(action, capsys):
    assert not this_machine().is_windows
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser, "en")
    assert cli.run(parser.parse_args([action, "--host", "excel", "--dry-run"]), "en") == 1
    assert "LibreOffice" in capsys.readouterr().out
