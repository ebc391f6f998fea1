"""Every kind of cell, good and bad: what a person may write on the left, what is taken or found on the right."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from warmap.findings import CHECKS, Finding
from warmap.model import TABLE, Concession
from warmap.parsing import CellError, Problem
from warmap.parsing.convert import CONVERT, LONGEST_TEXT
from warmap.parsing.entered import PLAIN
from warmap.terms import Influence, ProcurementStage
from warmap.text import LANGUAGES

DAY = date(2026, 6, 30)


def field_named(path):
    table, _, code = path.partition(".")
    return TABLE[table].by_code[code]


def taken(path, raw):
    """What the model gets, or the code of the problem."""
    field = field_named(path)
    value = CONVERT[field.kind](field, raw, PLAIN)
    return value.code if isinstance(value, Problem) else value


def words_of(path, raw):
    """The problem's message and hint in both languages."""
    field = field_named(path)
    problem = CONVERT[field.kind](field, raw, PLAIN)
    finding = Finding(problem.code, facts=problem.facts)
    return {lang: finding.message(lang) + " " + finding.hint(lang) for lang in LANGUAGES}


def cases(path, *pairs):
    return [pytest.param(path, raw, expected, id=f"{path} {raw!r:.40}") for raw, expected in pairs]


class TestNumbers:
    """Plain digits typed as text count as the number they spell; anything else in a number is DV203, too much is DV204."""

    @pytest.mark.parametrize(
        ("path", "raw", "expected"),
        [
            *cases(
                "needs.impact",
                (5, 5.0), (5.0, 5.0), (2.5, 2.5), (Decimal("2.5"), 2.5),
                ("5", 5.0), (" 5 ", 5.0), ("2.5", 2.5), ("+5", 5.0), ("５", 5.0), ("２．５", 2.5), ("\u30005\u3000", 5.0),
                ("1", 1.0), ("10", 10.0), ("0", "DV204"), ("11", "DV204"), (0.999, "DV204"), (10.001, "DV204"), (-5, "DV204"),
                ("five", "DV203"), ("五", "DV203"), ("5分", "DV203"), ("5/10", "DV203"), ("1_0", "DV203"), ("1e1", "DV203"),
                ("0x5", "DV203"), ("5 5", "DV203"), ("5..5", "DV203"), ("--5", "DV203"), ("nan", "DV203"), ("inf", "DV203"),
                ("NaN", "DV203"), ("Infinity", "DV203"),
                (math.nan, "DV204"), (math.inf, "DV204"), (-math.inf, "DV204"),
                (True, "DV203"), (False, "DV204"), (CellError("#N/A"), "DV203"), (CellError("5"), "DV203"),
                ([5], "DV203"), ({"a": 5}, "DV203"), (DAY, "DV203"),
            ),
            *cases(
                "profile.share_of_our_sales",
                ("12%", 0.12), ("12 %", 0.12), ("１２％", 0.12), ("100%", 1.0), ("101%", "DV204"), ("12.5%", 0.125),
                (0.12, 0.12), (12, "DV204"), ("%", "DV401"), ("0%", 0.0),
            ),
            *cases("competition.weight", (0.001, 0.001), (0, "DV204"), (-1, "DV204"), ("1,000", 1000.0), (1e14, 1e14), (1e15, "DV204")),
            *cases("profile.pest.social.impact", (-2, -2.0), ("-2", -2.0), ("－2", -2.0), (2, 2.0), (-2.1, "DV204")),
            *cases("reviews.score", (-1e14, -1e14), (1e15, "DV204"), (0, 0.0)),
            *cases(
                "contacts.decision_order",
                (1, 1), (1.0, 1), ("3", 3), ("３", 3), (1.5, "DV203"), ("1.5", "DV203"), (0, "DV204"), (-1, "DV204"), (True, "DV203"),
                (math.nan, "DV204"), (math.inf, "DV204"), ("first", "DV203"),
            ),
        ],
    )  # fmt: skip
    def test_taken_or_found(self, path, raw, expected):
        assert taken(path, raw) == expected

    def test_a_whole_number_is_an_int(self):
        assert type(taken("contacts.decision_order", 2.0)) is int

    @pytest.mark.parametrize("raw", [10**400, -(10**400)], ids=["huge", "minus huge"])
    @pytest.mark.parametrize("path", ["needs.impact", "contacts.decision_order", "deal.amount"])
    def test_a_whole_number_beyond_any_float_is_out_of_range(self, path, raw):
        assert taken(path, raw) == "DV204"

    @pytest.mark.parametrize(
        ("path", "raw", "quoted"),
        [
            ("needs.impact", "1100%", "1100%"),
            ("needs.impact", 12.0, "12"),
            ("deal.amount", 10**15, "1000000000000000"),
            ("deal.amount", 10**400, "±10^60 …"),
        ],
    )
    def test_it_is_quoted_as_it_was_entered(self, path, raw, quoted):
        assert all(quoted in words for words in words_of(path, raw).values())


