"""The `warmap` command: exit codes, help and errors in the user's language, nothing overwritten without --force."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import openpyxl
import pytest
import yaml

from warmap._version import VERSION
from warmap.findings import CHECKS
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.settings import default_settings, settings_from
from warmap.text import LANGUAGES
from warmap_addin.libreoffice.compare import Comparison
from warmap_addin.libreoffice.office import OfficeFault
from warmap_app.commands import demo
from warmap_app.main import COMMANDS, command_named, main
from warmap_workbook import samples
from warmap_workbook.reading.read import read_workbook

EVALUATION = "file template_version language as_of deal scores roles trust_pillars red_flags win_checklist stage_gates next_actions findings"
PARTS = {
    "red_flags": "code severity subject message remedy mitigated",
    "win_checklist": "contact role criterion status",
    "stage_gates": "stage criterion done claimed map_says",
    "next_actions": "code subject remedy owner due worth route",
    "findings": "sheet cell field code severity message",
}
MAP = {
    "deal": {
        "account": "华信", "opportunity": "核心网", "objective": "三年框架", "amount": 1200000, "currency": "CNY", "close_date": "2026-12-31",
        "stage": "market_research", "owner": "李晨", "as_of": "2026-06-30",
    },
    "contacts": [
        {"name": "王芳", "buying_roles": ["user"], "contact_frequency": "frequent", "last_contact": "2026-01-01"},
        {"name": "李强", "buying_roles": ["technical"], "support": "oppose"},
    ],
    "trust": [{"contact": "王芳", "ratings": {"relationship": {"rating": 4, "evidence_grade": "proven"}}}],
}  # fmt: skip
every_language = pytest.mark.parametrize("lang", LANGUAGES)
UNDER_TEST = [name for name in COMMANDS if name != "addin"]


pytestmark = pytest.mark.usefixtures("quiet_terminal")


@pytest.fixture
def deal(tmp_path):
    """A map as YAML."""
    return written(tmp_path / "deal.yaml", MAP)


def written(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False) if path.suffix == ".json" else yaml.safe_dump(data, allow_unicode=True)
    path.write_text(text, "utf-8")
    return path


def workbook(run, path, source=None, lang="zh"):
    code, _, err = run("new", *(["--from", source] if source else []), "-o", path, "--lang", lang)
    assert (code, err) == (0, "")
    return path


def one_line(err):
    """An error is one line, without a traceback."""
    assert "Traceback" not in err
    assert err.startswith("warmap: ")
    assert err.count("\n") == 1
    return err


def is_chinese(text):
    return any("\u4e00" <= char <= "\u9fff" for char in text)


class TestEveryCommand:
    """`--help` with an example; messages in the user's language (`--lang`, else the locale)."""

    @pytest.mark.parametrize("name", UNDER_TEST)
    @every_language
    def test_help_has_an_example_in_both_languages(self, run, name, lang):
        code, out, err = run(name, "--lang", lang, "--help")
        assert (code, err) == (0, "")
        assert f"warmap {name}" in out.rsplit({"zh": "例如：", "en": "example: "}[lang], 1)[1]
        assert COMMANDS[name][1].to(lang) in out
        for flag in ("--lang",):
            assert flag in out

    @pytest.mark.parametrize("name", UNDER_TEST)
    def test_the_example_is_a_command_that_the_parser_takes(self, name, instead_of):
        command = command_named(name)
        seen = []
        instead_of(name, lambda options, lang: seen.append(options) or 0)
        words = command.example.split(">")[0].split()
        assert words[:2] == ["warmap", name]
        assert main(words[1:]) == 0
        assert seen

    @every_language
    def test_the_overview_lists_every_command(self, run, lang, monkeypatch):
        monkeypatch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "C")
        code, out, _ = run("--help")
        assert code == 0
        for name, (_, text) in COMMANDS.items():
            assert name in out
            assert text.to(lang) in out

    def test_no_command_is_wrong_use(self, run):
        code, out, _ = run()
        assert code == 2
        assert "evaluate" in out

    @pytest.mark.parametrize(
        "words",
        [
            ["nope"],
            ["evaluate"],
            ["evaluate", "a", "--lang", "fr"],
            ["evaluate", "a", "--nope"],
            ["check"],
            ["new"],
            ["check", "--format", "pdf", "."],
        ],
    )
    def test_wrong_use_is_two(self, run, words):
        code, out, err = run(*words)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        assert err

    @pytest.mark.parametrize("words", [["nope"], ["evaluate"], ["evaluate", "a", "--nope"]])
    def test_wrong_use_is_one_line_in_the_users_language(self, run, words):
        _, _, err = run(*words, "--lang", "zh")
        assert is_chinese(one_line(err))

    def test_the_version(self, run):
        assert run("--version")[:2] == (0, f"warmap {VERSION}\n")

    def test_it_is_told_before_anything_heavy_is_imported(self):
        heavy = {"argparse", "json", "pydantic", "rich", "dataclasses", "warmap.model", "warmap_app.load"}
        words = (
            f"import sys; from warmap_app.main import main; main(['--version']); print({heavy} & sys.modules.keys())"
        )
        done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
        assert done.stdout == f"warmap {VERSION}\nset()\n"

    def test_a_command_builds_no_validator_before_it_needs_one(self):
        """pydantic's plugins come with the first validator: one at import costs every command 20 ms."""
        words = "import sys; from warmap_app.main import COMMANDS, command_named; [command_named(name) for name in COMMANDS]; print('pydantic.plugin._loader' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"

    @pytest.mark.parametrize(("variable", "value", "chinese"), [
        ("LANG", "zh_CN.UTF-8", True), ("LANG", "zh_TW", True), ("LANG", "en_GB.UTF-8", False), ("LANG", "", False), ("LC_ALL", "zh_CN", True), ("LC_MESSAGES", "zh_CN", True),
    ])  # fmt: skip
    def test_the_language_is_that_of_the_system(self, run, monkeypatch, variable, value, chinese):
        monkeypatch.setenv(variable, value)
        _, _, err = run("rule", "RF000")
        assert is_chinese(one_line(err)) == chinese

    def test_lc_all_goes_before_lang_and_lang_on_the_line_before_all(self, run, monkeypatch):
        monkeypatch.setenv("LC_ALL", "en_US")
        monkeypatch.setenv("LANG", "zh_CN")
        assert not is_chinese(run("rule", "RF000")[2])
        assert is_chinese(run("rule", "RF000", "--lang=zh")[2])
        assert is_chinese(run("rule", "RF000", "--lang", "zh")[2])

    def test_an_internal_error_is_one_line_and_two(self, run, instead_of):
        def fail(options, lang):
            raise RuntimeError("a {brace}")

        instead_of("schema", fail)
        code, _, err = run("schema")
        assert code == 2
        assert "RuntimeError: a {brace}" in one_line(err)


