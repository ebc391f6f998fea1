"""What all outputs have in common: one declaration, nothing overwritten, whole or not at all."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from made_results import result, several, written

from warmap.scores import all_scores
from warmap.text import LANGUAGES, Text
from warmap_app import outputs
from warmap_app.command import UserError
from warmap_app.outputs import FORMATS, order_for
from warmap_app.outputs.columns import FILES, FINDINGS, findings_of
from warmap_app.outputs.destination import file_name, new_file
from warmap_app.outputs.wording import way_to
from warmap_app.safe_text import shown

FOLDER = Path(outputs.__file__).parent
every_format = pytest.mark.parametrize("name", FORMATS)
into_something = pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])


def texts(value):
    """Every saying in a module, wherever it is kept."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in texts(one))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (text for one in value for text in texts(one))


class TestTheDeclaration:
    @every_format
    def test_a_format_says_what_it_is_in_both_languages(self, name):
        assert FORMATS[name].help.zh != FORMATS[name].help.en

    @every_format
    def test_a_format_has_a_module_that_writes(self, name):
        assert callable(import_module(f"warmap_app.outputs.{FORMATS[name].module}").write)

    @pytest.mark.parametrize("columns", [FILES, FINDINGS])
    def test_columns_have_their_own_codes_and_heads(self, columns):
        for heads in ([c.code for c in columns], [c.head.zh for c in columns], [c.head.en for c in columns]):
            assert len(set(heads)) == len(heads)

    def test_every_score_is_a_column_of_the_files(self):
        assert set(all_scores()) <= {column.code for column in FILES}

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_column_has_a_value_for_every_result(self, lang):
        for one in several(lang):
            assert len([column.said(one, lang) for column in FILES]) == len(FILES)
            for found in findings_of(one):
                assert FINDINGS[0].said(found, lang) == one["file"]

    @pytest.mark.parametrize("module", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
    def test_the_same_placeholders_stand_in_both_languages(self, module):
        name = ".".join(module.relative_to(FOLDER.parents[1]).with_suffix("").parts)
        for text in texts(vars(import_module(name))):
            braces = [sorted(part.split("}")[0] for part in words.split("{")[1:]) for words in (text.zh, text.en)]
            assert braces[0] == braces[1], text

    def test_nothing_heavy_is_imported_before_it_is_wanted(self):
        heavy = "{'rich', 'jinja2', 'xlsxwriter', 'pyarrow', 'pandas', 'email.message'}"
        script = f"import sys, warmap_app.outputs; print(sorted({heavy} & set(sys.modules)))"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

    def test_no_module_prints(self):
        for module in FOLDER.rglob("*.py"):
            calls = (node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Call))
            assert not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls), module


class TestTheOrder:
    def test_an_unknown_format_is_a_users_mistake(self):
        with pytest.raises(UserError, match="pdf"):
            order_for("pdf", out=None, lang="zh")

    @pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].kind != "text"])
    def test_what_is_no_text_needs_a_place(self, name):
        with pytest.raises(UserError, match="-o"):
            order_for(name, out=None, lang="zh")

    @into_something
    def test_what_is_there_is_refused_before_any_file_is_checked(self, name, tmp_path):
        out = tmp_path / "out"
        out.mkdir() if FORMATS[name].kind == "folder" else None
        (out / "x" if FORMATS[name].kind == "folder" else out).write_text("mine")
        with pytest.raises(UserError, match="--force"):
            order_for(name, out=out, lang="zh")

    @every_format
    def test_with_force_it_is_written_again(self, name, tmp_path):
        for _ in range(2):
            written(name, several(), tmp_path / "out.x", force=True)
        assert (tmp_path / "out.x").exists()

    @every_format
    def test_the_totals_are_those_of_the_results(self, name, tmp_path):
        done = written(name, several(), tmp_path / "out.x")
        assert (done.totals.passed, done.totals.failed) == (4, 4)
        assert done.totals.findings == sum(len(one["findings"]) for one in several())

    @every_format
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_no_results_is_a_result(self, name, tmp_path, lang):
        assert written(name, [], tmp_path / "out.x", lang=lang).totals.files == 0


class TestWholeOrNotAtAll:
    @into_something
    def test_a_batch_that_breaks_off_leaves_nothing_behind(self, name, tmp_path):
        def broken():
            yield result()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            written(name, broken(), tmp_path / "out")
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_the_old_file_stays_until_the_new_one_is_whole(self, tmp_path):
        path = tmp_path / "a"
        path.write_bytes(b"old")

        def broken():
            with new_file(path, force=True) as file:
                file.write(b"new")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            broken()
        assert path.read_bytes() == b"old"

    def test_a_file_that_came_meanwhile_is_not_overwritten(self, tmp_path):
        def late():
            with new_file(tmp_path / "a", force=False) as file:
                file.write(b"new")
                (tmp_path / "a").write_bytes(b"another's")

        with pytest.raises(UserError, match="--force"):
            late()
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"another's")]

    def test_a_folder_where_a_file_is_wanted_is_a_users_mistake(self, tmp_path):
        with pytest.raises(UserError, match="folder"):
            order_for("csv", out=tmp_path, lang="zh", force=True)

    def test_a_file_where_a_folder_is_wanted_is_a_users_mistake(self, tmp_path):
        (tmp_path / "f").write_text("x")
        for name in ("mail", "notes", "parquet"):
            with pytest.raises(UserError, match="folder"):
                order_for(name, out=tmp_path / "f", lang="zh", force=True)


class TestNamesAndText:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("李晨", "李晨.txt"),
            ("../../etc/passwd", "_.._etc_passwd.txt"),
            ("a:b*c?", "a_b_c_.txt"),
            ("CON", "_CON.txt"),
            ("com1.x", "_com1.x.txt"),
            (" . ", "_.txt"),
            ("", "_.txt"),
            ("x" * 300, "x" * 80 + ".txt"),
            ("a\u202eb\nc", "a_b_c.txt"),
        ],
    )
    def test_a_file_is_named_after_a_rep_whatever_he_is_called(self, words, name):
        assert file_name(words, set(), ".txt") == name

    def test_two_of_the_same_name_in_any_case_get_numbers(self):
        taken = set()
        assert [file_name(words, taken) for words in ("Li", "LI", "li")] == ["Li", "LI (2)", "li (3)"]

    def test_what_a_reader_cannot_see_is_left_out(self):
        assert shown("a\x07b\u202ec\ud800d\x9b\u2066e\tf\ng") == "abcde\tf\ng"

    def test_a_way_is_relative_and_escaped_and_only_to_what_is_there(self, tmp_path):
        path = tmp_path / "in" / 'a "b" #1 %20 <x>.xlsx'
        path.parent.mkdir()
        path.write_bytes(b"")
        assert way_to(str(path), tmp_path / "out") == "./../in/a%20%22b%22%20%231%20%2520%20%3Cx%3E.xlsx"
        assert way_to(str(tmp_path / "gone.xlsx"), tmp_path) is None
        assert way_to("s3://bucket/a.xlsx", tmp_path) is None
        assert way_to("javascript:alert(1)", tmp_path) is None