class TestMoney:
    """Money is a decimal: the digits that were entered, not their binary neighbours."""

    @pytest.mark.parametrize(
        ("path", "raw", "expected"),
        cases(
            "deal.amount",
            (1200000, Decimal(1200000)), (1200000.0, Decimal(1200000)), (0.1, Decimal("0.1")), (1234567.89, Decimal("1234567.89")),
            ("1,200,000", Decimal(1200000)), ("1，200，000", Decimal(1200000)), ("１２００", Decimal(1200)), ("1,234.50", Decimal("1234.5")),
            (" 1200 ", Decimal(1200)), (Decimal("9.99"), Decimal("9.99")), ("1,2,3", "DV203"), ("12,00", "DV203"), ("1,200,00", "DV203"),
            ("120万", Decimal(1200000)), ("¥1200", Decimal(1200)), ("1200 CNY", Decimal(1200)), (0, "DV204"), (-5, "DV204"), ("-5", "DV204"),
            (math.nan, "DV204"), (math.inf, "DV204"), (Decimal("NaN"), "DV204"), (1e15, "DV204"), ("9" * 400, "DV204"),
            (True, "DV203"), (CellError("#REF!"), "DV203"), ("约1200", "DV203"),
        ),
    )  # fmt: skip
    def test_taken_or_found(self, path, raw, expected):
        assert taken(path, raw) == expected

    @pytest.mark.parametrize(
        ("raw", "written"), [(1200000, "1200000"), (1200000.0, "1200000"), ("1.50", "1.5"), (2e14, "200000000000000")]
    )
    def test_the_digits_are_kept_without_an_exponent(self, raw, written):
        assert str(taken("deal.amount", raw)) == written

    def test_a_price_may_be_below_nought(self):
        assert taken("negotiation.walk_away_price", -5) == Decimal(-5)


class TestDates:
    """A serial number, the year first, the month in letters, or one reading only; before 2000 and after 2100 is DV205."""

    @pytest.mark.parametrize(
        ("path", "raw", "expected"),
        cases(
            "deal.as_of",
            (DAY, DAY), (datetime.combine(DAY, time(23, 59)), DAY),
            ("2026-06-30", DAY), ("2026-6-30", DAY), ("2026/6/30", DAY), ("2026/06/30", DAY), ("2026.6.30", DAY),
            ("2026年6月30日", DAY), ("2026年6月30", DAY), ("2026 年 6 月 30 日", DAY), (" 2026-06-30 ", DAY), ("２０２６－０６－３０", DAY),
            ("２０２６年６月３０日", DAY), ("2026-06-30T10:00:00", DAY), ("2026-06-30 10:00", DAY),
            (46203, DAY), (46203.0, DAY), (46203.75, DAY), (36526, date(2000, 1, 1)), ("2000-01-01", date(2000, 1, 1)),
            (36525, "DV205"), ("1999-12-31", "DV205"), (date(1999, 12, 31), "DV205"), (0, "DV211"), (1, "DV205"), (60, "DV205"), (2026, "DV205"),
            ("2026-02-30", "DV203"), ("2026-13-01", "DV203"), ("2026-00-10", "DV203"), ("30/6/2026", DAY), ("6/30", "DV203"),
            ("June 30, 2026", DAY), ("46203", "DV203"), ("明天", "DV203"), ("Q3", "DV203"), (20260630, DAY), (-1, "DV203"),
            (1e300, "DV203"), (math.nan, "DV203"), (math.inf, "DV203"), (True, "DV203"), (False, "DV203"), (CellError("#VALUE!"), "DV203"),
            ([2026, 6, 30], "DV203"), ({"year": 2026}, "DV203"), (73415, date(2100, 12, 31)), (73416, "DV205"), (2958465, "DV205"), (2958466, "DV203"),
        ),
    )  # fmt: skip
    def test_taken_or_found(self, path, raw, expected):
        assert taken(path, raw) == expected

    @pytest.mark.parametrize("raw", ["2026-06-30 待定", "2026-06-30 or later", "2026年6月30日 左右"])
    def test_words_after_a_date_are_no_date(self, raw):
        assert taken("deal.as_of", raw) == "DV203"