class TestNew:
    """`warmap new`: a workbook, empty or filled."""

    @every_language
    def test_empty(self, run, lang):
        code, out, err = run("new", "--lang", lang, "-o", "a.xlsx")
        assert (code, err) == (0, "")
        assert "a.xlsx" in out
        assert read_workbook("a.xlsx").lang == lang

    @pytest.mark.parametrize("name", ["deal.yaml", "deal.yml", "deal.json"])
    def test_filled(self, run, tmp_path, name):
        workbook(run, tmp_path / "new.xlsx", written(tmp_path / name, MAP))
        intake = read_workbook(tmp_path / "new.xlsx")
        assert [c.name for c in intake.map.contacts] == ["王芳", "李强"]
        assert intake.findings == []

    def test_from_another_workbook(self, run, tmp_path, deal):
        workbook(run, tmp_path / "b.xlsx", workbook(run, tmp_path / "a.xlsx", deal), lang="en")
        assert read_workbook(tmp_path / "b.xlsx").map == read_workbook(tmp_path / "a.xlsx").map

    def test_a_folder_that_is_not_there_yet_is_made(self, run, tmp_path):
        assert workbook(run, tmp_path / "x" / "y" / "a.xlsx").exists()

    def test_nothing_is_overwritten_without_force(self, run, tmp_path):
        (tmp_path / "a.xlsx").write_bytes(b"mine")
        code, _, err = run("new", "-o", "a.xlsx")
        assert code == 2
        assert "--force" in one_line(err)
        assert (tmp_path / "a.xlsx").read_bytes() == b"mine"
        assert run("new", "-o", "a.xlsx", "--force")[0] == 0
        assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"

    @pytest.mark.parametrize(
        "words",
        [
            ["-o", "a.xls"],
            ["-o", "a"],
            ["--from", "nope.yaml", "-o", "a.xlsx"],
            ["-o", "a.xlsx", "--settings", "nope.yaml"],
        ],
    )
    @every_language
    def test_a_mistake_is_one_line_and_nothing_is_written(self, run, tmp_path, words, lang):
        code, _, err = run("new", *words, "--lang", lang)
        assert code == 2
        assert is_chinese(one_line(err)) == (lang == "zh")
        assert list(tmp_path.iterdir()) == []

    def test_what_could_not_be_taken_is_said_and_the_rest_is_kept(self, run, tmp_path):
        bad = written(tmp_path / "bad.yaml", {**MAP, "contacts": [{"name": "王芳", "influence": "huge"}]})
        code, out, _ = run("new", "--from", bad, "-o", "a.xlsx")
        assert code == 0
        assert "DV202" in out
        assert read_workbook("a.xlsx").map.contacts[0].name == "王芳"

    def test_settings_are_put_into_the_workbook(self, run, tmp_path):
        settings = written(tmp_path / "s.yaml", {"low_trust": 55})
        assert run("new", "-o", "a.xlsx", "--settings", settings)[0] == 0
        assert read_workbook("a.xlsx").settings.low_trust == 55


