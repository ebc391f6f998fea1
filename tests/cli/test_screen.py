"""What a terminal shows is as wide as the terminal, wrapped between words, readable at every width, and plain in a pipe."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap.text import LANGUAGES, Text
from warmap_app.screen import Head, Line, Table, columns_here, print_parts, shown_text, width_of, wrapped

SAMPLES = Path(__file__).parents[2] / "workbook_templates" / "samples"
WIDTHS = (60, 80, 100, 160)
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def plain(text, style):
    return text


class TestWidth:
    @pytest.mark.parametrize(
        ("text", "width"), [("", 0), ("abc", 3), ("中文", 4), ("“a”", 3), ("，", 2), ("é", 1), ("e\u0301", 1), ("▲■●✓", 4), ("ｱ", 1), ("Ａ", 2)]
    )  # fmt: skip
    def test_a_chinese_character_takes_two_columns(self, text, width):
        assert width_of(text) == width


class TestWrapping:
    TEXT = st.text(alphabet="ab 中文，。（“”）-12/\n", max_size=120)

    @given(TEXT, st.integers(8, 60))
    def test_no_line_is_wider_and_nothing_is_lost(self, text, width):
        lines = wrapped(text, width)
        assert all(width_of(line) <= width + 6 for line in lines)  # closing marks may hang
        assert "".join("".join(lines).split()) == "".join(text.split())

    @given(st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1), st.integers(10, 40))
    def test_words_are_never_broken(self, words, width):
        assert " ".join(wrapped(" ".join(words), width)).split() == words

    def test_closing_marks_never_begin_a_line_and_opening_ones_never_end_one(self):
        text = "对刘敏支持度的判断（“支持”）已是 110 天前作出，上限（60 天）早已超过。" * 3
        for width in range(12, 60):
            for line in wrapped(text, width):
                assert line[0] not in "，。）”、"
                assert line[-1] not in "（“"

    def test_a_day_or_a_number_is_a_word_between_chinese(self):
        assert wrapped("评估日 2026-06-30，责任人", 14) == ["评估日", "2026-06-30，责", "任人"]

    def test_what_is_longer_than_a_line_is_cut_after_a_sign(self):
        path = "submitted/week47/Yunting_Telecom-5G_core-network.xlsx"
        lines = wrapped(path, 24)
        assert "".join(lines) == path
        assert all(line[-1] in "/_-.x" for line in lines)

    def test_what_follows_a_number_is_set_in(self):
        assert list(Line("12. one two three").lines(12, plain)) == ["12. one two", "    three"]


HEADS = (
    Head(Text("代码", "Code")), Head(Text("位置", "Where")), Head(Text("数", "N"), "figure"), Head(Text("问题", "Problem"), "prose", ""),
    Head(Text("怎么改", "Fix"), "prose", "→ "),
)  # fmt: skip
LONG = "the quick brown fox jumps over the lazy dog and comes back again"


class TestTable:
    def lines(self, width, *rows):
        table = Table(HEADS, "en")
        for row in rows or [("DV201", "People!B6", "7", LONG, "fill it in")]:
            table.add_row(*row)
        return list(table.lines(width, plain))

    def test_a_wide_terminal_gets_columns(self):
        head, rule, *rows = self.lines(120)
        assert head.split() == ["Code", "Where", "N", "Problem", "Fix"]
        assert set(rule) == {"-"}
        assert rows[0].startswith("DV201  People!B6  7  the quick brown fox")

    def test_a_narrow_one_gets_blocks(self):
        assert self.lines(40) == [
            "DV201  People!B6",
            "  N 7",
            "  the quick brown fox jumps over the",
            "  lazy dog and comes back again",
            "  → fill it in",
        ]

    def test_blocks_stand_apart_and_leave_out_what_is_blank(self):
        row = ("DV201", "", "", "short", "")
        assert self.lines(24, row, row) == ["DV201", "  short", "", "DV201", "  short"]

    def test_advice_that_would_be_repeated_is_given_once(self):
        rows = [("A", "", "", "one", "do it"), ("B", "", "", "two", "do it"), ("C", "", "", "three", "do that")]
        shown = ["A", "  one", "B", "  two", "  → do it", "", "C", "  three", "  → do that"]
        assert self.lines(20, *rows) == shown

    @pytest.mark.parametrize("width", range(20, 200, 7))
    def test_no_line_is_wider_and_no_word_is_broken(self, width):
        lines = self.lines(width)
        assert max(map(width_of, lines)) <= width
        assert set(LONG.split()) <= set(" ".join(lines).split())

    def test_figures_stand_to_the_right(self):
        lines = self.lines(120, ("a", "b", "7", "", ""), ("a", "b", "1,234", "", ""))
        assert lines[2].index("7") == lines[3].index("4")


class TestColour:
    @pytest.fixture
    def shown(self, capsys, monkeypatch):
        def show(*, terminal, **variables):
            for name in ("NO_COLOR", "TERM"):
                monkeypatch.delenv(name, raising=False)
            for name, value in variables.items():
                monkeypatch.setenv(name, value)
            monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
            print_parts([Line("x", "bold red")])
            return capsys.readouterr().out

        return show

    def test_on_a_terminal_only(self, shown):
        assert shown(terminal=True) == "\x1b[1;31mx\x1b[0m\n"
        assert shown(terminal=False) == "x\n"

    @pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_not_where_it_is_not_wanted(self, shown, variables):
        assert shown(terminal=True, **variables) == "x\n"

    def test_a_file_is_plain(self):
        assert shown_text([Line("x", "bold")]) == "x\n"


@pytest.mark.parametrize(("given", "width"), [("100", 100), ("7", 20), ("", 80), ("wide", 80)])
def test_the_width_is_that_of_the_terminal(monkeypatch, given, width):
    monkeypatch.setenv("COLUMNS", given)
    assert columns_here() == width


COMMANDS = [
    "evaluate telecom_core_network", "evaluate manufacturer_mes", "evaluate port_logistics --brief", "check telecom_core_network manufacturer_mes",
    "diff telecom_core_network port_logistics", "history telecom_core_network", "portfolio telecom_core_network manufacturer_mes port_logistics", "rule", "rule RF205",
]  # fmt: skip


@pytest.mark.usefixtures("quiet_terminal")
class TestEveryCommand:
    """Real output, at every usual width, in both languages."""

    @pytest.fixture
    def shown(self, run, monkeypatch, tmp_path):
        def show(words, lang, width):
            named = [f"{word}.{lang}.xlsx" if "_" in word else word for word in words.split()]
            for name in named:
                if name.endswith(".xlsx"):
                    (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
            monkeypatch.setenv("COLUMNS", str(width))
            _, out, err = run(*named, "--lang", lang)
            assert err == ""
            return out

        return show

    @pytest.mark.parametrize("width", WIDTHS)
    @pytest.mark.parametrize("words", COMMANDS)
    @every_language
    def test_it_fits_the_screen_and_breaks_no_word(self, shown, words, lang, width):
        out = shown(words, lang, width)
        assert max(map(width_of, out.splitlines())) <= width
        assert set(WORD.findall(out)) <= set(WORD.findall(shown(words, lang, 1000))), "a half is no word of the whole"

    @every_language
    def test_a_flag_at_eighty_columns_is_a_block(self, shown, lang):
        lines = shown("evaluate manufacturer_mes", lang, 80).splitlines()
        place = next(place for place, line in enumerate(lines) if line.startswith(("▲", "■")))
        assert re.fullmatch(r"[▲■] (Critical|Major|严重|重要) RF\d+  .+", lines[place])
        assert lines[place + 1].startswith("  ")
        assert any(line.startswith("  → ") for line in lines[place + 2 : place + 6])

    @every_language
    def test_in_brief_it_is_about_ten_lines(self, shown, lang):
        out = shown("evaluate port_logistics --brief", lang, 240)
        assert len(out.splitlines()) <= 10
        for words in (
            {"zh": "23,600,000 CNY", "en": "amount 23,600,000 CNY"}[lang],
            "2026-07-24",
            "2026-06-30",
            "21.3",
        ):
            assert words in out

    def test_not_assessed_is_said(self, run, tmp_path):
        (tmp_path / "bare.yaml").write_text("deal: {account: A}\n")
        assert "not assessed" in run("evaluate", "bare.yaml")[1]
        assert "not entered" in run("evaluate", "bare.yaml", "--brief")[1]
        (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no")
        assert "— not assessed" in run("check", "broken.xlsx")[1]
        assert "– not assessed" in run("history", "bare.yaml")[1]