class TestYesAndNo:
    """Yes or no in either language; for a tick also the usual marks."""

    YES = (True, "是", "Yes", "YES", "y", "true", "TRUE", "对", "有", "✓", "✔", "√", 1, 1.0, "1", " 是 ", "Ｙｅｓ")
    NO = (False, "否", "No", "no", "N", "false", "没有", "无", "✗", "✘", 0, 0.0, "0")

    @pytest.mark.parametrize("path", ["contacts.wants_our_success", "contacts.buying_roles.coach"])
    def test_taken(self, path):
        assert [taken(path, raw) for raw in self.YES] == [True] * len(self.YES)
        assert [taken(path, raw) for raw in self.NO] == [False] * len(self.NO)

    @pytest.mark.parametrize("mark", ["x", "X", "v", "V"])
    def test_a_letter_ticks_a_box_but_answers_no_question(self, mark):
        assert taken("contacts.buying_roles.coach", mark) is True
        assert taken("contacts.wants_our_success", mark) == "DV202"

    @pytest.mark.parametrize(
        "raw", ["maybe", "也许", 2, "2", CellError("#N/A"), "是的是的", ["yes"], {"yes": 1}, math.nan]
    )
    @pytest.mark.parametrize("path", ["contacts.wants_our_success", "contacts.buying_roles.coach"])
    def test_anything_else_is_not_in_the_list(self, path, raw):
        assert taken(path, raw) == "DV202"


class TestPicks:
    """A term by code, label in either language, or alias; else DV202 with the nearest valid values."""

    @pytest.mark.parametrize(
        ("path", "raw", "expected"),
        [
            *cases("contacts.influence", ("high", Influence.HIGH), ("高", Influence.HIGH), ("High", Influence.HIGH), (" HIGH ", Influence.HIGH),
                   ("ｈｉｇｈ", Influence.HIGH), ("很高", "DV202"), ("3", "DV202"), (3, "DV202"), (True, "DV202"), (CellError("high"), "DV202"),
                   (["high"], "DV202"), ({"high": 1}, "DV202"), (math.nan, "DV202"), (DAY, "DV202")),
            *cases("deal.stage", (4, ProcurementStage.QUOTATION_NEGOTIATION), (4.0, ProcurementStage.QUOTATION_NEGOTIATION),
                   ("4", ProcurementStage.QUOTATION_NEGOTIATION), ("报价及谈判", ProcurementStage.QUOTATION_NEGOTIATION), (7, "DV202"), (4.5, "DV202")),
        ],
    )  # fmt: skip
    def test_taken_or_found(self, path, raw, expected):
        assert taken(path, raw) == expected

    @pytest.mark.parametrize(
        ("path", "raw", "nearest"),
        [
            ("contacts.support", "suport", "Support"),
            ("contacts.support", "强烈的支持", "强烈支持"),
            ("deal.stage", "Quotation & negotiation", "Quotation and negotiation"),
            ("contacts.level", "经理人", "经理"),
            ("trust.ratings.professional.evidence_grade", "prooven", "Proven in writing or deed"),
        ],
    )
    def test_the_nearest_is_named(self, path, raw, nearest):
        assert all(nearest in words for words in words_of(path, raw).values())


class TestCurrency:
    """ISO 4217, or the words people write instead."""

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ("CNY", "CNY"), ("cny", "CNY"), (" usd ", "USD"), ("ＥＵＲ", "EUR"), ("人民币", "CNY"), ("元", "CNY"), ("RMB", "CNY"), ("rmb", "CNY"),
            ("¥", "CNY"), ("￥", "CNY"), ("美元", "USD"), ("$", "USD"), ("＄", "USD"), ("欧元", "EUR"), ("€", "EUR"), ("港币", "HKD"), ("日元", "JPY"),
            ("英镑", "GBP"), ("£", "GBP"), ("XYZ", "DV202"), ("CN", "DV202"), ("CNYY", "DV202"), ("万元", "DV202"), (156, "DV202"),
            (CellError("#N/A"), "DV203"),
        ],
    )  # fmt: skip
    def test_taken_or_found(self, raw, expected):
        assert taken("deal.currency", raw) == expected

    def test_a_slip_of_the_finger_is_told_the_nearest(self):
        assert all("CNY" in words for words in words_of("deal.currency", "CNX").values())


class TestText:
    """Text as entered, without the white space around it; a whole number loses its `.0`."""

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ("王芳", "王芳"), ("  王芳\n", "王芳"), ("a\r\nb\rc", "a\nb\nc"), ("=SUM(A1)", "=SUM(A1)"), ("-", "DV401"), ("@x", "@x"), ("'quoted", "'quoted"),
            ("好😀", "好😀"), ("😀", "DV401"), ("_x000D_", "_x000D_"), ("{curly}", "{curly}"), (2026.0, "2026"), (2026, "2026"), (0, "DV211"), (3.5, "3.5"), (DAY, "2026-06-30"),
            ("ab" * (LONGEST_TEXT // 2), "ab" * (LONGEST_TEXT // 2)), ("ab" * LONGEST_TEXT, "DV204"), (CellError("#REF!"), "DV203"), (["a"], "DV203"), ({"a": 1}, "DV203"),
        ],
        ids=lambda value: repr(value)[:30],
    )  # fmt: skip
    def test_taken_or_found(self, raw, expected):
        assert taken("contacts.title", raw) == expected


