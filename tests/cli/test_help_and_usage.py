"""Help and usage errors are in the user's language, over every command, every option and every message of argparse."""

import argparse
import ast
import inspect
import re

import pytest

from warmap.text import LANGUAGES
from warmap_app.arguments import ARGPARSE, Parser
from warmap_app.main import COMMANDS, command_named, main
from warmap_app.screen import width_of

pytestmark = pytest.mark.usefixtures("quiet_terminal")

OF_PROGRAMMERS = {
    "%(prog)s: error: %(message)s\n", "%r is not callable", "%s", ".__call__() not defined", "'required' is an invalid argument for positionals",
    'argument "-" with mode %r', "can't open '%(filename)s': %(error)s", "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r", "conflicting option string: %s", "conflicting option strings: %s", "conflicting subparser alias: %s",
    "conflicting subparser: %s", "dest= is required for options like %r", "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r", "mutually exclusive arguments must be optional",
    "unexpected option string: %s",
}  # fmt: skip
"""What argparse says of a parser that is declared wrongly, and of what we do not use."""
WORDS_OF_ARGPARSE = re.compile(
    r"\b(usage|options|positional|arguments?|required|expected|invalid|choice|choose|unrecognized|show this|ambiguous|ignored)\b",
    re.IGNORECASE,
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
every_language = pytest.mark.parametrize("lang", LANGUAGES)
every_command = pytest.mark.parametrize("name", COMMANDS)


def actions_of(name, lang):
    parser = Parser(lang=lang, prog=name)
    command_named(name).add_arguments(parser, lang)
    return parser._actions


def messages_of_argparse():
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def test_every_message_that_a_user_can_cause_has_both_languages():
    """Of this Python's argparse; a new one may say something new."""
    assert {text for text in messages_of_argparse() if text not in OF_PROGRAMMERS} - set(ARGPARSE) == set()


def test_both_languages_take_the_same_facts():
    facts = re.compile(r"%(?:\((\w+)\))?[rs]")
    for text in ARGPARSE.values():
        assert set(facts.findall(text.zh)) <= set(facts.findall(text.en))


@every_command
def test_each_option_has_help_in_both_languages(name):
    for zh, en in zip(actions_of(name, "zh"), actions_of(name, "en"), strict=True):
        if "-h" not in zh.option_strings:
            assert CHINESE.search(zh.help), zh.dest
            assert en.help, en.dest
            assert not CHINESE.search(en.help), en.dest
            assert not re.search(r"\s/\s", zh.help + en.help), "one language at a time"


@every_command
def test_options_are_paths_texts_and_whole_numbers(name):
    """argparse names another type by its Python name."""
    names = {getattr(action.type, "__name__", None) for action in actions_of(name, "en")}
    assert names <= {None, "Path", "whole number"}


@pytest.mark.parametrize("name", ["", *COMMANDS])
@pytest.mark.parametrize("width", [60, 80, 120])
@every_language
def test_help_is_in_one_language_and_fits_the_screen(run, monkeypatch, name, width, lang):
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, err = run(*filter(None, [name]), "--lang", lang, "--help")
    assert (code, err) == (0, "")
    assert max(map(width_of, out.splitlines())) <= width
    if lang == "zh":
        assert WORDS_OF_ARGPARSE.findall(out) == []
    else:
        assert CHINESE.findall(out) == []


@every_language
def test_the_language_may_stand_before_the_command(run, lang):
    code, out, _ = run("--lang", lang, "check", "--help")
    assert code == 0
    assert bool(CHINESE.search(out)) == (lang == "zh")


WRONG = [
    (["check"], "PATH"),
    (["evaluate", "a", "b"], "b"),
    (["check", "a", "--format", "pdf"], "pdf"),
    (["check", "a", "--format"], "--format"),
    (["check", "a", "--jobs", "two"], "two"),
    (["check", "a", "--force=yes"], "yes"),
    (["check", "a", "--j", "2"], "--journal"),
    (["check", "a", "--lang", "fr"], "fr"),
    (["addin", "instal"], "instal"),
    (["new"], "--out"),
    (["nope"], "nope"),
]


@pytest.mark.parametrize(("words", "named"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
@every_language
def test_a_usage_error_is_one_line_in_the_users_language(run, monkeypatch, words, named, lang):
    monkeypatch.setenv("LANG", {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}[lang])
    code, out, err = run(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert bool(CHINESE.search(err)) == (lang == "zh")
    if lang == "zh":
        assert WORDS_OF_ARGPARSE.findall(err) == []


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["chekc", "a"], "check"),
        (["evalute"], "evaluate"),
        (["Portfolio"], "portfolio"),
        (["check", "a", "--formt", "json"], "--format"),
        (["check", "a", "--out-file=x"], "--out"),
        (["history", "a", "--auther", "x"], "--author"),
    ],
)
@every_language
def test_the_nearest_word_is_suggested(run, words, nearest, lang):
    code, _, err = run("--lang", lang, *words)
    assert code == 2
    assert re.search({"zh": rf"是不是 {nearest}\b", "en": rf"did you mean {nearest}\b"}[lang], err)


def test_nothing_like_it_is_suggested_for_gibberish(run):
    assert "did you mean" not in run("xyzzy")[2]


def test_argparse_speaks_as_before_afterwards(run):
    before = argparse._
    run("check", "--lang", "zh")
    assert argparse._ is before
    assert argparse.ArgumentParser(prog="x").format_usage() == "usage: x [-h]\n"


def test_a_word_that_steers_the_terminal_is_told_without_what_steers(run):
    assert "\x1b" not in run("\x1b[2Jnope")[2]


def test_main_takes_the_words_of_the_line(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["warmap", "chekc"])
    assert main() == 2
    assert "check" in capsys.readouterr().err
