"""Security, line 10: a CSV holds no formula, whatever separates its cells for the program that reads it."""

import csv
import io
import itertools

import pytest

from warmap_app.outputs.csv_tables import FORMULA_STARTS, _shown

ATTACK = "cmd|'/c calc'!A0"
BETWEEN = ["", " ", '"', "'", '""', "\t", "\n", "\r\n", ";", "\u200b", "\ufeff", "\N{NO-BREAK SPACE}"]
SEPARATORS = [";", "\t", "|", ","]
UNSEEN = " \N{NO-BREAK SPACE}\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"


def live(text, separator, quoting):
    """The cells that a program would compute, which reads the file with this separator."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    return [cell for row in rows for cell in row if cell.strip(UNSEEN + "\r\n\t").startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_is_live_with_any_separator(separator, quoting):
    if separator == "," and quoting == csv.QUOTE_NONE:
        pytest.skip("our own separator, read without our quotes: no program reads it so")
    for sign, first, second in itertools.product("=+-@＝＠", BETWEEN, BETWEEN):
        for inner in SEPARATORS[:3]:
            for text in (
                f"{first}{sign}{ATTACK}",
                f"fine{inner}{first}{second}{sign}{ATTACK}",
                f"a\n{first}{sign}{ATTACK}",
            ):
                written = io.StringIO(newline="")
                table = csv.writer(written, lineterminator="\r\n")
                table.writerow([_shown(cell, guard=True) for cell in ("in/a.xlsx", text, 5, text)])
                table.writerow([_shown(cell, guard=True) for cell in (text, "b")])
                assert live(written.getvalue(), separator, quoting) == [], (text, written.getvalue())


@pytest.mark.parametrize("text", ["a; b", "1-2", "a - b", "x = y", "mail a@b.c", "line\nnext", "5%; 7%", "-"])
def test_plain_text_is_left_as_it_is(text):
    assert _shown(text, guard=False) == text
    if text != "-":
        assert _shown(text, guard=True) == text


def test_numbers_are_numbers():
    assert _shown(-5, guard=True) == -5