class TestEvaluate:
    """`warmap evaluate`: one map: scoreboard, or its JSON (specification, section 6)."""

    def evaluated(self, run, *words, code=0):
        got, out, _ = run("evaluate", *words, "--json")
        assert got == code
        return json.loads(out)

    @pytest.mark.parametrize("suffix", [".yaml", ".json", ".xlsx"])
    def test_the_json_has_exactly_the_keys_of_section_6(self, run, tmp_path, suffix):
        file = written(tmp_path / "d.yaml", {**MAP, "colour": 1})
        if suffix == ".json":
            file = written(tmp_path / "d.json", {**MAP, "colour": 1})
        elif suffix == ".xlsx":
            run("new", "--from", file, "-o", "d.xlsx")
            book = openpyxl.load_workbook("d.xlsx")
            book["People"]["I6"] = "huge"
            book.save("d.xlsx")
            file = tmp_path / "d.xlsx"
        result = self.evaluated(run, file)
        assert " ".join(result) == EVALUATION
        assert list(result["scores"]) == list(all_scores())
        assert list(result["roles"]) == ["coach", "user", "technical", "economic"]
        assert all(set(role) == {"score", "state", "contacts"} for role in result["roles"].values())
        assert list(result["trust_pillars"]) == ["professional", "expertise", "relationship", "sincerity"]
        for part, keys in PARTS.items():
            assert result[part], part
            assert all(" ".join(entry) == keys for entry in result[part])

    def test_its_values(self, run, deal):
        result = self.evaluated(run, deal)
        assert (result["file"], result["as_of"], result["deal"]["account"]) == (str(deal), "2026-06-30", "华信")
        assert result["scores"]["role_coverage"] == pytest.approx((0.5 + 0.25) / 4)
        assert result["scores"]["trust"] == pytest.approx(40.0)
        assert result["scores"]["fit"] is None
        assert result["roles"]["user"] == {"score": 0.5, "state": "contacted", "contacts": ["王芳"]}
        assert result["trust_pillars"]["sincerity"] is None
        assert {flag["severity"] for flag in result["red_flags"]} <= {"critical", "major", "minor"}
        assert ("RF205", "李强") in {(flag["code"], flag["subject"]) for flag in result["red_flags"]}

    def test_a_workbook_says_the_same_as_the_yaml_it_was_made_from(self, run, tmp_path, deal):
        book = workbook(run, tmp_path / "d.xlsx", deal)
        from_yaml, from_book = self.evaluated(run, deal), self.evaluated(run, book)
        for part in (
            "scores",
            "roles",
            "trust_pillars",
            "red_flags",
            "win_checklist",
            "stage_gates",
            "next_actions",
            "as_of",
        ):
            assert from_yaml[part] == from_book[part]

    @every_language
    def test_words_are_in_the_chosen_language_and_codes_are_codes(self, run, deal, lang):
        result = self.evaluated(run, deal, "--lang", lang)
        assert {
            is_chinese(flag["message"].replace("王芳", "").replace("李强", "")) for flag in result["red_flags"]
        } == {lang == "zh"}
        assert result["roles"]["coach"]["state"] == "missing"

    @every_language
    def test_the_scoreboard(self, run, deal, lang):
        code, out, err = run("evaluate", deal, "--lang", lang)
        assert (code, err) == (0, "")
        for word in ("华信", "25%", "40.0", "RF205", {"zh": "未评估", "en": "not assessed"}[lang]):
            assert word in out

    def test_as_of_takes_the_place_of_the_maps_own_date(self, run, deal):
        result = self.evaluated(run, deal, "--as-of", "2026-12-27")
        assert result["as_of"] == "2026-12-27"
        assert result["scores"]["trust"] == pytest.approx(20.0)

    def test_as_of_stands_in_for_a_missing_date(self, run, tmp_path):
        file = written(tmp_path / "d.yaml", {**MAP, "deal": {k: v for k, v in MAP["deal"].items() if k != "as_of"}})
        assert "as_of" in {f["field"] for f in self.evaluated(run, file)["findings"]}
        assert self.evaluated(run, file, "--as-of", "2026-06-30")["findings"] == []

    @pytest.mark.parametrize(("as_of", "codes"), [("2025-12-31", ["DV205"])])
    def test_as_of_is_what_the_checks_judge_by(self, run, deal, as_of, codes):
        assert [f["code"] for f in self.evaluated(run, deal, "--as-of", as_of)["findings"]] == codes

    @pytest.mark.parametrize("as_of", ["yesterday", "30/06/2026", "2026-02-30", ""])
    @every_language
    def test_a_wrong_date_is_one_line(self, run, deal, as_of, lang):
        code, out, err = run("evaluate", deal, "--as-of", as_of, "--lang", lang)
        assert (code, out) == (2, "")
        assert "--as-of" in one_line(err)

    def test_settings_change_the_scores(self, run, tmp_path, deal):
        settings = written(
            tmp_path / "s.yaml",
            {"trust_fading_days": 90, "role_weight": {"user": 1, "coach": 0, "technical": 0, "economic": 0}},
        )
        scores = self.evaluated(run, deal, "--settings", settings)["scores"]
        assert scores["trust"] == pytest.approx(20.0)
        assert scores["role_coverage"] == pytest.approx(0.5)

    @pytest.mark.parametrize(
        ("settings", "word"),
        [
            ({"nope": 1}, "nope"), ({"influence_weight": {"huge": 1}}, "influence_weight.huge"), ({"low_trust": 101}, "low_trust"),
            ({"low_trust": "high"}, "low_trust"), ({"trust_fading_days": 0}, "trust_fading_days"), ({"role_weight": {"user": -1}}, "role_weight.user"),
            ({"role_weight.user": "x"}, "role_weight.user"), ({"influence_weight": 3}, "influence_weight"), ([1, 2], "s.yaml"), ("text", "s.yaml"), (None, "s.yaml"),
        ],
    )  # fmt: skip
    @every_language
    def test_bad_settings_are_one_line_that_names_them(self, run, tmp_path, deal, settings, word, lang):
        file = written(tmp_path / "s.yaml", settings)
        code, out, err = run("evaluate", deal, "--settings", file, "--lang", lang)
        assert (code, out) == (2, "")
        assert word in one_line(err)
        assert is_chinese(err) == (lang == "zh")

    @pytest.mark.parametrize("content", ["a: [", "\tx", "a: 1\n b: 2", "\x00"])
    def test_settings_that_are_no_yaml(self, run, tmp_path, deal, content):
        (tmp_path / "s.yaml").write_text(content)
        code, _, err = run("evaluate", deal, "--settings", "s.yaml")
        assert code == 2
        assert "s.yaml" in one_line(err)

    @pytest.mark.parametrize("value", [True, "60"])
    def test_a_yes_or_a_text_is_no_number(self, run, tmp_path, deal, value):
        assert run("evaluate", deal, "--settings", written(tmp_path / "s.yaml", {"low_trust": value}))[0] == 2

    UNREADABLE = (
        ("empty.xlsx", b""), ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), ("list.yaml", b"- 1\n"),
        ("none.yaml", b""), ("other.json", b'{"a": 1}'), ("bad.json", b"{"), ("bad.yaml", b"a: ["), ("nan.json", b'{"deal": {"amount": NaN}}'), ("bytes.yaml", b"\xff\xfe\xff"),
        ("deep.json", b"[" * 100_000), ("table.csv", b"a,b\n"),
    )  # fmt: skip

    @pytest.mark.parametrize(("name", "content"), UNREADABLE, ids=[name for name, _ in UNREADABLE])
    @every_language
    def test_a_file_that_is_no_map_is_one_and_says_why(self, run, tmp_path, name, content, lang):
        (tmp_path / name).write_bytes(content)
        code, out, err = run("evaluate", name, "--lang", lang)
        assert (code, err) == (1, "")
        assert "DV00" in out
        assert "Traceback" not in out

    def test_the_json_of_an_unreadable_file_judges_nothing(self, run, tmp_path):
        (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no")
        result = self.evaluated(run, "broken.xlsx", code=1)
        assert result["findings"][0]["code"] == "DV002"
        assert not result["scores"] or set(result["scores"].values()) == {None}
        assert result["red_flags"] == []

    @pytest.mark.parametrize(
        "text", ["a: &x 1\ndeal: {amount: *x}", "deal: &d {account: a}\nprofile: *d", "a: &a [1]\ndeal: {b: [*a, *a]}"]
    )
    def test_aliases_in_yaml_are_refused(self, run, tmp_path, text):
        (tmp_path / "bomb.yaml").write_text(text)
        code, out, _ = run("evaluate", "bomb.yaml")
        assert code == 1
        assert "alias" in out

    @pytest.mark.parametrize("text", ["!!python/object/apply:os.system ['true']", "deal: !!python/name:os.system {}"])
    def test_yaml_never_runs_anything(self, run, tmp_path, text):
        (tmp_path / "evil.yaml").write_text(text)
        assert run("evaluate", "evil.yaml")[0] == 1

    def test_a_huge_number_does_not_break_the_program(self, run, tmp_path):
        (tmp_path / "d.json").write_text('{"deal": {"amount": 1' + "0" * 400 + "}}")
        assert run("evaluate", "d.json")[0] == 0

    def test_half_a_surrogate_pair_does_not_break_the_program(self, tmp_path):
        (tmp_path / "d.json").write_text('{"deal": {"account": "\\ud83d"}}')
        done = subprocess.run([*WARMAP, "evaluate", "d.json", "--json"], capture_output=True, check=False, cwd=tmp_path)
        assert done.returncode == 0

    def test_what_a_map_says_cannot_steer_the_terminal(self, run, tmp_path):
        file = written(
            tmp_path / "d.yaml",
            {**MAP, "contacts": [{"name": "A\u001b[31mB\u202eC", "buying_roles": ["technical"], "support": "oppose"}]},
        )
        code, out, _ = run("evaluate", file)
        assert code == 0
        assert "\u001b" not in out
        assert "\u202e" not in out

    def test_markup_of_the_terminal_library_in_a_name_is_only_text(self, run, tmp_path):
        name = "[bold]A[/nope] [link=x]"
        file = written(
            tmp_path / "d.yaml",
            {**MAP, "contacts": [{"name": name, "buying_roles": ["technical", "user"], "support": "oppose"}]},
        )
        code, out, err = run("evaluate", file)
        assert (code, err) == (0, "")
        assert "[bold]A[/nope]" in out


WARMAP = [sys.executable, "-c", "import sys; from warmap_app.main import main; sys.exit(main())"]


class TestCheck:
    """`warmap check`: exit code 0 all passed, 1 some did not, 2 wrong use."""

    @pytest.fixture
    def folder(self, tmp_path):
        written(tmp_path / "in" / "good.yaml", MAP)
        written(tmp_path / "in" / "deeper" / "good.json", MAP)
        (tmp_path / "in" / "~$good.xlsx").write_bytes(b"lock file")
        (tmp_path / "in" / ".hidden.yaml").write_bytes(b"x")
        (tmp_path / "in" / "notes.txt").write_bytes(b"x")
        return tmp_path / "in"

    def test_a_folder_in_which_all_pass(self, run, folder):
        code, out, err = run("check", folder)
        assert (code, err) == (0, "")
        assert "2 passed, 0 did not pass" in out

    @every_language
    def test_a_folder_in_which_some_do_not(self, run, folder, lang):
        written(folder / "bad.yaml", {**MAP, "contacts": [{"name": "王芳", "influence": "huge"}]})
        (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 no")
        (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
        code, out, _ = run("check", folder, "--lang", lang)
        assert code == 1
        for word in (
            "DV202",
            "DV002",
            "contacts[0].influence",
            {"zh": "2 个通过，3 个未通过", "en": "2 passed, 3 did not pass"}[lang],
        ):
            assert word in out

    def test_a_minor_finding_passes(self, run, folder):
        written(folder / "own.yaml", {**MAP, "colour": "red"})
        code, out, _ = run("check", folder / "own.yaml")
        assert code == 0
        assert "DV103" in out

    def test_json(self, run, folder):
        (folder / "broken.xlsx").write_bytes(b"")
        code, out, _ = run("check", folder, "--format", "json")
        result = json.loads(out)
        assert code == 1
        assert (result["passed"], result["failed"]) == (2, 1)
        for file in result["files"]:
            assert set(EVALUATION.split()) <= set(file)
            assert set(file["counts"]) >= {
                f"{what}{skipped}" for what in ("sheets", "cells", "formulas", "rules") for skipped in ("", "_skipped")
            }
            assert file["counts"]["rules"] + file["counts"]["rules_skipped"] == len(all_rules())
        broken = next(file for file in result["files"] if file["file"].endswith("broken.xlsx"))
        assert (set(broken["scores"].values()), broken["red_flags"], broken["counts"]["rules"]) == ({None}, [], 0)
        assert set(broken["findings"][0]) == {"sheet", "cell", "field", "code", "severity", "message", "file", "hint"}

    def test_the_counts_of_a_workbook(self, run, tmp_path, deal):
        workbook(run, tmp_path / "d.xlsx", deal)
        counts = json.loads(run("check", tmp_path / "d.xlsx", "--format", "json")[1])["files"][0]["counts"]
        assert counts["sheets"] > 15
        assert counts["cells"] > 500
        assert counts["formulas"] > 100

    def test_the_same_file_named_twice_is_checked_once(self, run, folder):
        assert "2 passed" in run("check", folder, folder / "good.yaml")[1]

    def test_a_file_that_is_named_is_checked_whatever_it_is_called(self, run, folder):
        code, out, _ = run("check", folder / "notes.txt")
        assert code == 1
        assert "DV002" in out

    @pytest.mark.parametrize("form", ["table", "json"])
    def test_into_a_file_that_is_not_overwritten_without_force(self, run, folder, tmp_path, form):
        code, out, _ = run("check", folder, "--format", form, "-o", tmp_path / "out", "--lang", "en")
        assert (code, out) == (0, f"2 passed, 0 did not pass; written: {tmp_path / 'out'}\n")
        first = (tmp_path / "out").read_text("utf-8")
        assert "good.yaml" in first
        code, _, err = run("check", folder, "--format", form, "-o", tmp_path / "out")
        assert code == 2
        assert "--force" in one_line(err)
        assert run("check", folder, "--format", form, "-o", tmp_path / "out", "--lang", "en", "--force")[0] == 0
        assert (tmp_path / "out").read_text("utf-8") == first

    @pytest.mark.parametrize("words", [["nowhere"], ["."], ["in", "nowhere"]])
    @every_language
    def test_nothing_to_check_is_wrong_use(self, run, tmp_path, words, lang):
        (tmp_path / "in").mkdir()
        code, out, err = run("check", *words, "--lang", lang)
        assert (code, out) == (2, "")
        assert is_chinese(one_line(err)) == (lang == "zh")

    def test_bad_settings_stop_before_any_file_is_read(self, run, folder, tmp_path):
        code, out, err = run("check", folder, "--settings", written(tmp_path / "s.yaml", {"nope": 1}))
        assert (code, out) == (2, "")
        assert "nope" in one_line(err)


class TestCatalogue:
    """`warmap rule [CODE]`, `warmap schema`, `warmap settings`."""

    @every_language
    def test_all_rules_and_checks(self, run, lang):
        code, out, _ = run("rule", "--lang", lang)
        assert code == 0
        for name in (*all_rules(), *CHECKS):
            assert name in out

    @pytest.mark.parametrize("name", ["RF205", "rf205", " RF101 ", "DV202", "dv001"])
    @every_language
    def test_one_of_them(self, run, name, lang):
        code, out, err = run("rule", name, "--lang", lang)
        assert (code, err) == (0, "")
        assert out.startswith(name.strip().upper())
        assert is_chinese(out.splitlines()[1]) == (lang == "zh")
        assert "{" not in out

    @every_language
    def test_none_of_them(self, run, lang):
        code, out, err = run("rule", "RF000", "--lang", lang)
        assert (code, out) == (2, "")
        assert "RF000" in one_line(err)
        assert "warmap rule" in err

    @every_language
    def test_the_schema(self, run, lang):
        code, out, _ = run("schema", "--lang", lang)
        schema = json.loads(out)
        assert code == 0
        assert schema["$schema"].endswith("2020-12/schema")
        assert set(MAP) <= set(schema["properties"])
        assert schema["$defs"]["Deal"]["title"] == {"zh": "商机", "en": "Deal"}[lang]
        assert schema["$defs"]["Contact"]["x-required"] == ["name"]

    @every_language
    def test_the_settings_are_a_file_that_can_be_used(self, run, tmp_path, deal, lang):
        code, out, _ = run("settings", "--lang", lang)
        assert code == 0
        assert settings_from(yaml.safe_load(out)) == default_settings()
        assert all(is_chinese(line) == (lang == "zh") for line in out.splitlines() if line.startswith("#"))
        (tmp_path / "s.yaml").write_text(out, "utf-8")
        assert run("evaluate", deal, "--settings", "s.yaml")[0] == 0


class StandInOffice:
    """An office that dies on the calls that are named, counted over all offices."""

    dies_on, calls, opened = frozenset(), 0, 0

    def __init__(self, *, install_addin):
        assert install_addin

    def __enter__(self):
        StandInOffice.opened += 1
        return self

    def __exit__(self, *error):
        return None

    def compare(self, file):
        StandInOffice.calls += 1
        if StandInOffice.calls in StandInOffice.dies_on:
            raise OfficeFault("recalculate: LibreOffice has ended")
        return Comparison(cells=900)


class TestDemo:
    """`warmap demo`: builds the samples in both languages, checks them, and prints the scoreboard and where the files lie."""

    @pytest.fixture
    def office(self, monkeypatch):
        """An office that dies when it is told to."""
        monkeypatch.setattr(demo, "Office", StandInOffice)
        monkeypatch.setattr(demo, "compare_live", StandInOffice.compare)
        monkeypatch.setattr(demo, "sample_names", lambda: (demo.SHOWN,))  # one of them, for the time it takes

        def dying(*calls):
            StandInOffice.dies_on, StandInOffice.calls, StandInOffice.opened = frozenset(calls), 0, 0

        dying()
        return dying

    @every_language
    def test_what_it_makes_and_shows(self, run, tmp_path, office, lang):
        code, out, err = run("demo", "-o", "d", "--lang", lang)
        assert (code, err) == (0, "")
        files = sorted(file.name for file in (tmp_path / "d").iterdir())
        assert {"war_map.zh.xlsx", "war_map.en.xlsx"} <= set(files)
        assert sum(name.endswith(".zh.xlsx") for name in files) == sum(name.endswith(".en.xlsx") for name in files)
        for name in files:
            if not name.startswith("war_map."):
                assert name in out
        code, _, err = run("demo", "-o", "d", "--lang", lang)
        assert code == 2
        assert "--force" in one_line(err)

    @pytest.mark.parametrize("call", [1, 2])
    def test_an_office_that_dies_once_is_started_again_for_what_is_left(self, run, office, call):
        office(call)
        code, out, _ = run("demo", "-o", "d")
        assert (code, StandInOffice.opened, StandInOffice.calls) == (0, 2, 3)
        assert out.count("trying again") == 1
        assert out.count("all equal to the stored values") == 2

    @every_language
    def test_one_that_dies_on_every_call_is_said_plainly_and_the_rest_is_shown(self, run, office, lang):
        office(*range(1, 100))
        code, out, err = run("demo", "-o", "d", "--lang", lang)
        assert (code, err, StandInOffice.opened) == (0, "", 2)
        assert {"zh": "2 份工作簿里重算了 0 份", "en": "0 of 2 workbooks were recalculated"}[lang] in out
        scoreboard = samples.load_sample(demo.SHOWN, lang)["deal"]["account"]
        for word in (scoreboard, f"{demo.SHOWN}.zh.xlsx", f"{demo.SHOWN}.en.xlsx"):
            assert word in out.rpartition("LibreOffice")[2]


class TestRealProcess:
    """The installed command, as a shell calls it."""

    def test_a_whole_day_in_one_shell(self, tmp_path, deal):
        def shell(*words, **more):
            env = {**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"}
            done = subprocess.run([*WARMAP, *words], capture_output=True, check=False, cwd=tmp_path, env=env, **more)
            return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

        assert shell("new", "--from", "deal.yaml", "-o", "deal.xlsx")[0] == 0
        code, out, err = shell("evaluate", "deal.xlsx", "--json")
        assert (code, err) == (0, "")
        assert json.loads(out)["deal"]["account"] == "华信"
        assert shell("check", "deal.xlsx", "deal.yaml")[0] == 0
        code, out, err = shell("check", "nowhere")
        assert (code, out) == (2, "")
        assert is_chinese(one_line(err))

    def test_a_stream_that_lacks_our_signs_gets_escapes(self, tmp_path, deal):
        env = {**os.environ, "PYTHONIOENCODING": "ascii"}
        words = [*WARMAP, "check", "deal.yaml", "--lang", "en"]
        done = subprocess.run(words, capture_output=True, check=False, cwd=tmp_path, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\\u2713 passed" in done.stdout

    def test_the_entry_point_is_declared(self, monkeypatch, capsys):
        from importlib.metadata import entry_points

        (entry,) = [e for e in entry_points(group="console_scripts") if e.name == "warmap"]
        for words, code, said in ((["--version"], 0, VERSION), (["rule", "RF205"], 0, "RF205"), (["nope"], 2, "")):
            monkeypatch.setattr(sys, "argv", ["warmap", *words])
            assert entry.load()() == code
            assert said in capsys.readouterr().out
