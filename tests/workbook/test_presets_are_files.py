"""A preset per industry is a file, not code; every result is stamped with the settings it was judged by."""

from __future__ import annotations

import json

import pytest
import yaml

from warmap.evaluation import evaluate
from warmap.judgement import judge
from warmap.model import WarMap
from warmap.settings import changed, default_settings, flat, settings_from, stamp
from warmap.text import LANGUAGES
from warmap_app.main import main
from warmap_workbook.ooxml import read_book
from warmap_workbook.presets import preset, preset_names
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.writing.build import build_workbook


@pytest.mark.parametrize("name", preset_names())
class TestPresets:
    def test_it_is_valid_and_changes_something(self, name):
        data = yaml.safe_load(preset(name).read_text("utf-8"))
        assert changed(settings_from(data))

    def test_every_value_that_is_written_differs_from_the_default_or_stands_in_a_group_that_does(self, name):
        data = yaml.safe_load(preset(name).read_text("utf-8"))
        assert {code.partition(".")[0] for code in changed(settings_from(data))} == set(data)

    def test_weights_still_add_up(self, name):
        settings = settings_from(yaml.safe_load(preset(name).read_text("utf-8")))
        assert sum(settings.health_weight.values()) == pytest.approx(100)
        assert sum(settings.role_weight.values()) == pytest.approx(1)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_command_lists_and_prints_it(self, name, lang, capsys):
        assert main(["settings", "--list", "--lang", lang]) == 0
        assert f"{name}: " in capsys.readouterr().out
        assert main(["settings", name, "--lang", lang]) == 0
        assert settings_from(yaml.safe_load(capsys.readouterr().out)) == settings_from(
            yaml.safe_load(preset(name).read_text("utf-8"))
        )

    def test_it_travels_inside_a_workbook(self, name):
        settings = settings_from(yaml.safe_load(preset(name).read_text("utf-8")))
        intake = read_workbook(build_workbook(WarMap(), "en", settings))
        assert dict(flat(intake.settings)) == dict(flat(settings))
        assert stamp(intake.settings) == stamp(settings)


class TestStamp:
    def test_the_default_is_named(self):
        assert stamp(default_settings()) == "default"
        assert "settings" not in evaluate(judge(WarMap())), "a result without the key follows the default settings"

    def test_a_result_tells_what_differs(self):
        settings = settings_from({"visit_days": 45, "tier.A": 90})
        told = evaluate(judge(WarMap(), settings))["settings"]
        assert told["changed"] == {"tier.A": 90, "visit_days": 45}
        assert told["stamp"] == stamp(settings_from({"tier": {"A": 90.0}, "visit_days": 45.0}))
        assert len(told["stamp"]) == 8

    def test_other_settings_have_another_stamp(self):
        assert stamp(settings_from({"visit_days": 45})) != stamp(settings_from({"visit_days": 46}))

    def test_the_front_page_says_so(self):
        for settings, words in ((None, "default settings"), (settings_from({"visit_days": 45}), "1 settings changed")):
            sheet = read_book(build_workbook(WarMap(), "en", settings)).sheet("Home")
            assert any(words in str(value) for cells in sheet.rows.values() for value in cells.values())

    def test_a_file_of_settings_goes_before_a_preset_of_the_same_name(self, tmp_path, monkeypatch, capsys):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "healthcare").write_text("visit_days: 3\n", "utf-8")
        (tmp_path / "map.json").write_text(json.dumps({"deal": {"account": "a"}}), "utf-8")
        assert main(["evaluate", "map.json", "--settings", "healthcare", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["settings"]["changed"] == {"visit_days": 3}