class TestLists:
    """Several names in one cell: one a line where there are lines, else split at the usual separators."""

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ("王芳、李强", ["王芳", "李强"]), ("Ann, Bob", ["Ann", "Bob"]), ("a，b；c;d", ["a", "b", "c", "d"]), ("、a、、b、", ["a", "b"]),
            ("a\nb, c", ["a", "b, c"]), ("a, b\n", ["a, b"]), (["a", " b ", None, ""], ["a", "b"]), ("RF205", ["RF205"]), (5, ["5"]), ("，", []),
            (CellError("#N/A"), "DV203"), ({"a": 1}, "DV203"), (True, "DV203"),
        ],
    )  # fmt: skip
    def test_taken_or_found(self, raw, expected):
        assert taken("visits.contacts", raw) == expected

    def test_a_long_name_in_a_list_is_not_cut(self):
        long = "The deputy director of procurement of the north-eastern branch of the holding"
        assert taken("strengths.answers", [long]) == [long]
        assert taken("strengths.answers", long) == [long]


class TestConcessions:
    """One a line: give → get; in JSON a list of {give, get}."""

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            ("5% → 一年框架", [("5%", "一年框架")]),
            ("a -> b\nc => d", [("a", "b"), ("c", "d")]),
            ("a →", [("a", None)]), ("→ b", [(None, "b")]), ("a", [("a", None)]), ("\n\n", []),
            ("a → b → c", [("a", "b → c")]),
            ([{"give": "a", "get": "b"}, {"give": "c"}], [("a", "b"), ("c", None)]),
            (5, "DV203"), (True, "DV203"), (CellError("#N/A"), "DV203"), ({"give": "a"}, "DV203"),
        ],
    )  # fmt: skip
    def test_taken_or_found(self, raw, expected):
        found = taken("negotiation.concessions", raw)
        if isinstance(found, list):
            found = [(c.give, c.get) for c in (Concession(**one) for one in found)]
        assert found == expected

    @pytest.mark.parametrize("raw", [[5], ["a → b"], [{"gve": "a"}], [{"give": {"a": 1}}]])
    def test_what_is_no_concession_is_found(self, raw):
        assert taken("negotiation.concessions", raw) == "DV203"


class TestWords:
    """A finding says what is wrong and how to fix it, in both languages, with nothing left to fill in."""

    BAD = (
        ("needs.impact", "five"), ("needs.impact", 11), ("deal.amount", -1), ("reviews.score", 1e20), ("contacts.decision_order", 0),
        ("deal.as_of", "soon"), ("deal.as_of", "1999-01-01"), ("contacts.influence", "{huge}"), ("contacts.wants_our_success", "maybe"),
        ("contacts.buying_roles.user", "?"), ("deal.currency", "{}"), ("contacts.title", CellError("#REF!")), ("contacts.title", "x" * 40000),
        ("visits.contacts", True), ("negotiation.concessions", 5), ("contacts.reports_to", {"{a}": 1}),
    )  # fmt: skip

    @pytest.mark.parametrize(("path", "raw"), BAD, ids=lambda value: repr(value)[:30])
    def test_both_languages_are_complete(self, path, raw):
        said = words_of(path, raw)
        field = field_named(path)
        assert said["zh"] != said["en"]
        for lang, words in said.items():
            left = words.replace(str(raw), "") if isinstance(raw, str | dict) else words
            assert "{" not in left
            assert "}" not in left
            assert "None" not in words
            assert len(words) < 600
            if not path.startswith("contacts.buying_roles"):
                assert field.label.to(lang) in words

    @pytest.mark.parametrize("code", CHECKS)
    def test_every_check_has_both_languages_with_the_same_places_to_fill(self, code):
        import re

        check = CHECKS[code]
        for text in (check.message, check.hint):
            assert text.zh
            assert text.en
            assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en))

    @pytest.mark.parametrize(("code", "severity"), [
        ("DV001", "critical"), ("DV002", "critical"), ("DV003", "minor"), ("DV004", "critical"), ("DV101", "major"), ("DV102", "major"),
        ("DV103", "minor"), ("DV201", "major"), ("DV202", "major"), ("DV203", "major"), ("DV204", "major"), ("DV205", "major"),
        ("DV210", "major"), ("DV211", "minor"), ("DV212", "major"), ("DV401", "minor"), ("DV206", "major"), ("DV207", "major"), ("DV208", "major"), ("DV209", "major"), ("DV901", "critical"), ("DV902", "minor"),
    ])  # fmt: skip
    def test_severities_of_domain_section_5(self, code, severity):
        assert CHECKS[code].severity.value == severity
