"""Security, line 4: a regular expression that meets foreign text takes time in proportion to its length.

Every compiled pattern of our modules is run, in the way its module runs it, over long texts made of its own parts: the
worst that can be made of them. Twice the length may take twice the time, not four times.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from pathlib import Path
from re import _parser

import pytest
import yaml

import warmap
import warmap_addin
import warmap_app
import warmap_udfs
import warmap_workbook
from warmap_app.load import load_bytes

ROOT = Path(__file__).parents[2]
ROOMS = (warmap, warmap_app, warmap_workbook, warmap_udfs, warmap_addin)
IN_A_HOST = (
    "warmap_calc_addin",
    "warmap_keep_last",
    "office_worker",
    "__main__",
)  # import what only the host has: read
LENGTH = 50_000
LONG_ENOUGH = 0.25  # seconds for twice the length, below which nobody needs to measure
GIVEN_UP = 4.0
OWN_TEXT = {
    "warmap.worksheet.guidance.PLACEHOLDER": "sentences of ours",
    "warmap_addin.libreoffice.install.VERSION_LINE": "what LibreOffice's extension manager prints",
    "warmap_udfs.why.CALL": "a formula of the open workbook, in the user's own spreadsheet",
    "warmap.parsing.currencies._BEFORE": "amounts of at most 200 characters: LONGEST_AMOUNT",
    "warmap.parsing.currencies._BEHIND": "amounts of at most 200 characters: LONGEST_AMOUNT",
    "warmap.parsing.no_entries._END": "called by fullmatch only, through a table",
}
"""Patterns that meet no foreign text of any length, each with what they meet."""
ANY = [
    " ",
    "\t",
    "\n",
    "\u3000",
    "a",
    "A",
    "1",
    "-",
    ".",
    ",",
    "'",
    '"',
    "(",
    "<",
    "=",
    "&",
    "%",
    "中",
    "a ",
    "1 ",
    "1,",
    "1.",
    '"a',
    "''",
]


def modules():
    """Each module's name, its source and its top names: of one that only a host can import, the patterns as written."""
    for room in ROOMS:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if found.name.endswith(IN_A_HOST):
                source = Path(found.module_finder.find_spec(found.name).origin).read_text("utf-8")
                yield found.name, source, dict(as_written(source))
            else:
                module = importlib.import_module(found.name)
                yield found.name, Path(module.__file__).read_text("utf-8"), vars(module)


def as_written(source):
    """The names that a source gives to patterns whose text stands in the call."""
    for line in ast.parse(source).body:
        if isinstance(line, ast.Assign) and ast.unparse(line.value).startswith("re.compile("):
            yield line.targets[0].id, re.compile(*map(ast.literal_eval, line.value.args))


def patterns():
    """Each pattern with its name and the methods by which its module calls it."""
    seen = set()
    for module, source, named in modules():
        for name, value in named.items():
            if isinstance(value, re.Pattern) and (value.pattern, value.flags) not in seen:
                called = set(re.findall(rf"\b{name}\.(\w+)", source))
                is_anchored = bool(called) and called <= {"match", "fullmatch", "pattern"}
                seen.add((value.pattern, value.flags))
                yield pytest.param(value, is_anchored, id=f"{module}.{name}")


def sign_of(signs):
    """A sign that is one of a set."""
    kind, value = (str(signs[0][0]), signs[0][1])
    of_category = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a"}
    if kind == "LITERAL":
        return chr(value)
    return chr(value[0]) if kind == "RANGE" else of_category.get(str(value), "a" if kind == "NEGATE" else "#")


def parts_of(pattern):
    """Texts that the pattern's own parts would match: repeated, its worst."""
    made = set()

    def text_of(parsed):
        out = []
        for operation, argument in parsed:
            name = str(operation)
            if name in {"LITERAL", "IN"}:
                out.append(chr(argument) if name == "LITERAL" else sign_of(argument))
            elif name.endswith("_REPEAT"):
                out.append(text_of(argument[2]) * max(1, min(argument[0], 3)))
            elif name == "SUBPATTERN":
                out.append(text_of(argument[3]))
            elif name == "BRANCH":
                out.append(max(map(text_of, argument[1]), key=len))
            elif name.startswith("ASSERT"):
                text_of(argument[1])
            elif name in {"ANY", "NOT_LITERAL"}:
                out.append("a")
        text = "".join(out)
        if 0 < len(text) < 60:
            made.add(text)
        return text

    words = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags if isinstance(pattern.pattern, str) else pattern.flags & ~re.LOCALE
    text_of(_parser.parse(words, flags & ~re.DEBUG))
    longest = max(made, key=len, default="")
    made |= {longest[:cut] for cut in range(1, min(len(longest), 12))}
    return sorted(made, key=len)[:40] + ANY


class TooSlow(Exception):
    """It was given up."""


def seconds(pattern, is_anchored, text):
    began = time.process_time()
    if is_anchored:
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - began


@pytest.fixture
def given_up():
    def stop(*_):
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, GIVEN_UP)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


PATTERNS = list(patterns())


def test_each_pattern_that_is_left_out_is_there():
    assert OWN_TEXT.keys() <= {one.id for one in PATTERNS}


@pytest.mark.parametrize(("pattern", "is_anchored"), [one for one in PATTERNS if one.id not in OWN_TEXT])
def test_twice_the_text_takes_twice_the_time(pattern, is_anchored, given_up):
    for part in parts_of(pattern):
        for end in ("", "\x01"):
            long, short = ((part * (size // len(part) + 1))[:size] + end for size in (2 * LENGTH, LENGTH))
            if isinstance(pattern.pattern, bytes):
                long, short = long.encode("utf-8", "replace"), short.encode("utf-8", "replace")
            given_up()
            try:
                took = seconds(pattern, is_anchored, long)
                is_fine = took < LONG_ENOUGH or took < 3 * min(seconds(pattern, is_anchored, short) for _ in range(2))
            except TooSlow:
                is_fine = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            assert is_fine, (pattern.pattern, part, end)


def test_numbers_of_yaml_with_many_colons_are_text(given_up):
    """`1:00:00…` is a number to the base 60 for YAML 1.1, and computing it takes the square of its length."""
    given_up()
    text = "deal:\n  account: " + ":".join(["1"] + ["00"] * 200_000) + "\n"
    try:
        reading = load_bytes("a.yaml", text.encode())
    except TooSlow:
        pytest.fail("it took too long")
    assert reading.findings
    assert yaml.safe_load("a: 1:30") == {"a": 90}
